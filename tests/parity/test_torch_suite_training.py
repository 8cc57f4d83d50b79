"""Training reduces the loss, and as torch's does, with the inputs of torch's own tests."""

import pytest
import torch

from adadelta_gen import Adadelta
from parity.support import DEVICES, DTYPES, STATES, Pair, random
from parity.torch_suite import ENTRY, IMPLEMENTATIONS, closure_of, inputs, layer

STEPS = 10
SCHEDULERS = {"constant": [], "scheduled": ENTRY.scheduler_inputs[0]}


def train(optimizer, schedulers=()):
    """Return the losses, the last of them after the last step."""
    closure = closure_of(optimizer)
    schedulers = [make(optimizer) for make in schedulers]
    losses = []
    for _ in range(STEPS):
        losses.append(optimizer.step(closure).item())
        for scheduler in schedulers:
            plateau = isinstance(scheduler, torch.optim.lr_scheduler.ReduceLROnPlateau)
            scheduler.step(*(losses[-1:] if plateau else ()))
    return torch.tensor([*losses, closure().item()])


def check(pair, schedulers=()):
    ours, theirs = (train(optimizer, schedulers) for optimizer in pair.both)
    upwards = pair.ours.param_groups[0]["maximize"]
    assert ours[-1] > ours[0] if upwards else ours[-1] < ours[0]
    torch.testing.assert_close(ours, theirs)
    for p, q in zip(pair.params, pair.mirrors, strict=True):
        torch.testing.assert_close(p, q)


@pytest.mark.parametrize("schedulers", SCHEDULERS.values(), ids=SCHEDULERS)
@pytest.mark.parametrize("contiguous", [True, False], ids=["contiguous", "strided"])
@pytest.mark.parametrize(("device", "options"), inputs("kernel", "fused"))
def test_goes_right_direction(device, options, contiguous, schedulers):
    if contiguous:
        pair = layer(device, **options)
    else:
        shapes = [(10, 5, 2), (10, 2)]
        pair = Pair([random(*s).to(device)[..., 0] for s in shapes], **options)
    check(pair, schedulers)


@pytest.mark.parametrize("schedulers", SCHEDULERS.values(), ids=SCHEDULERS)
@pytest.mark.parametrize(("device", "options"), inputs())
def test_param_groups_weight_decay(device, options, schedulers):
    weight, bias = random(10, 5).to(device), random(10, seed=1).to(device)
    groups = [{"params": [weight]}, {"params": [bias], "weight_decay": 0.0}]
    check(Pair(groups, **options), schedulers)


@pytest.mark.parametrize(("device", "options"), inputs())
def test_param_groups_lr(device, options):
    """A group with next to no learning rate does not move, however its grads are."""
    weight, bias, other = random(10, 5), random(10, seed=1), random(2)
    groups = [
        {"params": [weight.to(device), bias.to(device)], **({"lr": 1e-3} | options)},
        {"params": [other.to(device)]},
    ]
    flags = {key: options[key] for key in ("foreach", "fused") if key in options}
    flags = {key: options[key] for key in ("foreach", "fused") if key in options}
    pair = Pair(groups, lr=1e-28, **flags)
    for optimizer in pair.both:
        closure = closure_of(optimizer)
        (still,) = optimizer.param_groups[1]["params"]
        for _ in range(3):
            closure()
            still.grad = torch.ones_like(still)
            optimizer.step()
    pair.check()
    assert torch.equal(pair.params[2].cpu(), other)
    assert not torch.equal(pair.params[0].cpu(), weight)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize(("device", "options"), inputs("kernel", "fused"))
def test_step_is_noop_when_params_have_no_grad(device, options, dtype):
    tensors = [random(2, 3, dtype=dtype).to(device), torch.arange(3, device=device)]
    params = [tensor.clone() for tensor in tensors]
    optimizer = Adadelta(params, **options)
    assert optimizer.step(lambda: 7) == 7
    assert all(map(torch.equal, params, tensors))
    assert not any(optimizer.state.values())


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize(("device", "options"), inputs("kernel", "fused"))
def test_step_is_noop_for_zero_grads(device, options, dtype):
    """Without weight decay, which changes a parameter by itself; ``step`` is incremented."""
    p = random(5, 1, dtype=dtype).to(device).requires_grad_()
    before = p.detach().clone()
    optimizer = Adadelta([p], **options)
    p.grad = torch.zeros_like(p)
    optimizer.step()
    assert torch.equal(p, before) == (not options.get("weight_decay"))
    assert optimizer.state[p]["step"] == 1
    if not options.get("weight_decay"):
        assert not any(optimizer.state[p][key].any() for key in STATES)


@pytest.mark.parametrize(("device", "options"), inputs())
def test_optimizer_can_be_printed(device, options):
    pair = layer(device, **options)
    ours, theirs = (repr(optimizer).splitlines() for optimizer in pair.both)
    asked_for = [f"    fused: {options['fused']}"] if "fused" in options else []
    assert sorted([*theirs, *asked_for]) == sorted(ours)


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("options", IMPLEMENTATIONS.values(), ids=IMPLEMENTATIONS)
def test_lbfgs_and_ours_may_alternate(options, device):
    """LBFGS calls its closure many times a step, and moves the parameters by itself."""
    pair = layer(device, **options)
    rivals = [torch.optim.LBFGS(o.param_groups[0]["params"], lr=0.1) for o in pair.both]
    calls = {}
    for optimizer, rival in zip(pair.both, rivals, strict=True):
        inner = closure_of(optimizer)
        losses = []

        def closure(inner=inner, losses=losses):
            losses.append(inner().item())
            return torch.tensor(losses[-1])

        for _ in range(3):
            rival.step(closure)
            optimizer.step(closure)
        calls[optimizer] = losses
    assert len(calls[pair.ours]) > 6
    torch.testing.assert_close(calls[pair.ours], calls[pair.theirs])
    assert calls[pair.ours][-1] < calls[pair.ours][0]


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("options", IMPLEMENTATIONS.values(), ids=IMPLEMENTATIONS)
def test_a_closure_that_steps_the_same_optimizer(options, device):
    """As a line search does that tries a step inside a step."""
    pair = layer(device, **options)
    for optimizer in pair.both:
        closure = closure_of(optimizer)

        def trial(optimizer=optimizer, closure=closure):
            optimizer.step(closure)
            return closure()

        for _ in range(3):
            optimizer.step(trial)
    for p, q in zip(pair.params, pair.mirrors, strict=True):
        torch.testing.assert_close(p, q)
        assert pair.ours.state[p]["step"] == pair.theirs.state[q]["step"] == 6
