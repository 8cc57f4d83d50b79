"""``amp_scaling``: ``torch.amp.GradScaler`` passes its scale, and step() unscales the grads."""

from typing import Any, NamedTuple

import numpy as np
from torch import Tensor


class Scaling(NamedTuple):
    """The scaling of the grads of one step.

    Args:
        grad_scale: loss scale, one element; None if the grads are unscaled.
        found_inf: one element; nonzero if a grad is not finite and the step has to be skipped.
    """

    grad_scale: Tensor | None = None
    found_inf: Tensor | None = None

    def is_given(self) -> bool:
        """Whether GradScaler passed a value."""
        return self.grad_scale is not None or self.found_inf is not None

    def is_on_device(self) -> bool:
        """Whether reading a value on the host would synchronise with a device."""
        return any(value is not None and value.device.type != "cpu" for value in self)

    def should_skip(self) -> bool:
        """Whether found_inf is nonzero; synchronises with its device."""
        return self.found_inf is not None and self.found_inf.item() != 0

    def inv_scale(self) -> float:
        """Return 1 / grad_scale, rounded to float32 as in ``GradScaler.unscale_``."""
        if self.grad_scale is None:
            return 1.0
        with np.errstate(divide="ignore"):
            return float(np.float32(1 / np.float64(self.grad_scale.item())))


def take(optimizer: Any) -> Scaling:
    """Return the values that ``GradScaler`` passed, and delete them: they are for one step only."""
    scaling = Scaling(getattr(optimizer, "grad_scale", None), getattr(optimizer, "found_inf", None))
    del optimizer.grad_scale, optimizer.found_inf
    return scaling


class HandedOver:
    """Descriptor of an attribute that GradScaler sets before ``step`` and deletes after it.

    ``take`` deletes it during the step, so the second deletion has to be a no-op.
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
