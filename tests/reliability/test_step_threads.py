"""One result for every number of threads, on torch's own threads and on those of the fallback."""

import sys
import threading
import time

import pytest
import torch
from parity.support import DTYPES, Pair, random

from adadelta_gen import Adadelta
from adadelta_gen.cpu import launch
from adadelta_gen.cpu.launch import CHUNK
from reliability.child import run

SHAPES = [(3 * CHUNK + 5,), (7,), (CHUNK,), (2, CHUNK - 1), ()]


@pytest.fixture
def set_threads():
    before = torch.get_num_threads()
    yield torch.set_num_threads
    torch.set_num_threads(before)


def result(dtype, seed=0):
    params = [torch.nn.Parameter(random(*shape, dtype=dtype, seed=seed)) for shape in SHAPES]
    optimizer = Adadelta(params, weight_decay=0.1)
    for step in range(3):
        for p in params:
            p.grad = random(*p.shape, dtype=dtype, seed=seed + step + 1)
        optimizer.step()
    states = [v for state in optimizer.state.values() for v in state.values()]
    return [p.detach() for p in params] + states


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_bits_do_not_depend_on_threads(dtype, set_threads, monkeypatch):
    set_threads(1)
    expected = result(dtype)
    for pool in (False, True):
        if pool:
            monkeypatch.setattr(launch, "_parallel_for", lambda: None)
        for threads in (2, 4, 1):
            set_threads(threads)
            assert all(map(torch.equal, result(dtype), expected))
            assert torch.get_num_threads() == threads


def in_threads(*jobs):
    """Run the jobs at once, each in a thread of its own, and pass their errors on."""
    errors = []
    start = threading.Barrier(len(jobs))

    def body(job):
        start.wait()
        try:
            job()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=body, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


@pytest.mark.parametrize("pool", [False, True])
def test_optimizers_in_threads_of_their_own(pool, set_threads, monkeypatch):
    set_threads(2)
    if pool:
        monkeypatch.setattr(launch, "_parallel_for", lambda: None)
    expected = [result(torch.float32, seed) for seed in range(3)]
    results = {}

    def job(seed):
        def work():
            torch.set_num_threads(2)  # OpenMP counts for each Python thread
            results[seed] = [result(torch.float32, seed) for _ in range(3)]

        return work

    in_threads(*map(job, range(3)))
    for seed in range(3):
        for actual in results[seed]:
            assert all(map(torch.equal, actual, expected[seed]))


def test_the_pool_is_waited_for():
    finished = []

    def call():
        if threading.current_thread() is not threading.main_thread():
            time.sleep(0.05)
        finished.append(threading.current_thread())

    launch._run_on_pool(call, 3)
    assert len(finished) == 3


def test_a_step_in_another_thread_than_the_last():
    pair = Pair([random(3 * CHUNK), random(5)])
    pair.step()
    for _ in range(3):
        in_threads(pair.step)
    pair.step()


def test_two_threads_load_the_same_kernels_first():
    run(
        """
        import threading
        import torch
        from adadelta_gen import Adadelta

        def work():
            p = torch.nn.Parameter(torch.ones(5))
            p.grad = torch.ones(5)
            optimizer = Adadelta([p])
            start.wait()
            optimizer.step()
            results.append(p.detach())

        results = []
        start = threading.Barrier(4)
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(results) == 4, results
        assert all(torch.equal(r, results[0]) for r in results)
        """
    )


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_no_second_openmp_and_no_second_pool():
    run(
        """
        import os
        import threading
        import torch
        from adadelta_gen import Adadelta

        def openmps():
            with open("/proc/self/maps") as maps:
                files = {line.split(maxsplit=5)[5].strip() for line in maps if line.count(" ") > 5}
            names = ("libgomp", "libiomp", "libomp", "vcomp")
            return {file for file in files if os.path.basename(file).startswith(names)}

        torch.set_num_threads(2)
        p = torch.nn.Parameter(torch.ones(1 << 18))
        for _ in range(2):
            (p * p).sum().backward()  # starts torch's pools
        threads, python_threads = len(os.listdir("/proc/self/task")), threading.active_count()
        before = openmps()
        assert len(before) == 1, before
        optimizer = Adadelta([p])
        for _ in range(3):
            optimizer.step()
        assert openmps() == before
        assert len(os.listdir("/proc/self/task")) == threads
        assert threading.active_count() == python_threads
        assert torch.get_num_threads() == 2
        """
    )
