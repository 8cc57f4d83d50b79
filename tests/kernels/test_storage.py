"""16-bit storage: load and store keep every number, and a store rounds to nearest even."""

import numpy as np
import pytest
import torch

from adadelta_gen.spec import specs_of
from kernels.comparison import assert_exact
from kernels.jobs import Job, Row
from kernels.memory import assert_same, from_bits
from kernels.reference import Hyper, State

SPECS = [spec for spec in specs_of("cpu") if spec.itemsize == 2]
SIGNIFICANT = {"float16": 11, "bfloat16": 8}  # bits
half_specs = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)


def all_numbers(spec):
    """Return the number of every bit pattern."""
    return from_bits(torch.arange(1 << 16), getattr(torch, spec.dtype))


def states(spec, param, grad):
    """Return averages for which delta equals the grad with eps=0 and rho=1."""
    one = torch.ones_like(param, dtype=getattr(torch, spec.state_dtype))
    return State(param, grad, one, one)


def ulps(spec, numbers):
    """Return the distance from each finite number to the next larger magnitude, else 0."""
    limits = torch.finfo(numbers.dtype)
    magnitude = numbers.double().abs()
    exponent = torch.frexp(magnitude.clamp(min=limits.tiny)).exponent
    distance = torch.ldexp(torch.ones_like(magnitude), exponent - SIGNIFICANT[spec.dtype])
    return torch.where(magnitude <= limits.max, distance, 0.0).to(numbers.dtype)


@half_specs
def test_every_param_value_is_kept(spec, kernel):
    numbers = all_numbers(spec)
    # A gradient that is +0 after maximize: then param is param - lr * 0, and -0 stays -0.
    zero = torch.full_like(numbers, -0.0 if spec.maximize else 0.0)
    row = Row(states(spec, numbers, zero))
    Job(spec, [row], Hyper(lr=0.0, rho=1.0, eps=0.0)).run(kernel)
    kept = numbers.isfinite() if spec.weight_decay else torch.ones_like(numbers, dtype=torch.bool)
    assert_same(row.arrays.param[kept], numbers[kept], "param")  # 0 * inf is NaN with decay


@half_specs
def test_every_average_is_kept(spec, kernel):
    numbers = all_numbers(spec)
    zeros = torch.zeros_like(numbers)
    averages = numbers.to(getattr(torch, spec.state_dtype))
    start = State(zeros, zeros, averages, averages)
    row = Row(start)
    Job(spec, [row], Hyper(lr=0.0, rho=1.0, eps=0.0)).run(kernel)
    signless = averages + 0.0  # the averages add +0: -0 becomes +0
    assert_same(row.arrays.square_avg, signless, "square_avg")


@half_specs
@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("share", [0.5, 0.5 - 2.0**-12, 0.5 + 2.0**-12])
def test_ties_are_rounded_to_even(spec, kernel, sign, share):
    """Every number plus a fraction of its ulp: ties, neighbours of ties, overflow."""
    numbers = all_numbers(spec)
    grad = sign * ulps(spec, numbers)
    assert_exact(kernel, spec, states(spec, numbers, grad), Hyper(share, 1.0, 0.0, 0.0))


@half_specs
@pytest.mark.parametrize("payload", [0x7FFFFFFF, 0xFFFFFFFF, 0x7FC00001])
def test_nan_stays_nan_for_every_payload(spec, kernel, payload):
    """A scalar may be a NaN with low bits; rounding must not carry into the exponent."""
    lr = float(np.array([payload], np.uint32).view(np.float32)[0])
    for n in (1, 100):
        one = torch.ones(n, dtype=getattr(torch, spec.dtype))
        row = Row(states(spec, one, one))
        job = Job(spec, [row], Hyper(lr=lr))
        job.run(kernel)
        assert row.arrays.param.isnan().all()


@half_specs
def test_the_tested_ties_are_exact_ties(spec):
    """Checks the test above: half an ulp is exactly a tie."""
    numbers = all_numbers(spec)
    numbers = numbers[numbers.isfinite() & (numbers >= 0)]
    half = 0.5 * ulps(spec, numbers).float()
    stored = (numbers.float() + half).to(numbers.dtype).float()
    below_largest = stored.isfinite()
    assert below_largest.sum() == len(numbers) - 1
    assert torch.equal((numbers.float() + half - stored).abs()[below_largest], half[below_largest])
