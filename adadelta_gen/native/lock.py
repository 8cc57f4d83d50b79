"""A re-entrant lock that a forked child finds open, whichever thread of its parent held it."""

import os
import threading
from weakref import WeakSet


class Lock:
    """Take it by ``with lock.held:``; the same thread may take it again, in a finalizer perhaps."""

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
