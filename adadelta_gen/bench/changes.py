"""The time of a step after something changed, relative to torch's.

Times include the changes. Rounds of both optimizers alternate, so that noise affects both.
"""

import copy
import gc
import mmap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

import torch
from torch.nn import Parameter
from torch.optim import Optimizer

from adadelta_gen import Adadelta
from adadelta_gen.bench import environment
from adadelta_gen.bench.disturbance import Watch
from adadelta_gen.bench.written import Timings

ROUND_SECONDS = 0.05
ROUNDS = 7
SIZES = (6, 160, 1000)
MAPPINGS = 20_000
ELEMENTS = 64  # per tensor
Make = Callable[..., Optimizer]
Timed = Callable[[Make, int], Iterator[None]]  # a generator that takes one step per iteration


@dataclass(frozen=True)
class Change:
    """A change made before each step.

    Args:
        title: name in the report.
        steps: returns a generator of single steps, for an optimizer class and a number of tensors.
        sizes: numbers of tensors.
        limit: goal for our time, as a fraction of torch's.
        once: whether the generator is finite, so that each round needs a new one.
    """

    title: str
    steps: Timed
    sizes: tuple[int, ...] = SIZES
    limit: float = 0.2
    once: bool = False


@dataclass(frozen=True)
class Timing:
    """Seconds per step, medians of the rounds, and our time as a fraction of torch's."""

    title: str
    tensors: int
    ours: float
    theirs: float
    part: float
    limit: float


Report = Timings[Timing]


def run(announce: Callable[[str], object]) -> Report:
    """Measure all changes.

    Args:
        announce: called with the name of the next measurement.
    """
    watch = Watch()
    timings = []
    for change in CHANGES:
        for n in change.sizes:
            announce(f"{change.title}, {n} tensors")
            timings.append(_measured(change, n))
    return Report(environment.describe(), watch.cpus(), tuple(timings))


def _measured(change: Change, n: int) -> Timing:
    makes: tuple[Make, Make] = Adadelta, torch.optim.Adadelta
    times: tuple[list[float], list[float]] = [], []
    endless = None if change.once else [change.steps(make, n) for make in makes]
    for steps in endless or ():
        for _ in range(3):  # creates states, loads kernels
            next(steps)
    gc.collect()
    gc.disable()
    try:
        for number in range(ROUNDS):
            for turn in ((0, 1), (1, 0))[number % 2]:
                steps = change.steps(makes[turn], n) if endless is None else endless[turn]
                times[turn].append(_seconds(steps))
    finally:
        gc.enable()
    ours, theirs = map(median, times)
    return Timing(change.title, n, ours, theirs, ours / theirs, change.limit)


def _seconds(steps: Iterator[None]) -> float:
    """Return the time of a step: average over a round, or over all steps of a short generator."""
    taken = 0
    start = now = time.perf_counter()
    while now - start < ROUND_SECONDS:
        if next(steps, ()) == ():
            break
        taken += 1
        now = time.perf_counter()
    return (time.perf_counter() - start) / max(taken, 1)


def _params(n: int, shape: tuple[int, ...] = (ELEMENTS,)) -> list[Parameter]:
    params = [Parameter(torch.randn(shape)) for _ in range(n)]
    for param in params:
        param.grad = torch.randn(shape)
    return params


def _nothing(make: Make, n: int) -> Iterator[None]:
    optimizer = make(_params(n))
    while True:
        yield optimizer.step()


def _eight_groups(make: Make, n: int) -> Iterator[None]:
    optimizer = make([{"params": _params(n // 8)} for _ in range(8)])
    while True:
        yield optimizer.step()


def _many_optimizers(make: Make, n: int) -> Iterator[None]:
    optimizers = [make(_params(1)) for _ in range(n)]
    while True:
        for optimizer in optimizers:
            optimizer.step()
        yield


def _another_lr(make: Make, n: int) -> Iterator[None]:
    optimizer, lr = make(_params(n)), 1.0
    while True:
        lr *= 0.999999
        optimizer.param_groups[0]["lr"] = lr
        yield optimizer.step()


def _clamped(make: Make, n: int) -> Iterator[None]:
    params = _params(n)
    optimizer = make(params)
    while True:
        params[0].data = params[0].data.clamp(-1, 1)
        yield optimizer.step()


def _sharpness_aware(make: Make, n: int) -> Iterator[None]:
    params = _params(n)
    optimizer = make(params)
    while True:
        for param in params:
            param.data = param.data.clone()
        yield optimizer.step()


def _averaged_weights(make: Make, n: int) -> Iterator[None]:
    params = _params(n)
    averages = [param.data.clone() for param in params]
    optimizer = make(params)
    while True:
        for i, param in enumerate(params):
            param.data, averages[i] = averages[i], param.data
        yield optimizer.step()


def _another_state(make: Make, n: int) -> Iterator[None]:
    params = _params(n)
    optimizer = make(params)
    optimizer.step()
    state = optimizer.state[params[0]]
    while True:
        state["square_avg"] = state["square_avg"].clone()
        yield optimizer.step()


def _frozen_and_thawed(make: Make, n: int) -> Iterator[None]:
    params = _params(n)
    optimizer = make(params)
    grad = params[0].grad
    while True:
        params[0].grad = None if params[0].grad is not None else grad
        yield optimizer.step()


def _loaded(make: Make, n: int) -> Iterator[None]:
    optimizer = make(_params(n))
    optimizer.step()
    saved: Any = copy.deepcopy(optimizer.state_dict())
    while True:
        optimizer.load_state_dict(saved)
        for _ in range(5):
            yield optimizer.step()


def _other_strides(make: Make, n: int) -> Iterator[None]:
    params = _params(n, (8, 8))
    for param in params:
        param.grad = torch.randn(8, 8).t()
    optimizer = make(params)
    while True:
        yield optimizer.step()


def _first_grads(make: Make, n: int) -> Iterator[None]:
    params = _params(n)
    grads = [param.grad for param in params]
    for param in params:
        param.grad = None
    optimizer = make(params)
    for param, grad in zip(params, grads, strict=True):
        param.grad = grad
        yield optimizer.step()


def _group_a_tensor(make: Make, n: int) -> Iterator[None]:
    optimizer = make([{"params": [param]} for param in _params(n)])
    for _ in range(5):
        yield optimizer.step()


def _added_groups(make: Make, n: int) -> Iterator[None]:
    params = _params(n)
    optimizer = make(params[:1])
    for param in params[1:]:
        optimizer.add_param_group({"params": [param]})
        yield optimizer.step()


def _many_mappings(make: Make, n: int) -> Iterator[None]:
    with _mapped(MAPPINGS):
        yield from _clamped(make, n)


@contextmanager
def _mapped(count: int) -> Iterator[None]:
    """Map many pages in this process, alternating protections so that the kernel merges none."""
    kinds = mmap.PROT_READ, mmap.PROT_READ | mmap.PROT_WRITE
    mappings = [mmap.mmap(-1, mmap.PAGESIZE, prot=kinds[i % 2]) for i in range(count)]
    try:
        yield
    finally:
        for mapping in mappings:
            mapping.close()


CHANGES = (
    Change("nothing", _nothing, (10, 1000)),
    Change("nothing, 8 groups", _eight_groups, (24,)),
    Change("nothing, an optimizer a tensor", _many_optimizers, (40,)),
    Change("another lr", _another_lr),
    Change("a clamped weight", _clamped),
    Change("all weights rebound, as SAM does", _sharpness_aware),
    Change("averaged weights swapped in or out", _averaged_weights),
    Change("another state tensor", _another_state),
    Change("a parameter frozen or thawed", _frozen_and_thawed),
    Change("grads of other strides", _other_strides, (30, 160), 1.0),
    Change("a state loaded every five steps", _loaded, limit=1.0),
    Change("a first grad for one more parameter", _first_grads, (160,), 1.0, once=True),
    Change("one more group", _added_groups, (160,), 1.0, once=True),
    Change("a group a tensor, the first five steps", _group_a_tensor, (160,), 1.0, once=True),
    Change(f"a clamped weight, {MAPPINGS:,} mapped files", _many_mappings, (6,), 1.0),
)
