"""``amp_scaling``: what ``torch.amp.GradScaler`` hands to an optimizer that unscales the grads."""

from typing import Any, NamedTuple

import numpy as np
from torch import Tensor


class Scaling(NamedTuple):
    """How the grads of one step are scaled.

    Args:
        grad_scale: one number, by which the loss was multiplied; None: the grads are unscaled.
        found_inf: one number; other than 0: a grad is not finite, and the step is to be skipped.
    """

    grad_scale: Tensor | None = None
    found_inf: Tensor | None = None

    def is_given(self) -> bool:
        """Whether there is anything to do."""
        return self.grad_scale is not None or self.found_inf is not None

    def is_on_device(self) -> bool:
        """Whether the host would have to wait to know what they are."""
        return any(value is not None and value.device.type != "cpu" for value in self)

    def should_skip(self) -> bool:
        """Whether found_inf says to skip the step; waits for the device."""
        return self.found_inf is not None and self.found_inf.item() != 0

    def inv_scale(self) -> float:
        """1 / grad_scale, rounded to float32 as ``GradScaler.unscale_`` has it."""
        if self.grad_scale is None:
            return 1.0
        with np.errstate(divide="ignore"):
            return float(np.float32(1 / np.float64(self.grad_scale.item())))


def take(optimizer: Any) -> Scaling:
    """Return what ``GradScaler`` handed over, and take it away: the next step must not find it."""
    scaling = Scaling(getattr(optimizer, "grad_scale", None), getattr(optimizer, "found_inf", None))
    del optimizer.grad_scale, optimizer.found_inf
    return scaling


class HandedOver:
    """An attribute that GradScaler sets before ``step`` and deletes after it.

    The step takes it away by itself, so that deleting what is not there does nothing.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self._key = f"_handed_over_{name}"

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        try:
            return instance.__dict__[self._key]
        except KeyError:
            raise AttributeError(self._key) from None

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self._key] = value

    def __delete__(self, instance: Any) -> None:
        instance.__dict__.pop(self._key, None)
