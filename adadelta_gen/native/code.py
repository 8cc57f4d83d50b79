"""Name -> address of native code, of which machine code is made when it is first used."""

import os
from functools import cache
from typing import Any

from adadelta_gen import committed
from adadelta_gen.committed import CompiledText
from adadelta_gen.native.lock import Lock

try:  # now, as a fork in the middle of an import hangs
    from adadelta_gen.native import machine

    _import_error = ""
except ImportError as error:
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
_lock = Lock()
# Not to fork while a thread compiles: the child would wait for LLVM's own lock for ever.
_LONGEST_WAIT = 30.0
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
    with _lock.held:
        if text.name not in _addresses:
            code = machine.object_code(committed.load(text), machine.host(), level)
            _addresses[text.name] = machine.load(code, text.name)
        return _addresses[text.name]


@cache
def unavailable(text: CompiledText = STEP) -> str:
    """Say why this process can make no code of a text; an empty string if it can.

    Raises:
        GeneratedCodeError: the text is missing or damaged.
    """
    if _import_error:
        return f"llvmlite cannot be imported ({_import_error}): pip install '{LLVMLITE}'"
    with _lock.held:
        try:
            step() if text is STEP else machine.parsed(committed.load(text))
        except machine.CodeError as error:
            return f"{text.file}: {error}; {LLVMLITE} is needed"
    return ""


def _wait_for_compiling() -> None:
    _forking.append(_lock.held if _lock.held.acquire(timeout=_LONGEST_WAIT) else None)


def _go_on() -> None:
    if (held := _forking.pop()) is not None:
        held.release()


_forking: list[Any] = []
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_wait_for_compiling, after_in_parent=_go_on, after_in_child=_forking.clear
    )
