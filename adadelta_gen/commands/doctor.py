"""``doctor``: what an installation runs on.

A check returns what it found, and raises where that is wrong.
"""

import os
import platform
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.metadata import version

from rich import box
from rich.table import Table

from adadelta_gen.commands.console import fail, new_console
from adadelta_gen.layout import GENERATED, REPAIR, TEMPLATES
from adadelta_gen.spec import ALL_SPECS

FEATURES = ("avx2", "avx512f", "fma", "f16c")


def _version_of(name: str) -> str:
    if name == "python":
        return f"{platform.python_version()}, {sys.executable}"
    import_module(name)  # a version alone does not mean that it can be used
    return version(name)


def _cpu() -> str:
    from adadelta_gen.bench.environment import cpu_model
    from adadelta_gen.native.machine import cpu_name

    return f"{cpu_model()}, to LLVM: {cpu_name()}"


def _features() -> str:
    from adadelta_gen.native.machine import cpu_features

    present = cpu_features().split(",")
    return ", ".join(f"{name}: {'yes' if f'+{name}' in present else 'no'}" for name in FEATURES)


def _threads() -> str:
    import torch

    from adadelta_gen.native.shim import threads_description, unavailable

    if why := unavailable():
        raise RuntimeError(f"torch updates all parameters: {why}")
    return f"{torch.get_num_threads()}, {threads_description()}"


def _caches() -> str:
    from adadelta_gen.native.cache import folders

    lines = []
    for folder in folders():
        existing = next(path for path in (folder, *folder.parents) if path.exists())
        writable = "writable" if os.access(existing, os.W_OK) else "not writable"
        lines.append(f"{folder}: {writable}, {len(list(folder.glob('*.o')))} entries")
    return "\n".join(lines)


def _in_step() -> str:
    from adadelta_gen.generate import differences

    found = differences(GENERATED, TEMPLATES)
    if found:
        raise RuntimeError(f"{len(found)} files are not what templates/ render: {REPAIR}")
    return f"in step with templates/, {len(ALL_SPECS)} kernels"


def _cuda() -> str:
    from adadelta_gen.cuda import ptx
    from adadelta_gen.registry import target

    if outdated := ptx.outdated():
        raise RuntimeError(f"{len(outdated)} compiled kernels are outdated: {REPAIR}")
    return target("cuda").unavailable() or "the driver can be used"


CHECKS: dict[str, Callable[[], str]] = {
    **{name: partial(_version_of, name) for name in ("python", "torch", "numba", "llvmlite")},
    "CPU": _cpu,
    "CPU features": _features,
    "threads": _threads,
    "kernel caches": _caches,
    "generated/": _in_step,
    "CUDA": _cuda,
}


def doctor() -> None:
    """Say what this installation runs on, and what is wrong with it."""
    table = Table(box=box.MARKDOWN)
    table.add_column("what")
    table.add_column("finding", overflow="fold")
    wrong = []
    for what, check in CHECKS.items():
        try:
            table.add_row(what, check())
        except Exception as error:  # whatever is broken, the other checks are still wanted
            table.add_row(what, f"WRONG: {error}")
            wrong.append(what)
    new_console().print(table)
    if wrong:
        fail(f"to be repaired: {', '.join(wrong)}")
