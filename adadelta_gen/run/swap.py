"""Replace ``torch.optim.Adadelta`` by ``adadelta_gen.Adadelta`` when torch is imported.

This module does not import torch earlier, because a program may first set environment variables
that torch reads when it is imported.
"""

import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any

Swapped = Callable[[type, type], None]


def when_torch_is_imported(swapped: Swapped) -> None:
    """Swap the classes as soon as torch is imported, or now if it is already imported.

    Args:
        swapped: called after the swap, with ``adadelta_gen.Adadelta`` and torch's class.
    """
    if "torch" in sys.modules:
        swap(swapped)
    else:
        sys.meta_path.insert(0, _Finder(swapped))


class _Finder:
    """Finds torch as the other finders do, and swaps the classes after its import."""

    def __init__(self, swapped: Swapped) -> None:
        self._swapped = swapped

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != "torch":
            return None
        sys.meta_path.remove(self)
        spec = find_spec(name)
        if spec is not None and spec.loader is not None:
            loader: Any = spec.loader
            execute = loader.exec_module

            def execute_and_swap(module: ModuleType) -> None:
                del loader.exec_module
                execute(module)
                swap(self._swapped)

            loader.exec_module = execute_and_swap
        return spec


def swap(swapped: Swapped) -> None:
    """Swap the classes in every module that refers to torch's, including ``torch.optim``.

    Raises:
        ImportError: adadelta_gen cannot be used with this torch.
    """
    import torch

    theirs = torch.optim.Adadelta
    try:
        from adadelta_gen.optimizer import Adadelta as ours
    except Exception as error:
        raise ImportError(
            f"adadelta_gen cannot be used with torch {torch.__version__}: {error}; "
            "`python -m adadelta_gen doctor` shows details"
        ) from error
    if theirs is ours:
        return
    for module in list(sys.modules.values()):
        names = getattr(module, "__dict__", {})
        for name in [name for name, value in list(names.items()) if value is theirs]:
            setattr(module, name, ours)
    swapped(ours, theirs)
