"""``root_of_ratio``: its error over the whole range, and its differences from torch's two roots.

With rho=1 the averages do not change, and with lr=-1 a param of 0 becomes delta.
"""

import numpy as np
import pytest
import torch

from adadelta_gen import registry
from adadelta_gen.spec import KernelSpec
from kernels.comparison import torch_step
from kernels.jobs import Job, Row
from kernels.reference import Hyper, State
from kernels.values import pairs_of_exponents

SPECS = {dtype: KernelSpec("cpu", dtype) for dtype in ("float32", "float64")}
WIDER = {"float32": np.float64, "float64": np.longdouble}
# For a and b (sums with eps) of at least this size, no quotient is denormal.
LEAST = {"float32": 2.0**-123, "float64": 2.0**-1019}
# What the proof in native/rms_ratio.py allows, in halves of an ulp of 1; measured over 64 seeds:
# float32 1.495 and 2.427, float64 1.492 and 2.472. Of torch's order of operations: 3 and 4.
ROOT, DELTA = 1.5, 2.5
EPS = (1e-12, 1e-8, 1e-6, 1e-3, 1.0)
every_dtype = pytest.mark.parametrize("dtype", SPECS)


def state_of(*arrays):
    return State(*(torch.from_numpy(np.ascontiguousarray(array)) for array in arrays))


def deltas(dtype, grad, v, u, eps=0.0):
    row = Row(state_of(np.zeros_like(u), grad, v, u))
    Job(SPECS[dtype], [row], Hyper(-1.0, 1.0, eps)).run(registry.load(SPECS[dtype]))
    return row.arrays.param.numpy()


def kinds(tensor):
    """Return 0 for NaN, 1 for an infinity, 2 for 0, 3 for other numbers."""
    return torch.where(tensor.isnan(), 0, torch.where(tensor.isinf(), 1, 2 + (tensor != 0).int()))


def units_off(delta, exact, dtype):
    """Return the largest relative error of the deltas whose exact values are normal."""
    limits = np.finfo(dtype)
    size = np.abs(exact)
    normal = (size >= limits.tiny) & (size <= limits.max) & np.isfinite(delta)
    assert normal.sum() > 30_000
    error = np.abs(delta[normal] - exact[normal]) / size[normal]
    return float(error.max() / (WIDER[dtype](limits.eps) / 2))


@every_dtype
@pytest.mark.parametrize("seed", range(8))
def test_error_is_within_the_bound(dtype, seed):
    real = WIDER[dtype]
    if np.finfo(real).nmant <= np.finfo(dtype).nmant:
        pytest.skip("no NumPy dtype on this system is wider than float64")
    u, v = pairs_of_exponents(dtype, seed)
    usual = np.isfinite(u) & np.isfinite(v) & (u >= LEAST[dtype]) & (v >= LEAST[dtype])
    u, v = u[usual], v[usual]
    roots = np.sqrt(u.astype(real) / v.astype(real))
    assert units_off(deltas(dtype, np.ones_like(u), v, u), roots, dtype) <= ROOT
    grad = np.random.default_rng(seed).permutation(u)
    assert units_off(deltas(dtype, grad, v, u), roots * grad, dtype) <= DELTA


@every_dtype
@pytest.mark.parametrize("eps", EPS)
@pytest.mark.parametrize("seed", range(4))
def test_infinities_nans_and_zeros_appear_as_in_torch(dtype, eps, seed):
    """With all exponents: 0, infinity and NaN appear for the same inputs as in torch."""
    u, v = pairs_of_exponents(dtype, seed)
    random = np.random.default_rng(seed)
    signs = random.choice(np.array([-1, 1], dtype), (2, u.size))
    grad = np.copysign(random.permutation(u), signs[0])
    for param in (np.zeros_like(u), np.copysign(random.permutation(v), signs[1])):
        start, hyper = state_of(param, grad, v, u), Hyper(eps=eps)
        row = Row(start)
        Job(SPECS[dtype], [row], hyper).run(registry.load(SPECS[dtype]))
        theirs = torch_step(SPECS[dtype], start, hyper)
        for name in ("param", "square_avg", "acc_delta"):
            ours, its = (kinds(getattr(state, name)) for state in (row.arrays, theirs))
            assert torch.equal(ours, its), name


NAN, INF = float("nan"), float("inf")
LAST = {"float32": 2.0**-149, "float64": 2.0**-1074}  # the smallest denormal
# (acc_delta + eps, square_avg + eps): delta of a grad of 1, torch's and ours; -0 is 0.
ALIKE = {
    (0.0, 1.0): 0.0,
    (0.0, 0.0): NAN,
    (1.0, 0.0): INF,
    (INF, 1.0): INF,
    (1.0, INF): 0.0,
    (INF, INF): NAN,
    (NAN, 1.0): NAN,
    (1.0, NAN): NAN,
    (-1.0, 4.0): NAN,
    (1.0, -4.0): NAN,
    (-1.0, 0.0): NAN,
    (-INF, INF): NAN,
    (INF, -INF): NAN,
}
OTHER = {
    (-1.0, -4.0): (NAN, 0.5),
    (-INF, -1.0): (NAN, INF),
    (0.0, -4.0): (NAN, 0.0),
    (-1.0, INF): (NAN, 0.0),
    (1.0, -INF): (NAN, 0.0),
    (-1.0, -INF): (NAN, 0.0),
}


def delta_of(dtype, u, v):
    start = state_of(*np.array([[0.0], [1.0], [v], [u]], dtype))
    theirs = -torch_step(SPECS[dtype], start, Hyper(rho=1.0, eps=0.0)).param
    return theirs.item(), float(deltas(dtype, *(array.numpy() for array in start[1:]))[0])


@every_dtype
@pytest.mark.parametrize(("pair", "right"), ALIKE.items(), ids=map(str, ALIKE))
def test_special_pairs_give_what_torch_gives(dtype, pair, right):
    np.testing.assert_array_equal(delta_of(dtype, *pair), right)


@every_dtype
@pytest.mark.parametrize(("pair", "right"), OTHER.items(), ids=map(str, OTHER))
def test_negative_averages_may_give_numbers(dtype, pair, right):
    np.testing.assert_array_equal(delta_of(dtype, *pair), right)


@every_dtype
def test_a_smaller_eps_loses_bits_at_the_end_of_the_range(dtype):
    """A denormal quotient has fewer significant bits, or is 0."""
    least, last = LEAST[dtype], LAST[dtype]
    theirs, ours = delta_of(dtype, least, 1.0)
    assert ours == pytest.approx(theirs, rel=3 * float(np.finfo(dtype).eps), abs=0)
    theirs, ours = delta_of(dtype, last, 1.0)
    assert ours == 0 < theirs
    theirs, ours = delta_of(dtype, 41 * last, 1.0)  # the quotient is 10 * last, and not 10.25
    assert ours == pytest.approx(theirs * (40 / 41) ** 0.5, rel=1e-6, abs=0) != theirs
