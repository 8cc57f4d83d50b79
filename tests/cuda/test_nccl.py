"""On a GPU: shards of FSDP2 over NCCL, on a single rank."""

import pytest
import torch
import torch.distributed as dist
from distributed.training import Lockstep, batch, full, kernels, make_net

from adadelta_gen import Adadelta

if not dist.is_available():
    pytest.skip("torch is built without torch.distributed", allow_module_level=True)
from torch.distributed.fsdp import CPUOffloadPolicy, MixedPrecisionPolicy, fully_shard

pytestmark = [
    pytest.mark.cuda,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="torch finds no CUDA device"),
]

DEVICE, BACKEND = "cuda", "nccl"


@pytest.fixture(autouse=True)
def _one_rank():
    dist.init_process_group(BACKEND, store=dist.HashStore(), rank=0, world_size=1)
    yield
    dist.destroy_process_group()


def loss_of(net, step):
    inputs, targets = (tensor.to(DEVICE) for tensor in batch(step))
    return (net(inputs) - targets).square().mean()


def shard(**options):
    return fully_shard(make_net().to(DEVICE), **options)


@pytest.mark.parametrize(
    ("policy", "target"),
    [
        ({}, DEVICE),
        ({"mp_policy": MixedPrecisionPolicy(torch.bfloat16, torch.float32)}, DEVICE),
        ({"offload_policy": CPUOffloadPolicy()}, "cpu"),
    ],
    ids=["plain", "mixed", "offload"],
)
def test_shards_train_as_with_torch(policy, target):
    net = shard(**policy)
    lockstep = Lockstep(net.parameters())
    for step in range(4):
        net.zero_grad()
        loss_of(net, step).backward()
        lockstep.step()
    assert kernels(lockstep.ours) == {f"adadelta_{target}_float32_min_nowd"}


def test_nonfinite_shards_are_skipped():
    net = shard()
    opt = Adadelta([*net.named_parameters()], nonfinite="skip")
    loss_of(net, 0).backward()
    before = full(net.one.weight).clone(), full(net.two.weight).clone()
    net.one.weight.grad.to_local()[0, 0] = torch.inf
    opt.step()
    assert torch.equal(full(net.one.weight), before[0])
    assert not torch.equal(full(net.two.weight), before[1])
    assert opt.skipped == {"one.weight": 1}


def test_unscaling_in_the_kernel():
    net = shard()
    opt = Adadelta(net.parameters(), amp_scaling=True)
    scaler = torch.amp.GradScaler(DEVICE, init_scale=1024.0)
    for step in range(4):
        opt.zero_grad()
        scaler.scale(loss_of(net, step)).backward()
        if step == 2:
            net.one.weight.grad.to_local()[0, 0] = torch.inf
        before = full(net.two.weight).clone()
        scaler.step(opt)
        scaler.update()
        assert torch.equal(full(net.two.weight), before) is (step == 2)
    assert scaler.get_scale() == 512
    assert all(opt.state[p]["step"] == 3 for p in net.parameters())
