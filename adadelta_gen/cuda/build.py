"""Generated CUDA source -> PTX, on a machine that needs no GPU. The only importer of numba-cuda.

The kernel's table goes by value, in the launch parameters, so that a captured CUDA graph owns it.
Numba-CUDA has no such argument; ``byval`` is put on a pointer between its two stages, which takes a
private function. That is why the toolchain is pinned (``generate/toolchain.py``).
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

# What 32 KB of parameters need, and with it a driver of 530; NVVM would ask for a newer one.
PTX_ISA = "8.1"


def ptx(text: CompiledText, generated: Traversable | None = None) -> str:
    """Compile a kernel to the text that is committed; the same on every machine."""
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
    # NVVM's LLVM 7 knows byval without a type only.
    modules = [re.sub(r"byval\(\[\d+ x i64\]\)", "byval", module) for module in library.llvm_strs]
    arch = "compute_{}{}".format(*COMPUTE_CAPABILITY)
    # fma=False: what the rule does not write as fma is rounded twice, as on the CPU.
    compiled = nvvm.compile_ir(modules, arch=arch, opt=3, fma=False).decode()
    return f"// {text.header}\n{_stable(compiled, entry, spec.name)}"


def _stable(text: str, entry: str, name: str) -> str:
    """Give the entry its name and take out what tells of this build."""
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
