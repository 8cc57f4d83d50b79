"""Counters on a GPU, which torch increments: native code only compares the object."""

import pytest
import torch
from parity.support import random

from adadelta_gen import Adadelta
from adadelta_gen.native import abi
from adadelta_gen.step import table as table_module
from adadelta_gen.step.causes import Outdated
from adadelta_gen.step.examine import KERNEL
from adadelta_gen.step.rows import STATE_KEYS, Facts
from adadelta_gen.step.table import StepValues, Table, Tensors, _count


def table_of(step):
    """Return a table of one parameter with this step, written as for a GPU."""
    p = torch.nn.Parameter(random(4))
    p.grad = torch.ones(4)
    optimizer = Adadelta([p])
    averages = [torch.zeros(4), torch.zeros(4), step]
    state = dict(zip(("square_avg", "acc_delta", "step"), averages, strict=True))
    optimizer.state[p] = state
    table = Table(optimizer, optimizer.param_groups, range(1))
    table.rows.write(0, Facts(p.dtype, (4,), (1,)), p, averages, state)
    return optimizer, state, table, Tensors([p], [p.grad])


def test_the_row_verifies_and_native_code_does_not_count():
    step = torch.zeros((), device="meta")
    _optimizer, _, table, tensors = table_of(step)
    assert table.rows.counted_on_device == {0: step}
    while (answer := table._ask(abi.VERIFY, tensors)) == abi.MOVED:
        table.resolve(answer, tensors)
    assert answer == abi.DONE


def test_another_step_tensor_is_detected():
    _optimizer, state, table, tensors = table_of(torch.zeros((), device="meta"))
    state["step"] = torch.zeros((), device="meta")
    assert table._ask(abi.VERIFY, tensors) == 1


def test_a_step_that_torch_counts_is_not_repeated(monkeypatch):
    """Native code alone would not count it."""
    _optimizer, _, counted, _ = table_of(torch.tensor(0.0))
    assert counted._is_static(StepValues())
    counted._look_again(1)
    monkeypatch.setattr(table_module, "examine", lambda *_: KERNEL)  # as for a param on the GPU
    _optimizer, _, table, _ = table_of(torch.zeros((), device="meta"))
    assert not table._is_static(StepValues())
    with pytest.raises(Outdated):
        table._look_again(1)


def test_counters_on_a_device_share_no_memory():
    """Native code does not know where they are."""
    step = torch.zeros((), device="meta")
    params = [torch.nn.Parameter(random(4)) for _ in range(3)]
    optimizer = Adadelta(params)
    for p in params:
        p.grad = torch.ones(4)
        averages = [torch.zeros(4), torch.zeros(4), step]
        optimizer.state[p] = dict(zip(STATE_KEYS, averages, strict=True))
    table = Table(optimizer, optimizer.param_groups, range(1))
    for row, p in enumerate(params):
        state = optimizer.state[p]
        table.rows.write(row, Facts(p.dtype, (4,), (1,)), p, list(state.values()), state)
    tensors = Tensors(params, [p.grad for p in params])
    assert table._ask(abi.VERIFY, tensors) in (abi.DONE, abi.MOVED)
    table._compare_memory(tensors)


class _Operations(torch.utils._python_dispatch.TorchDispatchMode):
    def __init__(self):
        super().__init__()
        self.names = []

    def __torch_dispatch__(self, operation, types, args=(), kwargs=None):
        self.names.append(str(operation))
        return operation(*args, **kwargs or {})


@pytest.mark.parametrize("amount", [1, -1])
@pytest.mark.parametrize("found_inf", [0.0, -0.0, 1.0, float("nan")])
def test_counting_does_not_read_found_inf(found_inf, amount):
    """Reading it would synchronise with the GPU, and raise inside a graph capture."""
    steps = [torch.tensor(float(i)) for i in range(3)]
    with _Operations() as operations:
        _count(steps, torch.tensor(found_inf), amount)
    assert "aten._local_scalar_dense.default" not in operations.names
    assert steps == [i + (0 if found_inf else amount) for i in range(3)]
