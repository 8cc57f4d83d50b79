"""A trainer works in a folder of its own, on one thread and without the network."""

import socket

import pytest


@pytest.fixture(autouse=True)
def alone(tmp_path, monkeypatch):
    """Leave nothing in the checkout, and refuse every connection."""

    def refuse(self, address):
        raise AssertionError(f"a trainer connects to {address}")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(autouse=True)
def _one_thread(one_thread):
    pass
