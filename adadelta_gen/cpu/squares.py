"""Sum up the squares of the grads of a job, and find infinities and NaNs, in one pass.

Reads the same tables as kernels, on as many threads. The sums are in float64, in an order that does
not depend on the number of threads or on the CPU.
"""

from collections.abc import Callable

import numpy as np
from numba import njit

from adadelta_gen.cpu import intrinsics, lanes
from adadelta_gen.formats import ITEMSIZES
from adadelta_gen.native import abi as t
from adadelta_gen.native.words import fetch_add, load_int64, prefetch, store_float64, store_int64

# Prefetch distance. With hardware prefetching only, 25 M float32 take 1.25 times as long.
BYTES_AHEAD = 1 << 13


def finder(dtype: str) -> Callable[[int, int, int], None]:
    """Return ``void (int64 begin, int64 end, int64 job)``, which reads the grads of a job.

    It writes the sum of squares of each segment, 0 without a grad, to the float64 array at the
    job's SUMS, and 1 for each row with a non-finite grad to the int64 array at its FOUND.
    """
    load = getattr(intrinsics, f"load_{dtype}")
    add_squares = getattr(lanes, f"add_squares_{dtype}")
    itemsize = ITEMSIZES[dtype]
    may_overflow = dtype == "float64"  # the squares of the others are below 2**256

    @njit(error_model="numpy")
    def sum_of_squares(address, n):
        sums = lanes.zeros()
        whole = n & -lanes.LANES
        for i in range(0, whole, lanes.LANES):
            for line in range(0, lanes.LANES * itemsize, 64):
                prefetch(address + itemsize * i + line + BYTES_AHEAD)
            sums = add_squares(sums, address, i)
        total = lanes.total(sums)
        for i in range(whole, n):
            value = np.float64(load(address, i))
            total += value * value
        return total

    @njit(error_model="numpy")
    def any_nonfinite(address, n):
        found = 0
        for i in range(n):
            found |= intrinsics.is_nonfinite_float64(address, i)
        return found

    def run(begin, end, job):
        rows = load_int64(job, t.ROWS)
        segments = load_int64(job, t.SEGMENTS)
        chunks = load_int64(job, t.CHUNKS)
        n_chunks = load_int64(job, t.N_CHUNKS)
        found = load_int64(job, t.FOUND)
        sums = load_int64(job, t.SUMS)
        while True:
            chunk = fetch_add(job + 8 * t.NEXT_CHUNK, 1)
            if chunk >= n_chunks:
                return
            next_chunk = load_int64(chunks, chunk + 1)
            for segment in range(load_int64(chunks, chunk), next_chunk):
                intrinsics.prefetch_grad_ahead(rows, segments, segment, next_chunk, itemsize)
                place = segments + 8 * t.SEGMENT_WORDS * segment
                index = load_int64(place, t.ROW)
                n = load_int64(place, t.N_ELEMENTS)
                grad = load_int64(rows + 8 * t.ROW_WORDS * index, t.GRAD)
                total = 0.0
                if grad != 0:
                    grad += itemsize * load_int64(place, t.FIRST)
                    total = sum_of_squares(grad, n)
                    if not total < lanes.INFINITY and (
                        not may_overflow or any_nonfinite(grad, n) != 0
                    ):
                        store_int64(found, index, 1)
                store_float64(sums, segment, total)

    return run
