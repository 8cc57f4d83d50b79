"""A tensor learning rate: of any shape, on any device, filled by schedulers."""

import pytest
import torch
from torch.optim.lr_scheduler import ExponentialLR, LinearLR

from adadelta_gen import Adadelta
from parity.support import DEVICES, DTYPES, Pair, random
from parity.torch_suite import inputs, layer


def with_tensor_lr(options, dimensions, device="cpu", dtype=torch.float32):
    lr = float(options.get("lr", 1.0))
    return options | {"lr": torch.full([1] * dimensions, lr, dtype=dtype, device=device)}


@pytest.mark.parametrize("dimensions", [0, 1, 2])
@pytest.mark.parametrize(("device", "options"), inputs())
def test_a_tensor_lr_equals_a_number(device, options, dimensions):
    """Equal bit by bit: float32 parameters use it in float32 in both cases."""
    number = layer(device, **(options | {"lr": float(options.get("lr", 1.0))}))
    tensor = layer(device, **with_tensor_lr(options, dimensions))
    for _ in range(3):
        for pair in (number, tensor):
            pair.step()
    for p, q in zip(number.params, tensor.params, strict=True):
        assert torch.equal(p, q)


@pytest.mark.parametrize("lr_dtype", [torch.float64, torch.float32, torch.bfloat16], ids=str)
@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("fused", [None, True])
def test_dtypes(device, fused, lr_dtype):
    tensors = [random(4, 3, dtype=dtype).to(device) for dtype in DTYPES]
    Pair(tensors, lr=torch.tensor(0.3, dtype=lr_dtype), fused=fused).step(3)


@pytest.mark.parametrize("lr_device", DEVICES)
@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("fused", [None, True, False])
def test_devices(device, lr_device, fused):
    """Without capturable, it is read on the host, whatever its device."""
    options = with_tensor_lr({"fused": fused, "lr": 0.3}, 0, lr_device)
    layer(device, **options).step(2)


@pytest.mark.parametrize(
    "make",
    [
        lambda optimizer: [ExponentialLR(optimizer, 0.9)],
        lambda optimizer: [ExponentialLR(optimizer, 0.9), LinearLR(optimizer, total_iters=4)],
    ],
    ids=["one", "two"],
)
@pytest.mark.parametrize(("device", "options"), inputs())
def test_schedulers_fill_it_in_place(device, options, make):
    pair = layer(device, **with_tensor_lr(options, 0))
    rates = [optimizer.param_groups[0]["lr"] for optimizer in pair.both]
    schedulers = [make(optimizer) for optimizer in pair.both]
    for _ in range(4):
        pair.step()
        for scheduler in (*schedulers[0], *schedulers[1]):
            scheduler.step()
        assert torch.equal(*rates)
    assert rates[0] < float(options.get("lr", 1.0))
    for optimizer, rate in zip(pair.both, rates, strict=True):
        assert optimizer.param_groups[0]["lr"] is rate


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("fused", [None, True])
def test_the_tensor_lr_is_not_written(device, fused):
    lr = torch.tensor(0.5, device=device)
    p = random(4).to(device).requires_grad_()
    q = random(4, seed=1).to(device).requires_grad_()
    optimizer = Adadelta([{"params": [p]}, {"params": [q], "lr": 0.25}], lr=lr, fused=fused)
    closure = closure_of_two(optimizer, p, q)
    for _ in range(3):
        optimizer.step(closure)
    assert lr == 0.5
    assert lr._version == 0
    assert optimizer.param_groups[0]["lr"] is optimizer.defaults["lr"] is lr


def closure_of_two(optimizer, p, q):
    def closure():
        optimizer.zero_grad()
        (p * q).sum().backward()

    return closure
