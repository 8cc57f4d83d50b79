"""S9: modes, transforms and tracers see torch's own operations."""

import pytest
import torch
from parity.support import Pair, random
from torch._subclasses.fake_tensor import FakeTensorMode
from torch.fx.experimental.proxy_tensor import make_fx
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from adadelta_gen import Adadelta

KINDS = (Adadelta, torch.optim.Adadelta)


def made(kind, n=2, steps=2, **options):
    params = [torch.nn.Parameter(random(4, seed=i)) for i in range(n)]
    optimizer = kind(params, **options)
    for i, p in enumerate(params):
        p.grad = random(4, seed=10 + i)
    for _ in range(steps):
        optimizer.step()
    return params, optimizer


def step_of(p, optimizer):
    def step(grad):
        p.grad = grad
        optimizer.step()
        return p.detach() + 0

    return step


class Listening(TorchDispatchMode):
    def __init__(self):
        super().__init__()
        self.names = []

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        self.names.append(str(function))
        return function(*args, **(kwargs or {}))


class ListeningToFunctions(TorchFunctionMode):
    def __init__(self):
        super().__init__()
        self.names = []

    def __torch_function__(self, function, types, args=(), kwargs=None):
        self.names.append(getattr(function, "__name__", ""))
        return function(*args, **(kwargs or {}))


class Forbidding(TorchDispatchMode):
    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        if function._schema.is_mutable:
            raise PermissionError(str(function))
        return function(*args, **(kwargs or {}))


def writes(names):
    return [n for n in names if "_." in n or (n.endswith("_") and not n.startswith("__"))]


@pytest.mark.parametrize("steps", [0, 1, 3])
@pytest.mark.parametrize("mode", [Listening, ListeningToFunctions])
def test_a_mode_sees_every_write(mode, steps):
    seen = []
    for kind in KINDS:
        _, optimizer = made(kind, steps=steps)
        with mode() as listening:
            optimizer.step()
        seen.append(writes(listening.names))
    assert seen[0] == seen[1]
    assert seen[0]


@pytest.mark.parametrize("steps", [0, 3])
def test_a_mode_forbids_a_write(steps):
    params, optimizer = made(Adadelta, steps=steps)
    before = [p.detach().clone() for p in params]
    with Forbidding(), pytest.raises(PermissionError):
        optimizer.step()
    assert all(map(torch.equal, params, before))
    optimizer.step()
    assert not any(map(torch.equal, params, before))


def test_a_mode_that_a_closure_enters_and_leaves():
    seen = []
    for kind in KINDS:
        _, optimizer = made(kind)
        mode = Listening()

        def closure(mode=mode):
            mode.__enter__()
            return 0.0

        optimizer.step(closure)
        mode.__exit__(None, None, None)
        seen.append(writes(mode.names))
    assert seen[0] == seen[1]


def test_modes_may_be_entered_and_left():
    pair = Pair([random(4), random(3)])
    pair.step(2)
    with Listening():
        pair.step(2)
    pair.step(2)
    with ListeningToFunctions():
        pair.step()
    pair.step(2)


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_fake_tensor_mode_writes_nothing(steps):
    ends = []
    for kind in KINDS:
        params, optimizer = made(kind, steps=steps)
        with FakeTensorMode(allow_non_fake_inputs=True):
            optimizer.step()
            optimizer.step()
        ends.append([p.detach().clone() for p in params])
    for a, b in zip(*ends, strict=True):
        torch.testing.assert_close(a, b, rtol=2e-6, atol=2e-8)


@pytest.mark.parametrize("steps", [0, 2])
def test_make_fx_records_the_step(steps):
    recorded, ends = [], []
    for kind in KINDS:
        (p, _), optimizer = made(kind, steps=steps)
        graph = make_fx(step_of(p, optimizer))(random(4, seed=30))
        names = [str(n.target) for n in graph.graph.nodes if n.op == "call_function"]
        recorded.append([name for name in names if not name.startswith("profiler")])
        ends.append(p.detach().clone())
    assert recorded[0] == recorded[1]
    assert writes(recorded[0])
    torch.testing.assert_close(*ends, rtol=2e-6, atol=2e-8)


@pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning", "ignore::DeprecationWarning")
def test_jit_trace_records_the_step():
    recorded = []
    for kind in KINDS:
        params, optimizer = made(kind)
        for p in params:
            p.requires_grad_(False)  # the tracer takes no other tensor as a constant
        step = step_of(params[0], optimizer)
        traced = torch.jit.trace(step, random(4, seed=30), check_trace=False)
        names = [node.kind() for node in traced.graph.nodes()]
        recorded.append([name for name in names if name.startswith("aten")])
    assert recorded[0] == recorded[1]
    assert writes(recorded[0])


@pytest.mark.parametrize("transform", ["vmap", "grad", "jvp", "functionalize", "functional_call"])
def test_transforms_of_torch_func(transform):
    ends = []
    for kind in KINDS:
        (p, q), optimizer = made(kind)
        error = None

        def step(x, p=p, optimizer=optimizer):
            p.grad = x * 1.0
            optimizer.step()
            return (x * 2).sum()

        x = random(4, seed=40)
        try:
            if transform == "vmap":
                torch.func.vmap(step)(torch.stack([x, x]))
            elif transform == "grad":
                torch.func.grad(step)(x)
            elif transform == "jvp":
                torch.func.jvp(step, (x,), (x,))
            elif transform == "functionalize":
                torch.func.functionalize(step)(x)
            else:
                module = torch.nn.Linear(4, 1)
                torch.func.functional_call(module, dict(module.named_parameters()), x)
                step(x)
        except Exception as raised:
            error = type(raised)
        ends.append((error, p, q))
    assert ends[0][0] is ends[1][0]
    for a, b in zip(ends[0][1:], ends[1][1:], strict=True):
        a, b = (t.detach() for t in (a, b))
        torch.testing.assert_close(a, b, rtol=2e-6, atol=2e-8)


def test_vmap_over_a_step_that_reads_no_batch():
    ends = []
    for kind in KINDS:
        (p, q), optimizer = made(kind)

        def step(x, optimizer=optimizer):
            optimizer.step()
            return x

        error = None
        try:
            torch.func.vmap(step)(torch.zeros(3, 4))
        except Exception as raised:
            error = type(raised)
        ends.append((error, p.detach().clone(), q.detach().clone()))
    assert ends[0][0] is ends[1][0]
    torch.testing.assert_close(ends[0][1:], ends[1][1:], rtol=2e-6, atol=2e-8)


def test_fused_raises_under_a_mode():
    params, optimizer = made(Adadelta, fused=True)
    before = [p.detach().clone() for p in params]
    for mode in (Listening(), ListeningToFunctions(), FakeTensorMode(allow_non_fake_inputs=True)):
        with mode, pytest.raises(RuntimeError, match="fused=True"):
            optimizer.step()
    assert all(map(torch.equal, params, before))
    optimizer.step()


def test_explain_names_the_mode():
    _, optimizer = made(Adadelta)
    with Listening():
        rows = optimizer.explain()
    assert [row.kernel for row in rows] == [None, None]
    assert "TorchDispatchMode" in rows[0].why
    assert all(row.kernel for row in optimizer.explain())


@pytest.mark.parametrize("option", ["nonfinite", "dithered_rounding", "amp_scaling"])
def test_options_under_a_mode(option):
    """Options that torch supports are applied, others raise; none is ignored."""
    params = [torch.nn.Parameter(torch.ones(4, dtype=torch.bfloat16))]
    options = {"nonfinite": "skip"} if option == "nonfinite" else {option: True}
    optimizer = Adadelta(params, **options)
    params[0].grad = torch.full((4,), float("nan") if option == "nonfinite" else 1.0).bfloat16()
    before = params[0].detach().clone()
    with Listening():
        if option == "dithered_rounding":
            with pytest.raises(RuntimeError, match="dithered_rounding"):
                optimizer.step()
        elif option == "nonfinite":
            optimizer.step()
            assert torch.equal(params[0], before)
        else:
            optimizer.grad_scale, optimizer.found_inf = torch.tensor(4.0), torch.tensor(1.0)
            optimizer.step()
            assert torch.equal(params[0], before)


def test_a_default_device_does_not_count_as_a_mode():
    pair = Pair([random(4)])
    pair.step(2)
    with torch.device("cpu"):
        assert all(row.kernel for row in pair.ours.explain())
        pair.step()
