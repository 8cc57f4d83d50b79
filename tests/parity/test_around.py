"""Training techniques around an optimizer: averages, functional models, clipping, scaling."""

import copy
from functools import partial

import pytest
import torch
from torch import nn
from torch.func import functional_call, grad, stack_module_state, vmap
from torch.nn.utils import parametrizations, parametrize
from torch.optim import swa_utils

from adadelta_gen import Adadelta
from parity.support import Pair, random

MAKES = Adadelta, torch.optim.Adadelta
STEPS = 4


def network():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(4, 6), nn.BatchNorm1d(6), nn.Tanh(), nn.Linear(6, 2)).double()


def batch(step):
    return random(8, 4, dtype=torch.float64, seed=step)


def assert_same(ours, theirs):
    """Compare independent trainings in float64, where one and two roots rarely differ by an ulp."""
    ours, theirs = dict(ours), dict(theirs)
    assert list(ours) == list(theirs)
    for name, value in theirs.items():
        # The greatest difference after these few steps was 1.2e-15.
        torch.testing.assert_close(ours[name], value, rtol=1e-13, atol=1e-14, msg=name)


def train_both(train, make_model=network, **options):
    """Train two equal models; check that they stay equal, that they change, and the kernels."""
    states = []
    for make in MAKES:
        model = make_model()
        start = copy.deepcopy(model.state_dict())
        optimizer = make(model.parameters(), **options)
        extra = train(model, optimizer)
        if make is Adadelta:
            assert all(row.kernel for row in optimizer.explain())
        assert any(not torch.equal(start[k], v) for k, v in model.state_dict().items())
        states.append({**model.state_dict(), **(extra or {})})
    assert_same(*states)


def backward(model, step, scale=1.0):
    loss = model(batch(step)).square().sum() * scale
    loss.backward()
    return loss


@pytest.mark.parametrize(
    "average",
    [
        {},
        {"multi_avg_fn": swa_utils.get_ema_multi_avg_fn(0.9)},
        {"avg_fn": swa_utils.get_ema_avg_fn(0.9), "use_buffers": True},
    ],
    ids=["swa", "ema", "ema with buffers"],
)
def test_averaged_models_train_as_with_torch(average):
    def train(model, optimizer):
        averaged = swa_utils.AveragedModel(model, **average)
        scheduler = swa_utils.SWALR(optimizer, 0.1, anneal_epochs=2)
        for step in range(STEPS):
            optimizer.zero_grad()
            backward(model, step)
            optimizer.step()
            averaged.update_parameters(model)
            scheduler.step()
        swa_utils.update_bn([batch(step) for step in range(2)], averaged)
        return {f"averaged {key}": value for key, value in averaged.state_dict().items()}

    train_both(train)


def test_a_step_does_not_change_the_averaged_model():
    """A step changes the model, not its average."""
    model = network()
    optimizer = Adadelta(model.parameters())
    averaged = swa_utils.AveragedModel(model)
    averaged.update_parameters(model)
    before = copy.deepcopy(averaged.state_dict())
    backward(model, 0)
    optimizer.step()
    assert all(torch.equal(before[key], v) for key, v in averaged.state_dict().items())


def test_grads_from_torch_func():
    def train(model, optimizer):
        model.eval()  # batch statistics are a side effect
        params = dict(model.named_parameters())
        buffers = dict(model.named_buffers())

        def loss(params, x):
            return functional_call(model, (params, buffers), (x,)).square().sum()

        for step in range(STEPS):
            values = {name: p.detach() for name, p in params.items()}
            grads = grad(loss)(values, batch(step))
            for name, p in params.items():
                p.grad = grads[name]
            optimizer.step()

    train_both(train)


def test_an_ensemble_of_stacked_params():
    outcomes = []
    for make in MAKES:
        models = [nn.Linear(4, 2).double() for _ in range(3)]
        for seed, model in enumerate(models):
            model.load_state_dict(
                {
                    "weight": random(2, 4, dtype=torch.float64, seed=seed),
                    "bias": random(2, dtype=torch.float64, seed=seed),
                }
            )
        stacked, _ = stack_module_state(models)
        optimizer = make(stacked.values())
        ensemble = vmap(partial(functional_call, models[0]), in_dims=(0, None))
        for step in range(STEPS):
            optimizer.zero_grad()
            outputs = ensemble(stacked, batch(step))
            outputs.square().sum().backward()
            optimizer.step()
        outcomes.append({name: p.detach() for name, p in stacked.items()})
    assert_same(*outcomes)


@pytest.mark.parametrize("clip", ["norm", "foreach norm", "value"])
def test_clipped_grads_train_as_with_torch(clip):
    def train(model, optimizer):
        for step in range(STEPS):
            optimizer.zero_grad()
            backward(model, step)
            if clip == "value":
                nn.utils.clip_grad_value_(model.parameters(), 0.1)
            else:
                foreach = clip == "foreach norm"
                nn.utils.clip_grad_norm_(model.parameters(), 0.5, foreach=foreach)
            optimizer.step()

    train_both(train)


class Symmetric(nn.Module):
    def forward(self, x):
        return x.triu() + x.triu(1).mT


PARAMETRIZED = {
    "weight norm": lambda layer: parametrizations.weight_norm(layer),
    "spectral norm": lambda layer: parametrizations.spectral_norm(layer),
    "orthogonal": lambda layer: parametrizations.orthogonal(layer),
    "own": lambda layer: parametrize.register_parametrization(layer, "weight", Symmetric()),
}


@pytest.mark.parametrize("kind", PARAMETRIZED)
def test_a_parametrized_model_trains_as_with_torch(kind):
    def make_model():
        torch.manual_seed(0)
        return PARAMETRIZED[kind](nn.Linear(4, 4).double())

    def train(model, optimizer):
        for step in range(STEPS):
            optimizer.zero_grad()
            backward(model, step)
            with parametrize.cached():
                optimizer.step()
        return {"weight": model.weight.detach()}

    train_both(train, make_model)


def test_params_become_views_of_one_vector():
    """``vector_to_parameters`` gives each parameter a slice of the vector as its data."""

    def train(model, optimizer):
        for step in range(STEPS):
            optimizer.zero_grad()
            backward(model, step)
            vector = nn.utils.parameters_to_vector(model.parameters()).detach()
            nn.utils.vector_to_parameters(vector * 0.9, model.parameters())
            optimizer.step()

    train_both(train)


@pytest.mark.parametrize("set_to_none", [True, False])
def test_grads_accumulate_over_micro_batches(set_to_none):
    def train(model, optimizer):
        for step in range(3 * STEPS):
            backward(model, step, scale=1 / 3)
            if step % 3 == 2:
                optimizer.step()
                optimizer.zero_grad(set_to_none=set_to_none)

    train_both(train)


def test_autocast_to_bfloat16():
    """The grads of an autocast backward are float32; ours and torch's take the same ones."""
    model = network().float()
    pair = Pair(list(model.parameters()))
    for step in range(STEPS):
        params = dict(zip(dict(model.named_parameters()), pair.params, strict=True))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            output = functional_call(model, params, (batch(step).float(),))
            assert output.dtype is torch.bfloat16
        for p in (*pair.params, *pair.mirrors):
            p.grad = None
        output.float().square().sum().backward()
        pair.set_grads([p.grad for p in pair.params])
        pair.step_with_grads()


def test_autocast_around_the_step():
    pair = Pair([random(5), random(3, 4)])
    pair.step()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        pair.step(2)


class Counting(Adadelta):
    """Our optimizer, counting the calls of step."""

    calls = 0

    def step(self, closure=None):
        type(self).calls += 1
        return super().step(closure)


@pytest.mark.parametrize("clip", [False, True])
def test_gradscaler_without_amp_scaling(clip):
    """Unscale, perhaps clip, step unless there is an inf, update the scale."""
    outcomes = []
    for make in MAKES:
        model = network().float()
        optimizer = make(model.parameters())
        scaler = torch.amp.GradScaler("cpu", init_scale=16.0, growth_interval=2)
        trace = []
        for step in range(6):
            optimizer.zero_grad()
            with torch.autocast("cpu", enabled=False):
                loss = model(batch(step).float()).square().sum()
            scaler.scale(loss).backward()
            if step in (1, 4):
                next(model.parameters()).grad[0, 0] = torch.inf
            before = [p.detach().clone() for p in model.parameters()]
            if clip:
                scaler.unscale_(optimizer)
                nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            scaler.step(optimizer)
            scaler.update()
            moved = not all(map(torch.equal, before, model.parameters()))
            trace.append((moved, scaler.get_scale()))
        states = optimizer.state.values()
        assert all(state["step"] == 4 for state in states)
        outcomes.append((trace, list(model.parameters())))
    (trace, ours), (expected, theirs) = outcomes
    assert trace == expected
    assert [moved for moved, _ in trace] == [True, False, True, True, False, True]
    for p, q in zip(ours, theirs, strict=True):
        # Independent trainings in float32. The greatest difference was 2.8e-7, of a bias before the
        # BatchNorm, whose grad is rounding alone; 3.0e-8 while both had two roots.
        torch.testing.assert_close(p, q, rtol=2e-6, atol=1e-6)


@pytest.mark.parametrize("infinite", [False, True])
def test_the_scaler_calls_step_only_without_inf(infinite):
    p = nn.Parameter(random(4))
    optimizer = Counting([p])
    scaler = torch.amp.GradScaler("cpu", init_scale=4.0)
    scaler.scale((p * (torch.inf if infinite else 1.0)).sum()).backward()
    Counting.calls = 0
    scaler.step(optimizer)
    assert Counting.calls == (not infinite)
    assert torch.equal(p, random(4)) == infinite


def test_grad_modes_around_the_step():
    """States are made outside inference mode, so that every mode may update them."""
    modes = torch.no_grad, torch.inference_mode, torch.enable_grad, torch.inference_mode

    def train(model, optimizer):
        for step in range(STEPS):
            optimizer.zero_grad()
            backward(model, step)
            with modes[step]():
                optimizer.step()

    train_both(train)
