"""Copies of tensors, compared bit by bit."""

from collections.abc import Mapping

import torch
from torch import Tensor


def same_bits(a: Tensor, b: Tensor) -> bool:
    if (a.dtype, a.shape) != (b.dtype, b.shape):
        return False
    bits = [t.detach().contiguous().reshape(-1).view(torch.uint8) for t in (a, b)]
    return torch.equal(*bits)


def unlike(ours: Mapping[str, Tensor], expected: Mapping[str, Tensor]) -> str:
    """Return the first difference, or an empty string; a missing tensor is all zero."""
    for name in sorted(ours.keys() | expected.keys()):
        a, b = ours.get(name), expected.get(name)
        other = a if b is None else b
        assert other is not None
        a, b = (torch.zeros_like(other) if t is None else t for t in (a, b))
        if not same_bits(a, b):
            return f"{name}: {_shown(a, b)}, expected {_shown(b, a)}"
    return ""


def _shown(tensor: Tensor, other: Tensor) -> str:
    """Return the first elements that differ."""
    if (tensor.dtype, tensor.shape) != (other.dtype, other.shape):
        return f"{tensor.dtype} of shape {tuple(tensor.shape)}"
    return str(tensor[tensor != other][:3].tolist())
