"""Lets torch update its parameters, then raises."""

import torch

param = torch.nn.Parameter(torch.ones(3))
optimizer = torch.optim.Adadelta([param], foreach=True)


def fail():
    raise RuntimeError("out of data")


for step in range(3):
    param.grad = torch.ones(3)
    optimizer.param_groups[0]["foreach"] = step > 0
    optimizer.step()
fail()
