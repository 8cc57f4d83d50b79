"""Parameters that share memory are updated one after the other, as in torch's loop."""

import pytest
import torch

from adadelta_gen import Adadelta
from parity.support import Pair, assert_near, random, reasons


def tied(*shapes, slices, dtype=torch.float32, decay=0.5):
    """Return params that are views of one buffer; with decay, the order matters."""
    pair = Pair([random(*shape, dtype=dtype) for shape in shapes], weight_decay=decay)
    for params in (pair.params, pair.mirrors):
        buffer = random(60, dtype=dtype)
        for p, shape, start in zip(params, shapes, slices, strict=True):
            p.data = buffer[start : start + p.numel()].view(shape)
    return pair


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.complex64], ids=str)
@pytest.mark.parametrize(
    ("shapes", "slices"),
    [
        ([(12,), (12,)], [0, 0]),
        ([(12,), (7,)], [0, 3]),
        ([(12,), (4,), (12,)], [0, 10, 11]),
        ([(30,), (5,), (5,)], [0, 2, 20]),
        ([(3, 4), (12,)], [0, 0]),
    ],
    ids=["same", "inside", "chain", "two inside", "two shapes"],
)
def test_shared_memory_is_updated_in_torchs_order(shapes, slices, dtype):
    pair = tied(*shapes, slices=slices, dtype=dtype)
    pair.step(3)
    assert set(reasons(pair.ours)) == {"shares memory with another parameter or state"}


def test_adjacent_tensors_do_not_count_as_shared():
    pair = tied((12,), (5,), (7,), slices=[0, 12, 17])
    pair.step(2)
    assert reasons(pair.ours) == [""] * 3


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
@pytest.mark.parametrize("transposed", [(0,), (1,), (0, 1)], ids=str)
def test_shared_memory_with_grads_in_another_layout(transposed, dtype):
    pair = tied((3, 4), (3, 4), slices=[0, 0], dtype=dtype)
    for seed in range(3):
        grads = [random(4, 3, dtype=dtype, seed=seed + i).t() for i in range(2)]
        pair.set_grads([g if i in transposed else g.contiguous() for i, g in enumerate(grads)])
        pair.step_with_grads()


@pytest.mark.parametrize(
    "views",
    [(slice(0, 12, 2), slice(0, 6)), (slice(0, 6), slice(0, 12, 2)), (slice(0, 12, 2),) * 2],
    ids=["gaps first", "gaps last", "both"],
)
def test_shared_memory_with_gaps(views):
    pair = Pair([random(6), random(6)], weight_decay=0.5)
    for params in (pair.params, pair.mirrors):
        buffer = random(12)
        for p, view in zip(params, views, strict=True):
            p.data = buffer[view]
    pair.step(3)


def test_interleaved_params():
    """Every other element each: their spans overlap, their elements do not."""
    pair = Pair([random(6), random(6)], weight_decay=0.5)
    for params in (pair.params, pair.mirrors):
        buffer = random(12)
        params[0].data, params[1].data = buffer[::2], buffer[1::2]
    pair.step(3)


@pytest.mark.parametrize("grad", [random(3, 4), random(4, 3).t()], ids=["same", "transposed"])
@pytest.mark.filterwarnings("ignore:optimizer contains a parameter group with duplicate")
def test_the_same_param_twice_in_a_group(grad):
    params = [torch.nn.Parameter(random(3, 4)) for _ in range(2)]
    optimizers = [
        make([p, p], weight_decay=0.5)
        for make, p in zip((Adadelta, torch.optim.Adadelta), params, strict=True)
    ]
    for _ in range(3):
        for optimizer, p in zip(optimizers, params, strict=True):
            p.grad = grad
            optimizer.step()
        assert_near(*params, "param")
    assert [o.state[p]["step"].item() for o, p in zip(optimizers, params, strict=True)] == [6, 6]


def test_shared_memory_across_groups():
    pair = Pair([{"params": [random(6)]}, {"params": [random(6)], "lr": 0.1}], weight_decay=0.5)
    for params in (pair.params, pair.mirrors):
        params[1].data = params[0].data
    pair.step(3)


def test_two_parameters_may_share_a_state():
    """One accumulator for two parameters."""
    pair = Pair([random(6), random(6, seed=1)])
    pair.step()
    for optimizer in pair.both:
        first, second = optimizer.state.values()
        second["square_avg"] = first["square_avg"]
    pair.step(2)


def test_a_param_may_be_its_own_state():
    pair = Pair([random(6).abs(), random(3)])
    pair.step()
    for optimizer in pair.both:
        p = optimizer.param_groups[0]["params"][0]
        p.data.abs_()
        optimizer.state[p]["acc_delta"] = p.data
    pair.random_grads()
    pair.each(lambda optimizer: optimizer.step())
    torch.testing.assert_close(pair.params[0], pair.mirrors[0], equal_nan=True)


@pytest.mark.parametrize("gaps", [1, 2], ids=["dense", "with gaps"])
def test_memory_becomes_shared_and_separate_again(gaps):
    pair = Pair([random(6 * gaps, seed=seed)[::gaps] for seed in range(2)], weight_decay=0.5)
    pair.step()
    for params in (pair.params, pair.mirrors):
        params[1].data = params[0].data
    pair.step(2)
    for params in (pair.params, pair.mirrors):
        params[1].data = params[1].data.clone()
    pair.step(2)


def test_shared_memory_without_a_grad():
    pair = Pair([random(6), random(6)], weight_decay=0.5)
    for params in (pair.params, pair.mirrors):
        params[1].data = params[0].data
    for skip in ((0,), (1,), (), (0, 1), ()):
        pair.random_grads(skip)
        pair.step_with_grads()
