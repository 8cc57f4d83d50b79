"""Small models in plain torch whose training iterations take milliseconds."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass(frozen=True)
class Training:
    """A model and the one batch that it is trained on.

    Args:
        title: name in the report.
        model: returns logits, ``(n, classes)``.
        inputs: inputs of the model.
        labels: classes, ``(n,)``.
    """

    title: str
    model: nn.Module
    inputs: Tensor
    labels: Tensor

    def loss(self) -> Tensor:
        """Run the forward pass and return the loss."""
        return F.cross_entropy(self.model(self.inputs), self.labels)


def mlp() -> Training:
    """Return the MLP of the other benchmarks, on 64 images of digits."""
    layers: list[nn.Module] = []
    for inputs, outputs in pairwise((784, 500, 300, 10)):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    model = nn.Sequential(*layers[:-1])
    return Training("MLP, batch 64", model, torch.randn(64, 784), torch.randint(10, (64,)))


def resnet() -> Training:
    """Return ResNet-20 for CIFAR (He et al. 2016, section 4.2), with projections, on 16 images."""
    layers: list[nn.Module] = [nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16)]
    channels = 16
    layers.append(nn.ReLU())
    for width in (16, 32, 64):
        for _ in range(3):
            layers.append(_Block(channels, width))
            channels = width
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 10)]
    images, labels = torch.randn(16, 3, 32, 32), torch.randint(10, (16,))
    return Training("ResNet-20, batch 16", nn.Sequential(*layers), images, labels)


class _Block(nn.Module):
    def __init__(self, inputs: int, width: int) -> None:
        super().__init__()
        stride = 1 if inputs == width else 2
        self.body = nn.Sequential(
            nn.Conv2d(inputs, width, 3, stride, padding=1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(),
            nn.Conv2d(width, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
        )
        self.shortcut: nn.Module = nn.Identity()
        if stride > 1:
            convolution = nn.Conv2d(inputs, width, 1, stride, bias=False)
            self.shortcut = nn.Sequential(convolution, nn.BatchNorm2d(width))

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.body(x) + self.shortcut(x))


def transformer() -> Training:
    """Return a language model of 4 layers, on 4 sequences of 64 tokens."""
    model = _Transformer(vocabulary=1000, width=128, layers=4, length=64)
    tokens, labels = torch.randint(1000, (4, 64)), torch.randint(1000, (4 * 64,))
    return Training("transformer, 4 x 64 tokens", model, tokens, labels)


class _Transformer(nn.Module):
    def __init__(self, vocabulary: int, width: int, layers: int, length: int) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, width)
        self.positions = nn.Parameter(torch.randn(length, width))
        self.layers = nn.ModuleList(
            nn.TransformerEncoderLayer(
                width, 4, 4 * width, dropout=0.0, batch_first=True, norm_first=True
            )
            for _ in range(layers)
        )
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, vocabulary)
        self.register_buffer("mask", nn.Transformer.generate_square_subsequent_mask(length))

    def forward(self, tokens: Tensor) -> Tensor:
        x = self.tokens(tokens) + self.positions
        for layer in self.layers:
            x = layer(x, src_mask=self.mask, is_causal=True)
        logits: Tensor = self.head(self.norm(x))
        return logits.flatten(0, 1)


MODELS: tuple[Callable[[], Training], ...] = (mlp, resnet, transformer)
