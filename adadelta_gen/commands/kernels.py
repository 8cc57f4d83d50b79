"""``kernels`` and ``show``: the generated kernels."""

import json
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from adadelta_gen import committed
from adadelta_gen.commands.console import fail, new_console, print_code, unknown
from adadelta_gen.committed import CompiledText
from adadelta_gen.paths import GENERATED, IS_CHECKOUT, GeneratedCodeError
from adadelta_gen.spec import ALL_SPECS, KernelSpec


def kernels(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """List all kernels, and whether their sources and compiled texts are up to date."""
    rows = [
        {
            "name": spec.name,
            "target": spec.target,
            "dtype": spec.dtype,
            "direction": "maximize" if spec.maximize else "minimize",
            "weight decay": "L2" if spec.weight_decay else "none",
            "state": spec.state_dtype,
            "rounding": "dithered" if spec.dithered else "nearest",
            "source": _state_of_source(spec),
            "compiled": _state_of_text(spec),
        }
        for spec in ALL_SPECS
    ]
    if as_json:
        typer.echo(json.dumps(rows, indent=1))
        return
    table = Table(*rows[0], box=box.MARKDOWN)
    for row in rows:
        table.add_row(*row.values())
    new_console().print(table)


def _state_of_source(spec: KernelSpec) -> str:
    try:
        committed.source(spec)
    except GeneratedCodeError:
        return "stale" if (GENERATED / spec.target / f"{spec.name}.py").is_file() else "missing"
    return "ready"


def _state_of_text(spec: KernelSpec) -> str:
    text = _text(spec)
    try:
        committed.load(text)
    except GeneratedCodeError:
        return "stale" if (GENERATED / text.file).is_file() else "missing"
    return "LLVM IR" if text.kind == "ll" else "PTX"


def _text(spec: KernelSpec) -> CompiledText:
    from adadelta_gen.cpu import kernels as cpu
    from adadelta_gen.cuda import kernels as cuda

    return cuda.kernel_text(spec) if spec.target == "cuda" else cpu.kernel_text(spec)


def show(
    name: Annotated[str, typer.Argument(help="Name of a kernel, as listed by `kernels`.")],
    ir: Annotated[bool, typer.Option("--ir", help="Show the LLVM IR of a CPU kernel.")] = False,
    asm: Annotated[
        bool, typer.Option("--asm", help="Show the machine code of a CPU kernel, as assembly.")
    ] = False,
    cpu: Annotated[
        str | None,
        typer.Option(help="With --asm: the CPU, by its LLVM name. By default this one."),
    ] = None,
    ptx: Annotated[bool, typer.Option("--ptx", help="Show the PTX of a CUDA kernel.")] = False,
) -> None:
    """Print the generated source of a kernel, or its compiled code."""
    specs = {spec.name: spec for spec in ALL_SPECS}
    if name not in specs:
        unknown("kernel", name, specs)
    spec = specs[name]
    if ir + asm + ptx > 1:
        fail("give only one of --ir, --asm and --ptx", code=2)
    if cpu is not None and not asm:
        fail("--cpu requires --asm", code=2)
    if spec.target == "cuda" and (ir or asm):
        fail(f"{name} is compiled to PTX; use --ptx", code=2)
    if spec.target == "cpu" and ptx:
        fail(f"{name} is compiled to LLVM IR; use --ir, or --asm for machine code", code=2)
    try:
        if IS_CHECKOUT or not (ir or asm or ptx):  # an installation needs no sources
            shown, language = committed.source(spec), "python"
        if ir or asm or ptx:
            shown, language = committed.load(_text(spec)), "ptx" if ptx else "llvm"
    except GeneratedCodeError as error:
        fail(str(error))
    if asm:
        shown, language = _assembly(shown, cpu), "gas"
    print_code(new_console(), shown, language)


def _assembly(ir: str, cpu: str | None) -> str:
    from adadelta_gen.native import code

    if why := code.import_error():
        fail(why)
    from adadelta_gen.native import machine

    if cpu is not None and cpu not in machine.CPUS:
        unknown("CPU", cpu, machine.CPUS)
    try:
        return machine.assembly(ir, machine.host() if cpu is None else machine.CPUS[cpu])
    except machine.CodeError as error:
        fail(f"{error}; {code.LLVMLITE} is needed")
