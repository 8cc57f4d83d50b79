"""``kernels`` and ``show``: what is generated."""

from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from adadelta_gen.commands.console import fail, new_console, print_code, unknown
from adadelta_gen.layout import GENERATED
from adadelta_gen.spec import ALL_SPECS, KernelSpec


def kernels() -> None:
    """List every kernel: what it is, whether its source is in step, and what the cache holds."""
    from adadelta_gen import registry
    from adadelta_gen.cuda import ptx

    table = Table(box=box.MARKDOWN)
    for column in (
        "name",
        "target",
        "dtype",
        "direction",
        "weight decay",
        "state",
        "rounding",
        "source",
        "cache entries",
    ):
        table.add_column(column)
    for spec in ALL_SPECS:
        try:
            registry.source(spec)
            if spec.target == "cuda":
                ptx.text(spec, GENERATED)
            source = "ready"
        except registry.GeneratedCodeError:
            source = "missing" if not _source_path(spec).exists() else "stale"
        table.add_row(
            spec.name,
            spec.target,
            spec.dtype,
            "maximize" if spec.maximize else "minimize",
            "L2" if spec.weight_decay else "none",
            spec.state_dtype,
            "stochastic" if spec.stochastic else "nearest",
            source,
            str(_cache_entries(spec.name)) if spec.target == "cpu" else "PTX",
        )
    new_console().print(table)


def _source_path(spec: KernelSpec) -> Path:
    return GENERATED / spec.target / f"{spec.name}.py"


def _cache_entries(name: str) -> int:
    from adadelta_gen.native.cache import folders

    return sum(len(list(folder.glob(f"{name}-*.o"))) for folder in folders())


def show(
    name: Annotated[str, typer.Argument(help="Name of a kernel, as `kernels` lists them.")],
    asm: Annotated[
        bool, typer.Option("--asm", help="Show the machine code for this CPU, or the PTX.")
    ] = False,
) -> None:
    """Print the generated source of a kernel, or its assembly."""
    from adadelta_gen import registry

    specs = {spec.name: spec for spec in ALL_SPECS}
    if name not in specs:
        unknown("kernel", name, specs)
    try:
        source = registry.source(specs[name])
    except registry.GeneratedCodeError as error:
        fail(str(error))
    if not asm:
        print_code(new_console(), source, "python")
        return
    if specs[name].target == "cuda":
        from adadelta_gen.cuda import ptx

        print_code(new_console(), ptx.read(specs[name], source, GENERATED), "ptx")
        return
    from adadelta_gen.cpu.kernels import function
    from adadelta_gen.native.compile import assembly

    print_code(new_console(), assembly(function(specs[name]), name), "gas")
