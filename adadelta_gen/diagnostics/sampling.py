"""A bounded sample of any tensor, and the way of many of them to the host, all at once."""

from collections.abc import Sequence
from math import gcd

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

LIMIT = 2**13  # elements of a tensor; of more, a share is known to 0.6 % (one standard error)


def stride_of(elements: int) -> int:
    """Return the distance of sampled elements: 1 up to ``LIMIT`` elements.

    It has no factor in common with the number of elements, and so with no dimension: a multiple of
    a row's length would look at one column only.
    """
    if elements <= LIMIT:
        return 1
    stride = -(-elements // LIMIT)
    while gcd(stride, elements) > 1:
        stride += 1
    return stride


def sample(tensor: Tensor) -> Tensor:
    """Return each ``stride_of``-th element ``(k,)``, in the order of indices whatever the strides.

    It shares the memory of a contiguous tensor.
    """
    stride = stride_of(tensor.numel())
    if tensor.is_contiguous():
        flat = tensor.view(-1)
        return flat if stride == 1 else flat[::stride]
    return tensor.take(torch.arange(0, tensor.numel(), stride, device=tensor.device))


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
