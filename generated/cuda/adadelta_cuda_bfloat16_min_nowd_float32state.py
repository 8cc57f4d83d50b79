# @generated from templates/cuda.py.j2 by `make generate`. DO NOT EDIT.
"""Adadelta step on CUDA: bfloat16, minimize, no weight decay, float32 state."""

from numba import cuda
from numba.cuda import types

from adadelta_gen.cuda.intrinsics import fma, is_set, sqrt, table_word
from adadelta_gen.cuda.intrinsics import load_bfloat16 as load
from adadelta_gen.cuda.intrinsics import load_bfloat16_x4 as load_vector
from adadelta_gen.cuda.intrinsics import load_float32 as load_state
from adadelta_gen.cuda.intrinsics import load_float32_x4 as load_state_vector
from adadelta_gen.cuda.intrinsics import load_inv_scale_float32 as load_inv_scale
from adadelta_gen.cuda.intrinsics import load_lr_float32 as load_lr
from adadelta_gen.cuda.intrinsics import store_bfloat16 as store
from adadelta_gen.cuda.intrinsics import store_bfloat16_x4 as store_vector
from adadelta_gen.cuda.intrinsics import store_float32 as store_state
from adadelta_gen.cuda.intrinsics import store_float32_x4 as store_state_vector


def adadelta_cuda_bfloat16_min_nowd_float32state(
    table,
    n_rows,
    chunk_size,
    found_inf_address,
    grad_scale_address,
    lr_address,
    lr,
    rho,
    one_minus_rho,
    eps,
    weight_decay,
    inv_scale,
):
    """Update one chunk of one tensor a block, in place; ``launch.py`` describes the table."""

    def update(param, grad, square_avg, acc_delta):
        square_avg = fma(one_minus_rho * grad, grad, rho * square_avg)
        delta = sqrt(acc_delta + eps) / sqrt(square_avg + eps) * grad
        acc_delta = fma(one_minus_rho * delta, delta, rho * acc_delta)
        param = fma(-lr, delta, param)

        return param, square_avg, acc_delta

    if found_inf_address != 0 and is_set(found_inf_address):
        return
    if grad_scale_address != 0:
        inv_scale = load_inv_scale(grad_scale_address)
    if lr_address != 0:
        lr = load_lr(lr_address)
    block = types.int64(cuda.blockIdx.x)
    thread = types.int64(cuda.threadIdx.x)
    threads = types.int64(cuda.blockDim.x)

    row = types.int32(0)
    end = types.int32(n_rows)
    while end - row > 1:
        middle = types.int32((row + end) >> 1)
        if table_word(table, types.int32(6 * middle + 4)) >> 40 <= block:
            row = middle
        else:
            end = middle
    extent = table_word(table, types.int32(6 * row + 4))
    first = (block - (extent >> 40)) * chunk_size
    n = min((extent & 0xFFFFFFFFFF) - first, chunk_size)
    grads = table_word(table, types.int32(6 * row + 1))
    if grads == 0:
        return
    grads += 2 * first
    params = table_word(table, types.int32(6 * row)) + 2 * first
    square_avgs = table_word(table, types.int32(6 * row + 2)) + 4 * first
    acc_deltas = table_word(table, types.int32(6 * row + 3)) + 4 * first

    n_vectors = types.int64(0)
    if (params | grads | square_avgs | acc_deltas) & 15 == 0:
        n_vectors = n // 4
    i = thread
    while i < n_vectors:
        at = 4 * i
        p = load_vector(params, at)
        g = load_vector(grads, at)
        v = load_state_vector(square_avgs, at)
        u = load_state_vector(acc_deltas, at)
        g0 = g[0] * inv_scale
        p0, v0, u0 = update(p[0], g0, v[0], u[0])
        g1 = g[1] * inv_scale
        p1, v1, u1 = update(p[1], g1, v[1], u[1])
        g2 = g[2] * inv_scale
        p2, v2, u2 = update(p[2], g2, v[2], u[2])
        g3 = g[3] * inv_scale
        p3, v3, u3 = update(p[3], g3, v[3], u[3])
        if grad_scale_address != 0:
            store_vector(grads, at, (g0, g1, g2, g3))
        store_vector(params, at, (p0, p1, p2, p3))
        store_state_vector(square_avgs, at, (v0, v1, v2, v3))
        store_state_vector(acc_deltas, at, (u0, u1, u2, u3))
        i += threads

    i = 4 * n_vectors + thread
    while i < n:
        v = load_state(square_avgs, i)
        u = load_state(acc_deltas, i)
        g0 = load(grads, i) * inv_scale
        p0, v0, u0 = update(load(params, i), g0, v, u)
        if grad_scale_address != 0:
            store(grads, i, g0)
        store(params, i, p0)
        store_state(square_avgs, i, v0)
        store_state(acc_deltas, i, u0)
        i += threads
