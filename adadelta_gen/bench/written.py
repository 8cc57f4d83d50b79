"""Benchmark reports that are written as JSON."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Generic, TypeVar

Timing = TypeVar("Timing")


@dataclass(frozen=True)
class Written:
    """A report that can be written as JSON."""

    def write(self, path: Path) -> None:
        """Write the figures as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Timings(Written, Generic[Timing]):
    """Timings and their environment.

    Args:
        environment: machine and versions.
        disturbance: number of CPUs that other programs used meanwhile.
        timings: the timings.
    """

    environment: dict[str, str | int]
    disturbance: float
    timings: tuple[Timing, ...]
