"""Launch overhead of a step on a GPU: one tiny tensor, and many small tensors."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import torch

from adadelta_gen.bench import environment
from adadelta_gen.bench.cases import FOREACH, FUSED_ADAM, OURS, Case
from adadelta_gen.bench.disturbance import Watch
from adadelta_gen.bench.events import gpu_seconds, host_seconds
from adadelta_gen.bench.rivals import Step, parameters, rival
from adadelta_gen.bench.written import Timings

SIZES = ((1, 1), (10, 64), (700, 64))  # tensors, elements of each; our launch takes 680 tensors
RIVALS = (OURS, FOREACH, FUSED_ADAM)
ZERO = "a number set to zero"  # one launch by torch, as a lower bound
ROUNDS = 21


@dataclass(frozen=True)
class Timing:
    """One rival on one number of tensors.

    Args:
        tensors: number of parameters.
        elements: elements of each.
        rival: name of the rival.
        host_seconds: host time of a step, median of the rounds.
        gpu_seconds: GPU time of a step, median of the rounds.
        ratio: host time / our host time, from the medians.
    """

    tensors: int
    elements: int
    rival: str
    host_seconds: float
    gpu_seconds: float
    ratio: float


Report = Timings[Timing]


def run(announce: Callable[[str], None], device: str = "cuda") -> Report:
    """Measure all rivals on all numbers of tensors.

    Args:
        announce: called with the name of the next measurement.
        device: device of the tensors.
    """
    watch = Watch()
    timings: list[Timing] = []
    for tensors, elements in SIZES:
        announce(f"{tensors} tensors of {elements}")
        timings += _timings(tensors, elements, device)
    return Report(environment.describe(), watch.cpus(), tuple(timings))


def _timings(tensors: int, elements: int, device: str) -> list[Timing]:
    case = Case("launches", "", ((elements,),) * tensors)
    params = parameters(case, "float32", device)
    steps: dict[str, Step] = {name: rival(name, params).step for name in RIVALS}
    if tensors == 1:
        steps[ZERO] = torch.ones(1, device=device).zero_
    repeats = repeats_of(tensors)
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in steps}
    gc.collect()
    gc.disable()
    try:
        for number in range(ROUNDS + 1):
            for name in list(steps) if number % 2 else reversed(steps):
                host = host_seconds(steps[name], repeats)
                times[name].append((host, gpu_seconds(steps[name], repeats, host)))
    finally:
        gc.enable()
    medians = {}
    for name, rounds in times.items():
        hosts, gpus = zip(*rounds[1:], strict=True)  # the first round warms up
        medians[name] = median(hosts), median(gpus)
    ours, _ = medians[OURS]
    return [
        Timing(tensors, elements, name, host, gpu, host / ours)
        for name, (host, gpu) in medians.items()
    ]


def repeats_of(tensors: int) -> int:
    """Return the steps per round, few enough for a GPU's queue of about 1000 launches.

    A step of torch's foreach takes 12 launches for a few tensors, and some 120 for 700.
    """
    return min(30, max(3, 300 // tensors))
