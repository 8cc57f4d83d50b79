"""``train``: train two networks in one process, each with two optimizers."""

from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adadelta_gen.commands.console import (
    fail,
    need,
    need_writable,
    new_console,
    progress_bars,
    refuse,
    warn_if_disturbed,
)
from adadelta_gen.commands.train_on_ranks import check_ranks, train_on_ranks

if TYPE_CHECKING:
    from adadelta_gen.demo.data import Digits

POINTS = 200  # of a curve of diagnostics
NEXT = """
Try it in your own project:  python -m adadelta_gen run train.py
Use it in your own project:  from adadelta_gen import Adadelta"""


def train(
    data: Annotated[
        Path | None,
        typer.Option(help="Folder with MNIST's four files. By default scikit-learn's digits."),
    ] = None,
    epochs: Annotated[int | None, typer.Option(min=1, help="By default 30, with --data 3.")] = None,
    batch_size: Annotated[int, typer.Option(min=1)] = 64,
    seed: Annotated[
        int, typer.Option(help="Seed of the initial parameters and the order of the images.")
    ] = 0,
    threads: Annotated[int | None, typer.Option(min=1, help="By default torch's setting.")] = None,
    lr: Annotated[float | None, typer.Option(min=0, help="By default 1.")] = None,
    rho: Annotated[float | None, typer.Option(min=0, max=1, help="By default 0.9.")] = None,
    eps: Annotated[
        list[float] | None, typer.Option(min=0, help="May be given repeatedly. By default 1e-6.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(help="File for a plot of the losses. By default runs/demo.png."),
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option(help="File for a plot of optimizer.diagnostics(). By default none."),
    ] = None,
    distributed: Annotated[
        str | None,
        typer.Option(help="ddp or fsdp2: train one network on the ranks of torchrun."),
    ] = None,
    network: Annotated[
        str | None, typer.Option(help="With --distributed: MLP (default) or CNN.")
    ] = None,
    checkpoint: Annotated[
        Path | None,
        typer.Option(help="With --distributed: folder of checkpoints, to save and to resume from."),
    ] = None,
    save_every: Annotated[
        int | None,
        typer.Option(
            min=1, help="With --checkpoint: save after this many steps. By default an epoch."
        ),
    ] = None,
) -> None:
    """Train two networks on handwritten digits, each with this Adadelta and with torch's.

    With --distributed, train one of them on several ranks with this Adadelta. A training with
    --checkpoint resumes from its last checkpoint.
    """
    only_distributed = {"--network": network, "--checkpoint": checkpoint}
    if distributed is None:
        refuse(only_distributed | {"--save-every": save_every}, "requires --distributed")
        need("train", "matplotlib", "sklearn", extra="demo")
    else:
        refuse(
            {"--output": output, "--plot": plot},
            "is not possible with --distributed",
        )
        refuse(
            {"--lr": lr, "--rho": rho, "--eps": eps or None},
            "is not possible with --distributed",
        )
        need("train", "sklearn", extra="demo")
        check_ranks(distributed)
    need_writable(output, plot)
    if checkpoint is None:
        refuse({"--save-every": save_every}, "requires --checkpoint")
    import torch

    from adadelta_gen.demo.data import DataError, bundled, mnist

    if threads is not None:
        torch.set_num_threads(threads)
    try:
        digits = bundled() if data is None else mnist(data)
    except DataError as error:
        fail(str(error))
    epochs = epochs or (30 if data is None else 3)
    if distributed is None:
        settings = {"lr": 1.0 if lr is None else lr, "rho": 0.9 if rho is None else rho}
        all_options = [{**settings, "eps": value} for value in dict.fromkeys(eps or [1e-6])]
        output = output or Path("runs/demo.png")
        _compare(digits, epochs, batch_size, seed, all_options, output, plot)
    else:
        train_on_ranks(
            distributed, network or "MLP", digits, epochs, batch_size, seed, checkpoint, save_every
        )


def _compare(
    digits: "Digits",
    epochs: int,
    batch_size: int,
    seed: int,
    all_options: list[dict[str, float]],
    output: Path,
    plot: Path | None,
) -> None:
    from adadelta_gen.bench.disturbance import Watch
    from adadelta_gen.demo import report, tuning_report
    from adadelta_gen.demo.compare import Comparison, compare, steps
    from adadelta_gen.demo.models import MODELS

    console = new_console()
    console.print(digits.name, soft_wrap=True)
    watch = Watch()
    comparisons: dict[str, Comparison] = {}
    trainings: tuning_report.Trainings = {name: {} for name in MODELS}
    total = steps(digits, epochs, batch_size)
    with progress_bars(console) as progress:
        for options, (name, network) in product(all_options, MODELS.items()):
            title = name if len(all_options) == 1 else f"{name}, eps {options['eps']:g}"
            task = progress.add_task(title, total=total)
            comparisons[title] = trainings[name][options["eps"]] = compare(
                network,
                digits,
                epochs,
                batch_size,
                seed,
                partial(progress.advance, task),
                options,
                max(1, total // POINTS) if plot else None,
            )
    disturbance = watch.cpus()
    console.print(report.table(comparisons))
    warn_if_disturbed(disturbance, "these times")
    report.picture(comparisons, digits.name, output)
    console.print(f"losses drawn: {output}", soft_wrap=True)
    if plot is not None:
        console.print(tuning_report.table(trainings))
        first = all_options[0]
        title = f"{digits.name}; lr {first['lr']:g}, rho {first['rho']:g}, batches of {batch_size}"
        tuning_report.picture(trainings, title, plot)
        console.print(f"diagnostics drawn: {plot}", soft_wrap=True)
    console.print(NEXT, soft_wrap=True)
