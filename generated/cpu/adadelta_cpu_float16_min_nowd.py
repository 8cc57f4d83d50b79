# @generated from templates/cpu.py.j2 by `make generate`. DO NOT EDIT.
"""Adadelta step on the CPU: float16, minimize, no weight decay."""

from adadelta_gen.cpu.intrinsics import fetch_add, fma, load_int64, prefetch_ahead
from adadelta_gen.cpu.intrinsics import load_float16 as load
from adadelta_gen.cpu.intrinsics import load_float16 as load_state
from adadelta_gen.cpu.intrinsics import load_float32 as load_scalar
from adadelta_gen.cpu.intrinsics import ratio_of_roots as rms_ratio
from adadelta_gen.cpu.intrinsics import store_float16 as store
from adadelta_gen.cpu.intrinsics import store_float16 as store_grad
from adadelta_gen.cpu.intrinsics import store_float16 as store_state
from adadelta_gen.native import abi


def adadelta_cpu_float16_min_nowd(begin, end, job):
    """Update the chunks of a job in place until none is left; see ``native/abi.py`` for the job."""
    rows = load_int64(job, abi.ROWS)
    segments = load_int64(job, abi.SEGMENTS)
    chunks = load_int64(job, abi.CHUNKS)
    n_chunks = load_int64(job, abi.N_CHUNKS)
    scalars = load_int64(job, abi.SCALARS)
    unscale = load_int64(job, abi.UNSCALE)
    lr = load_scalar(scalars, abi.LR)
    rho = load_scalar(scalars, abi.RHO)
    one_minus_rho = load_scalar(scalars, abi.ONE_MINUS_RHO)
    eps = load_scalar(scalars, abi.EPS)
    inv_scale = load_scalar(scalars, abi.INV_SCALE)
    clip = load_scalar(scalars, abi.CLIP)

    def update(param, grad, square_avg, acc_delta):
        square_avg = fma(one_minus_rho * grad, grad, rho * square_avg)
        delta = rms_ratio(acc_delta + eps, square_avg + eps) * grad
        acc_delta = fma(one_minus_rho * delta, delta, rho * acc_delta)
        param = fma(-lr, delta, param)

        return param, square_avg, acc_delta

    while True:
        chunk = fetch_add(job + 8 * abi.NEXT_CHUNK, 1)
        if chunk >= n_chunks:
            return
        next_chunk = load_int64(chunks, chunk + 1)
        for number in range(load_int64(chunks, chunk), next_chunk):
            prefetch_ahead(rows, segments, number, next_chunk, 2, 2)
            segment = segments + 8 * abi.SEGMENT_WORDS * number
            row = rows + 8 * abi.ROW_WORDS * load_int64(segment, abi.ROW)
            first = load_int64(segment, abi.FIRST)
            n = load_int64(segment, abi.N_ELEMENTS)
            grads = load_int64(row, abi.GRAD)
            if grads == 0:
                continue
            grads += 2 * first
            params = load_int64(row, abi.PARAM) + 2 * first
            square_avgs = load_int64(row, abi.SQUARE_AVG) + 2 * first
            acc_deltas = load_int64(row, abi.ACC_DELTA) + 2 * first

            # Two loops: with the rarely needed store of grads, one loop takes twice as long.
            if unscale:
                for i in range(n):
                    param = load(params, i)
                    grad = load(grads, i) * inv_scale
                    store_grad(grads, i, grad)
                    square_avg = load_state(square_avgs, i)
                    acc_delta = load_state(acc_deltas, i)
                    param, square_avg, acc_delta = update(param, grad * clip, square_avg, acc_delta)
                    store(params, i, param)
                    store_state(square_avgs, i, square_avg)
                    store_state(acc_deltas, i, acc_delta)
            else:
                for i in range(n):
                    param = load(params, i)
                    grad = load(grads, i)
                    square_avg = load_state(square_avgs, i)
                    acc_delta = load_state(acc_deltas, i)
                    param, square_avg, acc_delta = update(param, grad * clip, square_avg, acc_delta)
                    store(params, i, param)
                    store_state(square_avgs, i, square_avg)
                    store_state(acc_deltas, i, acc_delta)
