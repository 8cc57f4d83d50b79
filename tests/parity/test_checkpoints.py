"""Checkpoints are interchangeable between ours and torch's, and resume exactly."""

import copy
import io

import pytest
import torch

from adadelta_gen import Adadelta
from parity.support import DTYPES, Pair, assert_near, kernels, random

KINDS = {"ours": Adadelta, "torch": torch.optim.Adadelta}
SHAPES = [(4, 5), (), (7,)]


def saved_and_loaded(state_dict):
    buffer = io.BytesIO()
    torch.save(state_dict, buffer)
    buffer.seek(0)
    return torch.load(buffer, weights_only=True)


def train(kinds, dtype, steps=3):
    """Train by one kind of optimizer after the other, with a checkpoint in between."""
    params = [torch.nn.Parameter(random(*shape, dtype=dtype)) for shape in SHAPES]
    checkpoint = None
    for stage, kind in enumerate(kinds):
        optimizer = KINDS[kind](params, lr=0.5, weight_decay=0.1)
        if checkpoint is not None:
            optimizer.load_state_dict(checkpoint)
        for step in range(steps):
            for p in params:
                p.grad = random(*p.shape, dtype=dtype, seed=100 * stage + step)
            optimizer.step()
        checkpoint = saved_and_loaded(optimizer.state_dict())
    return params, checkpoint


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize(
    "kinds", [("ours", "torch", "ours"), ("torch", "ours", "torch")], ids="-".join
)
def test_checkpoints_are_interchangeable(kinds, dtype):
    params, checkpoint = train(kinds, dtype)
    expected, reference = train(("torch",) * 3, dtype)
    for i, (p, q) in enumerate(zip(params, expected, strict=True)):
        assert_near(p, q, f"param {i}")
        ours, theirs = checkpoint["state"][i], reference["state"][i]
        assert list(ours) == list(theirs)
        assert ours["step"] == theirs["step"] == 9
        for key in ("square_avg", "acc_delta"):
            assert_near(ours[key], theirs[key], key, "state")


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_resumed_training_is_exact(dtype):
    """Equal bit by bit to uninterrupted training."""
    interrupted, checkpoint = train(("ours", "ours"), dtype, steps=3)
    params = [torch.nn.Parameter(random(*shape, dtype=dtype)) for shape in SHAPES]
    optimizer = Adadelta(params, lr=0.5, weight_decay=0.1)
    for seed in (0, 1, 2, 100, 101, 102):
        for p in params:
            p.grad = random(*p.shape, dtype=dtype, seed=seed)
        optimizer.step()
    for i, (p, q) in enumerate(zip(params, interrupted, strict=True)):
        assert torch.equal(p, q)
        for key, value in checkpoint["state"][i].items():
            assert torch.equal(optimizer.state[p][key], value)


def test_a_state_dict_has_torchs_keys():
    pair = Pair([random(4), random(3)])
    pair.step()
    ours, theirs = (optimizer.state_dict() for optimizer in pair.both)
    assert ours["param_groups"] == theirs["param_groups"]
    assert list(ours) == list(theirs)
    assert ours["state"].keys() == theirs["state"].keys()


def test_a_state_dict_before_the_first_step():
    pair = Pair([random(4)])
    for optimizer in pair.both:
        state_dict = saved_and_loaded(optimizer.state_dict())
        assert state_dict["state"] == {}
        optimizer.load_state_dict(state_dict)
    pair.step()


@pytest.mark.parametrize("fused", [None, True, False])
@pytest.mark.parametrize("saved", [None, True, False, "torch"])
def test_loading_keeps_fused(fused, saved):
    """A checkpoint restores state, not the choice of the implementation."""
    make = torch.optim.Adadelta if saved == "torch" else Adadelta
    options = {} if saved == "torch" else {"fused": saved}
    p = torch.nn.Parameter(random(4))
    p.grad = random(4, seed=1)
    source = make([p], lr=0.25, **options)
    source.step()
    optimizer = Adadelta([p], fused=fused)
    optimizer.load_state_dict(source.state_dict())
    assert optimizer.param_groups[0].get("fused") is fused
    assert optimizer.defaults.get("fused") is fused
    assert optimizer.param_groups[0]["lr"] == 0.25
    optimizer.step()
    assert (kernels(optimizer) == [None]) == (fused is False)


def test_loading_in_the_middle_of_training():
    """The next step uses the loaded states instead of those in its table."""
    pair = Pair([random(4), random(3)])
    pair.step()
    checkpoints = [copy.deepcopy(optimizer.state_dict()) for optimizer in pair.both]
    pair.step(3)
    for optimizer, checkpoint in zip(pair.both, checkpoints, strict=True):
        optimizer.load_state_dict(checkpoint)
    pair.step(2)
    assert all(state["step"] == 3 for state in pair.ours.state.values())


def test_loading_casts_to_the_dtype_of_the_params():
    saved = Pair([random(4)])
    saved.step(2)
    pair = Pair([random(4, dtype=torch.bfloat16)])
    pair.each(lambda optimizer: optimizer.load_state_dict(saved.theirs.state_dict()))
    pair.step(2)


@pytest.mark.parametrize("other", [[random(4)], [random(4), random(3), random(2)]], ids=len)
def test_state_dicts_of_another_model_raise(other):
    pair, saved = Pair([random(4), random(3)]), Pair(other)
    saved.step()
    messages = []
    for optimizer in pair.both:
        with pytest.raises(ValueError, match="parameter group") as raised:
            optimizer.load_state_dict(saved.theirs.state_dict())
        messages.append(str(raised.value))
    assert messages[0] == messages[1]
    pair.step()


@pytest.mark.parametrize("fused", [None, True])
def test_step_counters_follow_the_default_dtype(fused):
    torch.set_default_dtype(torch.float64)
    try:
        pair = Pair([random(4), random(3)], fused=fused)
        pair.step(3)
        pair.each(lambda optimizer: optimizer.load_state_dict(optimizer.state_dict()))
        pair.step()
        assert {s["step"].dtype for s in pair.ours.state.values()} == {torch.float64}
    finally:
        torch.set_default_dtype(torch.float32)
    pair.step()


@pytest.mark.parametrize("dtype", [torch.float64, torch.int64, torch.float16, torch.bfloat16])
def test_step_counters_of_other_dtypes_and_shapes(dtype):
    pair = Pair([random(4), random(3)])
    pair.step()
    for optimizer in pair.both:
        states = list(optimizer.state.values())
        states[0]["step"] = states[0]["step"].to(dtype)
        states[1]["step"] = states[1]["step"].reshape(1)
    pair.step(2)
    for skip in ([0], [1], []):
        pair.random_grads(skip)
        pair.step_with_grads()


def test_one_step_counter_for_all_params():
    """Torch increments it once for each of them."""
    pair = Pair([random(4), random(3)])
    pair.step()
    for optimizer in pair.both:
        states = list(optimizer.state.values())
        states[1]["step"] = states[0]["step"]
    pair.step(2)


@pytest.mark.parametrize("capturable", [False, True])
@pytest.mark.parametrize("fused", [None, True])
def test_loaded_step_counters_of_another_dtype(fused, capturable):
    """Native code counts with ``fused=True``; else torch decides."""
    params = [torch.nn.Parameter(random(4)) for _ in range(2)]
    ours = Adadelta(params[:1], fused=fused, capturable=capturable)
    theirs = torch.optim.Adadelta(params[1:])
    saved = ours.state_dict()
    saved["state"][0] = {"step": torch.tensor(3)}
    torch.set_default_dtype(torch.float64)
    try:
        for optimizer in (ours, theirs):
            optimizer.load_state_dict(copy.deepcopy(saved))
    finally:
        torch.set_default_dtype(torch.float32)
    own, torchs = ours.state[params[0]]["step"], theirs.state[params[1]]["step"]
    assert own == 3
    assert own.dtype is (torch.float64 if fused and not capturable else torchs.dtype)


def test_step_counters_in_one_tensor():
    pair = Pair([random(4), random(3)])
    pair.step()
    for optimizer in pair.both:
        counters = torch.ones(2)
        for state, counter in zip(optimizer.state.values(), counters, strict=True):
            state["step"] = counter
    pair.step(2)
