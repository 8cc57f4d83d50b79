"""Errors of the kernels relative to the exact formula, and to torch's errors."""

import numpy as np
import pytest

from adadelta_gen.native import abi
from adadelta_gen.native.dither import of_step
from kernels.comparison import torch_step
from kernels.jobs import Job, Row
from kernels.reference import paper, wide
from kernels.values import HYPERS, random_state, stored

# Steps -> (rtol, atol) of param, square_avg and acc_delta. Comments: the worst of 4 variants,
# 3 hyperparameter sets and 3 seeds of 4096 elements (float32 and float64: of the elements below);
# rtol's from the averages, atol's from what param had beyond it. 16-bit: each step rounds its state
# to storage, and 50 steps add that up.
TOLERANCES = {
    "float16": {
        1: (5e-4, 5e-8),  # 4.9e-4 is half an ulp, 3.0e-8
        50: (2e-2, 8e-3),  # 1.3e-2, 4.4e-3
    },
    "bfloat16": {
        1: (4e-3, 1e-8),  # 3.9e-3 is half an ulp, 0
        50: (7e-2, 3e-2),  # 4.8e-2, 1.7e-2
    },
    "dithered": {  # what is stored in bfloat16
        1: (8e-3, 1e-8),  # 7.8e-3 is an ulp, 0
        50: (7e-2, 1.5e-1),  # 6.4e-2, 1.3e-1; that they do not add up, test_dither.py shows
    },
    "beside dithered": {  # a param whose state is
        50: (5e-4, 9e-2),  # 7.7e-2
    },
    "float32": {
        1: (3e-7, 1.2e-7),  # 3.4e-7 of averages below 1e-7, else less; 1.9e-8
        50: (3e-6, 1.5e-6),  # 1.8e-6, 9.3e-8
    },
    "float64": {
        1: (6e-16, 1.2e-16),  # 5.5e-16, 1.8e-17
        50: (3e-15, 1.8e-15),  # 1.7e-15, 9.8e-16
    },
}

# Our error divided by torch's, of one step: largest (worst, mean). 16-bit: torch rounds after every
# operation, we once. float32 and float64: square_avg is torch's bits, and the two others come of
# one root instead of two, with means of 0.77 to 0.97; a worst error as large as torch's is chance.
SHARE_OF_TORCH = {
    "float16": (0.75, 0.82),  # measured: 0.69, 0.78
    "bfloat16": (0.75, 0.82),  # 0.67, 0.78
    "float32 of 16 bits": (1.15, 1.002),  # 1.08, 1.0007: both have two roots
    "float32": (1.08, 1.0),  # 1.02, 1.0
    "float64": (1.08, 1.0),  # 1.0, 1.0
    # Torch stores the averages in bfloat16 before it takes delta from them.
    "beside bfloat16": (0.05, 0.07),  # 0.040, 0.062
}


def wider(spec):
    """Return a NumPy dtype with more bits than the kernel computes with."""
    if spec.dtype != "float64":
        return np.float64
    if np.finfo(np.longdouble).nmant <= np.finfo(np.float64).nmant:
        pytest.skip("no NumPy dtype on this system is wider than float64")
    return np.longdouble


def kind_of(spec, dtype, steps):
    """Return the key of the tolerance of an array that is stored in a dtype."""
    if spec.dithered and dtype == "bfloat16":
        return "dithered"
    if steps == 1:
        return dtype
    # The rounding of one array affects the others at the next step; that of param only with decay.
    is_beside = spec.dithered and spec.dtype != "bfloat16"
    return "beside dithered" if is_beside else spec.dtype


@pytest.mark.parametrize("hyper", ["torch's defaults", "the paper's", "with decay"])
@pytest.mark.parametrize("steps", [1, 50])
def test_results_are_close_to_the_paper(spec, kernel, steps, hyper):
    n, dtype = 1024, wider(spec)
    start = random_state(spec, n, seed=0)
    row = Row(start)
    job = Job(spec, [row], HYPERS[hyper])
    truth = wide(start, dtype)
    for step in range(steps):
        grad = random_state(spec, n, seed=step + 1).grad
        row.arrays.grad.copy_(grad)
        job.rows[0, abi.DITHER] = of_step(step)
        job.run(kernel)
        truth = truth._replace(grad=grad.double().numpy().astype(dtype))
        truth = paper(spec, truth, HYPERS[hyper])
    state = kind_of(spec, spec.state_dtype, steps)
    kinds = (kind_of(spec, spec.dtype, steps), spec.dtype, state, state)
    for kind, ours, right in zip(kinds, wide(row.copy(), dtype), truth, strict=True):
        rtol, atol = TOLERANCES[kind][steps]
        excess = np.abs(ours - right) - (atol + rtol * np.abs(right))
        assert excess.max() <= 0


@pytest.mark.parametrize("hyper", ["torch's defaults", "with decay"])
def test_errors_do_not_exceed_torchs(spec, kernel, hyper):
    """One step from equal bits, with values for which an error is visible in param too."""
    n, dtype = 1 << 16, wider(spec)
    rng = np.random.default_rng(0)
    param = rng.uniform(-0.1, 0.1, n)
    grad = rng.uniform(0.5, 2, n) * rng.choice([-1, 1], n)
    start = stored(spec, param, grad, *rng.uniform(0.5, 2, (2, n)))
    row = Row(start)
    Job(spec, [row], HYPERS[hyper]).run(kernel)
    truth = paper(spec, wide(start, dtype), HYPERS[hyper])
    ours, torchs = wide(row.copy(), dtype), wide(torch_step(spec, start, HYPERS[hyper]), dtype)
    # With a float32 state torch, too, rounds its param once only: measured 1.0, 1.0.
    kind = spec.dtype
    if spec.dtype != spec.state_dtype:
        is_narrow = spec.state_dtype == "bfloat16"
        kind = "beside bfloat16" if is_narrow else f"{spec.state_dtype} of 16 bits"
    worst, mean = SHARE_OF_TORCH[kind]
    for name in ("param", "square_avg", "acc_delta"):
        if kind_of(spec, spec.dtype if name == "param" else spec.state_dtype, 1) == "dithered":
            continue  # dithered: right on average, not to nearest
        right = getattr(truth, name)
        our_error = np.abs(getattr(ours, name) - right)
        torch_error = np.abs(getattr(torchs, name) - right)
        assert our_error.max() <= worst * torch_error.max(), name
        assert our_error.mean() <= mean * torch_error.mean(), name
