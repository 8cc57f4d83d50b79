"""The comparison as a table and as a plot."""

from pathlib import Path

from matplotlib.figure import Figure
from rich import box
from rich.table import Table

from adadelta_gen.demo.compare import Comparison

COLUMNS = 2  # the networks of `models`


def table(comparisons: dict[str, Comparison]) -> Table:
    """Return one row per network and optimizer."""
    result = Table(box=box.MARKDOWN)
    result.add_column("network")
    result.add_column("optimizer")
    for column in (
        "train loss",
        "test accuracy",
        "step (us)",
        "whole run (s)",
        "torch's step / ours",
        "largest difference",
    ):
        result.add_column(column, justify="right")
    for network, comparison in comparisons.items():
        ours, theirs = comparison.outcomes
        for outcome in (ours, theirs):
            result.add_row(
                network if outcome is ours else "",
                outcome.optimizer,
                f"{outcome.train_loss:.6f}",
                f"{outcome.accuracy:.2%}",
                f"{1e6 * outcome.step_seconds:.0f}",
                f"{outcome.seconds:.2f}",
                f"{theirs.step_seconds / ours.step_seconds:.1f}" if outcome is ours else "",
                f"{comparison.difference:.1e}" if outcome is ours else "",
            )
    return result


def picture(comparisons: dict[str, Comparison], data: str, path: Path) -> None:
    """Draw both losses of every network in one diagram, two diagrams per row."""
    rows = -(-len(comparisons) // COLUMNS)
    figure = Figure(figsize=(5 * COLUMNS, 4 * rows), layout="constrained")
    figure.suptitle(data, fontsize=9)
    for axes, (network, comparison) in zip(
        figure.subplots(rows, COLUMNS, squeeze=False).flat, comparisons.items(), strict=True
    ):
        ours, theirs = comparison.outcomes
        axes.plot(ours.losses, label=ours.optimizer, linewidth=2.5, alpha=0.5)
        axes.plot(theirs.losses, label=theirs.optimizer, linewidth=0.8, color="black")
        axes.set_yscale("log")
        axes.set_title(network, fontsize=9)
        axes.set_xlabel("step")
        axes.set_ylabel("loss of the batch")
        axes.legend()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=150)
