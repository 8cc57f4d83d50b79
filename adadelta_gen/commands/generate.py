"""``generate``: templates to sources, sources to LLVM IR and PTX."""

from collections.abc import Iterable
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
    from adadelta_gen.generate.files import Difference

KINDS = {"ll": "LLVM IR", "ptx": "PTX"}


def generate(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail if generated/ is out of step.")
    ] = False,
) -> None:
    """Render templates/ into generated/ and compile what was rendered."""
    need("generate", "jinja2", extra="generate")
    import jinja2

    if not isinstance(ROOT, Path):
        fail("generate writes files: the package must not be in an archive")
    generated, templates = Path(str(GENERATED)), Path(str(TEMPLATES))
    try:
        (_check if check else _write)(new_console(), generated, templates, ROOT)
    except jinja2.TemplateError as error:
        fail(f"the templates do not render: {error}")
    except GeneratedCodeError as error:
        fail(str(error))


def _write(console: Console, generated: Path, templates: Path, root: Path) -> None:
    from adadelta_gen.generate import compiled, readme, sources, toolchain

    found = sources.write(generated, templates)
    changed = {f"generated/{d.path}": d.kind for d in found}
    changed |= {d.path: d.kind for d in readme.write(root)}
    for kind, words in KINDS.items():
        outdated = compiled.outdated(kind, generated)
        if outdated and (missing := toolchain.missing(kind)):
            fail(
                f"{len(outdated)} texts of {words} have to be compiled, which takes {missing}: "
                "pip install -e '.[generate]'"
            )
        found = compiled.write(kind, generated, _tracker(console, f"compiling {words}"))
        changed |= {f"generated/{d.path}": d.kind for d in found}
    for path, kind in changed.items():
        was = {"missing": "added", "stale": "removed", "changed": "rewritten"}[kind]
        console.print(f"{was}: {path}", soft_wrap=True)
    console.print(f"{len(ALL_SPECS)} kernels in step with templates/, {len(changed)} files changed")


def _check(console: Console, generated: Path, templates: Path, root: Path) -> None:
    from adadelta_gen.generate import compiled, readme, sources, toolchain

    found = sources.differences(generated, templates)
    _report(console, found, "generated/ is not what templates/ render")
    _report(console, readme.differences(root), "the table of kernels in README.md is outdated")
    console.print("generated/ is in step with templates/")
    for kind, words in KINDS.items():
        if outdated := compiled.outdated(kind, generated):
            names = ", ".join(text.name for text in outdated)
            fail(f"{words} is not made from its source: {names}: {REPAIR}")
        if missing := toolchain.missing(kind):
            console.print(
                f"{words} belongs to its sources; not compiled anew, which takes {missing}"
            )
            continue
        found = compiled.differences(kind, generated, _tracker(console, f"compiling {words} anew"))
        _report(console, found, f"{words} is not what its source compiles to")
        console.print(f"{words} is what its sources compile to")


def _report(console: Console, found: "list[Difference]", what: str) -> None:
    for difference in found:
        console.print(f"{difference.kind}: {difference.path}", soft_wrap=True)
        print_code(console, difference.diff, "diff")
    if found:
        fail(f"{what} in {len(found)} files: {REPAIR}")


def _tracker(console: Console, description: str) -> "Track":
    def shown(made: Iterable[str], total: int) -> Iterable[str]:
        return track(made, description, total=total, console=console)

    return shown
