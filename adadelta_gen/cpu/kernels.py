"""The CPU functions: their IR texts and the addresses of their machine code."""

from adadelta_gen.committed import CompiledText
from adadelta_gen.formats import ITEMSIZES
from adadelta_gen.native import code
from adadelta_gen.spec import KernelSpec, specs_of

_MADE_WITH = (
    *code.MADE_WITH,
    "cpu/intrinsics.py",
    "native/rms_ratio.py",
    "native/rounding.py",
)
FINDER = "adadelta_squares_"


def kernel_text(spec: KernelSpec) -> CompiledText:
    """Return the IR text of a generated kernel, ``void (int64 begin, int64 end, int64 job)``."""
    return CompiledText(spec.name, "cpu", "ll", f"cpu/{spec.name}.py", _MADE_WITH)


def finder_text(dtype: str) -> CompiledText:
    """Return the IR text that sums up the squares of grads, same signature; see ``squares.py``."""
    return CompiledText(
        *(f"{FINDER}{dtype}", "cpu", "ll", "cpu/squares.py"),
        made_with=(*_MADE_WITH, "cpu/lanes.py", "formats.py"),
        in_package=True,
    )


def texts() -> list[CompiledText]:
    """Return the IR texts of all CPU functions."""
    return [*map(kernel_text, specs_of("cpu")), *map(finder_text, ITEMSIZES)]


def kernel(spec: KernelSpec) -> int:
    """Return the address of a generated kernel.

    Raises:
        GeneratedCodeError: its IR is missing or damaged.
        RuntimeError: it cannot be compiled on this machine.
    """
    return code.address(kernel_text(spec))


def squares(dtype: str) -> int:
    """Return the address of the function that sums up squares of grads; raises as ``kernel``."""
    return code.address(finder_text(dtype))
