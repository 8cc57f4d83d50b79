"""Sample a bounded number of elements of a tensor, and copy many samples to the host at once."""

from collections.abc import Sequence
from math import gcd

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

LIMIT = 2**13  # elements per tensor; the standard error of a fraction is 0.6 % at most
GOLDEN = (5**0.5 - 1) / 2


def step_of(elements: int) -> int:
    """Return the distance, modulo the number of elements, between sampled elements.

    The golden ratio spreads any number of samples evenly. The step has no factor in common with the
    number of elements: no element is sampled twice, and the samples are not confined to one column,
    as with a multiple of the length of a row.
    """
    step = max(round(GOLDEN * elements), 1)
    while gcd(step, elements) > 1:
        step += 1
    return step


def sample(tensors: Sequence[Tensor]) -> list[Tensor]:
    """Return the same elements of each tensor, ``(k,)``, independent of strides.

    k is the number of elements, at most ``LIMIT``.

    Args:
        tensors: tensors of equal shape.
    """
    n = tensors[0].numel()
    if n <= LIMIT:
        return [t if t.ndim == 1 else t.reshape(-1) for t in tensors]  # a view takes 1 us
    step = step_of(n)
    index = torch.arange(0, LIMIT * step, step, device=tensors[0].device) % n
    return [tensor.take(index) for tensor in tensors]


def to_host(pieces: Sequence[Tensor]) -> NDArray[np.float64]:
    """Return the concatenated elements of 1-d tensors, with one transfer per device."""
    devices: dict[torch.device, list[int]] = {}
    for i, piece in enumerate(pieces):
        devices.setdefault(piece.device, []).append(i)
    if len(devices) == 1:
        return _moved(pieces)
    ends = np.cumsum([piece.numel() for piece in pieces]).tolist()
    result = np.empty(ends[-1] if ends else 0)
    for positions in devices.values():
        values, begin = _moved([pieces[i] for i in positions]), 0
        for i in positions:
            n = pieces[i].numel()
            result[ends[i] - n : ends[i]] = values[begin : begin + n]
            begin += n
    return result


def _moved(pieces: Sequence[Tensor]) -> NDArray[np.float64]:
    # torch.cat promotes to the widest dtype; float64, which some devices lack, is made on the host.
    # No value is rounded.
    values = torch.cat([*pieces]).cpu()
    if values.dtype is not torch.float64:
        values = values.to(torch.float32)
    return values.numpy().astype(np.float64, copy=False)
