"""Tests of the reference: its FMA against known results, ``exact`` against ``paper``."""

import ctypes.util

import numpy as np
import pytest

from kernels.reference import Hyper, State, exact, fma_float32, fma_float64, paper, wide
from kernels.values import random_state

# (1 + 2**-a) * (1 + 2**-b) lies on a tie, half an ulp above 1 + 2**-a + 2**-b; an addend breaks it.
TIES = {"float32": (12, 12), "float64": (26, 27)}
FMA = {"float32": fma_float32, "float64": fma_float64}


def c_fma(dtype):
    """Return ``fmaf`` or ``fma`` of the C library."""
    library = ctypes.util.find_library("m")
    if library is None:
        pytest.skip("no C mathematics library to compare with")
    name, real = {"float32": ("fmaf", ctypes.c_float), "float64": ("fma", ctypes.c_double)}[dtype]
    function = getattr(ctypes.CDLL(library), name)
    function.restype, function.argtypes = real, [real] * 3
    return function


def fma(dtype, a, b, c):
    (result,) = FMA[dtype](*(np.array([value], dtype) for value in (a, b, c)))
    return float(result)


@pytest.mark.parametrize(("dtype", "exponents"), TIES.items(), ids=TIES)
def test_fma_rounds_once_at_a_tie(dtype, exponents):
    x, y = (1 + 2.0**-exponent for exponent in exponents)
    even = x + y - 1
    above = even + float(np.finfo(dtype).eps)
    assert fma(dtype, x, y, 0.0) == even
    assert fma(dtype, x, y, 2.0**-120) == above
    assert fma(dtype, x, y, -(2.0**-120)) == even
    assert fma(dtype, -x, y, -(2.0**-120)) == -above


@pytest.mark.parametrize(("dtype", "exponents"), TIES.items(), ids=TIES)
def test_fma_does_not_round_the_product(dtype, exponents):
    x, y = (1 + 2.0**-exponent for exponent in exponents)
    assert fma(dtype, x, y, 1 - x - y) == 2.0 ** -sum(exponents)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_fma_of_zeros_overflow_and_underflow(dtype):
    limits = np.finfo(dtype)
    largest, smallest = float(limits.max), float(limits.smallest_subnormal)
    assert str(fma(dtype, -1.0, 0.0, -0.0)) == "-0.0"
    assert str(fma(dtype, -1.0, 0.0, 0.0)) == "0.0"
    assert str(fma(dtype, -1.0, 1.0, 1.0)) == "0.0"
    assert str(fma(dtype, -smallest, 0.25, 0.0)) == "-0.0"
    assert fma(dtype, smallest, 0.75, 0.0) == smallest
    assert fma(dtype, largest, 2.0, -largest) == largest
    assert fma(dtype, -largest, 2.0, 0.0) == -np.inf
    assert fma(dtype, largest, largest, -np.inf) == -np.inf
    assert np.isnan(fma(dtype, np.inf, 0.0, 1.0))


@pytest.mark.parametrize("dtype", FMA)
@pytest.mark.parametrize("scale", ["any bits", "cancelling", "denormal"])
def test_fma_agrees_with_the_c_library(dtype, scale):
    real, n = np.dtype(dtype).type, 5000
    rng = np.random.default_rng(0)
    a, b, c = rng.integers(0, 256, (3, n * real().itemsize), dtype=np.uint8).view(dtype)
    if scale != "any bits":
        a, b, c = rng.standard_normal((3, n)).astype(dtype)
        c = -a * b * (1 + rng.integers(-3, 4, n).astype(dtype) * np.finfo(dtype).eps)
    if scale == "denormal":
        small = np.sqrt(np.finfo(dtype).tiny)
        a, b, c = a * small, b * small, c * small * small
    native = np.array(list(map(c_fma(dtype), a.tolist(), b.tolist(), c.tolist())), dtype)
    np.testing.assert_array_equal(FMA[dtype](a, b, c), native)  # here NaN equals NaN


def test_the_exact_model_follows_the_paper(spec):
    state, hyper = random_state(spec, 200, seed=1), Hyper(0.5, 0.8, 1e-6, 0.1)
    bits, truth = exact(spec, state, hyper), paper(spec, wide(state, np.float64), hyper)
    for name in State._fields:
        is_average = name in ("square_avg", "acc_delta")
        dtype = spec.state_dtype if is_average else spec.dtype
        half_ulp = {"float16": 2.0**-11, "bfloat16": 2.0**-8}.get(dtype, 2.0**-21)
        if spec.dithered and dtype == "bfloat16":
            half_ulp *= 2  # either neighbour is correct
        ours = getattr(bits, name).double().numpy()
        np.testing.assert_allclose(ours, getattr(truth, name), rtol=half_ulp, atol=1e-6)
