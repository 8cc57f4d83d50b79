"""The CUDA target, see ``registry.Target``."""

import warnings
from functools import cache

import torch

from adadelta_gen import committed
from adadelta_gen.cuda import driver
from adadelta_gen.cuda.kernels import kernel_text
from adadelta_gen.cuda.launch import Kernel, Launch
from adadelta_gen.native import code, shim
from adadelta_gen.paths import GeneratedCodeError
from adadelta_gen.registry import load
from adadelta_gen.spec import KernelSpec

__all__ = ["Launch", "kernel", "unavailable"]


class CaptureError(RuntimeError):
    """A kernel would have to be loaded during a graph capture."""


@cache
def unavailable(device: torch.device | None = None, dtype: str | None = None) -> str:
    """Return why no kernel of this target can run, or an empty string.

    Warns once per device with parameters on which kernels cannot run.

    Args:
        device: a CUDA device with its index, or None for any.
        dtype: dtype of the kernel; has no influence.

    Raises:
        GeneratedCodeError: the PTX, or the IR of the native step, is missing or damaged.
        RuntimeError: the device has no context, or a graph is being captured.
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
    if why := shim.unavailable() or code.unavailable():
        return why
    if not driver.stream_getter():
        return "torch's CUDA library lacks a function that the native step calls"
    if device is None:
        return driver.unavailable()
    return driver.unavailable_on(device.index) or _refused(device.index)


@cache
def _refused(device: int) -> str:
    spec = KernelSpec("cuda", "float32")
    driver.context(device)  # raises if there is none: torch could not run either
    try:
        _check_that_nothing_is_captured(spec)
        driver.compile_on(device, load(spec).function)
    except (GeneratedCodeError, CaptureError, torch.OutOfMemoryError):
        raise  # may succeed later: do not cache
    except RuntimeError as error:
        return f"its driver refuses the kernels: {error}"
    return ""


def kernel(spec: KernelSpec) -> Kernel:
    """Return a kernel ready to run.

    Raises:
        GeneratedCodeError: its PTX is missing or damaged.
        CaptureError: a graph is being captured.
        RuntimeError: the driver refuses the PTX.
    """
    _check_that_nothing_is_captured(spec)
    return Kernel(spec.name, committed.load(kernel_text(spec)))


def _check_that_nothing_is_captured(spec: KernelSpec) -> None:
    if capturing():
        raise CaptureError(
            f"{spec.name} is used for the first time inside a graph capture, during which the "
            "driver cannot load code: take one step before the capture"
        )
