"""Calls of LLVM in whose middle no other code of Python runs, nothing forks, and Python stays."""

import atexit
import gc
import os
import sys
import threading
from _thread import allocate_lock, start_new_thread
from collections.abc import Callable
from typing import Any, TypeVar

from adadelta_gen.native.lock import Lock

T = TypeVar("T")
_lock = Lock()
_LONGEST_WAIT = 30.0  # seconds
_LOOK_AGAIN = 1.0


def uninterrupted(make: Callable[[], T]) -> T:
    """Call a function that calls llvmlite, and return what it returns.

    A signal handler could raise between two lines of llvmlite, which then keeps its lock for ever,
    or take a step that waits for another thread, which waits for that lock. Handlers run in the
    main thread only, so it lets another one work. Finalizers run in any; they wait.
    """
    this = threading.get_ident()  # which, if it forks, has the lock itself
    if this != threading.main_thread().ident or any(_forks.get(this, ())):
        return _alone(make)
    outcome: list[tuple[T | None, BaseException | None]] = []
    done = allocate_lock()
    done.acquire()

    def work() -> None:
        try:
            outcome.append((_alone(make), None))
        except BaseException as error:
            outcome.append((None, error))
        finally:
            done.release()

    process = os.getpid()
    try:
        start_new_thread(work, ())
    except RuntimeError:  # there can be no more threads, perhaps as Python ends
        return _alone(make)
    while not done.acquire(timeout=_LOOK_AGAIN):
        if os.getpid() != process:  # a handler has forked: the thread is the parent's
            return uninterrupted(make)
    result, error = outcome.pop()
    if error is not None:
        raise error
    return result  # type: ignore[return-value]


def _alone(make: Callable[[], T]) -> T:
    with _lock.held:
        was_on = gc.isenabled()
        gc.disable()
        try:
            return make()
        finally:
            if was_on:
                gc.enable()


def _before_fork() -> None:
    """Wait until no thread is in LLVM: a child would find it half done, and locked for ever."""
    forks = _forks.setdefault(threading.get_ident(), [])
    forks.append([])
    for lock in (_lock.held, _lock_of_llvmlite()):
        if lock is not None and lock.acquire(timeout=_LONGEST_WAIT):
            forks[-1].append(lock)


def _after_fork() -> None:
    forks = _forks[threading.get_ident()]
    for lock in reversed(forks[-1]):
        lock.release()
    forks.pop()


def _lock_of_llvmlite() -> Any:
    """What each call of llvmlite takes, Numba's too; None where it is not to be found."""
    library = getattr(sys.modules.get("llvmlite.binding.ffi"), "lib", None)
    return getattr(getattr(library, "_lock", None), "_lock", None)


def _at_exit() -> None:
    if _lock.held.acquire(timeout=_LONGEST_WAIT):  # or LLVM would be torn down meanwhile
        _lock.held.release()


# By threads: the locks that each of its forks has taken; a handler may fork in the middle of one.
_forks: dict[int, list[list[Any]]] = {}
atexit.register(_at_exit)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_before_fork, after_in_parent=_after_fork, after_in_child=_after_fork
    )
