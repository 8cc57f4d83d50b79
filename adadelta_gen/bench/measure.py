"""Time the rivals of a case in interleaved rounds, so that noise affects all of them alike."""

import gc
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

from adadelta_gen.bench.cases import ADADELTA, COMPILED, COPY, OPTAX, OURS, Case
from adadelta_gen.bench.disturbance import Watch
from adadelta_gen.bench.memory import temporary_bytes, temporary_cuda_bytes
from adadelta_gen.bench.rivals import NAMES, Rival, parameters, rival

MINIMUM_ROUNDS, MAXIMUM_ROUNDS = 5, 100
# A round repeats short steps. Torch's temporaries make its first steps after another rival's slower
# (a step of the MLP: 1.2 ms in blocks of ten, 1.7 ms one by one); blocks favour torch.
BLOCK_SECONDS = 0.02


@dataclass(frozen=True)
class Timing:
    """One rival on one case.

    Args:
        rival: name of the rival.
        seconds: time of a step, median of the rounds.
        lower, upper: quartiles of the time of a step.
        ratio: time / our time, from the medians.
        target: target of the ratio, or None.
        temporary_bytes: peak of the memory that a step allocates and frees again; None for JAX,
            whose allocator is not measured.
        warm_up_seconds: time of the first step, which creates states and compiles.
    """

    rival: str
    seconds: float
    lower: float
    upper: float
    ratio: float
    target: float | None
    temporary_bytes: int | None
    warm_up_seconds: float


@dataclass(frozen=True)
class Result:
    """All rivals on one case.

    Args:
        disturbance: number of CPUs that other programs used meanwhile.
    """

    case: str
    title: str
    dtype: str
    tensors: int
    elements: int
    rounds: int
    disturbance: float
    timings: tuple[Timing, ...]


def measure(
    case: Case,
    dtype: str,
    seconds: float,
    compiled: bool = False,
    device: str = "cpu",
    more: Sequence[str] = (),
) -> Result:
    """Measure every rival on a case, for about ``seconds`` and at least MINIMUM_ROUNDS rounds.

    Args:
        dtype: name of a torch dtype.
        compiled: add torch.compile of torch's step, if the case is compilable.
        device: device of the parameters.
        more: rivals in addition to torch's.

    Raises:
        torch.OutOfMemoryError: the states of all rivals together exceed the device's memory.
    """
    params = parameters(case, dtype, device)
    names = [*NAMES, COMPILED] if compiled and case.compilable else list(NAMES)
    if device != "cpu":
        names.remove(ADADELTA)  # on a GPU it uses foreach by default
    if case.target(dtype, COPY) is not None:
        names.append(COPY)
    names += more
    rivals = [rival(name, params) for name in names]
    watch = Watch()
    rounds = timed_rounds(rivals, seconds)
    disturbance = watch.cpus()
    _, ours, _ = _quartiles(rounds[names.index(OURS)])
    timings = tuple(
        _timing(r, times, ours, case.target(dtype, r.name), device)
        for r, times in zip(rivals, rounds, strict=True)
    )
    return Result(
        case.name,
        case.title,
        dtype,
        len(params),
        case.elements,
        len(rounds[0]),
        disturbance,
        timings,
    )


def _timing(
    rival: Rival, times: list[float], ours: float, target: float | None, device: str
) -> Timing:
    lower, middle, upper = _quartiles(times)
    count = temporary_bytes if device == "cpu" else temporary_cuda_bytes
    memory = None if rival.name == OPTAX else count(rival.step)
    return Timing(
        rival.name, middle, lower, upper, middle / ours, target, memory, rival.warm_up_seconds
    )


def _quartiles(times: list[float]) -> tuple[float, float, float]:
    lower, middle, upper = quantiles(times, n=4, method="inclusive")
    return lower, middle, upper


def timed_rounds(rivals: Sequence[Rival], seconds: float) -> list[list[float]]:
    """Return the times of a step in every round, one list per rival."""
    warm = [_warm_up(rival) for rival in rivals]
    repeats = [max(1, round(BLOCK_SECONDS / once)) for once in warm]
    one_round = sum(once * n for once, n in zip(warm, repeats, strict=True))
    n_rounds = max(MINIMUM_ROUNDS, min(MAXIMUM_ROUNDS, int(seconds / one_round)))
    times: list[list[float]] = [[] for _ in rivals]
    gc.collect()
    gc.disable()
    try:
        for number in range(n_rounds):
            for i in range(len(rivals)):
                turn = (number + i) % len(rivals)  # rotate the order every round
                times[turn].append(_seconds(rivals[turn], repeats[turn]))
    finally:
        gc.enable()
    return times


def _warm_up(rival: Rival) -> float:
    """Return the shortest time of a few steps: longer ones may have been interrupted."""
    times = [_seconds(rival, 1)]
    while len(times) < MINIMUM_ROUNDS and sum(times) < BLOCK_SECONDS:
        times.append(_seconds(rival, 1))
    return min(times)


def _seconds(rival: Rival, repeats: int) -> float:
    start = time.perf_counter()
    for _ in range(repeats):
        rival.step()
    rival.finish()
    return (time.perf_counter() - start) / repeats
