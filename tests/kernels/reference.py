"""The exact reference of one Adadelta step, written from the paper.

Zeiler 2012, "ADADELTA: An Adaptive Learning Rate Method", Algorithm 1, with torch's three additions
(lr, L2 weight decay, maximize). ``paper`` is the formula in the wide dtype of its arrays, to
measure errors; ``exact`` gives the bits that a kernel must write.
"""

import math
import platform
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import torch

from adadelta_gen.native import machine
from adadelta_gen.spec import KernelSpec


class State(NamedTuple):
    """The four arrays of one parameter, in the order of a kernel's addresses."""

    param: Any
    grad: Any
    square_avg: Any
    acc_delta: Any


class Hyper(NamedTuple):
    """The hyperparameters of a step, in the order of a kernel's scalars.

    The last two multiply the grads, which are written back between them.
    """

    lr: float = 1.0
    rho: float = 0.9
    eps: float = 1e-6
    weight_decay: float = 0.0
    inv_scale: float = 1.0
    clip: float = 1.0


def wide(state: State, dtype: Any) -> State:
    """Widen torch tensors of any dtype to NumPy arrays of a dtype that holds them exactly."""
    return State(*(tensor.to(torch.float64).numpy().astype(dtype) for tensor in state))


def paper(spec: KernelSpec, state: State, hyper: Hyper) -> State:
    """Take one step of Algorithm 1 in the dtype of the arrays; E[.] are running averages."""
    real = state.param.dtype.type
    lr, rho, eps, decay, inv_scale, clip = (real(value) for value in hyper)
    x, scaled_gradient, mean_square_g, mean_square_dx = state
    g = scaled_gradient * inv_scale * clip
    objective_gradient = -g if spec.maximize else g
    g = objective_gradient + decay * x if spec.weight_decay else objective_gradient
    mean_square_g = rho * mean_square_g + (1 - rho) * g**2
    dx = -np.sqrt(mean_square_dx + eps) / np.sqrt(mean_square_g + eps) * g
    mean_square_dx = rho * mean_square_dx + (1 - rho) * dx**2
    return State(x + lr * dx, scaled_gradient * inv_scale, mean_square_g, mean_square_dx)


@np.errstate(all="ignore")
def exact(spec: KernelSpec, state: State, hyper: Hyper, dither: int = 0, first: int = 0) -> State:
    """Take one step in a kernel's dtypes: torch's operations in torch's order, each rounded once.

    Except that delta in float32 and float64 has the root of a quotient instead of torch's quotient
    of two roots. 16-bit numbers are widened to float32 and rounded once, at the end. ``1 - rho`` is
    computed in float64 and rounded once. NumPy's sqrt, division, product and sum are correctly
    rounded.

    Args:
        dither: dither of the row, if the kernel rounds by one.
        first: index of element 0 in its tensor.
    """
    real = np.float64 if spec.dtype == "float64" else np.float32
    lr, rho, eps, decay, inv_scale, clip = (real(value) for value in hyper)
    rest = real(1.0 - hyper.rho)
    x, g, v, u = (tensor.to(_torch_dtype(real)).numpy() for tensor in state)
    storage, state_storage = getattr(torch, spec.dtype), getattr(torch, spec.state_dtype)
    g = np.multiply(g, inv_scale)
    grad = state.grad if inv_scale == 1 else torch.from_numpy(g).to(storage)
    g = np.multiply(g, clip)
    if spec.maximize:
        g = np.negative(g)
    if spec.weight_decay:
        g = multiply_add(decay, x, g)
    v = multiply_add(np.multiply(rest, g), g, np.multiply(rho, v))
    numerator, denominator = np.add(u, eps), np.add(v, eps)
    if spec.itemsize > 2:
        ratio = root_of_ratio(numerator, denominator)
    else:
        ratio = np.divide(np.sqrt(numerator), np.sqrt(denominator))
    d = np.multiply(ratio, g)
    u = multiply_add(np.multiply(rest, d), d, np.multiply(rho, u))
    x = multiply_add(np.negative(lr), d, x)
    x, v, u = map(torch.from_numpy, (x, v, u))

    def stored(values: torch.Tensor, dtype: torch.dtype, array: int) -> torch.Tensor:
        if spec.dithered and dtype is torch.bfloat16:
            return dithered_bfloat16(values, dither, array, first)
        return values.to(dtype)

    return State(
        stored(x, storage, 0), grad, stored(v, state_storage, 2), stored(u, state_storage, 3)
    )


@np.errstate(all="ignore")
def root_of_ratio(a: Any, b: Any) -> Any:
    """Return ``sqrt(a / b)`` with quotient and root rounded once each.

    Before the division, b of either sign is multiplied by the power of 4 that brings it to [2, 8),
    or by the largest one if b is denormal; the root is then multiplied by the root of that power.
    """
    half = np.where(np.isfinite(b), np.frexp(b)[1], 0) // 2
    power = np.minimum(1 - half, {4: 64, 8: 512}[b.itemsize])
    return np.ldexp(np.sqrt(np.divide(a, np.ldexp(b, 2 * power))), power)


def dithered_bfloat16(
    values: torch.Tensor, dither: int, array: int = 0, first: int = 0
) -> torch.Tensor:
    """Round float32 numbers to one of their two bfloat16 neighbours, by their dithers.

    A number at a fraction s (a multiple of 2**-16) of the distance from the neighbour nearer to
    zero is rounded to the other one if its dither is at least 1 - s.
    """
    bits = values.numpy().view(np.uint32).astype(np.int64)
    way = bits & 0xFFFF
    here = dithers(range(first, first + len(bits)), dither, array) >> 16
    other = here >= (1 << 16) - way
    rounded = (bits >> 16) + np.where(np.isfinite(values.numpy()), other, 0)
    return torch.from_numpy(rounded.astype(np.uint16).view(np.int16)).view(torch.bfloat16)


def dithers(indices: Any, start: int, array: int = 0) -> Any:
    """Return the dither of each index times 2**32: multiples of sqrt(2) and quarters."""
    root = math.isqrt(2 << 66)  # sqrt(2) in steps of 2**-33
    multiplier = ((root - (1 << 33)) + 1) // 2
    quarters = array * (1 << 30)
    words = [(int(i) * multiplier + start + quarters) % (1 << 32) for i in indices]
    return np.array(words, np.int64)


def lowbias32(step: int) -> int:
    """Return the hash of a step, Wellons's lowbias32, with NumPy's 32-bit arithmetic."""
    x = np.array([step & 0xFFFFFFFF], np.uint32)
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B), (16, 1)):
        x = (x ^ x >> np.uint32(shift)) * np.uint32(factor)
    return int(x[0])


@cache
def fused() -> bool:
    """Whether this CPU rounds multiply-add once: always, except on x86 without FMA."""
    if platform.machine().lower() not in ("x86_64", "amd64"):
        return True
    return machine.host().has("fma")


def multiply_add(a: Any, b: Any, c: Any) -> Any:
    """Return ``a * b + c`` as this CPU rounds it."""
    if not fused():
        return np.add(np.multiply(a, b), c)
    a, b, c = np.broadcast_arrays(a, b, c)
    return fma_float32(a, b, c) if a.dtype == np.float32 else fma_float64(a, b, c)


@np.errstate(all="ignore")
def fma_float32(a: Any, b: Any, c: Any) -> Any:
    """Return ``a * b + c`` of float32 arrays, rounded once.

    The product is exact in float64. The sum is rounded to odd there: an inexact sum gets an odd
    last bit, so that it is never a tie of float32 and the final rounding is correct (Boldo and
    Melquiond 2008, "Emulation of FMA and correctly rounded sums").
    """
    product, addend = a.astype(np.float64) * b, c.astype(np.float64)
    total = product + addend
    shared = total - product
    error = (product - (total - shared)) + (addend - shared)  # exact: Knuth's TwoSum
    even = total.view(np.int64) & 1 == 0
    inexact = np.isfinite(total) & (error != 0)
    neighbour = np.nextafter(total, np.copysign(np.inf, error))
    return np.where(inexact & even, neighbour, total).astype(np.float32)


def fma_float64(a: Any, b: Any, c: Any) -> Any:
    """Return ``a * b + c`` of float64 arrays, rounded once, by rational arithmetic."""
    values = map(_fma, a.ravel().tolist(), b.ravel().tolist(), c.ravel().tolist())
    return np.fromiter(values, np.float64, a.size).reshape(a.shape)


def _fma(a: float, b: float, c: float) -> float:
    if not (math.isfinite(a) and math.isfinite(b)):
        return a * b + c
    if not math.isfinite(c):
        return c  # a * b is finite, even where a float would overflow
    total = Fraction(a) * Fraction(b) + Fraction(c)
    if total == 0:
        # Two zeros add up by the rules of signed zeros; numbers that cancel give +0.
        return a * b + c if 0 in (a, b) else 0.0
    try:
        size = float(abs(total))  # division of integers: correctly rounded, denormals too
    except OverflowError:
        size = math.inf
    return size if total > 0 else -size


def _torch_dtype(real: Any) -> torch.dtype:
    return torch.float64 if real is np.float64 else torch.float32
