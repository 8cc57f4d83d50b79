"""Python function -> object code. The only module that makes Numba compile for the CPU."""

from collections.abc import Callable
from typing import Any

from llvmlite import binding
from numba import cfunc, types

from adadelta_gen.native.machine import target_machine

LAUNCH = types.void(types.int64, types.int64, types.int64)
STEP = types.int64(types.int64, types.int64, types.int64)


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
