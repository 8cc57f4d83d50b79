"""The simulation notices every wrong line of the loop; the rule has its mutations on the CPU."""

import pytest
import torch
from kernels.jobs import assert_untouched
from kernels.reference import Hyper, exact
from test_simulated import Simulated, rows_of

from adadelta_gen import committed, registry
from adadelta_gen.native import abi
from adadelta_gen.spec import KernelSpec

SPEC = KernelSpec("cuda", "float64", maximize=True, weight_decay=True)
HYPER = Hyper(0.5, 0.9, 1e-6, 0.1, 1 / 8)

# (text as it stands in the generated source, what it becomes)
MUTATIONS = [
    ("& 15 == 0", "& 7 == 0"),
    ("if grads == 0:\n        return", "pass"),
    ("(block - (extent >> 40)) * chunk_size", "block * chunk_size"),
    ("- first, chunk_size)", "- first, chunk_size + 1)"),
    ("- first, chunk_size)", "- first, chunk_size - 1)"),
    (">> 40 <= block", ">> 40 < block"),
    ("if lr_address != 0:", "if lr_address == 1:"),
    ("inv_scale = load_inv_scale(grad_scale_address)", "pass"),
    ("store_vector(grads, at, (g0, g1))", "store_vector(grads, at, (g1, g0))"),
    (
        "        if grad_scale_address != 0:\n            store(grads",
        "        if False:\n            store(grads",
    ),
    ("g0 = load(grads, i) * inv_scale", "g0 = load(grads, i)"),
    ("i += threads\n\n    i =", "i += threads + 1\n\n    i ="),
    ("* n_vectors + thread", "* n_vectors + thread + 1"),
    ("store_state(acc_deltas, i, u0)", "store_state(acc_deltas, i, v0)"),
    ("store_vector(params, at, (p0, p1))", "store_vector(params, at, (p1, p0))"),
    ("g1 = g[1] * inv_scale", "g1 = g[0] * inv_scale"),
    ("params = table_word(table, types.int32(6 * row))", "params = table_word(table, 0)"),
]


def run(simulator, text):
    """Take a step with lr in memory, over aligned, unaligned, long and gradless tensors."""
    simulator.source = lambda spec: text
    registry.load.cache_clear()
    rows = [*rows_of(SPEC, (70, 1, 200, 9)), *rows_of(SPEC, (70,), (0, 1, 0, 0))]
    before = [row.copy() for row in rows]
    simulated = Simulated(SPEC, rows, HYPER._replace(lr=3.0))
    simulated.lr = torch.tensor(HYPER.lr, dtype=torch.float64)
    simulated.params[3].grad = None
    simulated.prepare()
    simulated.run()
    for i, (row, state) in enumerate(zip(rows, before, strict=True)):
        row.assert_holds(state if i == 3 else exact(SPEC, state, HYPER))


def test_the_source_as_it_is(simulator):
    run(simulator, committed.source(SPEC))


@pytest.mark.parametrize(("line", "mutant"), MUTATIONS)
def test_a_wrong_line_is_noticed(simulator, line, mutant):
    text = committed.source(SPEC)
    assert text.count(line) == 1
    # Reading at address 0 would end the process: without its check, a missing grad is read as one.
    if mutant == "pass" and "grads" in line:
        mutant = "assert grads != 0"
    with pytest.raises(AssertionError):
        run(simulator, text.replace(line, mutant))


@pytest.mark.parametrize(
    ("word", "change", "calls"),
    [
        ("L_KERNEL", 1, ["push", "launch", "pop"]),
        ("L_CONTEXT", 1, ["push"]),
        ("L_BLOCKS", -1, ["push", "launch", "pop"]),
        ("L_BLOCKS", 1, ["push", "launch", "pop"]),
        ("L_THREADS", 32, ["push", "launch", "pop"]),
    ],
)
def test_a_wrong_word_of_a_launch_is_noticed(simulator, word, change, calls):
    rows = rows_of(SPEC, (70, 1))
    before = [row.copy() for row in rows]
    simulated = Simulated(SPEC, rows, HYPER)
    simulated.table._launch_words[0, getattr(abi, word)] += change
    with pytest.raises((AssertionError, KeyError)):
        simulated.run()
    assert simulator.calls == calls
    for row, state in zip(rows, before, strict=True):
        assert_untouched(row, state)


@pytest.mark.parametrize("change", [-1, 1])
def test_a_wrong_number_of_rows_is_noticed(simulator, change):
    simulated = Simulated(SPEC, rows_of(SPEC, (70, 1)), HYPER)
    simulated.launches[0]._n_rows += change
    with pytest.raises(AssertionError):
        simulated.run()
