"""Choose the kernel of a parameter by device, storage format and options."""

from functools import cache
from typing import Any, NamedTuple

import torch
from torch import Tensor

from adadelta_gen import registry
from adadelta_gen.formats import COMPUTE_DTYPES, DTYPES, FORMATS
from adadelta_gen.shards import STATES
from adadelta_gen.spec import KernelSpec

REAL_DTYPES = {getattr(torch, name): name for name in DTYPES}
# A complex element is two reals.
KERNEL_DTYPES = REAL_DTYPES | {torch.complex64: "float32", torch.complex128: "float64"}
# By dtype of a param: the dtypes, other than its own, that its state may have.
OTHER_STATES: dict[torch.dtype, set[torch.dtype]] = {}
for _format in FORMATS:
    if _format.state_dtype != _format.dtype:
        _param, _state = getattr(torch, _format.dtype), getattr(torch, _format.state_dtype)
        OTHER_STATES.setdefault(_param, set()).add(_state)
NARROW = torch.bfloat16  # state dtype that needs rounding by a dither


class Kind(NamedTuple):
    """Device and dtypes that all rows of a launch have in common.

    Args:
        device: device of all tensors.
        dtype: storage dtype of param and grad.
        state_dtype: storage dtype of the averages.
    """

    device: torch.device
    dtype: str
    state_dtype: str

    @property
    def compute_dtype(self) -> str:
        """The dtype of the arithmetic."""
        return COMPUTE_DTYPES[self.dtype, self.state_dtype]


def kind_of(group: dict[str, Any], param: Tensor, state: dict[str, Any] | None) -> Kind | None:
    """Return the kind of a plain param by its present or future state; None without a kernel."""
    state_dtype = param.dtype
    if others := other_states(group, param.dtype):
        averages = [state.get(key) for key in STATES] if state else []
        if averages and all(isinstance(value, Tensor) for value in averages):
            found = {value.dtype for value in averages if value is not None}
            if len(found) == 1 and found <= others:
                state_dtype = found.pop()
        elif group.get("state_dtype") in others:
            state_dtype = group["state_dtype"]
    return _kind(param.device, param.dtype, state_dtype)


def other_states(group: dict[str, Any], dtype: torch.dtype) -> set[torch.dtype]:
    """Return the dtypes, other than the param's, that its state may have.

    bfloat16 only if the group asks for it: its kernels round by a dither, torch rounds to nearest.
    """
    others = OTHER_STATES.get(dtype, set())
    return others if wants_narrow(group) else others - {NARROW}


def wants_narrow(group: dict[str, Any]) -> bool:
    """Whether a group asks for states in bfloat16."""
    return group.get("state_dtype") is NARROW


def has_state_dtype(state: dict[str, Any], dtype: torch.dtype) -> bool:
    """Whether both averages of a state have a dtype."""
    return all(state[key].dtype is dtype for key in STATES)


@cache
def _kind(device: torch.device, dtype: torch.dtype, state_dtype: torch.dtype) -> Kind | None:
    if dtype not in KERNEL_DTYPES or device.type not in registry.SERVED_BY:
        return None
    name = KERNEL_DTYPES[dtype]
    if registry.target_of(device.type).unavailable(device, name):
        return None
    return Kind(device, name, KERNEL_DTYPES[state_dtype])


def spec_of(group: dict[str, Any], kind: Kind) -> KernelSpec:
    """Return the kernel that updates params of a kind with the options of a group."""
    return _spec(
        registry.SERVED_BY[kind.device.type],
        kind.dtype,
        bool(group["maximize"]),
        bool(group["weight_decay"] != 0),
        kind.state_dtype,
        is_dithered(group, kind),
    )


def is_dithered(group: dict[str, Any], kind: Kind) -> bool:
    """Whether the kernel of a kind rounds bfloat16 stores by a dither."""
    if kind.dtype == "bfloat16":
        return bool(group.get("dithered_rounding"))
    return kind.state_dtype == "bfloat16"


@cache
def _spec(
    target: str, dtype: str, maximize: bool, weight_decay: bool, state_dtype: str, dithered: bool
) -> KernelSpec:
    return KernelSpec(target, dtype, maximize, weight_decay, state_dtype, dithered)
