"""Results do not depend on the number of threads, torch's or only the calling one."""

import ctypes
import itertools
import sys
import threading
import time
from contextlib import nullcontext
from functools import partial

import pytest
import torch
from parity.support import DTYPES, Pair, random

from adadelta_gen import Adadelta, registry
from adadelta_gen.cpu import kernels
from adadelta_gen.cpu.launch import CHUNK
from adadelta_gen.native.abi import READS_A_STEP
from adadelta_gen.step.native_call import GIL_ELEMENTS, SERIAL_ELEMENTS
from reliability.child import run
from reliability.parallel import replaced, torchs, watched

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
def test_bits_do_not_depend_on_threads(dtype, set_threads):
    set_threads(1)
    expected = result(dtype)
    for has_parallel_for in (True, False):
        for threads in (2, 4, 1):
            set_threads(threads)
            with nullcontext() if has_parallel_for else replaced(None):
                assert all(map(torch.equal, result(dtype), expected))
            assert torch.get_num_threads() == threads


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("threads", [1, 2, 3, 4])
def test_a_step_asks_for_as_many_threads_as_torch_takes(dtype, threads, set_threads):
    set_threads(threads)
    with watched() as asked:
        result(dtype)
    assert asked == ([threads] * 3 if threads > 1 else [])


def one_param(numel, dtype=torch.float32):
    p = torch.nn.Parameter(torch.ones(numel, dtype=dtype))
    p.grad = torch.ones_like(p)
    return p


def test_no_more_threads_than_chunks(set_threads):
    set_threads(8)
    optimizer = Adadelta([one_param(2 * CHUNK + 1)], fused=True)
    with watched() as asked:
        optimizer.step()
        optimizer.step()
    assert asked == [3, 3]


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("more", [0, 1])
def test_small_work_stays_on_the_calling_thread(dtype, more, set_threads):
    set_threads(2)
    # A complex element is two reals.
    p = one_param(SERIAL_ELEMENTS // (2 if dtype.is_complex else 1) + more, dtype)
    optimizer = Adadelta([p], fused=True)
    with watched() as asked:
        optimizer.step()
        optimizer.step()
    assert asked == ([2, 2] if more else [])
    assert p.isfinite().all()
    assert (p != 1).all()


def test_work_is_measured_by_what_has_a_grad(set_threads):
    set_threads(2)
    params = [one_param(SERIAL_ELEMENTS) for _ in range(2)]
    optimizer = Adadelta(params, fused=True)
    with watched() as asked:
        optimizer.step()
        params[0].grad = None
        optimizer.step()
    assert asked == [2]


@pytest.mark.parametrize("more", [0, 1])
def test_each_launch_is_measured_by_itself(more, set_threads):
    set_threads(2)
    params = [one_param(SERIAL_ELEMENTS), one_param(SERIAL_ELEMENTS + more, torch.float64)]
    optimizer = Adadelta(params, fused=True)
    with watched() as asked:
        optimizer.step()
    assert asked == [2] * more


@pytest.mark.parametrize("more", [0, 1])
def test_the_grads_are_read_by_threads_where_that_pays(more, set_threads):
    set_threads(2)
    p = one_param(READS_A_STEP * SERIAL_ELEMENTS + more)
    optimizer = Adadelta([p], max_grad_norm=1.0)
    with watched() as asked:
        optimizer.step()
        optimizer.step()
    assert asked == [2] * (2 + 2 * more)


def fails_at_once(parallel_for, begin, end, grain, function, job):
    return 1


def fails_at_last(parallel_for, *arguments):
    parallel_for(*arguments)
    return 1


def takes_one_thread_only(parallel_for, begin, end, grain, function, job):
    return parallel_for(0, 1, 1, function, job)


@pytest.mark.parametrize("other", [fails_at_once, fails_at_last, takes_one_thread_only])
def test_chunks_left_by_torchs_threads_are_updated(other, set_threads):
    set_threads(2)
    expected = result(torch.float32)
    with replaced(partial(other, torchs())):
        assert all(map(torch.equal, result(torch.float32), expected))


class Meeting:
    """A kernel that records when the expected number of threads run it at the same time."""

    def __init__(self, n_threads):
        self.done = []
        self.done_before_last = None
        self._number = itertools.count()
        self._n_threads = n_threads
        self._barrier = threading.Barrier(n_threads, timeout=240)

    def __call__(self, begin, end, job):
        if next(self._number) == self._n_threads:  # runs the chunks left by the threads
            self.done_before_last = len(self.done)
            return
        self._barrier.wait()  # raises unless all come
        if threading.current_thread() is not threading.main_thread():
            time.sleep(0.02)  # a step that does not wait would return too early
        self.done.append(threading.get_ident())


@pytest.mark.parametrize("n_threads", [2, 3, 4])
def test_all_threads_run_at_once_and_are_waited_for(n_threads, set_threads, monkeypatch):
    torchs()  # skips where there are none
    set_threads(n_threads)
    meeting = Meeting(n_threads)
    kernel = ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * 3)(meeting)
    address = ctypes.cast(kernel, ctypes.c_void_p).value
    monkeypatch.setattr(registry, "load", lambda spec: address)
    # So much that the step lets go of the GIL, which a kernel in Python needs.
    Adadelta([one_param(2 * GIL_ELEMENTS)], fused=True).step()
    assert len(set(meeting.done)) == len(meeting.done) == n_threads
    assert meeting.done_before_last == n_threads


def test_memory_that_is_exchanged_while_the_grads_are_read(set_threads, monkeypatch):
    """The step completes on its original memory; counters were incremented before."""
    set_threads(1)
    p, q = one_param(2 * GIL_ELEMENTS), one_param(2 * GIL_ELEMENTS)
    optimizer, plain = Adadelta([p], max_grad_norm=1e9), Adadelta([q])
    optimizer.step()
    plain.step()
    old, exchanged = [], []

    @ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * 3)
    def exchange(begin, end, job):
        state = optimizer.state[p]
        for tensor in (p, *state.values()):
            old.append(tensor.detach())
            tensor.data = tensor.detach().clone()
            exchanged.append(tensor.detach().clone())
        p.grad = None

    address = ctypes.cast(exchange, ctypes.c_void_p).value
    monkeypatch.setattr(kernels, "squares", lambda dtype: address)
    optimizer.defaults["max_grad_norm"] = 2e9  # so that the finder is set anew
    optimizer.step()
    plain.step()
    now = [p.detach(), *optimizer.state[p].values()]
    assert all(map(torch.equal, now, exchanged))
    assert all(map(torch.equal, old, [q.detach(), *plain.state[q].values()]))


def in_threads(*jobs):
    """Run the jobs concurrently, each in its own thread, and raise their errors."""
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


@pytest.mark.parametrize("has_parallel_for", [True, False])
def test_optimizers_in_threads_of_their_own(has_parallel_for, set_threads):
    set_threads(2)
    expected = [result(torch.float32, seed) for seed in range(3)]
    results = {}

    def job(seed):
        def work():
            torch.set_num_threads(2)  # OpenMP counts for each Python thread
            results[seed] = [result(torch.float32, seed) for _ in range(3)]

        return work

    with nullcontext() if has_parallel_for else replaced(None):
        in_threads(*map(job, range(3)))
    for seed in range(3):
        for actual in results[seed]:
            assert all(map(torch.equal, actual, expected[seed]))


def test_consecutive_steps_in_different_threads():
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
                mapped = [line.split(maxsplit=5) for line in maps]
            files = {fields[5].strip() for fields in mapped if len(fields) == 6}
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
