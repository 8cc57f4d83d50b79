"""The fused Adadelta that PyTorch does not have.

>>> from adadelta_gen import Adadelta
>>> optimizer = Adadelta(model.parameters())

Importing this package compiles nothing, imports neither numba nor torch, and uses no GPU. Each name
in ``__all__`` imports its module at first use.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from adadelta_gen.optimizer import Adadelta
    from adadelta_gen.registry import available_kernels
    from adadelta_gen.spec import KernelSpec

__version__ = "0.1.0"
__all__ = ["Adadelta", "KernelSpec", "available_kernels"]

_MODULES = {
    "Adadelta": "adadelta_gen.optimizer",
    "KernelSpec": "adadelta_gen.spec",
    "available_kernels": "adadelta_gen.registry",
}


if not TYPE_CHECKING:  # with a module __getattr__, type checkers would accept any name

    def __getattr__(name: str) -> Any:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_MODULES[name]), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
