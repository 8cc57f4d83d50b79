"""``differentiable=True``: gradients through the step equal torch's.

The functions are those of torch's TestDifferentiableOptimizer.
"""

import pytest
import torch

from adadelta_gen import Adadelta
from parity.support import STATES, random

BOTH = [Adadelta, torch.optim.Adadelta]
OPTIONS = [
    {"lr": 0.9, "weight_decay": 0.1},
    {"lr": 0.9, "rho": 0.5, "eps": 1e-3, "maximize": True},
    {"lr": 0.9, "foreach": False},
]


def stepped(make, params, grad, state, options):
    """Take a step from a state, as torch's ``_diff_fn``; return all that it wrote."""
    p = params.clone()
    p.grad = grad
    optimizer = make([torch.nn.Parameter(params.detach())], differentiable=True, **options)
    optimizer.param_groups[0]["params"] = [p]
    optimizer.state[p] = {"step": torch.tensor(3.0), **{k: v.clone() for k, v in state.items()}}
    optimizer.step()
    return (p, *(optimizer.state[p][key] for key in STATES))


def arguments():
    """Return a parameter, its grad and its state, which is not negative."""
    p, grad, *state = (random(4, dtype=torch.float64, seed=seed) for seed in range(4))
    state = [value.abs() for value in state]
    return [tensor.requires_grad_() for tensor in (p, grad, *state)]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_first_and_second_order(options):
    def function(p, grad, *state):
        return stepped(Adadelta, p, grad, dict(zip(STATES, state, strict=True)), options)

    assert torch.autograd.gradcheck(function, arguments())
    assert torch.autograd.gradgradcheck(function, arguments())


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_results_equal_torchs_bit_by_bit(options):
    outcomes = []
    for make in BOTH:
        given = arguments()
        out = stepped(make, given[0], given[1], dict(zip(STATES, given[2:], strict=True)), options)
        first = torch.autograd.grad(sum(t.square().sum() for t in out), given, create_graph=True)
        second = torch.autograd.grad(sum(t.sum() for t in first), given)
        outcomes.append([*out, *first, *second])
    assert all(map(torch.equal, *outcomes))


@pytest.mark.parametrize("name", ["lr", "rho", "eps", "weight_decay"])
def test_options_that_need_a_grad(name):
    """Our step supports the same options as torch, and raises the same errors."""
    outcomes = []
    for make in BOTH:
        value = torch.tensor(0.1, dtype=torch.float64, requires_grad=True)
        p, grad, *state = arguments()
        try:
            out = stepped(make, p, grad, dict(zip(STATES, state, strict=True)), {name: value})
            outcomes.append(torch.autograd.grad(out[0].sum(), [value, grad], allow_unused=True))
        except (RuntimeError, TypeError) as error:
            outcomes.append(str(error))
    if isinstance(outcomes[1], str):
        assert outcomes[0] == outcomes[1]
    else:
        for ours, theirs in zip(*outcomes, strict=True):
            assert (ours is None) == (theirs is None)
            assert ours is None or torch.equal(ours, theirs)


def test_unrolled_training():
    """Meta-learning: gradient of the last loss by the initial parameters, over four steps."""
    grads = []
    for make in BOTH:
        start = random(3, dtype=torch.float64).requires_grad_()
        target = random(3, dtype=torch.float64, seed=1)
        p = start.clone()
        optimizer = make([torch.nn.Parameter(start.detach())], lr=0.5, differentiable=True)
        optimizer.param_groups[0]["params"] = [p]
        for _ in range(4):
            loss = (p - target).square().sum()
            (p.grad,) = torch.autograd.grad(loss, p, create_graph=True)
            optimizer.step()
        grads.append(torch.autograd.grad((p - target).square().sum(), start)[0])
        p.grad = None  # breaks the cycle
    assert torch.equal(*grads)
    assert grads[0].abs().min() > 0


@pytest.mark.parametrize("make", BOTH)
def test_a_leaf_that_needs_a_grad_is_refused(make):
    p = random(3).requires_grad_()
    p.grad = torch.ones(3)
    with pytest.raises(RuntimeError, match="a leaf Variable that requires grad"):
        make([p], differentiable=True).step()
    with pytest.raises(AssertionError, match="_foreach ops don't support autograd"):
        make([p], differentiable=True, foreach=True).step()
