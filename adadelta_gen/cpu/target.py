"""What the rest of the package asks of a target; the other targets have the same names."""

import torch

from adadelta_gen.cpu import native, shim
from adadelta_gen.cpu.job import Launch
from adadelta_gen.cpu.launch import Kernel
from adadelta_gen.spec import KernelSpec

__all__ = ["Launch", "kernel", "unavailable"]


def unavailable(device: torch.device | None = None) -> str:
    """Say why no kernel of this target can run; an empty string where they can.

    Args:
        device: a device of this target, or None for any.
    """
    return "" if shim.available() else "torch's C shim is not to be found on this platform"


def kernel(spec: KernelSpec, source: str) -> Kernel:
    """Return a kernel ready to run; compile it if this machine has not done so yet.

    Args:
        spec: the variant.
        source: the text of its generated module.
    """
    return Kernel(native.kernel(spec, source))
