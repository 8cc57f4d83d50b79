"""The same bits for every number of torch's threads, whichever of them takes which chunk."""

import pytest

from adadelta_gen.step.native_call import SERIAL_ELEMENTS
from kernels.jobs import Job, Row, cut
from kernels.memory import assert_same
from kernels.values import HYPERS, random_state

SIZES = (SERIAL_ELEMENTS // 2, 1, 0, SERIAL_ELEMENTS // 2, 999)
CHUNK = 500
STEPS = 5


def steps(spec, kernel, n_threads):
    """Run a job on so many threads; return its rows."""
    rows = [Row(random_state(spec, n, seed), (1, 2, 0, 3)) for seed, n in enumerate(SIZES)]
    job = Job(spec, rows, HYPERS["with decay"], cut(SIZES, CHUNK))
    for _ in range(STEPS):
        job.run(kernel, n_threads)
    return rows


def assert_same_as_serial(spec, kernel, rows):
    """Compare with the same rows run one by one, each in one piece, on the calling thread."""
    for seed, (n, row) in enumerate(zip(SIZES, rows, strict=True)):
        alone = Row(random_state(spec, n, seed))
        job = Job(spec, [alone], HYPERS["with decay"])
        for _ in range(STEPS):
            job.run(kernel)
        for array, truth in zip(row.arrays, alone.arrays, strict=True):
            assert_same(array, truth, spec.name)
        row.assert_holds(alone.arrays)


@pytest.mark.parametrize("n_threads", [1, 2, 3, 4])
def test_torch_threads(spec, kernel, threads, n_threads):
    threads(n_threads)
    assert_same_as_serial(spec, kernel, steps(spec, kernel, n_threads))


def test_every_chunk_is_taken_once(spec, kernel, threads):
    """As many chunks as elements, so that the threads are always after the next one."""
    n = SERIAL_ELEMENTS + 1
    rows = [Row(random_state(spec, n, seed=0)) for _ in range(2)]
    for row, n_threads, length in zip(rows, (4, 1), (1, n), strict=True):
        threads(n_threads)
        Job(spec, [row], HYPERS["with decay"], cut([n], length)).run(kernel, n_threads)
    rows[0].assert_holds(rows[1].arrays)
