"""A bounded sample of any tensor, and the way of many of them to the host, all at once."""

from collections.abc import Sequence
from math import gcd

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

LIMIT = 2**13  # elements of a tensor; of more, a share is known to 0.6 % (one standard error)
GOLDEN = (5**0.5 - 1) / 2


def step_of(elements: int) -> int:
    """Return how far it is, modulo the number of elements, from one sampled element to the next.

    By the golden section any number of them is spread evenly. No factor is common to the step and
    the number of elements, and so to any dimension: no element comes twice, and every column and
    every row has its turn, where a multiple of a row's length would look at one column only.
    """
    step = max(round(GOLDEN * elements), 1)
    while gcd(step, elements) > 1:
        step += 1
    return step


def sample(tensors: Sequence[Tensor]) -> list[Tensor]:
    """Return the same elements of each tensor, ``(k,)``, whatever its strides.

    All of ``LIMIT`` or fewer elements, else so many.

    Args:
        tensors: of one shape.
    """
    n = tensors[0].numel()
    if n <= LIMIT:
        return [t if t.ndim == 1 else t.reshape(-1) for t in tensors]  # a view takes 1 us
    step = step_of(n)
    index = torch.arange(0, LIMIT * step, step, device=tensors[0].device) % n
    return [tensor.take(index) for tensor in tensors]


def to_host(pieces: Sequence[Tensor]) -> NDArray[np.float64]:
    """Return the elements of tensors ``(k,)`` one after the other; one transfer a device."""
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
    # What is concatenated is widened to the widest dtype, and on the host to float64, which some
    # devices lack: nothing is rounded.
    values = torch.cat([*pieces]).cpu()
    if values.dtype is not torch.float64:
        values = values.to(torch.float32)
    return values.numpy().astype(np.float64, copy=False)
