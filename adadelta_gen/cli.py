"""The command line. Commands import what they need, so that ``--help`` waits for nothing."""

import difflib
import os
import shlex
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn, track
from rich.syntax import Syntax
from rich.table import Table

from adadelta_gen import __version__
from adadelta_gen.layout import GENERATED, REPAIR, TEMPLATES
from adadelta_gen.spec import ALL_SPECS, DTYPES, TARGETS, KernelSpec, specs_of

if TYPE_CHECKING:
    from adadelta_gen.demo.data import Digits
    from adadelta_gen.generate import Difference

LOG_WIDTH = 170  # of a table that goes to a file or a log, which would otherwise get 80 columns

app = typer.Typer(
    help="The fused Adadelta that PyTorch does not have: its kernels, and proof that they work.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def main(
    show_version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    pass


@app.command()
def generate(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail if generated/ is out of step.")
    ] = False,
    warm: Annotated[
        bool, typer.Option(help="Compile all kernels into the kernel cache afterwards.")
    ] = True,
) -> None:
    """Render templates/ into generated/ and compile what was rendered."""
    import jinja2

    from adadelta_gen import generate

    try:
        found = (generate.differences if check else generate.write)(GENERATED, TEMPLATES)
    except jinja2.TemplateError as error:
        _fail(f"the templates do not render: {error}")
    console = _console()
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
        _print_code(console, difference.diff, "diff")
    if differences:
        _fail(f"generated/ is not what templates/ render in {len(differences)} files: {REPAIR}")
    console.print("generated/ is in step with templates/")


def _compile_outdated_ptx(console: Console) -> None:
    from adadelta_gen.cuda import ptx
    from adadelta_gen.cuda.build import missing_toolchain

    outdated = ptx.outdated(GENERATED)
    if outdated and (missing := missing_toolchain()):
        _fail(
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
        _fail(f"PTX is not what its source compiles to: {', '.join(wrong)}; delete it and {REPAIR}")
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


@app.command()
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
    _console().print(table)


def _source_path(spec: KernelSpec) -> Path:
    return GENERATED / spec.target / f"{spec.name}.py"


def _cache_entries(name: str) -> int:
    from adadelta_gen.native.cache import folders

    return sum(len(list(folder.glob(f"{name}-*.o"))) for folder in folders())


@app.command()
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
        _unknown("kernel", name, specs)
    try:
        source = registry.source(specs[name])
    except registry.GeneratedCodeError as error:
        _fail(str(error))
    if not asm:
        _print_code(_console(), source, "python")
        return
    if specs[name].target == "cuda":
        from adadelta_gen.cuda import ptx

        _print_code(_console(), ptx.read(specs[name], source, GENERATED), "ptx")
        return
    from adadelta_gen.cpu.kernels import function
    from adadelta_gen.native.compile import assembly

    _print_code(_console(), assembly(function(specs[name]), name), "gas")


@app.command()
def doctor() -> None:
    """Say what this installation runs on, and what is wrong with it."""
    from adadelta_gen.doctor import CHECKS

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
    _console().print(table)
    if wrong:
        _fail(f"to be repaired: {', '.join(wrong)}")


@app.command()
def train(
    data: Annotated[
        Path | None,
        typer.Option(help="Folder with MNIST's four files; by default scikit-learn's digits."),
    ] = None,
    epochs: Annotated[
        int | None, typer.Option(min=1, help="By default 30, and 3 with --data.")
    ] = None,
    batch_size: Annotated[int, typer.Option(min=1)] = 64,
    seed: Annotated[int, typer.Option(help="Of initial parameters and order of images.")] = 0,
    threads: Annotated[int | None, typer.Option(min=1, help="By default what torch takes.")] = None,
    output: Annotated[
        Path | None,
        typer.Option(help="Where to draw the losses; by default runs/demo.png."),
    ] = None,
    distributed: Annotated[
        str | None,
        typer.Option(help="ddp or fsdp2: train one network, on the ranks of torchrun."),
    ] = None,
    network: Annotated[
        str | None, typer.Option(help="With --distributed: MLP (by default) or CNN.")
    ] = None,
    checkpoint: Annotated[
        Path | None,
        typer.Option(help="With --distributed: folder to save to, and to go on from."),
    ] = None,
    save_every: Annotated[
        int | None,
        typer.Option(min=1, help="With --checkpoint: steps; by default those of an epoch."),
    ] = None,
) -> None:
    """Train two networks on handwritten digits, each with our Adadelta and with torch's.

    With --distributed, train one of them on several ranks with ours, and resume where it stopped.
    """
    only_distributed = {"--network": network, "--checkpoint": checkpoint}
    if distributed is None:
        _refuse(only_distributed | {"--save-every": save_every}, "goes with --distributed only")
        _need("matplotlib", "sklearn")
    else:
        _refuse({"--output": output}, "draws the comparison and does not go with --distributed")
        _need("sklearn")
        _check_ranks(distributed)
    if checkpoint is None:
        _refuse({"--save-every": save_every}, "goes with --checkpoint only")
    import torch

    from adadelta_gen.demo.data import DataError, bundled, mnist

    if threads is not None:
        torch.set_num_threads(threads)
    try:
        digits = bundled() if data is None else mnist(data)
    except DataError as error:
        _fail(str(error))
    epochs = epochs or (30 if data is None else 3)
    if distributed is None:
        _compare(digits, epochs, batch_size, seed, output or Path("runs/demo.png"))
    else:
        _train_on_ranks(
            distributed, network or "MLP", digits, epochs, batch_size, seed, checkpoint, save_every
        )


def _compare(digits: "Digits", epochs: int, batch_size: int, seed: int, output: Path) -> None:
    from adadelta_gen.bench.disturbance import Watch
    from adadelta_gen.demo import report
    from adadelta_gen.demo.compare import Comparison, compare, steps
    from adadelta_gen.demo.models import MODELS

    console = _console()
    console.print(digits.name, soft_wrap=True)
    watch = Watch()
    comparisons: dict[str, Comparison] = {}
    with _progress(console) as progress:
        total = steps(digits, epochs, batch_size)
        tasks = {name: progress.add_task(name, total=total) for name in MODELS}
        for name, network in MODELS.items():
            comparisons[name] = compare(
                network,
                digits,
                epochs,
                batch_size,
                seed,
                advance=lambda task=tasks[name]: progress.advance(task),  # type: ignore[misc]
            )
    disturbance = watch.cpus()
    console.print(report.table(comparisons))
    _warn_if_disturbed(disturbance, "these times")
    report.picture(comparisons, digits.name, output)
    console.print(f"losses drawn: {output}", soft_wrap=True)


def _check_ranks(kind: str) -> None:
    import torch

    if not torch.distributed.is_available():
        _fail("--distributed: torch is built without torch.distributed")
    from adadelta_gen.demo.distributed import KINDS, LAUNCHED

    if kind not in KINDS:
        _unknown("kind of distributed training", kind, KINDS)
    if not os.environ.keys() >= LAUNCHED:
        command = f"-m adadelta_gen {shlex.join(sys.argv[1:])}"
        _fail(f"--distributed is for torchrun: torchrun --standalone --nproc-per-node 2 {command}")
    gpus = torch.cuda.device_count() if torch.cuda.is_available() else None
    if gpus is not None and int(rank := os.environ["LOCAL_RANK"]) >= gpus:
        _fail(f"local rank {rank} has no GPU, for there is {gpus}; CUDA_VISIBLE_DEVICES= for none")


def _train_on_ranks(
    kind: str,
    network: str,
    digits: "Digits",
    epochs: int,
    batch_size: int,
    seed: int,
    folder: Path | None,
    save_every: int | None,
) -> None:
    import torch.distributed as dist

    from adadelta_gen.demo.checkpoints import CheckpointError, Checkpoints
    from adadelta_gen.demo.distributed import Training, process_group, settings
    from adadelta_gen.demo.distributed_report import table
    from adadelta_gen.demo.models import MODELS

    if network not in MODELS:
        _unknown("network", network, MODELS)
    same = settings(network, digits, batch_size, seed)
    checkpoints = None if folder is None else Checkpoints(folder, same)
    try:
        with process_group() as device:
            console = _console()
            console.quiet = dist.get_rank() != 0
            console.print(digits.name, soft_wrap=True)
            training = Training(
                kind, network, digits, epochs, batch_size, seed, device, checkpoints, save_every
            )
            if step := training.resume():
                console.print(f"{folder}: resumed after step {step}", soft_wrap=True)
            if step >= training.steps:
                console.print(f"all {training.steps} steps are done already")
            else:
                with _progress(console) as progress:
                    task = progress.add_task(network, total=training.steps, completed=step)
                    training.run(after_step=lambda step: progress.update(task, completed=step))
            console.print(table(kind, dist.get_world_size(), network, training.outcome()))
    except CheckpointError as error:
        _fail(str(error))


@app.command()
def precision(
    data: Annotated[
        Path | None,
        typer.Option(help="Folder with MNIST's four files; by default scikit-learn's digits."),
    ] = None,
    network: Annotated[
        list[str] | None, typer.Option(help="MLP or CNN; may be given repeatedly. By default both.")
    ] = None,
    epochs: Annotated[
        int | None, typer.Option(min=1, help="By default 120, and 5 with --data.")
    ] = None,
    batch_size: Annotated[int, typer.Option(min=1)] = 32,
    lr: Annotated[float, typer.Option(min=0)] = 1.0,
    rho: Annotated[float, typer.Option(min=0, max=1)] = 0.9,
    eps: Annotated[
        list[float] | None, typer.Option(min=0, help="May be given repeatedly. By default 1e-6.")
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, help="How many: 0, 1, ...")] = 3,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1, help="Trainings at a time, on a thread each. By default as many as CPUs."
        ),
    ] = None,
    output: Annotated[
        Path, typer.Option(help="Where to draw the losses; the figures go beside, as JSON.")
    ] = Path("runs/precision.png"),
) -> None:
    """Train in float32, bfloat16 and float16, with torch's Adadelta and with ours."""
    _need("matplotlib", "sklearn")
    from adadelta_gen.demo import precision, precision_report
    from adadelta_gen.demo.data import DataError, bundled, mnist

    for name in network or []:
        if name not in precision.NETWORKS:
            _unknown("network", name, precision.NETWORKS)
    try:
        digits = bundled() if data is None else mnist(data)
    except DataError as error:
        _fail(str(error))
    networks = network or list(precision.NETWORKS)
    epochs = epochs or (120 if data is None else 5)
    all_settings = [
        precision.Settings(epochs, batch_size, lr, rho, value) for value in eps or [1e-6]
    ]
    console = _console()
    console.print(digits.name, soft_wrap=True)
    with _progress(console) as progress:
        trainings = len(all_settings) * len(networks) * seeds * len(precision.VARIANTS)
        task = progress.add_task("trainings", total=trainings)
        panels = precision.compare(
            networks,
            digits,
            all_settings,
            range(seeds),
            jobs or os.cpu_count() or 1,
            lambda: progress.advance(task),
        )
    costs = precision.costs(precision.STEP_CASE)
    for panel in panels:
        console.print(precision_report.table(panel))
    console.print(precision_report.cost_table(costs))
    precision_report.picture(panels, digits.name, output)
    figures = output.with_suffix(".json")
    options: list[tuple[str, object]] = [("--data", data), ("--epochs", epochs)]
    options += [("--batch-size", batch_size), ("--lr", lr), ("--rho", rho), ("--seeds", seeds)]
    options += [("--eps", settings.eps) for settings in all_settings]
    options += [("--network", name) for name in networks]
    options += [("--output", output)]
    given = " ".join(f"{option} {value}" for option, value in options if value is not None)
    precision_report.write(figures, f"adadelta-gen precision {given}", digits.name, panels, costs)
    console.print(f"written: {output}, {figures}", soft_wrap=True)


@app.command()
def bench(
    case: Annotated[
        list[str] | None,
        typer.Option(
            help="Measure this case only; may be given repeatedly. The case changes measures "
            "what a step costs when something changed before it."
        ),
    ] = None,
    dtype: Annotated[
        str | None, typer.Option(help="Measure in this dtype, ResNet-50 unless --case is given.")
    ] = None,
    seconds: Annotated[
        float, typer.Option(min=0, help="About how long to measure a case (5 rounds at least).")
    ] = 10,
    compiled: Annotated[
        bool, typer.Option("--compiled", help="Add torch.compile; needs a C++ compiler.")
    ] = False,
    steps_only: Annotated[
        bool,
        typer.Option(
            "--steps-only", help="Leave out overhead, memory seen from outside and start-up."
        ),
    ] = False,
    device: Annotated[str, typer.Option(help="cpu or cuda; on cuda, steps only.")] = "cpu",
    ranks: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Measure processes of a thread each instead, one alone and so many together, "
            "beside a copy of as many bytes; by default ResNet-50 and the MLP.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            help="Where to write the figures; a plot goes beside, but with --ranks. "
            "By default runs/bench.json or runs/ranks.json."
        ),
    ] = None,
) -> None:
    """Measure the step against torch's optimizers, side by side."""
    _need("matplotlib")
    from adadelta_gen.bench import cases, suite
    from adadelta_gen.bench.plot import plot
    from adadelta_gen.bench.report import tables
    from adadelta_gen.registry import target

    if ranks is not None and (compiled or device != "cpu"):
        _fail("--ranks measures on the CPU and without torch.compile", code=2)
    if compiled and not any(map(shutil.which, (os.environ.get("CXX", "c++"), "g++", "clang++"))):
        _fail("--compiled needs a C++ compiler")
    if device not in TARGETS:
        _unknown("device", device, TARGETS)
    if device == "cuda" and (why := target("cuda").unavailable()):
        _fail(f"--device cuda: {why}")
    if case == ["changes"] and device == "cpu" and ranks is None:
        _bench_changes(_console(), output or Path("runs/changes.json"))
        return
    known = {known.name: known for known in (cases.CASES, cases.CUDA_CASES)[device == "cuda"]}
    for name in case or []:
        if name not in known:
            _unknown("case", name, known)
    if dtype is not None and dtype not in DTYPES:
        _unknown("dtype", dtype, DTYPES)
    console = _console()
    if ranks is not None:
        _bench_ranks(console, ranks, case, dtype, seconds, output or Path("runs/ranks.json"))
        return
    chosen = cases.chosen(case or [], dtype, known.values())
    output = output or Path("runs/bench.json")
    with _announcing(console) as announce:
        report = suite.run(
            chosen, seconds, compiled, steps_only or device != "cpu", device, announce
        )
    for table in tables(report):
        console.print(table)
    for result in report.results:
        _warn_if_disturbed(result.disturbance, f"{result.title}, {result.dtype}")
    report.write(output)
    plot(report, output.with_suffix(".png"))
    console.print(f"written: {output}, {output.with_suffix('.png')}", soft_wrap=True)


def _bench_changes(console: Console, output: Path) -> None:
    from adadelta_gen.bench import changes
    from adadelta_gen.bench.report import changes_table

    with _announcing(console) as announce:
        report = changes.run(announce)
    console.print(changes_table(report))
    _warn_if_disturbed(report.disturbance, "changes")
    report.write(output)
    console.print(f"written: {output}", soft_wrap=True)


def _bench_ranks(
    console: Console,
    ranks: int,
    names: list[str] | None,
    dtype: str | None,
    seconds: float,
    output: Path,
) -> None:
    from concurrent.futures.process import BrokenProcessPool

    from adadelta_gen.bench import cases
    from adadelta_gen.bench.ranks import CASE_NAMES, run
    from adadelta_gen.bench.report import ranks_table

    names = names or list(CASE_NAMES)
    dtype = dtype or "float32"
    command = ["adadelta-gen bench", f"--ranks {ranks}", f"--dtype {dtype}"]
    command += [f"--case {name}" for name in names]
    command += [f"--seconds {seconds:g}", f"--output {output}"]
    chosen = cases.chosen(names, dtype, cases.CASES)
    try:
        with _announcing(console) as announce:
            report = run(chosen, ranks, seconds, " ".join(command), announce)
    except BrokenProcessPool:
        _fail("a rank was killed, for want of memory perhaps: take fewer ranks or a smaller --case")
    console.print(ranks_table(report))
    for result in report.results:
        _warn_if_disturbed(result.disturbance, f"{result.title}, {result.dtype}", ranks)
    report.write(output)
    console.print(f"written: {output}", soft_wrap=True)


@contextmanager
def _announcing(console: Console) -> Iterator[Callable[[str], None]]:
    """Show what is being measured."""
    with console.status("measuring") as status:

        def announce(what: str) -> None:
            status.update(what)
            if not console.is_terminal:
                console.print(f"measuring: {what}")

        yield announce


def _console() -> Console:
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = max(console.width, LOG_WIDTH)
    return console


def _progress(console: Console) -> Progress:
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console)


def _print_code(console: Console, text: str, language: str) -> None:
    code = Syntax("", language, theme="ansi_dark", background_color="default").highlight(text)
    console.print(code, soft_wrap=True, end="")


def _need(*modules: str) -> None:
    from importlib.util import find_spec

    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        _fail(f"{', '.join(missing)} missing: pip install 'adadelta-gen[demo]'")


def _unknown(what: str, name: str, known: Iterable[str]) -> NoReturn:
    names = list(known)
    near = difflib.get_close_matches(name, names, n=4, cutoff=0.5) or names
    _fail(f"no {what} is called {name!r}; near: {', '.join(near)}", code=2)


def _refuse(options: dict[str, object], why: str) -> None:
    for option, value in options.items():
        if value is not None:
            _fail(f"{option} {why}", code=2)


def _warn_if_disturbed(cpus: float, what: str, threads: int | None = None) -> None:
    from adadelta_gen.bench.disturbance import too_much

    if too_much(cpus, threads):
        typer.echo(f"warning: do not trust {what}: others kept {cpus:.1f} CPUs busy", err=True)


def _fail(message: str, code: int = 1) -> NoReturn:
    typer.echo(f"error: {message}", err=True)
    raise typer.Exit(code)
