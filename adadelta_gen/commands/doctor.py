"""``doctor``: what an installation runs on.

A check returns what it found, and raises where that is wrong.
"""

import platform
import sys
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from rich import box
from rich.table import Table

from adadelta_gen.bench.environment import cpu_model, version_of
from adadelta_gen.commands.console import fail, new_console
from adadelta_gen.paths import GENERATED, IS_CHECKOUT, REPAIR, TEMPLATES
from adadelta_gen.spec import ALL_SPECS

# What the kernels gain from, by the architecture in LLVM's triple.
FEATURES = {"x86_64": ("avx2", "avx512f", "fma", "f16c"), "aarch64": ("neon", "sve", "sve2", "lse")}


def _version_of(name: str) -> str:
    if name == "python":
        return f"{platform.python_version()}, {sys.executable}"
    return version_of(name)  # which imports it: metadata do not mean that it can be used


def _version_if_installed(name: str) -> str:
    if find_spec(name) is None:
        return "not installed; only `generate` needs it"
    return _version_of(name)


def _cpu() -> str:
    from adadelta_gen.native.machine import host

    return f"{cpu_model()}, to LLVM: {host().name}"


def _features() -> str:
    from adadelta_gen.native.machine import host

    architecture = host().triple.split("-")[0].replace("arm64", "aarch64")
    names = FEATURES.get(architecture, ())
    found = ", ".join(f"{name}: {'yes' if host().has(name) else 'no'}" for name in names)
    return found or f"not known for {architecture}"


def _native_code() -> str:
    from adadelta_gen.native import code, machine

    if why := code.unavailable():
        raise RuntimeError(f"torch updates all parameters: {why}")
    by = "by the CPU" if machine.has_half_conversions(machine.host()) else "by arithmetic"
    return f"made of LLVM IR in this process; float16 is converted {by}"


def _threads() -> str:
    import torch

    from adadelta_gen.native.shim import threads_description, unavailable

    if why := unavailable():
        raise RuntimeError(f"torch updates all parameters: {why}")
    return f"{torch.get_num_threads()}, {threads_description()}"


def _generated() -> str:
    from adadelta_gen.committed import prove
    from adadelta_gen.cpu import kernels as cpu
    from adadelta_gen.cuda import kernels as cuda
    from adadelta_gen.native.code import STEP

    for text in (STEP, *cpu.texts(), *cuda.texts()):
        prove(text, IS_CHECKOUT)
    if not IS_CHECKOUT or find_spec("jinja2") is None:
        return f"undamaged, {len(ALL_SPECS)} kernels"
    from adadelta_gen.generate import sources

    if found := sources.differences(Path(str(GENERATED)), Path(str(TEMPLATES))):
        raise RuntimeError(f"{len(found)} files are not what templates/ render: {REPAIR}")
    return f"in step with templates/, {len(ALL_SPECS)} kernels"


def _cuda() -> str:
    from adadelta_gen.registry import target

    return target("cuda").unavailable() or "the driver can be used"


CHECKS: dict[str, Callable[[], str]] = {
    **{name: partial(_version_of, name) for name in ("python", "torch", "numpy", "llvmlite")},
    **{name: partial(_version_if_installed, name) for name in ("numba", "jinja2")},
    "CPU": _cpu,
    "CPU features": _features,
    "native code": _native_code,
    "threads": _threads,
    "generated/": _generated,
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
