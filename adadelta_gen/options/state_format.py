"""``state_dtype``: averages in another dtype than the parameter's, also of a loaded checkpoint."""

from typing import Any

from torch import Tensor

from adadelta_gen.shards import STATES
from adadelta_gen.step.kinds import OTHER_STATES

CHOICES = (None, *set().union(*OTHER_STATES.values()))


def check(state_dtype: Any) -> None:
    """Raise a ValueError if an option has no such value."""
    if state_dtype not in CHOICES:
        raise ValueError(f"Invalid state_dtype value: {state_dtype}")


def fit(group: dict[str, Any], param: Tensor, state: dict[str, Any]) -> None:
    """Bring the averages of a parameter into the dtype that its group wants."""
    if _is_wanted(group, param):
        for key in STATES:
            value = state.get(key)
            known = (param.dtype, *OTHER_STATES[param.dtype])
            if isinstance(value, Tensor) and value.dtype in known:
                state[key] = value.to(group["state_dtype"])


def keep_loaded(
    groups: list[dict[str, Any]], states: dict[Any, dict[str, Any]], loaded: dict[str, Any]
) -> None:
    """Take the averages from a checkpoint once more: torch cast them to their params' dtypes.

    Args:
        groups: of the optimizer.
        states: of the optimizer, which torch has loaded.
        loaded: the state dict that they came from.
    """
    for group, saved in zip(groups, loaded["param_groups"], strict=True):
        for param, key in zip(group["params"], saved["params"], strict=True):
            if not _is_wanted(group, param):
                continue
            for moment in STATES:
                value = loaded["state"].get(key, {}).get(moment)
                if isinstance(value, Tensor):
                    states[param][moment] = value.to(param.device, group["state_dtype"])


def _is_wanted(group: dict[str, Any], param: Tensor) -> bool:
    return group.get("state_dtype") in OTHER_STATES.get(param.dtype, ())
