"""Every variant of the CUDA target; a simulator in the driver's place."""

import operator
from types import SimpleNamespace

import pytest
import torch
from simulator import STREAM, Simulator, target_of

from adadelta_gen import registry
from adadelta_gen.cuda import launch
from adadelta_gen.spec import specs_of
from adadelta_gen.step.table import Table


@pytest.fixture(params=specs_of("cuda"), ids=operator.attrgetter("name"))
def spec(request):
    return request.param


@pytest.fixture
def simulator(monkeypatch):
    """A GPU of one multiprocessor and eight threads a block, with chunks of 64 at least.

    Its memory is the CPU's, and its target stands for the CPU's too.
    """
    simulator = Simulator(threads=8)
    stand_in = target_of(simulator)
    monkeypatch.setattr(launch, "driver", simulator)
    monkeypatch.setattr(launch, "SMALLEST_CHUNK", 64)
    monkeypatch.setattr(
        torch.cuda, "current_stream", lambda device: SimpleNamespace(cuda_stream=STREAM)
    )
    monkeypatch.setattr(registry, "target", lambda name: stand_in)
    monkeypatch.setattr(registry, "launch_error", simulator.error)
    # A call of a table with launches on CUDA is never repeated as it was.
    monkeypatch.setattr(Table, "_is_static", lambda table, values: False)
    registry.load.cache_clear()
    yield simulator
    registry.load.cache_clear()
    simulator.check()
