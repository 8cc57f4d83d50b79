"""Grads are set, removed and replaced as in training loops."""

import pytest
import torch

from parity.support import Pair, random


def test_params_without_a_grad_are_not_changed():
    """Value, step, state and version stay unchanged."""
    pair = Pair([random(4, seed=i) for i in range(5)])
    for skip in ([1], [1, 3], [], [0, 1, 2, 3, 4], [4], [0, 2], [1, 3]):
        versions = [p._version for p in pair.params]
        values = [p.detach().clone() for p in pair.params]
        pair.random_grads(skip)
        pair.step_with_grads()
        for i, p in enumerate(pair.params):
            assert torch.equal(p, values[i]) == (i in skip)
            assert (p._version == versions[i]) == (i in skip)


def test_a_first_grad_after_many_steps():
    pair = Pair([random(4), random(3), random(2)])
    for skip in ([1, 2], [1, 2], [2], [2], []):
        pair.random_grads(skip)
        pair.step_with_grads()
    assert [int(state["step"]) for state in pair.ours.state.values()] == [5, 3, 1]


@pytest.mark.parametrize("exists", [True, False])
def test_requires_grad_may_be_switched(exists):
    """A parameter with a grad is updated even if it is frozen."""
    pair = Pair([random(4), random(3)])
    pair.step()
    for p in (pair.params[0], pair.mirrors[0]):
        p.requires_grad_(False)
        p.grad = p.grad if exists else None
    pair.step_with_grads()
    for p in (pair.params[0], pair.mirrors[0]):
        p.requires_grad_(True)
    pair.step()


@pytest.mark.parametrize("fused", [None, True])
@pytest.mark.parametrize("set_to_none", [True, False])
def test_a_training_loop(set_to_none, fused):
    pair = Pair([random(5, 8), random(8)], fused=fused)
    for seed in range(5):
        for optimizer in pair.both:
            optimizer.zero_grad(set_to_none=set_to_none)
            weight, bias = optimizer.param_groups[0]["params"]
            (random(3, 5, seed=seed) @ weight + bias).tanh().square().sum().backward()
        pair.step_with_grads()


def test_grads_accumulate():
    pair = Pair([random(4)])
    for p in (*pair.params, *pair.mirrors):
        for factor in (1.0, 2.0):
            (p * random(4, seed=1) * factor).sum().backward()
    pair.step_with_grads()


def test_grads_are_changed_in_place():
    pair = Pair([random(40), random(3)])
    for _ in range(3):
        pair.random_grads()
        torch.nn.utils.clip_grad_norm_(pair.params, 0.5)
        pair.step_with_grads()


def test_grad_objects_may_get_other_memory():
    pair = Pair([random(40), random(3)])
    pair.step()
    for seed in range(3):
        for p in pair.params:  # the same grads are torch's
            p.grad.data = random(*p.shape, seed=seed)
        pair.step_with_grads()


def test_one_grad_for_two_params():
    pair = Pair([random(4), random(4, seed=1)])
    grad = random(4, seed=2)
    pair.set_grads([grad, grad])
    pair.step_with_grads()
    pair.set_grads([grad[:], grad])
    pair.step_with_grads()


def test_grads_with_a_graph():
    pair = Pair([random(4)])
    for p in (*pair.params, *pair.mirrors):
        (p.grad,) = torch.autograd.grad((p**2).sum(), p, create_graph=True)
        assert p.grad.requires_grad
    pair.step_with_grads()
    for p in (*pair.params, *pair.mirrors):
        p.grad = None  # breaks the cycle


def test_the_param_as_its_own_grad():
    """Decay by hand: the grad is the memory of the parameter."""
    pair = Pair([random(50_000), random(7)], lr=0.5)
    for _ in range(3):
        for p in (*pair.params, *pair.mirrors):
            p.grad = p.detach()
        pair.step_with_grads()


def test_the_grad_is_another_param():
    """Torch updates in order: the grad of the second parameter is the updated first one."""
    pair = Pair([random(7), random(7, seed=1)])
    for _ in range(3):
        for params in (pair.params, pair.mirrors):
            params[0].grad, params[1].grad = random(7, seed=2), params[0].detach()
        pair.step_with_grads()


def test_gradient_scaler():
    pair = Pair([random(4), random(3)])
    for optimizer in pair.both:
        scaler = torch.amp.GradScaler("cpu", init_scale=8.0)
        for scale in (1.0, torch.inf, 1.0):
            optimizer.zero_grad()
            loss = sum((p * p).sum() for p in optimizer.param_groups[0]["params"])
            scaler.scale(loss * scale).backward()
            scaler.step(optimizer)
            scaler.update()
    pair.check()
    assert all(state["step"] == 2 for state in pair.ours.state.values())
