"""Train one network twice in lockstep: two optimizers, same initial parameters, same batches."""

import copy
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median
from types import MappingProxyType
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from adadelta_gen import Adadelta
from adadelta_gen.demo.data import Digits
from adadelta_gen.diagnostics.rows import Diagnosis

OPTIMIZERS: dict[str, type[torch.optim.Adadelta]] = {
    "adadelta_gen": Adadelta,
    "torch": torch.optim.Adadelta,
}


@dataclass
class Run:
    """One training.

    Attributes:
        losses: loss of every batch.
        step_seconds: time of every ``optimizer.step()``; the first one makes the states.
        seconds: time of the whole training.
    """

    model: nn.Module
    optimizer: Any
    losses: list[float] = field(default_factory=list)
    step_seconds: list[float] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True)
class Outcome:
    """The result of one training.

    Args:
        train_loss: mean over the training images after the training.
        accuracy: share of the test images that are recognised, in [0, 1].
        step_seconds: median time of all steps but the first.
        seconds: time of the whole training, including the first step.
        losses: loss of every batch.
    """

    optimizer: str
    train_loss: float
    accuracy: float
    step_seconds: float
    seconds: float
    losses: tuple[float, ...]


@dataclass(frozen=True)
class Comparison:
    """Both trainings of one network and the largest difference between their parameters.

    Args:
        diagnostics: diagnostics of all parameters, by number of steps of adadelta_gen.
    """

    outcomes: tuple[Outcome, ...]
    difference: float
    diagnostics: dict[int, Diagnosis]


def steps(digits: Digits, epochs: int, batch_size: int) -> int:
    """Return the number of steps of one training."""
    return epochs * -(-len(digits.train_labels) // batch_size)


def compare(
    network: Callable[[int, int], nn.Module],
    digits: Digits,
    epochs: int,
    batch_size: int,
    seed: int,
    advance: Callable[[], object],
    options: Mapping[str, Any] = MappingProxyType({}),
    diagnose_every: int | None = None,
) -> Comparison:
    """Train with every optimizer of OPTIMIZERS.

    Args:
        network: makes the network for images of a height and width.
        seed: of the initial parameters and of the order of the images.
        advance: called after each batch.
        options: lr, rho and eps of the optimizers (default: none).
        diagnose_every: number of steps between diagnostics of adadelta_gen, from the first step on;
            the last step is always included (default: never).
    """
    torch.manual_seed(seed)
    first = network(*digits.train_images.shape[2:])
    runs = []
    for optimizer in OPTIMIZERS.values():
        model = copy.deepcopy(first)
        runs.append(Run(model, optimizer(model.parameters(), **options)))
    ours, last = runs[0].optimizer, steps(digits, epochs, batch_size) - 1
    diagnostics: dict[int, Diagnosis] = {}
    for number, (images, labels) in enumerate(batches(digits, epochs, batch_size, seed)):
        # The second one finds the batch in the CPU's cache, so they take turns.
        for run in runs if number % 2 == 0 else reversed(runs):
            _train(run, images, labels)
        if diagnose_every and (number % diagnose_every == 0 or number == last):
            diagnostics[number + 1] = ours.diagnostics().by_group[0]
        advance()
    outcomes = [_outcome(name, run, digits) for name, run in zip(OPTIMIZERS, runs, strict=True)]
    difference = _difference(*(run.model for run in runs))
    return Comparison(tuple(outcomes), difference, diagnostics)


def batches(
    digits: Digits, epochs: int, batch_size: int, seed: int
) -> Iterator[tuple[Tensor, Tensor]]:
    generator = torch.Generator().manual_seed(seed)
    for _ in range(epochs):
        order = torch.randperm(len(digits.train_labels), generator=generator)
        for batch in torch.split(order, batch_size):
            yield digits.train_images[batch], digits.train_labels[batch]


def _train(run: Run, images: Tensor, labels: Tensor) -> None:
    start = time.perf_counter()
    run.optimizer.zero_grad()
    loss = cross_entropy(run.model(images), labels)
    loss.backward()  # type: ignore[no-untyped-call]
    before_step = time.perf_counter()
    run.optimizer.step()
    end = time.perf_counter()
    run.losses.append(loss.item())
    run.step_seconds.append(end - before_step)
    run.seconds += end - start


@torch.no_grad()
def _outcome(name: str, run: Run, digits: Digits) -> Outcome:
    run.model.eval()
    train_loss = cross_entropy(_scores(run.model, digits.train_images), digits.train_labels).item()
    guesses = _scores(run.model, digits.test_images).argmax(dim=1)
    accuracy = (guesses == digits.test_labels).float().mean().item()
    settled = run.step_seconds[1:] or run.step_seconds
    return Outcome(name, train_loss, accuracy, median(settled), run.seconds, tuple(run.losses))


def _scores(model: nn.Module, images: Tensor) -> Tensor:
    return torch.cat([model(part) for part in torch.split(images, 1000)])


@torch.no_grad()
def _difference(a: nn.Module, b: nn.Module) -> float:
    return max(
        (p - q).abs().max().item() for p, q in zip(a.parameters(), b.parameters(), strict=True)
    )
