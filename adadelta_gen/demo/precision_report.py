"""The comparison of precisions as tables, as a plot and as JSON."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from rich import box
from rich.table import Table

from adadelta_gen.bench import environment
from adadelta_gen.demo.precision import BASELINE, STEP_CASE, VARIANTS, Cost, Panel, spread

# Some curves coincide: the first is drawn first and widest, which keeps all of them visible.
COLORS = ("lightgray", "tab:red", "tab:orange", "gold", "tab:blue", "black")
WIDTHS = (9.0, 6.0, 4.0, 2.2, 2.2, 0.8)
DIGITS = 5  # of a loss in the JSON


def table(panel: Panel) -> Table:
    """Return one row per variant: means over the seeds, with least and greatest in brackets."""
    result = Table(box=box.MARKDOWN)
    result.add_column(title(panel))
    for column in ("train loss", "of float32's", "test error", "unmoved"):
        result.add_column(column, justify="right")
    reference, *_ = spread([training.train_loss for training in panel.trainings[BASELINE]])
    for name, trainings in panel.trainings.items():
        loss, low, high = spread([training.train_loss for training in trainings])
        error, best, worst = spread([training.test_error for training in trainings])
        unmoved, *_ = spread([training.unmoved for training in trainings])
        result.add_row(
            name,
            f"{loss:.2e} ({low:.2e} to {high:.2e})",
            f"{loss / reference:.2f}",
            f"{error:.2%} ({best:.2%} to {worst:.2%})",
            f"{unmoved:.0%}",
        )
    return result


def cost_table(costs: dict[str, Cost]) -> Table:
    """Return the time of a step and the size of the states, one row per variant."""
    result = Table(box=box.MARKDOWN)
    result.add_column("optimizer")
    for column in (f"step of {STEP_CASE.title} on a thread (ms)", "state (bytes/parameter)"):
        result.add_column(column, justify="right")
    for name, cost in costs.items():
        result.add_row(name, f"{1e3 * cost.step_seconds:.1f}", f"{cost.state_bytes:.0f}")
    return result


def title(panel: Panel) -> str:
    """Return the network, rho and eps of a panel."""
    return f"{panel.network}, rho {panel.settings.rho:g}, eps {panel.settings.eps:g}"


def picture(panels: Sequence[Panel], data: str, path: Path) -> None:
    """Draw the losses of every epoch: rows are panels, columns are dtypes."""
    columns = ("float32", "bfloat16", "float16")
    size = (6 * len(columns), 4 * len(panels))
    figure = Figure(figsize=size, layout="constrained")
    figure.suptitle(f"{data}; mean of the seeds, and from the least to the greatest", fontsize=9)
    rows = figure.subplots(len(panels), len(columns), squeeze=False, sharex="row", sharey="row")
    for row, panel in zip(rows, panels, strict=True):
        for axes, dtype in zip(row, columns, strict=True):
            _draw(axes, panel, dtype)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)


def _draw(axes: Axes, panel: Panel, dtype: str) -> None:
    axes.set_title(f"{title(panel)}: {dtype}", fontsize=10)
    drawn = [variant for variant in VARIANTS if variant.dtype == dtype or variant.name == BASELINE]
    for variant, color, width in zip(drawn, COLORS, WIDTHS, strict=False):
        losses = zip(*(t.losses for t in panel.trainings[variant.name]), strict=True)
        means, least, greatest = zip(*map(spread, losses), strict=True)
        nothing = "" if any(map(math.isfinite, means)) else ": NaN"
        epochs = range(1, panel.settings.epochs + 1)
        axes.plot(epochs, means, label=variant.name + nothing, color=color, linewidth=width)
        axes.fill_between(epochs, least, greatest, color=color, alpha=0.12, linewidth=0)
    axes.set_yscale("log")
    axes.set_xlabel("epoch")
    axes.set_ylabel("training loss, mean of the epoch")
    axes.legend(fontsize=8)


def write(
    path: Path,
    command: str,
    data: str,
    panels: Sequence[Panel],
    costs: dict[str, Cost],
) -> None:
    """Write everything as JSON; numbers that are not finite become null."""
    report = {
        "command": command,
        "environment": environment.describe(),
        "data": data,
        "costs": {"case": STEP_CASE.name} | {name: asdict(cost) for name, cost in costs.items()},
        "panels": [asdict(panel) for panel in panels],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(_rounded(report), allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(of) for key, of in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(item) for item in value]
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
    return value
