"""The native step as a Python function: ``native/step.py`` bound to the words of a table."""

import ctypes
import mmap
import sys
import warnings
from collections.abc import Callable
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from adadelta_gen.native import abi, code, memory, shim
from adadelta_gen.native.lifetime import keep

# For fewer elements, waking a thread costs more than it saves.
SERIAL_ELEMENTS = 1 << 15
# Fewer elements are updated before Python would switch to another thread (5 ms): keep the GIL.
GIL_ELEMENTS = 1 << 17
METH_FASTCALL = 0x80


@cache
def words_of_the_process() -> NDArray[np.int64]:
    """Return the table words that are the same for all tables of a process; callers copy them."""
    words = np.zeros(abi.TABLE_WORDS, np.int64)
    words[abi.T_NONE] = id(None)
    words[abi.T_TENSOR], words[abi.T_PARAMETER] = id(Tensor), id(torch.nn.Parameter)
    words[abi.T_STRIDED] = shim.strided_number()
    words[abi.T_CPU], _ = shim.device_numbers(torch.device("cpu"))
    words[abi.T_FLOAT32] = shim.dtype_number(torch.float32)
    words[abi.T_FLOAT64] = shim.dtype_number(torch.float64)
    words[abi.T_TYPE_OFFSET] = shim.type_offset() or 0
    words[abi.T_HANDLE_OFFSET] = shim.handle_offset() or 0
    words[abi.T_SERIAL_ELEMENTS] = SERIAL_ELEMENTS
    # Without a GIL, memory is always pinned.
    words[abi.T_GIL_ELEMENTS] = GIL_ELEMENTS if shim.has_gil() else -(1 << 62)
    words[abi.T_GRAD : abi.T_OBJECT_OFFSET + 1] = shim.grad_words() or (0, 0, 0)
    words[abi.T_STORAGE_OFFSET] = shim.storage_offset()
    words[abi.T_PAGE] = mmap.PAGESIZE
    madvise = memory.madvise()
    words[abi.T_MADVISE] = 0 if madvise is None else shim.address(madvise)
    threads = shim.threads()
    keep(threads)
    words[abi.T_THREADS_AT] = ctypes.addressof(threads)
    for word, address in ((shim.functions() or {}) | shim.python_functions()).items():
        words[getattr(abi, word)] = address
    words[abi.T_GETTERS : abi.T_SCRATCH] = np.array(shim.getters(), np.int64)
    words[abi.T_MOVED] = 1
    return words


class _Method(ctypes.Structure):
    """CPython's PyMethodDef."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("function", ctypes.c_void_p),
        ("flags", ctypes.c_int),
        ("doc", ctypes.c_char_p),
    )


@cache
def _method() -> int:
    method = _Method(b"step", code.step(), METH_FASTCALL, None)
    keep(method)
    return ctypes.addressof(method)


def unavailable() -> str:
    """Return why this process has no native step, and warn once; or an empty string."""
    why = shim.unavailable() or code.unavailable()
    if why:
        _warn(why)
    return why


@cache
def _warn(why: str) -> None:
    warnings.warn(f"torch, not adadelta_gen, updates all parameters: {why}", stacklevel=2)


def bound(words: NDArray[np.int64]) -> Callable[..., int]:
    """Return the native step of a table as a builtin function; 0.5 us faster than by ctypes.

    The caller has to keep the table alive.
    """
    own = int(words.ctypes.data).to_bytes(8, sys.byteorder)
    make = ctypes.pythonapi.PyCFunction_NewEx
    make.argtypes = [ctypes.c_void_p, ctypes.py_object, ctypes.c_void_p]
    make.restype = ctypes.py_object
    function: Callable[..., int] = make(_method(), own, None)
    return function
