"""Fixtures: every CUDA variant, and a simulator in place of the driver."""

import operator

import pytest
from simulator import install

from adadelta_gen import registry
from adadelta_gen.spec import specs_of


@pytest.fixture(params=specs_of("cuda"), ids=operator.attrgetter("name"))
def spec(request):
    return request.param


@pytest.fixture
def simulator(monkeypatch):
    simulator = install(monkeypatch)
    yield simulator
    registry.load.cache_clear()
    simulator.check()
