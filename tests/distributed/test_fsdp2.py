"""FSDP2: kernels over local shards, uneven and empty ones included; as the unsharded training."""

import copy

import pytest
import torch
import torch.distributed as dist
from torch import nn

from adadelta_gen import Adadelta
from distributed.training import batch, model


def shard(net, **options):
    from torch.distributed.fsdp import fully_shard

    for layer in net:
        if [*layer.parameters()]:
            fully_shard(layer, **options)
    return fully_shard(net, **options)


def job(options):
    net = shard(model())
    opt = Adadelta(net.parameters(), **options)
    for i in range(3):
        opt.zero_grad()
        net(batch(i)).square().mean().backward()
        opt.step()
    return str(opt.explain())


def test_it(ranks):
    for text in ranks.run(job, 4, {}):
        print(text)
    assert 0
