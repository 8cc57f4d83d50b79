"""What the host and the GPU each take for a step; of a GPU only."""

import time
from collections.abc import Callable
from typing import Any

import torch

CLOCK = 2e9  # of a GPU, Hz; a slower one waits longer


def host_seconds(step: Callable[[], object], repeats: int) -> float:
    """Return the seconds that the host is busy with one step, while the GPU has room for more work.

    Args:
        step: what it tells the GPU to do; all repeats together fit the queue of the GPU, which
            holds about 1000 launches.
        repeats: number of steps.
    """
    torch.cuda.synchronize()
    start = time.perf_counter()
    for _ in range(repeats):
        step()
    seconds = time.perf_counter() - start
    torch.cuda.synchronize()
    return seconds / repeats


def gpu_seconds(step: Callable[[], object], repeats: int, host: float) -> float:
    """Return the seconds that the GPU is busy with one step, by CUDA events.

    The GPU first waits twice as long as the host takes for all steps, and so never for the host.

    Args:
        step: what the host tells the GPU to do.
        repeats: number of steps.
        host: what ``host_seconds`` returned for the step.
    """
    make: Callable[..., Any] = torch.cuda.Event
    start, end = (make(enable_timing=True) for _ in range(2))
    wait: Callable[[int], None] = torch.cuda._sleep
    torch.cuda.synchronize()
    wait(int(2 * host * repeats * CLOCK))
    start.record()
    for _ in range(repeats):
        step()
    end.record()
    end.synchronize()
    return float(start.elapsed_time(end)) / 1e3 / repeats  # of milliseconds
