"""Optimizers that were not simply made: unpickled, of a subclass, with a compiled step."""

import sys

import torch

loaded = torch.load(sys.argv[1], weights_only=False)
assert isinstance(loaded, torch.optim.Adadelta)
loaded.param_groups[0]["params"][0].grad = torch.ones(3)
loaded.step()


class Own(torch.optim.Adadelta):
    def step(self, closure=None):
        return super().step(closure)


def closure():
    own.zero_grad()
    loss = (weight * weight).sum()
    loss.backward()
    return loss


weight = torch.nn.Parameter(torch.ones(4))
own = Own([weight])
assert own.step(closure) > own.step(closure)

bias = torch.nn.Parameter(torch.ones(5))
compiled = torch.optim.Adadelta([bias])
bias.grad = torch.ones(5)
step = torch.compile(compiled.step, backend="eager")
for _ in range(2):
    step()
assert (bias < 1).all()
