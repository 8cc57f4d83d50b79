"""``explain``: what updates the parameters of a checkpoint or of an optimizer."""

import difflib
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from adadelta_gen.commands.console import fail, new_console


def explain(
    what: Annotated[
        str,
        typer.Argument(
            metavar="CHECKPOINT|MODULE:FUNCTION",
            help="A file of torch.save that contains the state_dict of an Adadelta; or a function "
            "without arguments that returns an optimizer or a model.",
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Show which kernels update the parameters, and which ones torch would update and why."""
    console = new_console()
    with console.status("importing torch") as status:
        import torch  # noqa: F401

        status.update(f"reading {what}")
        if Path(what).exists() or ":" not in what:
            _explain_checkpoint(console, Path(what), as_json)
        else:
            _explain_function(console, what, as_json)


def _explain_checkpoint(console: Console, path: Path, as_json: bool) -> None:
    from adadelta_gen.commands.checkpoint import CheckpointError, described, read

    try:
        found = [described(place, state) for place, state in read(path).items()]
    except CheckpointError as error:
        fail(f"{path}: {error}")
    if as_json:
        typer.echo(json.dumps([checkpoint.as_dict() for checkpoint in found], indent=1))
        return
    for checkpoint in found:
        where = f", {checkpoint.place}" if checkpoint.place else ""
        console.print(f"{path}{where}: {checkpoint.summary()}", soft_wrap=True)
        table = Table(box=box.MARKDOWN)
        for column in ("group", "parameters", *checkpoint.options):
            table.add_column(column)
        for row in checkpoint.groups:
            values = [str(row.options.get(option, "")) for option in checkpoint.options]
            table.add_row(str(row.group), str(row.parameters), *values)
        console.print(table)
        table = Table(box=box.MARKDOWN)
        for column in ("updated by", "state", "parameters", "elements", "because"):
            table.add_column(column, overflow="fold")
        for way in checkpoint.ways:
            kernel = way.kernel or "torch"
            table.add_row(kernel, way.dtype, str(way.parameters), f"{way.elements:,}", way.why)
        console.print(table)
        for note in checkpoint.notes:
            console.print(note, soft_wrap=True)


def _explain_function(console: Console, what: str, as_json: bool) -> None:
    import torch

    from adadelta_gen import Adadelta

    name, _, function = what.partition(":")
    sys.path.insert(0, str(Path.cwd()))
    made = _call(name, function)
    if isinstance(made, torch.nn.Module):
        made = Adadelta(made.named_parameters())
    if isinstance(made, torch.optim.Adadelta) and not isinstance(made, Adadelta):
        made = _ours(made)
    if not isinstance(made, Adadelta):
        fail(
            f"{what} returned {type(made).__name__}; it must return a torch.nn.Module, an "
            "adadelta_gen.Adadelta or a torch.optim.Adadelta"
        )
    try:
        rows = made.explain()
    except RuntimeError as error:
        fail(f"step() of this optimizer would raise an error: {error}")
    if as_json:
        typer.echo(json.dumps([vars(row) for row in rows], indent=1))
    else:
        console.print(str(rows), soft_wrap=True)


def _call(name: str, function: str) -> Any:
    try:
        found: Any = import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{name}.".startswith(f"{error.name}."):
            raise
        fail(f"no module {name!r} in this folder or on sys.path", code=2)
    for part in function.split("."):
        if not hasattr(found, part):
            near = difflib.get_close_matches(part, dir(found), n=3)
            near_ones = f"; did you mean: {', '.join(near)}?" if near else ""
            fail(f"{name} has no {function!r}{near_ones}", code=2)
        found = getattr(found, part)
    if not callable(found):
        fail(f"{name}:{function} is of type {type(found).__name__}, not a function", code=2)
    return found()


def _ours(optimizer: Any) -> Any:
    """Return an ``adadelta_gen.Adadelta`` with the parameters, groups and states of torch's."""
    from adadelta_gen.optimizer import OPTIONS, Adadelta

    groups = optimizer.param_groups  # with options of ours, if it loaded a checkpoint of ours
    made = Adadelta([{k: v for k, v in g.items() if k not in OPTIONS} for g in groups])
    made.load_state_dict(optimizer.state_dict())
    return made
