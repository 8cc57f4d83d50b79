"""The paper's experiment as JSON, to which later runs add, as Markdown and as a heat map."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from adadelta_gen.bench import environment
from adadelta_gen.demo.compare import OPTIMIZERS
from adadelta_gen.demo.data import Digits
from adadelta_gen.demo.paper import PAPER, Settings, Training, digest
from adadelta_gen.demo.precision import spread

LOSS_DIGITS = 5
# Trainings are reproducible if these are equal; one file has figures of equal ones only.
SAME = ("data", "digest", "cpu", "torch", "adadelta-gen")
PAPER_TITLE = "Zeiler 2012"
PAPER_IMAGES = "60,000 images"


class ReportError(ValueError):
    """Trainings cannot be added to the file; the message gives the reason and the remedy."""


@dataclass
class Report:
    """The trainings of one JSON file.

    Args:
        commands: the commands that added to it.
    """

    data: str
    digest: str
    environment: dict[str, Any]
    commands: list[str] = field(default_factory=list)
    trainings: dict[Settings, Training] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """Write the file; after an interruption the previous file is still there."""
        as_json = json.dumps(self.as_dict(), allow_nan=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.partial")
        partial.write_text(as_json + "\n", encoding="utf-8")
        partial.replace(path)

    def as_dict(self) -> dict[str, Any]:
        """Return the content of the file; a loss that is not finite becomes null."""
        rows = []
        for settings, training in sorted(self.trainings.items()):
            loss = training.train_loss
            rounded = float(f"{loss:.{LOSS_DIGITS}g}") if math.isfinite(loss) else None
            rows.append(
                {**asdict(settings), "train_loss": rounded, "test_error": training.test_error}
            )
        return {
            "commands": self.commands,
            "environment": self.environment,
            "data": self.data,
            "digest": self.digest,
            "trainings": rows,
        }


def start(path: Path, digits: Digits) -> Report:
    """Return the report of the file, or an empty report if the file does not exist.

    Raises:
        ReportError: the file is not such a report, or has other images, another CPU or version.
    """
    new = Report(digits.name, digest(digits), environment.describe())
    if not path.exists():
        return new
    old = read(path)
    if not old.trainings:
        return new
    here, there = ({"data": r.data, "digest": r.digest} | r.environment for r in (new, old))
    for name in SAME:
        if here[name] != there.get(name):
            raise ReportError(
                f"{path} has trainings with {name} {there.get(name)}, this run has {here[name]}: "
                "choose another --output, or remove the file"
            )
    return old


def read(path: Path) -> Report:
    """Read a report.

    Raises:
        ReportError: the file is not such a report.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        trainings = [_training(**row) for row in content["trainings"]]
        return Report(
            content["data"],
            content["digest"],
            content["environment"],
            content["commands"],
            {training.settings: training for training in trainings},
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReportError(
            f"{path} is not a report of this command ({type(error).__name__}: {error}): "
            "choose another --output, or remove the file"
        ) from error


def _training(train_loss: float | None, test_error: float, **settings: Any) -> Training:
    loss = math.nan if train_loss is None else train_loss
    return Training(Settings(**settings), loss, test_error)


@dataclass(frozen=True)
class Panel:
    """All trainings with one activation function and number of updates."""

    activation: str
    updates: int
    trainings: Sequence[Training]

    @property
    def title(self) -> str:
        """The activation function and the number of updates."""
        return f"{self.activation}, {self.updates} updates"

    @property
    def optimizers(self) -> list[str]:
        """Names of the optimizers, adadelta_gen first."""
        found = {training.settings.optimizer for training in self.trainings}
        return [name for name in OPTIMIZERS if name in found]

    @property
    def cells(self) -> list[tuple[float, float]]:
        """All pairs of eps and rho, in the order of the paper."""
        found = {(training.settings.eps, training.settings.rho) for training in self.trainings}
        return sorted(found, key=lambda cell: (-cell[0], cell[1]))

    def of(self, optimizer: str, cell: tuple[float, float]) -> list[Training]:
        """Return the trainings of a cell, one per seed."""
        return [
            training
            for training in self.trainings
            if training.settings.optimizer == optimizer
            and (training.settings.eps, training.settings.rho) == cell
        ]

    def differences(self) -> list[float]:
        """Return test error minus torch's for every eps, rho and seed, in percentage points."""
        errors = {training.settings: training.test_error for training in self.trainings}
        ours, theirs = OPTIMIZERS
        pairs = [
            (error, errors.get(Settings(**(asdict(settings) | {"optimizer": theirs}))))
            for settings, error in errors.items()
            if settings.optimizer == ours
        ]
        return [100 * (our - their) for our, their in pairs if their is not None]


def panels(report: Report) -> Iterator[Panel]:
    """Return the trainings by activation function and number of updates, in order."""
    trainings = [report.trainings[settings] for settings in sorted(report.trainings)]
    keys = [(t.settings.activation, t.settings.updates) for t in trainings]
    for key in dict.fromkeys(keys):
        yield Panel(*key, [t for t, of in zip(trainings, keys, strict=True) if of == key])


def markdown(report: Report) -> str:
    """Return one table per panel."""
    parts = [f"Test error in percent; {report.data}."]
    parts += [_table(panel) for panel in panels(report)]
    return "\n\n".join(parts) + "\n"


def _table(panel: Panel) -> str:
    names = panel.optimizers
    header = ["eps", "rho", *names, f"{PAPER_TITLE}, {PAPER_IMAGES}", f"train loss of {names[0]}"]
    rows = [header, ["---"] * len(header)]
    for eps, rho in panel.cells:
        trained = [panel.of(name, (eps, rho)) for name in names]
        published = PAPER[panel.activation].get((eps, rho))
        losses = [training.train_loss for training in trained[0]]
        rows.append(
            [
                _power(eps),
                f"{rho:g}",
                *map(_error, trained),
                "" if published is None else f"{published:.2f}",
                f"{spread(losses)[0]:.1e}" if losses else "",
            ]
        )
    lines = [f"| {' | '.join(row)} |" for row in rows]
    title = f"**{panel.title}**, mean of {_seeds(panel)} (least to greatest):"
    return "\n".join([title, "", *lines, *_agreement(panel)])


def _power(eps: float) -> str:
    return np.format_float_scientific(eps, trim="-", exp_digits=1)


def _seeds(panel: Panel) -> str:
    """Return the number of trainings per cell, in words."""
    counts = {len(panel.of(name, cell)) for name in panel.optimizers for cell in panel.cells}
    least, greatest = min(counts), max(counts)
    number = f"{greatest}" if least == greatest else f"{least} to {greatest}"
    return f"{number} seed{'s' if greatest != 1 else ''}"


def _error(trainings: Sequence[Training]) -> str:
    if not trainings:
        return ""
    mean, least, greatest = spread([100 * training.test_error for training in trainings])
    return f"{mean:.2f} ({least:.1f} to {greatest:.1f})"


def _agreement(panel: Panel) -> list[str]:
    if not (found := panel.differences()):
        return []
    mean, least, greatest = spread(found)
    ours, theirs = OPTIMIZERS
    return [
        "",
        f"{ours} minus {theirs}, the {len(found)} pairs of trainings with the same seed: "
        f"mean {mean:+.2f} percentage points, {least:+.1f} to {greatest:+.1f}.",
    ]


def picture(report: Report, path: Path) -> None:
    """Draw heat maps of the test errors: rows are panels, columns optimizers and the paper."""
    rows = list(panels(report))
    names = [name for name in OPTIMIZERS if any(name in panel.optimizers for panel in rows)]
    size = 4 * (len(names) + 1), 3.2 * len(rows)
    figure = Figure(figsize=size, layout="constrained")
    figure.suptitle(
        f"Test error in percent, mean of the seeds (least to greatest)\n{report.data}", fontsize=10
    )
    grid = figure.subplots(len(rows), len(names) + 1, squeeze=False)
    for (*left, right), panel in zip(grid, rows, strict=True):
        found = {
            name: {cell: _percent(panel, name, cell) for cell in panel.cells} for name in names
        }
        means = [values[0] for cells in found.values() for values in cells.values() if values]
        # Diverged trainings get the darkest colour, and the others use the whole range.
        darkest = min(max(means), 2 * median(means))
        for axes, name in zip(left, names, strict=True):
            axes.set_title(f"{name}: {panel.title}", fontsize=10)
            _draw(axes, found[name], (min(means), darkest))
        published = PAPER[panel.activation]
        cells = {cell: (published[cell],) if cell in published else () for cell in panel.cells}
        right.set_title(f"{PAPER_TITLE}: {panel.activation}, {PAPER_IMAGES}", fontsize=10)
        _draw(right, cells, (min(published.values()), max(published.values())))
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)


def _percent(panel: Panel, optimizer: str, cell: tuple[float, float]) -> tuple[float, ...]:
    """Return mean, least and greatest test error, or nothing without a training."""
    trainings = panel.of(optimizer, cell)
    return spread([100 * training.test_error for training in trainings]) if trainings else ()


def _draw(
    axes: Axes,
    cells: Mapping[tuple[float, float], tuple[float, ...]],
    limits: tuple[float, float],
) -> None:
    """Draw a cell for each eps and rho.

    Args:
        cells: mean, least and greatest by (eps, rho); the mean alone, or nothing.
        limits: means that get the lightest and the darkest colour.
    """
    all_eps = list(dict.fromkeys(eps for eps, _ in cells))
    all_rho = sorted({rho for _, rho in cells})
    image = np.full((len(all_eps), len(all_rho)), np.nan)
    for (eps, rho), values in cells.items():
        if values:
            row, column = all_eps.index(eps), all_rho.index(rho)
            image[row, column] = values[0]
            around = f"\n({values[1]:.1f} to {values[2]:.1f})" if len(values) > 1 else ""
            dark = values[0] > limits[0] + 0.6 * (limits[1] - limits[0])
            color = "white" if dark else "black"
            text = f"{values[0]:.2f}{around}"
            axes.text(column, row, text, ha="center", va="center", fontsize=8, color=color)
    axes.imshow(image, aspect="auto", cmap="Blues", vmin=limits[0], vmax=limits[1])
    axes.set_xticks(range(len(all_rho)), [f"{rho:g}" for rho in all_rho])
    axes.set_yticks(range(len(all_eps)), [_power(eps) for eps in all_eps])
    axes.set_xlabel("rho")
    axes.set_ylabel("eps")
