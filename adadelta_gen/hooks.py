"""The wrapper that torch puts around ``step``, made quick for optimizers that have no hooks."""

import functools
from typing import Any

import torch
from torch._C._profiler import _RecordFunctionFast
from torch.optim import optimizer as torch_optimizer


def quicken_step(cls: type[torch.optim.Optimizer]) -> None:
    """Spare the step of a class, which torch has wrapped, the cost of the hooks it does not have.

    Torch's wrapper (``Optimizer.profile_hook_step``) takes some 10 us a step, nearly all of it for
    the profiler's label; torch's own compiled graphs set theirs by ``_RecordFunctionFast``, in half
    a microsecond. With a hook, and inside ``torch.compile``, torch's wrapper runs.
    """
    wrapped = cls.step
    if hasattr(wrapped, "quick"):
        return
    step = wrapped.__wrapped__  # type: ignore[attr-defined]

    @functools.wraps(wrapped)
    def quick(self: torch.optim.Optimizer, *args: Any, **kwargs: Any) -> Any:
        if torch.compiler.is_compiling() or _has_hooks(self):
            return wrapped(self, *args, **kwargs)
        with _RecordFunctionFast(f"Optimizer.step#{type(self).__name__}.step"):
            result = step(self, *args, **kwargs)
            self._optimizer_step_code()  # where the profiler looks into an optimizer
            return result

    quick.quick = True  # type: ignore[attr-defined]
    cls.step = quick  # type: ignore[method-assign]


def _has_hooks(optimizer: torch.optim.Optimizer) -> bool:
    return bool(
        optimizer._optimizer_step_pre_hooks
        or optimizer._optimizer_step_post_hooks
        or torch_optimizer._global_optimizer_pre_hooks
        or torch_optimizer._global_optimizer_post_hooks
    )
