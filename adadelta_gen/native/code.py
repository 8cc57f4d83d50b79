"""Name -> address of native code, of which machine code is made when it is first used."""

from collections.abc import Callable
from functools import cache
from typing import Any

from adadelta_gen import committed
from adadelta_gen.committed import CompiledText
from adadelta_gen.native.uninterrupted import uninterrupted

_import_error = ""
try:  # now, as a fork in the middle of an import hangs
    from adadelta_gen.native import machine
except Exception as error:  # without its library, llvmlite raises an OSError
    _import_error = str(error)

# What the IR of every function is made with, see ``build.py``.
MADE_WITH = (
    "generate/toolchain.py",
    "native/abi.py",
    "native/build.py",
    "native/dither.py",
    "native/words.py",
)
STEP = CompiledText("adadelta_step", "native", "ll", "native/step.py", MADE_WITH, in_package=True)
LLVMLITE = "llvmlite>=0.45"
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
        uninterrupted(lambda: _load(text, level))
    return _addresses[text.name]


def _load(text: CompiledText, level: int) -> None:
    if text.name not in _addresses:
        code = _made(text, lambda ir: machine.object_code(ir, machine.host(), level))
        _addresses[text.name] = machine.load(code, text.name)


def _made(text: CompiledText, make: Callable[[str], Any]) -> Any:
    """Make something of a text; an error names it, and what to install."""
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
        step() if text is STEP else uninterrupted(lambda: _made(text, machine.parsed))
    except machine.CodeError as error:
        return str(error)
    return ""
