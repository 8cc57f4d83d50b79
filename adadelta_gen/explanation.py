"""The result of ``Adadelta.explain()``: the kernel of each parameter, or why torch updates it."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass


@dataclass(frozen=True)
class ParamExplanation:
    """One parameter.

    ``kernel`` is None if torch updates the parameter. ``why`` is the reason for that, or for the
    copies that the kernel works on; empty if neither applies.
    """

    group: int
    index: int
    name: str
    shape: tuple[int, ...]
    dtype: str
    device: str
    kernel: str | None
    why: str


class Explanation(tuple[ParamExplanation, ...]):
    """One row per parameter, in the order of the groups; ``str()`` formats them as a table."""

    __slots__ = ()

    def __new__(cls, rows: Iterable[ParamExplanation]) -> "Explanation":
        return super().__new__(cls, tuple(rows))

    def __str__(self) -> str:
        titles = ("group", "param", "name", "shape", "dtype", "device", "updated by", "because")
        lines: list[tuple[str, ...]] = [titles]
        for row in self:
            values = [*astuple(row)]
            values[6] = row.kernel or "torch"
            lines.append(tuple(str(value) for value in values))
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in lines
        )
