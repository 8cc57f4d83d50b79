"""Compile the CPU functions and the native step to LLVM IR; needs the extra ``generate``."""

from collections.abc import Callable
from importlib.resources.abc import Traversable
from typing import Any

from adadelta_gen.committed import CompiledText
from adadelta_gen.cpu.kernels import FINDER
from adadelta_gen.cpu.squares import finder
from adadelta_gen.native import build, code
from adadelta_gen.native.step import step


def ir(text: CompiledText, generated: Traversable | None = None) -> str:
    """Compile a function to its committed text, which is the same on every machine."""
    if text == code.STEP:
        compiled = build.portable(step, text.name, build.STEP)
    else:
        compiled = build.portable(_function(text, generated), text.name, build.LAUNCH)
    return f"; {text.header}\n{compiled}"


def _function(text: CompiledText, generated: Traversable | None) -> Callable[..., Any]:
    if text.name.startswith(FINDER):
        return finder(text.name.removeprefix(FINDER))
    return kernel_function(text.source_text(generated), text.name)


def kernel_function(source: str, name: str) -> Callable[..., Any]:
    """Return the Python function of a kernel's source text."""
    namespace: dict[str, Any] = {"__name__": name}
    exec(compile(source, f"{name}.py", "exec"), namespace)
    function: Callable[..., Any] = namespace[name]
    return function
