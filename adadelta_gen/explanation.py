"""What ``Adadelta.explain()`` returns: which kernel updates each parameter, or why torch does."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass


@dataclass(frozen=True)
class ParamExplanation:
    """One parameter. ``kernel`` is None where torch updates it; ``why`` gives the reason for that,
    or for updating it over dense copies."""

    group: int
    index: int
    name: str
    shape: tuple[int, ...]
    dtype: str
    device: str
    kernel: str | None
    why: str


class Explanation(tuple[ParamExplanation, ...]):
    """One row a parameter, in the order of the groups; ``str`` gives a table."""

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
