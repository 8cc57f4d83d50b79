"""Shared code of the commands: output, and errors that end a command."""

import difflib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn
from rich.syntax import Syntax

SOME = 12  # number of names in an error when none is similar
LOG_WIDTH = 170  # of a table in a file or a log, which would otherwise have 80 columns


def new_console(stderr: bool = False) -> Console:
    """Return a console without markup, which is wide unless it is a terminal."""
    console = Console(highlight=False, markup=False, stderr=stderr)
    if not console.is_terminal:
        console.width = max(console.width, LOG_WIDTH)
    return console


def progress_bars(console: Console) -> Progress:
    """Return progress bars with counts, which are shown on a terminal only."""
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal)


@contextmanager
def announcing(console: Console) -> Iterator[Callable[[str], None]]:
    """Show on a terminal what is being measured."""
    with console.status("measuring") as status:

        def announce(what: str) -> None:
            status.update(f"measuring: {what}")

        yield announce


def print_code(console: Console, text: str, language: str) -> None:
    """Print a text, in colours on a terminal, otherwise unchanged."""
    if not console.is_terminal:
        typer.echo(text, nl=False)
        return
    code = Syntax("", language, theme="ansi_dark", background_color="default").highlight(text)
    console.print(code, soft_wrap=True, end="")


def need(command: str, *modules: str, extra: str) -> None:
    """Fail if one of these modules is not installed, and name the extra that installs it."""
    from importlib.util import find_spec

    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        fail(f"{command} needs {', '.join(missing)}: pip install 'adadelta-gen[{extra}]'")


def need_writable(*paths: Path | None) -> None:
    """Make the folders of the files, and fail if a file cannot be written."""
    for path in paths:
        if path is None:
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            fail(f"{path} cannot be written: {error.strerror}: {error.filename}")
        place = path if path.exists() else path.parent
        if path.is_dir() or not os.access(place, os.W_OK):
            why = "it is a folder" if path.is_dir() else "no permission"
            fail(f"{path} cannot be written: {why}")


def unknown(what: str, name: str, known: Iterable[str]) -> NoReturn:
    """Fail because this name is unknown, and list similar names, or else some of the known ones."""
    names = list(known)
    if near := difflib.get_close_matches(name, names, n=4, cutoff=0.5):
        fail(f"unknown {what} {name!r}; did you mean: {', '.join(near)}?", code=2)
    others = f" and {len(names) - SOME} more" if len(names) > SOME else ""
    fail(f"unknown {what} {name!r}; choose from: {', '.join(names[:SOME])}{others}", code=2)


def refuse(options: dict[str, object], why: str) -> None:
    """Fail if one of these options was given."""
    for option, value in options.items():
        if value is not None:
            fail(f"{option} {why}", code=2)


def warn_if_disturbed(cpus: float, what: str, threads: int | None = None) -> None:
    """Warn if other programs disturbed the measurement."""
    from adadelta_gen.bench.disturbance import too_much

    if too_much(cpus, threads):
        typer.echo(
            f"warning: {what}: unreliable, other programs kept {cpus:.1f} CPUs busy", err=True
        )


def fail(message: str, code: int = 1) -> NoReturn:
    """End the command with an error."""
    typer.echo(f"error: {message}", err=True)
    raise typer.Exit(code)
