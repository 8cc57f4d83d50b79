"""A closure runs once, with grad enabled, and its loss comes back."""

import pytest
import torch

from parity.support import Pair, random


def closure_of(optimizer, calls):
    def closure():
        calls.append(torch.is_grad_enabled())
        optimizer.zero_grad()
        loss = sum((p**2).sum() for p in optimizer.param_groups[0]["params"])
        loss.backward()
        return loss

    return closure


@pytest.mark.parametrize("grad_enabled", [True, False])
@pytest.mark.parametrize("options", [{}, {"fused": False}, {"foreach": True}])
def test_a_closure_runs_once_with_grad_enabled(options, grad_enabled):
    pair = Pair([random(4), random(3)], **options)
    for _ in range(3):
        losses = []
        for optimizer in pair.both:
            calls = []
            with torch.set_grad_enabled(grad_enabled):
                losses.append(optimizer.step(closure_of(optimizer, calls)))
                assert torch.is_grad_enabled() == grad_enabled
            assert calls == [True]
        torch.testing.assert_close(*losses)
        pair.check()


def test_the_loss_is_what_the_closure_returns():
    optimizer = Pair([random(4)]).ours
    assert optimizer.step(lambda: "anything") == "anything"
    assert optimizer.step(closure=lambda: 3.5) == 3.5
    assert optimizer.step() is None


def test_an_error_in_the_closure_passes_through():
    pair = Pair([random(4)])
    pair.step()
    with pytest.raises(ZeroDivisionError):
        pair.ours.step(lambda: 1 / 0)
    pair.check()
    pair.step()
