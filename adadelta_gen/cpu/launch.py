"""Run a job on the threads that torch itself computes on.

The launch function is handed to ``torch_parallel_for`` of torch's stable C ABI: the threads that
ran backward run the step, ``torch.set_num_threads`` is honoured and never changed, and the process
has one pool. In a forked child those threads are gone and entering the pool can hang (so do torch's
own operators there); then, and where torch lacks the function, a small pool of Python threads
does it.
"""

import ctypes
import os
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache, partial
from typing import Any

import torch

from adadelta_gen.cpu.shim import libtorch

# Below this a wake-up costs more than a second thread saves (measured: benchmarks, "small work").
SERIAL_ELEMENTS = 1 << 15

_forked = False
_pool: ThreadPoolExecutor | None = None


def _after_fork() -> None:
    global _forked, _pool
    _forked, _pool = True, None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


class Kernel:
    """A native launch function and how to run it.

    Args:
        address: of ``void (int64 begin, int64 end, int64 job)``, from ``cpu.native``.
    """

    def __init__(self, address: int) -> None:
        self._address = address
        # CFUNCTYPE releases the GIL.
        self._call = ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * 3)(address)

    def run(self, job: int, chunks: int, elements: int) -> None:
        """Run the job at an address to its end, on at most ``torch.get_num_threads()`` threads."""
        threads = 1
        if elements > SERIAL_ELEMENTS:
            threads = min(torch.get_num_threads(), chunks)
        if threads == 1:
            self._call(0, 1, job)
        elif not _forked and (parallel_for := _parallel_for()) is not None:
            if parallel_for(0, threads, 1, self._address, job) != 0:
                raise RuntimeError("torch_parallel_for failed")
        else:
            _run_on_pool(partial(self._call, 0, 1, job), threads)


def _run_on_pool(call: Any, threads: int) -> None:
    global _pool
    if _pool is None or _pool._max_workers < threads - 1:
        _pool = ThreadPoolExecutor(threads - 1, thread_name_prefix="adadelta_gen")
    others = [_pool.submit(call) for _ in range(threads - 1)]
    call()
    wait(others)


@cache
def _parallel_for() -> Any:
    """``torch_parallel_for``, or None."""
    try:
        function = libtorch().torch_parallel_for  # type: ignore[union-attr]
    except AttributeError:
        return None
    function.argtypes = [*[ctypes.c_int64] * 3, ctypes.c_void_p, ctypes.c_int64]
    function.restype = ctypes.c_int32
    return function


def threads_description() -> str:
    """Say in words which threads run the kernels."""
    if _forked:
        return "a pool of Python threads (forked process)"
    if _parallel_for() is None:
        return "a pool of Python threads (torch_parallel_for not found)"
    return "torch's own threads"
