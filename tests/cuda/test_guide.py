"""The example of docs/cuda.md runs on a GPU."""

import pytest
import torch
from snippets import run_snippet


@pytest.mark.cuda
@pytest.mark.skipif(not torch.cuda.is_available(), reason="torch finds no CUDA device")
def test_graph():
    names = run_snippet("cuda.md", "CUDA graphs")
    optimizer = names["optimizer"]
    assert {row.kernel for row in optimizer.explain()} == {"adadelta_cuda_float32_min_nowd"}
    # One step before the capture, which itself computes nothing, and ten replays.
    steps = [optimizer.state[p]["step"].item() for p in names["model"].parameters()]
    assert steps == [11, 11]
    assert all(p.isfinite().all() for p in names["model"].parameters())
