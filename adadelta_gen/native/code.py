"""Name -> address of native code, of which machine code is made when it is first used.

Threads that come at the same time make it each for itself: what waits for nothing cannot hang.
"""

import atexit
import os
import threading
from collections.abc import Callable
from functools import cache
from typing import Any

from adadelta_gen import committed
from adadelta_gen.committed import CompiledText

_import_error = ""
try:  # now, as a fork in the middle of an import hangs
    from llvmlite.binding import ffi

    from adadelta_gen.native import machine
except Exception as error:  # without its library, llvmlite raises an OSError
    _import_error = str(error)

# What the IR of every function is made with, see ``build.py``.
MADE_WITH = (
    "generate/toolchain.py",
    "native/abi.py",
    "native/build.py",
    "native/words.py",
)
STEP = CompiledText("adadelta_step", "native", "ll", "native/step.py", MADE_WITH, in_package=True)
LLVMLITE = "llvmlite>=0.45"
_LONGEST_WAIT = 30.0  # seconds, of a call of LLVM
_addresses: dict[str, int] = {}


def step() -> int:
    """Return the address of the native end of a step, see ``native/step.py``."""
    return address(STEP, level=0)  # the IR is optimized, and has no loop to vectorise


def address(text: CompiledText, level: int = 3) -> int:
    """Return the address of a function, which stays good to the end of the process.

    Args:
        text: the function.
        level: see ``machine.optimized``.

    Raises:
        GeneratedCodeError: the text is missing or damaged.
        RuntimeError: no code can be made of it here.
    """
    if text.name not in _addresses:
        code = _made(text, lambda ir: machine.object_code(ir, machine.host(), level))
        _addresses.setdefault(text.name, machine.load(code, text.name))
    return _addresses[text.name]


def _made(text: CompiledText, make: Callable[[str], Any]) -> Any:
    ir = committed.load(text)
    try:
        return make(ir)
    except machine.CodeError as error:
        raise machine.CodeError(f"{text.file}: {error}; {LLVMLITE} is needed") from error


def import_error() -> str:
    """Say why llvmlite cannot be used; an empty string if it can."""
    if _import_error:
        return f"llvmlite cannot be imported ({_import_error}): pip install '{LLVMLITE}'"
    return ""


@cache
def unavailable(text: CompiledText = STEP) -> str:
    """Say why this process can make no code of a text; an empty string if it can.

    Raises:
        GeneratedCodeError: the text is missing or damaged.
    """
    if why := import_error():
        return why
    try:
        step() if text is STEP else _made(text, machine.parsed)
    except machine.CodeError as error:
        return str(error)
    return ""


def _llvmlites_lock() -> Any:
    """The lock that each call of llvmlite takes, or None where it is not to be found."""
    return None if _import_error else getattr(getattr(ffi.lib, "_lock", None), "_lock", None)


def _keep_out_of_llvm() -> None:
    """Wait until no thread is in LLVM, ours or Numba's, and let none in."""
    taken = _taken.setdefault(threading.get_ident(), [])
    lock = _llvmlites_lock()
    if lock is not None and lock.acquire(timeout=_LONGEST_WAIT):
        taken.append(lock)


def _let_in() -> None:
    for lock in _taken.pop(threading.get_ident(), []):
        lock.release()


_taken: dict[int, list[Any]] = {}  # by thread: several may fork at once
atexit.register(_keep_out_of_llvm)  # or it would be torn down around a thread
if hasattr(os, "register_at_fork"):
    # A child would find what another thread of its parent was doing, half done and locked.
    os.register_at_fork(before=_keep_out_of_llvm, after_in_parent=_let_in, after_in_child=_let_in)
