"""Every variant, launched as the product launches it, gives the exact model's bits."""

import pytest
import torch
from kernels.jobs import KEY, Row, assert_untouched
from kernels.reference import Hyper, exact
from kernels.values import HYPERS, random_state, special_state
from prepared import Prepared
from simulator import STREAM

from adadelta_gen.cuda import launch
from adadelta_gen.cuda.launch import chunk_size
from adadelta_gen.native import abi
from adadelta_gen.spec import KernelSpec

# In elements: none, one, around the vectors of every dtype, around the chunk of 64, past it.
SIZES = (0, 1, 2, 3, 4, 5, 7, 8, 9, 63, 64, 65, 127, 130, 200)


class Simulated(Prepared):
    """Rows in CPU memory and the launch over all of them.

    Args:
        spec: the variant.
        rows: the parameters.
        hyper: the hyperparameters.
    """

    def __init__(self, spec, rows, hyper):
        arrays = [
            row.arrays if row.addresses[1] else row.arrays._replace(grad=None) for row in rows
        ]
        super().__init__(spec, arrays, hyper)


def rows_of(spec, sizes, shifts=(0, 0, 0, 0)):
    return [Row(random_state(spec, n, seed), shifts) for seed, n in enumerate(sizes)]


def assert_exact(spec, rows, hyper, steps=1):
    states = [row.copy() for row in rows]
    simulated = Simulated(spec, rows, hyper)
    for _ in range(steps):
        simulated.run()
        states = [exact(spec, state, hyper, KEY) for state in states]
        for row, state in zip(rows, states, strict=True):
            row.assert_holds(state)


@pytest.mark.usefixtures("simulator")
@pytest.mark.parametrize("hyper", HYPERS.values(), ids=HYPERS)
def test_special_values(spec, hyper):
    assert_exact(spec, [Row(special_state(spec, 70, 1))], hyper)


@pytest.mark.usefixtures("simulator")
def test_ragged(spec):
    assert_exact(spec, rows_of(spec, SIZES), HYPERS["with decay"], steps=2)


@pytest.mark.usefixtures("simulator")
@pytest.mark.parametrize("shifted", range(4))
def test_unaligned(spec, shifted):
    """One of the four arrays off the 16 bytes: no wide access; the simulator would refuse it."""
    shifts = tuple(int(i == shifted) for i in range(4))
    assert_exact(spec, rows_of(spec, (3, 20, 70), shifts), HYPERS["with decay"])


def test_a_missing_grad_leaves_its_tensors_alone(spec, simulator):
    rows = [Row(random_state(spec, 70, i), has_grad=i != 1) for i in range(3)]
    before = [row.copy() for row in rows]
    Simulated(spec, rows, Hyper()).run()
    assert_untouched(rows[1], before[1])
    for i in (0, 2):
        rows[i].assert_holds(exact(spec, before[i], Hyper(), KEY))


def test_more_rows_than_a_table_holds(simulator):
    spec = KernelSpec("cuda", "float32")
    assert_exact(spec, rows_of(spec, [1 + i % 3 for i in range(2 * launch.CAPACITY + 1)]), Hyper())
    assert simulator.launches == [(STREAM, 680), (STREAM, 680), (STREAM, 1)]


def test_grads_and_scalars_may_change(spec, simulator):
    rows = rows_of(spec, (70, 130, 70))
    before = [row.copy() for row in rows]
    simulated = Simulated(spec, rows, Hyper())
    grads = rows[2].arrays.grad, None, rows[0].arrays.grad
    for param, grad in zip(simulated.params, grads, strict=True):
        param.grad = grad
    simulated.group["lr"] = 0.5
    simulated.prepare()
    simulated.run()
    assert_untouched(rows[1], before[1])
    for i in (0, 2):
        expected = exact(spec, before[i]._replace(grad=before[2 - i].grad), Hyper(lr=0.5), KEY)
        rows[i].assert_holds(expected._replace(grad=before[i].grad))


def test_lr_in_device_memory(spec, simulator):
    (row,) = rows_of(spec, (70,))
    state = row.copy()
    simulated = Simulated(spec, [row], Hyper(lr=3.0))
    lr = simulated.lr = torch.tensor(0.25, dtype=getattr(torch, spec.compute_dtype))
    simulated.prepare()
    for value in (0.25, 0.5):
        lr.fill_(value)
        simulated.run()
        state = exact(spec, state, Hyper(lr=value), KEY)
        row.assert_holds(state)
    simulated.lr = lr.to(torch.float16)
    simulated.prepare()
    simulated.run()
    state = exact(spec, state, Hyper(lr=0.5), KEY)
    row.assert_holds(state)
    simulated.lr = None
    simulated.prepare()
    simulated.run()
    row.assert_holds(exact(spec, state, Hyper(lr=3.0), KEY))


def test_grad_scale_in_device_memory(spec, simulator):
    (row,) = rows_of(spec, (70,))
    state = row.copy()
    simulated = Simulated(spec, [row], Hyper())
    scale = simulated.grad_scale = torch.tensor(64.0)
    simulated.found_inf = torch.zeros(())
    simulated.prepare()
    for value in (64.0, 1024.0):
        scale.fill_(value)
        simulated.run()
        state = exact(spec, state, Hyper(inv_scale=1 / value), KEY)
        row.assert_holds(state)
    simulated.grad_scale = simulated.found_inf = None
    simulated.prepare()
    simulated.run()
    row.assert_holds(exact(spec, state, Hyper(), KEY))


def test_found_inf_in_device_memory(spec, simulator):
    (row,) = rows_of(spec, (70,))
    before = row.copy()
    simulated = Simulated(spec, [row], Hyper())
    found_inf = simulated.found_inf = torch.ones(())
    simulated.grad_scale = torch.tensor(8.0)
    simulated.prepare()
    simulated.run()
    assert_untouched(row, before)
    found_inf.zero_()
    simulated.run()
    row.assert_holds(exact(spec, before, Hyper(inv_scale=1 / 8), KEY))


def test_keys_may_change(simulator):
    spec = KernelSpec("cuda", "bfloat16", stochastic=True)
    rows = rows_of(spec, (70, 20))
    before = [row.copy() for row in rows]
    simulated = Simulated(spec, rows, Hyper())
    simulated.keys[:] = 5, -6
    simulated.prepare()
    simulated.run()
    for row, state, key in zip(rows, before, (5, -6), strict=True):
        row.assert_holds(exact(spec, state, Hyper(), key))


def test_nothing_to_do_is_no_launch(spec, simulator):
    rows = rows_of(spec, (0, 0))
    Simulated(spec, rows, Hyper()).run()
    assert simulator.calls == simulator.launches == []


def test_no_grad_at_all_is_no_launch(spec, simulator):
    rows = [Row(random_state(spec, 70, i), has_grad=False) for i in range(2)]
    before = [row.copy() for row in rows]
    Simulated(spec, rows, Hyper()).run()
    assert simulator.calls == simulator.launches == []
    for row, state in zip(rows, before, strict=True):
        assert_untouched(row, state)


@pytest.mark.parametrize("device", [0, 1])
def test_a_launch_is_in_the_device_s_context(simulator, device):
    simulator.device = device
    spec = KernelSpec("cuda", "float32")
    assert_exact(spec, rows_of(spec, (70, 3)), Hyper(), steps=2)
    assert simulator.calls == 2 * ["push", "launch", "pop"]
    assert simulator.contexts == 2 * [simulator.context(device)]
    assert simulator.context(0) != simulator.context(1)


@pytest.mark.parametrize("elements", [0, 1, 10**3, 10**6, 10**8, 3 * 10**11])
@pytest.mark.parametrize("multiprocessors", [1, 108, 132])
def test_chunk_size(elements, multiprocessors):
    size = chunk_size(elements, multiprocessors)
    assert 1 << 11 <= size <= 1 << 15
    assert size & (size - 1) == 0
    blocks = elements / size
    assert size == 1 << 15 or blocks <= multiprocessors * launch.BLOCKS_PER_MULTIPROCESSOR
    assert size == 1 << 11 or 2 * blocks >= multiprocessors * launch.BLOCKS_PER_MULTIPROCESSOR


def test_the_table_says_where_the_rows_are(simulator):
    spec = KernelSpec("cuda", "float32")
    rows = rows_of(spec, (10, 0, 200, 65))
    simulated = Simulated(spec, rows, Hyper())
    ((launch, own),) = zip(simulated.launches, simulated.table._launch_words, strict=True)
    words = launch._table[:4]
    assert words[:, 4].tolist() == [200, 4 << 40 | 65, 6 << 40 | 10, 0]
    assert own[abi.L_BLOCKS] == 7
    simulated.run()
    assert words[:, 4].tolist() == [200, 4 << 40 | 65, 6 << 40 | 10, 0]
    assert words[:, :4].tolist() == [*(rows[i].addresses[:4] for i in (2, 3, 0)), [0] * 4]
    assert words[:, 5].tolist() == [KEY, KEY, KEY, 0]
    assert not launch._table[4:].any()
