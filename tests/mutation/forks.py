"""Call functions in forked processes, which may change, crash or hang."""

import os
import resource
import select
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

JOBS = len(os.sched_getaffinity(0))
Key = TypeVar("Key")


class Outcome(NamedTuple):
    """What a forked process returned, and its exit status."""

    said: str
    status: int


class _Running(NamedTuple):
    key: object
    process: int
    end: float
    parts: list[bytes]


def forked(
    jobs: Iterable[tuple[Key, Callable[[], str]]], seconds: float
) -> Iterator[tuple[Key, Outcome]]:
    """Call functions, one per CPU at a time, and return what each returned, as they end.

    Args:
        jobs: functions, each with a key.
        seconds: after which a process is ended.
    """
    waiting = iter(jobs)
    running: dict[int, _Running] = {}  # by the pipe that is read
    while True:
        while len(running) < JOBS and (job := next(waiting, None)) is not None:
            key, function = job
            reading, writing = os.pipe()
            process = os.fork()
            if process == 0:
                os.close(reading)
                _work(function, writing)
            os.close(writing)
            running[reading] = _Running(key, process, time.monotonic() + seconds, [])
        if not running:
            return
        ready, _, _ = select.select(list(running), [], [], 1.0)
        for pipe, one in list(running.items()):
            data = os.read(pipe, 1 << 16) if pipe in ready else b""
            one.parts.append(data)
            if data or (pipe not in ready and time.monotonic() < one.end):
                continue
            if pipe not in ready:
                _kill(one.process)
            _, status = os.waitpid(one.process, 0)
            os.close(pipe)
            del running[pipe]
            said = b"".join(one.parts).decode(errors="replace")
            yield one.key, Outcome(said, os.waitstatus_to_exitcode(status))


def _work(function: Callable[[], str], pipe: int) -> None:
    said, status = "", 1
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        said, status = function(), 0
    except BaseException as error:
        said = repr(error)
    try:
        with os.fdopen(pipe, "w") as writing:
            writing.write(said)
    finally:
        os._exit(status)


def _kill(process: int) -> None:
    """End a process and those that it has started."""
    try:
        os.killpg(process, signal.SIGKILL)
    except ProcessLookupError:  # it has not called setsid yet
        os.kill(process, signal.SIGKILL)
