"""Five steps with an edit in each, between steps, in a closure, hook, finalizer, thread or line."""

from collections import Counter

from reliability.moments import prepare
from reliability.random_edits import Case

__all__ = ["SHARE", "case", "prepare"]

SHARE = 8


def case(seed: int) -> Counter[str]:
    history = Case(seed)
    try:
        return history.run()
    except Exception as error:
        error.add_note(f"history {seed}: {history.log}")
        raise
