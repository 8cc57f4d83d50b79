"""The PTX texts of the CUDA kernels."""

from adadelta_gen.committed import CompiledText
from adadelta_gen.spec import KernelSpec, specs_of

_MADE_WITH = (
    "cuda/build.py",
    "cuda/intrinsics.py",
    "cuda/table.py",
    "formats.py",
    "generate/toolchain.py",
    "native/abi.py",
    "native/dither.py",
    "native/rms_ratio.py",
    "native/rounding.py",
)


def kernel_text(spec: KernelSpec) -> CompiledText:
    """Return the PTX text of a generated kernel."""
    return CompiledText(spec.name, "cuda", "ptx", f"cuda/{spec.name}.py", _MADE_WITH)


def texts() -> list[CompiledText]:
    """Return the PTX texts of all kernels."""
    return [kernel_text(spec) for spec in specs_of("cuda")]
