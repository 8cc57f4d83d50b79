"""``generate``: render templates to sources, and compile sources to LLVM IR and PTX."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import track

from adadelta_gen.commands.console import fail, need, new_console, print_code
from adadelta_gen.paths import GENERATED, REPAIR, ROOT, TEMPLATES, GeneratedCodeError
from adadelta_gen.spec import ALL_SPECS

if TYPE_CHECKING:
    from adadelta_gen.generate.compiled import Track
    from adadelta_gen.generate.generators import Folders


def generate(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail if generated/ is not up to date.")
    ] = False,
) -> None:
    """Render templates/ into generated/, and compile what changed."""
    need("generate", "jinja2", extra="generate")
    import jinja2

    from adadelta_gen.generate.generators import Folders

    if not isinstance(ROOT, Path):
        fail("generate writes files, which is not possible in an archive")
    folders = Folders(ROOT, Path(str(GENERATED)), Path(str(TEMPLATES)))
    try:
        (_check if check else _write)(new_console(), folders)
    except jinja2.TemplateError as error:
        fail(f"the templates do not render: {error}")
    except (GeneratedCodeError, OSError) as error:
        fail(str(error))


def _write(console: Console, folders: "Folders") -> None:
    from adadelta_gen.generate.generators import GENERATORS

    changed = 0
    for generator in GENERATORS:
        for difference in generator.write(folders, partial(_tracker, console)):
            was = {"missing": "added", "stale": "removed", "changed": "rewritten"}[difference.kind]
            console.print(f"{was}: {difference.path}", soft_wrap=True)
            changed += 1
    console.print(f"{len(ALL_SPECS)} kernels up to date with templates/, {changed} files changed")


def _check(console: Console, folders: "Folders") -> None:
    from adadelta_gen.generate.generators import GENERATORS

    for generator in GENERATORS:
        found = generator.differences(folders, partial(_tracker, console))
        for difference in found:
            console.print(f"{difference.kind}: {difference.path}", soft_wrap=True)
            print_code(console, difference.diff, "diff")
        if found:
            fail(f"{generator.what}: {len(found)} files are not up to date: {REPAIR}")
        but = f", {left_out}" if (left_out := generator.unchecked()) else ""
        console.print(f"{generator.what}: up to date{but}", soft_wrap=True)


def _tracker(console: Console, description: str) -> "Track":
    def shown(made: Iterable[str], total: int) -> Iterable[str]:
        is_watched = console.is_terminal
        return track(made, description, total=total, console=console, disable=not is_watched)

    return shown
