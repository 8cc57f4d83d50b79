"""Autograd treats an update like torch's: versions, saved tensors, grad mode."""

import pytest
import torch

from parity.support import Pair, random

ROUTES = {
    "kernel": {},
    "torch": {"fused": False},
    "foreach": {"foreach": True},
}


@pytest.mark.parametrize("options", ROUTES.values(), ids=ROUTES)
def test_versions_are_bumped_as_torch_bumps_them(options):
    pair = Pair([random(4), random(6)[::2], random(3, dtype=torch.complex64), random(0)], **options)
    before = [p._version for p in pair.params]
    for skip in ((), (0,), (1, 2), ()):
        pair.random_grads(skip)
        pair.step_with_grads()
    bumps = [p._version - version for p, version in zip(pair.params, before, strict=True)]
    assert bumps == [3, 3, 3, 4]


@pytest.mark.parametrize("layout", ["same", "transposed"])
@pytest.mark.parametrize("options", ROUTES.values(), ids=ROUTES)
def test_backward_through_an_updated_param_raises(options, layout):
    messages = []
    for optimizer in Pair([random(4, 3)], **options).both:
        (p,) = optimizer.param_groups[0]["params"]
        loss = p.pow(2).sum()
        p.grad = torch.ones(4, 3) if layout == "same" else torch.ones(3, 4).t()
        optimizer.step()
        with pytest.raises(RuntimeError, match="modified by an inplace operation") as raised:
            loss.backward()
        messages.append(str(raised.value))
    assert messages[0] == messages[1]


def test_backward_through_a_param_that_was_skipped():
    pair = Pair([random(4), random(3)])
    losses = [p.pow(2).sum() for p in (pair.params[1], pair.mirrors[1])]
    pair.random_grads(skip=(1,))
    pair.step_with_grads()
    for loss in losses:
        loss.backward()


def test_views_share_the_version():
    pair = Pair([random(4)])
    view = pair.params[0].view(2, 2)
    before = view._version
    pair.step(2)
    assert view._version == before + 2


def test_states_have_no_graph():
    pair = Pair([random(4)])
    pair.step()
    state = pair.ours.state[pair.params[0]]
    assert not any(value.requires_grad for value in state.values())
    assert pair.params[0].requires_grad
    assert pair.params[0].is_leaf


@pytest.mark.parametrize("mode", [torch.no_grad, torch.enable_grad, torch.inference_mode])
def test_a_step_works_in_every_grad_mode(mode):
    pair = Pair([random(4), random(3)])
    pair.step()
    pair.random_grads()
    with mode():
        pair.each(lambda optimizer: optimizer.step())
    pair.check()
    pair.step()


def test_states_made_in_inference_mode():
    """Torch's loop cannot update them afterwards; nor can ours."""
    pair = Pair([random(4)])
    pair.random_grads()
    with torch.inference_mode():
        pair.each(lambda optimizer: optimizer.step())
        pair.check()
    messages = []
    for optimizer in pair.both:
        with pytest.raises(RuntimeError) as raised:
            optimizer.step()
        messages.append(str(raised.value))
    assert messages[0] == messages[1]


def test_grads_made_in_inference_mode():
    pair = Pair([random(4)])
    with torch.inference_mode():
        grad = random(4) * 2
    with torch.no_grad():
        pair.set_grads([grad])
    pair.step_with_grads()
