"""The CUDA driver, through ``cuda.bindings``: load PTX once a process, launch it anywhere.

Nothing here is touched before a parameter on a CUDA device needs a kernel.
"""

import ctypes
import sys
from functools import cache
from typing import Any

from adadelta_gen.cuda.table import COMPUTE_CAPABILITY

OLDEST_DRIVER = 12010  # CUDA 12.1, driver 530: the first that takes 32 KB of launch parameters


@cache
def _bindings() -> Any:
    from cuda.bindings import driver

    return driver


def _checked(result: tuple[Any, ...]) -> Any:
    """Return what a call of the driver returned beside its status.

    Raises:
        RuntimeError: the driver's name of the error.
    """
    status, *values = result
    driver = _bindings()
    if status != driver.CUresult.CUDA_SUCCESS:
        _, name = driver.cuGetErrorName(status)
        raise RuntimeError(f"the CUDA driver says {name.decode()}")
    return values[0] if values else None


@cache
def unavailable() -> str:
    """Say why the driver cannot be used; an empty string if it can."""
    try:
        driver = _bindings()
    except ImportError:
        return "cuda.bindings is not installed: pip install 'adadelta-gen[cuda]'"
    try:
        _checked(driver.cuInit(0))
        version = _checked(driver.cuDriverGetVersion())
    except RuntimeError as error:
        return str(error)
    if version < OLDEST_DRIVER:
        return f"the CUDA driver is for {_dotted(version)}, {_dotted(OLDEST_DRIVER)} is needed"
    return ""


@cache
def unavailable_on(device: int) -> str:
    """Say why no kernel can run on a device; an empty string if they can."""
    why = unavailable()
    if why:
        return why
    driver = _bindings()
    attribute = driver.CUdevice_attribute
    capability = tuple(
        _checked(driver.cuDeviceGetAttribute(which, _device(device)))
        for which in (
            attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR,
            attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR,
        )
    )
    if capability < COMPUTE_CAPABILITY:
        have, need = ("{}.{}".format(*c) for c in (capability, COMPUTE_CAPABILITY))
        return f"the device has compute capability {have}, {need} is needed"
    return ""


@cache
def multiprocessors(device: int) -> int:
    """Number of multiprocessors of a device."""
    driver = _bindings()
    attribute = driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT
    return int(_checked(driver.cuDeviceGetAttribute(attribute, _device(device))))


def load(ptx: str, name: str) -> int:
    """Return the handle of a kernel, good on every device; its code stays for the process.

    Raises:
        RuntimeError: the driver refuses the code.
    """
    driver = _bindings()
    library = _checked(driver.cuLibraryLoadData(ptx.encode() + b"\0", [], [], 0, [], [], 0))
    return int(_checked(driver.cuLibraryGetKernel(library, name.encode())))


@cache
def functions() -> tuple[int, int, int]:
    """The addresses of the driver's functions that native code calls: they launch a kernel, make a
    context current, and take it back."""
    library = ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    launch, push, pop = (
        ctypes.cast(getattr(library, name), ctypes.c_void_p).value or 0
        for name in ("cuLaunchKernel", "cuCtxPushCurrent_v2", "cuCtxPopCurrent_v2")
    )
    return launch, push, pop


def error(status: int) -> RuntimeError:
    """What to raise where the driver refused a launch with this status."""
    try:
        _checked((_bindings().CUresult(status),))
    except RuntimeError as error:
        return error
    except ValueError:  # the driver is newer than the bindings
        pass
    return RuntimeError(f"the CUDA driver refused a launch with status {status}")


@cache
def _device(index: int) -> Any:
    return _checked(_bindings().cuDeviceGet(index))


@cache
def context(device: int) -> int:
    """The handle of the context that torch, like every user of the CUDA runtime, works in."""
    return int(_checked(_bindings().cuDevicePrimaryCtxRetain(_device(device))))


def _dotted(version: int) -> str:
    return f"CUDA {version // 1000}.{version % 1000 // 10}"
