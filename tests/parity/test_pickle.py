"""Copies of an optimizer: deepcopy, pickle, and pickles of older versions."""

import copy
import pickle

import pytest
import torch

from adadelta_gen import Adadelta
from parity.support import Pair, kernels, random


def copied(optimizer, how):
    """Return a copy of an optimizer and of its params."""
    if how == "deepcopy":
        return copy.deepcopy(optimizer)
    return pickle.loads(pickle.dumps(optimizer))


@pytest.mark.parametrize("steps", [0, 2])
@pytest.mark.parametrize("how", ["deepcopy", "pickle"])
def test_copies_are_independent(how, steps):
    pair = Pair([random(4), random(6)[::2]], lr=0.5, maximize=True)
    pair.step(steps)
    replica = copied(pair.ours, how)
    assert type(replica) is Adadelta
    assert repr(replica) == repr(pair.ours)
    before = [p.detach().clone() for p in pair.params]
    pair.random_grads()
    for p, original in zip(replica.param_groups[0]["params"], pair.params, strict=True):
        p.grad = original.grad
    replica.step()
    for p, value in zip(pair.params, before, strict=True):
        assert torch.equal(p, value)
    pair.step_with_grads()
    for p, original in zip(replica.param_groups[0]["params"], pair.params, strict=True):
        assert torch.equal(p, original)
        for key, value in pair.ours.state[original].items():
            assert torch.equal(replica.state[p][key], value)


def test_a_copy_has_no_tables_of_the_original():
    """Tables have the addresses of the original's tensors."""
    pair = Pair([random(4)])
    pair.step(2)
    assert set(pair.ours.__getstate__()) == set(pair.theirs.__getstate__())


def test_model_and_optimizer_are_copied_together():
    model = torch.nn.Linear(3, 2)
    optimizer = Adadelta(model.parameters())
    model(random(5, 3)).sum().backward()
    optimizer.step()
    model2, optimizer2 = copy.deepcopy((model, optimizer))
    assert optimizer2.param_groups[0]["params"][0] is model2.weight
    before = model.weight.detach().clone()
    model2(random(5, 3)).sum().backward()
    optimizer2.step()
    assert torch.equal(model.weight, before)
    assert not torch.equal(model2.weight, before)


def test_old_pickles_are_loaded():
    """Without the newer options, and with ``step`` as a number."""
    pair = Pair([random(4), random(3)])
    pair.step(2)
    for optimizer in pair.both:
        live = optimizer.__getstate__()
        state = {
            "defaults": dict(live["defaults"]),
            "state": live["state"],
            "param_groups": [dict(group) for group in live["param_groups"]],
        }
        for key in ("foreach", "maximize", "differentiable", "capturable", "fused"):
            for options in (*state["param_groups"], state["defaults"]):
                options.pop(key, None)
        for entry in state["state"].values():
            entry["step"] = int(entry["step"])
        optimizer.__setstate__(state)
        assert optimizer.param_groups[0]["maximize"] is False
    assert pair.ours.param_groups[0].get("fused") is None
    assert pair.ours.defaults.get("fused") is None
    pair.check()
    pair.step(2)


def test_old_pickles_into_a_new_object():
    pair = Pair([random(4)])
    pair.step()
    state = copy.deepcopy(pair.ours.__getstate__())
    for options in (*state["param_groups"], state["defaults"]):
        assert "fused" not in options
    optimizer = Adadelta.__new__(Adadelta)
    optimizer.__setstate__(state)
    (p,) = optimizer.param_groups[0]["params"]
    p.grad = pair.params[0].grad
    optimizer.step()
    assert kernels(optimizer) != [None]
    assert optimizer.param_groups[0].get("fused") is None
    assert optimizer.state[p]["step"] == 2


def test_old_state_dicts_are_loaded():
    saved = Pair([random(4)])
    saved.step(2)
    old = saved.theirs.state_dict()
    for key in ("foreach", "maximize", "differentiable", "capturable"):
        del old["param_groups"][0][key]
    old["state"][0]["step"] = 2
    pair = Pair([random(4)])
    pair.each(lambda optimizer: optimizer.load_state_dict(copy.deepcopy(old)))
    pair.check()
    pair.step()
