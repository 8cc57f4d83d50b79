"""How much of the machine other programs took while something was measured.

Torch meets at a barrier after every operation: when others need the CPUs, its steps take ten times
longer and ours, with one launch, hardly any. Such figures flatter us, so they must not pass unseen.
"""

import os
import time
from pathlib import Path

import torch

_STAT = Path("/proc/stat")
TOLERATED = 0.2  # CPUs; an idle desktop needs less


class Watch:
    """Counts from its creation on."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._others = others_seconds()

    def cpus(self) -> float:
        """Return how many CPUs the others kept busy on average; 0 where nobody counts."""
        used = others_seconds() - self._others
        return max(0.0, used / (time.perf_counter() - self._started))


def others_seconds() -> float:
    """Return the CPU time since boot of all but this process and its finished children."""
    try:
        fields = _STAT.read_text(encoding="utf-8").split("\n", 1)[0].split()[1:]
    except OSError:
        return 0.0
    user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, fields[:8])
    ticks = user + nice + system + irq + softirq + steal
    own = os.times()
    return ticks / os.sysconf("SC_CLK_TCK") - sum(own[:4])


def too_much(cpus: float, threads: int | None = None, of: int | None = None) -> bool:
    """Whether others that keep so many CPUs busy, by default of those here, get in the way of so
    many threads, by default of torch's."""
    idle = max(0, (of or os.cpu_count() or 1) - (threads or torch.get_num_threads()))
    return cpus > idle + TOLERATED
