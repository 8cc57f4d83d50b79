"""Several groups with their own options, edited between steps as people do."""

import pytest
import torch

from parity.support import DTYPES, Pair, kernels, random

OPTIONS = {
    "lr": 0.5,
    "rho": 0.5,
    "eps": 1e-3,
    "weight_decay": 0.3,
    "maximize": True,
    "foreach": True,
    "fused": False,
}


def three_groups(**options):
    return Pair(
        [
            {"params": [random(5), random(3, 4)]},
            {"params": [random(6, seed=1)], "lr": 0.1, "weight_decay": 0.2, "maximize": True},
            {"params": [random(2, dtype=torch.float64)], "rho": 0.5, "eps": 1e-2},
        ],
        **options,
    )


def test_every_group_has_its_own_options():
    three_groups(lr=2.0).step(4)


@pytest.mark.parametrize("option", OPTIONS)
def test_edits_apply_from_the_next_step(option):
    pair = three_groups()
    before = [dict(group) for group in pair.ours.param_groups]
    pair.step(2)
    for index in (0, 1):
        pair.edit(index, **{option: OPTIONS[option]})
    pair.step(2)
    pair.edit(0, **{option: before[0].get(option)})
    pair.step(2)


def test_edits_of_everything_at_once():
    pair = three_groups()
    pair.step()
    pair.edit(0, lr=0.1, rho=0.7, eps=1e-4, weight_decay=0.5, maximize=True)
    pair.step()
    pair.edit(0, lr=0, rho=0, eps=1, weight_decay=0, maximize=False)
    pair.step()


def test_groups_are_added_between_steps():
    pair = Pair([random(5)])
    for seed in range(3):
        pair.step(2)
        new = random(4, 2, seed=seed)
        pair.each(
            lambda o, new=new: o.add_param_group({"params": [torch.nn.Parameter(new.clone())]})
        )
        pair.edit(-1, lr=0.1 * seed)
    pair.step(2)


def test_groups_are_removed_and_reordered():
    pair = three_groups()
    pair.step(2)
    pair.each(lambda optimizer: optimizer.param_groups.reverse())
    pair.step(2)
    pair.each(lambda optimizer: optimizer.param_groups.pop(1))
    pair.random_grads()
    pair.step_with_grads()


def test_a_param_moves_to_another_group():
    pair = three_groups()
    pair.step(2)
    for optimizer in pair.both:
        first, second, _ = optimizer.param_groups
        second["params"].append(first["params"].pop(0))
    pair.step(2)


def test_params_are_replaced_in_their_group():
    pair = Pair([random(5), random(3), random(4)])
    pair.step(2)
    for optimizer in pair.both:
        params = optimizer.param_groups[0]["params"]
        old, params[1] = params[1], torch.nn.Parameter(random(3, seed=9))
        optimizer.state[params[1]] = optimizer.state.pop(old)
    pair.step(2)
    for optimizer in pair.both:
        group = optimizer.param_groups[0]
        group["params"] = [*group["params"][1:], torch.nn.Parameter(random(2, seed=9))]
    pair.random_grads()
    pair.step_with_grads()


def test_params_of_a_group_as_a_tuple():
    pair = Pair([random(5), random(3)])
    pair.step()
    for optimizer in pair.both:
        optimizer.param_groups[0]["params"] = tuple(optimizer.param_groups[0]["params"])
    pair.step(2)


def test_all_dtypes_in_one_group():
    pair = Pair([random(9, dtype=dtype) for dtype in (*DTYPES, *DTYPES)], weight_decay=0.1)
    pair.step(3)
    assert len(set(kernels(pair.ours))) == 4


def test_named_parameters():
    pair = Pair([("weight", random(5)), ("bias", random(2))])
    pair.step(2)
    assert [row.name for row in pair.ours.explain()] == ["weight", "bias"]
    assert pair.ours.param_groups[0]["param_names"] == ["weight", "bias"]


@pytest.mark.parametrize("shape", [(), (1,), (1, 1)], ids=str)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16], ids=str)
def test_a_tensor_learning_rate(shape, dtype):
    pair = Pair([random(5), random(3, dtype=torch.float64)], lr=torch.full(shape, 0.3, dtype=dtype))
    pair.step(2)
    for optimizer in pair.both:
        optimizer.param_groups[0]["lr"].fill_(0.7)
        optimizer.defaults["lr"].fill_(0.7)
    pair.step(2)
    pair.edit(lr=torch.tensor(0.1))
    pair.step()


def test_the_other_hyperparameters_as_tensors():
    pair = Pair([random(5)], weight_decay=torch.tensor(0.1), eps=torch.tensor(1e-3))
    pair.step(2)
    pair.edit(weight_decay=torch.tensor(0.0), rho=torch.tensor(0.5))
    pair.step(2)


def test_integers_as_hyperparameters():
    pair = Pair([random(5)], lr=1, rho=0, eps=1, weight_decay=1, maximize=1)
    pair.step(2)
    pair.edit(weight_decay=0, maximize=0)
    pair.step(2)


def test_a_group_dict_made_by_hand():
    """With all that torch's groups have, but without ``fused``."""
    pair = Pair([random(5)])
    pair.step()
    for optimizer in pair.both:
        p = torch.nn.Parameter(random(3))
        optimizer.param_groups.append(dict(torch.optim.Adadelta([p]).param_groups[0]))
    pair.step(2)


def test_a_param_added_by_hand_to_a_named_group():
    pair = Pair([("weight", random(5))])
    pair.step()
    for optimizer in pair.both:
        optimizer.param_groups[0]["params"].append(torch.nn.Parameter(random(3)))
    pair.step(2)
    assert len(pair.ours.explain()) == 2
