"""``grad_norm``: the norm and the clipping factor that the native call computes."""

import gc
import math
import weakref

import pytest
import torch
from kernels.memory import from_bits, same
from parity.support import DTYPES, kernels, random
from torch.nn import Parameter
from torch.nn.utils import clip_grads_with_norm_

from adadelta_gen import Adadelta
from adadelta_gen.cpu.launch import CHUNK
from adadelta_gen.native import abi
from adadelta_gen.shards import aligned_grads
from adadelta_gen.step.table import Table
from adadelta_gen.step.update import Update
from options.norms import assert_norm, rounded_norm

MAX = 0.5


@pytest.fixture
def set_threads():
    before = torch.get_num_threads()
    yield torch.set_num_threads
    torch.set_num_threads(before)


@pytest.fixture
def at_once(monkeypatch):
    """Return a function after whose call every step must be a single native call."""

    def demand():
        def refuse(*arguments):
            raise AssertionError("the step was taken in parts")

        monkeypatch.setattr("adadelta_gen.optimizer.Update", refuse)

    return demand


def params_of(*shapes, dtype=torch.float32, scale=1.0):
    params = [Parameter(random(*shape, dtype=dtype, seed=i)) for i, shape in enumerate(shapes)]
    for i, p in enumerate(params):
        p.grad = scale * random(*p.shape, dtype=dtype, seed=100 + i)
    return params


def copies_of(params):
    copies = [Parameter(p.detach().clone()) for p in params]
    for p, q in zip(params, copies, strict=True):
        q.grad = None if p.grad is None else p.grad.clone()
    return copies


def grads_of(params):
    return [p.grad for p in params if p.grad is not None]


def steps_of(optimizer):
    return [state["step"].item() for state in optimizer.state.values()]


# The norm


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("n", [1, 2, 15, 16, 17, 33, 1000, CHUNK - 1, CHUNK + 1, 2 * CHUNK + 3])
def test_the_norm_is_exact_for_every_size(dtype, n, at_once):
    params = params_of((n,), (7,), (n, 2), dtype=dtype)
    optimizer = Adadelta(params, max_grad_norm=MAX)
    optimizer.step()
    assert_norm(optimizer.grad_norm, grads_of(params))
    if not dtype.is_complex:
        at_once()
        params[1].grad = random(7, dtype=dtype, seed=8)
        optimizer.step()
        assert_norm(optimizer.grad_norm, grads_of(params))


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.float64], ids=str)
def test_the_norm_is_at_least_as_exact_as_torchs(dtype):
    """With 3 M normal numbers. Measured error for 1e8 in float32: torch 1.1e-2, ours 2.2e-8."""
    params = params_of((1000, 1000), (2000, 1000), dtype=dtype)
    optimizer = Adadelta(params, max_grad_norm=MAX)
    optimizer.step()
    squares = [number for p in params for number in p.grad.double().square().flatten().tolist()]
    exact = math.sqrt(math.fsum(squares))
    theirs = torch.nn.utils.get_total_norm(grads_of(params))
    wrong, torchs = (abs(norm.item() - exact) / exact for norm in (optimizer.grad_norm, theirs))
    assert wrong <= torchs
    assert wrong < 2.0 ** (-52 if dtype is torch.float64 else -24)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.float64], ids=str)
def test_the_norm_does_not_depend_on_threads_or_other_tensors(dtype, set_threads):
    shapes = [(3 * CHUNK + 5,), (7,), (CHUNK,), (2, CHUNK - 1)]
    norms = set()
    for threads in (1, 2, 3):
        set_threads(threads)
        params = params_of(*shapes, dtype=dtype)
        between = params_of(*[(n,) for n in (0, 1, 300, CHUNK, 20)], dtype=dtype)
        between[1].grad = None
        for p in between[2:]:
            p.grad.zero_()
        mixed = [p for pair in zip(between, [*params, between[4]], strict=True) for p in pair]
        for given in (params, mixed[:-1]):
            optimizer = Adadelta(copies_of(given), max_grad_norm=MAX)
            optimizer.step()
            optimizer.step()
            norms.add(optimizer.grad_norm.item())
    assert len(norms) == 1
    params = params_of(*shapes, dtype=dtype)
    if dtype is not torch.float64:
        assert norms == {rounded_norm(grads_of(params)).item()}


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_the_norm_of_nonfinite_grads_is_nonfinite(dtype, value):
    for place in (0, 16, 39):
        params = params_of((3,), (40,), dtype=dtype)
        params[1].grad[place] = value
        optimizer = Adadelta(params, max_grad_norm=MAX)
        for _ in range(2):
            optimizer.step()
            assert_norm(optimizer.grad_norm, grads_of(params))


def test_large_float32_grads_do_not_overflow_the_norm():
    params = params_of((40,), scale=1e30)
    copies = copies_of(params)
    optimizer = Adadelta(params, max_grad_norm=MAX)
    optimizer.step()
    assert torch.nn.utils.get_total_norm(grads_of(params)).isinf()
    assert_norm(optimizer.grad_norm, grads_of(params))
    assert optimizer.grad_norm.isfinite()
    clip_grads_with_norm_(copies, MAX, optimizer.grad_norm)
    Adadelta(copies).step()
    assert torch.equal(params[0], copies[0])


def test_a_norm_beyond_float32_is_infinite():
    p = Parameter(torch.ones(40))
    p.grad = torch.full((40,), 1e38)
    optimizer = Adadelta([p], max_grad_norm=MAX)
    optimizer.step()
    assert optimizer.grad_norm == math.inf
    assert torch.equal(p, torch.ones(40))  # the factor is 0


def test_the_norm_without_grads_is_zero(at_once):
    params = [*params_of((0,), (3, 0)), Parameter(torch.ones(5))]
    optimizer = Adadelta(params, max_grad_norm=MAX)
    optimizer.step()
    at_once()
    for _ in range(2):
        optimizer.step()
        assert torch.equal(optimizer.grad_norm, torch.zeros(()))
        params[0].grad = None
    assert torch.equal(params[2], torch.ones(5))


def test_an_empty_float64_grad_makes_the_norm_float64():
    params = [*params_of((5,)), *params_of((0,), dtype=torch.float64)]
    optimizer = Adadelta(params, max_grad_norm=MAX)
    optimizer.step()
    theirs = torch.nn.utils.get_total_norm(grads_of(params))
    assert optimizer.grad_norm.dtype is theirs.dtype is torch.float64
    params[1].grad = None
    optimizer.step()
    assert optimizer.grad_norm.dtype is torch.float32


# The factor


@pytest.mark.parametrize("max_norm", [1e-30, 0.5, 3.0, 40.0, 1e39, math.inf])
@pytest.mark.parametrize("scale", [0.0, 1e-20, 1.0, 1e5])
@pytest.mark.parametrize(
    "dtypes",
    [
        [torch.float32],
        [torch.float64],
        [torch.float32, torch.bfloat16],
        [torch.float16, torch.float32, torch.float64],
    ],
    ids=str,
)
def test_the_factor_is_torchs_bit_by_bit(dtypes, scale, max_norm):
    """For the norm of the native call; 16-bit grads are not rounded after clipping."""
    params = [p for dtype in dtypes for p in params_of((50,), dtype=dtype)]
    for p in params:
        p.grad = (p.grad * scale).to(p.dtype)
    copies = copies_of(params)
    optimizer, plain = Adadelta(params, max_grad_norm=max_norm), Adadelta(copies)
    for _ in range(3):
        optimizer.step()
        assert_norm(optimizer.grad_norm, grads_of(params))
        for p, q in zip(params, copies, strict=True):
            q.grad = p.grad.clone()
        clip_grads_with_norm_(copies, max_norm, optimizer.grad_norm)
        plain.step()
        for p, q in zip(params, copies, strict=True):
            assert p.dtype.itemsize == 2 or same(p, q).all()
    assert None not in kernels(optimizer)


def test_a_nan_factor_gives_nan_in_16_bits():
    """Other NaN bits would be rounded up to those of -0."""
    params = [*params_of((3,)), *params_of((5,), dtype=torch.bfloat16)]
    params[0].grad[1] = from_bits(torch.tensor([0x7FFFFFFF]), torch.float32)[0]
    Adadelta(params, max_grad_norm=MAX).step()
    assert params[1].isnan().all()


def test_a_new_limit_applies_from_the_next_step():
    params = params_of((50,))
    copies = copies_of(params)
    optimizer, plain = Adadelta(params, max_grad_norm=MAX), Adadelta(copies)
    for limit in (MAX, MAX, 0.25, math.inf, 0.125, None, None, 0.25):
        optimizer.defaults["max_grad_norm"] = limit
        optimizer.step()
        copies[0].grad = params[0].grad.clone()
        if limit is not None:
            clip_grads_with_norm_(copies, limit, rounded_norm(grads_of(params)))
        plain.step()
        assert torch.equal(params[0], copies[0]), limit


# When the norm is computed


def test_the_next_step_is_one_native_call(at_once):
    params = params_of((50,), (3, 4), (0,))
    copies = copies_of(params)
    groups = [{"params": params[:1]}, {"params": params[1:], "lr": 0.5, "maximize": True}]
    optimizer = Adadelta(groups, max_grad_norm=MAX)
    plain = Adadelta([{"params": copies[:1]}, {"params": copies[1:], "lr": 0.5, "maximize": True}])
    optimizer.step()
    clip_grads_with_norm_(copies, MAX, optimizer.grad_norm)
    plain.step()
    at_once()
    for step in range(4):
        for i, p in enumerate(params):
            p.grad = None if step == 2 and i == 1 else random(*p.shape, seed=10 * step + i)
        if step == 1:
            params[0].grad.mul_(1e-3)
        optimizer.param_groups[0]["lr"] = plain.param_groups[0]["lr"] = 1.0 / (step + 1)
        optimizer.step()
        assert_norm(optimizer.grad_norm, grads_of(params))
        for p, q in zip(params, copies, strict=True):
            q.grad = None if p.grad is None else p.grad.clone()
        clip_grads_with_norm_(copies, MAX, optimizer.grad_norm)
        plain.step()
        assert all(map(torch.equal, params, copies))
    assert steps_of(optimizer) == steps_of(plain)


def test_each_step_returns_a_new_norm_tensor():
    (p,) = params_of((50,))
    optimizer = Adadelta([p], max_grad_norm=MAX)
    norms = []
    for _ in range(4):
        optimizer.step()
        norms.append(optimizer.grad_norm)
        p.grad = 2 * p.grad
    assert [norm.item() for norm in norms] == [norms[0].item() * 2**i for i in range(4)]


@pytest.mark.parametrize("when", ["first", "later"])
def test_a_step_that_is_refused_changes_nothing(when):
    params = params_of((50,), (50,))
    optimizer = Adadelta(params, max_grad_norm=MAX, fused=True)
    if when == "later":
        optimizer.step()
    norm, before = optimizer.grad_norm, [p.detach().clone() for p in params]
    steps = steps_of(optimizer)
    params[1].grad = params[1].grad.to_sparse()
    with pytest.raises(RuntimeError, match="does not support sparse gradients"):
        optimizer.step()
    assert optimizer.grad_norm is norm
    assert all(map(torch.equal, params, before))
    assert set(steps_of(optimizer)) <= {0.0, *steps}
    params[1].grad = params[1].grad.to_dense()
    optimizer.step()
    assert_norm(optimizer.grad_norm, grads_of(params))
    assert steps_of(optimizer) == [1.0 + (when == "later")] * 2


def test_hooks_and_nested_steps_of_other_optimizers():
    """A hook changes a grad and steps another optimizer, which has its own norm."""
    params, others = params_of((50,), (20,)), params_of((30,))
    optimizer = Adadelta(params, max_grad_norm=MAX)
    other = Adadelta(others, max_grad_norm=0.1)

    def hook(*arguments):
        params[0].grad = params[0].grad * 2
        others[0].grad.mul_(0.5)
        other.step()

    optimizer.register_step_pre_hook(hook)
    for _ in range(4):
        optimizer.step()
        assert_norm(optimizer.grad_norm, grads_of(params))
        assert_norm(other.grad_norm, grads_of(others))


def test_a_finalizer_steps_the_same_optimizer_within_the_step():
    params = params_of((50,), (20,))
    optimizer = Adadelta(params, max_grad_norm=MAX)
    optimizer.step()

    class Cycle:
        pass

    for _ in range(3):
        cycle = Cycle()
        cycle.itself = cycle
        weakref.finalize(cycle, optimizer.step).atexit = False
        del cycle
        threshold = gc.get_threshold()
        gc.set_threshold(1)
        try:
            params[0].grad = params[0].grad * 2
            optimizer.step()
        finally:
            gc.set_threshold(*threshold)
        gc.collect()
        assert_norm(optimizer.grad_norm, grads_of(params))


def test_the_norm_includes_copied_grads():
    """Parameters with gaps, and grads with other strides than their parameters."""
    base = random(6, 8)
    params = [Parameter(base[:, ::2]), Parameter(random(5, 4)), Parameter(random(9))]
    optimizer = Adadelta(params, max_grad_norm=MAX)
    for step in range(3):
        params[0].grad = random(6, 4, seed=step)
        params[1].grad = random(4, 5, seed=step + 10).t()
        params[2].grad = random(18, seed=step + 20)[::2]
        optimizer.step()
        assert_norm(optimizer.grad_norm, grads_of(params))
    assert None not in kernels(optimizer)


def test_copied_grads_are_unscaled_first():
    """Unscales the grads, not the copies that were made before."""
    params, beside = params_of((50,), (4, 5)), params_of((3,))
    optimizer = Adadelta(
        [{"params": params}, {"params": beside, "foreach": True}],
        max_grad_norm=MAX,
        amp_scaling=True,
    )
    scaler = torch.amp.GradScaler("cpu", init_scale=8.0)
    for _ in range(3):
        scaler.scale(torch.ones(()))
        params[1].grad = random(5, 4, seed=3).t()
        grads = [grad.clone() for grad in grads_of(params + beside)]
        for grad in grads_of(params + beside):
            grad.mul_(8.0)
        scaler.step(optimizer)
        scaler.update()
        assert_norm(optimizer.grad_norm, grads, rtol=2.0**-23)  # measured: an ulp


# Together with other options that read the grads


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16], ids=str)
def test_nonfinite_and_the_norm_read_the_grads_once(dtype, monkeypatch):
    calls = []
    ask, run = Table._ask, Table.run
    monkeypatch.setattr(
        Table, "_ask", lambda self, what, *rest: calls.append(what) or ask(self, what, *rest)
    )
    limits = []

    def noting(table, tensors, values, ticket):
        limits.append(values.max_norm)
        return run(table, tensors, values, ticket)

    monkeypatch.setattr(Table, "run", noting)
    params = params_of((50,), (20,), (9,), dtype=dtype)
    optimizer = Adadelta(params, max_grad_norm=MAX, nonfinite="skip")
    params[1].grad[3] = math.nan
    optimizer.step()
    assert_norm(optimizer.grad_norm, [params[0].grad, params[2].grad])
    assert calls.count(abi.FIND_NONFINITE) == 1
    assert set(limits) == {None}  # no run computes the norm again
    assert optimizer.skipped == {"parameter 1 of group 0": 1}


def test_grads_are_aligned_once_in_a_step(monkeypatch):
    """Alignment is a collective, and a rank may start its step again."""
    calls = []

    def noting(params):
        calls.append(params)
        return aligned_grads(params)

    monkeypatch.setattr("adadelta_gen.step.update.aligned_grads", noting)
    options = {"max_grad_norm": MAX, "nonfinite": "skip", "foreach": True}
    Adadelta(params_of((50,), (20,)), **options).step()
    assert len(calls) == 1


def test_finite_float64_grads_with_overflowing_squares_are_finite():
    (p,) = params_of((50,), dtype=torch.float64)
    p.grad = torch.full((50,), 1e200, dtype=torch.float64)
    optimizer = Adadelta([p], max_grad_norm=MAX, nonfinite="raise")
    optimizer.step()
    assert optimizer.grad_norm == math.inf
    p.grad[7] = math.inf
    with pytest.raises(RuntimeError, match="an infinity or a NaN"):
        optimizer.step()


def test_the_norm_includes_several_tables_and_parameters_that_torch_updates():
    params = params_of((50,), (20,), (9,), (4, 5))
    groups = [
        {"params": params[:1]},
        {"params": params[1:2], "foreach": True},
        {"params": params[2:]},
    ]
    optimizer = Adadelta(groups, max_grad_norm=MAX)
    for _ in range(3):
        optimizer.step()
        assert_norm(optimizer.grad_norm, grads_of(params), rtol=2.0**-23)  # measured: an ulp


def test_the_next_step_is_clipped_if_a_group_leaves_torch_within_a_step(monkeypatch):
    """The norm of the step was computed before, with the group that torch was to update."""
    decide = Update._decide

    def deciding(update, parts):
        decide(update, parts)
        optimizer.param_groups[1]["foreach"] = None

    monkeypatch.setattr(Update, "_decide", deciding)
    params = params_of((50,), (20,))
    groups = [{"params": params[:1]}, {"params": params[1:], "foreach": True}]
    optimizer = Adadelta(groups, max_grad_norm=100.0)
    optimizer.step()
    assert None not in kernels(optimizer)
    for p in params:
        p.grad = 1000 * p.grad
    optimizer.step()
    assert_norm(optimizer.grad_norm, grads_of(params))
