"""Reasons why torch updates whole groups, and the exceptions by which a step restarts."""

from typing import NamedTuple

SHARED = "shares memory with another parameter or state"
Key = tuple[int, int]  # a parameter: position of its group, and index in it


class Cause(NamedTuple):
    """Why torch updates whole groups: one parameter, or several that share memory.

    Args:
        params: the parameters.
        why: the reason, for messages.
    """

    params: tuple[Key, ...]
    why: str

    @classmethod
    def of_sharing(cls, a: Key, b: Key) -> "Cause":
        return cls(tuple(sorted({a, b})), SHARED)

    def is_sharing(self) -> bool:
        return self.why == SHARED


class NeedsTorch(Exception):
    """Torch has to update the whole groups of some parameters."""

    def __init__(self, causes: list[Cause]) -> None:
        super().__init__(causes)
        self.causes = causes


class Outdated(Exception):
    """The groups changed, and their table no longer matches them."""
