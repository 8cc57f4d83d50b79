"""Python function -> object code. The only module that makes Numba compile for the CPU."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from llvmlite import binding
from numba import cfunc, config, types

from adadelta_gen.native.machine import target_machine

LAUNCH = types.void(types.int64, types.int64, types.int64)
STEP = types.int64(types.int64, types.int64, types.int64)


# Of functions that only native code calls.
WITHOUT_WRAPPERS = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}


@contextmanager
def _optimizing(level: int) -> Iterator[None]:
    """Let Numba optimize at an LLVM level: 3 makes loops quick, 1 takes half the time."""
    before = config.OPT
    config.OPT = type(before)(level)
    try:
        yield
    finally:
        config.OPT = before


def step_code() -> bytes:
    """Return the machine code of the native step, which has no loops to vectorise."""
    from adadelta_gen.native.step import step

    with _optimizing(1):
        return object_code(step, "adadelta_step", STEP)


def optimized_module(function: Callable[..., Any], name: str, signature: Any) -> Any:
    """Compile a function and return its optimized LLVM module, in which the entry is ``name``."""
    # forceinline: only in one piece with its C wrapper is a function seen to raise nothing, and
    # the wrapper's calls of the Python C API, which loading could not resolve, disappear.
    compiled = cfunc(signature, error_model="numpy", forceinline=True)(function)
    module = binding.parse_assembly(compiled.inspect_llvm())
    module.get_function(compiled.native_name).name = name
    unresolved = [
        f.name for f in module.functions if f.is_declaration and not f.name.startswith("llvm.")
    ]
    if unresolved:
        # Loading such code would end the process without a Python error.
        raise RuntimeError(f"{name} calls functions that nothing provides: {unresolved}")
    return module


def object_code(function: Callable[..., Any], name: str, signature: Any = LAUNCH) -> bytes:
    """Return relocatable machine code that defines ``name`` and needs no Numba to be loaded."""
    return bytes(target_machine().emit_object(optimized_module(function, name, signature)))


def assembly(function: Callable[..., Any], name: str, signature: Any = LAUNCH) -> str:
    """Return the same code as text."""
    return str(target_machine().emit_assembly(optimized_module(function, name, signature)))
