"""Check that kernels are as fast, relative to the bare loop, as in committed figures.

Compares shares of the bare loop's speed, not times, and only on the same kind of CPU.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from adadelta_gen.bench import limit
from adadelta_gen.bench.jobs import Job
from adadelta_gen.bench.limit import Case, Report, Timing
from adadelta_gen.spec import specs_of

LOSS = 0.15
SECONDS = 0.2  # of the first attempt; later ones take as long as the committed run
ATTEMPTS = 3  # before a case counts as LOST
# Elements of one tensor. Between these sizes, the part of the arrays that is cached varies: shares
# of two runs differed by 25 % at 10**5 and 10**6 elements, by 5 % at these.
SIZES = (10**3, 10**4, 10**7)
HELD, LOST, UNKNOWN = "held", "lost", "unknown"


@dataclass(frozen=True)
class Verdict:
    """The comparison of a committed figure with a new one.

    Args:
        committed: the committed figure.
        now: the new figure, best of the attempts.
        verdict: HELD, LOST, or UNKNOWN if other programs used the CPUs of several threads.
    """

    committed: Timing
    now: Timing
    verdict: str

    @property
    def change(self) -> float:
        """Relative change of the share."""
        return self.now.share / self.committed.share - 1

    def __str__(self) -> str:
        then = self.committed
        cut = f" in {then.tensors:,} tensors" * (then.tensors > 1)
        threads = f"{then.threads} thread{'s' * (then.threads > 1)}"
        shares = f"{self.now.share:.3f} of the bare loop's speed, was {then.share:.3f}"
        return f"{then.kernel}, {then.elements:,} elements{cut}, {threads}: {shares}"


def incomparable(committed: Report, here: dict[str, str | int]) -> str:
    """Return why committed figures cannot be compared with this machine, or an empty string."""
    there = committed.environment
    if all(there.get(key) == here.get(key) for key in ("cpu", "code")):
        return ""
    return f"they are of {machine(there)}, this is {machine(here)}"


def machine(environment: dict[str, str | int]) -> str:
    """Return a description of a machine."""
    parts = [environment.get(key, "unknown") for key in ("cpu", "code")]
    return f"{parts[0]} ({parts[1]}), {environment.get('threads', '?')} threads"


def chosen(committed: Report, threads: int) -> list[Timing]:
    """Return the figures to measure again: those of ``SIZES`` and of existing kernels.

    Args:
        committed: the committed report.
        threads: torch's number of threads; leaves out figures of other numbers, except 1.
    """
    known = {spec.name for spec in specs_of("cpu")}
    return [
        timing
        for timing in committed.timings
        if timing.kernel in known
        and timing.elements in SIZES
        and timing.tensors == 1
        and timing.threads in (1, threads)
    ]


def compare(timings: list[Timing], announce: Callable[[str], None]) -> Iterator[Verdict]:
    """Yield a verdict on each committed figure.

    Args:
        timings: the committed figures.
        announce: called with the name of the next measurement.
    """
    for committed in timings:
        announce(f"{committed.kernel}, {committed.elements:,} elements")
        attempts = [again(committed, SECONDS)]
        while _has_lost(committed, attempts[-1]) and len(attempts) < ATTEMPTS:
            attempts.append(again(committed, limit.MEASURE_SECONDS))
        best = max(attempts, key=lambda timing: timing.share)
        if committed.disturbed or best.disturbed:
            yield Verdict(committed, best, UNKNOWN)
        else:
            yield Verdict(committed, best, LOST if _has_lost(committed, best) else HELD)


def _has_lost(committed: Timing, now: Timing) -> bool:
    return now.share < (1 - LOSS) * committed.share


def again(timing: Timing, seconds: float) -> Timing:
    """Measure a case again, for about this many seconds."""
    (spec,) = (spec for spec in specs_of("cpu") if spec.name == timing.kernel)
    case = Case(spec, timing.elements, timing.tensors, timing.threads)
    job = Job(spec, case.elements // case.tensors, case.tensors)
    return limit.timing(case, job, seconds)
