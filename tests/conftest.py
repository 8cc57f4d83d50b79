import sys

import pytest
import torch


@pytest.fixture
def one_thread():
    """Compute on one thread: in networks this small, several mostly wait for one another."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def pytest_sessionfinish():
    """Save what `make coverage` measured: pytest-xdist may end a worker before it exits."""
    coverage = sys.modules.get("coverage")
    if coverage and (measured := coverage.Coverage.current()):
        measured.save()
