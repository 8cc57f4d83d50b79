"""Torch's C shim: how native code asks a tensor for its address, dtype, device and shape."""

import ctypes
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import torch

from adadelta_gen.cpu.tables import GETTERS

_BUMP_VERSION = "_ZN5torch8autograd4impl12bump_versionERKN2at6TensorE"
_LIBRARIES = {"win32": "torch_cpu.dll", "darwin": "libtorch_cpu.dylib"}


@cache
def libtorch() -> ctypes.CDLL | None:
    """Torch's CPU library, which this process has loaded already."""
    name = _LIBRARIES.get(sys.platform, "libtorch_cpu.so")
    try:
        return ctypes.CDLL(str(Path(torch.__file__).parent / "lib" / name))
    except OSError:
        return None


@cache
def getters() -> tuple[int, ...] | None:
    """The addresses of ``tables.GETTERS``, or None where torch has no such shim."""
    try:
        functions = [getattr(libtorch(), name) for name in GETTERS]
    except AttributeError:
        return None
    return tuple(ctypes.cast(f, ctypes.c_void_p).value or 0 for f in functions)


@cache
def bump_version() -> int:
    """The address of ``void bump_version(const at::Tensor &)``, 0 where torch has no such symbol.

    Not of the C shim, but exported by name and type since torch has versions; the Python function
    for it takes 60 ns a tensor.
    """
    try:
        function = getattr(libtorch(), _BUMP_VERSION)
    except AttributeError:
        return 0
    return ctypes.cast(function, ctypes.c_void_p).value or 0


@cache
def handle_offset() -> int | None:
    """Where in a tensor's Python object its C++ handle stands, in bytes; None if that is not found.

    ``_cdata`` says what must stand there, so the place is looked up, not assumed.
    """
    probes = torch.zeros(1), torch.zeros(2, 3), torch.nn.Parameter(torch.zeros(()))
    for offset in range(object.__basicsize__, torch.Tensor.__basicsize__, 8):
        if all(has_handle(probe, offset) for probe in probes):
            return offset
    return None


@cache
def type_offset() -> int | None:
    """Where in any Python object its type stands, in bytes; None if that is not found."""
    probes = torch.zeros(1), torch.nn.Parameter(torch.zeros(1)), None, 1
    for offset in range(0, object.__basicsize__, 8):
        if all(_word(probe, offset) == id(type(probe)) for probe in probes):
            return offset
    return None


def _word(thing: object, offset: int) -> int:
    return int(ctypes.c_int64.from_address(id(thing) + offset).value)


def has_handle(tensor: torch.Tensor, offset: int) -> bool:
    """Whether the handle of this very tensor stands at the offset."""
    return _word(tensor, offset) == tensor._cdata


@cache
def available() -> bool:
    """Whether native code can ask tensors on this platform."""
    return None not in (getters(), handle_offset(), type_offset())


def ask(tensor: torch.Tensor, getter: int, kind: Any = ctypes.c_int64) -> int:
    """Ask one tensor from Python, by the same function that native code will call.

    Raises:
        RuntimeError: torch refuses to answer.
    """
    addresses, offset = getters(), handle_offset()
    assert addresses is not None
    assert offset is not None
    answer = kind()
    failed = _prototype()(addresses[getter])(id(tensor) + offset, ctypes.byref(answer))
    if failed:
        raise RuntimeError(f"{GETTERS[getter]} failed")
    return int(answer.value)


@cache
def _prototype() -> Callable[[int], Any]:
    return ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p)
