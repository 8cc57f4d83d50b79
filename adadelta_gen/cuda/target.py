"""What the rest of the package asks of a target; ``cpu/target.py`` has the same names."""

import warnings
from functools import cache

import torch

from adadelta_gen.cuda import driver, ptx
from adadelta_gen.cuda.driver import error
from adadelta_gen.cuda.launch import Kernel, Launch
from adadelta_gen.native import shim
from adadelta_gen.registry import GeneratedCodeError, load
from adadelta_gen.spec import KernelSpec

__all__ = ["Launch", "error", "kernel", "unavailable"]


class CaptureError(RuntimeError):
    """A kernel would have to be loaded while a graph is captured."""


@cache
def unavailable(device: torch.device | None = None) -> str:
    """Say why no kernel of this target can run; an empty string where they can.

    Warns once if a device has parameters and no kernel.

    Args:
        device: a CUDA device with its index, or None for any.

    Raises:
        GeneratedCodeError: the PTX is missing or outdated.
    """
    why = _unavailable(device)
    if why and device is not None:
        warnings.warn(
            f"torch, not adadelta_gen, updates parameters on {device}: {why}", stacklevel=2
        )
    return why


def capturing() -> bool:
    """Whether torch's current stream is being captured into a graph."""
    return torch.cuda.is_available() and torch.cuda.is_current_stream_capturing()


def _unavailable(device: torch.device | None) -> str:
    if not torch.cuda.is_available():
        return "torch finds no CUDA device"
    if why := shim.unavailable():
        return why
    if device is None:
        return driver.unavailable()
    return driver.unavailable_on(device.index) or _refused()


@cache
def _refused() -> str:
    try:
        load(KernelSpec("cuda", "float32"))
    except (GeneratedCodeError, CaptureError):
        raise
    except RuntimeError as error:
        return f"its driver refuses the kernels: {error}"
    return ""


def kernel(spec: KernelSpec, source: str) -> Kernel:
    """Return a kernel ready to run.

    Args:
        spec: the variant.
        source: the text of its generated module, from which its PTX must have been made.

    Raises:
        PtxError: it was not.
        CaptureError: a graph is being captured.
        RuntimeError: the driver refuses the PTX.
    """
    if capturing():
        raise CaptureError(
            f"{spec.name} is used for the first time inside a graph capture, where the driver does "
            "not load code: take a step before"
        )
    return Kernel(spec.name, ptx.read(spec, source))
