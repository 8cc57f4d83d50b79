"""The CUDA driver through ``cuda.bindings``: load PTX once per process, for all devices.

Not used before a parameter on a CUDA device needs a kernel.
"""

import ctypes
import sys
from functools import cache
from typing import Any

import torch

from adadelta_gen.cuda.table import COMPUTE_CAPABILITY
from adadelta_gen.native import abi, shim

OLDEST_DRIVER = 12010  # CUDA 12.1, driver 530: the first that takes 32 KB of launch parameters


@cache
def _bindings() -> Any:
    from cuda.bindings import driver

    return driver


def _call(function: str, *arguments: Any) -> Any:
    """Call a function of the driver and return its result.

    Raises:
        torch.OutOfMemoryError: the device is out of memory.
        RuntimeError: any other error of the driver, by name.
    """
    driver = _bindings()
    try:
        status, *values = getattr(driver, function)(*arguments)
    except ValueError as unknown:  # a status: the driver is newer than the bindings
        raise RuntimeError(
            "the CUDA driver returned a status that cuda.bindings does not know "
            f"({unknown}): install a newer cuda-bindings"
        ) from None
    if status != driver.CUresult.CUDA_SUCCESS:
        raise error(status)
    return values[0] if values else None


@cache
def unavailable() -> str:
    """Return why the driver cannot be used, or an empty string."""
    try:
        _bindings()
    except ImportError:
        return "cuda.bindings is not installed: pip install 'adadelta-gen[cuda]'"
    try:
        _call("cuInit", 0)
        version = _call("cuDriverGetVersion")
    except RuntimeError as error:
        return str(error)
    if version < OLDEST_DRIVER:
        return f"the CUDA driver supports {_dotted(version)}, {_dotted(OLDEST_DRIVER)} is needed"
    return ""


@cache
def unavailable_on(device: int) -> str:
    """Return why kernels cannot run on a device, or an empty string."""
    why = unavailable()
    if why:
        return why
    attribute = _bindings().CUdevice_attribute
    capability = tuple(
        _call("cuDeviceGetAttribute", which, _device(device))
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
    """Return the number of streaming multiprocessors of a device."""
    attribute = _bindings().CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT
    return int(_call("cuDeviceGetAttribute", attribute, _device(device)))


def load(ptx: str, name: str) -> int:
    """Load PTX until the process ends; return the kernel's handle, valid on every device.

    Raises:
        RuntimeError: the driver refuses the PTX.
    """
    library = _call("cuLibraryLoadData", ptx.encode() + b"\0", [], [], 0, [], [], 0)
    return int(_call("cuLibraryGetKernel", library, name.encode()))


def compile_on(device: int, kernel: int) -> None:
    """Make the driver compile a kernel for a device now instead of at the first launch.

    Raises:
        RuntimeError: the driver refuses the kernel.
    """
    _call("cuCtxPushCurrent", context(device))
    try:
        _call("cuKernelGetFunction", kernel)
    finally:
        _call("cuCtxPopCurrent")


@cache
def functions() -> tuple[int, int, int]:
    """Return the addresses of cuLaunchKernel, cuCtxPushCurrent and cuCtxPopCurrent."""
    library = ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    launch, push, pop = (
        ctypes.cast(getattr(library, name), ctypes.c_void_p).value or 0
        for name in ("cuLaunchKernel", "cuCtxPushCurrent_v2", "cuCtxPopCurrent_v2")
    )
    return launch, push, pop


@cache
def stream_getter() -> int:
    """Return the address of torch's function for the current stream of a device, 0 if missing.

    Its signature is ``int32 f(int32 device_index, void **stream)``; it returns 0 on success.
    """
    return shim.address_in_torch("cuda", "aoti_torch_get_current_cuda_stream")


def error(status: int) -> RuntimeError:
    """Return the error to raise when the driver refused a call with this status."""
    if status == abi.NO_STREAM:
        return RuntimeError("torch did not return its current CUDA stream")
    results = _bindings().CUresult
    try:
        said = f"the CUDA driver returned {results(status).name}"
        is_full = status == results.CUDA_ERROR_OUT_OF_MEMORY
        return torch.OutOfMemoryError(said) if is_full else RuntimeError(said)
    except ValueError:  # the driver is newer than the bindings
        return RuntimeError(f"the CUDA driver refused a launch with status {status}")


@cache
def _device(index: int) -> Any:
    return _call("cuDeviceGet", index)


@cache
def context(device: int) -> int:
    """Return the handle of a device's primary context, which torch uses too."""
    return int(_call("cuDevicePrimaryCtxRetain", _device(device)))


def _dotted(version: int) -> str:
    return f"CUDA {version // 1000}.{version % 1000 // 10}"
