"""``amp_scaling=True`` where GradScaler's numbers are on the device: kernels read them there."""

import pytest
import torch
from parity.support import random
from torch.utils._python_dispatch import TorchDispatchMode

from adadelta_gen import Adadelta
from adadelta_gen.options import amp

pytestmark = pytest.mark.usefixtures("simulator")


@pytest.fixture(autouse=True)
def on_device(monkeypatch):
    """Let the scale and found_inf be on the simulated device, whose memory is the CPU's."""
    monkeypatch.setattr(amp.Scaling, "is_on_device", amp.Scaling.is_given)


class Reads(TorchDispatchMode):
    """Notes which tensors the host reads, for which it would wait for the device."""

    def __init__(self):
        super().__init__()
        self.read = []

    def __torch_dispatch__(self, operation, types, args=(), kwargs=None):
        if operation is torch.ops.aten._local_scalar_dense.default:
            self.read.append(args[0])
        return operation(*args, **kwargs or {})


def optimizer_of(params, **options):
    """An optimizer whose counters of steps are on a device, as they are on a GPU."""
    optimizer = Adadelta(params, amp_scaling=True, **options)
    for group in optimizer.param_groups:
        for p in group["params"]:
            optimizer.init_state(group, p)
            optimizer.state[p]["step"] = torch.zeros((), device="meta")
    return optimizer


def params_of(*sizes, dtype=torch.float32):
    params = [torch.nn.Parameter(random(n, dtype=dtype, seed=n)) for n in sizes]
    for p in params:
        p.grad = random(*p.shape, dtype=dtype, seed=100)
    return params


def step(optimizer, scale, found_inf):
    """Step as GradScaler does; return what the host read."""
    optimizer.grad_scale, optimizer.found_inf = torch.tensor(scale), torch.tensor(found_inf)
    with Reads() as reads:
        optimizer.step()
    return reads.read


def plain(params, scales):
    """What params and grads are after a plain step with grads that were divided by these."""
    mirrors = [torch.nn.Parameter(p.detach().clone()) for p in params]
    for mirror, p, scale in zip(mirrors, params, scales, strict=True):
        inverse = torch.tensor(scale).double().reciprocal().float()
        mirror.grad = p.grad * inverse.to(p.grad.dtype)
    Adadelta(mirrors).step()
    return [t.detach().clone() for m in mirrors for t in (m, m.grad)]


def assert_same(params, expected):
    found = [t.detach() for p in params for t in (p, p.grad)]
    assert all(map(torch.equal, found, expected))


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
@pytest.mark.parametrize("scale", [8.0, 3.0, 1.0])
def test_kernels_read_the_scale(simulator, dtype, scale):
    params = params_of(70, 3, dtype=dtype)
    expected = plain(params, [scale] * 2)
    assert step(optimizer_of(params), scale, -0.0) == []
    assert_same(params, expected)
    assert len(simulator.launches) == 1


@pytest.mark.parametrize("found_inf", [1.0, 2.0, torch.nan])
def test_kernels_skip_the_step(simulator, found_inf):
    params = params_of(70, 3)
    before = [t.detach().clone() for p in params for t in (p, p.grad)]
    assert step(optimizer_of(params), 8.0, found_inf) == []
    assert_same(params, before)
    assert len(simulator.launches) == 1


def test_grads_that_overlap():
    """Each kernel would divide them while another one reads them: torch divides them before."""
    params = params_of(70, 70)
    params[1].grad = params[0].grad
    expected = plain(params, [64.0, 64.0])
    assert len(step(optimizer_of(params), 8.0, 0.0)) == 2  # scale and found_inf
    assert_same(params, expected)


def test_grads_that_overlap_in_two_groups():
    params = params_of(70, 70)
    params[1].grad = params[0].grad
    expected = plain(params, [64.0, 64.0])
    groups = [{"params": [p], "weight_decay": 0.0 * i} for i, p in enumerate(params)]
    assert len(step(optimizer_of(groups), 8.0, 0.0)) == 2
    assert_same(params, expected)


def test_beside_a_group_of_torchs():
    """The host reads the scale then; the grads that kernels read are written, too."""
    params = params_of(70, 3)
    expected = plain(params, [8.0] * 2)
    optimizer = optimizer_of([{"params": params[:1]}, {"params": params[1:], "foreach": True}])
    optimizer.state[params[1]]["step"] = torch.tensor(0.0)
    versions = [p.grad._version for p in params]
    assert len(step(optimizer, 8.0, 0.0)) == 2
    assert_same(params, expected)
    assert all(p.grad._version > v for p, v in zip(params, versions, strict=True))
