"""A re-entrant lock that is released in a forked child, whichever thread of the parent held it."""

import os
import threading
from weakref import WeakSet


class Lock:
    """Use as ``with lock.held:``; the same thread may acquire it again, as in a finalizer."""

    __slots__ = ("__weakref__", "held")

    def __init__(self) -> None:
        self.held = threading.RLock()
        _all.add(self)


_all: WeakSet[Lock] = WeakSet()


def _open_all() -> None:
    for lock in list(_all):
        lock.held = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_open_all)
