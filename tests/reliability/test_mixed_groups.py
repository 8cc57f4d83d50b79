"""Groups for kernels between groups for torch: updated in torch's order, and examined once."""

import copy
from collections import UserList

import pytest
import torch
from parity.support import STATES, Pair, kernels, random, snapshot

from adadelta_gen.step import update
from adadelta_gen.step.table import Table


@pytest.fixture
def looked_at(monkeypatch):
    """A list that receives every row that is examined."""
    rows = []
    look = Table._look_at

    def noting(table, row, *arguments):
        rows.append((table.positions.start, row))
        return look(table, row, *arguments)

    monkeypatch.setattr(Table, "_look_at", noting)
    return rows


def mixed(*options):
    return Pair(
        [{"params": [random(3, seed=i), random(5, seed=i)], **o} for i, o in enumerate(options)]
    )


@pytest.mark.parametrize("order", ["ktk", "tkt", "kkt", "tkk", "ktktk"])
def test_results_equal_torchs_and_rows_are_examined_once(looked_at, order):
    pair = mixed(*({"foreach": True} if kind == "t" else {} for kind in order))
    pair.step(3)
    assert [name is not None for name in kernels(pair.ours)[::2]] == [kind == "k" for kind in order]
    assert len(looked_at) == 2 * order.count("k")


def test_groups_removed_by_a_hook_of_torchs_rows():
    """Groups after one that torch updates are examined after it."""

    class Removing(torch.Tensor):
        optimizer = None

        @classmethod
        def __torch_function__(cls, function, types, args=(), kwargs=None):
            if cls.optimizer is not None and function is torch.Tensor.sqrt_:
                del cls.optimizer.param_groups[2:]
            return super().__torch_function__(function, types, args, kwargs)

    pair = mixed({}, {}, {})
    pair.ours.param_groups[0]["nonfinite"] = "skip"
    for optimizer in pair.both:
        group = optimizer.param_groups[1]
        group["params"] = [random(4).as_subclass(Removing).requires_grad_()]
        group["params"][0].grad = torch.ones(4)
    before = [p.detach().clone() for p in pair.ours.param_groups[2]["params"]]
    for optimizer in pair.both:
        for group in (optimizer.param_groups[0], optimizer.param_groups[2]):
            for i, p in enumerate(group["params"]):
                p.grad = random(*p.shape, seed=10 + i)
        optimizer.param_groups[0]["params"][1].grad[0] = torch.nan
        last = optimizer.param_groups[2]["params"]
        Removing.optimizer = optimizer
        optimizer.step()
        Removing.optimizer = None
        assert all(map(torch.equal, last, before))
    assert pair.ours.skipped == {"parameter 1 of group 0": 1}


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    ("order", "position", "kind"),
    [("tkt", 0, list), ("ktk", 1, list), ("tttk", 1, list), ("tkt", 0, UserList)],
)
def test_loading_while_torch_takes_the_tensors_of_a_group(order, position, kind, when):
    """The step continues with its original groups, but with the loaded states."""
    pair = mixed(*({"foreach": True} if kind == "t" else {} for kind in order))
    pair.step(3)
    for optimizer in pair.both:
        optimizer.param_groups = kind(optimizer.param_groups)
    loaded = []

    def load(optimizer):
        loaded.append(optimizer)
        saved = copy.deepcopy(optimizer.state_dict())
        for group in saved["param_groups"]:
            group["lr"] = 0.25
        for state in saved["state"].values():
            state["square_avg"] += 1
        optimizer.load_state_dict(saved)

    def load_at(optimizer):
        init_group, target = optimizer._init_group, optimizer.param_groups[position]

        def loading(group, *columns):
            is_due = group is target and optimizer not in loaded
            if is_due and when == "before":
                load(optimizer)
            found = init_group(group, *columns)
            if is_due and when == "after":
                load(optimizer)
            return found

        optimizer._init_group = loading

    pair.each(load_at)
    pair.step(2)
    assert loaded == list(pair.both)


@pytest.fixture
def foreach_after_looking(monkeypatch):
    """Set foreach in a group after a step has collected its tensors, as in a finalizer."""
    collect = Table.collect

    def changing(table, *arguments):
        tensors = collect(table, *arguments)
        table.groups[0].dict["foreach"] = True
        return tensors

    monkeypatch.setattr(Table, "collect", changing)


def test_foreach_in_the_middle_of_a_step_that_torch_then_refuses(foreach_after_looking):
    """Torch updates an int step, but raises with foreach; kernels must not have run before."""
    pair = mixed({})
    p, q = pair.params
    for param in (p, q):
        pair.ours.state[param] = {key: torch.zeros(param.shape) for key in STATES}
        pair.ours.state[param]["step"] = torch.tensor(0.0 if param is p else 0)
    pair.random_grads()
    before = [param.detach().clone() for param in pair.params]
    with pytest.raises(RuntimeError, match="same dtype"):
        pair.ours.step()
    assert all(map(torch.equal, pair.params, before))


def test_foreach_in_the_middle_of_a_step_holds_for_the_next_one(foreach_after_looking, monkeypatch):
    pair = mixed({})
    pair.random_grads()
    pair.ours.step()
    calls = []
    monkeypatch.setattr(update, "torch_adadelta", lambda *_, **options: calls.append(options))
    pair.ours.step()
    assert [options["foreach"] for options in calls] == [True]


@pytest.mark.parametrize("order", ["tk", "ktk"])
def test_a_damaged_state_is_found_before_any_group_is_updated(order):
    pair = mixed(*({"foreach": True} if kind == "t" else {} for kind in order))
    pair.step(2)
    optimizer = pair.ours
    optimizer.state[pair.params[-1]]["square_avg"] = torch.zeros(2)
    pair.random_grads()
    before = snapshot(optimizer)
    with pytest.raises(RuntimeError, match=f"does not match parameter 1 of group {len(order) - 1}"):
        optimizer.step()
    assert all(map(torch.equal, snapshot(optimizer), before))
