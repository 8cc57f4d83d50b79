"""One optimizer per parameter that steps in a hook during backward."""

import copy

import pytest
import torch

from adadelta_gen import Adadelta
from parity.support import kernels_that_run, random

STEPS = 4


def model():
    torch.manual_seed(0)
    layers = torch.nn.Sequential(torch.nn.Linear(4, 6), torch.nn.Tanh(), torch.nn.Linear(6, 6))
    layers.append(layers[2])  # used twice: its grad accumulates before the hook runs
    return layers.double()


def in_backward(net, make, calls, **options):
    optimizers = {p: make([p], **options) for p in net.parameters()}

    def step(p):
        calls.append(p)
        optimizers[p].step()
        optimizers[p].zero_grad()

    for p in net.parameters():
        p.register_post_accumulate_grad_hook(step)
    return optimizers


def backward(net, step):
    net(random(5, 4, dtype=torch.float64, seed=step)).square().sum().backward()


def assert_same_training(ours, theirs):
    # Independent trainings in float64, where one root and two are rarely an ulp apart: 2.8e-17.
    for p, q in zip(ours.parameters(), theirs.parameters(), strict=True):
        torch.testing.assert_close(p, q, rtol=1e-13, atol=1e-14)


@pytest.mark.parametrize(
    "options", [{}, {"weight_decay": 0.1}, {"foreach": True}], ids=["kernel", "decay", "foreach"]
)
def test_a_step_in_the_grad_hook_of_each_parameter(options, monkeypatch):
    ran = kernels_that_run(monkeypatch)
    two = [model() for _ in range(2)]
    for net, make in zip(two, (Adadelta, torch.optim.Adadelta), strict=True):
        calls = []
        optimizers = in_backward(net, make, calls, **options)
        for step in range(STEPS):
            backward(net, step)
            assert all(p.grad is None for p in net.parameters())
        assert len(calls) == STEPS * len(optimizers)
        assert all(o.state[p]["step"] == STEPS for p, o in optimizers.items())
    assert_same_training(*two)
    variant = "wd" if options.get("weight_decay") else "nowd"
    assert ran == (set() if options.get("foreach") else {f"adadelta_cpu_float64_min_{variant}"})


def test_results_equal_those_of_one_optimizer_after_backward():
    """Equal bit by bit: same kernel, same order of additions."""
    two = [model() for _ in range(2)]
    in_backward(two[0], Adadelta, [])
    optimizer = Adadelta(two[1].parameters())
    for step in range(STEPS):
        backward(two[0], step)
        backward(two[1], step)
        optimizer.step()
        optimizer.zero_grad()
    assert all(map(torch.equal, two[0].parameters(), two[1].parameters()))


def test_state_dicts_of_all_optimizers():
    nets = [model() for _ in range(2)]
    kinds = Adadelta, torch.optim.Adadelta
    optimizers = [in_backward(n, make, []) for n, make in zip(nets, kinds, strict=True)]
    backward(nets[0], 0)
    nets[1].load_state_dict(nets[0].state_dict())
    for mine, theirs in zip(*(each.values() for each in optimizers), strict=True):
        theirs.load_state_dict(copy.deepcopy(mine.state_dict()))
    for net in nets:
        backward(net, 1)
    assert_same_training(*nets)
    assert all(o.state[p]["step"] == 2 for p, o in optimizers[1].items())


def test_an_error_in_a_hook_is_raised_by_backward():
    net = model()
    optimizers = in_backward(net, Adadelta, [])
    backward(net, 0)
    before = [p.detach().clone() for p in net.parameters()]
    for optimizer in optimizers.values():
        optimizer.param_groups[0].update(fused=True, differentiable=True)
    with pytest.raises(RuntimeError, match="parameters of group 0: differentiable=True"):
        backward(net, 1)
    assert all(map(torch.equal, before, net.parameters()))
