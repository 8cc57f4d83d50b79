"""Our step against torch's loop and ``foreach``, with the inputs of torch's own tests."""

import pytest
import torch
from torch.testing._internal.common_optimizers import TensorTracker

from adadelta_gen import Adadelta
from parity.support import CUDA, DEVICES, DTYPES, STATES, Pair, assert_near, kernels, random
from parity.torch_suite import inputs

ITERATIONS = 7  # as in torch's test: some optimizers differ only from the seventh on
WITHOUT_GRADS = 3
SHAPES = [(3, 2), (3,), (1, 3), (1,), (), (0,)]  # two layers, a scalar, nothing


class Case:
    """The part of unittest.TestCase that TensorTracker uses, with our tolerances."""

    def assertGreater(self, a, b, message):
        assert a > b, message

    def assertTrue(self, condition, message):
        assert condition, message

    def assertEqual(self, ours, theirs, name):
        assert_near(ours, theirs, name, "state" if name in STATES else "param")


def train(make, device, dtype, options, milestone):
    """Train a small network; call ``milestone`` with every tensor after every step."""
    params = [
        torch.nn.Parameter(random(*shape, dtype=dtype, seed=seed).to(device))
        for seed, shape in enumerate(SHAPES)
    ]
    w1, b1, w2, b2, scalar, nothing = params
    x = torch.linspace(0.1, 0.6, 6, dtype=torch.float64).to(device, dtype).reshape(3, 2)
    optimizer = make(params, **options)
    for iteration in range(ITERATIONS):
        optimizer.zero_grad()
        if iteration != WITHOUT_GRADS:
            y = torch.sigmoid(torch.sigmoid(x @ w1.T + b1) @ w2.T + b2)
            ((y * scalar).sum() + nothing.sum()).real.backward()
        optimizer.step()
        for p in params:
            milestone("param", p)
            for key in STATES:
                milestone(key, optimizer.state[p][key])
    return optimizer


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("foreach", [False, True], ids=["forloop", "foreach"])
@pytest.mark.parametrize(("device", "options"), inputs("fused"))
def test_fused_matches(device, options, foreach, dtype):
    tracker, case = TensorTracker(), Case()
    theirs = {key: value for key, value in options.items() if key != "fused"}
    train(
        torch.optim.Adadelta,
        device,
        dtype,
        theirs | {"foreach": foreach},
        lambda name, tensor: tracker.add(tensor),
    )
    ours = train(
        Adadelta,
        device,
        dtype,
        options,
        lambda name, tensor: tracker.pop_check_set(tensor, case, {"name": name}),
    )
    assert tracker.all_popped()
    assert None not in kernels(ours)
    assert {int(state["step"]) for state in ours.state.values()} == {ITERATIONS - 1}


@pytest.mark.parametrize(
    "devices", [("cpu",), pytest.param(("cpu", "cuda"), marks=CUDA)], ids="-".join
)
@pytest.mark.parametrize("foreach", [False, True], ids=["forloop", "foreach"])
@pytest.mark.parametrize("fused", [None, True])
@pytest.mark.parametrize("options", [{}, {"maximize": True, "weight_decay": 0.1}], ids=str)
def test_mixed_device_dtype(devices, options, fused, foreach):
    tensors = [random(2, 3, dtype=dtype).to(device) for device in devices for dtype in DTYPES]
    pair = Pair(tensors, fused=fused, **options)
    for group in pair.theirs.param_groups:
        group["foreach"] = foreach
    pair.step(ITERATIONS)


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("fused", [None, True])
@pytest.mark.parametrize("default", [torch.float64, torch.float16, torch.bfloat16], ids=str)
def test_set_default_dtype(device, default, fused):
    """``step`` is float32, or float64 if that is the default: float16 cannot count beyond 2048."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(default)
    try:
        pair = Pair([random(4, dtype=dtype).to(device) for dtype in DTYPES], fused=fused)
        pair.step(3)
    finally:
        torch.set_default_dtype(before)
    expected = torch.float64 if default is torch.float64 else torch.float32
    for state in (*pair.ours.state.values(), *pair.theirs.state.values()):
        assert state["step"].dtype is expected
    pair.step()


@pytest.mark.parametrize("default", [pytest.param("cuda", marks=CUDA)])
def test_set_default_device(default):
    """Torch then makes the step counters of parameters on the CPU on the GPU."""
    with torch.device(default):
        pair = Pair([random(4).to("cpu"), random(3).to(default)])
        pair.step(3)
    pair.step()


@pytest.mark.parametrize("default", ["meta", pytest.param("cuda", marks=CUDA)])
def test_set_default_device_with_fused(default):
    """With ``fused=True`` the step counters are on the CPU, where native code counts them."""
    devices = {"cpu", default} - {"meta"}
    pair = Pair([random(4).to(device) for device in sorted(devices)], fused=True)
    pair.random_grads()
    with torch.device(default):
        pair.ours.step()
    pair.theirs.step()
    pair.check()
    pair.step()
