"""The examples of docs/distributed.md run, on two ranks, as torchrun would start them."""

import os
import socket

import pytest
import torch.distributed as dist
from snippets import run_snippet

PAGE = "distributed.md"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def run_example(title, port, folder):
    rank = dist.get_rank()
    dist.destroy_process_group()
    os.chdir(folder)
    os.environ |= {
        "MASTER_ADDR": "127.0.0.1",
        "MASTER_PORT": str(port),
        "RANK": str(rank),
        "LOCAL_RANK": str(rank),
        "WORLD_SIZE": "2",
    }
    names = run_snippet(PAGE, title)
    return {row.kernel for row in names["optimizer"].explain()} if "optimizer" in names else set()


@pytest.mark.parametrize("title", ["Data parallel", "Sharded", "Checkpoints"])
def test_example(ranks, tmp_path, title):
    names = ranks.run(run_example, 2, title, free_port(), tmp_path)
    assert names == [set() if title == "Checkpoints" else {"adadelta_cpu_float32_min_nowd"}] * 2
    assert (tmp_path / "checkpoint" / ".metadata").exists() is (title == "Checkpoints")
