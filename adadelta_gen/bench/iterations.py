"""Whole training iterations: time of the iteration, and of its step, for each optimizer.

All rivals train the same model on the same batch in turn. ``zero_grad`` sets the grads to None, so
that every step has new grad tensors.
"""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles

import torch
from torch.optim import Optimizer

from adadelta_gen.bench import environment
from adadelta_gen.bench.cases import OURS
from adadelta_gen.bench.disturbance import Watch
from adadelta_gen.bench.models import MODELS, Training
from adadelta_gen.bench.rivals import NAMES, optimizer
from adadelta_gen.bench.written import Timings

MINIMUM_ROUNDS, MAXIMUM_ROUNDS = 5, 100
BLOCK_SECONDS = 0.05
# So small that the model hardly changes: all rivals compute the same throughout.
LR = 1e-6


@dataclass(frozen=True)
class Timing:
    """One rival with one model.

    Args:
        model: title of the model.
        tensors, elements: numbers of its parameters and of their elements.
        rival: name of the optimizer.
        rounds: number of rounds.
        seconds: an iteration (zero_grad, forward, backward, step), median of the rounds.
        lower, upper: quartiles of the iteration.
        step_seconds: the step, median of the rounds.
        share: step_seconds / seconds.
        ratio: iteration / iteration with our optimizer, median of the rounds.
        step_ratio: the same for the step.
    """

    model: str
    tensors: int
    elements: int
    rival: str
    rounds: int
    seconds: float
    lower: float
    upper: float
    step_seconds: float
    share: float
    ratio: float
    step_ratio: float


Report = Timings[Timing]
Round = tuple[float, float]  # seconds of an iteration, and of its step


def run(announce: Callable[[str], None], seconds: float) -> Report:
    """Train all models.

    Args:
        announce: called with the name of the next measurement.
        seconds: approximate time per model; takes at least MINIMUM_ROUNDS rounds.
    """
    watch = Watch()
    timings: list[Timing] = []
    for make in MODELS:
        torch.manual_seed(0)
        training = make()
        announce(training.title)
        timings += measure(training, seconds)
    return Report(environment.describe(), watch.cpus(), tuple(timings))


def measure(training: Training, seconds: float) -> list[Timing]:
    """Train a model with every rival, for about ``seconds`` and at least MINIMUM_ROUNDS rounds."""
    params = list(training.model.parameters())
    rounds = dict(zip(NAMES, _rounds(training, seconds), strict=True))
    timings = []
    for name, own in rounds.items():
        lower, middle, upper = quantiles([whole for whole, _ in own], n=4, method="inclusive")
        step = median(part for _, part in own)
        pairs = list(zip(own, rounds[OURS], strict=True))
        timings.append(
            Timing(
                training.title,
                len(params),
                sum(param.numel() for param in params),
                name,
                len(own),
                middle,
                lower,
                upper,
                step,
                step / middle,
                median(theirs[0] / ours[0] for theirs, ours in pairs),
                median(theirs[1] / ours[1] for theirs, ours in pairs),
            )
        )
    return timings


def _rounds(training: Training, seconds: float) -> list[list[Round]]:
    """Return the times of an iteration in every round, one list per rival."""
    optimizers = [optimizer(name, list(training.model.parameters())) for name in NAMES]
    for each in optimizers:
        each.param_groups[0]["lr"] = LR
        _block(training, each, 2)  # creates states, loads kernels
    once = [_block(training, each, 2)[0] for each in optimizers]
    repeats = [max(1, round(BLOCK_SECONDS / one)) for one in once]
    one_round = sum(one * n for one, n in zip(once, repeats, strict=True))
    n_rounds = max(MINIMUM_ROUNDS, min(MAXIMUM_ROUNDS, int(seconds / one_round)))
    rounds: list[list[Round]] = [[] for _ in optimizers]
    gc.collect()
    gc.disable()
    try:
        for number in range(n_rounds):
            for i in range(len(optimizers)):
                turn = (number + i) % len(optimizers)  # rotate the order every round
                rounds[turn].append(_block(training, optimizers[turn], repeats[turn]))
    finally:
        gc.enable()
    return rounds


def _block(training: Training, optimizer: Optimizer, repeats: int) -> Round:
    """Run iterations and return the time of one."""
    steps = 0.0
    start = time.perf_counter()
    for _ in range(repeats):
        optimizer.zero_grad()
        training.loss().backward()  # type: ignore[no-untyped-call]
        before = time.perf_counter()
        optimizer.step()
        steps += time.perf_counter() - before
    return (time.perf_counter() - start) / repeats, steps / repeats
