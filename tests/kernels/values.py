"""What the kernels are fed: ordinary numbers, all kinds of extraordinary ones, hyperparameters."""

import numpy as np
import torch

from adadelta_gen.spec import KernelSpec
from kernels.reference import Hyper, State

HYPERS = {
    "torch's defaults": Hyper(),
    "the paper's": Hyper(1.0, 0.95, 1e-6),
    "with decay": Hyper(0.3, 0.9, 1e-6, 0.01),
    "rho 0": Hyper(0.5, 0.0, 1e-6, 0.1),
    "rho 1": Hyper(0.5, 1.0, 1e-6, 0.1),
    "eps 0": Hyper(1.0, 0.9, 0.0, 0.1),
    "eps large": Hyper(1.0, 0.9, 3.0, 0.1),
    "lr 0": Hyper(0.0, 0.9, 1e-6, 0.1),
    "lr large": Hyper(1e4, 0.9, 1e-6, 0.1),
    "decay large": Hyper(1.0, 0.9, 1e-6, 50.0),
    "rho not short": Hyper(0.1, 1 / 3, 1e-7, 1 / 7),
    "scaled grads": Hyper(0.3, 0.9, 1e-6, 0.01, 2.0**-5),
    "scale not a power of 2": Hyper(0.3, 0.9, 1e-6, 0.01, 11184811 / 2**25),  # float32(1 / 3)
    "clipped grads": Hyper(0.3, 0.9, 1e-6, 0.01, 1.0, 0.3),
    "scaled and clipped": Hyper(0.3, 0.9, 1e-6, 0.01, 2.0**-5, 1 / 7),
}


def random_state(spec: KernelSpec, n: int, seed: int) -> State:
    """Return ordinary numbers: gradients of all sizes, running averages as after some steps."""
    rng = np.random.default_rng(seed)
    param, grad, average, delta = rng.standard_normal((4, n))
    grad *= 10.0 ** rng.uniform(-4, 1, n)
    average *= 10.0 ** rng.uniform(-4, 1, n)
    delta *= 10.0 ** rng.uniform(-3, -1, n)
    return stored(spec, param, grad, average**2, delta**2)


def special_values(dtype: str) -> list[float]:
    """Return zeros, denormals, ones, numbers whose square overflows or underflows, infs, NaN."""
    limits = torch.finfo(getattr(torch, dtype))
    denormal = limits.tiny * limits.eps  # the smallest
    return [
        *(0.0, denormal, 3 * denormal, limits.tiny - denormal, limits.tiny),
        *(limits.tiny**0.5, 1e-6, 0.1, 1.0, 1.0 + limits.eps, 1.5),
        *(limits.max**0.5, 4 * limits.max**0.5, limits.max / 2, limits.max, np.inf, np.nan),
    ]


def special_state(spec: KernelSpec, n: int, seed: int) -> State:
    """Return ``n`` random combinations of special values, and of them with ordinary numbers.

    The running averages are negative now and then, which no average of squares is.
    """
    rng = np.random.default_rng(seed)
    values = [special_values(dtype) for dtype in (spec.dtype, spec.state_dtype)]
    shares = (0.5, 0.5, 0.1, 0.1)
    columns = []
    for i, (ordinary, share_negative) in enumerate(
        zip(random_state(spec, n, seed), shares, strict=True)
    ):
        column = rng.choice(values[i // 2], n) * np.where(rng.random(n) < share_negative, -1, 1)
        columns.append(np.where(rng.random(n) < 0.2, ordinary.double().numpy(), column))
    return stored(spec, *columns)


def pairs_of_exponents(dtype: str, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return two arrays of positive numbers with all pairs of exponents of float32 or float64.

    Of float64, those of every 8th exponent, another one for each seed. Significands are random, one
    in 16 is 1.0 and one in 16 the last one below 2; denormals have all lengths; some are 0, inf and
    NaN.
    """
    random = np.random.default_rng(seed)
    word, digits, last = {
        "float32": (np.uint32, 23, 255),
        "float64": (np.uint64, 52, 2047),
    }[dtype]
    exponents = np.arange(last + 1)
    if dtype == "float64":
        exponents = np.unique([0, 1, 2, *range(seed % 8, last, 8), last - 2, last - 1, last])
    sides = np.meshgrid(exponents, exponents)
    columns = []
    for side in sides:
        exponent = side.ravel().astype(word)
        significand = random.integers(0, 1 << digits, exponent.size, word)
        edge = random.integers(0, 16, exponent.size)
        significand[edge == 0] = 0
        significand[edge == 1] = (1 << digits) - 1
        denormal, special = exponent == 0, exponent == last
        significand[denormal] >>= random.integers(0, digits + 1, denormal.sum(), word)
        significand[special & (edge < 12)] = 0  # an infinity
        columns.append((exponent << word(digits) | significand).view(dtype))
    return columns[0], columns[1]


def state_of_all_exponents(spec: KernelSpec, seed: int) -> State:
    """Return averages of all pairs of exponents, 1 in 16 negative, and such params and grads."""
    random = np.random.default_rng(seed)
    u, v = pairs_of_exponents(spec.dtype, seed)
    sides = random.permutation(u), random.permutation(v), v, u
    shares = (0.5, 0.5, 1 / 16, 1 / 16)
    signs = ((0.5 - (random.random(u.size) < share)).astype(spec.dtype) for share in shares)
    return stored(spec, *map(np.copysign, sides, signs))


def stored(spec: KernelSpec, *columns: np.ndarray) -> State:
    """Round float64 arrays to the storage dtypes."""
    storages = [spec.dtype, spec.dtype, spec.state_dtype, spec.state_dtype]
    return State(
        *(
            torch.from_numpy(np.ascontiguousarray(column)).to(getattr(torch, storage))
            for column, storage in zip(columns, storages, strict=True)
        )
    )
