"""``zero_grad`` with both settings; an optimizer keeps nothing alive that torch's releases."""

import gc
import weakref

import pytest
import torch

from adadelta_gen import Adadelta
from parity.support import DEVICES, Pair, random
from parity.torch_suite import IMPLEMENTATIONS

BY_IMPLEMENTATION = pytest.mark.parametrize(
    "options", IMPLEMENTATIONS.values(), ids=IMPLEMENTATIONS
)


@BY_IMPLEMENTATION
@pytest.mark.parametrize("device", DEVICES)
def test_zero_grad_sets_to_none_or_to_zero(device, options):
    pair = Pair([random(4).to(device), random(3, dtype=torch.float64).to(device)], **options)
    for p in (*pair.params, *pair.mirrors):
        p.grad = torch.ones_like(p)
    for optimizer in pair.both:
        first, second = optimizer.param_groups[0]["params"]
        second.grad = None
        grad = first.grad
        optimizer.zero_grad(set_to_none=False)
        assert first.grad is grad
        assert torch.equal(grad, torch.zeros_like(grad))
        assert second.grad is None
        grad.fill_(1)
        optimizer.zero_grad()
        assert first.grad is None
        assert torch.equal(grad, torch.ones_like(grad))


@BY_IMPLEMENTATION
def test_grads_with_a_graph_are_detached(options):
    for optimizer in Pair([random(4)], **options).both:
        (p,) = optimizer.param_groups[0]["params"]
        (p.grad,) = torch.autograd.grad((p**2).sum(), p, create_graph=True)
        assert p.grad.grad_fn is not None
        optimizer.zero_grad(set_to_none=False)
        assert p.grad.grad_fn is None
        assert not p.grad.requires_grad
        assert not p.grad.any()


@BY_IMPLEMENTATION
@pytest.mark.parametrize("set_to_none", [True, False])
def test_profiler_label(options, set_to_none):
    for optimizer in Pair([random(4)], **options).both:
        with torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CPU]) as profile:
            optimizer.zero_grad(set_to_none)
        labels = [e.key for e in profile.key_averages() if e.key.startswith("Optimizer.")]
        assert labels == ["Optimizer.zero_grad#Adadelta.zero_grad"]


@BY_IMPLEMENTATION
@pytest.mark.parametrize("make", [Adadelta, torch.optim.Adadelta])
def test_hooks_and_steps_leave_no_reference_cycle(make, options):
    """An optimizer with its parameters and grads is freed with its last reference."""
    own = options if make is Adadelta else {}
    gc.disable()
    try:
        p = torch.nn.Parameter(random(4))
        optimizer = make([p], **own)
        handles = [
            getattr(optimizer, f"register_{name}_hook")(lambda *_: None)
            for name in ("step_pre", "step_post", "state_dict_pre", "load_state_dict_post")
        ]
        for _ in range(2):
            p.grad = torch.ones(4)
            optimizer.step()
        optimizer.load_state_dict(optimizer.state_dict())
        optimizer.step()
        watched = [weakref.ref(thing) for thing in (optimizer, p, p.grad)]
        del optimizer, p
        assert [ref() for ref in watched] == [None, None, None]
        for handle in handles:
            handle.remove()
    finally:
        gc.enable()
