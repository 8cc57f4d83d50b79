"""What commands share: output, and errors that end a command."""

import difflib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn
from rich.syntax import Syntax

LOG_WIDTH = 170  # of a table that goes to a file or a log, which would otherwise get 80 columns


def new_console() -> Console:
    """Return a console that prints as is, and wide where nobody watches."""
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = max(console.width, LOG_WIDTH)
    return console


def progress_bars(console: Console) -> Progress:
    """Return bars that count, one a task."""
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console)


@contextmanager
def announcing(console: Console) -> Iterator[Callable[[str], None]]:
    """Show what is being measured."""
    with console.status("measuring") as status:

        def announce(what: str) -> None:
            status.update(what)
            if not console.is_terminal:
                console.print(f"measuring: {what}")

        yield announce


def print_code(console: Console, text: str, language: str) -> None:
    """Print a text, in colours where somebody watches, else unchanged."""
    if not console.is_terminal:
        typer.echo(text, nl=False)
        return
    code = Syntax("", language, theme="ansi_dark", background_color="default").highlight(text)
    console.print(code, soft_wrap=True, end="")


def need(command: str, *modules: str, extra: str) -> None:
    """Fail if one of these modules is not installed, and name the extra that brings it."""
    from importlib.util import find_spec

    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        fail(f"{command} needs {', '.join(missing)}: pip install 'adadelta-gen[{extra}]'")


def unknown(what: str, name: str, known: Iterable[str]) -> NoReturn:
    """Fail for a name that is none of the known ones, and say which come near."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=4, cutoff=0.5) or names
    fail(f"no {what} is called {name!r}; near: {', '.join(near)}", code=2)


def refuse(options: dict[str, object], why: str) -> None:
    """Fail if one of these options was given."""
    for option, value in options.items():
        if value is not None:
            fail(f"{option} {why}", code=2)


def warn_if_disturbed(cpus: float, what: str, threads: int | None = None) -> None:
    """Warn if other programs got in the way of what was measured."""
    from adadelta_gen.bench.disturbance import too_much

    if too_much(cpus, threads):
        typer.echo(f"warning: do not trust {what}: others kept {cpus:.1f} CPUs busy", err=True)


def fail(message: str, code: int = 1) -> NoReturn:
    """End the command with an error."""
    typer.echo(f"error: {message}", err=True)
    raise typer.Exit(code)
