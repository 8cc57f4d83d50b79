"""The optimizer with the CUDA target's launches and kernels in the CPU's place, simulated.

All but the driver and the device's memory: plan, table, launch, kernel, against torch's optimizer.
"""

from dataclasses import replace
from types import SimpleNamespace

import pytest
import torch
from parity.support import DTYPES, Pair, random, reasons

from adadelta_gen import examine, registry, table
from adadelta_gen.cuda import launch, ptx
from adadelta_gen.layout import GENERATED


@pytest.fixture(autouse=True)
def _cuda_for_cpu(simulator, monkeypatch):
    def kernel(spec, source):
        spec = replace(spec, target="cuda")
        return launch.Kernel(spec.name, ptx.text(spec, GENERATED))

    stand_in = SimpleNamespace(
        Launch=lambda device, *tables: launch.Launch(torch.device("cuda", 0), *tables),
        kernel=kernel,
        unavailable=lambda device=None: "",
    )
    for module in (examine, registry, table):
        monkeypatch.setattr(module, "target", lambda name: stand_in)


@pytest.mark.parametrize("options", [{}, {"maximize": True, "weight_decay": 0.1}], ids=str)
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_as_torch(simulator, dtype, options):
    pair = Pair([random(*s, dtype=dtype) for s in ((12, 11), (7,), (), (0,), (64,))], **options)
    pair.step(2)
    assert len(simulator.launches) == 2  # one a step


def test_grads_that_come_and_go():
    pair = Pair([random(70), random(3), random(20)])
    pair.step()
    for skip in ((0,), (1, 2), (0, 1, 2), ()):
        pair.random_grads(skip)
        pair.step_with_grads()


def test_two_dtypes_are_two_launches(simulator):
    pair = Pair([random(70), random(3, dtype=torch.float64), random(20)])
    pair.step()
    assert len(simulator.launches) == 2


def test_copies():
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
