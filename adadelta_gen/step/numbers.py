"""The hyperparameters of a group, as torch reads them, and as a kernel takes them."""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

NAMES = ("lr", "rho", "eps", "weight_decay")
FIXED_TYPES = frozenset(
    {float, int, bool, np.float64, np.float32, np.float16}
    | {np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64}
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
    inv_scale: float = 1.0


def unreadable(group: dict[str, Any]) -> str:
    """Return which number of a group only torch can make something of, or an empty string.

    What torch would refuse, it shall refuse in its own words.
    """
    for name in NAMES:
        value = group[name]
        if type(value) in FIXED_TYPES:
            continue
        if not isinstance(value, Tensor):
            return f"{name} is a {type(value).__name__}"
        real = value.is_floating_point() or value.dtype in (torch.int32, torch.int64)
        if type(value) not in (Tensor, torch.nn.Parameter) or not real or value.is_meta:
            return f"{name} is a {type(value).__name__} of {value.dtype} on {value.device}"
        if value.layout is not torch.strided or value.is_quantized:
            return f"{name} has layout {value.layout}"
        if value.numel() != 1:
            raise RuntimeError(f"{name} is a tensor of shape {tuple(value.shape)}, not one number")
        if not value.data_ptr():
            raise RuntimeError(f"the memory of the tensor {name} was freed")
    return ""


def is_fixed(group: dict[str, Any]) -> bool:
    """Whether the numbers of a group can only change by being replaced."""
    return all(type(group[name]) in FIXED_TYPES for name in NAMES)


def lr_on_device(group: dict[str, Any]) -> Tensor | None:
    """The lr that kernels are to read on its device, so that a graph may hold the step."""
    lr = group["lr"]
    if isinstance(lr, Tensor) and group["capturable"] and lr.device.type != "cpu":
        return lr
    return None


def read(group: dict[str, Any], inv_scale: float) -> Scalars:
    """Return the numbers of a group; ``unreadable`` must have found none."""
    lr, rho, eps, weight_decay = (group[name] for name in NAMES)
    if lr_on_device(group) is not None:
        lr = 0.0
    # As torch does: in the precision of rho, and once.
    given = lr, rho, 1 - rho, eps, weight_decay
    numbers: list[float] = [v.item() if isinstance(v, Tensor) else float(v) for v in given]
    return Scalars._make([*numbers, inv_scale])


@lru_cache(maxsize=64)
def round_scalars(compute_dtype: str, scalars: Scalars) -> NDArray[np.floating]:
    """Round hyperparameters to a compute dtype, once each; NaN has no payload. Not to be changed.

    Raises:
        RuntimeError: a finite value is too large for it (torch's words).
    """
    limit = LIMITS[compute_dtype]
    if any(limit < abs(value) < INF for value in scalars):
        raise RuntimeError("value cannot be converted to type float without overflow")
    rounded = np.array([value if value == value else np.nan for value in scalars], compute_dtype)
    rounded.setflags(write=False)
    return rounded
