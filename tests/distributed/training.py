"""A small training run on several ranks, and its two references."""

import torch
import torch.distributed as dist
from parity.support import STATES, assert_near
from torch import nn
from torch.nn import Parameter

from adadelta_gen import Adadelta

IN, OUT, BATCH = 7, 3, 24


class Net(nn.Module):
    """First dimensions 6, 3 and 1: uneven shards on four ranks, some of them empty."""

    def __init__(self):
        super().__init__()
        self.one = nn.Linear(IN, 6)
        self.norm = nn.LayerNorm(6)
        self.two = nn.Linear(6, OUT, bias=False)
        self.scale = nn.Parameter(torch.ones(1))

    def forward(self, x):
        return self.two(self.norm(torch.tanh(self.one(x)))) * self.scale


def make_net(dtype=torch.float32):
    torch.manual_seed(0)
    return Net().to(dtype)


def batch(step, dtype=torch.float32):
    """Return the same inputs and targets on every rank."""
    numbers = torch.randn(BATCH, IN + OUT, generator=torch.Generator().manual_seed(step))
    return numbers[:, :IN].to(dtype), numbers[:, IN:].to(dtype)


def backward(net, step, part=0, parts=1, dtype=torch.float32):
    """Compute the grads of a step from a part of its batch; their mean is that of the batch."""
    inputs, targets = (tensor[part::parts] for tensor in batch(step, dtype))
    loss = (net(inputs) - targets).square().mean()
    loss.backward()
    return loss


def train(net, optimizer, steps=4, first=0, **parts):
    for step in range(first, first + steps):
        optimizer.zero_grad()
        backward(net, step, **parts)
        optimizer.step()


def mine():
    """Return this rank's part of a batch."""
    return {"part": dist.get_rank(), "parts": dist.get_world_size()}


def local(tensor):
    return getattr(tensor, "_local_tensor", tensor).detach()


def full(tensor):
    return (tensor.full_tensor() if hasattr(tensor, "full_tensor") else tensor).detach()


def kernels(optimizer):
    return {row.kernel for row in optimizer.explain()}


class Lockstep:
    """Ours over DTensors, torch's over equal DTensors, ours over whole tensors; equal grads.

    Ours over DTensors must stay as close to torch's as in one process, and equal ours over whole
    tensors bit by bit.
    """

    def __init__(self, params, like_torch=True, **options):
        params = [*params]
        self.ours = Adadelta(params, **options)
        torchs = {key: value for key, value in options.items() if key != "fused"}
        self.theirs = like_torch and torch.optim.Adadelta(
            [Parameter(p.detach().clone()) for p in params], **torchs
        )
        self.whole = Adadelta([Parameter(full(p).clone()) for p in params], **options)

    def optimizers(self):
        return [optimizer for optimizer in (self.ours, self.theirs, self.whole) if optimizer]

    def rows(self):
        return zip(*(opt.param_groups[0]["params"] for opt in self.optimizers()), strict=True)

    def step(self):
        for p, *others, whole in self.rows():
            for q in others:
                q.grad = None if p.grad is None else p.grad.detach().clone()
            whole.grad = None if p.grad is None else full(p.grad).clone()
        for optimizer in self.optimizers():
            optimizer.step()
        self.check()

    def check(self):
        for i, (p, *others, whole) in enumerate(self.rows()):
            assert torch.equal(full(p), whole), f"param {i}"
            for q in others:
                assert_near(local(p), local(q), f"param {i}")
            state, states = self.ours.state.get(p), [o.state.get(q) for o, q in self.others(p)]
            for other in states:
                assert bool(state) == bool(other)
            if not state:
                continue
            for key in STATES:
                assert type(state[key]) is type(p.data)
                if hasattr(p, "placements"):
                    assert state[key].placements == p.placements
                    assert state[key].device_mesh == p.device_mesh
                assert torch.equal(full(state[key]), states[-1][key]), f"{key} {i}"
                for other in states[:-1]:
                    assert_near(local(state[key]), local(other[key]), f"{key} {i}", "state")
            assert all(state["step"] == other["step"] for other in states)

    def others(self, param):
        ours, *others = zip(*self.rows(), strict=True)
        index = next(i for i, p in enumerate(ours) if p is param)
        optimizers = self.optimizers()[1:]
        return [(opt, column[index]) for opt, column in zip(optimizers, others, strict=True)]
