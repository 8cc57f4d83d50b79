"""All hooks of an optimizer, registered, ordered and removed as in torch's own tests."""

import copy

import pytest
import torch
from torch.optim.optimizer import (
    register_optimizer_step_post_hook,
    register_optimizer_step_pre_hook,
)

from adadelta_gen import Adadelta
from parity.support import Pair, random
from parity.torch_suite import IMPLEMENTATIONS

BOTH = [Adadelta, torch.optim.Adadelta]
BY_CLASS = pytest.mark.parametrize("make", BOTH, ids=["ours", "torch"])
BY_IMPLEMENTATION = pytest.mark.parametrize(
    "options", IMPLEMENTATIONS.values(), ids=IMPLEMENTATIONS
)
STATE_DICT_HOOKS = (
    "register_state_dict_pre_hook",
    "register_state_dict_post_hook",
    "register_load_state_dict_pre_hook",
    "register_load_state_dict_post_hook",
)


def trained(make, **options):
    p = torch.nn.Parameter(random(4))
    p.grad = random(4, seed=1)
    optimizer = make([p], lr=0.5, **options)
    optimizer.step()
    return optimizer


@BY_IMPLEMENTATION
def test_step_all_hooks(options):
    """Global hooks before local ones, before and after the step; each removed by its handle."""
    optimizer = trained(Adadelta, **options)
    (p,) = optimizer.param_groups[0]["params"]
    calls = []

    def recorder(name):
        return lambda o, args, kwargs: calls.append((name, o.state[p]["step"].item()))

    handles = {
        "local post": optimizer.register_step_post_hook(recorder("local post")),
        "global post": register_optimizer_step_post_hook(recorder("global post")),
        "local pre": optimizer.register_step_pre_hook(recorder("local pre")),
        "global pre": register_optimizer_step_pre_hook(recorder("global pre")),
    }
    try:
        optimizer.step()
        assert calls == [
            ("global pre", 1),
            ("local pre", 1),
            ("local post", 2),
            ("global post", 2),
        ]
        for step, name in enumerate(list(handles), start=2):
            calls.clear()
            handles.pop(name).remove()
            optimizer.step()
            assert sorted(calls) == sorted((n, step + ("post" in n)) for n in handles)
    finally:
        for handle in handles.values():
            handle.remove()


@BY_IMPLEMENTATION
@pytest.mark.parametrize("kind", ["local pre", "local post", "global pre", "global post"])
def test_each_step_hook_alone(kind, options):
    """A step without hooks bypasses torch's wrapper; one with a hook does not."""
    optimizer = trained(Adadelta, **options)
    register = {
        "local pre": optimizer.register_step_pre_hook,
        "local post": optimizer.register_step_post_hook,
        "global pre": register_optimizer_step_pre_hook,
        "global post": register_optimizer_step_post_hook,
    }[kind]
    calls = []
    handle = register(lambda *args: calls.append(args))
    try:
        optimizer.step()
    finally:
        handle.remove()
    optimizer.step()
    assert calls == [(optimizer, (optimizer,), {})]


@BY_IMPLEMENTATION
@pytest.mark.parametrize("kind", ["pre", "post"])
def test_step_hooks_in_the_order_of_registration(kind, options):
    optimizer = trained(Adadelta, **options)
    calls = []
    register = getattr(optimizer, f"register_step_{kind}_hook")
    handles = [register(lambda *_, i=i: calls.append(i)) for i in range(4)]
    handles.pop(1).remove()
    optimizer.step()
    handles.pop(0).remove()
    optimizer.step()
    assert calls == [0, 2, 3, 2, 3]


@BY_IMPLEMENTATION
def test_a_hook_that_removes_itself(options):
    optimizer = trained(Adadelta, **options)
    calls = []

    def once(*_):
        calls.append(1)
        handle.remove()

    handle = optimizer.register_step_post_hook(once)
    optimizer.step()
    optimizer.step()
    assert calls == [1]


@BY_IMPLEMENTATION
def test_an_error_in_a_hook_leaves_the_optimizer_usable(options):
    pair = Pair([random(4), random(3)], **options)
    pair.step()
    for kind in ("pre", "post"):
        pair.random_grads()
        for optimizer in pair.both:
            handle = getattr(optimizer, f"register_step_{kind}_hook")(lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                optimizer.step()
            handle.remove()
        pair.check()
    assert {int(state["step"]) for state in pair.ours.state.values()} == {2}
    pair.step()


@BY_IMPLEMENTATION
def test_pre_hooks_that_replace_the_arguments(options):
    """They run in order; the last one determines the arguments of the step."""
    pair = Pair([random(4)], **options)
    for optimizer in pair.both:
        seen = []
        optimizer.register_step_pre_hook(lambda o, args, kwargs: ((o, lambda: 1), kwargs))

        def second(o, args, kwargs, seen=seen):
            seen.append((args[1](), dict(kwargs)))
            return args[:1], {"closure": lambda: 2}

        optimizer.register_step_pre_hook(second)
        optimizer.register_step_post_hook(
            lambda o, args, kwargs, seen=seen: seen.append((len(args), kwargs["closure"]()))
        )
        assert optimizer.step(lambda: 0) == 2
        assert seen == [(1, {}), (1, 2)]


@BY_CLASS
def test_copies_take_no_hooks_with_them(make):
    """A copy shares no hook and starts with none, as in torch."""
    optimizer = trained(make)
    calls = []
    optimizer.register_step_post_hook(lambda *_: calls.append("step"))
    optimizer.register_state_dict_post_hook(lambda *_: calls.append("state_dict"))
    other = copy.deepcopy(optimizer)
    other.step()
    other.state_dict()
    assert calls == []
    optimizer.step()
    assert calls == ["step"]


@BY_CLASS
@pytest.mark.parametrize("register", STATE_DICT_HOOKS)
def test_state_dict_hooks_prepended_and_removed(register, make):
    optimizer = trained(make)
    calls = []
    handles = [
        getattr(optimizer, register)(lambda *_, i=i: calls.append(i), prepend=prepend)
        for i, prepend in enumerate([False, False, True, True])
    ]

    def use():
        calls.clear()
        optimizer.load_state_dict(optimizer.state_dict())
        return list(calls)

    assert use() == [3, 2, 0, 1]
    handles[2].remove()
    assert use() == [3, 0, 1]
    for handle in handles:
        handle.remove()
    assert use() == []


@BY_CLASS
def test_state_dict_pre_hook_edits_what_is_saved(make):
    optimizer = trained(make)

    def edit(optimizer):
        optimizer.param_groups[0]["lr"] = 0.125

    optimizer.register_state_dict_pre_hook(edit)
    assert optimizer.state_dict()["param_groups"][0]["lr"] == 0.125


@BY_CLASS
def test_state_dict_post_hooks_edit_or_replace(make):
    """Each receives the result of the previous one, or its argument if that returned None."""
    optimizer = trained(make)

    def edit(optimizer, state_dict):
        state_dict["note"] = ["edited"]

    def replace(optimizer, state_dict):
        return {**state_dict, "note": [*state_dict["note"], "replaced"]}

    optimizer.register_state_dict_post_hook(edit)
    optimizer.register_state_dict_post_hook(replace)
    saved = optimizer.state_dict()
    assert saved["note"] == ["edited", "replaced"]
    optimizer.load_state_dict(saved)


@BY_CLASS
@pytest.mark.parametrize("how", ["edit", "replace"])
def test_load_state_dict_pre_hooks_edit_or_replace(how, make):
    """The hook gets a shallow copy; the caller's dict is unchanged."""
    optimizer = trained(make)
    saved = copy.deepcopy(optimizer.state_dict())
    groups = [{**saved["param_groups"][0], "lr": 0.25}]

    def edit(optimizer, state_dict):
        state_dict["param_groups"] = groups

    def replace(optimizer, state_dict):
        return {**state_dict, "param_groups": groups}

    optimizer.register_load_state_dict_pre_hook(edit if how == "edit" else replace)
    optimizer.load_state_dict(saved)
    assert optimizer.param_groups[0]["lr"] == 0.25
    assert saved["param_groups"][0]["lr"] == 0.5
    optimizer.step()


@BY_IMPLEMENTATION
def test_load_state_dict_post_hook_edits_what_was_loaded(options):
    """The next step uses the edited groups and states."""
    pair = Pair([random(4), random(3)], **options)
    pair.step(2)
    for optimizer in pair.both:

        def forget(optimizer):
            optimizer.param_groups[0]["lr"] = 0.125
            first, second = optimizer.param_groups[0]["params"]
            optimizer.state[first]["square_avg"] = torch.ones(4)
            del optimizer.state[second]

        optimizer.register_load_state_dict_post_hook(forget)
        optimizer.load_state_dict(optimizer.state_dict())
    pair.step(2)
    assert [int(state["step"]) for state in pair.ours.state.values()] == [4, 2]


@BY_IMPLEMENTATION
@pytest.mark.parametrize("kind", ["pre", "post"])
def test_a_hook_that_loads_a_checkpoint(kind, options):
    """A step hook loads it; the step must not use the former states."""
    pair = Pair([random(4), random(3)], **options)
    pair.step(2)
    for optimizer in pair.both:
        saved = copy.deepcopy(optimizer.state_dict())
        getattr(optimizer, f"register_step_{kind}_hook")(
            lambda o, args, kwargs, saved=saved: o.load_state_dict(copy.deepcopy(saved))
        )
    pair.step(3)
    expected = 3 if kind == "pre" else 2
    assert {int(state["step"]) for state in pair.ours.state.values()} == {expected}
