"""Every variant of the CUDA target; a simulator in the driver's place."""

import operator
from types import SimpleNamespace

import pytest
import torch
from simulator import STREAM, Simulator

from adadelta_gen import registry
from adadelta_gen.cuda import launch
from adadelta_gen.spec import specs_of


@pytest.fixture(params=specs_of("cuda"), ids=operator.attrgetter("name"))
def spec(request):
    return request.param


@pytest.fixture
def simulator(monkeypatch):
    """A GPU of one multiprocessor and eight threads a block, with chunks of 64 at least."""
    simulator = Simulator(threads=8)
    monkeypatch.setattr(launch, "driver", simulator)
    monkeypatch.setattr(launch, "SMALLEST_CHUNK", 64)
    monkeypatch.setattr(
        torch.cuda, "current_stream", lambda device: SimpleNamespace(cuda_stream=STREAM)
    )
    registry.load.cache_clear()
    yield simulator
    registry.load.cache_clear()
