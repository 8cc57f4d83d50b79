"""An invalid state raises an error that names the parameter and a remedy; nothing is written."""

from contextlib import contextmanager

import numpy as np
import pytest
import torch
from parity.support import Pair, random

from adadelta_gen import Adadelta
from reliability.outcomes import same_outcome
from reliability.trained import assert_refused, resized, trained

REPLACEMENTS = {
    "shape": lambda old: torch.zeros(2),
    "same size, other shape": lambda old: old.reshape(3, 2),
    "one element": lambda old: torch.zeros(()),
    "too large": lambda old: torch.zeros(20, 30),
    "integers": lambda old: old.view(torch.int32),
    "complex": lambda old: old.to(torch.complex64),
    "device": lambda old: old.to("meta"),
    "None": lambda old: None,
    "number": lambda old: 0.0,
    "list": lambda old: [0.0] * 6,
    "array": lambda old: np.zeros((2, 3), np.float32),
}
DATA = {
    "shape": lambda old: old.reshape(3, 2),
    "fewer elements": lambda old: old[:1],
    "dtype": lambda old: old.view(torch.int32),
    "a dimension more": lambda old: old.view(1, 2, 3),
    "other memory, other shape": lambda old: torch.zeros(3, 2),
    "other memory, other dtype": lambda old: old.to(torch.int64),
}
KEYS = ("square_avg", "acc_delta")
REMEDY = "Load a state_dict .* casts and moves the state"


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("make", REPLACEMENTS.values(), ids=REPLACEMENTS)
def test_a_mismatched_state_raises(make, key):
    pair = trained()
    state = pair.ours.state[pair.params[3]]

    @contextmanager
    def corruption():
        old, state[key] = state[key], make(state[key])
        try:
            yield
        finally:
            state[key] = old

    assert_refused(pair, corruption(), rf"state\['{key}'\]", REMEDY)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("make", DATA.values(), ids=DATA)
def test_a_state_object_with_other_data_raises(make, key):
    pair = trained()
    value = pair.ours.state[pair.params[3]][key]

    @contextmanager
    def corruption():
        old, value.data = value.data, make(value.data)
        try:
            yield
        finally:
            value.data = old

    assert_refused(pair, corruption(), rf"state\['{key}'\]", REMEDY)


MISSING = [("square_avg",), ("acc_delta",), ("step",), ("square_avg", "acc_delta")]


@pytest.mark.parametrize("keys", MISSING, ids="-".join)
def test_a_missing_state_raises(keys):
    pair = trained()
    state = pair.ours.state[pair.params[3]]

    @contextmanager
    def corruption():
        old = dict(state)
        for key in keys:
            del state[key]
        try:
            yield
        finally:
            state.clear()
            state.update(old)

    assert_refused(pair, corruption(), rf"state\['{keys[0]}'\]", REMEDY)


@pytest.mark.parametrize(
    "value",
    [torch.zeros(2), torch.zeros(0), 3, 3.0, None, "3", [torch.zeros(())]],
    ids=["two elements", "no elements", "int", "float", "None", "text", "list"],
)
def test_an_invalid_step_raises(value):
    pair = trained()
    state = pair.ours.state[pair.params[3]]

    @contextmanager
    def corruption():
        old, state["step"] = state["step"], value
        try:
            yield
        finally:
            state["step"] = old

    assert_refused(pair, corruption(), r"state\['step'\]", REMEDY)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("size", [0, 8, 23])
def test_a_freed_or_shrunk_state_raises(key, size):
    pair = trained()
    storage = pair.ours.state[pair.params[3]][key].untyped_storage()

    words = rf"memory of state\['{key}'\] .* freed or resized.* {size} bytes, but 24"
    assert_refused(pair, resized(storage, size), words, "Restore the storage before step")


def test_states_of_another_model_raise():
    """Two parameters with equal numbers of elements are in another order."""
    pair = trained()
    pair.ours.add_param_group({"params": [("e", torch.nn.Parameter(random(3, 2)))]})
    other = pair.ours.param_groups[2]["params"][0]
    other.grad = random(3, 2)
    pair.ours.step()
    saved = pair.ours.state_dict()
    saved["state"][3], saved["state"][4] = saved["state"][4], saved["state"][3]
    pair.ours.load_state_dict(saved)
    before = [p.detach().clone() for p in pair.params]
    with pytest.raises(RuntimeError, match=r"parameter 1 \('d'\) of group 1 .*Load a state_dict"):
        pair.ours.step()
    assert all(map(torch.equal, pair.params, before))


def test_extra_state_keys_are_ignored():
    pair = trained()
    for optimizer in pair.both:
        for state in optimizer.state.values():
            state.update(note="mine", count=3, average=random(2), nothing=None)
        optimizer.param_groups[0]["params"].append(torch.nn.Parameter(random(2)))
        optimizer.param_groups[0].pop("param_names")
    pair.each(lambda optimizer: optimizer.step())
    for p, q in zip(pair.params, pair.mirrors, strict=True):
        torch.testing.assert_close(p, q)
    assert pair.ours.state[pair.params[0]]["note"] == "mine"


def test_a_square_state_that_is_transposed_in_place():
    """Memory, dtype and shape stay the same; the order of the elements changes."""
    pair = trained()
    for optimizer in pair.both:
        p = torch.nn.Parameter(random(4, 4))
        optimizer.add_param_group({"params": [("e", p)]})
    pair.step(2)
    for optimizer, params in ((pair.ours, pair.params), (pair.theirs, pair.mirrors)):
        optimizer.state[params[4]]["square_avg"].t_()
    pair.step()


def test_a_state_that_overlaps_itself():
    pair = trained()
    before = pair.params[3].detach().clone()
    for optimizer, params in ((pair.ours, pair.params), (pair.theirs, pair.mirrors)):
        optimizer.state[params[3]]["square_avg"] = torch.ones(1).expand(2, 3)
        with pytest.raises(RuntimeError, match="single memory location"):
            optimizer.step()
    assert torch.equal(pair.params[3], before)


@pytest.mark.parametrize("layout", ["dense", "gapped"])
@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
def test_a_state_that_is_a_lazy_zero(dtype, key, layout):
    """No operation can write it: torch raises, before the next parameter is updated."""
    values = random(4, 6)[:, ::2] if layout == "gapped" else random(4, 3)
    pair = Pair([values, random(5)])
    pair.step()
    for optimizer in pair.both:
        p = optimizer.param_groups[0]["params"][0]
        optimizer.state[p][key] = torch._efficientzerotensor(p.shape, dtype=dtype)
    pair.random_grads()
    assert "ZeroTensors are immutable" in str(same_outcome(pair))


class Tagged(torch.Tensor):
    """A subclass that overrides no operation."""

    __torch_function__ = torch._C._disabled_torch_function_impl


@pytest.mark.parametrize("key", KEYS)
def test_a_mismatched_state_of_a_tagged_param_raises(key):
    """Torch updates it, and might broadcast the state."""
    p = random(2, 3).as_subclass(Tagged).requires_grad_()
    p.grad = torch.ones(2, 3)
    optimizer = Adadelta([p])
    optimizer.step()
    optimizer.state[p][key] = torch.zeros(3)
    before = p.detach().clone()
    with pytest.raises(RuntimeError, match=rf"state\['{key}'\] is .* parameter 0 of group 0"):
        optimizer.step()
    assert torch.equal(p, before)
