"""Params, grads and states of any strides give torch's result."""

import pytest
import torch

from adadelta_gen import Adadelta
from adadelta_gen.cpu.launch import CHUNK
from adadelta_gen.step.table import Table
from parity.support import Pair, assert_near, kernels, random, reasons

LAYOUTS = {
    "channels_last": lambda d: random(4, 3, 5, 2, dtype=d).to(memory_format=torch.channels_last),
    "transposed": lambda d: random(6, 7, dtype=d).t(),
    "permuted": lambda d: random(3, 4, 5, dtype=d).permute(2, 0, 1),
    "size one": lambda d: random(1, 6, 1, dtype=d).transpose(0, 2),
    "offset": lambda d: random(40, dtype=d)[3:33],
    "large transposed": lambda d: random(200, CHUNK // 100, dtype=d).t(),
}
GAPPED = {
    "every other": lambda d: random(40, dtype=d)[::2],
    "columns": lambda d: random(6, 8, dtype=d)[:, 2:5],
    "gapped and transposed": lambda d: random(6, 8, dtype=d)[::2, ::3].t(),
    "windows": lambda d: random(6, 6, 6, dtype=d)[1:5, ::2, 3:],
}
SOME_DTYPES = [torch.bfloat16, torch.float32, torch.complex64]


@pytest.mark.parametrize("dtype", SOME_DTYPES, ids=str)
@pytest.mark.parametrize("make", LAYOUTS.values(), ids=LAYOUTS)
def test_dense_params(make, dtype):
    pair = Pair([make(dtype)], weight_decay=0.1)
    pair.step(3)
    assert kernels(pair.ours) != [None]
    assert reasons(pair.ours) == [""]


@pytest.mark.parametrize("dtype", SOME_DTYPES, ids=str)
@pytest.mark.parametrize("make", GAPPED.values(), ids=GAPPED)
def test_params_with_gaps(make, dtype):
    pair = Pair([make(dtype), random(5, dtype=dtype)], weight_decay=0.1)
    gaps = [p.untyped_storage().tolist() for p in pair.mirrors]
    pair.step(3)
    assert None not in kernels(pair.ours)
    assert reasons(pair.ours) == ["param is not dense", ""]
    storages = [p.untyped_storage().tolist() for p in pair.params]
    inside = [_bytes_of(p) for p in pair.params]
    for before, after, own in zip(gaps, storages, inside, strict=True):
        assert all(a == b for i, (a, b) in enumerate(zip(after, before, strict=True)) if not own[i])


def _bytes_of(tensor):
    """Say for every byte of the storage whether it belongs to an element."""
    mask = torch.zeros(tensor.untyped_storage().nbytes() // tensor.element_size(), dtype=torch.bool)
    mask.as_strided(tensor.shape, tensor.stride(), tensor.storage_offset()).fill_(True)
    return mask.repeat_interleave(tensor.element_size()).tolist()


GRADS = {
    "transposed": lambda g: g.mT.contiguous().mT,
    "gapped": lambda g: g.repeat_interleave(2, -1)[..., ::2],
    "channels_last": lambda g: g.contiguous(memory_format=torch.channels_last),
}


@pytest.mark.parametrize("dtype", SOME_DTYPES, ids=str)
@pytest.mark.parametrize("change", GRADS.values(), ids=GRADS)
def test_grads_in_another_layout(change, dtype):
    pair = Pair([random(4, 3, 5, 2, dtype=dtype), random(5, dtype=dtype)], weight_decay=0.1)
    for seed in range(3):
        grad = change(random(4, 3, 5, 2, dtype=dtype, seed=seed))
        pair.set_grads([grad, random(5, dtype=dtype, seed=seed)])
        pair.step_with_grads()
        assert reasons(pair.ours)[0].startswith("grad has strides")
        assert None not in kernels(pair.ours)
    pair.step()
    assert reasons(pair.ours) == ["", ""]


def test_only_grads_in_another_layout_are_copied(monkeypatch):
    """A parameter with gaps needs copies, but not of a grad that is dense."""
    ran = []
    run = Table.run
    monkeypatch.setattr(Table, "run", lambda *args: ran.append(args[1].grads) or run(*args))
    params = [torch.nn.Parameter(random(6, 8)[:, 2:5]) for _ in range(2)]
    optimizer = Adadelta(params)
    for _ in range(2):
        params[0].grad, params[1].grad = random(6, 3), random(3, 6).t()
        optimizer.step()
        assert [own is p.grad for own, p in zip(ran[-1], params, strict=True)] == [True, False]


def test_grads_change_their_layout_from_step_to_step():
    pair = Pair([random(6, 6), random(6, 6)])
    for seed in range(8):
        pair.set_grads(
            [
                random(6, 6, seed=seed + i).t() if seed >> i & 1 else random(6, 6, seed=seed + i)
                for i in range(2)
            ]
        )
        pair.step_with_grads()


def test_expanded_grads():
    pair = Pair([random(4, 6), random(5), random()])
    for value in (1.0, -2.0):
        scalar = torch.tensor(value)
        pair.set_grads([torch.full((6,), value).expand(4, 6), scalar.expand(5), scalar])
        pair.step_with_grads()
    assert [bool(why) for why in reasons(pair.ours)] == [True, True, False]


def test_the_expanded_grad_of_a_sum():
    pair = Pair([random(4, 6)])
    for p in (*pair.params, *pair.mirrors):
        p.sum().backward()
    pair.step_with_grads()


@pytest.mark.parametrize("shape", [(), (1,), (1, 1), (5,), (3, 4)], ids=str)
@pytest.mark.parametrize("dtype", [torch.complex64, torch.complex128], ids=str)
def test_conjugate_grads(dtype, shape):
    """Torch's optimizer raises for a lazy conjugate, so it gets a resolved one."""
    pair = Pair([random(*shape, dtype=dtype)])
    for seed in range(4):
        grad = random(*shape, dtype=dtype, seed=seed)
        lazy = grad.conj() if seed % 2 else grad
        pair.params[0].grad, pair.mirrors[0].grad = lazy, lazy.resolve_conj()
        pair.step_with_grads()


def _negative(shape, dtype, seed):
    """Return the imaginary part of a lazy conjugate, whose negative bit is set."""
    grad = random(*shape, dtype=dtype.to_complex(), seed=seed).conj().imag
    assert grad.is_neg()
    return grad


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
@pytest.mark.parametrize("shape", [(), (1,), (1, 1), (5,), (3, 4)], ids=str)
def test_negative_grads(dtype, shape):
    pair = Pair([random(*shape, dtype=dtype), random(3, dtype=dtype)])
    for seed in range(4):
        grad = _negative(shape, dtype, seed) if seed % 2 else random(*shape, dtype=dtype, seed=seed)
        pair.set_grads([grad, random(3, dtype=dtype, seed=seed)])
        pair.step_with_grads()


@pytest.mark.parametrize("key", ["square_avg", "acc_delta"])
def test_states_in_another_layout(key):
    pair = Pair([random(6, 7), random(4)])
    pair.step()
    for optimizer in pair.both:
        state = next(iter(optimizer.state.values()))
        state[key] = state[key].t().contiguous().t()
    pair.step(2)
    assert reasons(pair.ours)[0].startswith(f"{key} has strides")
    assert None not in kernels(pair.ours)


def test_states_loaded_from_a_model_in_another_layout():
    """Torch casts a loaded state to the dtype of its parameter and keeps its layout."""
    saved = Pair([random(4, 3, 5, 2).to(memory_format=torch.channels_last)])
    saved.step(2)
    pair = Pair([random(4, 3, 5, 2)])
    pair.ours.load_state_dict(saved.ours.state_dict())
    pair.theirs.load_state_dict(saved.theirs.state_dict())
    pair.step(2)
    assert "strides" in reasons(pair.ours)[0]


def test_a_param_that_changes_its_layout():
    pair = Pair([random(4, 3, 5, 2)])
    pair.step()
    for p in (*pair.params, *pair.mirrors):
        p.data = p.data.to(memory_format=torch.channels_last)
    pair.step(2)


def _lazily(tensor):
    """Return the same values as a lazy conjugate or as a lazy negative without gaps."""
    if tensor.is_complex():
        return tensor.conj().resolve_conj().conj()
    return torch.complex(torch.zeros_like(tensor), -tensor).conj().imag


@pytest.mark.parametrize("shape", [(), (1,), (5,)], ids=str)
@pytest.mark.parametrize("dtype", [torch.float32, torch.complex64], ids=str)
def test_params_that_become_lazy(dtype, shape):
    pair = Pair([random(*shape, dtype=dtype), random(3)])
    pair.step()
    for p in (pair.params[0], pair.mirrors[0]):
        p.data = _lazily(p.data)
        assert p.is_conj() or p.is_neg()
    pair.step(2)


@pytest.mark.parametrize("shape", [(), (5,)], ids=str)
def test_params_that_are_conjugated(shape):
    """The memory stays the same; the conjugate bit changes."""
    pair = Pair([random(*shape, dtype=torch.complex64), random(3)])
    pair.step()
    for p in (pair.params[0], pair.mirrors[0]):
        p.data = p.data.conj()
    pair.step(2)


@pytest.mark.parametrize("key", ["square_avg", "acc_delta"])
@pytest.mark.parametrize("how", ["replaced", "other data"])
@pytest.mark.parametrize("shape", [(), (1,), (5,)], ids=str)
def test_states_that_become_negative(shape, how, key):
    pair = Pair([random(*shape), random(3)])
    pair.step()
    for optimizer in pair.both:
        state = next(iter(optimizer.state.values()))
        if how == "replaced":
            state[key] = _lazily(state[key])
        else:
            state[key].data = _lazily(state[key].data)
        assert state[key].is_neg()
    pair.step(2)


def test_params_that_are_lazy_from_the_start():
    results = []
    for make in (Adadelta, torch.optim.Adadelta):
        values = random(5, dtype=torch.complex64), random()
        params = [torch.nn.Parameter(_lazily(value)) for value in values]
        assert params[0].is_conj()
        assert params[1].is_neg()
        optimizer = make(params)
        for p in params:
            p.grad = torch.ones(p.shape, dtype=p.dtype)
        optimizer.step()
        optimizer.step()
        results.append(params)
    for ours, theirs in zip(*results, strict=True):
        assert_near(ours, theirs, "param")


def test_a_param_with_gaps_takes_all_kinds_of_grads():
    """A kernel over copies updates it, and torch if the grad is of another kind."""

    class Tagged(torch.Tensor):
        pass

    pair = Pair([random(12)[::2], random(3)])
    for change in (None, torch.float64, Tagged, torch.float16, None, ()):
        for params in (pair.params, pair.mirrors):
            grad = random(6, seed=1)
            params[0].grad, params[1].grad = grad, random(3)
            if change is Tagged:
                params[0].grad = grad.as_subclass(Tagged)
            elif change == ():
                params[0].grad.data = torch.ones(1)
            elif change is not None:
                params[0].grad.data = grad.to(change)
        pair.step_with_grads()
