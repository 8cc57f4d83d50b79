"""``amp_scaling=True`` on the CPU: the kernel divides the grads by GradScaler's scale.

The reference is a step without it, before which GradScaler unscales the grads. Results are equal
bit by bit: both round the reciprocal of the scale to float32.
"""

import copy
import pickle

import pytest
import torch
from parity.support import STATES, random, twin

from adadelta_gen import Adadelta
from adadelta_gen.step.update import Update

GROWTH = 3  # steps after which the scale grows, in the tests


class Run:
    """A model's parameters, their optimizer and their scaler."""

    def __init__(self, tensors, amp_scaling, scale=8.0, **options):
        self.params = [torch.nn.Parameter(twin(t)) for t in tensors]
        self.optimizer = Adadelta(self.params, amp_scaling=amp_scaling, **options)
        self.scaler = torch.amp.GradScaler("cpu", init_scale=scale, growth_interval=GROWTH)

    def grads(self, seed, bad=None):
        scale = self.scaler.scale(torch.ones(()))
        for i, p in enumerate(self.params):
            grad = random(*p.shape, dtype=p.dtype, seed=1000 * seed + i) * scale.to(p.dtype)
            if i == bad:
                grad.view(-1)[-1] = torch.inf
            p.grad = torch.empty_like(p).copy_(grad)

    def step(self, seed, bad=None, max_norm=None):
        self.grads(seed, bad)
        if max_norm is not None:
            self.scaler.unscale_(self.optimizer)
            torch.nn.utils.clip_grad_norm_(self.params, max_norm)
        self.scaler.step(self.optimizer)
        self.scaler.update()

    def everything(self):
        states = [v for state in self.optimizer.state.values() for v in state.values()]
        return [*self.params, *(p.grad for p in self.params), *states]


TENSORS = [random(12, 11), random(7), random(), random(0), random(30_000), random(3, 4)]


def runs(tensors=TENSORS, **options):
    return [Run(tensors, amp_scaling, **options) for amp_scaling in (True, False)]


def assert_same(inside, plain):
    for ours, theirs in zip(inside.everything(), plain.everything(), strict=True):
        assert torch.equal(ours, theirs)
    assert inside.scaler.state_dict() == plain.scaler.state_dict()


@pytest.mark.parametrize("scale", [8.0, 2.0**16, 3.0, 0.7])
@pytest.mark.parametrize("options", [{}, {"maximize": True, "weight_decay": 0.1}], ids=str)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
def test_results_equal_unscaling_before_the_step_bit_by_bit(dtype, options, scale):
    inside, plain = runs([t.to(dtype) for t in TENSORS], scale=scale, **options)
    for seed in range(5):
        for run in (inside, plain):
            run.step(seed)
        assert_same(inside, plain)


@pytest.mark.parametrize("bad", [0, 2, 4])
def test_an_infinity_skips_the_step(bad):
    inside, plain = runs()
    for seed, spoil in enumerate([None, bad, None, bad, bad, None]):
        for run in (inside, plain):
            run.step(seed, spoil)
        for ours, theirs in zip(inside.params, plain.params, strict=True):
            assert torch.equal(ours, theirs)
        for p, q in zip(inside.params, plain.params, strict=True):
            ours, theirs = inside.optimizer.state[p], plain.optimizer.state[q]
            assert all(torch.equal(ours[key], theirs[key]) for key in (*STATES, "step"))
        assert inside.scaler.get_scale() == plain.scaler.get_scale()


def test_an_infinity_in_the_first_step_creates_no_state():
    inside, _ = runs()
    inside.step(0, bad=0)
    assert not inside.optimizer.state


def test_grads_unscaled_and_clipped_before_are_not_unscaled_again():
    inside, plain = runs()
    for seed, bad in enumerate([None, None, 1, None]):
        for run in (inside, plain):
            run.step(seed, bad, max_norm=0.5)
        for ours, theirs in zip(inside.params, plain.params, strict=True):
            assert torch.equal(ours, theirs)


def test_unscaled_grads_are_written_and_their_versions_incremented():
    inside, _ = runs()
    inside.grads(0)
    before = [p.grad.clone() for p in inside.params]
    versions = [p.grad._version for p in inside.params]
    inside.scaler.step(inside.optimizer)
    for p, grad, version in zip(inside.params, before, versions, strict=True):
        assert torch.equal(p.grad, grad / 8)
        assert p.grad._version > version


def test_gradscaler_passes_nothing_by_default():
    _, plain = runs()
    assert not plain.optimizer._step_supports_amp_scaling
    plain.optimizer.found_inf = torch.ones(())
    plain.optimizer.grad_scale = torch.tensor(1e6)
    start = plain.params[0].detach().clone()
    plain.params[0].grad = torch.ones_like(start)
    plain.optimizer.step()
    assert not torch.equal(plain.params[0], start)
    assert torch.equal(plain.params[0].grad, torch.ones_like(start))


@pytest.mark.parametrize("state", ["found_inf", "grad_scale"])
def test_scale_and_found_inf_are_deleted_after_the_step(state):
    """If a step raises, GradScaler does not delete them."""
    inside, plain = runs()
    inside.step(0)
    plain.step(0)
    p = inside.params[0]
    good = inside.optimizer.state[p]["square_avg"]
    inside.optimizer.state[p]["square_avg"] = torch.zeros(2)
    inside.grads(1, bad=1 if state == "found_inf" else None)
    with (
        pytest.raises(RuntimeError, match="does not match") if state == "grad_scale" else nothing()
    ):
        inside.scaler.step(inside.optimizer)
    inside.optimizer.state[p]["square_avg"] = good
    assert not hasattr(inside.optimizer, "found_inf")
    assert not hasattr(inside.optimizer, "grad_scale")
    for run in (inside, plain):
        for i, q in enumerate(run.params):
            q.grad = random(*q.shape, seed=i)
        run.optimizer.step()
    assert_same_params(inside, plain)


class nothing:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


def assert_same_params(inside, plain):
    assert all(map(torch.equal, inside.params, plain.params))


def test_grad_scale_and_found_inf_set_by_hand():
    inside, plain = runs()
    for run in (inside, plain):
        run.grads(0)
    inside.optimizer.grad_scale = torch.tensor(4.0)
    for p in plain.params:
        p.grad /= 4
    for run in (inside, plain):
        run.optimizer.step()
    assert_same_params(inside, plain)
    inside.optimizer.grad_scale = torch.tensor(2.0)  # multiplies GradScaler's
    inside.step(1)
    plain.grads(1)
    for p in plain.params:
        p.grad /= 16
    plain.optimizer.step()
    assert_same_params(inside, plain)


@pytest.mark.parametrize("option", [{"foreach": True}, {"fused": False}], ids=str)
def test_parameters_that_torch_updates_are_unscaled(option):
    inside, plain = runs(**option)
    for seed, bad in enumerate([None, 1, None, None]):
        for run in (inside, plain):
            run.step(seed, bad)
    assert_same(inside, plain)


def test_copied_grads_and_shared_memory_are_unscaled():
    shared = random(10)
    tensors = [random(6, 7)[:, ::2], random(5), random(3, 4)]
    both = runs(tensors)
    for run in both:
        base = shared.clone()
        run.params += [torch.nn.Parameter(base[:6]), torch.nn.Parameter(base[4:])]
        run.optimizer.add_param_group({"params": run.params[-2:]})
    for seed in range(4):
        for run in both:
            run.grads(seed)
            grad = run.params[2].grad
            run.params[2].grad = grad.t().contiguous().t()
            run.scaler.step(run.optimizer)
            run.scaler.update()
    assert_same(*both)


def test_grads_that_share_memory_are_unscaled_as_often_as_by_gradscaler():
    both = runs([random(9), random(9), random(4)])
    for seed in range(3):
        for run in both:
            run.grads(seed)
            run.params[1].grad = run.params[0].grad
            run.scaler.step(run.optimizer)
            run.scaler.update()
    assert_same(*both)


@pytest.mark.parametrize("shared", [0, 1])
def test_grads_side_by_side_in_one_buffer_are_unscaled_by_kernels(monkeypatch, shared):
    by_torch = []
    unscale = Update._unscale

    def noting(*arguments):
        by_torch.append(arguments)
        unscale(*arguments)

    monkeypatch.setattr(Update, "_unscale", noting)
    run = Run([random(4), random(4)], amp_scaling=True)
    buffer = 8 * torch.ones(8)
    run.scaler.scale(torch.ones(()))
    run.params[1].grad, run.params[0].grad = buffer[:4], buffer[4 - shared : 8 - shared]
    run.scaler.step(run.optimizer)
    assert bool(by_torch) == bool(shared)
    assert buffer[0] == 1


def test_small_float16_grads_do_not_underflow():
    """A grad of 1e-8 is 0 in float16; scaled by 2**16 it is not."""
    scale = 2.0**16
    p = torch.nn.Parameter(torch.zeros(4, dtype=torch.float16))
    q = torch.nn.Parameter(torch.zeros(4))
    ours = Adadelta([p], eps=1e-12, amp_scaling=True, state_dtype=torch.float32)
    truth = Adadelta([q], eps=1e-12)
    p.grad = torch.full_like(p, 1e-8 * scale)
    q.grad = p.grad.float() / scale
    ours.grad_scale = torch.tensor(scale)
    for optimizer in (ours, truth):
        optimizer.step()
    assert ours.state[p]["square_avg"].all()
    assert torch.equal(ours.state[p]["square_avg"], truth.state[q]["square_avg"])


@pytest.mark.parametrize("option", ["skip", "raise"])
def test_amp_scaling_together_with_nonfinite(option):
    inside, plain = runs(nonfinite=option)
    for seed, bad in enumerate([None, 1, None]):
        for run in (inside, plain):
            run.step(seed, bad)
    assert_same_params(inside, plain)
    assert not inside.optimizer.skipped  # the scaler has skipped the whole step


def test_a_sparse_grad_raises_torchs_error():
    p = torch.nn.Parameter(random(4, 3))
    optimizer = Adadelta([p], amp_scaling=True)
    optimizer.found_inf = torch.zeros(())
    p.grad = torch.ones(4, 3).to_sparse()
    with pytest.raises(RuntimeError, match="Adadelta does not support sparse gradients"):
        optimizer.step()


def test_copies_keep_amp_scaling():
    for duplicate in (copy.deepcopy, lambda o: pickle.loads(pickle.dumps(o))):
        for amp_scaling in (True, False):
            optimizer = Adadelta([torch.nn.Parameter(random(3))], amp_scaling=amp_scaling)
            assert duplicate(optimizer)._step_supports_amp_scaling is amp_scaling
    assert "_step_supports_amp_scaling" not in optimizer.state_dict()["param_groups"][0]


def test_a_scale_of_zero_makes_the_grads_infinite():
    """As in GradScaler, which multiplies by the reciprocal; without a warning of NumPy."""
    optimizer = Adadelta([torch.nn.Parameter(torch.ones(3))], amp_scaling=True)
    (p,) = optimizer.param_groups[0]["params"]
    p.grad = torch.tensor([1.0, -1.0, 0.0])
    optimizer.grad_scale = torch.tensor(0.0)
    optimizer.step()
    assert p.grad[:2].tolist() == [torch.inf, -torch.inf]
    assert p.grad[2].isnan()


@pytest.mark.parametrize("name", ["grad_scale", "found_inf"])
def test_the_class_has_what_gradscaler_sets_on_instances(name):
    """Tools that list the members of a class read each of them."""
    assert getattr(Adadelta, name) is vars(Adadelta)[name]
    assert not hasattr(Adadelta([torch.nn.Parameter(torch.ones(3))]), name)


def test_kernels_unscale_beside_params_without_a_grad(monkeypatch):
    params = [torch.nn.Parameter(random(n)) for n in (3, 5, 4)]
    optimizer = Adadelta(params, amp_scaling=True)
    for p in params:
        p.grad = torch.ones_like(p)
    optimizer.step()
    params[1].grad = params[2].grad = None
    monkeypatch.setattr(torch, "_foreach_mul_", None)  # torch's second pass over the grads
    optimizer.grad_scale = torch.tensor(4.0)
    optimizer.step()
    assert params[0].grad.eq(0.25).all()


def test_a_scaled_step_after_one_without_a_scale():
    p = torch.nn.Parameter(torch.ones(3))
    optimizer = Adadelta([p], amp_scaling=True)
    p.grad = torch.ones(3)
    optimizer.step()
    optimizer.grad_scale = torch.tensor(4.0)
    optimizer.step()
    assert p.grad.eq(0.25).all()
