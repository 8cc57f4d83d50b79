"""The hyperparameters of a group, read as torch reads them, and as scalars for kernels."""

from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

NAMES = ("lr", "rho", "eps", "weight_decay")
FIXED_TYPES = frozenset(
    {float, int, bool, np.float64, np.float32, np.float16}
    | {np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64}
)
FLAGS = ("maximize", "capturable", "differentiable", "foreach")
FLAG_TYPES = frozenset({bool, int, type(None), np.bool_})
TENSOR_DTYPES = frozenset(
    {torch.float16, torch.bfloat16, torch.float32, torch.float64}
    | {torch.int8, torch.int16, torch.int32, torch.int64}
)
LIMITS = {"float32": float(np.finfo(np.float32).max), "float64": float(np.finfo(np.float64).max)}
INF = float("inf")


class Scalars(NamedTuple):
    """The hyperparameters of a step, in the order in which kernels take them."""

    lr: float
    rho: float
    one_minus_rho: float
    eps: float
    weight_decay: float
    inv_scale: float = 1.0  # factor of the grads; the product is written back
    clip: float = 1.0  # factor of the grads; the product is not written back


def unreadable(group: dict[str, Any]) -> str:
    """Return which hyperparameter of a group only torch can evaluate, or an empty string.

    Torch then raises its own error for an invalid value, and calls ``__bool__`` and ``__float__``
    of other objects as often as it always does.
    """
    for name in FLAGS:
        if type(group[name]) not in FLAG_TYPES:
            return f"{name} is a {type(group[name]).__name__}"
    for name in NAMES:
        value = group[name]
        if type(value) in FIXED_TYPES:
            if name == "weight_decay" and value is True:
                return "weight_decay is a bool"
            continue
        if type(value) not in (Tensor, torch.nn.Parameter):
            return f"{name} is a {type(value).__name__}"
        if why := _why_unreadable_tensor(value, is_lr=name == "lr"):
            return f"{name} is a tensor {why}"
    return ""


def _why_unreadable_tensor(value: Tensor, is_lr: bool) -> str:
    if value.layout is not torch.strided or value.dtype not in TENSOR_DTYPES or value.is_meta:
        return f"of {value.dtype}, {value.layout}, on {value.device}"
    if value.numel() != 1 or (value.ndim and not is_lr):
        return f"of shape {tuple(value.shape)}"
    if value.requires_grad and not is_lr:
        return "that requires grad"
    return "" if value.data_ptr() else "whose memory was freed"


def is_fixed(group: dict[str, Any]) -> bool:
    """Whether the hyperparameters of a group are immutable objects."""
    return all(type(group[name]) in FIXED_TYPES for name in NAMES)


def tensors_of(group: dict[str, Any]) -> list[Tensor]:
    """Return the hyperparameters of a group that are tensors."""
    return [group[name] for name in NAMES if isinstance(group[name], Tensor)]


def lr_on_device(group: dict[str, Any]) -> Tensor | None:
    """Return the lr if kernels have to read it from device memory, as a CUDA graph needs."""
    lr = group["lr"]
    if isinstance(lr, Tensor) and group["capturable"] and lr.device.type != "cpu":
        return lr
    return None


def read(group: dict[str, Any], inv_scale: float, clip: float) -> Scalars:
    """Return the hyperparameters of a group for which ``unreadable`` returned an empty string."""
    lr, rho, eps, weight_decay = (group[name] for name in NAMES)
    if lr_on_device(group) is not None:
        lr = 0.0
    # 1 - rho as in torch: computed once, in the precision of rho.
    given = lr, rho, 1 - rho, eps, weight_decay
    numbers: list[float] = [v.item() if isinstance(v, Tensor) else float(v) for v in given]
    return Scalars._make([*numbers, inv_scale, clip])


def without_payload(scalars: Scalars) -> list[float]:
    """Return the scalars with NaNs replaced by the default NaN: others might be rounded to -0."""
    return [number if number == number else np.nan for number in scalars]


def check_range(compute_dtype: str, scalars: Scalars, position: int) -> None:
    """Raise torch's RuntimeError, with the group, if a finite scalar overflows the dtype."""
    limit = LIMITS[compute_dtype]
    for name, value in zip(Scalars._fields, scalars, strict=True):
        if limit < abs(value) < INF:
            raise RuntimeError(
                f"{name}={value} of group {position}: value cannot be converted to type float "
                "without overflow"
            )
