"""How near kernels come to what the machine can do: each beside a bare loop in the same run.

The bare loop reads and writes the same bytes and hardly computes (``bare.py``). Both run over the
same arrays in turn. What counts is the share, the bare loop's time / the kernel's: it compares
between runs, where times do not.
"""

import gc
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

import torch

from adadelta_gen.bench import environment
from adadelta_gen.bench.bandwidth import bytes_an_element
from adadelta_gen.bench.disturbance import Watch, too_much
from adadelta_gen.bench.jobs import LAUNCH, Job
from adadelta_gen.bench.written import Timings
from adadelta_gen.cpu.kernels import kernel
from adadelta_gen.cpu.launch import CHUNK
from adadelta_gen.native import machine
from adadelta_gen.spec import KernelSpec, specs_of
from adadelta_gen.step.native_call import SERIAL_ELEMENTS

SIZES = (10**3, 10**4, 10**5, 10**6, 10**7, 10**8)  # elements of one tensor
KERNEL_SIZES = (10**4, 10**7)  # in the caches of a core, and beyond all caches
IN_TENSORS = 10**6  # elements that are also cut into these numbers of tensors
TENSORS = (10, 100, 1000, 10_000)
ROUND_SECONDS = 0.02  # of kernel and bare loop each
MEASURE_SECONDS = 1.0  # of all rounds, but MINIMUM_ROUNDS at least
MINIMUM_ROUNDS, MAXIMUM_ROUNDS = 5, 21
MEMORY_PART = 0.6  # of what is free, that arrays may take
# Features on which the code of a kernel depends most.
FEATURES = ("avx2", "fma", "f16c", "avx512f", "sve", "fullfp16")


class Case(NamedTuple):
    """What to measure.

    Args:
        spec: the kernel.
        elements: of all tensors.
        tensors: into how many these are cut.
        threads: 1, or all of torch's.
    """

    spec: KernelSpec
    elements: int
    tensors: int = 1
    threads: int = 1


@dataclass(frozen=True)
class Timing:
    """A kernel beside the bare loop.

    Args:
        kernel: its name.
        elements: of all tensors.
        tensors: their number.
        threads: how many computed.
        bytes_an_element: read and written.
        seconds: an element, of the kernel, median of the rounds: CPU time on one thread, and wall
            time on several, with what it takes to wake them.
        bare_seconds: the same of the bare loop.
        share: median over the rounds of bare_seconds / seconds; 1: as fast as the bare loop.
        lower, upper: quartiles of the same.
        disturbance: CPUs that other programs kept busy meanwhile.
    """

    kernel: str
    elements: int
    tensors: int
    threads: int
    bytes_an_element: int
    seconds: float
    bare_seconds: float
    share: float
    lower: float
    upper: float
    disturbance: float

    @property
    def bandwidth(self) -> float:
        """Bytes a second, of the kernel."""
        return self.bytes_an_element / self.seconds

    @property
    def disturbed(self) -> bool:
        """Whether others took CPUs of several threads; the CPU time of one does not tell."""
        return self.threads > 1 and too_much(self.disturbance, self.threads)

    @property
    def bare_bandwidth(self) -> float:
        """Bytes a second, of the bare loop."""
        return self.bytes_an_element / self.bare_seconds


@dataclass(frozen=True)
class Report(Timings[Timing]):
    """What was measured, and on what.

    Args:
        skipped: what was not, and why.
    """

    skipped: tuple[str, ...] = ()

    @classmethod
    def read(cls, path: Path) -> "Report":
        """Return what ``write`` wrote.

        Raises:
            OSError: it cannot be read.
            ValueError: it is no such report.
        """
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
            timings = tuple(Timing(**timing) for timing in fields.pop("timings"))
            return cls(**fields | {"timings": timings, "skipped": tuple(fields["skipped"])})
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path} is no report of bench --case limit: {error}") from error


def run(announce: Callable[[str], None]) -> Report:
    """Measure one kernel of every format on all sizes, and float32 on numbers of tensors."""
    return measure(cases(), announce)


def run_kernels(announce: Callable[[str], None]) -> Report:
    """Measure every kernel on one thread, in the caches and beyond them."""
    return measure((Case(s, n) for s in specs_of("cpu") for n in KERNEL_SIZES), announce)


def cases() -> Iterator[Case]:
    """Yield what ``run`` measures: each on one thread and, if a step takes several, on all."""
    everyone = torch.get_num_threads()
    for spec in specs_of("cpu"):
        if spec.maximize or spec.weight_decay:
            continue
        shapes = [(elements, 1) for elements in SIZES]
        if spec.dtype == "float32":
            shapes += [(IN_TENSORS, tensors) for tensors in TENSORS]
        for elements, tensors in shapes:
            yield Case(spec, elements, tensors)
            if everyone > 1 and elements > max(SERIAL_ELEMENTS, CHUNK):
                yield Case(spec, elements, tensors, everyone)


def measure(chosen: Iterable[Case], announce: Callable[[str], None]) -> Report:
    """Measure cases; one that does not fit the memory is left out.

    Args:
        chosen: the cases; those that follow each other on the same arrays share them.
        announce: told what comes next.

    Raises:
        RuntimeError: no code can be made of a kernel here.
    """
    watch = Watch()
    timings: list[Timing] = []
    skipped = []
    for (spec, elements, tensors), same in groupby(chosen, lambda case: case[:3]):
        what = f"{spec.name}, {elements:,} elements"
        needed = elements * 2 * (spec.itemsize + spec.state_itemsize)
        if needed > (room := MEMORY_PART * free_memory()):
            skipped.append(f"{what}: {needed / 1e9:.2g} GB of {room / 1e9:.2g} GB that may be used")
            continue
        announce(what if tensors == 1 else f"{what} in {tensors:,} tensors")
        job = Job(spec, elements // tensors, tensors)
        timings += [timing(case, job, MEASURE_SECONDS) for case in same]
        del job
    return Report(describe(), watch.cpus(), tuple(timings), tuple(skipped))


def describe() -> dict[str, str | int]:
    """Return machine and versions, and for which CPU code is made: makers' names hide that."""
    host = machine.host()
    code = " ".join([host.name, *(f"+{name}" for name in FEATURES if host.has(name))])
    return environment.describe() | {"code": code}


def free_memory() -> float:
    """Return the bytes that programs can have, infinity where nobody tells."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return float("inf")
    kilobytes = dict(line.split(":", 1) for line in lines).get("MemAvailable", "inf")
    return 1024 * float(kilobytes.split()[0])


def functions(spec: KernelSpec) -> tuple[Any, Any]:
    """Return the launch functions of a kernel, of its committed IR, and of the bare loop.

    Takes Numba.

    Raises:
        RuntimeError: no code can be made of it here.
    """
    from adadelta_gen.bench import bare

    addresses = kernel(spec), bare.address(spec.itemsize, spec.state_itemsize)
    of_kernel, of_bare = map(LAUNCH, addresses)
    return of_kernel, of_bare


def timing(case: Case, job: Job, seconds: float) -> Timing:
    """Measure a case on its arrays, for about so many seconds, but MINIMUM_ROUNDS at least.

    Raises:
        RuntimeError: no code can be made of the kernel here.
    """
    watch = Watch()
    ours, theirs = _rounds(case, job, seconds)
    shares = [b / a for a, b in zip(ours, theirs, strict=True)]
    lower, share, upper = quantiles(shares, n=4, method="inclusive")
    return Timing(
        case.spec.name,
        case.elements,
        case.tensors,
        case.threads,
        bytes_an_element(case.spec),
        median(ours),
        median(theirs),
        share,
        lower,
        upper,
        watch.cpus(),
    )


def _rounds(case: Case, job: Job, seconds: float) -> tuple[list[float], list[float]]:
    """Return the seconds an element that kernel and bare loop took in every round."""
    pair = functions(case.spec)
    once = max(_seconds(job, function, case.threads, 4) for function in pair)
    repeats = 2 * max(1, round(ROUND_SECONDS / max(once, 1e-9) / 2))  # even, see ``bare.loop``
    rounds: tuple[list[float], list[float]] = [], []
    gc.collect()
    gc.disable()
    end = time.perf_counter() + seconds
    try:
        while len(rounds[0]) <= MAXIMUM_ROUNDS:
            for turn in ((0, 1), (1, 0))[len(rounds[0]) % 2]:
                run = _seconds(job, pair[turn], case.threads, repeats)
                rounds[turn].append(run / case.elements)
            if len(rounds[0]) > MINIMUM_ROUNDS and time.perf_counter() > end:
                break
    finally:
        gc.enable()
    ours, theirs = rounds
    return ours[1:], theirs[1:]  # the first round warms up


def _seconds(job: Job, function: Any, threads: int, repeats: int) -> float:
    """Return what a run takes, of so many, an even number.

    On one thread, all are one launch, so that Python, which makes it, does not count. On several,
    it is the shortest run: other programs make a thread, and all that wait for it, stand still.
    """
    if threads == 1:
        job.set_passes(repeats)
        start = time.thread_time()
        job.run(function)
        return (time.thread_time() - start) / repeats
    job.set_passes(1)
    shortest = float("inf")
    begun = time.perf_counter()
    for number in range(repeats):
        start = time.perf_counter()
        job.run(function, threads)
        end = time.perf_counter()
        shortest = min(shortest, end - start)
        if number % 2 and end - begun > 5 * ROUND_SECONDS:
            break
    return shortest
