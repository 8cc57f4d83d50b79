"""Run a function in a forked child, which may die, hang or ask for too much memory."""

import faulthandler
import os
import pickle
import resource
import select
import signal
import time
import traceback
from collections.abc import Callable
from typing import Any, NamedTuple

import torch

GIB = 1 << 30


class Ended(NamedTuple):
    """How a child ended: its result, or the text of its error, or how it died."""

    result: Any = None
    error: str = ""
    death: str = ""


def forked(work: Callable[[], Any], seconds: float = 15, memory: int = 4 * GIB) -> Ended:
    """Run a function in a child; its result has to be picklable.

    Args:
        work: the function.
        seconds: after which the child is killed.
        memory: bytes of address space that the child may add.
    """
    read, write = os.pipe()
    pid = os.fork()
    if not pid:
        _work_and_exit(work, write, memory)
    os.close(write)
    answer, is_late = _answer(read, seconds)
    os.close(read)
    if is_late:
        os.kill(pid, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if is_late:
        return Ended(death=f"no end within {seconds:g} seconds")
    if status:
        named = signal.Signals(-status).name if status < 0 else f"exit status {status}"
        return Ended(death=named)
    result, error = pickle.loads(answer)
    return Ended(result, error)


def _work_and_exit(work: Callable[[], Any], write: int, memory: int) -> None:
    status = 1
    try:
        faulthandler.disable()  # the parent reports a death
        torch.set_num_threads(1)
        pages = int(open("/proc/self/statm").read().split()[0])  # noqa: PTH123, SIM115
        limit = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        try:
            answer = (work(), "")
        except AssertionError as error:
            answer = (None, str(error) or "an AssertionError")
        except BaseException:
            answer = (None, traceback.format_exc())
        data = pickle.dumps(answer)
        while data:
            data = data[os.write(write, data) :]
        status = 0
    finally:
        os._exit(status)


def _answer(read: int, seconds: float) -> tuple[bytes, bool]:
    """Return what the child wrote until it closed the pipe, and whether it took too long."""
    end = time.monotonic() + seconds
    answer = b""
    while (left := end - time.monotonic()) > 0:
        if select.select([read], [], [], left)[0]:
            part = os.read(read, 1 << 16)
            if not part:
                return answer, False
            answer += part
    return answer, True
