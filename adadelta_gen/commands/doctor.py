"""``doctor``: check an installation, and show how to repair each problem.

A check returns its finding, or raises an exception. If it knows the remedy, it raises ``Problem``.
"""

import json
import platform
import re
import sys
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich import box
from rich.table import Table

from adadelta_gen.bench.environment import cpu_model, version_of
from adadelta_gen.commands.console import fail, new_console
from adadelta_gen.paths import GENERATED, IS_CHECKOUT, REPAIR, TEMPLATES, GeneratedCodeError
from adadelta_gen.spec import ALL_SPECS

# CPU features that make kernels faster, by the architecture in LLVM's triple.
FEATURES = {"x86_64": ("avx2", "avx512f", "fma", "f16c"), "aarch64": ("neon", "sve", "sve2", "lse")}
# The dependencies of the package, as in pyproject.toml.
NEEDED = {"torch": "torch>=2.11", "numpy": "numpy>=1.26", "llvmlite": "llvmlite>=0.45"}
REPORT = "report it: https://github.com/adadelta-gen/adadelta-gen/issues"


class Problem(RuntimeError):
    """A problem and its remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.remedy = remedy


class Finding(NamedTuple):
    """A row: what was checked, whether it is correct, the finding, and the remedy if it is not."""

    what: str
    is_ok: bool
    finding: str
    remedy: str = ""


def _python() -> str:
    return f"{platform.python_version()}, {sys.executable}"


def _needed(name: str) -> str:
    remedy = f"{sys.executable} -m pip install '{NEEDED[name]}'"
    try:
        found = version_of(name)  # imports it; metadata alone do not show that this works
    except Exception as error:  # without its library, llvmlite raises an OSError
        raise Problem(f"cannot be imported: {error}", remedy) from error
    least = NEEDED[name].partition(">=")[2]
    if least and _numbers(found) < _numbers(least):
        raise Problem(f"{found} is too old", remedy)
    return found


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)[:2]))


def _version_if_installed(name: str) -> str:
    if find_spec(name) is None:
        return "not installed; only `generate` needs it"
    return version_of(name)


def _cpu() -> str:
    from adadelta_gen.native.machine import host

    return f"{cpu_model()}, LLVM name: {host().name}"


def _features() -> str:
    from adadelta_gen.native.machine import host

    architecture = host().triple.split("-")[0].replace("arm64", "aarch64")
    names = FEATURES.get(architecture, ())
    found = ", ".join(f"{name}: {'yes' if host().has(name) else 'no'}" for name in names)
    return found or f"unknown for {architecture}"


def _native_code() -> str:
    from adadelta_gen.native import code, machine

    if why := code.unavailable():
        remedy = f"{sys.executable} -m pip install --upgrade '{NEEDED['llvmlite']}'"
        raise Problem(f"torch updates all parameters: {why}", remedy)
    by = "instructions" if machine.has_half_conversions(machine.host()) else "arithmetic"
    return f"compiled from LLVM IR in this process; float16 is converted by {by}"


def _threads() -> str:
    import torch

    from adadelta_gen.native.shim import threads_description, unavailable

    if why := unavailable():
        remedy = f"{sys.executable} -m pip install --upgrade torch; if that does not help, {REPORT}"
        raise Problem(f"torch updates all parameters: {why}", remedy)
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
        raise Problem(f"{len(found)} files differ from what templates/ render", REPAIR)
    return f"up to date with templates/, {len(ALL_SPECS)} kernels"


def _step() -> str:
    import torch

    from adadelta_gen import Adadelta

    updated = []
    for dtype in (torch.float32, torch.float64, torch.bfloat16, torch.float16):
        params = [torch.nn.Parameter(torch.linspace(-1, 1, 100).to(dtype)) for _ in range(2)]
        for param in params:
            param.grad = torch.linspace(-2, 3, 100).to(dtype)
        Adadelta(params[:1], fused=True, eps=1e-3).step()
        torch.optim.Adadelta(params[1:], eps=1e-3).step()
        tolerance = 64 * torch.finfo(dtype).eps
        if not torch.allclose(params[0], params[1], rtol=tolerance, atol=tolerance):
            raise Problem(f"a step in {dtype} differs from that of torch's Adadelta", REPORT)
        updated.append(str(dtype).removeprefix("torch."))
    return f"agrees with torch's in {', '.join(updated)}"


def _cuda() -> str:
    import torch

    from adadelta_gen.registry import target

    why = target("cuda").unavailable()
    if not why:
        return "the driver can be used"
    if not torch.cuda.is_available():
        return why
    bindings = f"{sys.executable} -m pip install 'adadelta-gen[cuda]'"
    raise Problem(f"torch updates parameters on GPUs: {why}", bindings)


CHECKS: dict[str, Callable[[], str]] = {
    "python": _python,
    **{name: partial(_needed, name) for name in NEEDED},
    **{name: partial(_version_if_installed, name) for name in ("numba", "jinja2")},
    "CPU": _cpu,
    "CPU features": _features,
    "native code": _native_code,
    "threads": _threads,
    "generated/": _generated,
    "a step": _step,
    "CUDA": _cuda,
}


def _found(what: str) -> Finding:
    try:
        return Finding(what, True, CHECKS[what]())
    except Problem as problem:
        return Finding(what, False, str(problem), problem.remedy)
    except GeneratedCodeError as error:
        return Finding(what, False, str(error).removesuffix(f": {REPAIR}"), REPAIR)
    except Exception as error:  # the other checks still run
        remedy = f"repair the cause named above; if that does not help, {REPORT}"
        return Finding(what, False, str(error), remedy)


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Check this installation, and show how to repair each problem.

    Prints versions, CPU features and whether native code and CUDA can be used. The exit status is 1
    if there is a problem.
    """
    console = new_console()
    findings = []
    with console.status("checking the installation") as status:
        for what in CHECKS:
            status.update(f"checking: {what}")
            findings.append(_found(what))
    wrong = [finding for finding in findings if not finding.is_ok]
    if as_json:
        typer.echo(json.dumps([finding._asdict() for finding in findings], indent=1))
    else:
        table = Table(box=box.MARKDOWN)
        for column in ("check", "result", "finding"):
            table.add_column(column, overflow="fold")
        for finding in findings:
            table.add_row(finding.what, "ok" if finding.is_ok else "PROBLEM", finding.finding)
        console.print(table)
        for finding in wrong:
            console.print(f"{finding.what}: {finding.remedy}", soft_wrap=True)
    if wrong:
        fail(f"problems with: {', '.join(finding.what for finding in wrong)}")
