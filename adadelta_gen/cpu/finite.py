"""Look for infinities and NaNs in the grads of a job, in one read of them.

Reads the same tables as kernels, on as many threads.
"""

from collections.abc import Callable

from numba import njit

from adadelta_gen.cpu import intrinsics
from adadelta_gen.formats import ITEMSIZES
from adadelta_gen.native import abi as t
from adadelta_gen.native.words import fetch_add, load_int64, store_int64


def finder(dtype: str) -> Callable[[int, int, int], None]:
    """Return ``void (int64 begin, int64 end, int64 job)``, which marks rows with a non-finite grad.

    It writes 1 at the row's place in the int64 array that the job's FOUND points at.
    """
    is_nonfinite = getattr(intrinsics, f"is_nonfinite_{dtype}")
    itemsize = ITEMSIZES[dtype]

    @njit(error_model="numpy")
    def any_nonfinite(address, n):
        found = 0
        for i in range(n):
            found |= is_nonfinite(address, i)
        return found

    def run(begin, end, job):
        rows = load_int64(job, t.ROWS)
        segments = load_int64(job, t.SEGMENTS)
        chunks = load_int64(job, t.CHUNKS)
        n_chunks = load_int64(job, t.N_CHUNKS)
        found = load_int64(job, t.FOUND)
        while True:
            chunk = fetch_add(job + 8 * t.NEXT_CHUNK, 1)
            if chunk >= n_chunks:
                return
            for segment in range(load_int64(chunks, chunk), load_int64(chunks, chunk + 1)):
                place = segments + 8 * t.SEGMENT_WORDS * segment
                index = load_int64(place, t.ROW)
                first = load_int64(place, t.FIRST)
                n = load_int64(place, t.N_ELEMENTS)
                grad = load_int64(rows + 8 * t.ROW_WORDS * index, t.GRAD)
                if grad != 0 and any_nonfinite(grad + first * itemsize, n):
                    store_int64(found, index, 1)

    return run
