"""DDP: ranks stay equal bit by bit and close to torch's optimizer; grads are views of buckets."""

import warnings
from contextlib import contextmanager
from functools import cache
from unittest import mock

import pytest
import torch
import torch.distributed as dist
from parity.support import STATES, assert_near
from torch import nn
from torch.autograd.profiler import profile
from torch.distributed.algorithms.ddp_comm_hooks import default_hooks
from torch.distributed.algorithms.join import Join
from torch.nn.parallel import DistributedDataParallel as DDP

from adadelta_gen import Adadelta
from distributed.training import backward, kernels, make_net, mine

with warnings.catch_warnings():  # it compiles its functional optimizers with TorchScript
    warnings.simplefilter("ignore", DeprecationWarning)
    from torch.distributed.optim import _apply_optimizer_in_backward

WAYS = {
    "plain": {},
    "views": {"gradient_as_bucket_view": True},
    "views in many buckets": {"gradient_as_bucket_view": True, "bucket_cap_mb": 1e-4},
    "static graph": {"gradient_as_bucket_view": True, "static_graph": True},
    "unused parameters": {"gradient_as_bucket_view": True, "find_unused_parameters": True},
}


def gathered(tensors):
    """Return the parameters of all ranks, one flat tensor each."""
    flat = torch.cat([t.detach().reshape(-1).double() for t in tensors])
    everywhere = [torch.empty_like(flat) for _ in range(dist.get_world_size())]
    dist.all_gather(everywhere, flat)
    return everywhere


def assert_ranks_are_equal(net, optimizer):
    tensors = [*net.parameters()]
    for p in net.parameters():
        if state := optimizer.state.get(p):
            tensors += [state[key] for key in (*STATES, "step")]
    first, *others = gathered(tensors)
    assert all(torch.equal(first, other) for other in others)


# A step makes the states, before the first one, and reads lr.
ALLOWED = {
    *("aten::zeros", "aten::zeros_like", "aten::zero_", "aten::fill_", "aten::empty"),
    *("aten::empty_like", "aten::empty_strided", "aten::item", "aten::_local_scalar_dense"),
}


class Both:
    """Our optimizer on a DDP model, and torch's on equal parameters with the same grads."""

    def __init__(self, net, **options):
        self.net = net
        self.ours = Adadelta(net.parameters(), **options)
        self.mirrors = [nn.Parameter(p.detach().clone()) for p in net.parameters()]
        self.theirs = torch.optim.Adadelta(self.mirrors, **options)

    def step(self):
        for p, q in zip(self.net.parameters(), self.mirrors, strict=True):
            q.grad = None if p.grad is None else p.grad.detach().clone()
        with without_operations():
            self.ours.step()
        self.theirs.step()
        for p, q in zip(self.net.parameters(), self.mirrors, strict=True):
            assert_near(p, q, "param")
            for key in STATES if q in self.theirs.state else ():
                assert_near(self.ours.state[p][key], self.theirs.state[q][key], key, "state")
        assert_ranks_are_equal(self.net, self.ours)


@cache
def take_the_first_step():
    """The first step of a process runs torch operations to probe object offsets."""
    p = nn.Parameter(torch.ones(1))
    p.grad = torch.ones(1)
    Adadelta([p]).step()


@contextmanager
def without_operations():
    """Fail if a step runs torch operations: no grad is copied, kernels update everything."""
    take_the_first_step()
    with profile() as profiler:
        yield
    ran = {event.name for event in profiler.function_events if event.name.startswith("aten::")}
    assert ran <= ALLOWED, f"{ran - ALLOWED} in a step"


def are_views(net):
    return all(
        p.grad.untyped_storage().nbytes() > p.grad.numel() * p.grad.element_size()
        for p in net.parameters()
    )


def train_ddp(ddp_options, options):
    net = DDP(make_net(), **ddp_options)
    both = Both(net, **options)
    for step in range(4):
        net.zero_grad()
        if step == 2:
            with net.no_sync():
                backward(net, 10, **mine())
        backward(net, step, **mine())
        if ddp_options.get("gradient_as_bucket_view") and "bucket_cap_mb" not in ddp_options:
            assert are_views(net)
        both.step()
    return kernels(both.ours)


@pytest.mark.parametrize("way", [w for w in WAYS if w != "static graph"])
def test_ddp_training_is_close_to_torchs(ranks, way):
    assert ranks.run(train_ddp, 2, WAYS[way], {}) == [{"adadelta_cpu_float32_min_nowd"}] * 2


def test_ddp_options(ranks):
    options = {"weight_decay": 0.1, "maximize": True, "lr": torch.tensor(0.3)}
    names = ranks.run(train_ddp, 4, WAYS["views"], options)
    assert names == [{"adadelta_cpu_float32_max_wd"}] * 4


def train_static():
    net = DDP(make_net(), **WAYS["static graph"])
    both = Both(net)
    for step in range(4):
        net.zero_grad()
        backward(net, step, **mine())
        both.step()


def test_static_graph(ranks):
    ranks.run(train_static, 2)


def train_with_unused():
    net = make_net()
    net.spare = nn.Linear(3, 3)
    net = DDP(net, **WAYS["unused parameters"])
    both = Both(net)
    for step in range(3):
        net.zero_grad()
        backward(net, step, **mine())
        both.step()
    spare = net.module.spare.weight
    return spare.grad is None, spare in both.ours.state


def test_unused_parameters_are_not_changed(ranks):
    assert ranks.run(train_with_unused, 2) == [(True, False)] * 2


def train_unevenly():
    net = DDP(make_net(), gradient_as_bucket_view=True)
    both = Both(net)
    batches = 3 + dist.get_rank()
    with Join([net]):
        for step in range(batches):
            net.zero_grad()
            backward(net, step, **mine())
            for p, q in zip(net.parameters(), both.mirrors, strict=True):
                q.grad = p.grad.clone()
            both.ours.step()
            both.theirs.step()
    for p, q in zip(net.parameters(), both.mirrors, strict=True):
        assert_near(p, q, "param") if dist.get_rank() == 1 else None
    first, second = gathered(net.parameters())
    return torch.equal(first, second)


def test_uneven_inputs(ranks):
    """The rank with fewer batches ends with the parameters that join broadcasts."""
    assert ranks.run(train_unevenly, 2) == [True] * 2


def train_channels_last():
    torch.manual_seed(0)
    net = nn.Sequential(nn.Conv2d(3, 6, 3), nn.Tanh(), nn.Conv2d(6, 2, 3))
    net = DDP(net.to(memory_format=torch.channels_last), gradient_as_bucket_view=True)
    both = Both(net)
    for step in range(3):
        net.zero_grad()
        generator = torch.Generator().manual_seed(10 * step + dist.get_rank())
        x = torch.randn(2, 3, 8, 8, generator=generator)
        net(x.to(memory_format=torch.channels_last)).square().mean().backward()
        both.step()
    return {row.why for row in both.ours.explain()}


def test_channels_last(ranks):
    assert ranks.run(train_channels_last, 2) == [{""}] * 2


def in_backward():
    # DDP asks for streams of the accelerator, and forgets that there may be none: as of torch 2.13
    # where it waits for one, as of 2.14 also where it makes one, if torch is built for CUDA.
    current = mock.patch.object(torch.accelerator, "current_stream", torch.cpu.current_stream)
    with current, mock.patch.object(torch, "Stream", mock.MagicMock):
        return train_in_backward()


def train_in_backward():
    nets = []
    for kind in (Adadelta, torch.optim.Adadelta):
        net = make_net()
        _apply_optimizer_in_backward(kind, net.parameters(), {"lr": 0.5})
        net = DDP(net, gradient_as_bucket_view=True)
        for step in range(3):
            backward(net, step, **mine())
        nets.append(net)
    for p, q, old in zip(*(n.parameters() for n in (*nets, make_net())), strict=True):
        # Their grads come of parameters that differ by an ulp.
        torch.testing.assert_close(p, q, rtol=1e-5, atol=1e-6)
        assert p.grad is None
        assert not torch.equal(p, old)
    first, *others = gathered(nets[0].parameters())
    assert all(torch.equal(first, other) for other in others)
    return [type(o) is Adadelta for p in nets[0].parameters() for o in p._in_backward_optimizers]


def test_optimizer_in_backward(ranks):
    assert ranks.run(in_backward, 2) == [[True] * 6] * 2


def train_with_compression():
    net = DDP(make_net(), gradient_as_bucket_view=True)
    net.register_comm_hook(None, default_hooks.fp16_compress_hook)
    both = Both(net)
    for step in range(3):
        net.zero_grad()
        backward(net, step, **mine())
        both.step()


def test_compressed_communication(ranks):
    ranks.run(train_with_compression, 2)
