"""Each step increments its counter once, in its dtype; without a grad, not at all."""

import pytest
import torch

from adadelta_gen import Adadelta
from adadelta_gen.native import abi
from kernels.memory import Guarded

DTYPES = [torch.float32, torch.float64]


def counters(*counts, dtype=torch.float32):
    return [Guarded(torch.tensor([count], dtype=dtype)) for count in counts]


def optimizer_over(steps, n=3):
    """Return an optimizer over parameters of ``n`` elements, with counters in guarded memory."""
    params = [torch.nn.Parameter(torch.ones(n)) for _ in steps]
    optimizer = Adadelta([{"params": params, "fused": True}])
    for param, step in zip(params, steps, strict=True):
        average, delta = torch.zeros(2, n)
        state = {"step": step.values[0], "square_avg": average, "acc_delta": delta}
        optimizer.state[param] = state
    return optimizer, params


def give_grads(params, has_grad):
    for param, given in zip(params, has_grad, strict=True):
        param.grad = torch.ones_like(param) if given else None


def counts(steps):
    assert all(step.intact() for step in steps), "a guard was written"
    return [step.values.item() for step in steps]


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("n", [0, 1, 1000])
def test_a_step_with_grad_is_counted_once(dtype, n):
    expected = [float(i) for i in range(9)]
    steps = counters(*expected, dtype=dtype)
    optimizer, params = optimizer_over(steps, n)
    for repetition in range(4):
        has_grad = [(i + repetition) % 3 != 0 for i in range(9)]
        give_grads(params, has_grad)
        optimizer.step()
        expected = [count + given for count, given in zip(expected, has_grad, strict=True)]
        assert counts(steps) == expected


def test_counters_of_both_precisions_in_one_group():
    steps = [*counters(7.0, 2.0**24), *counters(2.0**24, 2.0**53, dtype=torch.float64)]
    optimizer, params = optimizer_over(steps)
    give_grads(params, [True] * 4)
    for _ in range(2):
        optimizer.step()
    assert counts(steps) == [9.0, 2.0**24, 2.0**24 + 2, 2.0**53]


def test_a_step_counted_by_torch_is_not_incremented():
    """As for a parameter on a GPU with its counter, which torch increments."""
    steps = counters(1.0, 2.0, 3.0)
    optimizer, params = optimizer_over(steps)
    give_grads(params, [True] * 3)
    optimizer.step()
    records = optimizer._repeatable.rows.records
    records[1, abi.R_STEP_DTYPE] = abi.COUNTED_ELSEWHERE
    before = params[1].detach().clone()
    optimizer.step()
    assert counts(steps) == [3.0, 3.0, 5.0]
    assert not torch.equal(params[1], before)
    assert records[1, abi.R_STEP_DTYPE] == abi.COUNTED_ELSEWHERE  # the row was not rewritten


@pytest.mark.parametrize("n", [0, 2])
def test_a_table_without_tensors(n):
    steps = counters(*range(n))
    optimizer, params = optimizer_over(steps)
    for _ in range(3):
        optimizer.step()
    assert counts(steps) == list(range(n))
    assert all(param.eq(1).all() for param in params)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("count", [0.0, 5.0, 0.5, 2.0**24 - 1, 2.0**24, 2.0**53 - 1, 2.0**53])
def test_counting_rounds_in_the_dtype_of_the_step(count, dtype):
    steps = counters(count, dtype=dtype)
    optimizer, params = optimizer_over(steps)
    give_grads(params, [True])
    expected = torch.tensor(count, dtype=dtype)
    for _ in range(2):
        optimizer.step()
        expected += 1
        assert counts(steps) == [expected.item()]
