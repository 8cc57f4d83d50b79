"""One run of all benchmarks."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import torch

from adadelta_gen.bench import environment, installed, startup
from adadelta_gen.bench.cases import OVERHEAD, Case
from adadelta_gen.bench.measure import Result, Timing, measure
from adadelta_gen.bench.resident import peak_growth_bytes
from adadelta_gen.bench.rivals import NAMES
from adadelta_gen.bench.written import Written

OVERHEAD_SECONDS = 3.0
RESIDENT_CASE, RESIDENT_DTYPE = "resnet50", "float32"


@dataclass(frozen=True)
class Report(Written):
    """All results.

    Args:
        device: device of the parameters.
        environment: machine and versions.
        results: step times and temporary memory.
        overhead: step time on tiny tensors in seconds per tensor, by rival.
        peak_growth: bytes by which a step raises the peak resident memory, by rival.
        startup: CPU seconds of a new process, by task.
    """

    device: str
    environment: dict[str, str | int]
    results: tuple[Result, ...]
    overhead: dict[str, float]
    peak_growth: dict[str, int | None]
    startup: dict[str, float]

    @classmethod
    def read(cls, path: Path) -> "Report":
        """Return a report that ``write`` has written.

        Raises:
            OSError: the file cannot be read.
            ValueError: the file is not such a report.
        """
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
            results = tuple(
                Result(**result | {"timings": tuple(Timing(**t) for t in result["timings"])})
                for result in fields["results"]
            )
            return cls(**fields | {"results": results})
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path} is not a report of bench: {error}") from error


def run(
    cases: Iterable[tuple[Case, str]],
    seconds: float,
    compiled: bool,
    steps_only: bool,
    device: str,
    announce: Callable[[str], object],
    others: bool = False,
) -> Report:
    """Measure.

    Args:
        cases: the cases, each with a dtype.
        seconds: approximate time per case.
        compiled: add torch.compile for compilable cases.
        steps_only: leave out overhead, resident memory and start-up, which are for the CPU.
        device: device of the parameters.
        announce: called with the name of the next measurement.
        others: add Adadelta of other installed packages.
    """
    results = []
    for case, dtype in cases:
        announce(f"{case.title}, {dtype}")
        try:
            more = tuple(installed.fitting(case, dtype)) if others else ()
            results.append(measure(case, dtype, seconds, compiled, device, more))
        except torch.OutOfMemoryError:
            announce(f"{case.title}, {dtype}: left out, too large for the device")
        if device != "cpu":
            torch.cuda.empty_cache()
    overhead: dict[str, float] = {}
    peak_growth: dict[str, int | None] = {}
    waits: dict[str, float] = {}
    if not steps_only:
        announce(OVERHEAD.title)
        timings = measure(OVERHEAD, "float32", OVERHEAD_SECONDS).timings
        overhead = {t.rival: t.seconds / len(OVERHEAD.shapes) for t in timings}
        for name in NAMES:
            announce(f"resident memory, {name}")
            peak_growth[name] = peak_growth_bytes(name, RESIDENT_CASE, RESIDENT_DTYPE)
        for what, (before, timed) in startup.PROGRAMS.items():
            announce(what)
            waits[what] = startup.seconds(before, timed)
    machine = environment.describe() | (installed.versions() if others else {})
    return Report(device, machine, tuple(results), overhead, peak_growth, waits)
