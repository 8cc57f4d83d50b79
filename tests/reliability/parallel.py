"""Replacements of torch_parallel_for that record the requests for threads."""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from adadelta_gen.native import shim

PARALLEL_FOR = ctypes.CFUNCTYPE(ctypes.c_int32, *[ctypes.c_int64] * 5)

Parallel = Callable[[int, int, int, int, int], int]  # begin, end, grain, function, job


def torchs() -> Parallel:
    """Return torch_parallel_for itself."""
    address = shim.threads().value
    if not address:
        pytest.skip("this torch has no torch_parallel_for")
    return PARALLEL_FOR(address)


@contextmanager
def replaced(parallel_for: Parallel | None) -> Iterator[None]:
    """Make native steps call this instead of torch_parallel_for; None: as if torch had none."""
    threads = shim.threads()
    before = threads.value
    native = None if parallel_for is None else PARALLEL_FOR(parallel_for)
    threads.value = 0 if native is None else ctypes.cast(native, ctypes.c_void_p).value
    try:
        yield
    finally:
        threads.value = before


@contextmanager
def watched() -> Iterator[list[int]]:
    """Yield a list that receives the number of threads of every call of torch_parallel_for."""
    asked: list[int] = []
    forward = torchs()

    def noting(begin: int, end: int, grain: int, function: int, job: int) -> int:
        assert (begin, grain) == (0, 1)
        asked.append(end)
        return forward(begin, end, grain, function, job)

    with replaced(noting):
        yield asked
