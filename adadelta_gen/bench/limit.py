"""The speed of kernels relative to a bare loop, in the same run.

The bare loop has the same memory traffic and hardly computes (``bare.py``). Both run over the same
arrays in turn. The result is the share, the bare loop's time / the kernel's, which is comparable
between runs; times are not.
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
KERNEL_SIZES = (10**4, 10**7)  # elements: within the caches of a core, and beyond all caches
IN_TENSORS = 10**6  # elements that are also divided into these numbers of tensors
TENSORS = (10, 100, 1000, 10_000)
ROUND_SECONDS = 0.02  # for the kernel, and for the bare loop
MEASURE_SECONDS = 1.0  # for all rounds, of which there are at least MINIMUM_ROUNDS
MINIMUM_ROUNDS, MAXIMUM_ROUNDS = 5, 21
MEMORY_PART = 0.6  # fraction of the free memory that arrays may use
# The CPU features that matter most for the code of a kernel.
FEATURES = ("avx2", "fma", "f16c", "avx512f", "sve", "fullfp16")


class Case(NamedTuple):
    """A kernel with sizes and threads.

    Args:
        spec: the kernel.
        elements: number of elements of all tensors.
        tensors: number of tensors.
        threads: 1, or all of torch's.
    """

    spec: KernelSpec
    elements: int
    tensors: int = 1
    threads: int = 1


@dataclass(frozen=True)
class Timing:
    """A kernel and the bare loop.

    Args:
        kernel: name of the kernel.
        elements: number of elements of all tensors.
        tensors: number of tensors.
        threads: number of threads.
        bytes_an_element: bytes read and written per element.
        seconds: time of the kernel per element, median of the rounds: CPU time on one thread, wall
            time on several, including their wake-up.
        bare_seconds: the same for the bare loop.
        share: bare_seconds / seconds, median of the rounds; 1: as fast as the bare loop.
        lower, upper: quartiles of the share.
        disturbance: number of CPUs that other programs used meanwhile.
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
        """Bytes per second of the kernel."""
        return self.bytes_an_element / self.seconds

    @property
    def disturbed(self) -> bool:
        """Whether other programs disturbed it; on one thread, CPU time is not affected."""
        return self.threads > 1 and too_much(self.disturbance, self.threads)

    @property
    def bare_bandwidth(self) -> float:
        """Bytes per second of the bare loop."""
        return self.bytes_an_element / self.bare_seconds


@dataclass(frozen=True)
class Report(Timings[Timing]):
    """The timings and their environment.

    Args:
        skipped: the cases that were not measured, with reasons.
    """

    skipped: tuple[str, ...] = ()

    @classmethod
    def read(cls, path: Path) -> "Report":
        """Return a report that ``write`` has written.

        Raises:
            OSError: the file cannot be read.
            ValueError: the file is not such a report.
        """
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
            timings = tuple(Timing(**timing) for timing in fields.pop("timings"))
            return cls(**fields | {"timings": timings, "skipped": tuple(fields["skipped"])})
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path} is not a report of bench --case limit: {error}") from error


def run(announce: Callable[[str], None]) -> Report:
    """Measure one kernel per format on all sizes, and float32 also on several tensors."""
    return measure(cases(), announce)


def run_kernels(announce: Callable[[str], None]) -> Report:
    """Measure every kernel on one thread, within the caches and beyond them."""
    return measure((Case(s, n) for s in specs_of("cpu") for n in KERNEL_SIZES), announce)


def cases() -> Iterator[Case]:
    """Yield the cases of ``run``: on one thread and, if a step of that size uses more, on all."""
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
    """Measure cases, except those that do not fit into memory.

    Args:
        chosen: the cases; consecutive ones with equal arrays share them.
        announce: called with the name of the next measurement.

    Raises:
        RuntimeError: a kernel cannot be compiled on this machine.
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
    """Return machine and versions, with LLVM's name of the CPU that code is compiled for."""
    host = machine.host()
    code = " ".join([host.name, *(f"+{name}" for name in FEATURES if host.has(name))])
    return environment.describe() | {"code": code}


def free_memory() -> float:
    """Return the available memory in bytes, infinity if unknown."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return float("inf")
    kilobytes = dict(line.split(":", 1) for line in lines).get("MemAvailable", "inf")
    return 1024 * float(kilobytes.split()[0])


def functions(spec: KernelSpec) -> tuple[Any, Any]:
    """Return the launch functions of a kernel, from its committed IR, and of the bare loop.

    Needs Numba.

    Raises:
        RuntimeError: the kernel cannot be compiled on this machine.
    """
    from adadelta_gen.bench import bare

    addresses = kernel(spec), bare.address(spec.itemsize, spec.state_itemsize)
    of_kernel, of_bare = map(LAUNCH, addresses)
    return of_kernel, of_bare


def timing(case: Case, job: Job, seconds: float) -> Timing:
    """Measure a case on its arrays, for about ``seconds`` and at least MINIMUM_ROUNDS rounds.

    Raises:
        RuntimeError: the kernel cannot be compiled on this machine.
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
    """Return seconds per element of the kernel and of the bare loop in every round."""
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
    """Return the time of a run.

    On one thread, all repeats (an even number) are one launch, which excludes the overhead of
    Python. On several threads, take the shortest run: other programs may preempt a thread, for
    which all others wait.
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
