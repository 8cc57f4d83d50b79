"""CPU time of other programs during a measurement.

Torch's threads synchronise after every operation: if other programs use the CPUs, its steps can
take ten times longer, while ours, with one launch, hardly slow down. Such figures would favour us,
so reports state the disturbance.
"""

import os
import time
from pathlib import Path

import torch

_STAT = Path("/proc/stat")
TOLERATED = 0.2  # CPUs; an idle desktop needs less


class Watch:
    """Measures from its creation on."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._others = others_seconds()

    def cpus(self) -> float:
        """Return the average number of CPUs used by other programs; 0 if unavailable."""
        used = others_seconds() - self._others
        return max(0.0, used / (time.perf_counter() - self._started))


def others_seconds() -> float:
    """Return the CPU time since boot of all processes but this one and its finished children."""
    try:
        fields = _STAT.read_text(encoding="utf-8").split("\n", 1)[0].split()[1:]
    except OSError:
        return 0.0
    user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, fields[:8])
    ticks = user + nice + system + irq + softirq + steal
    own = os.times()
    return ticks / os.sysconf("SC_CLK_TCK") - sum(own[:4])


def too_much(cpus: float, threads: int | None = None, of: int | None = None) -> bool:
    """Whether other programs slow down a measurement.

    Args:
        cpus: number of CPUs that they use.
        threads: number of measured threads (default: torch's).
        of: number of CPUs of the machine (default: this one's).
    """
    idle = max(0, (of or os.cpu_count() or 1) - (threads or torch.get_num_threads()))
    return cpus > idle + TOLERATED
