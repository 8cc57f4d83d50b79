"""The table of ``diagnostics()`` and the keys of ``as_dict()``."""

import copy
import pickle

import pytest
import torch
from parity.support import random
from torch.nn import Parameter

from adadelta_gen import Adadelta

KEYS = [
    *(f"effective_lr/{key}" for key in ("mean", "q05", "median", "q95")),
    *("square_avg_below_eps", "acc_delta_below_eps"),
    *("rms_update", "rms_param", "update_ratio"),
]


@pytest.fixture
def found():
    named = [("weight", Parameter(random(3, 2))), ("bias", Parameter(random(2)))]
    optimizer = Adadelta([{"params": named[:1]}, {"params": named[1:], "lr": 0.5}])
    for _, p in named:
        p.grad = torch.ones_like(p)
    optimizer.step()
    return optimizer.diagnostics()


def test_keys_of_groups(found):
    numbers = found.as_dict()
    assert [*numbers] == [f"group {i}/{key}" for i in range(2) for key in KEYS]
    assert {type(value) for value in numbers.values()} == {float}
    assert numbers["group 1/effective_lr/median"] == found.by_group[1].effective_lr.median


def test_keys_of_parameters(found):
    numbers = found.as_dict(by_param=True)
    assert [*numbers] == [*found.as_dict()] + [
        f"{row}/{key}" for row in ("group 0/weight", "group 1/bias") for key in KEYS
    ]
    assert numbers["group 0/weight/rms_param"] == found.by_param[0].rms_param


def test_keys_without_names():
    params = [Parameter(random(3)), Parameter(random(2))]
    optimizer = Adadelta(params)
    params[1].grad = random(2)
    optimizer.step()
    rows = {key.removesuffix(f"/{KEYS[-1]}") for key in optimizer.diagnostics().as_dict(True)}
    assert {"group 0", "group 0/param 1"} <= rows
    assert not any("param 0" in row for row in rows)


def test_the_table(found):
    header, *lines = str(found).splitlines()
    assert header.split()[:4] == ["group", "param", "name", "elements"]
    assert [line.split()[:2] for line in lines] == [
        ["0", "all"],
        ["0", "0"],
        ["1", "all"],
        ["1", "0"],
    ]
    assert "weight" in lines[1]
    assert len({len(line) for line in (header, *lines)}) == 1  # the last column is right-aligned
    assert f"{found.by_param[0].effective_lr.median:.2e}" in lines[1]
    assert "100.0 %" in lines[0]


def test_the_table_of_a_group_without_params():
    assert len(str(Adadelta([{"params": []}]).diagnostics()).splitlines()) == 2


def test_diagnostics_can_be_pickled_copied_and_compared(found):
    assert pickle.loads(pickle.dumps(found)) == copy.deepcopy(found) == found
