"""Dense copies of tensors whose strides differ from those that their kernel needs."""

from collections.abc import Sequence

import torch
from torch import Tensor

from adadelta_gen.step.causes import Outdated
from adadelta_gen.step.examine import has_layout, is_dense


def dense_strides(param: Tensor) -> tuple[int, ...]:
    """Return the strides for the kernel: those of the parameter, or contiguous if it has gaps."""
    strides = param.stride()
    if param.is_contiguous() or is_dense(param):
        return strides
    return torch.empty(param.shape, device="meta").stride()


def laid_out(tensor: Tensor, strides: Sequence[int]) -> Tensor:
    """Return a tensor with these strides and no lazy bits: itself, or a copy.

    Raises:
        Outdated: the strides are those of another shape, which the param had before.
    """
    shape = tensor.shape
    if len(shape) != len(strides):
        raise Outdated
    lazy = tensor.is_conj() or tensor.is_neg() or tensor._is_zerotensor()
    if has_layout(tensor, strides) and not lazy:
        return tensor
    # Not empty_like, which keeps the strides. The device is explicit: a default may be set.
    copy = torch.empty_strided(shape, strides, dtype=tensor.dtype, device=tensor.device)
    return copy.copy_(tensor.detach())
