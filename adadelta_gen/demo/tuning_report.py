"""The diagnostics of trainings with several eps, as a table and as a plot."""

from itertools import cycle
from pathlib import Path
from statistics import mean

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from rich import box
from rich.table import Table

from adadelta_gen.demo.compare import Comparison
from adadelta_gen.diagnostics.rows import Diagnosis

Trainings = dict[str, dict[float, Comparison]]  # by network and eps
WINDOW = 20  # losses of single batches that are averaged
COLORS = ("tab:blue", "tab:orange", "tab:green", "tab:red", "tab:purple", "tab:brown")


def table(trainings: Trainings) -> Table:
    """Return two rows per training: halfway and at the end."""
    result = Table(box=box.MARKDOWN)
    for column in ("network", "eps"):
        result.add_column(column)
    for column in (
        *("step", "train loss", "test error", "effective lr, median", "5 to 95 %"),
        *("square_avg < eps", "acc_delta < eps", "update / parameter"),
    ):
        result.add_column(column, justify="right")
    for network, by_eps in trainings.items():
        for eps, comparison in by_eps.items():
            counts = [*comparison.diagnostics]
            for step in dict.fromkeys((counts[len(counts) // 2], counts[-1])):
                outcome = comparison.outcomes[0]
                ended = f"{outcome.train_loss:.2g}", f"{100 * (1 - outcome.accuracy):.1f} %"
                cells = ended if step == counts[-1] else ("", "")
                row = comparison.diagnostics[step]
                result.add_row(network, f"{eps:g}", str(step), *cells, *_cells(row))
    return result


def _cells(row: Diagnosis) -> tuple[str, ...]:
    factor = row.effective_lr
    return (
        f"{factor.median:.2g}",
        f"{factor.q05:.2g} to {factor.q95:.2g}",
        f"{100 * row.square_avg_below_eps:.0f} %",
        f"{100 * row.acc_delta_below_eps:.0f} %",
        f"{row.update_ratio:.1e}",
    )


def picture(trainings: Trainings, title: str, path: Path) -> None:
    """Draw one column per network, and one colour per eps."""
    drawings = (_draw_losses, _draw_effective_lr, _draw_shares, _draw_ratio)
    shape = len(drawings), len(trainings)
    figure = Figure(figsize=(6 * shape[1], 3 * shape[0]), layout="constrained")
    figure.suptitle(title, fontsize=10)
    grid = figure.subplots(*shape, squeeze=False, sharex="col", sharey="row")
    for column, (network, by_eps) in zip(grid.T, trainings.items(), strict=True):
        for draw, axes in zip(drawings, column, strict=True):
            for (eps, comparison), color in zip(by_eps.items(), cycle(COLORS)):
                draw(axes, comparison, f"eps {eps:g}", color)
            axes.grid(alpha=0.3)
            axes.label_outer()
        column[0].set_title(network)
        column[0].legend(fontsize=9)
        column[-1].set_xlabel("step")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)


def _draw_losses(axes: Axes, comparison: Comparison, label: str, color: str) -> None:
    losses = comparison.outcomes[0].losses
    at = range(1, len(losses) + 1)
    axes.plot(at, [mean(losses[max(0, i - WINDOW) : i]) for i in at], label=label, color=color)
    axes.set_yscale("log")
    axes.set_ylabel(f"loss, mean of {WINDOW} batches")


def _draw_effective_lr(axes: Axes, comparison: Comparison, label: str, color: str) -> None:
    at = [*comparison.diagnostics]
    factors = [row.effective_lr for row in comparison.diagnostics.values()]
    axes.plot(at, [factor.median for factor in factors], color=color)
    low, high = [factor.q05 for factor in factors], [factor.q95 for factor in factors]
    axes.fill_between(at, low, high, color=color, alpha=0.15, linewidth=0)
    axes.set_yscale("log")
    axes.set_ylabel("effective lr: update / grad\nline: median, band: 5 to 95 %")


def _draw_shares(axes: Axes, comparison: Comparison, label: str, color: str) -> None:
    at, rows = [*comparison.diagnostics], comparison.diagnostics.values()
    axes.plot(at, [100 * row.square_avg_below_eps for row in rows], color=color)
    axes.plot(at, [100 * row.acc_delta_below_eps for row in rows], color=color, linestyle="dashed")
    axes.set_ylim(-3, 103)
    axes.set_ylabel("% of elements: square_avg < eps,\ndashed: acc_delta < eps")


def _draw_ratio(axes: Axes, comparison: Comparison, label: str, color: str) -> None:
    ratios = [row.update_ratio for row in comparison.diagnostics.values()]
    axes.plot([*comparison.diagnostics], ratios, color=color)
    axes.set_yscale("log")
    axes.set_ylabel("rms update / rms parameter")
