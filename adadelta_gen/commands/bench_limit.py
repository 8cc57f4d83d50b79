"""``bench``: the case limit, ``--kernels``, ``--check`` and ``--goals``."""

from pathlib import Path

import typer
from rich.console import Console

from adadelta_gen.commands.bench_case import bench_case
from adadelta_gen.commands.console import announcing, fail


def bench_limit(console: Console, output: Path) -> None:
    """Measure a kernel of every format in all sizes, and list what was left out."""
    from adadelta_gen.bench import limit
    from adadelta_gen.bench.plot import plot_limit
    from adadelta_gen.bench.report import limit_table

    bench_case("limit", limit.run, limit_table, console, output, plot_limit)
    for what in limit.Report.read(output).skipped:
        console.print(f"left out: {what}", soft_wrap=True)


def bench_kernels(console: Console, output: Path) -> None:
    """Measure every kernel."""
    from adadelta_gen.bench import limit
    from adadelta_gen.bench.report import limit_table

    bench_case("kernels", limit.run_kernels, limit_table, console, output)


def bench_check(console: Console, paths: list[Path]) -> None:
    """Repeat the measurements of these files, and fail if a kernel has become slower."""
    import torch

    from adadelta_gen.bench import check, limit
    from adadelta_gen.bench.report import check_table

    losses = []
    for path in paths:
        try:
            committed = limit.Report.read(path)
        except (OSError, ValueError) as error:
            fail(str(error))
        if why := check.incomparable(committed, limit.describe()):
            console.print(f"{path}: not compared: {why}", soft_wrap=True)
            continue
        console.print(f"{path}: {check.machine(committed.environment)}", soft_wrap=True)
        timings = check.chosen(committed, torch.get_num_threads())
        with announcing(console) as announce:
            verdicts = list(check.compare(timings, announce))
        console.print(check_table(verdicts))
        left_out = len(committed.timings) - len(timings)
        if left_out:
            what = "with other sizes, threads or kernels"
            console.print(f"{path}: {left_out} figures {what} are not compared", soft_wrap=True)
        losses += [verdict for verdict in verdicts if verdict.verdict == check.LOST]
    for verdict in losses:
        typer.echo(f"slower: {verdict}", err=True)
    if losses:
        fail(f"{len(losses)} more than {100 * check.LOSS:.0f} % slower, relative to the bare loop")


def bench_goals(console: Console, folder: Path) -> None:
    """Print whether the figures of a folder meet the goals."""
    from adadelta_gen.bench import goals, limit, suite
    from adadelta_gen.bench.report import goals_table

    try:
        kernels = limit.Report.read(folder / "limit.json")
        steps = suite.Report.read(folder / "cpu.json")
    except (OSError, ValueError) as error:
        fail(str(error))
    console.print(goals_table([*goals.of_kernels(kernels), *goals.of_steps(steps)]))
