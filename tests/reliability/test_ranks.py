"""Four ranks on one machine, one thread each, that take their first step at the same time."""

import hashlib
import json
import subprocess
import sys

import pytest
import torch

from adadelta_gen import Adadelta

RANKS = 4
SIZES = (1 << 17, 7)  # several chunks, and a part of one

# Takes one step on request, then a hundred, and prints its results.
RANK = """
import hashlib, json, os, sys, time
import torch
from adadelta_gen import Adadelta

def look():
    bits = hashlib.sha256()
    for param in params:
        for value in (param.detach(), *optimizer.state[param].values()):
            bits.update(value.numpy().tobytes())
    looks.append((bits.hexdigest(), threads_left(), torch.get_num_threads()))

def threads():
    return len(os.listdir("/proc/self/task")) if sys.platform == "linux" else 1

def threads_left():
    # Once the thread is gone that made the code, or a minute later.
    until = time.monotonic() + 60
    while threads() > at_first and time.monotonic() < until:
        time.sleep(0.01)
    return threads()

torch.set_num_threads(1)
torch.manual_seed(0)
params = [torch.nn.Parameter(torch.randn(n)) for n in json.loads(sys.argv[1])]
for param in params:
    param.grad = torch.randn_like(param)
at_first = threads()
optimizer = Adadelta(params, fused=True)
looks = []
look()
print("ready", flush=True)
input()
optimizer.step()
look()
for _ in range(100):
    optimizer.step()
look()
print(json.dumps({"looks": looks}))
"""


@pytest.fixture(scope="module")
def ranks():
    """The results of each rank."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", RANK, json.dumps(SIZES)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(RANKS)
    ]
    ready = [process.stdout.readline() for process in processes]
    for process in processes:  # all at once
        process.stdin.write("\n")
        process.stdin.flush()
    answers = [process.communicate() for process in processes]
    assert ready == ["ready\n"] * RANKS, answers
    assert [process.returncode for process in processes] == [0] * RANKS, answers
    return [json.loads(out) for out, _ in answers]


def digest(params, optimizer):
    """Return the digest of all bits, as the ranks compute it."""
    bits = hashlib.sha256()
    for param in params:
        for value in (param.detach(), *optimizer.state[param].values()):
            bits.update(value.numpy().tobytes())
    return bits.hexdigest()


def test_ranks_give_the_bits_of_a_single_process(ranks):
    torch.manual_seed(0)
    params = [torch.nn.Parameter(torch.randn(n)) for n in SIZES]
    for param in params:
        param.grad = torch.randn_like(param)
    optimizer = Adadelta(params, fused=True)
    alone = []
    for steps in (0, 1, 100):
        for _ in range(steps):
            optimizer.step()
        alone.append(digest(params, optimizer))
    for rank in ranks:
        assert [bits for bits, _, _ in rank["looks"]] == alone


def test_they_keep_their_thread_counts(ranks):
    for rank in ranks:
        assert [threads for _, _, threads in rank["looks"]] == [1, 1, 1]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_no_rank_starts_a_thread(ranks):
    for rank in ranks:
        before, first, last = (tasks for _, tasks, _ in rank["looks"])
        assert before == first == last
