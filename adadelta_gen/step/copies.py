"""Dense copies of tensors that lie in memory otherwise than their kernel reads them."""

from collections.abc import Sequence

import torch
from torch import Tensor

from adadelta_gen.step.examine import has_layout, is_dense


def dense_strides(param: Tensor) -> tuple[int, ...]:
    """The strides in which a kernel updates a parameter: its own, if they leave no gaps."""
    strides = param.stride()
    if param.is_contiguous() or is_dense(param):
        return strides
    return torch.empty(param.shape, device="meta").stride()


def laid_out(tensor: Tensor, strides: Sequence[int]) -> Tensor:
    """Return a tensor with these strides and no lazy bits: itself, or a copy."""
    lazy = tensor.is_conj() or tensor.is_neg() or tensor._is_zerotensor()
    if has_layout(tensor, strides) and not lazy:
        return tensor
    # Not empty_like: it keeps the strides. The device is named, for a default device may be set.
    copy = torch.empty_strided(tensor.shape, strides, dtype=tensor.dtype, device=tensor.device)
    return copy.copy_(tensor.detach())
