"""The result of ``Adadelta.diagnostics()``: a row of numbers per group and per parameter."""

from dataclasses import dataclass
from typing import NamedTuple

NAN = float("nan")


class EffectiveLR(NamedTuple):
    """The factor of the grads: ``lr * sqrt((acc_delta + eps) / (square_avg + eps))``.

    It includes lr, and uses the averages as the last step has left them.

    Args:
        mean: mean over all elements.
        q05: 5 % quantile.
        median: median.
        q95: 95 % quantile.
    """

    mean: float = NAN
    q05: float = NAN
    median: float = NAN
    q95: float = NAN


UNKNOWN = EffectiveLR()


@dataclass(frozen=True)
class Diagnosis:
    """The numbers of one parameter or one group; NaN without a state or without elements.

    Args:
        group: position of the group.
        index: index of the parameter in the group; None for the row of the whole group.
        name: name of the parameter in ``param_names``, or an empty string.
        elements: number of elements with a state on this rank; real and imaginary parts count
            separately.
        sampled: number of sampled elements.
        effective_lr: mean and quantiles of the factor of the grads.
        square_avg_below_eps: fraction in [0, 1] of elements with ``square_avg < eps``, for which
            eps dominates the denominator.
        acc_delta_below_eps: fraction in [0, 1] of elements with ``acc_delta < eps``, for which eps
            dominates the numerator.
        rms_update: ``lr * sqrt(mean(acc_delta))``, decayed root mean square of the updates; the
            last one has the weight 1 - rho. Too small in the first 1 / (1 - rho) steps or so,
            because ``acc_delta`` starts at 0.
        rms_param: root mean square of the parameter's elements.
    """

    group: int
    index: int | None
    name: str = ""
    elements: int = 0
    sampled: int = 0
    effective_lr: EffectiveLR = UNKNOWN
    square_avg_below_eps: float = NAN
    acc_delta_below_eps: float = NAN
    rms_update: float = NAN
    rms_param: float = NAN

    @property
    def update_ratio(self) -> float:
        """``rms_update / rms_param``: the relative size of an update."""
        if self.rms_param == 0:
            return self.rms_update * float("inf")
        return self.rms_update / self.rms_param

    def as_dict(self) -> dict[str, float]:
        """Return the numbers by name; those of ``effective_lr`` as ``effective_lr/median`` etc."""
        factors = self.effective_lr._asdict().items()
        return {f"effective_lr/{key}": value for key, value in factors} | {
            "square_avg_below_eps": self.square_avg_below_eps,
            "acc_delta_below_eps": self.acc_delta_below_eps,
            "rms_update": self.rms_update,
            "rms_param": self.rms_param,
            "update_ratio": self.update_ratio,
        }


TITLES = (
    *("group", "param", "name", "elements", "effective lr: mean", "5 %", "median", "95 %"),
    *("square_avg < eps", "acc_delta < eps", "rms update", "rms param", "update / param"),
)
TEXTS = 3  # number of text columns, on the left


@dataclass(frozen=True)
class Diagnostics:
    """The rows of an optimizer; ``str()`` formats them as a table.

    Args:
        by_group: one row per group.
        by_param: one row per parameter, in the order of the groups.
    """

    by_group: tuple[Diagnosis, ...]
    by_param: tuple[Diagnosis, ...]

    def as_dict(self, by_param: bool = False) -> dict[str, float]:
        """Return a flat dict for a logger: ``{"group 0/effective_lr/median": 0.02, ...}``.

        Leaves out groups and parameters without a state.

        Args:
            by_param: include the parameters as ``group 0/NAME/...``, or ``group 0/param 1/...``
                without a name (default: False).
        """
        rows = self.by_group + (self.by_param if by_param else ())
        return {
            f"{_prefix(row)}/{key}": value
            for row in rows
            if row.elements
            for key, value in row.as_dict().items()
        }

    def __str__(self) -> str:
        lines: list[tuple[str, ...]] = [TITLES]
        for group in self.by_group:
            members = [row for row in self.by_param if row.group == group.group]
            lines += [_cells(row) for row in (group, *members)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join(_aligned(line, widths) for line in lines)


def _prefix(row: Diagnosis) -> str:
    if row.index is None:
        return f"group {row.group}"
    return f"group {row.group}/{row.name or f'param {row.index}'}"


def _cells(row: Diagnosis) -> tuple[str, ...]:
    shares = row.square_avg_below_eps, row.acc_delta_below_eps
    sizes = row.rms_update, row.rms_param, row.update_ratio
    return (
        *(str(row.group), "all" if row.index is None else str(row.index), row.name),
        str(row.elements),
        *(f"{value:.2e}" for value in row.effective_lr),
        *(f"{100 * share:.1f} %" for share in shares),
        *(f"{value:.2e}" for value in sizes),
    )


def _aligned(cells: tuple[str, ...], widths: list[int]) -> str:
    texts = map(str.ljust, cells[:TEXTS], widths[:TEXTS])
    numbers = map(str.rjust, cells[TEXTS:], widths[TEXTS:])
    return "  ".join((*texts, *numbers))
