"""The optimizer on a simulated GPU against torch's optimizer.

Everything except the driver and device memory is real: plan, table, launches, kernels.
"""

import numpy as np
import pytest
import torch
from parity.support import DTYPES, Pair, random, reasons, snapshot
from simulator import STREAM

from adadelta_gen import Adadelta, registry
from adadelta_gen.cpu import target as cpu
from adadelta_gen.cuda.launch import CAPACITY, SMALLEST_CHUNK
from adadelta_gen.step import kinds

pytestmark = pytest.mark.usefixtures("simulator")


@pytest.fixture
def float64_on_cpu(simulator, monkeypatch):
    """Use the CPU kernels for float64, as if its parameters were not on the device."""
    simulated = registry.target("cpu")
    launch, kernel = simulated.Launch, simulated.kernel

    class Launch:
        capacity = launch.capacity

        def __new__(cls, device, rows, parts, scalars, words):
            target = cpu.Launch if scalars.dtype == np.float64 else launch
            return target(device, rows, parts, scalars, words)

    def either(spec):
        return (cpu.kernel if spec.dtype == "float64" else kernel)(spec)

    monkeypatch.setattr(simulated, "Launch", Launch)
    monkeypatch.setattr(simulated, "kernel", either)


@pytest.mark.parametrize("options", [{}, {"maximize": True, "weight_decay": 0.1}], ids=str)
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_results_equal_torchs(simulator, dtype, options):
    pair = Pair([random(*s, dtype=dtype) for s in ((12, 11), (7,), (), (0,), (64,))], **options)
    pair.step(2)
    assert len(simulator.launches) == 2  # one a step


def test_grads_that_come_and_go():
    pair = Pair([random(70), random(3), random(20)])
    pair.step()
    for skip in ((0,), (1, 2), (0, 1, 2), ()):
        pair.random_grads(skip)
        pair.step_with_grads()


def test_torch_updates_a_dtype_for_which_a_device_has_no_kernels(simulator, monkeypatch):
    def unavailable(device=None, dtype=None):
        return "needs another GPU" if dtype == "bfloat16" else ""

    monkeypatch.setattr(registry.target("cpu"), "unavailable", unavailable)
    monkeypatch.setattr(kinds, "_kind", kinds._kind.__wrapped__)  # without its cache
    dtypes = (torch.bfloat16, torch.float32)
    groups = [{"params": [random(70, dtype=dtype)]} for dtype in dtypes]
    pair = Pair(groups)
    pair.step(2)
    assert reasons(pair.ours)[1] == ""
    assert reasons(pair.ours)[0].endswith("needs another GPU")
    assert {kernel.entry.name for kernel in simulator.kernels} == {"adadelta_cuda_float32_min_nowd"}


def test_two_dtypes_are_two_launches(simulator):
    pair = Pair([random(70), random(3, dtype=torch.float64), random(20)])
    pair.step()
    assert len(simulator.launches) == 2


def test_grads_of_other_strides_are_copied():
    pair = Pair([random(6, 7)[:, ::2], random(5, 5)])
    pair.step()
    grad = random(5, 5).t()
    pair.set_grads([random(6, 4), grad])
    pair.step_with_grads()
    assert reasons(pair.ours)[0] == "param is not dense"


def test_hyperparameters_may_change():
    pair = Pair([random(70)])
    for options in ({"lr": 0.5}, {"rho": 0.5}, {"eps": 1e-3}, {"weight_decay": 0.1}):
        pair.edit(**options)
        pair.step()
    pair.edit(maximize=True)
    pair.step()


def test_more_parameters_than_a_table_holds(simulator):
    pair = Pair([random(1 + i % 3, seed=i) for i in range(2 * CAPACITY + 1)])
    pair.step()
    assert simulator.launches == [(STREAM, CAPACITY), (STREAM, CAPACITY), (STREAM, 1)]
    pair.random_grads(range(0, 2 * CAPACITY + 1, 2))
    pair.step_with_grads()


def test_the_largest_parameters_are_in_the_first_launch(simulator):
    pair = Pair([*(random(1, seed=i) for i in range(CAPACITY)), random(SMALLEST_CHUNK + 1)])
    pair.step()
    assert simulator.launches == [(STREAM, CAPACITY - 1 + 2), (STREAM, 1)]


def test_there_is_no_launch_without_elements(simulator):
    pair = Pair([random(0), random(3, 0)])
    pair.step(2)
    pair = Pair([random(70), random(3)])
    pair.random_grads((0, 1))
    pair.step_with_grads()
    assert simulator.calls == []


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_a_parameter_with_a_nonfinite_grad_is_skipped(dtype):
    pair = Pair([random(*s, dtype=dtype) for s in ((12, 11), (7,), (0,), (200,))])
    pair.ours.param_groups[0]["nonfinite"] = "skip"
    pair.step()
    for value in (torch.inf, torch.nan):
        pair.random_grads()
        grad = pair.params[3].grad.clone()
        grad[-1] = value
        pair.params[3].grad, pair.mirrors[3].grad = grad, None
        pair.step_with_grads()
    assert pair.ours.skipped == {"parameter 3 of group 0": 2}


@pytest.mark.usefixtures("float64_on_cpu")
def test_cpu_and_gpu_in_one_group(simulator):
    pair = Pair([random(70), random(40_000, dtype=torch.float64), random(3)])
    pair.step(2)
    assert simulator.calls == 2 * ["stream", "push", "launch", "pop"]


CALLS = {
    "stream": ["stream"],
    "push": ["stream", "push"],
    "launch": ["stream", "push", "launch", "pop"],
}


@pytest.mark.usefixtures("float64_on_cpu")
@pytest.mark.parametrize("refuses", CALLS)
@pytest.mark.parametrize("earlier_steps", [0, 2])
def test_a_refused_launch_changes_nothing(simulator, refuses, earlier_steps):
    """Neither do the CPU kernels of the same call."""
    pair = Pair([random(70), random(40_000, dtype=torch.float64), random(3, dtype=torch.float64)])
    pair.step(earlier_steps)
    pair.random_grads()
    for p in pair.params:  # the first step makes the states, refused or not
        pair.ours.init_state(pair.ours.param_groups[0], p)
    states = [value for state in pair.ours.state.values() for value in state.values()]
    tensors = [*pair.params, *(p.grad for p in pair.params), *states]
    before, versions = snapshot(pair.ours), [t._version for t in tensors]
    simulator.calls.clear()
    simulator.refuses = refuses
    for _ in range(2):
        with pytest.raises(RuntimeError, match="the simulated driver refuses the launch"):
            pair.ours.step()
    assert simulator.calls == 2 * CALLS[refuses]
    assert all(map(torch.equal, snapshot(pair.ours), before))
    assert [t._version for t in tensors] == versions
    assert all(state["step"] == earlier_steps for state in pair.ours.state.values())
    simulator.refuses = ""
    pair.step_with_grads()
    pair.step()


def test_a_refused_launch_does_not_advance_the_dither(simulator):
    """The next step has the same number as the refused one."""
    results = []
    for refused in (True, False):
        p = torch.nn.Parameter(random(70, dtype=torch.bfloat16))
        p.grad = random(70, dtype=torch.bfloat16, seed=1)
        optimizer = Adadelta([p], dithered_rounding=True)
        if refused:
            simulator.refuses = "launch"
            with pytest.raises(RuntimeError, match="the simulated driver refuses"):
                optimizer.step()
            simulator.refuses = ""
        optimizer.step()
        results.append(p.detach().clone())
    assert torch.equal(*results)


def test_an_exception_of_the_simulator_is_raised(simulator):
    """It cannot pass through native code."""
    pair = Pair([random(70)])
    pair.step()
    pair.random_grads()
    before = snapshot(pair.ours)
    simulator._kernels.clear()
    with pytest.raises(KeyError):
        pair.ours.step()
    assert all(map(torch.equal, snapshot(pair.ours), before))
