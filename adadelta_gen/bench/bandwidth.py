"""The share of the GPU's copy bandwidth that each CUDA kernel reaches.

A kernel updates tensors of the sizes that a transformer has, by ``Adadelta.step``. In turn with it,
the device copies as many bytes as the kernel reads and writes. Both are timed on the GPU.
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

ELEMENTS = 1 << 26  # of all tensors; many times what a cache of 50 MB holds
WEIGHT, BIAS = 1 << 22, 1 << 12  # elements: 4096 x 1024, and its bias
ROUNDS = 21
REPEATS = 10  # steps of a round


@dataclass(frozen=True)
class Timing:
    """One kernel.

    Args:
        kernel: its name.
        elements: that a step updates.
        bytes_an_element: read and written.
        seconds: the GPU's time of a step, median of the rounds.
        lower, upper: quartiles of the same.
        copy_seconds: the GPU's time of a copy of as many bytes, median of the rounds.
        bandwidth: bytes a second, of the step.
        share: median over the rounds of the copy's time divided by the step's; 1: as fast.
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
        announce: told what comes next.
        elements: that a step updates.
        specs: the kernels, by default all of CUDA.

    Raises:
        torch.OutOfMemoryError: tensors and copy, 2 GB in float32 and 4 GB in float64 each by
            default, do not fit the device.
        RuntimeError: a kernel cannot be had.
    """
    watch = Watch()
    timings = []
    for spec in specs:
        announce(spec.name)
        timings.append(_timing(spec, elements))
    return Report(environment.describe(), watch.cpus(), tuple(timings))


def bytes_an_element(spec: KernelSpec) -> int:
    """Bytes that a kernel reads and writes an element: param and both states twice, grad once."""
    return 3 * spec.itemsize + 4 * spec.state_itemsize


def sizes(elements: int) -> list[int]:
    """Cut so many elements into tensors: a weight and its bias in turn, and one for the rest."""
    pairs, rest = divmod(elements, WEIGHT + BIAS)
    return [WEIGHT, BIAS] * pairs + [rest] * (rest > 0)


def optimizer_of(spec: KernelSpec, elements: int) -> Adadelta:
    """Return an optimizer after its first step, which updates so many elements by this kernel.

    Raises:
        RuntimeError: another kernel updates them, or none can be had.
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
        raise RuntimeError(f"not {spec.name} updates the tensors, but:\n{optimizer.explain()}")
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
