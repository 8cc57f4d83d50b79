"""Time the step of many ranks on one machine, a thread each, against one that is alone.

Ranks share the memory and, where there are more of them than CPUs, these too. What that costs any
program shows in a plain copy beside the step: a step that is slowed down no more than the copy is
bears the company as well as can be.
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

CASE_NAMES = ("resnet50", "mlp")  # one that the memory bounds, one that fits caches
NAMES = (OURS, ADADELTA, FUSED_ADAM, COPY)
TOLERATED = 1.3  # times more than the copy that a step may be slowed down by company
MINIMUM_ROUNDS, MAXIMUM_ROUNDS = 5, 100
# Of one program in one round: many slices of a scheduler that has fewer CPUs than ranks.
ROUND_SECONDS = 0.2


@dataclass(frozen=True)
class Spread:
    """Seconds that a step took in the rounds: median and quartiles."""

    seconds: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Timing:
    """One program on one case.

    Args:
        name: of a rival, or COPY.
        alone: a step of the first rank while the others sleep.
        together: a step while all ranks take such steps; in every round, of the slowest rank.
        ratio: together / alone, from the medians.
        beside_copy: the ratio / the copy's.
        alone_bandwidth, together_bandwidth: bytes a second and rank, where a step moves as many as
            the copy; else None.
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
        disturbance: CPUs that other programs kept busy meanwhile.
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
    """All that was measured, by which command, with how many ranks, on what."""

    command: str
    ranks: int
    environment: dict[str, str | int]
    results: tuple[Result, ...]


Times = tuple[list[float], list[float]]  # of a program in every round: alone, together


def run(
    cases: Iterable[tuple[Case, str]],
    ranks: int,
    seconds: float,
    command: str,
    announce: Callable[[str], object],
) -> Report:
    """Measure.

    Args:
        cases: each with the dtype to measure it in.
        ranks: how many.
        seconds: about how long to measure a case.
        command: that repeats it.
        announce: told what comes next.

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
    """Measure a case in about ``seconds``, but in MINIMUM_ROUNDS at least."""
    rounds = int(seconds / (2 * len(NAMES) * ROUND_SECONDS))
    rounds = max(MINIMUM_ROUNDS, min(MAXIMUM_ROUNDS, rounds))
    context = get_context("spawn")
    watch = Watch()  # read when the ranks have ended: only then they count as ours
    with ProcessPoolExecutor(ranks, context, _enter, (context.Barrier(ranks),)) as pool:
        # All wait for each other at once, so that each process takes one of these.
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
        if not isinstance(error, BrokenBarrierError):  # which only follows from another's error
            raise error
    return [future.result() for future in futures]


def summary(ranks: Sequence[Sequence[Times]], moved: int) -> tuple[Timing, ...]:
    """Return what the ranks' times come to.

    Args:
        ranks: of every rank, the first one first, the times of every program of NAMES; alone, only
            the first rank has any.
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
    """Return what a step of ours reads (4 tensors) and writes (3 of them), in bytes."""
    itemsize: int = getattr(torch, dtype).itemsize
    return 7 * case.elements * itemsize


_all_ranks: list[Barrier] = []  # of a rank's process, which can only inherit it


def _enter(barrier: Barrier) -> None:
    torch.set_num_threads(1)
    _all_ranks.append(barrier)


def _times(case: Case, dtype: str, first: bool, rounds: int, seconds: float) -> list[Times]:
    (barrier,) = _all_ranks
    try:
        params = parameters(case, dtype)
        steps = [copy(params) if name == COPY else rival(name, params).step for name in NAMES]
        return _interleaved(steps, first, rounds, seconds, barrier)
    except BaseException:
        barrier.abort()  # or the others would wait forever
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
                turn = (number + i) % len(steps)  # another one goes first in every round
                for together in (number % 2, 1 - number % 2):
                    barrier.wait()
                    if together or first:
                        times[turn][together].append(pace(steps[turn], seconds))
    finally:
        gc.enable()
    return times


def pace(step: Step, seconds: float) -> float:
    """Take steps for at least so many seconds and return how many one of them took."""
    step()  # brings back into the caches what the last program has driven out
    start = time.perf_counter()
    taken, elapsed = 0, 0.0
    while elapsed < seconds or taken == 0:
        step()
        taken += 1
        elapsed = time.perf_counter() - start
    return elapsed / taken


def copy(params: Sequence[torch.Tensor]) -> Step:
    """Return a copy that moves as many bytes as a step of ours, within as much memory.

    A step works on 4 tensors of a param's size and moves 7 such. Two of the four are copied to the
    other two, which moves 4, and then three quarters of them again. Within more memory, a copy
    would leave the caches sooner than a step does, and excuse it.
    """
    source = torch.ones(2 * sum(param.nbytes for param in params), dtype=torch.uint8)
    target = torch.ones_like(source)
    part = 3 * len(source) // 4
    source_part, target_part = source[:part], target[:part]

    def step() -> None:
        target.copy_(source)
        target_part.copy_(source_part)

    return step
