"""The CUDA driver, through ``cuda.bindings``: load PTX once a process, launch it anywhere.

Nothing here is touched before a parameter on a CUDA device needs a kernel.
"""

from functools import cache
from typing import Any

from adadelta_gen.cuda.build import COMPUTE_CAPABILITY, THREADS

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


def load(ptx: str, name: str) -> Any:
    """Return the function of a kernel, good on every device; its code stays for the process.

    Raises:
        RuntimeError: the driver refuses the code.
    """
    driver = _bindings()
    library = _checked(driver.cuLibraryLoadData(ptx.encode() + b"\0", [], [], 0, [], [], 0))
    kernel = _checked(driver.cuLibraryGetKernel(library, name.encode()))
    return driver.CUfunction(int(kernel))  # the driver takes either for a launch


def launch(function: Any, device: int, stream: int, blocks: int, parameters: int) -> None:
    """Launch a kernel; the driver has copied the parameters when this returns.

    Args:
        function: from ``load``.
        device: index of the device.
        stream: the stream's handle.
        blocks: number of blocks.
        parameters: address of an array of one pointer a parameter.

    Raises:
        RuntimeError: the driver refuses the launch.
    """
    driver = _bindings()
    # Torch makes the context current when it first needs it in a thread, which may be later.
    _checked(driver.cuCtxPushCurrent(_context(device)))
    try:
        _checked(
            driver.cuLaunchKernel(function, blocks, 1, 1, THREADS, 1, 1, 0, stream, parameters, 0)
        )
    finally:
        _checked(driver.cuCtxPopCurrent())


@cache
def _device(index: int) -> Any:
    return _checked(_bindings().cuDeviceGet(index))


@cache
def _context(device: int) -> Any:
    """The context that torch, like every user of the CUDA runtime, works in."""
    return _checked(_bindings().cuDevicePrimaryCtxRetain(_device(device)))


def _dotted(version: int) -> str:
    return f"CUDA {version // 1000}.{version % 1000 // 10}"
