"""Python without a global interpreter lock: other threads run at any time during a step."""

import sys
import threading

import pytest
import torch

from adadelta_gen import Adadelta
from adadelta_gen.native import shim

pytestmark = pytest.mark.skipif(shim.has_gil(), reason="this Python has a GIL")
STEPS = 500


def made(n=20, elements=1000):
    params = [torch.nn.Parameter(torch.ones(elements) * i) for i in range(n)]
    for i, p in enumerate(params):
        p.grad = torch.full_like(p, i % 7)
    return params, Adadelta(params)


def together(*jobs):
    errors = []

    def body(job):
        try:
            job()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=body, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors


def test_the_lock_is_off():
    assert not sys._is_gil_enabled()


def test_one_optimizer_in_four_threads():
    params, optimizer = made()

    def steps():
        for _ in range(STEPS):
            optimizer.step()

    together(*[steps] * 4)
    assert {optimizer.state[p]["step"].item() for p in params} == {4 * STEPS}
    assert {p._version for p in params} == {4 * STEPS}


@pytest.mark.parametrize("what", ["state", "extra key", "group", "data"])
def test_dicts_and_memory_that_another_thread_changes(what):
    params, optimizer = made()
    optimizer.step()
    done = threading.Event()

    def steps():
        for _ in range(STEPS):
            optimizer.step()
        done.set()

    def changes():
        i = 0
        while not done.is_set():
            i += 1
            p = params[i % len(params)]
            if what == "state":
                optimizer.state[p] = dict(optimizer.state[p])
            elif what == "extra key":
                optimizer.state[p][f"extra {i % 50}"] = i
            elif what == "group":
                optimizer.param_groups[0]["eps"] = 1e-6 * (1 + i % 2 * 1e-9)
            else:
                p.data = p.data.clone()

    together(steps, changes)
    assert all(p.isfinite().all() for p in params)
    assert {optimizer.state[p]["step"].item() for p in params} == {1 + STEPS}


def test_an_optimizer_a_thread():
    pairs = [made() for _ in range(4)]

    def steps(optimizer):
        return lambda: [optimizer.step() for _ in range(STEPS)]

    together(*(steps(optimizer) for _, optimizer in pairs))
    first = pairs[0][0]
    for params, _ in pairs[1:]:
        assert all(map(torch.equal, params, first))
