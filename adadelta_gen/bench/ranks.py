"""Compare the step of many ranks on one machine, one thread each, with that of a single rank.

Ranks share the memory bandwidth and, if there are more ranks than CPUs, the CPUs. A plain copy
shows how much any program slows down: a step that slows down no more than the copy scales as well
as the memory bandwidth allows.
"""

import gc
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import quantiles
from threading import Barrier, BrokenBarrierError

import torch

from adadelta_gen.bench import environment
from adadelta_gen.bench.cases import ADADELTA, COPY, FUSED_ADAM, OURS, Case
from adadelta_gen.bench.disturbance import Watch
from adadelta_gen.bench.rivals import Step, parameters, rival
from adadelta_gen.bench.written import Written
from adadelta_gen.workers import end_with_parent

CASE_NAMES = ("resnet50", "mlp")  # one bounded by memory bandwidth, one that fits into caches
NAMES = (OURS, ADADELTA, FUSED_ADAM, COPY)
TOLERATED = 1.3  # maximum slowdown of a step by other ranks / that of the copy
MINIMUM_ROUNDS, MAXIMUM_ROUNDS = 5, 100
# Per program and round; long compared with the scheduler's time slices.
ROUND_SECONDS = 0.2


@dataclass(frozen=True)
class Spread:
    """Seconds per step: median and quartiles of the rounds."""

    seconds: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Timing:
    """One program on one case.

    Args:
        name: name of a rival, or COPY.
        alone: a step of the first rank while the others sleep.
        together: a step while all ranks take steps; of the slowest rank in every round.
        ratio: together / alone, from the medians.
        beside_copy: ratio / ratio of the copy.
        alone_bandwidth, together_bandwidth: bytes per second and rank, if a step moves as many
            bytes as the copy; else None.
    """

    name: str
    alone: Spread
    together: Spread
    ratio: float
    beside_copy: float
    alone_bandwidth: float | None
    together_bandwidth: float | None


@dataclass(frozen=True)
class Result:
    """All programs on one case.

    Args:
        disturbance: number of CPUs that other programs used meanwhile.
    """

    case: str
    title: str
    dtype: str
    elements: int
    moved_bytes: int
    rounds: int
    disturbance: float
    timings: tuple[Timing, ...]


@dataclass(frozen=True)
class Report(Written):
    """All results, with the command, the number of ranks and the environment."""

    command: str
    ranks: int
    environment: dict[str, str | int]
    results: tuple[Result, ...]


Times = tuple[list[float], list[float]]  # of one program in every round: alone, together


def run(
    cases: Iterable[tuple[Case, str]],
    ranks: int,
    seconds: float,
    command: str,
    announce: Callable[[str], object],
) -> Report:
    """Measure.

    Args:
        cases: the cases, each with a dtype.
        ranks: number of ranks.
        seconds: approximate time per case.
        command: command line that repeats the run.
        announce: called with the name of the next measurement.

    Raises:
        BrokenProcessPool: a rank was killed.
    """
    results = []
    for case, dtype in cases:
        announce(f"{case.title}, {dtype}, {ranks} ranks")
        results.append(measure(case, dtype, ranks, seconds))
    machine = environment.describe() | {"threads": 1}
    return Report(command, ranks, machine, tuple(results))


def measure(case: Case, dtype: str, ranks: int, seconds: float) -> Result:
    """Measure a case, for about ``seconds`` and at least MINIMUM_ROUNDS rounds."""
    rounds = int(seconds / (2 * len(NAMES) * ROUND_SECONDS))
    rounds = max(MINIMUM_ROUNDS, min(MAXIMUM_ROUNDS, rounds))
    context = get_context("spawn")
    watch = Watch()  # read after the ranks have ended: their CPU time counts as ours only then
    with ProcessPoolExecutor(ranks, context, _enter, (context.Barrier(ranks),)) as pool:
        # Each task waits for all others at once, so that each process gets one.
        futures = [
            pool.submit(_times, case, dtype, rank == 0, rounds, ROUND_SECONDS)
            for rank in range(ranks)
        ]
    disturbance = watch.cpus()
    moved = moved_bytes(case, dtype)
    return Result(
        case.name,
        case.title,
        dtype,
        case.elements,
        moved,
        rounds,
        disturbance,
        summary(_results(futures), moved),
    )


def _results(futures: Sequence[Future[list[Times]]]) -> list[list[Times]]:
    errors = [error for future in futures if (error := future.exception()) is not None]
    for error in errors:
        if not isinstance(error, BrokenBarrierError):  # a consequence of another rank's error
            raise error
    return [future.result() for future in futures]


def summary(ranks: Sequence[Sequence[Times]], moved: int) -> tuple[Timing, ...]:
    """Return the timings of all programs.

    Args:
        ranks: for every rank, the times of every program of NAMES; only the first rank has times
            alone.
        moved: bytes that a copy moves.
    """
    alone = [_spread(times) for times, _ in ranks[0]]
    together = [
        _spread([max(same) for same in zip(*(times for _, times in program), strict=True)])
        for program in zip(*ranks, strict=True)
    ]
    ratios = [t.seconds / a.seconds for a, t in zip(alone, together, strict=True)]
    of_copy = ratios[NAMES.index(COPY)]
    return tuple(
        Timing(
            name,
            a,
            t,
            ratio,
            ratio / of_copy,
            moved / a.seconds if name in (OURS, COPY) else None,
            moved / t.seconds if name in (OURS, COPY) else None,
        )
        for name, a, t, ratio in zip(NAMES, alone, together, ratios, strict=True)
    )


def _spread(times: list[float]) -> Spread:
    lower, middle, upper = quantiles(times, n=4, method="inclusive")
    return Spread(middle, lower, upper)


def moved_bytes(case: Case, dtype: str) -> int:
    """Return the bytes that our step reads (4 tensors) and writes (3 tensors)."""
    itemsize: int = getattr(torch, dtype).itemsize
    return 7 * case.elements * itemsize


_all_ranks: list[Barrier] = []  # set when a rank's process starts; barriers cannot be passed later


def _enter(barrier: Barrier) -> None:
    end_with_parent()
    torch.set_num_threads(1)
    _all_ranks.append(barrier)


def _times(case: Case, dtype: str, first: bool, rounds: int, seconds: float) -> list[Times]:
    (barrier,) = _all_ranks
    try:
        params = parameters(case, dtype)
        steps = [copy(params) if name == COPY else rival(name, params).step for name in NAMES]
        return _interleaved(steps, first, rounds, seconds, barrier)
    except BaseException:
        barrier.abort()  # else the other ranks would wait forever
        raise


def _interleaved(
    steps: Sequence[Step], first: bool, rounds: int, seconds: float, barrier: Barrier
) -> list[Times]:
    times: list[Times] = [([], []) for _ in steps]
    gc.collect()
    gc.disable()
    try:
        for number in range(rounds):
            for i in range(len(steps)):
                turn = (number + i) % len(steps)  # rotate the order every round
                for together in (number % 2, 1 - number % 2):
                    barrier.wait()
                    if together or first:
                        times[turn][together].append(pace(steps[turn], seconds))
    finally:
        gc.enable()
    return times


def pace(step: Step, seconds: float) -> float:
    """Take steps for at least this many seconds and return the seconds per step."""
    step()  # refills the caches after another program
    start = time.perf_counter()
    taken, elapsed = 0, 0.0
    while elapsed < seconds or taken == 0:
        step()
        taken += 1
        elapsed = time.perf_counter() - start
    return elapsed / taken


def copy(params: Sequence[torch.Tensor]) -> Step:
    """Return a copy that moves as many bytes as our step, within the same amount of memory.

    A step uses 4 tensors of a param's size and moves 7 times that size. The copy moves two of four
    such tensors to the other two (4 times), and then three quarters of them again. With more
    memory, the copy would exceed the caches before a step does.
    """
    source = torch.ones(2 * sum(param.nbytes for param in params), dtype=torch.uint8)
    target = torch.ones_like(source)
    part = 3 * len(source) // 4
    source_part, target_part = source[:part], target[:part]

    def step() -> None:
        target.copy_(source)
        target_part.copy_(source_part)

    return step
