"""What the rest of the package asks of a target; ``cpu/target.py`` has the same names."""

from functools import cache

import torch

from adadelta_gen.cpu import shim
from adadelta_gen.cuda import driver, ptx
from adadelta_gen.cuda.launch import Kernel, Launch
from adadelta_gen.spec import KernelSpec

__all__ = ["Launch", "kernel", "unavailable"]


@cache
def unavailable(device: torch.device | None = None) -> str:
    """Say why no kernel of this target can run; an empty string where they can.

    Args:
        device: a CUDA device with its index, or None for any.
    """
    if not torch.cuda.is_available():
        return "torch finds no CUDA device"
    if not shim.available():
        return "torch's C shim is not to be found on this platform"
    if device is None:
        return driver.unavailable()
    return driver.unavailable_on(device.index)


def kernel(spec: KernelSpec, source: str) -> Kernel:
    """Return a kernel ready to run.

    Args:
        spec: the variant.
        source: the text of its generated module, from which its PTX must have been made.

    Raises:
        PtxError: it was not.
        RuntimeError: the driver refuses the PTX.
    """
    return Kernel(spec.name, ptx.read(spec, source))
