"""``max_grad_norm``: clip the total norm of the grads while kernels read them."""

from collections.abc import Sequence
from numbers import Real
from typing import Any

import torch
from torch import Tensor
from torch.nn.utils import get_total_norm

from adadelta_gen.shards import is_dtensor


def check(max_grad_norm: Any) -> None:
    """Raise a ValueError unless the value is None or a positive real number."""
    is_number = isinstance(max_grad_norm, Real) and not isinstance(max_grad_norm, bool)
    if max_grad_norm is not None and (not is_number or not max_grad_norm > 0):
        raise ValueError(
            f"Invalid max_grad_norm value: {max_grad_norm!r}: expected a positive number or None"
        )


@torch.no_grad()
def norm_of(grads: Sequence[Tensor], norms: Sequence[Tensor] = ()) -> Tensor:
    """Return the total norm, as in ``clip_grad_norm_``; does not synchronise with a device.

    A collective if there are DTensors.

    Args:
        grads: grads whose norm torch computes.
        norms: norms of the other grads.
    """
    by_mesh: dict[Any, list[Tensor]] = {}
    grad: Any
    for grad in grads:
        by_mesh.setdefault(grad.device_mesh if is_dtensor(grad) else None, []).append(grad)
    found: list[Any] = [get_total_norm(own) for own in by_mesh.values()]
    found = [norm.full_tensor() if is_dtensor(norm) else norm for norm in found] + [*norms]
    return found[0] if len(found) == 1 else get_total_norm(found)


@torch.no_grad()
def factor(max_grad_norm: float, norm: Tensor) -> Tensor:
    """Return the factor, at most 1, by which ``clip_grad_norm_`` multiplies grads of this norm."""
    return torch.clamp(max_grad_norm / (norm + 1e-6), max=1.0)
