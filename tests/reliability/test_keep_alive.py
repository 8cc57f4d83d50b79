"""Grads, old states, old params and optimizers are freed as early as with torch."""

import copy
import gc
import weakref

import numpy as np
import pytest
import torch
from parity.support import Pair, random

from adadelta_gen import Adadelta


class Memory(np.ndarray):
    """An array that is alive while a tensor uses it, and can be weakly referenced."""


def watched(tensor):
    """Return a tensor of the same values in new memory, and a weak reference to that memory."""
    array = np.array(tensor.detach().numpy()).view(Memory)
    return torch.from_numpy(array), weakref.ref(array)


def optimizer_of(*shapes, **options):
    params = [torch.nn.Parameter(random(*shape)) for shape in shapes]
    optimizer = Adadelta(params, **options)
    give_grads(optimizer)
    return optimizer


def give_grads(optimizer):
    for group in optimizer.param_groups:
        for p in group["params"]:
            p.grad = torch.ones_like(p)


@pytest.fixture(autouse=True)
def _no_garbage_collector():
    """Objects must be freed without the garbage collector, which runs at unknown times."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


ROUTES = {
    "kernel": lambda p: torch.ones_like(p),
    "copies": lambda p: torch.ones(p.shape[::-1]).t(),
}


@pytest.mark.parametrize("make", ROUTES.values(), ids=ROUTES)
@pytest.mark.parametrize("steps", [1, 2])
def test_grads_are_freed(make, steps):
    optimizer = optimizer_of((2, 3), (4, 2))
    params = optimizer.param_groups[0]["params"]
    for _ in range(steps):
        memories = []
        for p in params:
            p.grad = None  # else torch would keep the old memory
            p.grad = make(p)
            memories.append(weakref.ref(p.grad))
        optimizer.step()
    optimizer.zero_grad()
    assert [memory() for memory in memories] == [None, None]


def test_grads_are_freed_after_explain():
    optimizer = optimizer_of((3,))
    (p,) = optimizer.param_groups[0]["params"]
    grad = weakref.ref(p.grad)
    rows = optimizer.explain()
    optimizer.zero_grad()
    assert grad() is None
    assert rows


@pytest.mark.parametrize("trouble", ["before", "while"])
def test_grads_are_freed_after_an_error(trouble):
    """One group raises while the other one is verified or updated."""
    optimizer = optimizer_of((3,))
    q = torch.nn.Parameter(random(4))
    optimizer.add_param_group({"params": [q]})
    give_grads(optimizer)
    optimizer.step()
    if trouble == "while":
        optimizer.param_groups[0]["capturable"] = True
    else:
        optimizer.state[optimizer.param_groups[0]["params"][0]]["square_avg"] = torch.ones(7)
    for order in (1, -1):
        optimizer.param_groups = optimizer.param_groups[::order]
        give_grads(optimizer)
        grads = [weakref.ref(p.grad) for g in optimizer.param_groups for p in g["params"]]
        with pytest.raises((RuntimeError, AssertionError)):
            optimizer.step()
        optimizer.zero_grad()
        assert [grad() for grad in grads] == [None, None]


def watch_states(optimizer):
    memories = []
    for state in optimizer.state.values():
        for key in ("square_avg", "acc_delta"):
            state[key], memory = watched(state[key])
            memories.append(memory)
    optimizer.step()
    assert all(memory() is not None for memory in memories)
    return memories


def test_states_are_freed_after_loading():
    optimizer = optimizer_of((3,), (2, 2))
    optimizer.step()
    saved = copy.deepcopy(optimizer.state_dict())
    memories = watch_states(optimizer)
    optimizer.load_state_dict(saved)
    assert all(memory() is None for memory in memories)


@pytest.mark.parametrize("change", ["replaced", "cleared", "all cleared"])
def test_states_are_freed_after_a_change(change):
    optimizer = optimizer_of((3,), (2, 2))
    optimizer.step()
    memories = watch_states(optimizer)
    if change == "all cleared":
        optimizer.state.clear()
    elif change == "cleared":
        for p in optimizer.param_groups[0]["params"]:
            del optimizer.state[p]
    else:
        for state in optimizer.state.values():
            state.update({key: value.clone() for key, value in state.items()})
    optimizer.step()
    assert all(memory() is None for memory in memories)


def test_states_are_freed_after_a_step_without_grads():
    optimizer = optimizer_of((3,), (2, 2))
    optimizer.step()
    memories = watch_states(optimizer)
    optimizer.state.clear()
    optimizer.zero_grad()
    optimizer.step()
    assert all(memory() is None for memory in memories)


@pytest.mark.parametrize("with_state", [True, False])
def test_params_of_a_removed_group_are_freed(with_state):
    optimizer = optimizer_of((3,))
    optimizer.add_param_group({"params": [torch.nn.Parameter(random(4))]})
    give_grads(optimizer)
    if not with_state:
        optimizer.param_groups[1]["params"][0].grad = None
    optimizer.step()
    group = optimizer.param_groups.pop()
    p = group["params"].pop()
    optimizer.state.pop(p, None)
    gone = weakref.ref(p)
    del p, group
    optimizer.step()
    assert gone() is None


def test_replaced_params_are_freed():
    optimizer = optimizer_of((3,), (4,))
    optimizer.step()
    group = optimizer.param_groups[0]
    gone = weakref.ref(group["params"][1])
    optimizer.state.pop(group["params"][1])
    group["params"][1] = torch.nn.Parameter(random(4))
    give_grads(optimizer)
    optimizer.step()
    assert gone() is None


def test_the_former_memory_of_a_param_is_freed():
    optimizer = optimizer_of((3,), (4,))
    p = optimizer.param_groups[0]["params"][0]
    p.data, memory = watched(p)
    optimizer.step()
    p.data = p.data.clone()
    assert memory() is None


@pytest.mark.parametrize("options", [{}, {"fused": False}], ids=str)
def test_everything_is_freed_with_the_optimizer(options):
    optimizer = optimizer_of((3,), (4,), **options)
    optimizer.step()
    memories = watch_states(optimizer)
    params = [weakref.ref(p) for p in optimizer.param_groups[0]["params"]]
    gone = weakref.ref(optimizer)
    del optimizer
    gc.collect()  # torch's wrapped methods refer back to an optimizer
    assert gone() is None
    assert [p() for p in params] == [None, None]
    assert all(memory() is None for memory in memories)


def test_many_optimizers_one_after_the_other():
    """Addresses and ids of freed objects are reused."""
    for seed in range(60):
        Pair([random(4, seed=seed), random(seed % 5)]).step(2)
