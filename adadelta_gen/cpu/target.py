"""What the rest of the package asks of a target; the other targets have the same names."""

import torch

from adadelta_gen.cpu.kernels import kernel
from adadelta_gen.cpu.launch import Launch
from adadelta_gen.native import shim

__all__ = ["Launch", "kernel", "unavailable"]


def unavailable(device: torch.device | None = None) -> str:
    """Say why no kernel of this target can run; an empty string where they can.

    Args:
        device: a device of this target, or None for any.
    """
    return shim.unavailable()
