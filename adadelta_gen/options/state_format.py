"""``state_dtype``: averages in another dtype than the parameter's, also after loading."""

from typing import Any, TypeGuard

import torch
from torch import Tensor

from adadelta_gen.shards import STATES
from adadelta_gen.step.kinds import OTHER_STATES

CHOICES = (None, *set().union(*OTHER_STATES.values()))


def check(state_dtype: Any) -> None:
    """Raise a ValueError if the value is invalid."""
    if state_dtype not in CHOICES:
        raise ValueError(
            f"Invalid state_dtype value: {state_dtype}: expected torch.float32, torch.bfloat16 or "
            "None"
        )


def fit(group: dict[str, Any], param: Tensor, state: dict[str, Any]) -> None:
    """Convert the averages of a parameter to the ``state_dtype`` of its group."""
    if _is_wanted(group, param):
        for key in STATES:
            value = state.get(key)
            known = (param.dtype, *OTHER_STATES[param.dtype])
            if _is_convertible(value) and value.dtype in known:
                state[key] = value.to(group["state_dtype"])


def keep_loaded(
    groups: list[dict[str, Any]], states: dict[Any, dict[str, Any]], loaded: dict[str, Any]
) -> None:
    """Take the averages from the checkpoint again, because torch cast them to the params' dtypes.

    Args:
        groups: groups of the optimizer.
        states: states of the optimizer, as loaded by torch.
        loaded: the loaded state dict.
    """
    for group, saved in zip(groups, loaded["param_groups"], strict=True):
        for param, key in zip(group["params"], saved["params"], strict=True):
            if not _is_wanted(group, param):
                continue
            saved_state, own = loaded["state"].get(key), states.get(param)
            if not isinstance(saved_state, dict) or not isinstance(own, dict):
                continue  # torch keeps whatever it is
            for moment in STATES:
                value = saved_state.get(moment)
                if _is_convertible(value):
                    own[moment] = value.to(param.device, group["state_dtype"])


def _is_convertible(value: Any) -> TypeGuard[Tensor]:
    """Whether this is a tensor with strides; not all others can be converted to another dtype."""
    return isinstance(value, Tensor) and value.layout is torch.strided


def _is_wanted(group: dict[str, Any], param: Tensor) -> bool:
    return group.get("state_dtype") in OTHER_STATES.get(param.dtype, ())
