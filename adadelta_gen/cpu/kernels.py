"""The CPU's kernels: which function Numba compiles for a variant, and its address."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from adadelta_gen.native import code
from adadelta_gen.spec import KernelSpec


def kernel(spec: KernelSpec, source: str) -> int:
    """Return the address of a generated kernel's ``void (int64 begin, int64 end, int64 job)``.

    Args:
        spec: the variant.
        source: the text of its generated module; part of what a cache entry is found by.
    """

    def build() -> bytes:
        from adadelta_gen.native import compile as compiler

        return compiler.object_code(function(spec), spec.name)

    return code.address(spec.name, source, build)


def nonfinite(dtype: str) -> int:
    """Return the address of a dtype's ``void (int64 begin, int64 end, int64 job)``, see
    ``finite.py``."""
    name = f"adadelta_nonfinite_{dtype}"

    def build() -> bytes:
        from adadelta_gen.cpu.finite import finder
        from adadelta_gen.native import compile as compiler

        return compiler.object_code(finder(dtype), name)

    return code.address(name, "", build)


def function(spec: KernelSpec) -> Callable[..., Any]:
    """Return the not yet compiled launch function of a generated kernel."""
    from adadelta_gen.cpu.worker import worker

    return worker(getattr(import_module(spec.module), spec.name), spec)
