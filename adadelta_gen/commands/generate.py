"""``generate``: templates to sources, sources to machine code."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import track

from adadelta_gen.commands.console import fail, need, new_console, print_code
from adadelta_gen.layout import GENERATED, REPAIR, TEMPLATES
from adadelta_gen.spec import ALL_SPECS, DTYPES, KernelSpec, specs_of

if TYPE_CHECKING:
    from adadelta_gen.generate import Difference


def generate(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail if generated/ is out of step.")
    ] = False,
    warm: Annotated[
        bool, typer.Option(help="Compile all kernels into the kernel cache afterwards.")
    ] = True,
) -> None:
    """Render templates/ into generated/ and compile what was rendered."""
    compiler = ("numba",) if warm and not check else ()
    need("generate", "jinja2", *compiler, extra="generate")
    import jinja2

    from adadelta_gen import generate

    try:
        found = (generate.differences if check else generate.write)(GENERATED, TEMPLATES)
    except jinja2.TemplateError as error:
        fail(f"the templates do not render: {error}")
    console = new_console()
    if check:
        _report_differences(console, found)
        _check_ptx(console)
        return
    for difference in found:
        was = {"missing": "added", "stale": "removed", "changed": "rewritten"}[difference.kind]
        console.print(f"{was}: generated/{difference.path}", soft_wrap=True)
    console.print(f"{len(ALL_SPECS)} kernels in step with templates/, {len(found)} files changed")
    _compile_outdated_ptx(console)
    if warm:
        _warm(console)


def _report_differences(console: Console, differences: "list[Difference]") -> None:
    for difference in differences:
        console.print(f"{difference.kind}: generated/{difference.path}", soft_wrap=True)
        print_code(console, difference.diff, "diff")
    if differences:
        fail(f"generated/ is not what templates/ render in {len(differences)} files: {REPAIR}")
    console.print("generated/ is in step with templates/")


def _compile_outdated_ptx(console: Console) -> None:
    from adadelta_gen.cuda import ptx
    from adadelta_gen.cuda.build import missing_toolchain

    outdated = ptx.outdated(GENERATED)
    if outdated and (missing := missing_toolchain()):
        fail(
            f"{len(outdated)} CUDA kernels have to be compiled, which takes {missing}: "
            "pip install -e '.[cuda-build]'"
        )
    if outdated:
        ptx.write(_compiled_ptx(outdated, "compiling PTX", console), GENERATED)


def _check_ptx(console: Console) -> None:
    from adadelta_gen.cuda import ptx
    from adadelta_gen.cuda.build import missing_toolchain

    wrong = [spec.name for spec in ptx.outdated(GENERATED)]
    if not wrong and (missing := missing_toolchain()):
        console.print(f"PTX belongs to its sources; not compiled anew, which takes {missing}")
        return
    if not wrong:
        specs = specs_of("cuda")
        texts = _compiled_ptx(specs, "compiling PTX anew", console)
        wrong = [spec.name for spec in specs if texts[spec.name] != ptx.text(spec, GENERATED)]
    if wrong:
        fail(f"PTX is not what its source compiles to: {', '.join(wrong)}; delete it and {REPAIR}")
    console.print("PTX is what its sources compile to")


def _compiled_ptx(
    specs: Sequence[KernelSpec], description: str, console: Console
) -> dict[str, str]:
    """Compile CUDA kernels, on all CPUs."""
    from adadelta_gen.cuda import ptx

    compiled = partial(ptx.compiled, generated=GENERATED)
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        texts = track(pool.map(compiled, specs), description, total=len(specs), console=console)
        return {spec.name: text for spec, text in zip(specs, texts, strict=True)}


def _warm(console: Console) -> None:
    from adadelta_gen import registry
    from adadelta_gen.cpu import kernels
    from adadelta_gen.native import code

    loads: list[Callable[[], object]] = [code.step]
    loads += [lambda dtype=dtype: kernels.nonfinite(dtype) for dtype in DTYPES]  # type: ignore[misc]
    loads += [lambda spec=spec: registry.load(spec) for spec in specs_of("cpu")]  # type: ignore[misc]
    for load in track(loads, "compiling", console=console):
        load()
