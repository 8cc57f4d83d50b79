"""``max_grad_norm``: equal to ``clip_grad_norm_`` before a plain step, without writing the grads.

The norm is the exact one, rounded once; see also ``test_grad_norm.py``.
"""

import copy
import math

import pytest
import torch
from kernels.reference import Hyper, State, exact
from parity.support import DTYPES, kernels, random
from torch.nn import Parameter
from torch.nn.utils import clip_grad_norm_, clip_grads_with_norm_

from adadelta_gen import Adadelta
from adadelta_gen.spec import KernelSpec
from options.norms import assert_norm, rounded_norm

MAX = 0.5
TORCHS_RTOL = 2.0**-23  # of a norm that torch computes in part; measured: an ulp
FULL = [dtype for dtype in DTYPES if dtype.itemsize > 2]


def same(a, b):
    """Whether numbers are equal; all NaNs are equal."""
    return torch.equal(a.isnan(), b.isnan()) and bool(((a == b) | a.isnan()).all())


class Both:
    """An optimizer with the option, and one without it, for which torch clips the grads.

    Args:
        tensors: values of the parameters.
        groups: division of the parameters into groups, with the groups' options.
        options: options of both optimizers.
    """

    def __init__(self, tensors, groups=None, max_grad_norm=MAX, **options):
        self.max = max_grad_norm
        self.params, self.mirrors = ([Parameter(t.clone()) for t in tensors] for _ in range(2))
        groups = groups or [(range(len(tensors)), {})]
        self.ours, self.plain = (
            Adadelta(
                [{"params": [params[i] for i in indices], **own} for indices, own in groups],
                **given,
            )
            for params, given in (
                (self.params, {"max_grad_norm": max_grad_norm, **options}),
                (self.mirrors, options),
            )
        )
        self._seed = 0

    def set_grads(self, size=1.0, skip=()):
        for i, (p, q) in enumerate(zip(self.params, self.mirrors, strict=True)):
            self._seed += 1
            grad = size * random(*p.shape, dtype=p.dtype, seed=self._seed)
            p.grad, q.grad = (None, None) if i in skip else (grad, grad.clone())

    def step(self):
        grads = [p.grad if p.grad is None else p.grad.clone() for p in self.params]
        self.ours.step()
        rtol = TORCHS_RTOL if None in kernels(self.ours) else None
        assert_norm(self.ours.grad_norm, [grad for grad in grads if grad is not None], rtol)
        clip_grads_with_norm_(self.mirrors, self.max, self.ours.grad_norm)
        self.plain.step()
        for p, grad in zip(self.params, grads, strict=True):
            assert (p.grad is None) == (grad is None)
            assert grad is None or same(p.grad, grad)

    def check(self):
        for p, q in zip(self.params, self.mirrors, strict=True):
            assert same(p.detach(), q.detach())
            states = self.ours.state[p], self.plain.state[q]
            for key in states[1]:
                assert same(*(state[key] for state in states)), key


TENSORS = [random(70, seed=1), random(3, 5, seed=2), random(seed=3), random(0)]


@pytest.mark.parametrize("dtype", FULL, ids=str)
@pytest.mark.parametrize("options", [{}, {"maximize": True, "weight_decay": 0.1}], ids=str)
@pytest.mark.parametrize("size", [1e-4, 1.0, 1e4])
def test_results_equal_clip_grad_norm_before_the_step_bit_by_bit(dtype, options, size):
    both = Both([t.to(dtype) for t in TENSORS], **options)
    for _ in range(4):
        both.set_grads(size)
        both.step()
        both.check()
    assert None not in kernels(both.ours)


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_16_bit_grads_are_not_rounded_after_clipping(dtype):
    """Torch rounds the clipped grads to 16 bits, too; kernels do not."""
    spec = KernelSpec("cpu", dtype)
    p = Parameter(random(300, dtype=getattr(torch, dtype)))
    p.grad = random(300, dtype=p.dtype, seed=1)
    states = [torch.zeros_like(p) for _ in range(2)]
    state = State(p.detach().clone(), p.grad.clone(), *states)
    optimizer = Adadelta([p], max_grad_norm=MAX)
    optimizer.step()
    norm = clip_grad_norm_([Parameter(state.grad)], math.inf)
    assert torch.equal(optimizer.grad_norm, rounded_norm([state.grad]))
    clip = torch.clamp(MAX / (optimizer.grad_norm + 1e-6), max=1.0)
    expected = exact(spec, state, Hyper(clip=clip.item()))
    assert torch.equal(p, expected.param)
    assert torch.equal(optimizer.state[p]["square_avg"], expected.square_avg)
    assert norm == 0  # the parameter has no grad


@pytest.mark.parametrize(
    "second",
    [{}, {"foreach": True}, {"lr": 0.1}, {"differentiable": True}, {"fused": False}],
    ids=str,
)
def test_the_norm_includes_all_groups(second):
    both = Both([random(40, seed=i) for i in range(4)], [((0, 1), {}), ((2, 3), second)])
    for skip in ((), (0,), (2, 3)):
        both.set_grads(skip=skip)
        both.step()
        both.check()


def test_the_norm_includes_parameters_that_torch_updates():
    """A parameter of a dtype without kernels, one with gaps, one whose grad has other strides."""
    both = Both([random(6, 8)[:, ::2], random(5, 4), random(7, dtype=torch.complex128)])
    for _ in range(3):
        both.set_grads()
        for p in (both.params[1], both.mirrors[1]):
            p.grad = p.grad.t().contiguous().t()
        both.step()
        both.check()


@pytest.mark.parametrize("value", [torch.inf, torch.nan])
def test_a_nonfinite_norm_clips_as_torch_does(value):
    both = Both([random(70, seed=1), random(3, seed=2)])
    both.set_grads()
    for params in (both.params, both.mirrors):
        params[0].grad[3] = value
    both.step()
    both.check()
    assert not both.ours.grad_norm.isfinite()


@pytest.mark.parametrize("option", [{}, {"fused": False}], ids=str)
def test_skipped_parameters_are_not_in_the_norm(option):
    """Nor those without a grad."""
    both = Both([random(70, seed=1), random(3, seed=2), random(5)], nonfinite="skip", **option)
    both.set_grads(skip=(2,))
    both.params[0].grad[3] = torch.nan
    both.mirrors[0].grad = None
    both.ours.step()
    rtol = TORCHS_RTOL if option else None
    assert_norm(both.ours.grad_norm, [both.params[1].grad], rtol)
    clip_grads_with_norm_(both.mirrors, MAX, both.ours.grad_norm)
    both.plain.step()
    assert torch.equal(both.params[1], both.mirrors[1])
    assert both.ours.skipped == {"parameter 0 of group 0": 1}


def test_torch_updates_the_only_group():
    both = Both(TENSORS, foreach=True)
    for skip in ((), (1,), range(len(TENSORS))):
        both.set_grads(skip=skip)
        both.step()
        both.check()


@pytest.mark.parametrize("nonfinite", ["propagate", "skip"])
@pytest.mark.parametrize("amp_scaling", [False, True])
def test_the_grads_are_unscaled_before_clipping(amp_scaling, nonfinite):
    tensors = [random(70, seed=1), random(3, seed=2)]
    both = Both(tensors, amp_scaling=amp_scaling, nonfinite=nonfinite)
    scalers = [torch.amp.GradScaler("cpu", init_scale=8.0, growth_interval=2) for _ in range(2)]
    for step in range(5):
        both.set_grads()
        for params, scaler in zip((both.params, both.mirrors), scalers, strict=True):
            for p in params:
                p.grad *= scaler.scale(torch.ones(()))
            if step == 2:
                params[0].grad[1] = torch.inf
        scalers[0].step(both.ours)
        scalers[1].unscale_(both.plain)
        grads = [q.grad.clone() for q in both.mirrors]
        clip_grads_with_norm_(both.mirrors, MAX, rounded_norm(grads))
        scalers[1].step(both.plain)
        for scaler in scalers:
            scaler.update()
        both.check()
        if step != 2:
            assert torch.equal(both.ours.grad_norm, rounded_norm(grads))
    assert scalers[0].state_dict() == scalers[1].state_dict()


def test_infinity_computes_the_norm_only():
    p = Parameter(random(70))
    q = Parameter(p.detach().clone())
    ours, plain = Adadelta([p], max_grad_norm=math.inf), Adadelta([q])
    p.grad = q.grad = 100 * random(70, seed=1)
    ours.step()
    plain.step()
    assert torch.equal(p, q)
    assert torch.equal(ours.grad_norm, rounded_norm([p.grad]))
    assert plain.grad_norm is None


def test_the_norm_without_grads():
    p = Parameter(random(70))
    optimizer = Adadelta([p], max_grad_norm=1.0)
    optimizer.step()
    assert optimizer.grad_norm == 0
    assert not optimizer.state


@pytest.mark.parametrize("value", [0, -1.0, math.nan, "1", True, torch.ones(())], ids=repr)
def test_invalid_values_raise(value):
    with pytest.raises(ValueError, match="Invalid max_grad_norm value"):
        Adadelta([Parameter(random(3))], max_grad_norm=value)


@pytest.mark.parametrize(("option", "value"), [("max_grad_norm", MAX), ("amp_scaling", True)])
def test_a_param_group_cannot_have_an_option_of_all_parameters(option, value):
    group = {"params": [Parameter(random(3))], option: value}
    with pytest.raises(ValueError, match=f"^{option}={value} in a param group: "):
        Adadelta([group])
    optimizer = Adadelta([Parameter(random(3))])
    with pytest.raises(ValueError, match=f"^{option}={value} in a param group: "):
        optimizer.add_param_group(group)
    with pytest.raises(TypeError, match="must be a dict"):
        optimizer.add_param_group([group])
    assert len(Adadelta([group], **{option: value}).param_groups) == 1


def test_the_norm_is_the_same_for_any_number_of_threads():
    p = Parameter(random(3_000_000))
    p.grad = random(3_000_000, seed=1)
    optimizer = Adadelta([p], max_grad_norm=1.0)
    norms, before = set(), torch.get_num_threads()
    try:
        for threads in (1, 2, 3):
            torch.set_num_threads(threads)
            optimizer.step()
            norms.add(optimizer.grad_norm.item())
    finally:
        torch.set_num_threads(before)
    assert norms == {rounded_norm([p.grad]).item()}


def test_copies_and_checkpoints_keep_max_grad_norm():
    both = Both([random(70, seed=1)])
    both.set_grads()
    both.step()
    saved = both.ours.state_dict()
    assert saved["param_groups"][0]["max_grad_norm"] == MAX
    copied = copy.deepcopy(both.ours)
    assert copied.defaults["max_grad_norm"] == MAX
    plain = Adadelta([Parameter(random(70))])
    plain.load_state_dict(saved)
    assert "max_grad_norm" not in plain.param_groups[0]
    again = type(plain)([Parameter(random(70))], **both.ours.defaults)
    assert again.defaults == both.ours.defaults


def test_max_grad_norm_raises_inside_torch_compile():
    p = Parameter(random(3))
    p.grad = torch.ones(3)
    optimizer = Adadelta([p], max_grad_norm=1.0)
    with pytest.raises(RuntimeError, match="max_grad_norm"):
        torch.compile(optimizer.step, backend="eager")()
