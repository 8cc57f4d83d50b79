"""After an edit of a group the matching kernel runs, and after its undoing the former one."""

import copy

import pytest
import torch

from adadelta_gen.step.groups import SPARE_ITEMS, Group
from parity.support import Pair, kernels, kernels_that_run, random

PLAIN = "adadelta_cpu_float32_min_nowd"
DECAY = "adadelta_cpu_float32_min_wd"
EDITS = {
    "lr": (0.25, PLAIN),
    "rho": (0.5, PLAIN),
    "eps": (1e-2, PLAIN),
    "weight_decay": (0.1, DECAY),
    "maximize": (True, "adadelta_cpu_float32_max_nowd"),
    "foreach": (True, None),
    "fused": (False, None),
    "differentiable": (True, None),
}


@pytest.fixture
def ran(monkeypatch):
    return kernels_that_run(monkeypatch)


@pytest.mark.parametrize("option", EDITS)
def test_an_edit_and_its_undoing_change_the_kernel(option, ran):
    value, kernel = EDITS[option]
    pair = Pair([random(5), random(2, 3)])
    before = pair.ours.param_groups[0].get(option)
    for _ in range(2):
        for edit, expected in ((before, PLAIN), (value, kernel)):
            pair.edit(**{option: edit})
            ran.clear()
            assert kernels(pair.ours) == [expected] * 2
            pair.step(2)
            assert ran == ({expected} if expected else set())


@pytest.mark.parametrize("first", EDITS)
@pytest.mark.parametrize("second", EDITS)
def test_two_edits_at_once_in_two_groups(first, second, ran):
    if {first, second} == {"foreach", "differentiable"}:
        pytest.skip("an error of torch's: foreach ops do not support autograd")
    pair = Pair([{"params": [random(5)]}, {"params": [random(4)], "weight_decay": 0.1}])
    pair.step()
    pair.edit(0, **{first: EDITS[first][0]})
    pair.edit(1, **{second: EDITS[second][0]})
    ran.clear()
    expected = kernels(pair.ours)
    pair.step(2)
    assert ran == set(expected) - {None}


def test_capturable_may_be_switched(ran):
    pair = Pair([random(5)])
    pair.step()
    pair.edit(capturable=True)
    messages = []
    for optimizer in pair.both:
        with pytest.raises(AssertionError, match="supported devices") as raised:
            optimizer.step()
        messages.append(str(raised.value))
    assert messages[0] == messages[1]
    pair.edit(capturable=False)
    pair.check()
    ran.clear()
    pair.step()
    assert ran == {PLAIN}


def test_a_tiny_weight_decay_uses_the_decay_kernel(ran):
    pair = Pair([random(5)])
    for decay, kernel in ((0, PLAIN), (1e-45, DECAY), (0.0, PLAIN), (torch.tensor(0.1), DECAY)):
        pair.edit(weight_decay=decay)
        ran.clear()
        pair.step()
        assert ran == {kernel}


def test_a_tensor_changed_in_place_between_floats():
    """A tensor hyperparameter that was changed in place is read again."""
    pair = Pair([random(5)])
    for key in ("lr", "rho", "eps", "weight_decay"):
        pair.step()
        value = torch.tensor(0.25)
        pair.edit(**{key: value})
        pair.step()
        value.fill_(0.5)
        pair.step()
        pair.edit(**{key: 0.75})
        pair.step()


def test_an_invalid_lr_raises_until_it_is_replaced():
    """It raises again at the next step; the former lr still works."""
    pair = Pair([random(5)])
    pair.step()
    for _ in range(2):
        pair.ours.param_groups[0]["lr"] = 1e39
        pair.random_grads()
        with pytest.raises(RuntimeError, match="without overflow"):
            pair.ours.step()
    pair.edit(lr=0.5)
    pair.step(2)


@pytest.mark.parametrize("values", [{"new": 1}, {"new": 2}, {}], ids=str)
@pytest.mark.parametrize("dtype", [torch.float32, torch.complex64], ids=str)
def test_a_user_s_own_key_is_renamed_or_removed(dtype, values):
    """With complex parameters, a step compares the groups before it reads the numbers again."""
    pair = Pair([random(5, dtype=dtype)])
    pair.edit(old=1)
    pair.step(2)
    for optimizer in pair.both:
        del optimizer.param_groups[0]["old"]
    pair.edit(**values)
    pair.step(2)


@pytest.mark.parametrize("n", [SPARE_ITEMS, SPARE_ITEMS + 1])
def test_many_keys_are_added(n):
    pair = Pair([random(5)])
    pair.step(2)
    pair.edit(**{f"key {i}": i for i in range(n)})
    pair.step(2)


def add_keys(group):
    group.update((f"key {i}", i) for i in range(SPARE_ITEMS + 1))


def copy_params(group):
    group["params"] = list(group["params"])


@pytest.mark.parametrize("is_restored", [False, True])
@pytest.mark.parametrize("edit", [add_keys, copy_params])
def test_a_group_is_edited_while_its_numbers_are_read(monkeypatch, edit, is_restored):
    """As by another thread. What was read is read again."""
    take_numbers, edited = Group.take_numbers, []

    def editing(group, *arguments):
        if edited:
            return take_numbers(group, *arguments)
        edited.append(group)
        before = dict(group.dict)
        edit(group.dict)
        if is_restored:
            group.dict["lr"] = 0.25
        try:
            return take_numbers(group, *arguments)
        finally:
            if is_restored:
                group.dict.clear()
                group.dict.update(before)

    monkeypatch.setattr(Group, "take_numbers", editing)
    pair = Pair([random(5)])
    pair.step(3)
    assert edited
    for optimizer in pair.both:
        optimizer.param_groups[0]["params"].append(torch.nn.Parameter(random(4, seed=3)))
    pair.step(2)


def test_only_a_changed_group_is_read_again(monkeypatch):
    pair = Pair([{"params": [random(5, seed=i)]} for i in range(3)])
    pair.step(2)
    positions, take_numbers = [], Group.take_numbers

    def noting(group, *arguments):
        positions.append(group.position)
        return take_numbers(group, *arguments)

    monkeypatch.setattr(Group, "take_numbers", noting)
    pair.step()
    assert positions == []
    pair.edit(1, lr=0.5)
    pair.step(2)
    assert positions == [1]


def test_an_added_group_keeps_its_options(ran):
    pair = Pair([random(5)])
    pair.step()
    for optimizer in pair.both:
        new = torch.nn.Parameter(random(4, seed=3))
        optimizer.add_param_group({"params": [new], "weight_decay": 0.1, "rho": 0.5})
    assert kernels(pair.ours) == [PLAIN, DECAY]
    ran.clear()
    pair.step(2)
    assert ran == {PLAIN, DECAY}


def models():
    torch.manual_seed(0)
    ours = torch.nn.Linear(3, 2)
    return ours, copy.deepcopy(ours)


def pair_of(*two):
    pair = Pair([torch.zeros(1)])
    for optimizer, model in zip(pair.both, two, strict=True):
        optimizer.param_groups[0]["params"] = list(model.parameters())
    pair._versions = [], []  # casting and loading bump them too
    return pair


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float64], ids=str)
def test_the_model_is_cast_during_training(dtype, ran):
    """``load_state_dict`` casts the state, as in every torch optimizer."""
    two = models()
    pair = pair_of(*two)
    pair.step(2)
    two[1].load_state_dict(two[0].state_dict())
    pair.theirs.load_state_dict(pair.ours.state_dict())
    for model in two:
        model.zero_grad()
        model.to(dtype)
    pair.each(lambda optimizer: optimizer.load_state_dict(optimizer.state_dict()))
    ran.clear()
    pair.step(2)
    assert ran == {f"adadelta_cpu_{dtype}_min_nowd".replace("torch.", "")}


def test_the_model_goes_to_meta_and_returns():
    """With its params swapped in place; errors equal torch's."""
    two = models()
    pair = pair_of(*two)
    pair.step(2)
    values = [model.state_dict() for model in two]
    values = [{key: value.clone() for key, value in each.items()} for each in values]
    torch.__future__.set_swap_module_params_on_conversion(True)
    try:
        messages = []
        for model, optimizer in zip(two, pair.both, strict=True):
            model.zero_grad()
            model.to("meta")
            for p in model.parameters():
                p.grad = torch.empty_like(p)
            with pytest.raises(Exception, match="meta") as raised:
                optimizer.step()
            messages.append((raised.type, str(raised.value)))
        assert messages[0] == messages[1]
        for model, old in zip(two, values, strict=True):
            model.zero_grad()
            model.to_empty(device="cpu")
            model.load_state_dict(old)
    finally:
        torch.__future__.set_swap_module_params_on_conversion(False)
    pair.each(lambda optimizer: optimizer.state.clear())
    pair = pair_of(*two)
    pair.step(2)
    assert kernels(pair.ours) == [PLAIN, PLAIN]


def test_grads_and_data_are_replaced_at_every_step(ran):
    pair = Pair([random(5), random(4)])
    for step in range(4):
        for params in (pair.params, pair.mirrors):
            params[0].requires_grad_(step % 2 == 0)
            params[1].data = params[1].data.clone()
        ran.clear()
        pair.step()
        assert ran == {PLAIN}
