"""A few cases of the part ``state_dicts``, and faults that it has to notice."""

import pytest
import torch

from adadelta_gen import Adadelta
from adadelta_gen.step import examine
from soak.parts import state_dicts


def test_faulty_state_dicts_end_as_with_torch():
    words = sum((state_dicts.case(seed) for seed in range(3)), start=state_dicts.Counter())
    assert words.total() == 3 * state_dicts.EXAMPLES
    assert words["as torch's"]
    assert words["refused"]


REVERSED = state_dicts.Example(
    "float32", "none", "none", True, (state_dicts.EditDict("states reversed"),)
)


def test_a_load_that_loses_a_count_is_noticed(monkeypatch):
    def load(optimizer, saved):
        original(optimizer, saved)
        for state in optimizer.state.values():
            state["step"] = state["step"] - 1

    assert state_dicts.outcome(REVERSED) == "as torch's"
    original = Adadelta.load_state_dict
    monkeypatch.setattr(Adadelta, "load_state_dict", load)
    with pytest.raises(AssertionError, match="step of parameter"):
        state_dicts.outcome(REVERSED)


LAZY_ZERO = state_dicts.Recipe(torch.int8, None, None, "own", "lazy zero")
HALF_DONE = state_dicts.Example(
    "dtypes", "none", "none", False, (state_dicts.SetValue(0, "step", LAZY_ZERO),)
)


def test_a_step_that_is_half_done_is_noticed(monkeypatch):
    """Rows of kernels are updated although torch's row then raises."""
    assert state_dicts.outcome(HALF_DONE) == "raised alike"
    route = lambda decided, group, param, step: examine.Route("torch", "count")  # noqa: E731
    monkeypatch.setattr(examine, "_route_by_step", route)
    with pytest.raises(AssertionError, match="wrote what torch did not"):
        state_dicts.outcome(HALF_DONE)


TWO_COUNTS = state_dicts.Example(
    *("float32", "none", "none", False),
    (state_dicts.SetValue(0, "step", state_dicts.Recipe(None, (2,), None, "own", None)),),
)


def test_an_error_that_names_no_parameter_is_noticed(monkeypatch):
    """Torch increments two counts, ours refuses them."""
    assert state_dicts.outcome(TWO_COUNTS) == "refused"

    def check(place, param, state):
        if state["step"].numel() != 1:
            raise RuntimeError("a state is wrong")

    monkeypatch.setattr(examine, "_check_state", check)
    with pytest.raises(AssertionError, match="names no parameter"):
        state_dicts.outcome(TWO_COUNTS)
