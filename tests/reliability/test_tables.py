"""Edits while a step makes or uses its table, as by a finalizer or a signal handler."""

import pytest
import torch
from parity.support import Pair, assert_near, random
from torch.nn import Parameter

from adadelta_gen.native import abi
from adadelta_gen.step import table as table_module
from adadelta_gen.step.groups import Group
from adadelta_gen.step.table import Table


@pytest.fixture
def edit_when(monkeypatch):
    """A function that lets a method of the next table call another function first, once."""

    def edit(method, act):
        original = getattr(Table, method)

        def editing(*arguments, **options):
            monkeypatch.setattr(Table, method, original)
            act()
            return original(*arguments, **options)

        monkeypatch.setattr(Table, method, editing)

    return edit


@pytest.mark.parametrize(
    "other", [random(8, dtype=torch.float64), random(3)], ids=["dtype", "size"]
)
def test_other_data_while_a_table_is_made(edit_when, other):
    """The table has the kind and size of the other data; it must not use the row of the former."""
    pair = Pair([random(8), random(5)])
    pair.step(2)
    pair.random_grads()
    p = pair.params[0]
    data, p.data = p.data, other

    def back():
        p.data = data

    pair.each(lambda optimizer: optimizer.add_param_group({"params": []}))  # needs a new table
    edit_when("_take_over", back)
    pair.step_with_grads()
    pair.step()


def state_of_last(optimizer):
    return optimizer.state[optimizer.param_groups[-1]["params"][-1]]


def replace_state(optimizer):
    state = state_of_last(optimizer)
    state["square_avg"] = state["square_avg"] + 1


def count_by_ints(optimizer):
    state_of_last(optimizer)["step"] = torch.tensor(7)


def give_first_grad(optimizer):
    optimizer.param_groups[0]["params"][1].grad = random(5, seed=7)


def set_option(option, value):
    return lambda optimizer: optimizer.param_groups[1].update({option: value})


# By edit: how often the next step repeats the native call.
REPEATED = {
    "nothing": (lambda optimizer: None, 1),
    "other number": (set_option("lr", 0.5), 3),
    "other kernel": (set_option("maximize", True), 3),
    "other state": (replace_state, 3),
    "first grad": (give_first_grad, 3),
    "tensor": (set_option("lr", torch.tensor(0.5)), 2),
    "other type": (set_option("maximize", "yes"), 2),
    "other option": (set_option("foreach", True), 2),
    "other list": (lambda o: o.param_groups[1].update(params=[*o.param_groups[1]["params"]]), 2),
    "more groups": (lambda o: o.add_param_group({"params": [random(2)]}), 2),
    "torch's row": (count_by_ints, 2),
}


@pytest.mark.parametrize(("edit", "times"), REPEATED.values(), ids=REPEATED)
def test_a_call_is_repeated_only_while_that_may_be_enough(monkeypatch, edit, times):
    pair = Pair([{"params": [random(8), random(5)]}, {"params": [random(3)]}])
    for _ in range(3):
        pair.random_grads(skip=(1,))
        pair.step_with_grads()
    pair.random_grads(skip=(1,))
    pair.each(edit)
    answers, read = [], []
    repeat, take_numbers = Table.repeat, Group.take_numbers

    def noting(table, optimizer):
        answers.append(repeat(table, optimizer))
        return answers[-1]

    def reading(group, *factors):
        read.append(group.position)
        return take_numbers(group, *factors)

    monkeypatch.setattr(Table, "repeat", noting)
    monkeypatch.setattr(Group, "take_numbers", reading)
    pair.step_with_grads()
    assert len(answers) == times
    assert (answers[-1] == abi.DONE) == (times != 2)
    if times == 3:  # only the group that has changed
        assert read == ([1] if answers[0] == abi.GROUP_CHANGED else [])


def test_a_row_that_native_code_can_verify_is_not_examined_in_python(monkeypatch):
    """Not even if it was written at the step before, too."""
    monkeypatch.setattr(table_module, "needs_mappings", lambda: False)
    monkeypatch.setattr(table_module, "examine", None)
    pair = Pair([random(8), random(5)])
    pair.step(2)
    for _ in range(3):
        pair.each(replace_state)
        pair.step()


def test_a_removed_param_whose_row_has_changed(edit_when):
    pair = Pair([random(8), random(5)])
    pair.step(2)
    pair.each(replace_state)
    pair.random_grads()
    pair.theirs.param_groups[0]["params"].pop()
    edit_when("_look_again", lambda: pair.ours.param_groups[0]["params"].pop())
    pair.each(lambda optimizer: optimizer.step())
    for (p, state), (q, other) in zip(
        pair.ours.state.items(), pair.theirs.state.items(), strict=True
    ):
        assert_near(p, q, "param")
        assert state["step"] == other["step"]


def test_a_number_that_changes_before_the_first_step_has_read_it(edit_when):
    pair = Pair([{"params": [random(8)]}, {"params": [random(5)], "foreach": True}])
    pair.theirs.param_groups[0]["lr"] = 0.5
    edit_when("verify", lambda: pair.ours.param_groups[0].update(lr=0.5))
    pair.step(2)
    pair.theirs.param_groups[0]["lr"] = 0.25
    edit_when("run", lambda: pair.ours.param_groups[0].update(lr=0.25))
    pair.step(2)


def test_a_number_that_changes_when_the_factors_of_the_grads_are_set(edit_when):
    """They are still applied."""
    pair = Pair([random(8)])
    pair.ours.defaults["max_grad_norm"] = 0.1
    pair.ours.param_groups[0]["nonfinite"] = "raise"  # the norm is not computed by the step's call
    pair.random_grads()
    norm = torch.linalg.vector_norm(pair.mirrors[0].grad)
    pair.mirrors[0].grad = pair.mirrors[0].grad * (0.1 / (norm + 1e-6))
    pair.theirs.param_groups[0]["lr"] = 0.5
    edit_when("run", lambda: pair.ours.param_groups[0].update(lr=0.5))
    pair.step_with_grads()


def test_a_tensor_that_changes_while_it_is_searched_for_nonfinite_values(edit_when):
    pair = Pair([random(8), random(5)])
    pair.ours.param_groups[0]["nonfinite"] = "skip"
    pair.step()
    pair.random_grads()
    replace_state(pair.theirs)
    edit_when("_set_finders", lambda: replace_state(pair.ours))
    pair.step_with_grads()


def test_tables_are_kept_while_their_groups_are(monkeypatch):
    """Also if a group that torch updates comes and goes behind them."""
    made = []
    make = Table.__init__

    def noting(table, *arguments):
        made.append(table)
        make(table, *arguments)

    monkeypatch.setattr(Table, "__init__", noting)
    pair = Pair([{"params": [random(8)]}, {"params": [random(5)], "foreach": True}])
    pair.step(2)
    made.clear()
    pair.step(2)
    assert not made
    pair.each(lambda o: o.add_param_group({"params": [Parameter(random(2))], "foreach": True}))
    for _ in range(2):
        pair.random_grads(skip=(2,))  # another state would need another table
        pair.step_with_grads()
    pair.each(lambda o: o.param_groups.pop())
    pair.step(2)
    assert not made
