"""The two networks of the demo."""

from collections.abc import Callable

from torch import nn

from adadelta_gen.demo.data import CLASSES


def mlp(height: int, width: int, activation: Callable[[], nn.Module] = nn.ReLU) -> nn.Module:
    """Return a multi-layer perceptron with the hidden layers of Zeiler 2012, section 4.1."""
    return nn.Sequential(
        nn.Flatten(),
        nn.Linear(height * width, 500),
        activation(),
        nn.Linear(500, 300),
        activation(),
        nn.Linear(300, CLASSES),
    )


def cnn(height: int, width: int) -> nn.Module:
    """Return a small convolutional network."""
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(32 * (height // 2) * (width // 2), CLASSES),
    )


MODELS = {"MLP": mlp, "CNN": cnn}
