"""Torch updates what no kernel covers: equal bits, equal errors."""

import pytest
import torch

from adadelta_gen import Adadelta
from parity.support import Pair, kernels, random, reasons


def assert_same_bits(pair):
    pair.check()
    for p, q in zip(pair.params, pair.mirrors, strict=True):
        assert torch.equal(p, q)
        for key, value in pair.theirs.state[q].items():
            assert torch.equal(pair.ours.state[p][key], value)


@pytest.mark.parametrize("options", [{"fused": False}, {"foreach": True}], ids=str)
@pytest.mark.parametrize("decay", [0, 0.1])
def test_torch_updates_on_request(options, decay):
    tensors = [random(4, 3), random(6)[::2], random(5, dtype=torch.bfloat16)]
    pair = Pair(tensors, weight_decay=decay, **options)
    pair.step(3)
    assert_same_bits(pair)
    assert kernels(pair.ours) == [None] * 3
    (reason,) = {f"{key}={value}" for key, value in options.items()}
    assert reasons(pair.ours) == [reason] * 3


def test_foreach_false_still_uses_kernels():
    pair = Pair([random(4)], foreach=False)
    pair.step(2)
    assert None not in kernels(pair.ours)


@pytest.mark.parametrize("make", [Adadelta, torch.optim.Adadelta])
def test_gradient_of_a_step(make):
    """Return the gradients of the loss after two steps by the first grad and the params."""

    def outcome(param, grad):
        p = param.clone()
        optimizer = make(
            [torch.nn.Parameter(param.detach())], differentiable=True, weight_decay=0.1
        )
        optimizer.param_groups[0]["params"] = [p]
        optimizer.state.clear()
        p.retain_grad()
        p.grad = grad
        optimizer.step()
        p.grad = grad**2
        optimizer.step()
        return p

    arguments = [random(4, dtype=torch.float64, seed=i).requires_grad_() for i in range(2)]
    assert torch.autograd.gradcheck(outcome, arguments)


def test_differentiable_equals_torchs():
    grads = []
    for make in (Adadelta, torch.optim.Adadelta):
        start, grad = (random(4, seed=i).requires_grad_() for i in range(2))
        p = start.clone()
        optimizer = make([torch.nn.Parameter(random(4))], differentiable=True)
        optimizer.param_groups[0]["params"] = [p]
        p.grad = grad
        optimizer.step()
        grads.append(torch.autograd.grad(p.square().sum(), [start, grad]))
    assert all(torch.equal(a, b) for a, b in zip(*grads, strict=True))


def test_torch_updates_a_group_with_differentiable():
    pair = Pair([random(4)], differentiable=True)
    for p in (*pair.params, *pair.mirrors):
        p.requires_grad_(False)
    pair.step(2)
    assert_same_bits(pair)
    assert reasons(pair.ours) == ["differentiable=True"]


@pytest.mark.parametrize("foreach", [None, True])
def test_capturable_on_the_cpu_raises_torchs_error(foreach):
    pair = Pair([random(4)], capturable=True, foreach=foreach)
    pair.random_grads()
    messages = []
    for optimizer in pair.both:
        with pytest.raises(AssertionError, match="supported devices") as raised:
            optimizer.step()
        messages.append(str(raised.value))
    assert messages[0] == messages[1]
    assert reasons(pair.ours) == ["foreach=True" if foreach else "capturable=True"]


class Tagged(torch.Tensor):
    """A subclass that changes nothing."""


class TaggedParameter(torch.nn.Parameter):
    """A Parameter subclass that changes nothing."""


@pytest.mark.parametrize("kind", [Tagged, TaggedParameter])
def test_subclasses_of_tensor(kind):
    pair = Pair([random(4), random(3)])
    for optimizer in pair.both:
        special = random(5).as_subclass(kind).requires_grad_()
        optimizer.add_param_group({"params": [special, torch.nn.Parameter(random(2))]})
    pair.step(3)
    assert [row.kernel is None for row in pair.ours.explain()] == [False, False, True, False]
    assert reasons(pair.ours)[2] == f"param is a {kind.__name__}"


def test_grads_of_a_subclass():
    pair = Pair([random(4), random(3)])
    pair.step()
    pair.set_grads([random(4, seed=1).as_subclass(Tagged), random(3, seed=1)])
    pair.step_with_grads()
    assert reasons(pair.ours) == ["grad is a Tagged", ""]
    pair.step()


def test_states_of_a_subclass():
    pair = Pair([random(4), random(3)])
    pair.step()
    for optimizer in pair.both:
        state = next(iter(optimizer.state.values()))
        state["square_avg"] = state["square_avg"].as_subclass(Tagged)
    pair.step(2)
    assert reasons(pair.ours) == ["square_avg is not a plain tensor", ""]


def test_meta_device():
    for make in (Adadelta, torch.optim.Adadelta):
        p = torch.nn.Parameter(torch.empty(3, device="meta"))
        q = torch.nn.Parameter(random(3))
        optimizer = make([p, q])
        p.grad, q.grad = torch.empty_like(p), torch.ones(3)
        optimizer.step()
        assert optimizer.state[p]["square_avg"].is_meta
        assert optimizer.state[q]["step"] == 1
    assert "no kernels for device meta" in str(Adadelta([p]).explain())


@pytest.mark.filterwarnings("ignore:ComplexHalf support is experimental")
@pytest.mark.parametrize(
    "dtype",
    [torch.complex32, torch.float8_e4m3fn, torch.int32, torch.uint8, torch.bool, torch.float8_e5m2],
    ids=str,
)
def test_dtypes_without_a_kernel(dtype):
    """Results and errors equal torch's; most dtypes raise."""
    outcomes = []
    for make in (Adadelta, torch.optim.Adadelta):
        p = torch.nn.Parameter(torch.ones(3).to(dtype), requires_grad=False)
        p.grad = torch.ones(3).to(dtype)
        optimizer = make([p])
        try:
            optimizer.step()
            outcomes.append(p.tolist())
        except Exception as error:
            outcomes.append((type(error), str(error)))
    assert outcomes[0] == outcomes[1]


def test_inference_tensors():
    outcomes = []
    for make in (Adadelta, torch.optim.Adadelta):
        with torch.inference_mode():
            p = random(3)
            p.grad = random(3, seed=1)
            optimizer = make([p])
            optimizer.step()
            outcomes.append(p.clone())
        with pytest.raises(RuntimeError, match="inference tensor") as raised:
            optimizer.step()
        outcomes.append(str(raised.value))
    assert torch.equal(outcomes[0], outcomes[2])
    assert outcomes[1] == outcomes[3]


def test_inference_tensors_outside_inference_mode():
    messages = []
    for make in (Adadelta, torch.optim.Adadelta):
        with torch.inference_mode():
            p = random(3) * 2
        q = torch.nn.Parameter(random(3))
        optimizer = make([p, q])
        q.grad = torch.ones(3)
        with torch.inference_mode():
            p.grad = torch.ones(3)
        with pytest.raises(RuntimeError, match="inference tensor") as raised:
            optimizer.step()
        messages.append(str(raised.value))
    assert messages[0] == messages[1]


def test_params_that_overlap_themselves():
    messages = []
    for make in (Adadelta, torch.optim.Adadelta):
        p = torch.nn.Parameter(torch.ones(1).expand(3))
        p.grad = random(3)
        with pytest.raises(RuntimeError, match="single memory location") as raised:
            make([p]).step()
        messages.append(str(raised.value))
    assert messages[0] == messages[1]


@pytest.mark.parametrize("dtype", [torch.float64, torch.float16], ids=str)
def test_grads_of_another_dtype(dtype):
    pair = Pair([random(4), random(3)])
    pair.step()
    for params in (pair.params, pair.mirrors):
        grad = random(4, seed=5)
        params[0].grad = grad
        params[0].grad.data = grad.to(dtype)
    pair.step_with_grads()
    assert reasons(pair.ours)[0].startswith("grad is of shape (4,)")
    pair.step()


def test_grads_that_broadcast():
    pair = Pair([random(4), random(3)])
    pair.step()
    for params in (pair.params, pair.mirrors):
        params[0].grad = torch.ones(4)
        params[0].grad.data = torch.ones(1)
    pair.step_with_grads()


def test_a_parameter_may_change_between_kernel_and_torch():
    """A parameter is updated by a kernel, by torch, and by a kernel again, with one state."""
    pair = Pair([random(6), random(3)])
    for options in ({}, {"fused": False}, {}, {"foreach": True}, {}):
        pair.edit(0, **({"fused": None, "foreach": None} | options))
        pair.step()
    assert all(state["step"] == 5 for state in pair.ours.state.values())


def test_lr_too_large_for_the_dtype():
    for make in (Adadelta, torch.optim.Adadelta):
        p = torch.nn.Parameter(random(3))
        p.grad = random(3)
        with pytest.raises(RuntimeError, match=r"cannot be converted .* without overflow"):
            make([p], lr=1e39).step()


def test_sparse_grads_raise_torchs_error():
    for options in ({}, {"fused": True}, {"fused": False}, {"foreach": True}):
        pair = Pair([random(4, 2)], **options)
        for p in (*pair.params, *pair.mirrors):
            p.grad = torch.ones(4, 2).to_sparse()
        messages = []
        for optimizer in pair.both:
            with pytest.raises(RuntimeError, match="sparse") as raised:
                optimizer.step()
            messages.append(str(raised.value))
        assert messages == ["Adadelta does not support sparse gradients"] * 2
