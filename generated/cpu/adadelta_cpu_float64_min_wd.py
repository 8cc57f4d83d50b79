# @generated from templates/cpu.py.j2 by `make generate`. DO NOT EDIT.
"""Adadelta step on the CPU: float64, minimize, L2 weight decay."""

from adadelta_gen.cpu.intrinsics import fma, sqrt
from adadelta_gen.cpu.intrinsics import load_float64 as load
from adadelta_gen.cpu.intrinsics import load_float64 as load_state
from adadelta_gen.cpu.intrinsics import store_float64 as store
from adadelta_gen.cpu.intrinsics import store_float64 as store_state


def adadelta_cpu_float64_min_wd(
    params,
    grads,
    square_avgs,
    acc_deltas,
    n,
    lr,
    rho,
    one_minus_rho,
    eps,
    weight_decay,
    unscale,
    inv_scale,
    key,
    first,
):
    """Update ``n`` elements at the addresses params, square_avgs and acc_deltas in place."""
    for i in range(n):
        param = load(params, i)
        grad = load(grads, i) * inv_scale
        square_avg = load_state(square_avgs, i)
        acc_delta = load_state(acc_deltas, i)
        if unscale:
            store(grads, i, grad)

        grad = fma(weight_decay, param, grad)
        square_avg = fma(one_minus_rho * grad, grad, rho * square_avg)
        delta = sqrt(acc_delta + eps) / sqrt(square_avg + eps) * grad
        acc_delta = fma(one_minus_rho * delta, delta, rho * acc_delta)
        param = fma(-lr, delta, param)

        store(params, i, param)
        store_state(square_avgs, i, square_avg)
        store_state(acc_deltas, i, acc_delta)
