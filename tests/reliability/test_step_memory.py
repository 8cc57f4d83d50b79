"""A step allocates no memory that grows with the number of elements."""

import pytest
import torch
from parity.support import random
from torch.profiler import ProfilerActivity, profile

from adadelta_gen import Adadelta
from reliability.child import run

SMALL, LARGE = 1 << 8, 1 << 18


def trained(make, size, dtype, grad=torch.ones_like, **options):
    params = [torch.nn.Parameter(random(8, size // 8, dtype=dtype)), torch.nn.Parameter(random(3))]
    optimizer = make(params, weight_decay=0.1, **options)
    for p in params:
        p.grad = grad(p)
    optimizer.step()
    return optimizer


def allocated(optimizer):
    """Return the total of bytes that torch allocates in one step."""
    with profile(activities=[ProfilerActivity.CPU], profile_memory=True) as recorded:
        optimizer.step()
    events = recorded.profiler.kineto_results.events()
    return sum(max(event.nbytes(), 0) for event in events if event.name() == "[memory]")


DTYPES = [torch.float32, torch.bfloat16, torch.complex64]


@pytest.mark.parametrize("maximize", [False, True])
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_allocations_do_not_grow(dtype, maximize):
    small, large = (
        allocated(trained(Adadelta, size, dtype, maximize=maximize)) for size in (SMALL, LARGE)
    )
    assert large == small
    assert large < SMALL


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_the_measurement_sees_torchs_allocations(dtype):
    expected = 2 * LARGE * dtype.itemsize
    assert allocated(trained(torch.optim.Adadelta, LARGE, dtype)) >= expected


def test_a_grad_in_another_layout_costs_one_temporary():
    def transposed(p):
        return torch.ones(p.shape[::-1]).t() if p.dim() == 2 else torch.ones_like(p)

    size = LARGE * 4
    assert size <= allocated(trained(Adadelta, LARGE, torch.float32, transposed)) < size * 1.05


def test_the_first_step_allocates_the_states_only():
    p = torch.nn.Parameter(random(LARGE))
    p.grad = torch.ones_like(p)
    size = 2 * LARGE * 4
    assert size <= allocated(Adadelta([p])) < size * 1.05


# Python's memory is measured in child processes: in this one, threads of pytest allocate too.
TRACED = """
import gc
import sys
import tracemalloc

import torch
from adadelta_gen import Adadelta

def trained(size, dtype=torch.float32):
    params = [torch.nn.Parameter(torch.ones(n, dtype=dtype)) for n in (size, 3)]
    optimizer = Adadelta(params, weight_decay=0.1)
    for p in params:
        p.grad = torch.ones_like(p)
    optimizer.step()
    return optimizer

gc.disable()  # it frees what is not the step's
"""


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_python_memory_does_not_grow(dtype):
    script = """
def peak(size):
    optimizer = trained(size, getattr(torch, sys.argv[1]))
    optimizer.step()
    tracemalloc.start()
    optimizer.step()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak

print(*map(peak, map(int, sys.argv[2:])))
"""
    name = str(dtype).partition(".")[2]
    small, large = map(int, run(TRACED + script, name, SMALL, LARGE).split())
    assert abs(large - small) < 4096
    assert max(small, large) < 1 << 16


def test_a_thousand_steps_leak_no_memory():
    script = """
optimizer = trained(256)

def steps(count):
    for _ in range(count):
        for p in optimizer.param_groups[0]["params"]:
            p.grad = torch.ones_like(p)
        optimizer.step()

steps(10)
tracemalloc.start()
steps(10)
before = tracemalloc.get_traced_memory()[0]
steps(1000)
print(tracemalloc.get_traced_memory()[0] - before)
"""
    assert int(run(TRACED + script)) < 8000  # the smallest object a step would make 16000
