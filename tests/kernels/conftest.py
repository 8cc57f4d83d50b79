"""Every kernel test runs on every variant, on one thread by default."""

import operator

import pytest
import torch

from adadelta_gen import registry
from adadelta_gen.spec import specs_of
from kernels import cpus

cpus.choose()


@pytest.fixture(params=specs_of("cpu"), ids=operator.attrgetter("name"))
def spec(request):
    return request.param


@pytest.fixture
def kernel(spec):
    return registry.load(spec)


@pytest.fixture(autouse=True)
def threads():
    """Set one thread, enough for small arrays; a test may set another number."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield torch.set_num_threads
    torch.set_num_threads(before)
