"""Counters on a GPU, which torch increments: native code only compares the object."""

import pytest
import torch
from parity.support import random

from adadelta_gen import Adadelta
from adadelta_gen.native import abi
from adadelta_gen.step.rows import Facts
from adadelta_gen.step.table import Table, Tensors, _count


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
