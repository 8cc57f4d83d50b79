"""The native function that one launch hands to every thread: take chunks until none is left.

Tables of int64 words, described in ``native/abi.py``:
    job       the addresses of the others, number of chunks, next chunk (atomic), flags
    rows      addresses of the five tensors of a parameter, key of its random bits
    segments  row, first element, number of elements
    chunks    first segment of every chunk, and one word more for the end of the last
    scalars   lr, rho, 1 - rho, eps, weight_decay, 1 / grad_scale in the compute dtype
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit

from adadelta_gen.cpu import intrinsics
from adadelta_gen.native import abi as t
from adadelta_gen.native.words import fetch_add, load_int64, prefetch
from adadelta_gen.spec import KernelSpec

SEGMENTS_AHEAD = 2
PREFETCH_BYTES = 512


@njit(error_model="numpy", inline="always")
def _prefetch_start(rows, segments, segment, itemsize, state_itemsize):
    """Fetch the first lines of a small tensor; in a long one the hardware soon does so itself."""
    row = rows + 8 * t.ROW_WORDS * load_int64(segments, t.SEGMENT_WORDS * segment)
    n = load_int64(segments, t.SEGMENT_WORDS * segment + 2)
    for line in range(0, min(n * itemsize, PREFETCH_BYTES), 64):
        prefetch(load_int64(row, t.PARAM) + line)
        prefetch(load_int64(row, t.GRAD) + line)
    for line in range(0, min(n * state_itemsize, PREFETCH_BYTES), 64):
        prefetch(load_int64(row, t.SQUARE_AVG) + line)
        prefetch(load_int64(row, t.ACC_DELTA) + line)


def worker(update: Any, spec: KernelSpec) -> Callable[[int, int, int], None]:
    """Return the launch function ``void (int64 begin, int64 end, int64 job)`` of an update.

    Whichever range of 0..threads a thread is given, it takes chunks until the job has none left.
    """
    update = njit(error_model="numpy", inline="always")(update)
    scalar = getattr(intrinsics, f"load_{spec.compute_dtype}")
    one = getattr(np, spec.compute_dtype)(1)
    itemsize = spec.itemsize
    state_itemsize = spec.state_itemsize

    def run(begin, end, job):
        rows = load_int64(job, t.ROWS)
        segments = load_int64(job, t.SEGMENTS)
        chunks = load_int64(job, t.CHUNKS)
        n_chunks = load_int64(job, t.N_CHUNKS)
        scalars = load_int64(job, t.SCALARS)
        unscale = load_int64(job, t.UNSCALE)
        lr = scalar(scalars, 0)
        rho = scalar(scalars, 1)
        one_minus_rho = scalar(scalars, 2)
        eps = scalar(scalars, 3)
        weight_decay = scalar(scalars, 4)
        inv_scale = scalar(scalars, 5)
        while True:
            chunk = fetch_add(job + 8 * t.NEXT_CHUNK, 1)
            if chunk >= n_chunks:
                return
            end = load_int64(chunks, chunk + 1)
            for segment in range(load_int64(chunks, chunk), end):
                ahead = segment + SEGMENTS_AHEAD
                if ahead < end:
                    _prefetch_start(rows, segments, ahead, itemsize, state_itemsize)
                row = rows + 8 * t.ROW_WORDS * load_int64(segments, t.SEGMENT_WORDS * segment)
                first = load_int64(segments, t.SEGMENT_WORDS * segment + 1)
                n = load_int64(segments, t.SEGMENT_WORDS * segment + 2)
                grad = load_int64(row, t.GRAD)
                if grad == 0:
                    continue
                grad += first * itemsize
                param = load_int64(row, t.PARAM) + first * itemsize
                square_avg = load_int64(row, t.SQUARE_AVG) + first * state_itemsize
                acc_delta = load_int64(row, t.ACC_DELTA) + first * state_itemsize
                key = load_int64(row, t.KEY) + (first >> 32)
                # Two loops: in one, a store of grads that is hardly ever made costs half the speed.
                if unscale:
                    update(
                        param,
                        grad,
                        square_avg,
                        acc_delta,
                        n,
                        lr,
                        rho,
                        one_minus_rho,
                        eps,
                        weight_decay,
                        True,
                        inv_scale,
                        key,
                        first,
                    )
                else:
                    update(
                        param,
                        grad,
                        square_avg,
                        acc_delta,
                        n,
                        lr,
                        rho,
                        one_minus_rho,
                        eps,
                        weight_decay,
                        False,
                        one,
                        key,
                        first,
                    )

    return run
