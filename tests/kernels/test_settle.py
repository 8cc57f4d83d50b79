"""After the kernels ran, each step is counted once; where there was no gradient, none is."""

import ctypes

import numpy as np
import pytest
import torch

from adadelta_gen.cpu import native, tables
from kernels.memory import Guarded


def settle(steps, has_grad, one=1.0):
    """Run the native function over a request made by hand, without versions to bump."""
    rows = np.zeros((len(steps), tables.ROW_WORDS), np.int64)
    rows[:, tables.GRAD] = has_grad  # any address but 0: it is not read
    rows[:, tables.STEP] = [step.values.data_ptr() if step else 0 for step in steps]
    request = np.zeros(tables.REQUEST_WORDS, np.int64)
    request[tables.ROWS_AT] = rows.ctypes.data
    request[tables.N_ROWS_AT] = len(rows)
    call = ctypes.CFUNCTYPE(None, ctypes.c_int64, ctypes.c_float)(native.settle())
    call(request.ctypes.data, one)


def step(count):
    return Guarded(torch.tensor([count]))


def test_a_step_with_grad_is_counted_once():
    steps = [step(float(count)) for count in range(9)]
    settle(steps, has_grad=[i % 3 != 0 for i in range(9)])
    expected = [i + (i % 3 != 0) for i in range(9)]
    assert [step.values.item() for step in steps] == expected
    assert all(step.intact() for step in steps)


def test_a_step_counted_elsewhere_is_left_alone():
    steps = [step(1.0), None, step(3.0)]
    settle(steps, has_grad=[True, True, True])
    assert [step.values.item() for step in steps if step] == [2.0, 4.0]


def test_no_tensor_at_all():
    settle([], [])


@pytest.mark.parametrize(
    ("count", "one"), [(0.0, 1.0), (2.0**24, 1.0), (2.0**24 - 1, 1.0), (5, -1)]
)
def test_a_step_is_a_float32_sum(count, one):
    counted = step(float(count))
    settle([counted], [True], one)
    assert counted.values.item() == (torch.tensor(float(count)) + one).item()
