"""The examples of docs/distributed.md run on two ranks, as under torchrun."""

import contextlib
import os
from unittest import mock

import pytest
import torch.distributed as dist
from snippets import run_snippet

PAGE = "distributed.md"
HOST = "127.0.0.1"


def run_example(title, port, folder):
    rank = dist.get_rank()
    dist.destroy_process_group()
    torchruns = {
        "MASTER_ADDR": HOST,
        "MASTER_PORT": str(port),
        "RANK": str(rank),
        "LOCAL_RANK": str(rank),
        "WORLD_SIZE": "2",
        "TORCHELASTIC_USE_AGENT_STORE": "True",
    }
    with contextlib.chdir(folder), mock.patch.dict(os.environ, torchruns):
        names = run_snippet(PAGE, title)
    return {row.kernel for row in names["optimizer"].explain()} if "optimizer" in names else set()


@pytest.mark.parametrize("title", ["Data parallel", "Sharded", "Checkpoints"])
def test_the_examples_of_the_guide_run(ranks, tmp_path, title):
    # Torchrun's agent has the store as well: a port chosen for a rank to open may be taken by then.
    store = dist.TCPStore(HOST, 0, is_master=True, wait_for_workers=False)
    names = ranks.run(run_example, 2, title, store.port, tmp_path)
    assert names == [set() if title == "Checkpoints" else {"adadelta_cpu_float32_min_nowd"}] * 2
    assert (tmp_path / "checkpoint" / ".metadata").exists() is (title == "Checkpoints")
