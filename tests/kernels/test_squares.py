"""Sums of squares of grads: each element once, in float64, in a fixed order; nonfinite grads."""

import linecache
import types
from pathlib import Path

import numpy as np
import pytest
import torch

from adadelta_gen.cpu import kernels, squares
from adadelta_gen.formats import DTYPES
from adadelta_gen.native import build, machine
from adadelta_gen.spec import KernelSpec
from kernels.jobs import Job, Row, cut
from kernels.reference import State
from kernels.values import HYPERS, random_state

LANES = 16
SIZES = (*range(70), 127, 128, 129, 1000)
HYPER = HYPERS["with decay"]


def expected_sum(grad: torch.Tensor) -> float:
    """Return the sum: 16 lanes, added pairwise by halves, then the remaining elements."""
    numbers = grad.double().numpy()
    whole = len(numbers) // LANES * LANES
    sums = np.zeros(LANES)
    for i in range(0, whole, LANES):
        sums = sums + numbers[i : i + LANES] * numbers[i : i + LANES]
    while len(sums) > 1:
        sums = sums[: len(sums) // 2] + sums[len(sums) // 2 :]
    total = sums[0]
    for number in numbers[whole:]:
        total = total + number * number
    return float(total)


def rows_of(dtype, grads, **options):
    spec = KernelSpec("cpu", dtype)
    states = [random_state(spec, len(grad), seed=0) for grad in grads]
    return [
        Row(State(state.param, grad, *state[2:]), shifts=(0, i % 5, 0, 0), **options)
        for i, (state, grad) in enumerate(zip(states, grads, strict=True))
    ]


def random_grad(dtype, n, seed=0):
    return random_state(KernelSpec("cpu", dtype), n, seed).grad


def assert_sums(finder, dtype):
    """Check jobs of all sizes, with rows in segments, rows without a grad, and nonfinite grads."""
    grads = [random_grad(dtype, n, seed=n) for n in SIZES]
    job = Job(KernelSpec("cpu", dtype), rows_of(dtype, grads), HYPER)
    job.run(finder)
    assert job.sums.tolist() == [expected_sum(grad) for grad in grads], "a sum is wrong"
    assert not job.found.any(), "a finite grad was found"

    sizes = (50, 7, 0, 65)
    grads = [random_grad(dtype, n, seed=n) for n in sizes]
    grads[1][3], grads[3][64] = torch.nan, -torch.inf
    chunks = cut(sizes, 20)
    rows = rows_of(dtype, grads)
    rows += rows_of(dtype, [torch.full_like(grads[0], torch.nan)], has_grad=False)
    chunks.append([(4, 0, 50)])
    job = Job(KernelSpec("cpu", dtype), rows, HYPER, chunks)
    job.run(finder)
    segments = [segment for chunk in chunks for segment in chunk]
    sums = [
        expected_sum(grads[row][first : first + n]) if row < 4 else 0.0
        for row, first, n in segments
    ]
    np.testing.assert_array_equal(job.sums, sums, "a sum is wrong")
    assert job.found.tolist() == [0, 1, 0, 1, 0], "another row was found"


@pytest.mark.parametrize("dtype", DTYPES)
def test_sums_have_the_documented_order(dtype):
    assert_sums(kernels.squares(dtype), dtype)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("value", [torch.inf, -torch.inf, torch.nan])
def test_every_element_is_checked(dtype, value):
    for n in (1, 16, 17, 33):
        for place in range(n):
            grads = [random_grad(dtype, n) for _ in range(3)]
            grads[1][place] = value
            job = Job(KernelSpec("cpu", dtype), rows_of(dtype, grads), HYPER)
            job.run(kernels.squares(dtype))
            assert job.found.tolist() == [0, 1, 0]


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_largest_number_is_finite(dtype):
    largest = torch.finfo(getattr(torch, dtype)).max
    grads = [torch.full((40,), largest, dtype=getattr(torch, dtype)) for _ in range(3)]
    grads[2][5] = torch.nan
    job = Job(KernelSpec("cpu", dtype), rows_of(dtype, grads), HYPER)
    job.run(kernels.squares(dtype))
    assert job.found.tolist() == [0, 0, 1]
    assert np.isinf(job.sums[0]) == (dtype == "float64")
    if dtype != "float64":
        assert job.sums[0] == expected_sum(grads[0])


@pytest.mark.parametrize("threads", [2, 3])
@pytest.mark.parametrize("dtype", DTYPES)
def test_sums_do_not_depend_on_the_number_of_threads(dtype, threads):
    torch.set_num_threads(threads)
    sizes = (5000, 3, 7001)
    grads = [random_grad(dtype, n, seed=n) for n in sizes]
    jobs = [
        Job(KernelSpec("cpu", dtype), rows_of(dtype, grads), HYPER, cut(sizes, 64))
        for _ in range(2)
    ]
    jobs[0].run(kernels.squares(dtype))
    jobs[1].run(kernels.squares(dtype), threads)
    assert jobs[0].sums.tolist() == jobs[1].sums.tolist()


MUTATIONS = [
    ("range(whole, n)", "range(whole, n - 1)"),
    ("range(whole, n)", "range(n, n)"),
    ("total = lanes.total(sums)", "total = 0.0"),
    ("total += value * value", "total += value"),
    ("n & -lanes.LANES", "n & -2 * lanes.LANES"),
    ("range(0, whole, lanes.LANES)", "range(lanes.LANES, whole, lanes.LANES)"),
    ("grad += itemsize * load_int64(place, t.FIRST)", "grad += 0"),
    ("n = load_int64(place, t.N_ELEMENTS)", "n = load_int64(place, t.N_ELEMENTS) >> 1"),
    ("store_int64(found, index, 1)", "store_int64(found, segment, 1)"),
    ("store_int64(found, index, 1)", "store_int64(found, index, 0)"),
    ("store_float64(sums, segment, total)", "store_float64(sums, index, total)"),
    ("total = 0.0", "total = 1.0"),
    ("not total < lanes.INFINITY", "total == lanes.INFINITY"),
    ("not total < lanes.INFINITY", "total != total"),
    ("load_int64(chunks, chunk), next_chunk)", "load_int64(chunks, chunk), next_chunk - 1)"),
    ("if chunk >= n_chunks:", "if chunk >= n_chunks - 1:"),
]


def mutated(line, mutant, dtype):
    text = Path(squares.__file__).read_text(encoding="utf-8")
    assert text.count(line) == 1, "the source changed: change the mutations with it"
    text, path = text.replace(line, mutant), f"<squares, {mutant}>"
    linecache.cache[path] = len(text), None, text.splitlines(True), path
    module = types.ModuleType("adadelta_gen.cpu.mutated_squares")
    exec(compile(text, path, "exec"), module.__dict__)
    ir = build.portable(module.finder(dtype), "mutated_squares", build.LAUNCH)
    return machine.load(machine.object_code(ir, machine.host()), "mutated_squares")


@pytest.mark.parametrize(("line", "mutant"), MUTATIONS, ids=[mutant for _, mutant in MUTATIONS])
def test_a_wrong_line_is_detected(line, mutant):
    finder = mutated(line, mutant, "float32")
    with pytest.raises(AssertionError, match=r"a sum is wrong|was found"):
        assert_sums(finder, "float32")
