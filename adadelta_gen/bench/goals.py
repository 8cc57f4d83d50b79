"""Our goals of speed on the CPU, compared with committed figures."""

from collections.abc import Iterator
from dataclasses import dataclass

from adadelta_gen.bench import limit, suite
from adadelta_gen.bench.cases import CASES, chosen
from adadelta_gen.bench.disturbance import too_much
from adadelta_gen.spec import specs_of

IN_CACHE, BEYOND_CACHE = limit.KERNEL_SIZES  # elements
MET, MISSED, UNKNOWN, NOT_MEASURED = "met", "missed", "unknown", "not measured"


@dataclass(frozen=True)
class Goal:
    """One goal.

    Args:
        what: the measured kernel or step.
        beside: the reference.
        least: goal, as a fraction of the reference's speed.
        measured: the measured fraction, or None.
        verdict: MET, MISSED, NOT_MEASURED, or UNKNOWN if other programs used the CPUs.
    """

    what: str
    beside: str
    least: float
    measured: float | None
    verdict: str


def least_share(timing: limit.Timing) -> float | None:
    """Return the goal as a fraction of the bare loop's speed, or None."""
    spec = {spec.name: spec for spec in specs_of("cpu")}.get(timing.kernel)
    if spec is None or timing.tensors > 1:
        return None
    if timing.threads > 1 and timing.elements >= BEYOND_CACHE:
        return _BEYOND_CACHE.get(spec.dtype)
    is_in_cache = (timing.threads, timing.elements) == (1, IN_CACHE)
    return 0.6 if is_in_cache and spec.dtype == spec.state_dtype == "float32" else None


_BEYOND_CACHE = {"float32": 0.95, "float16": 0.88, "bfloat16": 0.88}


def verdict(least: float, measured: float | None, disturbed: bool) -> str:
    """Return the verdict on a goal."""
    if measured is None:
        return NOT_MEASURED
    if disturbed:
        return UNKNOWN
    return MET if measured >= least else MISSED


def of_kernels(report: limit.Report) -> Iterator[Goal]:
    """Yield the goals relative to the bare loop."""
    cpus, _ = _machine(report.environment)
    for timing in report.timings:
        least = least_share(timing)
        if least is not None:
            disturbed = timing.threads > 1 and too_much(timing.disturbance, timing.threads, cpus)
            threads = f"{timing.threads} thread{'s' * (timing.threads > 1)}"
            what = f"{timing.kernel}, {timing.elements:,} elements, {threads}"
            word = verdict(least, timing.share, disturbed)
            yield Goal(what, "bare loop", least, timing.share, word)


def of_steps(report: suite.Report) -> Iterator[Goal]:
    """Yield the goals relative to torch's optimizers."""
    cpus, threads = _machine(report.environment)
    results = {(result.case, result.dtype): result for result in report.results}
    for case, dtype in chosen([], None, CASES):
        result = results.get((case.name, dtype))
        ratios = {t.rival: t.ratio for t in result.timings} if result else {}
        disturbed = result is not None and too_much(result.disturbance, threads, cpus)
        for rival, least in case.targets_in(dtype).items():
            measured = ratios.get(rival)
            word = verdict(least, measured, disturbed)
            yield Goal(f"{case.title}, {dtype}", rival, least, measured, word)


def _machine(environment: dict[str, str | int]) -> tuple[int, int]:
    """Return the numbers of CPUs and of torch's threads; 0 if the report lacks them."""
    return int(environment.get("cpus", 0)), int(environment.get("threads", 0))
