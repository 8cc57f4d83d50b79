"""A trainer works in a folder of its own, on one thread and without the network."""

import socket

import pytest
import torch


@pytest.fixture(autouse=True)
def alone(tmp_path, monkeypatch):
    """Leave nothing in the checkout, and refuse every connection."""

    def refuse(self, address):
        raise AssertionError(f"a trainer connects to {address}")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(autouse=True)
def one_thread():
    """Threads that wait for one another take longer than these networks do."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)
