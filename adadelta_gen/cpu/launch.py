"""Run a job on the threads that torch itself computes on.

The worker is handed to ``GOMP_parallel`` of the OpenMP runtime that libtorch_cpu is linked with:
the threads that ran backward run the step, ``torch.set_num_threads`` is honoured and never changed,
and the process has one pool. Where that runtime is missing (macOS, Windows), and in a forked child,
where OpenMP's threads are gone and entering it can hang, a small pool of Python threads does the same.
"""

import ctypes
import os
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache, partial
from pathlib import Path
from typing import Any

import torch

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
    """A native launch function ``void (int64 job)`` and how to run it.

    Args:
        address: of the function, from ``cpu.native``.
    """

    def __init__(self, address: int) -> None:
        self._address = address
        self._call = ctypes.CFUNCTYPE(None, ctypes.c_int64)(address)  # releases the GIL

    def run(self, job: int, chunks: int, elements: int) -> None:
        """Run the job at an address to its end, on at most ``torch.get_num_threads()`` threads."""
        threads = 1
        if elements > SERIAL_ELEMENTS:
            threads = min(torch.get_num_threads(), chunks)
        if threads == 1:
            self._call(job)
        elif not _forked and (parallel := _gomp_parallel()) is not None:
            parallel(self._address, job, threads, 0)
        else:
            _run_on_pool(partial(self._call, job), threads)


def _run_on_pool(call: Any, threads: int) -> None:
    global _pool
    if _pool is None or _pool._max_workers < threads - 1:
        _pool = ThreadPoolExecutor(threads - 1, thread_name_prefix="adadelta_gen")
    others = [_pool.submit(call) for _ in range(threads - 1)]
    call()
    wait(others)


@cache
def _gomp_parallel() -> Any:
    """``GOMP_parallel`` as libtorch_cpu sees it, or None."""
    library = Path(torch.__file__).parent / "lib" / "libtorch_cpu.so"
    try:
        # A symbol is looked up in the library's own dependencies: exactly torch's OpenMP.
        function = ctypes.CDLL(str(library)).GOMP_parallel
    except (OSError, AttributeError):
        return None
    function.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint, ctypes.c_uint]
    function.restype = None
    return function


def threads_description() -> str:
    """Say in words which threads run the kernels."""
    if _forked:
        return "a pool of Python threads (forked process)"
    if _gomp_parallel() is None:
        return "a pool of Python threads (torch's OpenMP runtime not found)"
    return "torch's OpenMP threads"
