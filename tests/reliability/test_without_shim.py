"""Where torch lacks what native code asks it through, torch updates everything, and says so."""

import pytest
from parity.support import Pair, kernels, random, reasons

from adadelta_gen.native import shim


@pytest.fixture(params=["getters", "handle_offset", "type_offset"])
def _no_shim(request, monkeypatch):
    shim.available.cache_clear()
    monkeypatch.setattr(shim, request.param, lambda: None)
    yield
    shim.available.cache_clear()


@pytest.mark.usefixtures("_no_shim")
def test_torch_updates_everything():
    pair = Pair([random(4), random(6)[::2], random(3)], weight_decay=0.1)
    pair.step(3)
    assert kernels(pair.ours) == [None] * 3
    assert set(reasons(pair.ours)) == {"torch's C shim is not to be found on this platform"}


@pytest.mark.usefixtures("_no_shim")
def test_kernels_cannot_be_demanded():
    pair = Pair([random(4), random(3)], fused=True)
    pair.random_grads()
    before = [p.detach().clone() for p in pair.params]
    with pytest.raises(RuntimeError, match=r"parameter 0 of group 0 .* C shim is not to be found"):
        pair.ours.step()
    assert all((p == old).all() for p, old in zip(pair.params, before, strict=True))


def test_versions_without_the_native_bump(monkeypatch):
    monkeypatch.setattr(shim, "bump_version", lambda: 0)
    pair = Pair([random(4), random(3)])
    pair.step(2)
    pair.random_grads(skip=[0])
    pair.step_with_grads()


def test_a_library_without_the_functions(monkeypatch):
    shim.getters.cache_clear()
    monkeypatch.setattr(shim, "libtorch", lambda: None)
    try:
        assert shim.getters() is None
    finally:
        shim.getters.cache_clear()
