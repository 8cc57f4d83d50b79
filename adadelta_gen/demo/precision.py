"""Train one network in several precisions, with the same initial parameters and batches."""

import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context
from statistics import median
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from adadelta_gen import Adadelta
from adadelta_gen.bench.cases import CASES, Case
from adadelta_gen.bench.rivals import parameters
from adadelta_gen.demo.compare import batches
from adadelta_gen.demo.data import CLASSES, Digits
from adadelta_gen.workers import end_with_parent

BASELINE = "torch float32"
ROUNDS = 11
STEP_CASE = next(case for case in CASES if case.name == "resnet50")


@dataclass(frozen=True)
class Variant:
    """A dtype and the optimizer that trains in it.

    Args:
        dtype: dtype of parameters, grads and, without ``state_dtype``, states.
        optimizer: torch's Adadelta or adadelta_gen's.
        options: its options other than lr, rho and eps.
    """

    name: str
    dtype: str
    optimizer: Callable[..., torch.optim.Adadelta]
    options: dict[str, Any] = field(default_factory=dict)

    def make(self, params: Any, **settings: float) -> torch.optim.Adadelta:
        """Return the optimizer."""
        return self.optimizer(params, **settings, **self.options)


_WIDE = {"state_dtype": torch.float32}
_NARROW = {"state_dtype": torch.bfloat16}
_DITHERED = {"dithered_rounding": True}
VARIANTS = (
    Variant(BASELINE, "float32", torch.optim.Adadelta),
    Variant("ours float32, bfloat16 states", "float32", Adadelta, _NARROW),
    Variant("torch bfloat16", "bfloat16", torch.optim.Adadelta),
    Variant("ours bfloat16", "bfloat16", Adadelta),
    Variant("ours bfloat16, float32 states", "bfloat16", Adadelta, _WIDE),
    Variant("ours bfloat16, dithered rounding", "bfloat16", Adadelta, _DITHERED),
    Variant("ours bfloat16, both", "bfloat16", Adadelta, _WIDE | _DITHERED),
    Variant("torch float16", "float16", torch.optim.Adadelta),
    Variant("ours float16", "float16", Adadelta),
    Variant("ours float16, float32 states", "float16", Adadelta, _WIDE),
    Variant("ours float16, bfloat16 states", "float16", Adadelta, _NARROW),
)


def _mlp(height: int, width: int) -> nn.Module:
    return nn.Sequential(
        nn.Flatten(), nn.Linear(height * width, 100), nn.ReLU(), nn.Linear(100, CLASSES)
    )


def _cnn(height: int, width: int) -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(1, 4, 3, stride=2, padding=1),
        nn.ReLU(),
        nn.Conv2d(4, 8, 3, stride=2, padding=1),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(8 * -(-height // 4) * -(-width // 4), CLASSES),
    )


# Smaller than those of `train`, for which a forward and backward pass on a CPU without bfloat16
# instructions takes 10 to 20 times longer than in float32.
NETWORKS = {"MLP": _mlp, "CNN": _cnn}


@dataclass(frozen=True)
class Settings:
    """The common settings of all trainings of a comparison."""

    epochs: int
    batch_size: int
    lr: float
    rho: float
    eps: float


@dataclass(frozen=True)
class Training:
    """The result of one training.

    Args:
        losses: mean loss over the batches of every epoch.
        train_loss: mean over the training images after the training.
        test_error: share of the test images that are misclassified, in [0, 1].
        unmoved: share of the parameters with a grad other than 0 that a step does not change, in
            [0, 1]; mean over the steps of the last epoch.
    """

    seed: int
    losses: tuple[float, ...]
    train_loss: float
    test_error: float
    unmoved: float


@dataclass(frozen=True)
class Panel:
    """All variants on one network.

    Args:
        trainings: one training per seed, by name of the variant.
    """

    network: str
    settings: Settings
    trainings: dict[str, tuple[Training, ...]]


@dataclass(frozen=True)
class Cost:
    """The cost of an optimizer.

    Args:
        step_seconds: median time of a step of STEP_CASE.
        state_bytes: size of the state per parameter.
    """

    step_seconds: float
    state_bytes: float


def compare(
    networks: Sequence[str],
    digits: Digits,
    all_settings: Sequence[Settings],
    seeds: Sequence[int],
    jobs: int,
    advance: Callable[[], object],
) -> list[Panel]:
    """Train networks of NETWORKS with every variant and seed; return one panel per network.

    Args:
        jobs: number of parallel processes, each on one thread.
        advance: called after each training.
    """
    kinds = [(name, settings) for settings in all_settings for name in networks]
    tasks = [(variant, *kind, seed) for kind in kinds for variant in VARIANTS for seed in seeds]
    # Spawned, because the threads of torch do not survive a fork.
    with ProcessPoolExecutor(jobs, get_context("spawn"), _prepare, (digits,)) as pool:
        futures = [pool.submit(_train_there, *task) for task in tasks]
        for _ in as_completed(futures):
            advance()
    found = iter([future.result() for future in futures])
    return [
        Panel(*kind, {variant.name: tuple(next(found) for _ in seeds) for variant in VARIANTS})
        for kind in kinds
    ]


_there: dict[str, Digits] = {}  # in a process that trains; sent once, not with every training


def _prepare(digits: Digits) -> None:
    end_with_parent()
    torch.set_num_threads(1)
    _there["digits"] = digits


def _train_there(variant: Variant, network: str, settings: Settings, seed: int) -> Training:
    return train(variant, NETWORKS[network], _there["digits"], settings, seed)


def train(
    variant: Variant,
    network: Callable[[int, int], nn.Module],
    digits: Digits,
    settings: Settings,
    seed: int,
) -> Training:
    """Train one network with one optimizer.

    Args:
        network: makes the network for images of a height and width.
        seed: seed of the initial parameters and of the order of the images.
    """
    torch.manual_seed(seed)
    dtype = getattr(torch, variant.dtype)
    model = network(*digits.train_images.shape[2:]).to(dtype)
    optimizer = variant.make(model.parameters(), lr=settings.lr, rho=settings.rho, eps=settings.eps)
    steps_an_epoch = -(-len(digits.train_labels) // settings.batch_size)
    first_of_last = (settings.epochs - 1) * steps_an_epoch
    losses, unmoved = [], []
    for number, (images, labels) in enumerate(
        batches(digits, settings.epochs, settings.batch_size, seed)
    ):
        optimizer.zero_grad()
        loss = cross_entropy(model(images.to(dtype)).float(), labels)
        loss.backward()  # type: ignore[no-untyped-call]
        losses.append(loss.item())
        if number < first_of_last:
            optimizer.step()
        else:
            unmoved.append(_step_and_count(model, optimizer))
    epochs = [losses[at : at + steps_an_epoch] for at in range(0, len(losses), steps_an_epoch)]
    with torch.no_grad():
        scores = _scores(model, digits.test_images)
        wrong = (scores.argmax(dim=1) != digits.test_labels).float().mean().item()
        train_loss = cross_entropy(_scores(model, digits.train_images), digits.train_labels).item()
    return Training(seed, tuple(map(_mean, epochs)), train_loss, wrong, _mean(unmoved))


def _step_and_count(model: nn.Module, optimizer: torch.optim.Optimizer) -> float:
    before = [param.detach().clone() for param in model.parameters()]
    optimizer.step()
    pulled = unmoved = 0
    for old, new in zip(before, model.parameters(), strict=True):
        assert new.grad is not None
        has_grad = new.grad != 0
        pulled += int(has_grad.sum())
        unmoved += int((has_grad & (old == new)).sum())
    return unmoved / max(pulled, 1)


def _scores(model: nn.Module, images: Tensor) -> Tensor:
    dtype = next(model.parameters()).dtype
    return torch.cat([model(part.to(dtype)).float() for part in torch.split(images, 1000)])


def costs(case: Case, rounds: int = ROUNDS) -> dict[str, Cost]:
    """Return the cost of every variant; their steps take turns on one thread."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return _costs(case, rounds)
    finally:
        torch.set_num_threads(threads)


def _costs(case: Case, rounds: int) -> dict[str, Cost]:
    shared = {dtype: parameters(case, dtype) for dtype in dict.fromkeys(v.dtype for v in VARIANTS)}
    optimizers = {v.name: v.make(shared[v.dtype]) for v in VARIANTS}
    seconds: dict[str, list[float]] = {name: [] for name in optimizers}
    for number in range(-1, rounds):
        for name, optimizer in optimizers.items():
            start = time.perf_counter()
            optimizer.step()
            if number >= 0:  # the first step makes the states
                seconds[name].append(time.perf_counter() - start)
    return {
        name: Cost(median(seconds[name]), _state_bytes(optimizer) / case.elements)
        for name, optimizer in optimizers.items()
    }


def _state_bytes(optimizer: torch.optim.Optimizer) -> int:
    return sum(
        state[moment].nbytes
        for state in optimizer.state.values()
        for moment in ("square_avg", "acc_delta")
    )


def spread(values: Sequence[float]) -> tuple[float, float, float]:
    """Return mean, least and greatest; all are NaN if a value is NaN."""
    if any(map(math.isnan, values)):
        return math.nan, math.nan, math.nan
    return _mean(values), min(values), max(values)


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values) if all(map(math.isfinite, values)) else math.nan
