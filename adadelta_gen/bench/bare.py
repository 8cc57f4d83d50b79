"""A bare loop with the memory traffic of a kernel: reads four arrays, writes three, xors them.

Compiled like the kernels, by Numba to portable IR and by llvmlite for this CPU, and launched with
the same jobs.
"""

from collections.abc import Callable
from functools import cache

from adadelta_gen.cpu.intrinsics import prefetch_ahead
from adadelta_gen.native import abi, build, machine, words
from adadelta_gen.native.words import fetch_add, load_int64

_WORDS = {
    2: (words.load_int16, words.store_int16),
    4: (words.load_int32, words.store_int32),
    8: (words.load_int64, words.store_int64),
}


@cache
def address(itemsize: int, state_itemsize: int) -> int:
    """Return the address of the bare loop for these sizes in bytes, a launch function.

    Raises:
        RuntimeError: it cannot be compiled on this machine.
    """
    name = f"bare_{itemsize}_{state_itemsize}"
    ir = build.portable(loop(itemsize, state_itemsize), name, build.LAUNCH)
    return machine.load(machine.object_code(ir, machine.host()), name)


def loop(itemsize: int, state_itemsize: int) -> Callable[[int, int, int], None]:
    """Return ``void (int64 begin, int64 end, int64 job)``, which xors the grads into the others.

    Every run changes the words that it writes, and two runs restore them: a kernel on the same
    arrays computes with ordinary numbers.
    """
    load, store = _WORDS[itemsize]
    load_state, store_state = _WORDS[state_itemsize]

    def run(begin, end, job):
        rows = load_int64(job, abi.ROWS)
        segments = load_int64(job, abi.SEGMENTS)
        chunks = load_int64(job, abi.CHUNKS)
        n_chunks = load_int64(job, abi.N_CHUNKS)
        while True:
            chunk = fetch_add(job + 8 * abi.NEXT_CHUNK, 1)
            if chunk >= n_chunks:
                return
            next_chunk = load_int64(chunks, chunk + 1)
            for number in range(load_int64(chunks, chunk), next_chunk):
                prefetch_ahead(rows, segments, number, next_chunk, itemsize, state_itemsize)
                segment = segments + 8 * abi.SEGMENT_WORDS * number
                row = rows + 8 * abi.ROW_WORDS * load_int64(segment, abi.ROW)
                first = load_int64(segment, abi.FIRST)
                n = load_int64(segment, abi.N_ELEMENTS)
                grads = load_int64(row, abi.GRAD) + itemsize * first
                params = load_int64(row, abi.PARAM) + itemsize * first
                square_avgs = load_int64(row, abi.SQUARE_AVG) + state_itemsize * first
                acc_deltas = load_int64(row, abi.ACC_DELTA) + state_itemsize * first
                for i in range(n):
                    grad = load(grads, i)
                    param = load(params, i) ^ grad
                    square_avg = load_state(square_avgs, i) ^ grad
                    acc_delta = load_state(acc_deltas, i) ^ grad
                    store(params, i, param)
                    store_state(square_avgs, i, square_avg)
                    store_state(acc_deltas, i, acc_delta)

    return run
