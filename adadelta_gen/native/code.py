"""Load native functions: compile their LLVM IR to machine code at first use."""

from collections.abc import Callable
from functools import cache
from typing import Any

from adadelta_gen import committed
from adadelta_gen.committed import CompiledText
from adadelta_gen.native.uninterrupted import uninterrupted

_import_error = ""
try:  # imported here, not at first use: a fork during an import hangs the child
    from adadelta_gen.native import machine
except Exception as error:  # llvmlite raises an OSError if its shared library is missing
    _import_error = str(error)

# Files that the IR of every function depends on, see ``build.py``.
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
    """Return the address of the native step, see ``native/step.py``."""
    return address(STEP, level=0)  # its IR is optimized already and has no loop to vectorise


def address(text: CompiledText, level: int = 3) -> int:
    """Return the address of a function, valid until the process ends.

    Args:
        text: the function.
        level: see ``machine.optimized``.

    Raises:
        GeneratedCodeError: the text is missing or damaged.
        RuntimeError: it cannot be compiled on this machine.
    """
    if text.name not in _addresses:
        uninterrupted(lambda: _load(text, level))
    return _addresses[text.name]


def _load(text: CompiledText, level: int) -> None:
    if text.name not in _addresses:
        code = _compiled(text, lambda ir: machine.object_code(ir, machine.host(), level))
        _addresses[text.name] = machine.load(code, text.name)


def _compiled(text: CompiledText, make: Callable[[str], Any]) -> Any:
    """Return ``make`` of a text; add the text's name and the remedy to its error."""
    ir = committed.load(text)
    try:
        return make(ir)
    except machine.CodeError as error:
        raise machine.CodeError(
            f"{text.file}: {error}. It needs {LLVMLITE}: pip install '{LLVMLITE}'"
        ) from error


def import_error() -> str:
    """Return why llvmlite cannot be used, or an empty string."""
    if _import_error:
        return f"llvmlite cannot be imported ({_import_error}): pip install '{LLVMLITE}'"
    return ""


@cache
def unavailable(text: CompiledText = STEP) -> str:
    """Return why this process cannot compile a text, or an empty string.

    Raises:
        GeneratedCodeError: the text is missing or damaged.
    """
    if why := import_error():
        return why
    try:
        step() if text is STEP else uninterrupted(lambda: _compiled(text, machine.parsed))
    except machine.CodeError as error:
        return str(error)
    return ""
