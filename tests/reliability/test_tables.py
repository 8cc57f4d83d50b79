"""Edits while a step makes or uses its table, as by a finalizer or a signal handler."""

import pytest
import torch
from parity.support import Pair, random

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
