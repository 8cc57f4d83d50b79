"""Why torch updates whole groups, and what a step raises when it finds out."""

from typing import NamedTuple

SHARED = "shares memory with another parameter or state"
Key = tuple[int, int]  # a parameter: position of its group, and index in it


class Cause(NamedTuple):
    """Why torch updates whole groups: a parameter, or several that share memory.

    Args:
        params: the parameters.
        why: in words.
    """

    params: tuple[Key, ...]
    why: str

    @classmethod
    def of_sharing(cls, a: Key, b: Key) -> "Cause":
        return cls(tuple(sorted({a, b})), SHARED)

    def is_sharing(self) -> bool:
        return self.why == SHARED


class NeedsTorch(Exception):
    """Parameters turned out to need torch for their whole groups."""

    def __init__(self, causes: list[Cause]) -> None:
        super().__init__(causes)
        self.causes = causes


class Outdated(Exception):
    """A table does not fit its groups any more."""
