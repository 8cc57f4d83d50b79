"""``precision``: trainings in float32, bfloat16 and float16."""

import os
from pathlib import Path
from typing import Annotated

import typer

from adadelta_gen.commands.console import (
    fail,
    need,
    need_writable,
    new_console,
    progress_bars,
    unknown,
)


def precision(
    data: Annotated[
        Path | None,
        typer.Option(help="Folder with MNIST's four files. By default scikit-learn's digits."),
    ] = None,
    network: Annotated[
        list[str] | None, typer.Option(help="MLP or CNN; may be given repeatedly. By default both.")
    ] = None,
    epochs: Annotated[
        int | None, typer.Option(min=1, help="By default 120, with --data 5.")
    ] = None,
    batch_size: Annotated[int, typer.Option(min=1)] = 32,
    lr: Annotated[float, typer.Option(min=0)] = 1.0,
    rho: Annotated[float, typer.Option(min=0, max=1)] = 0.9,
    eps: Annotated[
        list[float] | None, typer.Option(min=0, help="May be given repeatedly. By default 1e-6.")
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, help="Number of seeds: 0, 1, ...")] = 3,
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
            help="File for a plot of the losses; all figures are written beside it as JSON."
        ),
    ] = Path("runs/precision.png"),
) -> None:
    """Train in float32, bfloat16 and float16, with torch's Adadelta and with this one."""
    need("precision", "matplotlib", "sklearn", extra="demo")
    need_writable(output)
    from adadelta_gen.demo import precision, precision_report
    from adadelta_gen.demo.data import DataError, bundled, mnist

    for name in network or []:
        if name not in precision.NETWORKS:
            unknown("network", name, precision.NETWORKS)
    try:
        digits = bundled() if data is None else mnist(data)
    except DataError as error:
        fail(str(error))
    networks = network or list(precision.NETWORKS)
    epochs = epochs or (120 if data is None else 5)
    all_settings = [
        precision.Settings(epochs, batch_size, lr, rho, value) for value in eps or [1e-6]
    ]
    console = new_console()
    console.print(digits.name, soft_wrap=True)
    with progress_bars(console) as progress:
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
    with console.status("measuring steps"):
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
