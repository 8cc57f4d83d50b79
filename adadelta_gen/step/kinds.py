"""What kernels differ in: device, format and options; and which kernel that makes."""

from functools import cache
from typing import Any, NamedTuple

import torch
from torch import Tensor

from adadelta_gen import registry
from adadelta_gen.shards import STATES
from adadelta_gen.spec import TARGETS, KernelSpec

KERNEL_DTYPES = {
    torch.float16: "float16",
    torch.bfloat16: "bfloat16",
    torch.float32: "float32",
    torch.float64: "float64",
    torch.complex64: "float32",  # a complex element is two reals
    torch.complex128: "float64",
}
HALF_DTYPES = {torch.float16, torch.bfloat16}


class Kind(NamedTuple):
    """What the rows of a launch have in common.

    Args:
        device: of all tensors.
        dtype: storage dtype of param and grad.
        wide_state: whether the averages of a 16-bit param are in float32.
    """

    device: torch.device
    dtype: str
    wide_state: bool


def kind_of(group: dict[str, Any], param: Tensor, state: dict[str, Any] | None) -> Kind | None:
    """Return the kind of a plain param, as its state is or will be; None if no kernel takes it."""
    wide = False
    if param.dtype in HALF_DTYPES:
        averages = [state.get(key) for key in STATES] if state else []
        if averages and all(isinstance(value, Tensor) for value in averages):
            wide = all(value.dtype is torch.float32 for value in averages if value is not None)
        else:
            wide = group.get("state_dtype") is not None
    return _kind(param.device, param.dtype, wide)


@cache
def _kind(device: torch.device, dtype: torch.dtype, wide_state: bool) -> Kind | None:
    if dtype not in KERNEL_DTYPES or device.type not in TARGETS:
        return None
    if registry.target(device.type).unavailable(device):
        return None
    return Kind(device, KERNEL_DTYPES[dtype], wide_state)


def spec_of(group: dict[str, Any], kind: Kind) -> KernelSpec:
    """Return the kernel that updates params of a kind with the options of a group."""
    return _spec(
        kind.device.type,
        kind.dtype,
        bool(group["maximize"]),
        bool(group["weight_decay"] != 0),
        kind.wide_state,
        bool(group.get("stochastic_rounding")) and kind.dtype == "bfloat16",
    )


@cache
def _spec(
    target: str, dtype: str, maximize: bool, weight_decay: bool, wide_state: bool, stochastic: bool
) -> KernelSpec:
    return KernelSpec(target, dtype, maximize, weight_decay, wide_state, stochastic)
