"""Property test: bits of the exact model for any values, hyperparameters, sizes and alignments."""

import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernels.comparison import assert_exact
from kernels.memory import from_bits
from kernels.reference import Hyper, State

HYPERPARAMETERS = st.builds(
    Hyper,
    lr=st.floats(0, 1e6),
    rho=st.floats(0, 1),
    eps=st.floats(0, 1e3),
    weight_decay=st.floats(0, 1e6),
    inv_scale=st.just(1.0) | st.floats(2.0**-24, 2.0),
    clip=st.just(1.0) | st.floats(0, 1),
)


def elements(storage):
    """Return a strategy for one element's bit pattern: any bits, or those of a plain number."""
    width = 8 * storage.itemsize
    any_bits = st.integers(-(1 << (width - 1)), (1 << (width - 1)) - 1)
    integers = {16: torch.int16, 32: torch.int32, 64: torch.int64}[width]
    plain = st.floats(-4, 4).map(lambda x: torch.tensor(x, dtype=storage).view(integers).item())
    return any_bits | plain


@settings(
    max_examples=30,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # a kernel keeps no state
)
@given(data=st.data(), hyper=HYPERPARAMETERS)
def test_any_input_is_bit_exact(spec, kernel, data, hyper):
    n = data.draw(st.integers(0, 70), "n")
    shifts = data.draw(st.tuples(*[st.integers(0, 7)] * 4), "shifts")
    # A few values at random positions: long lists of draws would be slow.
    places = torch.Generator().manual_seed(data.draw(st.integers(0, 1 << 30), "places"))
    arrays = []
    for storage in (getattr(torch, spec.dtype), getattr(torch, spec.state_dtype)):
        drawn = data.draw(st.lists(elements(storage), min_size=1, max_size=20), "values")
        chosen = torch.tensor(drawn)[torch.randint(len(drawn), (2, n), generator=places)]
        arrays += [from_bits(row, storage) for row in chosen]
    state = State(*arrays)
    assert_exact(kernel, spec, state, hyper, shifts=shifts)
