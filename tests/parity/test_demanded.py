"""``fused=True`` requires kernels: otherwise an error names the parameter; nothing is written."""

import re

import pytest
import torch

from adadelta_gen import Adadelta
from parity.support import Pair, kernels, random, snapshot


class Tagged(torch.Tensor):
    """A subclass that no kernel covers."""


def subclass():
    return random(5).as_subclass(Tagged).requires_grad_()


def expanded():
    return torch.nn.Parameter(torch.ones(1).expand(5))


UNSUPPORTED = {
    "subclass": (subclass, "(5,), torch.float32, on cpu: param is a Tagged"),
    "dtype": (
        lambda: torch.nn.Parameter(torch.ones(5, dtype=torch.float8_e5m2), requires_grad=False),
        "(5,), torch.float8_e5m2, on cpu: no kernels for torch.float8_e5m2",
    ),
    "device": (
        lambda: torch.nn.Parameter(torch.empty(5, device="meta")),
        "(5,), torch.float32, on meta: no kernels for device meta",
    ),
    "overlap": (expanded, "(5,), torch.float32, on cpu: param overlaps itself"),
}


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(("make", "words"), UNSUPPORTED.values(), ids=UNSUPPORTED)
def test_unsupported_params_raise(make, words, named):
    params = [torch.nn.Parameter(random(3)), make()]
    first = torch.nn.Parameter(random(2))
    if named:
        groups = [{"params": [("z", first)]}, {"params": list(zip("ab", params, strict=True))}]
    else:
        groups = [{"params": [first]}, {"params": params}]
    optimizer = Adadelta(groups, fused=True)
    first.grad, params[0].grad = torch.ones(2), torch.ones(3)
    optimizer.step()  # the unsupported param has no grad
    optimizer.explain()
    before = snapshot(optimizer)
    params[1].grad = torch.ones_like(params[1], requires_grad=False)
    name = " ('b')" if named else ""
    message = f"parameter 1{name} of group 1 of shape {words}. With fused=None torch updates it."
    for attempt in (optimizer.step, optimizer.explain):
        with pytest.raises(
            RuntimeError, match=re.escape(f"no generated kernel can update {message}")
        ):
            attempt()
    for tensor, old in zip(snapshot(optimizer), before, strict=False):
        if not tensor.is_meta:
            assert torch.equal(tensor, old)


def test_training_continues_after_the_error():
    pair = Pair([random(3), random(4)], fused=True)
    pair.step()
    grads = [random(3, seed=1), random(4, seed=1).as_subclass(Tagged)]
    pair.params[0].grad, pair.params[1].grad = grads
    with pytest.raises(RuntimeError, match=r"parameter 1 of group 0 .* grad is a Tagged"):
        pair.ours.step()
    pair.check()
    pair.ours.param_groups[0]["fused"] = None
    pair.set_grads(grads)
    pair.step_with_grads()
    pair.ours.param_groups[0]["fused"] = True
    pair.step()


def test_fused_may_be_set_later():
    pair = Pair([random(3), random(4)])
    grads = [random(3, seed=1), random(4, seed=1).as_subclass(Tagged)]
    pair.set_grads(grads)
    pair.step_with_grads()
    pair.ours.param_groups[0]["fused"] = True
    with pytest.raises(RuntimeError, match=r"parameter 1 of group 0 .* grad is a Tagged"):
        pair.ours.step()
    pair.check()
    pair.step()


def test_kernels_over_copies_are_accepted():
    pair = Pair([random(4, 6)[:, ::2], random(5), random(3, 4)], fused=True)
    pair.set_grads([random(4, 3), random(5), random(4, 3).t()])
    pair.step_with_grads()
    assert None not in kernels(pair.ours)


@pytest.mark.parametrize("option", ["differentiable", "capturable"])
def test_options_without_kernels_raise(option):
    pair = Pair([random(3)], fused=True)
    pair.step()
    pair.ours.param_groups[0][option] = True
    with pytest.raises(RuntimeError, match=rf"fused=True, but .*group 0\b.*: {option}=True"):
        pair.ours.step()
    pair.ours.param_groups[0][option] = False
    pair.check()
    pair.step()


def test_shared_memory_raises():
    optimizer = Adadelta([torch.nn.Parameter(random(3)) for _ in range(2)], fused=True)
    first, second = optimizer.param_groups[0]["params"]
    second.data = first.data
    first.grad = second.grad = torch.ones(3)
    for attempt in (optimizer.step, optimizer.explain):
        with pytest.raises(RuntimeError, match=r"parameter 0 of group 0 .* shares memory"):
            attempt()


def test_the_error_names_the_first_of_several_params():
    groups = [{"params": [torch.nn.Parameter(random(3)), expanded(), expanded()]} for _ in "ab"]
    optimizer = Adadelta(groups, fused=True)
    for group in groups:
        for p in group["params"]:
            p.grad = torch.ones(p.shape)
    for attempt in (optimizer.step, optimizer.step, optimizer.explain):
        with pytest.raises(RuntimeError, match=r"fused=True, but .* parameter 1 of group 0 "):
            attempt()


def test_a_param_that_gets_its_grad_later_raises():
    """A plan made without the grad must not let torch update the param silently."""
    plain, tagged = torch.nn.Parameter(random(3)), subclass()
    optimizer = Adadelta([plain, tagged])
    plain.grad, tagged.grad = random(3), random(5)
    optimizer.step()
    optimizer.param_groups[0]["fused"] = True
    tagged.grad = None
    optimizer.step()
    before = snapshot(optimizer)
    tagged.grad = random(5)
    with pytest.raises(RuntimeError, match=r"parameter 1 of group 0 .* param is a Tagged"):
        optimizer.step()
    assert all(map(torch.equal, snapshot(optimizer), before))
