"""The outcome of one mutant."""

from typing import NamedTuple


class Judged(NamedTuple):
    """A mutant, and what notices it.

    Args:
        kind: what is changed.
        name: the change.
        noticed: test or check that fails because of it, or an empty string.
        explained: why no test can notice it, or an empty string.
    """

    kind: str
    name: str
    noticed: str
    explained: str = ""
