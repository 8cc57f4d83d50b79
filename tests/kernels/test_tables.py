"""Jobs of many parameters: every segment is updated once, and nothing else is written."""

import pytest

from kernels.jobs import DITHER, Job, Row, assert_untouched, cut
from kernels.reference import exact
from kernels.values import HYPERS, random_state

SIZES = (0, 1, 5, 64, 100, 3, 0, 33, 200, 128, 2)
HYPER = HYPERS["with decay"]


def states(spec, sizes=SIZES):
    return [random_state(spec, n, seed) for seed, n in enumerate(sizes)]


def assert_all_exact(spec, rows, before, steps=1):
    for row, state in zip(rows, before, strict=True):
        for _ in range(steps):
            state = exact(spec, state, HYPER, DITHER)
        row.assert_holds(state)


@pytest.mark.parametrize("length", [1, 7, 63, 64, 65, 100, 1000])
def test_every_cut_into_chunks(spec, kernel, length):
    before = states(spec)
    rows = [Row(state, shifts=(1, 0, 3, 2)) for state in before]
    job = Job(spec, rows, HYPER, cut(SIZES, length))
    job.run(kernel)
    job.run(kernel)
    assert_all_exact(spec, rows, before, steps=2)


@pytest.mark.parametrize("size", [63, 64, 65, 127, 128, 129, 191, 192, 193])
def test_sizes_around_the_chunk(spec, kernel, size):
    before = states(spec, [size])
    rows = [Row(state) for state in before]
    Job(spec, rows, HYPER, cut([size], 64)).run(kernel)
    assert_all_exact(spec, rows, before)


def test_chunks_in_any_order_and_empty_chunks(spec, kernel):
    before = states(spec)
    rows = [Row(state) for state in before]
    chunks = [[], *reversed(cut(SIZES, 50)), []]
    Job(spec, rows, HYPER, chunks).run(kernel)
    assert_all_exact(spec, rows, before)


def test_no_chunk_at_all(spec, kernel):
    (before,) = states(spec, [40])
    row = Row(before)
    Job(spec, [row], HYPER, []).run(kernel)
    assert_untouched(row, before)


def test_a_row_without_segments_is_left_alone(spec, kernel):
    before = states(spec, [40, 40, 40])
    rows = [Row(state) for state in before]
    Job(spec, rows, HYPER, [[(0, 0, 40), (2, 0, 40)]]).run(kernel)
    assert_untouched(rows[1], before[1])
    assert_all_exact(spec, rows[::2], before[::2])


@pytest.mark.parametrize("length", [16, 1000])
def test_a_parameter_without_grad_is_left_alone(spec, kernel, length):
    sizes = [40, 0, 40, 0, 40]
    before = states(spec, sizes)
    rows = [Row(state, has_grad=i % 2 == 0) for i, state in enumerate(before)]
    rows[2] = Row(before[2], has_grad=False)
    Job(spec, rows, HYPER, cut(sizes, length)).run(kernel)
    for i in (1, 2, 3):
        assert_untouched(rows[i], before[i])
    assert_all_exact(spec, rows[::4], before[::4])
