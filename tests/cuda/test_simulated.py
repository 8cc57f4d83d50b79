"""Every variant, launched as the product launches it, gives the exact model's bits."""

import numpy as np
import pytest
import torch
from kernels.jobs import KEY, Row, assert_untouched
from kernels.reference import Hyper, exact
from kernels.values import HYPERS, random_state, special_state
from simulator import STREAM

from adadelta_gen import registry
from adadelta_gen.cuda import launch
from adadelta_gen.cuda.launch import Launch, chunk_size
from adadelta_gen.spec import KernelSpec
from adadelta_gen.step.numbers import Scalars, round_scalars

DEVICE = torch.device("cuda", 0)
# In elements: none, one, around the vectors of every dtype, around the chunk of 64, past it.
SIZES = (0, 1, 2, 3, 4, 5, 7, 8, 9, 63, 64, 65, 127, 130, 200)


class Simulated:
    """Rows in CPU memory and the launch over all of them.

    Args:
        spec: the variant.
        rows: the parameters.
        hyper: the hyperparameters.
    """

    def __init__(self, spec, rows, hyper):
        lr, rho, eps, weight_decay, inv_scale = hyper
        self.scalars = round_scalars(spec.dtype, Scalars(lr, rho, 1 - rho, eps, weight_decay))
        self.table = np.array([row.addresses for row in rows], np.int64)
        parts = [(index, row.size) for index, row in enumerate(rows)]
        self.launch = Launch(DEVICE, self.table, parts, self.scalars)
        self.kernel = registry.load(spec)
        if inv_scale != 1:
            self.launch._device = torch.device("cpu")  # where the simulated memory is
            self.launch.set_scaling(torch.tensor(1 / inv_scale), None)

    def run(self):
        self.launch.run(self.kernel)


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
    first, last = simulated.table[0, 1], simulated.table[2, 1]
    simulated.table[:, 1] = last, 0, first
    simulated.scalars[0] = 0.5
    simulated.run()
    assert_untouched(rows[1], before[1])
    for i in (0, 2):
        expected = exact(spec, before[i]._replace(grad=before[2 - i].grad), Hyper(lr=0.5), KEY)
        rows[i].assert_holds(expected._replace(grad=before[i].grad))


def test_lr_in_device_memory(spec, simulator):
    (row,) = rows_of(spec, (70,))
    state = row.copy()
    simulated = Simulated(spec, [row], Hyper(lr=3.0))
    simulated.launch._device = torch.device("cpu")  # where the simulated memory is
    lr = torch.tensor(0.25, dtype=getattr(torch, spec.compute_dtype))
    simulated.launch.set_lr(lr)
    for value in (0.25, 0.5):
        lr.fill_(value)
        simulated.run()
        state = exact(spec, state, Hyper(lr=value), KEY)
        row.assert_holds(state)
    simulated.launch.set_lr(lr.to(torch.float16))
    simulated.run()
    state = exact(spec, state, Hyper(lr=0.5), KEY)
    row.assert_holds(state)
    simulated.launch.set_lr(None)
    simulated.run()
    row.assert_holds(exact(spec, state, Hyper(lr=3.0), KEY))


def test_grad_scale_in_device_memory(spec, simulator):
    (row,) = rows_of(spec, (70,))
    state = row.copy()
    simulated = Simulated(spec, [row], Hyper())
    simulated.launch._device = torch.device("cpu")  # where the simulated memory is
    scale = torch.tensor(64.0)
    for value in (64.0, 1024.0):
        scale.fill_(value)
        simulated.launch.set_scaling(scale, torch.zeros(()))
        simulated.run()
        state = exact(spec, state, Hyper(inv_scale=1 / value), KEY)
        row.assert_holds(state)
    simulated.launch.set_scaling(None, None)
    simulated.run()
    row.assert_holds(exact(spec, state, Hyper(), KEY))


def test_found_inf_in_device_memory(spec, simulator):
    (row,) = rows_of(spec, (70,))
    before = row.copy()
    simulated = Simulated(spec, [row], Hyper())
    simulated.launch._device = torch.device("cpu")  # where the simulated memory is
    found_inf = torch.ones(())
    simulated.launch.set_scaling(torch.tensor(8.0), found_inf)
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
    simulated.table[:, 5] = 5, -6
    simulated.run()
    for row, state, key in zip(rows, before, (5, -6), strict=True):
        row.assert_holds(exact(spec, state, Hyper(), key))


def test_nothing_to_do_is_no_launch(spec, simulator):
    rows = rows_of(spec, (0, 0))
    Simulated(spec, rows, Hyper()).run()
    assert simulator.launches == []


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
    table = Simulated(spec, rows, Hyper()).launch._tables[0]
    words = table._words[:4]
    assert words[:, 4].tolist() == [200, 4 << 40 | 65, 6 << 40 | 10, 0]
    assert table.blocks == 7
    assert words[:, :4].tolist() == [*(rows[i].addresses[:4] for i in (2, 3, 0)), [0] * 4]
    table.refresh()
    assert words[:, 5].tolist() == [KEY, KEY, KEY, 0]
