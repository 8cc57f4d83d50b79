"""The same bits for every number of threads, on torch's own threads and on the thread pool."""

import ctypes
import threading
import time
from unittest import mock

import pytest

from adadelta_gen.cpu import launch
from kernels.jobs import Job, Row, cut
from kernels.memory import assert_same
from kernels.values import HYPERS, random_state

SIZES = (launch.SERIAL_ELEMENTS // 2, 1, 0, launch.SERIAL_ELEMENTS // 2, 999)
CHUNK = 500
STEPS = 5


def steps(spec, kernel, sizes=SIZES):
    """Run a job on the threads that are set now; return its rows."""
    rows = [Row(random_state(spec, n, seed), (1, 2, 0, 3)) for seed, n in enumerate(sizes)]
    job = Job(spec, rows, HYPERS["with decay"], cut(sizes, CHUNK))
    for _ in range(STEPS):
        job.run(kernel)
    return rows


def assert_same_as_serial(spec, kernel, rows):
    """Compare with the same rows run one by one: work that small stays on the calling thread."""
    for seed, (n, row) in enumerate(zip(SIZES, rows, strict=True)):
        alone = Row(random_state(spec, n, seed))
        job = Job(spec, [alone], HYPERS["with decay"])
        with mock.patch.object(launch, "SERIAL_ELEMENTS", n):
            for _ in range(STEPS):
                job.run(kernel)
        for array, truth in zip(row.arrays, alone.arrays, strict=True):
            assert_same(array, truth, spec.name)
        row.assert_holds(alone.arrays)


@pytest.mark.parametrize("n_threads", [1, 2, 3, 4])
def test_torch_threads(spec, kernel, threads, n_threads):
    if launch._parallel_for() is None:
        pytest.skip("this torch has no torch_parallel_for")
    threads(n_threads)
    with (
        mock.patch.object(launch, "_run_on_pool", side_effect=AssertionError("the pool ran")),
        mock.patch.object(launch, "_parallel_for", wraps=launch._parallel_for) as parallel_for,
    ):
        rows = steps(spec, kernel)
    assert parallel_for.call_count == (STEPS if n_threads > 1 else 0)
    assert_same_as_serial(spec, kernel, rows)


@pytest.mark.parametrize("n_threads", [2, 3, 4])
def test_thread_pool(spec, kernel, threads, n_threads):
    threads(n_threads)
    with (
        mock.patch.object(launch, "_parallel_for", return_value=None),
        mock.patch.object(launch, "_run_on_pool", wraps=launch._run_on_pool) as pool,
    ):
        rows = steps(spec, kernel)
    assert [call.args[1] for call in pool.call_args_list] == [n_threads] * STEPS
    assert_same_as_serial(spec, kernel, rows)


def test_every_chunk_is_taken_once(spec, kernel, threads):
    """As many chunks as elements, so that the threads are always after the next one."""
    n = launch.SERIAL_ELEMENTS + 1
    rows = [Row(random_state(spec, n, seed=0)) for _ in range(2)]
    for row, n_threads, length in zip(rows, (4, 1), (1, n), strict=True):
        threads(n_threads)
        Job(spec, [row], HYPERS["with decay"], cut([n], length)).run(kernel)
    rows[0].assert_holds(rows[1].arrays)


class Meeting:
    """A launch function that says so when as many threads as expected run it at the same time."""

    def __init__(self, n_threads):
        self.done = []
        self._barrier = threading.Barrier(n_threads, timeout=30)

    def __call__(self, *arguments):
        self._barrier.wait()  # raises unless all come
        if threading.current_thread() is not threading.main_thread():
            time.sleep(0.02)  # time for a launcher that does not wait to return too early
        self.done.append(threading.get_ident())


@pytest.mark.parametrize("n_threads", [2, 3, 4])
def test_the_pool_runs_all_threads_at_once_and_waits_for_all(n_threads):
    meeting = Meeting(n_threads)
    launch._run_on_pool(meeting, n_threads)
    assert len(set(meeting.done)) == len(meeting.done) == n_threads


@pytest.mark.parametrize("n_threads", [2, 3, 4])
def test_torch_runs_all_threads_at_once_and_waits_for_all(threads, n_threads):
    if launch._parallel_for() is None:
        pytest.skip("this torch has no torch_parallel_for")
    threads(n_threads)
    meeting = Meeting(n_threads)
    native = ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * 3)(meeting)
    kernel = launch.Kernel(ctypes.cast(native, ctypes.c_void_p).value)
    kernel.run(0, chunks=100, elements=launch.SERIAL_ELEMENTS + 1)
    assert len(set(meeting.done)) == len(meeting.done) == n_threads


def test_small_work_stays_on_the_calling_thread(spec, kernel, threads):
    threads(4)
    refuse = mock.Mock(side_effect=AssertionError("another thread was asked"))
    with mock.patch.multiple(launch, _parallel_for=refuse, _run_on_pool=refuse):
        (row,) = steps(spec, kernel, [launch.SERIAL_ELEMENTS])
    assert row.copy().param.isfinite().all()
