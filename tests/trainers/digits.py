"""Handwritten digits, and a network small enough to train on them in a test."""

import warnings

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from sklearn.datasets import load_digits

SIZE, BATCH = 384, 32


def digits() -> tuple[Tensor, Tensor]:
    """Return images ``(SIZE, 1, 8, 8)`` between 0 and 1, and their labels."""
    images, labels = load_digits(return_X_y=True)
    return (
        torch.tensor(images[:SIZE], dtype=torch.float32).view(-1, 1, 8, 8) / 16,
        torch.tensor(labels[:SIZE]),
    )


def batches() -> DataLoader:
    return DataLoader(TensorDataset(*digits()), batch_size=BATCH)


def network() -> nn.Module:
    """Return a network that is the same every time."""
    torch.manual_seed(0)
    return nn.Sequential(nn.Flatten(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
