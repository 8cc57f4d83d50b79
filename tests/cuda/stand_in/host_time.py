"""Host time of a step on CUDA, measured on the stand-in, whose launches return at once.

Run ``python -m stand_in.host_time [SECONDS]`` from ``tests/cuda``, with ``tests`` in PYTHONPATH. It
prints JSON: by number of tensors, median microseconds per step of the CUDA path on the stand-in,
and of the CPU path with its kernels. Tensors have one element; the two paths alternate.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import torch

from adadelta_gen import Adadelta
from stand_in import StandIn, compiled, on_the_cpu, why_not

NUMBERS = (10, 700)
STEPS = 20  # of one turn


def optimizer_of(n: int) -> Adadelta:
    """Return an optimizer of n parameters with grads."""
    params = [torch.nn.Parameter(torch.ones(1)) for _ in range(n)]
    for p in params:
        p.grad = torch.ones(1)
    return Adadelta(params, fused=True)


def time_of(step: Callable[[], object]) -> float:
    """Return the microseconds of a call, the mean of STEPS."""
    begin = time.perf_counter()
    for _ in range(STEPS):
        step()
    return (time.perf_counter() - begin) / STEPS * 1e6


def measure(driver: StandIn, n: int, seconds: float) -> dict[str, float]:
    """Measure both alternately for some seconds."""
    own, cuda = optimizer_of(n), optimizer_of(n)
    times: dict[str, list[float]] = {"cuda": [], "cpu": []}
    end = time.perf_counter() + seconds
    own.step()
    with ExitStack() as stack:
        stack.enter_context(on_the_cpu(driver))
        cuda.step()
        launches = len(driver.calls("cuLaunchKernel"))
        while time.perf_counter() < end:
            # The CPU's repeats what it proved: it asks for no target.
            for name, optimizer in (("cuda", cuda), ("cpu", own)):
                times[name].append(time_of(optimizer.step))
            driver.forget_calls()
    result = {name: round(median(found), 2) for name, found in times.items()}
    return {"launches": launches, **result}


def main(seconds: float = 5.0) -> None:
    if why := why_not():
        sys.exit(why)
    with tempfile.TemporaryDirectory() as folder:
        driver = StandIn(compiled(Path(folder)))
        driver.reset()
        driver.make_contexts()
        found = {str(n): measure(driver, n, seconds) for n in NUMBERS}
    print(json.dumps({"torch": torch.__version__, "us_a_step": found}, indent=2))


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
