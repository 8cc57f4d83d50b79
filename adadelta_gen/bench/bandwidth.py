"""The fraction of the GPU's copy bandwidth that each CUDA kernel reaches.

A kernel updates tensors with the sizes of a transformer's, through ``Adadelta.step``. Rounds of the
step alternate with copies of as many bytes as the kernel reads and writes. Times are GPU times.
"""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles

import torch
from torch.nn import Parameter

from adadelta_gen import Adadelta
from adadelta_gen.bench import environment
from adadelta_gen.bench.disturbance import Watch
from adadelta_gen.bench.events import gpu_seconds, host_seconds
from adadelta_gen.bench.written import Timings
from adadelta_gen.spec import KernelSpec, specs_of

ELEMENTS = 1 << 26  # of all tensors together; far more than a cache of 50 MB holds
WEIGHT, BIAS = 1 << 22, 1 << 12  # elements of a 4096 x 1024 weight and of its bias
ROUNDS = 21
REPEATS = 10  # steps per round


@dataclass(frozen=True)
class Timing:
    """The times of one kernel.

    Args:
        kernel: name of the kernel.
        elements: number of elements that a step updates.
        bytes_an_element: bytes read and written per element.
        seconds: GPU time of a step, median of the rounds.
        lower, upper: quartiles of the GPU time of a step.
        copy_seconds: GPU time of a copy of as many bytes, median of the rounds.
        bandwidth: bytes per second of the step.
        share: time of the copy / time of the step, median of the rounds; 1: as fast as the copy.
    """

    kernel: str
    elements: int
    bytes_an_element: int
    seconds: float
    lower: float
    upper: float
    copy_seconds: float
    bandwidth: float
    share: float


Report = Timings[Timing]


def run(
    announce: Callable[[str], None],
    elements: int = ELEMENTS,
    specs: tuple[KernelSpec, ...] = specs_of("cuda"),
) -> Report:
    """Measure kernels.

    Args:
        announce: called with the name of the next measurement.
        elements: number of elements that a step updates.
        specs: the kernels (default: all CUDA kernels).

    Raises:
        torch.OutOfMemoryError: the tensors and the copy, by default 2 GB each in float32 and 4 GB
            in float64, do not fit into the device's memory.
        RuntimeError: a kernel cannot be loaded.
    """
    watch = Watch()
    timings = []
    for spec in specs:
        announce(spec.name)
        timings.append(_timing(spec, elements))
    return Report(environment.describe(), watch.cpus(), tuple(timings))


def bytes_an_element(spec: KernelSpec) -> int:
    """Return the bytes read and written per element: param and both states twice, grad once."""
    return 3 * spec.itemsize + 4 * spec.state_itemsize


def sizes(elements: int) -> list[int]:
    """Return sizes of tensors with that many elements: pairs of weight and bias, and a rest."""
    pairs, rest = divmod(elements, WEIGHT + BIAS)
    return [WEIGHT, BIAS] * pairs + [rest] * (rest > 0)


def optimizer_of(spec: KernelSpec, elements: int) -> Adadelta:
    """Return an optimizer, after its first step, that updates its elements with this kernel.

    Raises:
        RuntimeError: another kernel updates them, or the kernel cannot be loaded.
    """
    params = []
    torch.manual_seed(0)
    for n in sizes(elements):
        values = torch.randn(n, dtype=getattr(torch, spec.dtype), device=spec.target)
        param = Parameter(values)
        param.grad = torch.randn_like(values)
        params.append(param)
    optimizer = Adadelta(
        params,
        maximize=spec.maximize,
        weight_decay=0.01 if spec.weight_decay else 0.0,
        state_dtype=getattr(torch, spec.state_dtype) if spec.state_dtype != spec.dtype else None,
        dithered_rounding=spec.dithered,
        fused=True,
    )
    optimizer.step()
    if {row.kernel for row in optimizer.explain()} != {spec.name}:
        raise RuntimeError(
            f"the tensors should be updated by {spec.name}, but explain() says:\n"
            f"{optimizer.explain()}"
        )
    return optimizer


def _timing(spec: KernelSpec, elements: int) -> Timing:
    step = optimizer_of(spec, elements).step
    bytes_moved = elements * bytes_an_element(spec)
    source = torch.zeros(bytes_moved // 2, dtype=torch.uint8, device=spec.target)
    target = torch.empty_like(source)

    def copy() -> None:
        target.copy_(source)

    works = step, copy
    hosts = [host_seconds(work, REPEATS) for work in works]
    times: tuple[list[float], list[float]] = [], []
    gc.collect()
    gc.disable()
    try:
        for number in range(ROUNDS):
            for turn in ((0, 1), (1, 0))[number % 2]:
                times[turn].append(gpu_seconds(works[turn], REPEATS, hosts[turn]))
    finally:
        gc.enable()
    ours, copies = times
    lower, middle, upper = quantiles(ours, n=4, method="inclusive")
    return Timing(
        spec.name,
        elements,
        bytes_an_element(spec),
        middle,
        lower,
        upper,
        median(copies),
        bytes_moved / middle,
        median(b / a for a, b in zip(ours, copies, strict=True)),
    )
