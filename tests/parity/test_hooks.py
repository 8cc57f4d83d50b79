"""Every hook runs exactly once, whether kernels or torch update the parameters."""

import copy

import pytest
import torch
from torch.optim.optimizer import (
    register_optimizer_step_post_hook,
    register_optimizer_step_pre_hook,
)

from parity.support import Pair, random

ROUTES = [{}, {"fused": True}, {"fused": False}, {"foreach": True}, {"differentiable": True}]
STEP_HOOKS = ("register_step_pre_hook", "register_step_post_hook")
STATE_DICT_HOOKS = (
    "register_state_dict_pre_hook",
    "register_state_dict_post_hook",
    "register_load_state_dict_pre_hook",
    "register_load_state_dict_post_hook",
)


def leafless_pair(**options):
    """Return a pair of optimizers over params without requires_grad, for ``differentiable``."""
    pair = Pair([random(4), random(3)], **options)
    for p in (*pair.params, *pair.mirrors):
        p.requires_grad_(False)
    return pair


@pytest.mark.parametrize("options", ROUTES, ids=str)
def test_step_hooks_run_once(options):
    optimizer = leafless_pair(**options).ours
    calls = []
    handles = [
        getattr(optimizer, register)(lambda *args, name=register: calls.append((name, args)))
        for register in STEP_HOOKS
    ]
    for p in optimizer.param_groups[0]["params"]:
        p.grad = torch.ones_like(p)
    optimizer.step()
    assert calls == [(name, (optimizer, (optimizer,), {})) for name in STEP_HOOKS]
    for handle in handles:
        handle.remove()
    optimizer.step()
    assert len(calls) == 2


@pytest.mark.parametrize("options", ROUTES, ids=str)
def test_global_hooks_run_once(options):
    pair = leafless_pair(**options)
    calls = []
    before = register_optimizer_step_pre_hook(lambda o, args, kwargs: calls.append(("pre", o)))
    after = register_optimizer_step_post_hook(lambda o, args, kwargs: calls.append(("post", o)))
    try:
        pair.step()
    finally:
        before.remove()
        after.remove()
    ours, theirs = pair.both
    assert calls == [("pre", ours), ("post", ours), ("pre", theirs), ("post", theirs)]


def test_hooks_see_the_arguments_that_torch_gives():
    pair = Pair([random(4)])
    seen = {}
    for optimizer in pair.both:
        optimizer.register_step_pre_hook(
            lambda o, args, kwargs: seen.setdefault(o, []).append((len(args), list(kwargs)))
        )
        optimizer.step()
        optimizer.step(lambda: 0)
        optimizer.step(closure=lambda: 0)
    assert seen[pair.ours] == seen[pair.theirs]


def test_a_pre_hook_may_change_the_arguments():
    pair = Pair([random(4)])
    for optimizer in pair.both:
        optimizer.register_step_pre_hook(lambda o, args, kwargs: (args[:1], {"closure": lambda: 7}))
        assert optimizer.step() == 7


def test_an_invalid_result_of_a_pre_hook_raises():
    messages = []
    for optimizer in Pair([random(4)]).both:
        optimizer.register_step_pre_hook(lambda o, args, kwargs: 3)
        with pytest.raises(RuntimeError) as raised:
            optimizer.step()
        messages.append(str(raised.value))
    assert messages[0].split(" must return")[1] == messages[1].split(" must return")[1]


def test_hooks_may_edit_groups_and_grads():
    pair = Pair([random(4), random(3)])
    for optimizer in pair.both:

        def shrink(optimizer, args, kwargs):
            optimizer.param_groups[0]["lr"] *= 0.5
            first = optimizer.param_groups[0]["params"][0]
            first.data = first.data.clone()
            first.grad = first.grad * 2

        optimizer.register_step_pre_hook(shrink)
    pair.step(3)


@pytest.mark.parametrize("register", STATE_DICT_HOOKS)
def test_state_dict_hooks_run_exactly_once(register):
    optimizer = Pair([random(4)]).ours
    calls = []
    handle = getattr(optimizer, register)(lambda *args: calls.append(args[0]))
    optimizer.load_state_dict(optimizer.state_dict())
    assert calls == [optimizer]
    handle.remove()
    optimizer.load_state_dict(optimizer.state_dict())
    assert len(calls) == 1


def test_a_state_dict_hook_may_change_what_is_loaded():
    pair = Pair([random(4)])
    pair.step()
    for optimizer in pair.both:

        def half(optimizer, state_dict):
            state_dict["param_groups"][0]["lr"] = 0.5
            return state_dict

        optimizer.register_load_state_dict_pre_hook(half)
        optimizer.load_state_dict(optimizer.state_dict())
        assert optimizer.param_groups[0]["lr"] == 0.5
    pair.step()


def test_profiler_label():
    pair = Pair([random(4)])
    for optimizer in pair.both:
        with torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CPU]) as profile:
            optimizer.step()
        labels = [e.key for e in profile.key_averages() if e.key.startswith("Optimizer.")]
        assert labels == ["Optimizer.step#Adadelta.step"]


def test_step_of_a_subclass_runs_hooks_once():
    class Counting(type(Pair([random(1)]).ours)):
        def step(self, closure=None):
            calls.append("subclass")
            return super().step(closure)

    calls = []
    p = torch.nn.Parameter(random(3))
    optimizer = Counting([p])
    p.grad = random(3)
    optimizer.step()
    assert calls == ["subclass"]
    assert optimizer.state[p]["step"] == 1


def test_step_is_wrapped_once():
    """Independent of the number of optimizers, copies and checkpoints."""
    pair = Pair([random(4)])
    step = type(pair.ours).step
    copy.deepcopy(pair.ours)
    pair.ours.load_state_dict(pair.ours.state_dict())
    assert type(Pair([random(3)]).ours).step is step
    assert step.hooked
    assert step.__name__ == "step"
    assert step.__doc__ == step.__wrapped__.__doc__


def test_a_hook_may_be_added_and_removed():
    """Between steps that bypass torch's hook wrapper."""
    pair = Pair([random(4)])
    calls = []
    pair.step()
    handle = pair.ours.register_step_post_hook(lambda *_: calls.append("post"))
    pair.step()
    handle.remove()
    pair.step()
    with pytest.raises(TypeError, match="unexpected keyword"):
        pair.ours.step(unknown=1)
    assert calls == ["post"]
