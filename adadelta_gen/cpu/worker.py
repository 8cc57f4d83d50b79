"""The native function that one launch hands to every thread: take chunks until none is left.

Tables of int64 words, filled by ``plan.py`` and described in ``tables.py``:
    job       rows, segments, chunks, number of chunks, next chunk (atomic), scalars
    rows      addresses of the five tensors of a parameter
    segments  row, first element, number of elements
    chunks    first segment of every chunk, and one word more for the end of the last
    scalars   lr, rho, 1 - rho, eps, weight_decay in the compute dtype
"""

from collections.abc import Callable
from typing import Any

from numba import njit

from adadelta_gen.cpu import intrinsics
from adadelta_gen.cpu.intrinsics import fetch_add, load_int64, prefetch
from adadelta_gen.cpu.tables import GRAD, NEXT_CHUNK, ROW_WORDS, SEGMENT_WORDS, STEP
from adadelta_gen.spec import KernelSpec

SEGMENTS_AHEAD = 2
PREFETCH_BYTES = 512


@njit(error_model="numpy", inline="always")
def _prefetch_start(rows, segments, segment, itemsize):
    """Fetch the first lines of a small tensor; in a long one the hardware soon does so itself."""
    row = rows + 8 * ROW_WORDS * load_int64(segments, SEGMENT_WORDS * segment)
    n = load_int64(segments, SEGMENT_WORDS * segment + 2)
    for line in range(0, min(n * itemsize, PREFETCH_BYTES), 64):
        for column in range(STEP):
            prefetch(load_int64(row, column) + line)


def worker(update: Any, spec: KernelSpec) -> Callable[[int, int, int], None]:
    """Return the launch function ``void (int64 begin, int64 end, int64 job)`` of an update.

    Whichever range of 0..threads a thread is given, it takes chunks until the job has none left.
    """
    update = njit(error_model="numpy", inline="always")(update)
    scalar = getattr(intrinsics, f"load_{spec.compute_dtype}")
    itemsize = spec.itemsize

    def run(begin, end, job):
        rows = load_int64(job, 0)
        segments = load_int64(job, 1)
        chunks = load_int64(job, 2)
        n_chunks = load_int64(job, 3)
        scalars = load_int64(job, 5)
        lr = scalar(scalars, 0)
        rho = scalar(scalars, 1)
        one_minus_rho = scalar(scalars, 2)
        eps = scalar(scalars, 3)
        weight_decay = scalar(scalars, 4)
        while True:
            chunk = fetch_add(job + 8 * NEXT_CHUNK, 1)
            if chunk >= n_chunks:
                return
            end = load_int64(chunks, chunk + 1)
            for segment in range(load_int64(chunks, chunk), end):
                ahead = segment + SEGMENTS_AHEAD
                if ahead < end:
                    _prefetch_start(rows, segments, ahead, itemsize)
                row = rows + 8 * ROW_WORDS * load_int64(segments, SEGMENT_WORDS * segment)
                first = load_int64(segments, SEGMENT_WORDS * segment + 1)
                n = load_int64(segments, SEGMENT_WORDS * segment + 2)
                grad = load_int64(row, GRAD)
                if grad == 0:
                    continue
                offset = first * itemsize
                update(
                    load_int64(row, 0) + offset,
                    grad + offset,
                    load_int64(row, 2) + offset,
                    load_int64(row, 3) + offset,
                    n,
                    lr,
                    rho,
                    one_minus_rho,
                    eps,
                    weight_decay,
                )

    return run
