"""Run calls of LLVM without interruption by signal handlers, finalizers, forks or exit."""

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
_POLL = 1.0  # seconds


def uninterrupted(make: Callable[[], T]) -> T:
    """Call a function that calls llvmlite, and return its result.

    A signal handler could raise between two lines of llvmlite, whose lock would stay held, or take
    a step that waits for a thread that waits for that lock. Another thread could raise there with
    ``PyThreadState_SetAsyncExc``. So the call runs in a thread of its own, which nobody knows.
    Garbage collection is off meanwhile, so that no finalizer runs.
    """
    if any(_forks.get(threading.get_ident(), ())):  # a thread that forks holds the lock itself
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
        thread = start_new_thread(work, ())
    except RuntimeError:  # no new thread can start, for example because Python shuts down
        return _alone(make)
    while not done.acquire(timeout=_POLL):
        if os.getpid() != process:  # a handler has forked: the thread exists in the parent only
            return uninterrupted(make)
        # Until it runs, Python takes the new thread for this one: an exception that is sent to
        # this thread may end it before its first line.
        if thread not in sys._current_frames() and not outcome:
            return uninterrupted(make)
        if outcome:
            break
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
    """Wait until no thread is in LLVM: in the child its lock would stay held."""
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
    """Return the lock that each call of llvmlite acquires; None if it is not found."""
    library = getattr(sys.modules.get("llvmlite.binding.ffi"), "lib", None)
    return getattr(getattr(library, "_lock", None), "_lock", None)


def _at_exit() -> None:
    if _lock.held.acquire(timeout=_LONGEST_WAIT):  # LLVM must not be torn down during a call
        _lock.held.release()


# By thread: the locks acquired for each of its forks; a handler may fork during a fork.
_forks: dict[int, list[list[Any]]] = {}
atexit.register(_at_exit)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_before_fork, after_in_parent=_after_fork, after_in_child=_after_fork
    )
