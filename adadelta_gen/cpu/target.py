"""The CPU target, see ``registry.Target``."""

import torch

from adadelta_gen.cpu.kernels import kernel, kernel_text
from adadelta_gen.cpu.launch import Launch
from adadelta_gen.native import code, shim
from adadelta_gen.spec import KernelSpec

__all__ = ["Launch", "kernel", "unavailable"]


def unavailable(device: torch.device | None = None, dtype: str | None = None) -> str:
    """Return why no kernel of this target can run, or an empty string.

    Args:
        device: a device of this target, or None for any.
        dtype: dtype of the kernel, or None for any.

    Raises:
        GeneratedCodeError: the IR is missing or damaged.
    """
    if why := shim.unavailable() or code.unavailable():
        return why
    return code.unavailable(kernel_text(KernelSpec("cpu", dtype))) if dtype else ""
