"""Compile generated CUDA sources to PTX, without a GPU. The only module that imports numba-cuda.

The table is passed by value in the launch parameters, so that a captured CUDA graph owns it.
Numba-CUDA has no arguments of this kind: ``byval`` is added to a pointer between its two stages,
through a private function. The toolchain is therefore pinned (``generate/toolchain.py``).
"""

import re
import warnings
from collections.abc import Callable
from functools import cache
from importlib.resources.abc import Traversable
from types import FunctionType
from typing import Any

from adadelta_gen.committed import CompiledText
from adadelta_gen.cuda.table import CAPACITY, COMPUTE_CAPABILITY, THREADS
from adadelta_gen.native.abi import ROW_WORDS
from adadelta_gen.spec import KernelSpec, specs_of

# 32 KB of parameters need this ISA, and driver 530; NVVM would declare a newer ISA.
PTX_ISA = "8.1"


def ptx(text: CompiledText, generated: Traversable | None = None) -> str:
    """Compile a kernel to its committed text, which is the same on every machine."""
    (spec,) = (spec for spec in specs_of("cuda") if spec.name == text.name)
    source = text.source_text(generated)
    _prepare()
    from numba.cuda import types
    from numba.cuda.compiler import _compile_pyfunc_with_fixup
    from numba.cuda.cudadrv import nvvm

    scalar = getattr(types, spec.compute_dtype)
    table = types.CPointer(types.UniTuple(types.int64, ROW_WORDS * CAPACITY))
    signature = (table, types.int32, *[types.int64] * 5, *[scalar] * 7)
    library, _ = _compile_pyfunc_with_fixup(
        _function(spec, source),
        signature,
        device=False,
        abi="numba",
        cc=COMPUTE_CAPABILITY,
        launch_bounds=THREADS,
    )
    entry = library._entry_name
    argument = library.get_function(entry).args[0]
    argument.add_attribute("byval")
    argument.attributes.align = 8
    # NVVM is LLVM 7, which accepts byval only without a type.
    modules = [re.sub(r"byval\(\[\d+ x i64\]\)", "byval", module) for module in library.llvm_strs]
    arch = "compute_{}{}".format(*COMPUTE_CAPABILITY)
    # fma=False: only fma() of the rule is fused, as on the CPU.
    compiled = nvvm.compile_ir(modules, arch=arch, opt=3, fma=False).decode()
    return f"// {text.header}\n{_stable(compiled, entry, spec.name)}"


def _stable(text: str, entry: str, name: str) -> str:
    """Rename the entry and remove text that depends on the build."""
    text = text.strip("\0\n").replace(entry, name) + "\n"
    text = re.sub(r"^\.common \.global.*NumbaEnv.*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^\.version \S+", f".version {PTX_ISA}", text, flags=re.MULTILINE)
    return re.sub(r"\A(//.*\n|\n)*", "", text)


def _function(spec: KernelSpec, source: str) -> Callable[..., Any]:
    namespace: dict[str, Any] = {}
    exec(compile(source, f"{spec.name}.py", "exec"), namespace)
    function = namespace[spec.name]
    assert isinstance(function, FunctionType)
    return function


@cache
def _prepare() -> None:
    import numpy as np

    vars(np).setdefault("row_stack", np.vstack)  # numba-cuda uses what NumPy 2.5 removed
    with warnings.catch_warnings():  # NumPy 2.5 deprecates what numba-cuda does at import
        warnings.filterwarnings("ignore", "The 'generic' unit", DeprecationWarning)
        import numba.cuda  # noqa: F401
