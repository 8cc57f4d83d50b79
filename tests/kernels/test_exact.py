"""Every kernel writes the bits of the exact model, for any size, alignment, value and step."""

import pytest
import torch

from adadelta_gen import registry
from adadelta_gen.spec import KernelSpec
from kernels.comparison import assert_exact
from kernels.reference import Hyper
from kernels.values import HYPERS, random_state, special_state, state_of_all_exponents

# Around every width of vector and of unrolled vectors (4 to 128 elements), and past them.
SIZES = (0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 300)
SHIFTS = [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1), (1, 2, 3, 5), (3, 3, 3, 3)]


@pytest.mark.parametrize("n", SIZES)
def test_every_size_is_bit_exact(spec, kernel, n):
    assert_exact(kernel, spec, random_state(spec, n, seed=n), HYPERS["with decay"])


@pytest.mark.parametrize("shifts", SHIFTS, ids=str)
def test_every_alignment_is_bit_exact(spec, kernel, shifts):
    for n in (1, 17, 67, 131):
        state = random_state(spec, n, seed=n)
        assert_exact(kernel, spec, state, HYPERS["with decay"], shifts=shifts)


def test_adjacent_arrays_are_bit_exact(spec, kernel):
    for n in (1, 2, 5, 8, 17, 33, 64, 131):
        state = random_state(spec, n, seed=n)
        assert_exact(kernel, spec, state, HYPERS["with decay"], adjacent=True)


@pytest.mark.parametrize("steps", [1, 2, 50])
def test_many_steps_are_bit_exact(spec, kernel, steps):
    n = 67
    start = random_state(spec, n, seed=0)
    zero = torch.zeros_like(start.square_avg)
    grads = [random_state(spec, n, seed=step).grad for step in range(1, steps)]
    start = start._replace(square_avg=zero, acc_delta=zero)
    assert_exact(kernel, spec, start, HYPERS["with decay"], grads=grads)


@pytest.mark.parametrize("hyper", HYPERS.values(), ids=HYPERS)
def test_all_hyperparameters_are_bit_exact(spec, kernel, hyper):
    n = 133
    grads = [random_state(spec, n, seed=step).grad for step in (1, 2)]
    assert_exact(kernel, spec, random_state(spec, n, seed=0), hyper, grads=grads)


@pytest.mark.parametrize("hyper", HYPERS.values(), ids=HYPERS)
def test_special_values_are_bit_exact(spec, kernel, hyper):
    assert_exact(kernel, spec, special_state(spec, 2000, seed=2), hyper)


@pytest.mark.parametrize("eps", [0.0, 1e-6])
def test_averages_of_all_exponents_are_bit_exact(eps):
    for dtype in ("float32", "float64"):
        spec = KernelSpec("cpu", dtype)
        state = state_of_all_exponents(spec, seed=0)
        assert_exact(registry.load(spec), spec, state, Hyper(eps=eps))


def test_short_arrays_of_special_values_are_bit_exact(spec, kernel):
    """Short arrays run through the scalar remainder of the vectorised loop."""
    state = special_state(spec, 150, seed=3)
    for i in range(150):
        one = type(state)(*(array[i : i + 1] for array in state))
        assert_exact(kernel, spec, one, Hyper(0.5, 0.9, 1e-6, 0.1))
