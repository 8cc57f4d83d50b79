"""Host time and GPU time of a step on a GPU."""

import time
from collections.abc import Callable
from typing import Any

import torch

CLOCK = 2e9  # Hz; upper estimate of a GPU's clock


def host_seconds(step: Callable[[], object], repeats: int) -> float:
    """Return the seconds of host time of one step, without waits for the GPU.

    Args:
        step: enqueues the work; all repeats together must fit into the GPU's queue of about 1000
            launches.
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
    """Return the seconds of GPU time of one step, by CUDA events.

    The GPU first sleeps for twice the host time of all steps, so that it never waits for the host.

    Args:
        step: enqueues the work.
        repeats: number of steps.
        host: result of ``host_seconds`` for the step.
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
    return float(start.elapsed_time(end)) / 1e3 / repeats  # elapsed_time is in milliseconds
