# @generated from templates/cuda.py.j2 by `make generate`. DO NOT EDIT.
"""Adadelta step on CUDA: bfloat16, maximize, no weight decay, float32 state, dithered."""

from numba import cuda
from numba.cuda import types

from adadelta_gen.cuda.intrinsics import fma, load_float32_or, n_threads, table_word
from adadelta_gen.cuda.intrinsics import inverse_float32 as inverse
from adadelta_gen.cuda.intrinsics import load_bfloat16 as load
from adadelta_gen.cuda.intrinsics import load_bfloat16_s4 as load_strided
from adadelta_gen.cuda.intrinsics import load_bfloat16_x4 as load_vector
from adadelta_gen.cuda.intrinsics import load_float32 as load_state
from adadelta_gen.cuda.intrinsics import load_float32_or as load_real
from adadelta_gen.cuda.intrinsics import load_float32_s4 as load_state_strided
from adadelta_gen.cuda.intrinsics import load_float32_x4 as load_state_vector
from adadelta_gen.cuda.intrinsics import ratio_of_roots as rms_ratio
from adadelta_gen.cuda.intrinsics import store_bfloat16 as store_grad
from adadelta_gen.cuda.intrinsics import store_bfloat16_s4 as store_grad_strided
from adadelta_gen.cuda.intrinsics import store_bfloat16_x4 as store_grad_vector
from adadelta_gen.cuda.intrinsics import store_dithered_bfloat16 as store
from adadelta_gen.cuda.intrinsics import store_dithered_bfloat16_s4 as store_strided
from adadelta_gen.cuda.intrinsics import store_dithered_bfloat16_x4 as store_vector
from adadelta_gen.cuda.intrinsics import store_float32 as store_state
from adadelta_gen.cuda.intrinsics import store_float32_s4 as store_state_strided
from adadelta_gen.cuda.intrinsics import store_float32_x4 as store_state_vector
from adadelta_gen.native.dither import PER_ELEMENT


def adadelta_cuda_bfloat16_max_nowd_float32state_dithered(
    table,
    n_rows,
    chunk_size,
    found_inf_address,
    grad_scale_address,
    lr_address,
    clip_address,
    lr,
    rho,
    one_minus_rho,
    eps,
    weight_decay,
    inv_scale,
    clip,
):
    """Update one chunk of one tensor per block in place; see ``cuda/launch.py`` for the table."""

    def update(param, grad, square_avg, acc_delta):
        grad = -grad
        square_avg = fma(one_minus_rho * grad, grad, rho * square_avg)
        delta = rms_ratio(acc_delta + eps, square_avg + eps) * grad
        acc_delta = fma(one_minus_rho * delta, delta, rho * acc_delta)
        param = fma(-lr, delta, param)

        return param, square_avg, acc_delta

    found_inf = load_float32_or(found_inf_address, types.float32(0))
    scale = load_float32_or(grad_scale_address, types.float32(1))
    lr = load_real(lr_address, lr)
    clip = load_real(clip_address, clip)
    block = types.int32(cuda.blockIdx.x)
    thread = types.int32(cuda.threadIdx.x)
    threads = n_threads()

    row = types.int32(0)
    end = types.int32(n_rows)
    while types.int32(end - row) > 1:
        middle = types.int32(types.int32(row + end) >> 1)
        extent = table_word(table, types.int32(6 * middle + 4))
        if types.int32(extent >> 40) <= block:
            row = middle
        else:
            end = middle
    extent = table_word(table, types.int32(6 * row + 4))
    first = (block - (extent >> 40)) * chunk_size
    n = types.int32(min((extent & 0xFFFFFFFFFF) - first, chunk_size))
    grads = table_word(table, types.int32(6 * row + 1))
    if grads == 0 or found_inf != 0:
        return
    inv_scale *= inverse(scale)
    grads += 2 * first
    params = table_word(table, types.int32(6 * row)) + 2 * first
    square_avgs = table_word(table, types.int32(6 * row + 2)) + 4 * first
    acc_deltas = table_word(table, types.int32(6 * row + 3)) + 4 * first
    dither = table_word(table, types.int32(6 * row + 5)) + PER_ELEMENT * first

    if (params | grads | square_avgs | acc_deltas) & 15 == 0:
        i = types.int32(4 * thread)
        while i < (n & -4):
            p = load_vector(params, i)
            g = load_vector(grads, i)
            v = load_state_vector(square_avgs, i)
            u = load_state_vector(acc_deltas, i)
            g0 = g[0] * inv_scale
            p0, v0, u0 = update(p[0], g0 * clip, v[0], u[0])
            g1 = g[1] * inv_scale
            p1, v1, u1 = update(p[1], g1 * clip, v[1], u[1])
            g2 = g[2] * inv_scale
            p2, v2, u2 = update(p[2], g2 * clip, v[2], u[2])
            g3 = g[3] * inv_scale
            p3, v3, u3 = update(p[3], g3 * clip, v[3], u[3])
            if inv_scale != 1:
                store_grad_vector(grads, i, (g0, g1, g2, g3))
            store_vector(params, i, (p0, p1, p2, p3), dither, 0)
            store_state_vector(square_avgs, i, (v0, v1, v2, v3))
            store_state_vector(acc_deltas, i, (u0, u1, u2, u3))
            i = types.int32(i + 4 * threads)
        # The last warp, which has the fewest vectors, updates the remainder.
        i = types.int32((n & -4) + threads - 1 - thread)
    else:  # an array is unaligned: adjacent threads access adjacent elements
        i = thread
        while i < types.int32(n - 3 * threads):
            p = load_strided(params, i)
            g = load_strided(grads, i)
            v = load_state_strided(square_avgs, i)
            u = load_state_strided(acc_deltas, i)
            g0 = g[0] * inv_scale
            p0, v0, u0 = update(p[0], g0 * clip, v[0], u[0])
            g1 = g[1] * inv_scale
            p1, v1, u1 = update(p[1], g1 * clip, v[1], u[1])
            g2 = g[2] * inv_scale
            p2, v2, u2 = update(p[2], g2 * clip, v[2], u[2])
            g3 = g[3] * inv_scale
            p3, v3, u3 = update(p[3], g3 * clip, v[3], u[3])
            if inv_scale != 1:
                store_grad_strided(grads, i, (g0, g1, g2, g3))
            store_strided(params, i, (p0, p1, p2, p3), dither, 0)
            store_state_strided(square_avgs, i, (v0, v1, v2, v3))
            store_state_strided(acc_deltas, i, (u0, u1, u2, u3))
            i = types.int32(i + 4 * threads)
    while i < n:
        v = load_state(square_avgs, i)
        u = load_state(acc_deltas, i)
        g0 = load(grads, i) * inv_scale
        p0, v0, u0 = update(load(params, i), g0 * clip, v, u)
        if inv_scale != 1:
            store_grad(grads, i, g0)
        store(params, i, p0, dither, 0)
        store_state(square_avgs, i, v0)
        store_state(acc_deltas, i, u0)
        i = types.int32(i + threads)
