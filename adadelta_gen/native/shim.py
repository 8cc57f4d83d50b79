"""Addresses of the functions of torch and Python that native code calls, and object offsets."""

import ctypes
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

import torch

from adadelta_gen.native import abi

BYTES_WORD = 4  # ``abi.BYTES_WORD`` of the Pythons with a GIL, which compile the committed IR
TENSOR_BYTES = 128  # lower bound of the size of a C++ tensor
_LIBRARIES = {"win32": "torch_{}.dll", "darwin": "libtorch_{}.dylib"}
_GRAD = "_ZNK3c1010TensorImpl4gradEv"
# Functions without a C name, as GCC and Clang mangle it: as Microsoft's compiler does.
MANGLED_ON_WINDOWS = {
    abi.TORCH_FUNCTIONS[
        "T_BUMP_VERSION"
    ]: "?bump_version@impl@autograd@torch@@YAXAEBVTensor@at@@@Z",
    abi.TORCH_FUNCTIONS["T_IS_INFERENCE"]: "?is_inference@native@at@@YA_NAEBVTensor@2@@Z",
    abi.TORCH_FUNCTIONS["T_IS_NEG"]: "?is_neg@native@at@@YA_NAEBVTensor@2@@Z",
    abi.TORCH_FUNCTIONS["T_IS_CONJ"]: "?is_conj@native@at@@YA_NAEBVTensor@2@@Z",
    _GRAD: "?grad@TensorImpl@c10@@QEBAAEBVTensor@at@@XZ",
}


@cache
def libtorch(device: str = "cpu") -> ctypes.CDLL | None:
    """Return torch's shared library for "cpu" or "cuda", which the process has already loaded."""
    name = _LIBRARIES.get(sys.platform, "libtorch_{}.so").format(device)
    # A frozen program may contain two copies: to load the second one would end the process.
    loaded = ctypes.DEFAULT_MODE | getattr(os, "RTLD_NOLOAD", 0)
    for path in (Path(torch.__file__).parent / "lib" / name, _where_loaded(name)):
        try:
            return ctypes.CDLL(str(path), mode=loaded)
        except OSError:
            continue
    return None


@cache
def _core() -> ctypes.CDLL | None:
    """On Windows, torch's library of the class ``TensorImpl``."""
    try:
        return ctypes.CDLL(str(Path(torch.__file__).parent / "lib" / "c10.dll"))
    except OSError:
        return None


def _where_loaded(name: str) -> str:
    """Return the path of a loaded library of this name; some distributions split torch up."""
    try:
        lines = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return name
    return next((line.split(maxsplit=5)[-1] for line in lines if line.endswith("/" + name)), name)


@cache
def getters() -> tuple[int, ...] | None:
    """Return the addresses of ``abi.GETTERS``, or None if torch lacks one."""
    return _addresses_in_torch(abi.GETTERS)


@cache
def functions() -> dict[str, int] | None:
    """Return the addresses of ``abi.TORCH_FUNCTIONS``, or None if torch lacks one."""
    found = _addresses_in_torch(tuple(abi.TORCH_FUNCTIONS.values()))
    return None if found is None else dict(zip(abi.TORCH_FUNCTIONS, found, strict=True))


@cache
def python_functions() -> dict[str, int]:
    """Return the addresses of ``abi.PYTHON_FUNCTIONS``, and of critical sections without a GIL."""
    found = {
        word: address(getattr(ctypes.pythonapi, f)) for word, f in abi.PYTHON_FUNCTIONS.items()
    }
    if not has_gil():
        found["T_BEGIN_CRITICAL"] = address(ctypes.pythonapi.PyCriticalSection_Begin)
        found["T_END_CRITICAL"] = address(ctypes.pythonapi.PyCriticalSection_End)
    return found


@cache
def grad_words() -> tuple[int, int, int] | None:
    """Return how native code reads the grad of a param; None if it cannot.

    Returns:
        address of ``TensorImpl::grad``; the C++ object that it returns without a grad; byte offset
        of the Python object in a C++ tensor, found by probing.
    """
    found = _addresses_in_torch((_GRAD,))
    if found is None or not has_gil() or unavailable():
        return None  # without a GIL, another thread may replace a grad at any moment
    grad = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64)(found[0])
    probes = torch.nn.Parameter(torch.zeros(1)), torch.nn.Parameter(torch.zeros(2, 3))
    none = {_at(grad(p._cdata)) for p in probes}
    given = [torch.ones_like(p) for p in probes]
    for p, g in zip(probes, given, strict=True):
        p.grad = g
    if len(none) != 1 or any(
        _at(grad(p._cdata)) != g._cdata for p, g in zip(probes, given, strict=True)
    ):
        return None
    for offset in range(0, TENSOR_BYTES, 8):
        if all(_at(g._cdata + offset) & -8 == id(g) for g in (*given, *probes)):
            return found[0], none.pop(), offset
    return None


@cache
def storage_offset() -> int:
    """Return the byte offset of the storage in a C++ tensor, found by probing, or 0.

    For prefetching only.
    """
    probes = torch.zeros(1), torch.zeros(2, 3)
    for offset in range(0, TENSOR_BYTES, 8):
        if all(
            _at(probe._cdata + offset) == getattr(probe.untyped_storage(), "_cdata", None)
            for probe in probes
        ):
            return offset
    return 0


def has_gil() -> bool:
    """Whether the global interpreter lock is enabled."""
    return bool(getattr(sys, "_is_gil_enabled", lambda: True)())


@cache
def threads() -> Any:
    """Return an int64 with the address of ``torch_parallel_for``; 0 if missing, or after a fork.

    A forked child has none of torch's threads: ``torch_parallel_for`` would hang, as torch's own
    operators do there.
    """
    found = _addresses_in_torch(("torch_parallel_for",))
    return ctypes.c_int64(found[0] if found else 0)


def threads_description() -> str:
    """Return a text that says which threads run the kernels."""
    if threads().value:
        return "torch's own threads"
    return "the calling thread (a forked process, or torch_parallel_for was not found)"


def _forget_threads() -> None:
    threads().value = 0


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_threads)


def _addresses_in_torch(names: tuple[str, ...]) -> tuple[int, ...] | None:
    found = tuple(address_in_torch("cpu", name) for name in names)
    return found if all(found) else None


def address_in_torch(device: str, name: str) -> int:
    """Return the address of a function in torch's library for a device, or 0."""
    libraries = [libtorch(device)]
    if sys.platform == "win32":  # elsewhere a library also finds the functions of those it needs
        libraries.append(_core())
        name = MANGLED_ON_WINDOWS.get(name, name)
    return next(filter(None, (address(getattr(library, name, None)) for library in libraries)), 0)


def address(function: Any) -> int:
    """Return the address of a ctypes function."""
    return ctypes.cast(function, ctypes.c_void_p).value or 0


@cache
def handle_offset() -> int | None:
    """Return the byte offset of the C++ tensor in a tensor's Python object, or None.

    Found by searching for the value of ``_cdata``.
    """
    probes = torch.zeros(1), torch.zeros(2, 3), torch.nn.Parameter(torch.zeros(()))
    for offset in range(object.__basicsize__, torch.Tensor.__basicsize__, 8):
        if all(_word(probe, offset) == getattr(probe, "_cdata", None) for probe in probes):
            return offset
    return None


@cache
def type_offset() -> int | None:
    """Return the byte offset of the type in a Python object, found by probing, or None."""
    probes = torch.zeros(1), torch.nn.Parameter(torch.zeros(1)), None, 1
    for offset in range(0, object.__basicsize__, 8):
        if all(_word(probe, offset) == id(type(probe)) for probe in probes):
            return offset
    return None


def _word(thing: object, offset: int) -> int:
    return _at(id(thing) + offset)


def _at(address: int) -> int:
    return int(ctypes.c_int64.from_address(address).value)


@cache
def unavailable() -> str:
    """Return why native code cannot read tensors on this platform, or an empty string."""
    if libtorch() is None:
        return "torch's CPU library was not found on this platform"
    if getters() is None or functions() is None:
        return "torch's CPU library lacks a function that the native step calls"
    if handle_offset() is None or type_offset() is None:
        return "the layout of torch's Python objects is unknown"
    if abi.BYTES_WORD != BYTES_WORD:
        return "the objects of this Python, which has no GIL, have another layout than in the IR"
    return ""


@cache
def dtype_number(dtype: torch.dtype) -> int:
    """Return torch's number of a dtype."""
    return _ask(torch.empty(0, dtype=dtype), abi.DTYPE)


@cache
def device_numbers(device: torch.device) -> tuple[int, int]:
    """Return torch's number of the device type, and the device index (-1: any)."""
    probe = torch.empty(0, device=device)
    return _ask(probe, abi.DEVICE_TYPE), _ask(probe, abi.DEVICE_INDEX)


@cache
def strided_number() -> int:
    """Return torch's number of ``torch.strided``."""
    return _ask(torch.empty(0, device="cpu"), abi.LAYOUT)


def _ask(tensor: torch.Tensor, getter: int) -> int:
    """Read an int32 of a tensor by the same function that native code calls."""
    addresses, offset = getters(), handle_offset()
    assert addresses is not None
    assert offset is not None
    prototype = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p)
    answer = ctypes.c_int32()
    if prototype(addresses[getter])(id(tensor) + offset, ctypes.byref(answer)):
        raise RuntimeError(f"{abi.GETTERS[getter]} failed")
    return answer.value
