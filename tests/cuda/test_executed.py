"""The committed PTX of every kernel gives the bits of the exact model, in simulated launches.

``simulator.py`` checks each access, and that every element was read and written once.
"""

from dataclasses import replace
from itertools import product

import pytest
import torch
from attacks import Executed
from kernels.jobs import DITHER, Job, Row, assert_untouched
from kernels.reference import Hyper, exact
from kernels.values import HYPERS, random_state, special_state, state_of_all_exponents
from simulator import STREAM

from adadelta_gen.cpu import target as cpu
from adadelta_gen.cuda import launch
from adadelta_gen.cuda.launch import LARGEST_CHUNK
from adadelta_gen.cuda.table import THREADS
from adadelta_gen.native import abi
from adadelta_gen.spec import KernelSpec

# In elements: none, one, around the vectors of every dtype, around the threads of a block, around
# the smallest chunk, and beyond it.
SIZES = (0, 1, 2, 3, 4, 5, 7, 8, 9, 255, 256, 257, 1023, 1024, 1025, 2047, 2048, 2049, 4100, 6143)
FLOAT64 = KernelSpec("cuda", "float64", maximize=True, weight_decay=True)


def rows_of(spec, sizes, shifts=(0, 0, 0, 0)):
    return [Row(random_state(spec, n, seed), shifts) for seed, n in enumerate(sizes)]


def assert_exact(spec, rows, hyper, steps=1):
    states = [row.copy() for row in rows]
    executed = Executed(spec, rows, hyper)
    for _ in range(steps):
        executed.run()
        states = [exact(spec, state, hyper, DITHER) for state in states]
        for row, state in zip(rows, states, strict=True):
            row.assert_holds(state)


@pytest.mark.usefixtures("simulator")
@pytest.mark.parametrize("hyper", HYPERS.values(), ids=HYPERS)
def test_special_values_are_bit_exact(spec, hyper):
    assert_exact(spec, [Row(special_state(spec, 2100, 1))], hyper)


@pytest.mark.usefixtures("simulator")
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_averages_of_all_exponents_are_bit_exact(dtype):
    spec = KernelSpec("cuda", dtype)
    assert_exact(spec, [Row(state_of_all_exponents(spec, 1))], HYPERS["eps 0"])


@pytest.mark.usefixtures("simulator")
def test_every_size_is_bit_exact(spec):
    assert_exact(spec, rows_of(spec, SIZES), HYPERS["with decay"], steps=2)


@pytest.mark.usefixtures("simulator")
@pytest.mark.parametrize("elements", [500_000, 2_000_000])
def test_larger_chunks_are_bit_exact(elements):
    """Chunks with more vectors than a block has threads, up to the largest chunk."""
    for spec in KernelSpec("cuda", "float32"), KernelSpec("cuda", "float16"):
        rows = rows_of(spec, (elements // 4, elements // 3, elements // 5 + 1))
        (launch,) = Executed(spec, rows, Hyper()).launches
        size = int(launch._chunk_size[0])
        assert size == (LARGEST_CHUNK if elements == 2_000_000 else 1 << 14) > 8 * THREADS
        assert_exact(spec, rows, Hyper())


@pytest.mark.usefixtures("simulator")
@pytest.mark.parametrize("shifts", list(product((0, 1), repeat=4))[1:], ids=str)
def test_unaligned_arrays_are_bit_exact(spec, shifts):
    """Arrays at addresses that vector loads do not support; each wide access has to be aligned."""
    assert_exact(spec, rows_of(spec, (3, 20, 70, 2049), shifts), HYPERS["scaled grads"])


@pytest.mark.usefixtures("simulator")
@pytest.mark.parametrize("shift", range(1, 8))
def test_equally_shifted_arrays_are_bit_exact(spec, shift):
    assert_exact(spec, rows_of(spec, (3, 20, 70, 2049), [shift] * 4), HYPERS["with decay"])


@pytest.mark.usefixtures("simulator")
@pytest.mark.parametrize("name", ["with decay", "scale not a power of 2"])
def test_results_equal_the_cpu_kernels(spec, name):
    hyper = HYPERS[name]
    states = [special_state(spec, 3000, 3), random_state(spec, 2049, 4)]
    rows, others = ([Row(state) for state in states] for _ in range(2))
    executed, job = Executed(spec, rows, hyper), Job(spec, others, hyper)
    kernel = cpu.kernel(replace(spec, target="cpu"))
    for _ in range(3):
        executed.run()
        job.run(kernel)
        for row, other in zip(rows, others, strict=True):
            row.assert_holds(other.copy())


def test_tensors_without_a_grad_are_not_changed(spec, simulator):
    rows = [Row(random_state(spec, 70, i), has_grad=i != 1) for i in range(3)]
    before = [row.copy() for row in rows]
    Executed(spec, rows, Hyper()).run()
    assert_untouched(rows[1], before[1])
    for i in (0, 2):
        rows[i].assert_holds(exact(spec, before[i], Hyper(), DITHER))


def test_more_rows_than_a_table_holds(simulator):
    spec = KernelSpec("cuda", "float32")
    assert_exact(spec, rows_of(spec, [1 + i % 3 for i in range(2 * launch.CAPACITY + 1)]), Hyper())
    assert simulator.launches == [(STREAM, 680), (STREAM, 680), (STREAM, 1)]


def test_grads_and_scalars_may_change(spec, simulator):
    rows = rows_of(spec, (70, 130, 70))
    before = [row.copy() for row in rows]
    executed = Executed(spec, rows, Hyper())
    grads = rows[2].arrays.grad, None, rows[0].arrays.grad
    for param, grad in zip(executed.params, grads, strict=True):
        param.grad = grad
    executed.group["lr"] = 0.5
    executed.prepare()
    executed.run()
    assert_untouched(rows[1], before[1])
    for i in (0, 2):
        expected = exact(spec, before[i]._replace(grad=before[2 - i].grad), Hyper(lr=0.5), DITHER)
        rows[i].assert_holds(expected._replace(grad=before[i].grad))


def test_lr_in_device_memory(spec, simulator):
    (row,) = rows_of(spec, (70,))
    state = row.copy()
    executed = Executed(spec, [row], Hyper(lr=3.0))
    lr = executed.lr = torch.tensor(0.25, dtype=getattr(torch, spec.compute_dtype))
    executed.prepare()
    for value in (0.25, 0.5):
        lr.fill_(value)
        executed.run()
        state = exact(spec, state, Hyper(lr=value), DITHER)
        row.assert_holds(state)
    executed.lr = lr.to(torch.float16)
    executed.prepare()
    executed.run()
    state = exact(spec, state, Hyper(lr=0.5), DITHER)
    row.assert_holds(state)
    executed.lr = None
    executed.prepare()
    executed.run()
    row.assert_holds(exact(spec, state, Hyper(lr=3.0), DITHER))


def test_grad_scale_in_device_memory(spec, simulator):
    (row,) = rows_of(spec, (70,))
    state = row.copy()
    executed = Executed(spec, [row], Hyper())
    scale = executed.grad_scale = torch.tensor(64.0)
    executed.found_inf = torch.zeros(())
    executed.prepare()
    for value in (64.0, 1024.0):
        scale.fill_(value)
        executed.run()
        state = exact(spec, state, Hyper(inv_scale=1 / value), DITHER)
        row.assert_holds(state)
    executed.grad_scale = executed.found_inf = None
    executed.prepare()
    executed.run()
    row.assert_holds(exact(spec, state, Hyper(), DITHER))


def test_found_inf_in_device_memory(spec, simulator):
    (row,) = rows_of(spec, (70,))
    before = row.copy()
    executed = Executed(spec, [row], Hyper())
    found_inf = executed.found_inf = torch.ones(())
    executed.grad_scale = torch.tensor(8.0)
    executed.prepare()
    executed.run()
    assert_untouched(row, before)
    found_inf.zero_()
    executed.run()
    row.assert_holds(exact(spec, before, Hyper(inv_scale=1 / 8), DITHER))


def test_dithers_may_change(simulator):
    spec = KernelSpec("cuda", "bfloat16", dithered=True)
    rows = rows_of(spec, (70, 20))
    before = [row.copy() for row in rows]
    executed = Executed(spec, rows, Hyper())
    executed.dithers[:] = 5, -6
    executed.prepare()
    executed.run()
    for row, state, dither in zip(rows, before, (5, -6), strict=True):
        row.assert_holds(exact(spec, state, Hyper(), dither))


def test_nothing_to_do_is_no_launch(spec, simulator):
    rows = rows_of(spec, (0, 0))
    Executed(spec, rows, Hyper()).run()
    assert simulator.calls == simulator.launches == []


def test_no_grad_at_all_is_no_launch(spec, simulator):
    rows = [Row(random_state(spec, 70, i), has_grad=False) for i in range(2)]
    before = [row.copy() for row in rows]
    Executed(spec, rows, Hyper()).run()
    assert simulator.calls == simulator.launches == []
    for row, state in zip(rows, before, strict=True):
        assert_untouched(row, state)


@pytest.mark.parametrize("device", [0, 1])
def test_a_launch_is_in_the_device_s_context(simulator, device):
    simulator.device = device
    spec = KernelSpec("cuda", "float32")
    assert_exact(spec, rows_of(spec, (70, 3)), Hyper(), steps=2)
    assert simulator.calls == 2 * ["stream", "push", "launch", "pop"]
    assert simulator.contexts == 2 * [simulator.context(device)]
    assert simulator.context(0) != simulator.context(1)


@pytest.mark.parametrize(
    ("word", "change", "calls"),
    [
        ("L_KERNEL", 1, ["stream", "push", "launch", "pop"]),
        ("L_CONTEXT", 1, ["stream", "push"]),
        ("L_BLOCKS", -1, ["stream", "push", "launch", "pop"]),
        ("L_BLOCKS", 1, ["stream", "push", "launch", "pop"]),
        ("L_THREADS", 32, ["stream", "push", "launch", "pop"]),
    ],
)
def test_a_wrong_word_of_a_launch_is_detected(simulator, word, change, calls):
    rows = rows_of(FLOAT64, (70, 1))
    before = [row.copy() for row in rows]
    executed = Executed(FLOAT64, rows, HYPERS["scaled grads"])
    executed.table._launch_words[0, getattr(abi, word)] += change
    with pytest.raises((AssertionError, KeyError)):
        executed.run()
    assert simulator.calls == calls
    for row, state in zip(rows, before, strict=True):
        assert_untouched(row, state)


@pytest.mark.parametrize("change", [-1, 1])
def test_a_wrong_number_of_rows_is_detected(simulator, change):
    executed = Executed(FLOAT64, rows_of(FLOAT64, (70, 1)), HYPERS["scaled grads"])
    executed.launches[0]._n_rows += change
    with pytest.raises(AssertionError):
        executed.run()
