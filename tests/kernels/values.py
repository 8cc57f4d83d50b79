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

    The running averages are negative now and then: what the kernels do then is torch's answer too.
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


def stored(spec: KernelSpec, *columns: np.ndarray) -> State:
    """Round float64 arrays to the storage dtypes."""
    storages = [spec.dtype, spec.dtype, spec.state_dtype, spec.state_dtype]
    return State(
        *(
            torch.from_numpy(np.ascontiguousarray(column)).to(getattr(torch, storage))
            for column, storage in zip(columns, storages, strict=True)
        )
    )
