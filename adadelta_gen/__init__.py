"""The fused Adadelta that PyTorch does not have.

>>> from adadelta_gen import Adadelta
>>> optimizer = Adadelta(model.parameters())

Importing this package compiles nothing, imports neither numba nor torch and touches no GPU;
the names below load what they need when they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from adadelta_gen.optimizer import Adadelta
    from adadelta_gen.registry import available_kernels
    from adadelta_gen.spec import KernelSpec

__version__ = "0.1.0"
__all__ = ["Adadelta", "KernelSpec", "available_kernels"]

_HOMES = {
    "Adadelta": "adadelta_gen.optimizer",
    "KernelSpec": "adadelta_gen.spec",
    "available_kernels": "adadelta_gen.registry",
}


if not TYPE_CHECKING:  # or checkers would take any name for one of this module

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
