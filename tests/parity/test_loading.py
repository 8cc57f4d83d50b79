"""Loading into an optimizer that differs from the saved one works as in torch."""

import copy

import pytest
import torch

from adadelta_gen import Adadelta
from parity.support import DTYPES, STATES, Pair, kernels, random


@pytest.mark.parametrize("saved", DTYPES, ids=str)
@pytest.mark.parametrize("dtype", [d for d in DTYPES if d.is_floating_point], ids=str)
@pytest.mark.filterwarnings("ignore:Casting complex values to real")
def test_loading_casts_as_torch_does(dtype, saved):
    source = Pair([random(4, dtype=saved), random(3, 2, dtype=saved)])
    source.step(2)
    pair = Pair([random(4, dtype=dtype), random(3, 2, dtype=dtype)])
    checkpoint = source.theirs.state_dict()
    pair.each(lambda optimizer: optimizer.load_state_dict(copy.deepcopy(checkpoint)))
    for ours, theirs in zip(*(o.state.values() for o in pair.both), strict=True):
        torch.testing.assert_close(ours, theirs, rtol=0, atol=0)
        assert ours["square_avg"].dtype is dtype
    pair.step(2)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64], ids=str)
def test_the_model_is_converted_during_training(dtype):
    """Loading its own state_dict converts the optimizer's state."""
    pair = Pair([random(4, 3), random(5)], weight_decay=0.1)
    pair.step(2)
    for p, q in zip(pair.params, pair.mirrors, strict=True):
        q.data.copy_(
            p
        )  # a difference in the last bit of float32 would be one of many bits of float64
        for key, value in pair.ours.state[p].items():
            pair.theirs.state[q][key].copy_(value)
    for optimizer in pair.both:
        for p in optimizer.param_groups[0]["params"]:
            p.data, p.grad = p.data.to(dtype), None
        optimizer.load_state_dict(optimizer.state_dict())
    pair.step(2)
    assert {s["square_avg"].dtype for s in pair.ours.state.values()} == {dtype}


def load(pair, saved, edit=lambda checkpoint: None):
    """Load into both optimizers of a pair what both of another saved, each its own."""
    for target, source in zip(pair.both, saved.both, strict=True):
        checkpoint = copy.deepcopy(source.state_dict())
        edit(checkpoint)
        target.load_state_dict(checkpoint)


def trained(steps=2, sizes=(4, 3), **options):
    pair = Pair([random(size, seed=i) for i, size in enumerate(sizes)], **options)
    pair.step(steps)
    return pair


def test_options_come_with_the_checkpoint():
    saved = trained(lr=0.25, rho=0.5, eps=1e-3, weight_decay=0.1, maximize=True)
    pair = trained(steps=3, lr=2.0)
    load(pair, saved)
    for optimizer in pair.both:
        group = optimizer.param_groups[0]
        assert [group[k] for k in ("lr", "rho", "eps", "weight_decay")] == [0.25, 0.5, 1e-3, 0.1]
        assert group["maximize"]
        assert optimizer.defaults["lr"] == 2.0
    assert pair.ours.defaults == pair.theirs.defaults
    pair.step(2)
    assert kernels(pair.ours) == ["adadelta_cpu_float32_max_wd"] * 2


@pytest.mark.parametrize("option", ["foreach", "differentiable", "capturable"])
def test_other_implementations_come_with_the_checkpoint(option):
    """As in torch, the checkpoint replaces all options of a group except our ``fused``."""
    pair = trained()
    saved = copy.deepcopy(pair.theirs.state_dict())
    saved["param_groups"][0][option] = True
    pair.each(lambda optimizer: optimizer.load_state_dict(copy.deepcopy(saved)))
    assert all(optimizer.param_groups[0][option] for optimizer in pair.both)
    assert [row.why for row in pair.ours.explain()] == [f"{option}=True"] * 2
    if option == "foreach":
        pair.step()


def test_every_group_keeps_its_fused():
    """Whatever the checkpoint contains; a group dict made by hand has None."""
    choices = [True, False, None]
    params = [torch.nn.Parameter(random(3)) for _ in range(4)]
    groups = [{"params": [p], "fused": c} for p, c in zip(params[:3], choices, strict=True)]
    optimizer = Adadelta(groups)
    optimizer.param_groups.append(dict(torch.optim.Adadelta([params[3]]).param_groups[0]))
    saved = copy.deepcopy(optimizer.state_dict())
    for group, fused in zip(saved["param_groups"], [None, True, False, True], strict=True):
        group["fused"] = fused
    for _ in range(2):
        optimizer.load_state_dict(saved)
        assert [group.get("fused") for group in optimizer.param_groups] == [*choices, None]


@pytest.mark.parametrize("steps", [0, 1, 3])
def test_loading_twice(steps):
    saved, pair = trained(), trained(steps=0)
    load(pair, saved)
    pair.step(steps)
    load(pair, saved)
    pair.step(2)
    assert all(state["step"] == 4 for state in pair.ours.state.values())


def test_one_checkpoint_for_two_optimizers():
    """Torch does not copy states that need no cast: both optimizers then share them."""
    saved = trained()
    pairs = [trained(steps=0), trained(steps=0)]
    for which in (0, 1):
        checkpoint = saved.both[which].state_dict()
        for pair in pairs:
            pair.both[which].load_state_dict(checkpoint)
    for pair in pairs * 2:
        pair.step()
    owners = [[pair.ours.state[p]["square_avg"] for p in pair.params] for pair in (saved, *pairs)]
    for tensors in zip(*owners, strict=True):
        assert len({id(tensor) for tensor in tensors}) == 1


def test_loading_its_own_state_dict_changes_nothing():
    pair = trained()
    before = [dict(state) for state in pair.ours.state.values()]
    for _ in range(3):
        pair.each(lambda optimizer: optimizer.load_state_dict(optimizer.state_dict()))
        pair.step()
    for old, new in zip(before, pair.ours.state.values(), strict=True):
        assert all(old[key] is new[key] for key in STATES)


@pytest.mark.parametrize("skip", [(0,), (1,), (0, 1)], ids=str)
def test_loading_into_an_optimizer_with_some_states(skip):
    saved, pair = trained(), trained(steps=0)
    pair.random_grads(skip)
    pair.step_with_grads()
    load(pair, saved)
    pair.step(2)


@pytest.mark.parametrize("skip", [(0,), (1,)], ids=str)
def test_a_checkpoint_in_which_a_parameter_has_no_state(skip):
    saved, pair = trained(steps=0), trained()
    saved.random_grads(skip)
    saved.step_with_grads()
    load(pair, saved)
    assert len(pair.ours.state) == 1
    pair.random_grads(skip)
    pair.step_with_grads()
    pair.step(2)
    assert sorted(int(state["step"]) for state in pair.ours.state.values()) == [2, 4]


def test_a_checkpoint_from_before_the_first_step():
    """Loading it removes the existing states."""
    saved, pair = trained(steps=0), trained(steps=3)
    load(pair, saved)
    assert not pair.ours.state
    pair.step(2)
    assert all(state["step"] == 2 for state in pair.ours.state.values())


def test_an_empty_state_is_a_new_one():
    saved, pair = trained(), trained()
    load(pair, saved, lambda checkpoint: checkpoint["state"][0].clear())
    pair.step()
    assert [int(state["step"]) for state in pair.ours.state.values()] == [1, 3]


def test_unknown_keys_are_kept_or_ignored():
    """In a state, for an unknown parameter, in a group, at the top level: never used."""
    extra = {"ema": random(4).double(), "count": 3, "name": "x", "none": None, "list": [random(2)]}

    def edit(checkpoint):
        checkpoint["state"][0] |= extra
        checkpoint["state"][99] = {"square_avg": random(2)}
        checkpoint["state"]["shared"] = {"clock": 5}
        checkpoint["state"]["number"] = 7
        checkpoint["param_groups"][0] |= {"momentum": 0.9, "initial_lr": 1.0, "note": ["a"]}
        checkpoint["version"] = 2

    saved, pair = trained(), trained(steps=1)
    load(pair, saved, edit)
    for _ in range(2):
        pair.random_grads()
        pair.each(lambda optimizer: optimizer.step())
        for p, q in zip(pair.params, pair.mirrors, strict=True):
            torch.testing.assert_close(p, q)
    ours, theirs = (optimizer.state_dict() for optimizer in pair.both)
    assert ours["state"].keys() == theirs["state"].keys() == {0, 1, 99, "shared", "number"}
    assert list(ours["state"][0]) == list(theirs["state"][0])
    assert ours["state"][0]["ema"].dtype is torch.float32  # cast like any state, by torch
    assert ours["state"]["shared"] == {"clock": 5}
    assert ours["param_groups"][0] == theirs["param_groups"][0]
    assert "version" not in ours
    assert None not in kernels(pair.ours)


def grouped(order, **options):
    groups = [
        {"params": [random(4)], "lr": 0.1},
        {"params": [random(4, seed=1)], "weight_decay": 0.2},
        {"params": [random(4, seed=2)], "maximize": True},
    ]
    return Pair([groups[i] for i in order], **options)


@pytest.mark.parametrize("order", [(1, 0, 2), (2, 1, 0), (1, 2, 0)], ids=str)
def test_groups_in_another_order(order):
    """Groups are matched by position only, and so are options and states."""
    saved, pair = grouped((0, 1, 2)), grouped(order)
    saved.step(2)
    pair.step()
    load(pair, saved)
    for p, source in zip(pair.params, saved.params, strict=True):
        torch.testing.assert_close(pair.ours.state[p], saved.ours.state[source], rtol=0, atol=0)
    assert [group["lr"] for group in pair.ours.param_groups] == [0.1, 1.0, 1.0]
    pair.step(2)


def test_a_checkpoint_with_permuted_parameter_ids():
    """The ids of a checkpoint refer to its own groups; any hashable ids are valid."""
    saved, pair = trained(sizes=(4, 4, 4)), trained(steps=0, sizes=(4, 4, 4))
    names = {0: "a", 1: 17, 2: (1, 2)}

    def edit(checkpoint):
        states = checkpoint["state"]
        checkpoint["state"] = {names[i]: states[i] for i in (2, 0, 1)}
        checkpoint["param_groups"][0]["params"] = [names[i] for i in range(3)]

    load(pair, saved, edit)
    for p, source in zip(pair.params, saved.params, strict=True):
        torch.testing.assert_close(pair.ours.state[p], saved.ours.state[source], rtol=0, atol=0)
    pair.step(2)


def test_a_loaded_tensor_lr_is_a_copy():
    """A scheduler that fills it does not write into the checkpoint."""
    saved, pair = trained(lr=torch.tensor(0.25)), trained()
    checkpoint = saved.ours.state_dict()
    pair.each(lambda optimizer: optimizer.load_state_dict(checkpoint))
    for optimizer in pair.both:
        optimizer.param_groups[0]["lr"].mul_(0.5)
    assert checkpoint["param_groups"][0]["lr"] == 0.25
    assert pair.ours.param_groups[0]["lr"] == 0.125


OWN = {"fused": {"fused": True}, "state_dtype": {"state_dtype": torch.bfloat16}}


@pytest.mark.parametrize("options", OWN.values(), ids=OWN)
@pytest.mark.parametrize("empty", [[], ()], ids=repr)
def test_an_empty_state_of_another_type_is_loaded(empty, options):
    """As by torch, whatever our options; the step then raises torch's error."""
    saved = trained()
    for kind, own in ((torch.optim.Adadelta, {}), (Adadelta, options)):
        params = [torch.nn.Parameter(random(size)) for size in (4, 3)]
        optimizer = kind(params, **own)
        checkpoint = copy.deepcopy(saved.theirs.state_dict())
        checkpoint["state"][0] = empty
        optimizer.load_state_dict(checkpoint)
        assert not optimizer.state[params[0]]
        for p in params:
            p.grad = torch.ones_like(p)
        before = [p.detach().clone() for p in params]
        with pytest.raises((TypeError, RuntimeError)):
            optimizer.step()
        assert all(map(torch.equal, params, before))


@pytest.mark.skipif(not torch.backends.mkldnn.is_available(), reason="torch without oneDNN")
def test_a_state_without_strides_is_loaded_and_refused():
    """Such a tensor cannot be converted to another dtype."""
    saved = trained().theirs.state_dict()
    saved["state"][0]["square_avg"] = saved["state"][0]["square_avg"].to_mkldnn()
    params = [torch.nn.Parameter(random(size)) for size in (4, 3)]
    optimizer = Adadelta(params, state_dtype=torch.bfloat16)
    optimizer.load_state_dict(saved)
    for p in params:
        p.grad = torch.ones_like(p)
    with pytest.raises(RuntimeError, match="parameter 0 of group 0"):
        optimizer.step()


def test_a_state_is_loaded_for_a_parameter_without_memory():
    """As a model has until its own state is loaded."""
    p, q = torch.nn.Parameter(random(4)), torch.nn.Parameter(torch.empty(4, device="meta"))
    saved, optimizer = Adadelta([p], fused=True), Adadelta([q], fused=True)
    p.grad = torch.ones(4)
    saved.step()
    optimizer.load_state_dict(saved.state_dict())
    assert {value.device.type for value in optimizer.state[q].values()} == {"meta"}
