"""Tensor parallelism, two-dimensional meshes, and DTensors with differing placements."""

import pytest
import torch
import torch.distributed as dist
from parity.support import random
from torch import nn
from torch.autograd.profiler import profile
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import fully_shard
from torch.distributed.tensor import DTensor, Partial, Replicate, Shard, distribute_tensor
from torch.distributed.tensor.parallel import (
    ColwiseParallel,
    RowwiseParallel,
    SequenceParallel,
    parallelize_module,
)

from adadelta_gen import Adadelta
from distributed.training import Lockstep, full, kernels, local

KERNEL = "adadelta_cpu_float32_min_nowd"
WIDTH = 8


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.up = nn.Linear(WIDTH, 12)
        self.down = nn.Linear(12, WIDTH)

    def forward(self, x):
        return self.down(torch.tanh(self.up(self.norm(x))))


def make_block():
    torch.manual_seed(0)
    return Block()


def parallelize(block, mesh):
    plan = {
        "norm": SequenceParallel(),
        "up": ColwiseParallel(input_layouts=Shard(1)),
        "down": RowwiseParallel(output_layouts=Replicate()),
    }
    return parallelize_module(block, mesh, plan)


def backward(block, step, part=0, parts=1):
    x = random(4, 8, WIDTH, seed=step)[part::parts]
    block(x).square().mean().backward()


def train_in_lockstep(block, part=0, parts=1, **options):
    lockstep = Lockstep(block.parameters(), **options)
    aligned = []
    for step in range(4):
        block.zero_grad()
        backward(block, step, part, parts)
        aligned.append([p.grad.placements == p.placements for p in block.parameters()])
        lockstep.step()
    assert aligned[0] == aligned[-1]
    return (
        kernels(lockstep.ours),
        aligned[0],
        {name: tuple(map(str, p.placements)) for name, p in block.named_parameters()},
    )


def tensor_parallel(options):
    return train_in_lockstep(parallelize(make_block(), init_device_mesh("cpu", (2,))), **options)


@pytest.mark.parametrize("options", [{}, {"weight_decay": 0.1, "maximize": True}], ids=str)
def test_tensor_parallel(ranks, options):
    for names, aligned, placements in ranks.run(tensor_parallel, 2, options):
        assert names == {f"adadelta_cpu_float32_{'max_wd' if options else 'min_nowd'}"}
        assert placements["up.weight"] == ("S(0)",)
        assert placements["down.weight"] == ("S(1)",)
        assert not all(aligned)  # the norm's grads are partial sums


def two_dimensional(options):
    mesh = init_device_mesh("cpu", (2, 2), mesh_dim_names=("data", "tensor"))
    block = parallelize(make_block(), mesh["tensor"])
    fully_shard(block, mesh=mesh["data"])
    return train_in_lockstep(block, mesh.get_coordinate()[0], 2, **options)


def test_two_dimensional_mesh(ranks):
    for names, _, placements in ranks.run(two_dimensional, 4, {}):
        assert names == {KERNEL}
        assert placements["down.weight"] == ("S(0)", "S(1)")
        assert placements["up.weight"][0].startswith("_S(0")  # FSDP's own kind of sharding


def equal_whole(two_dimensions):
    whole, block = make_block(), make_block()
    if two_dimensions:
        mesh = init_device_mesh("cpu", (2, 2), mesh_dim_names=("data", "tensor"))
        fully_shard(parallelize(block, mesh["tensor"]), mesh=mesh["data"])
        part = {"part": mesh.get_coordinate()[0], "parts": 2}
    else:
        parallelize(block, init_device_mesh("cpu", (2,)))
        part = {}
    for net, its_part in ((whole, {}), (block, part)):
        opt = Adadelta(net.parameters())
        for step in range(10):
            opt.zero_grad()
            backward(net, step, **its_part)
            opt.step()
    for p, q in zip(whole.parameters(), block.parameters(), strict=True):
        # Partial sums are added in another order.
        torch.testing.assert_close(p.detach(), full(q), rtol=1e-5, atol=3e-6)


@pytest.mark.parametrize(("size", "two_dimensions"), [(2, False), (4, True)])
def test_results_equal_the_unsharded_training(ranks, size, two_dimensions):
    ranks.run(equal_whole, size, two_dimensions)


def count_collectives(kind):
    block = parallelize(make_block(), init_device_mesh("cpu", (2,)))
    opt = kind(block.parameters())
    for step in range(2):
        opt.zero_grad()
        backward(block, step)
        with profile() as profiler:  # a mode would have torch take the step
            opt.step()
    ran = [event.name for event in profiler.function_events]
    return sum(name.startswith("_c10d_functional::all_reduce") for name in ran)


def test_partial_grads_are_reduced_once(ranks):
    """Those of the norm's weight and bias; torch's step reduces them in every operation."""
    assert ranks.run(count_collectives, 2, Adadelta) == [2, 2]
    assert ranks.run(count_collectives, 2, torch.optim.Adadelta)[0] > 2


def explain_on_one_rank():
    block = parallelize(make_block(), init_device_mesh("cpu", (2,)))
    opt = Adadelta(block.parameters())
    backward(block, 0)
    return kernels(opt) if dist.get_rank() == 0 else None


def test_explain_does_not_communicate(ranks):
    assert ranks.run(explain_on_one_rank, 2) == [{KERNEL}, None]


def step_on_partial_sums(kind):
    mesh = init_device_mesh("cpu", (2,))
    p = nn.Parameter(DTensor.from_local(random(5, 6), mesh, [Partial()]))
    opt = kind([p])
    p.grad = DTensor.from_local(random(5, 6, seed=1), mesh, [Partial()])
    opt.step()
    return local(p), opt.explain()[0].why if kind is Adadelta else ""


def test_torch_updates_a_param_with_partial_placement(ranks):
    """Updating the summands separately would not update the sum correctly."""
    (ours, why), (theirs, _) = (
        ranks.run(step_on_partial_sums, 2, kind)[0] for kind in (Adadelta, torch.optim.Adadelta)
    )
    assert torch.equal(ours, theirs)
    assert why == "param is a DTensor with (Partial(sum),)"


def placed(mesh, shape, placements, seed=0):
    return distribute_tensor(random(*shape, seed=seed), mesh, placements)


def step_with_placements(placements, grad_placements, options):
    mesh = init_device_mesh("cpu", (2,))
    p = nn.Parameter(placed(mesh, (5, 6), [placements]))
    lockstep = Lockstep([p], **options)
    for seed in range(3):
        grad = placed(mesh, (5, 6), [Replicate()], seed=1 + seed)
        if grad_placements.is_partial():
            grad = DTensor.from_local(grad.to_local() / 2, mesh, [Partial()])
        p.grad = grad.redistribute(placements=[grad_placements])
        lockstep.step()
    return kernels(lockstep.ours)


LAYOUTS = [Replicate(), Shard(0), Shard(1)]


@pytest.mark.parametrize("grad", [*LAYOUTS, Partial()], ids=str)
@pytest.mark.parametrize("param", LAYOUTS, ids=str)
def test_all_placements_equal_torchs(ranks, param, grad):
    assert ranks.run(step_with_placements, 2, param, grad, {}) == [{KERNEL}] * 2


def dithered(placements):
    """Contiguous shards are rounded as in the whole tensor; others differ."""
    mesh = init_device_mesh("cpu", (2, 2))
    whole = random(12, 6).bfloat16()
    p = nn.Parameter(distribute_tensor(whole, mesh, placements))
    q = nn.Parameter(whole.clone())
    for param in (p, q):
        opt = Adadelta([param], dithered_rounding=True)
        for seed in range(4):
            grad = random(12, 6, seed=1 + seed).bfloat16()
            param.grad = distribute_tensor(grad, mesh, placements) if param is p else grad
            opt.step()
    torch.testing.assert_close(full(p), q.detach(), rtol=2e-2, atol=1e-3)
    return torch.equal(full(p), q), local(p)


@pytest.mark.parametrize(
    ("placements", "equal"),
    [
        ((Shard(0), Replicate()), True),
        ((Replicate(), Shard(0)), True),
        ((Shard(0), Shard(0)), True),
        ((Replicate(), Replicate()), True),
        ((Shard(0), Shard(1)), False),
        ((Shard(1), Replicate()), False),
    ],
    ids=str,
)
def test_dithered_rounding(ranks, placements, equal):
    results = ranks.run(dithered, 4, placements)
    assert all(same is equal for same, _ in results)
    shards = [shard for _, shard in results]
    if placements[1] == Replicate():
        assert torch.equal(shards[0], shards[1])
        assert torch.equal(shards[2], shards[3])


def load_plain_states():
    mesh = init_device_mesh("cpu", (2,))
    p = nn.Parameter(placed(mesh, (5, 6), [Shard(0)]))
    opt = Adadelta([p])
    p.grad = placed(mesh, (5, 6), [Shard(0)])
    opt.step()
    before = full(p).clone()
    opt.state[p]["square_avg"] = torch.zeros(5, 6)
    with pytest.raises(RuntimeError, match="set_optimizer_state_dict"):
        opt.step()
    return torch.equal(full(p), before)


def test_states_that_are_not_sharded_raise(ranks):
    assert ranks.run(load_plain_states, 2) == [True] * 2


def step_with_other_state(options):
    mesh = init_device_mesh("cpu", (2,))
    p = nn.Parameter(placed(mesh, (5, 6), [Shard(0)]))
    lockstep = Lockstep([p], **options)
    p.grad = placed(mesh, (5, 6), [Shard(0)])
    lockstep.step()
    for opt, q in ((lockstep.ours, p), *lockstep.others(p)[:1]):
        state = opt.state[q]
        state["acc_delta"] = state["acc_delta"].redistribute(placements=[Replicate()])
    for opt in lockstep.optimizers():
        q = opt.param_groups[0]["params"][0]
        q.grad = p.grad if isinstance(q.data, DTensor) else full(p.grad)
        opt.step()
    theirs = lockstep.theirs.param_groups[0]["params"][0]
    assert torch.equal(local(p), local(theirs))
    return lockstep.ours.explain()[0].kernel, lockstep.ours.explain()[0].why


def test_torch_updates_a_state_with_other_placements(ranks):
    kernel, why = ranks.run(step_with_other_state, 2, {})[0]
    assert kernel is None
    assert "param is a DTensor with (Shard(dim=0),), acc_delta with (Replicate(),)" in why


def demand_kernels():
    mesh = init_device_mesh("cpu", (2,))
    p = nn.Parameter(placed(mesh, (5, 6), [Shard(0)]))
    opt = Adadelta([p], fused=True)
    p.grad = placed(mesh, (5, 6), [Shard(0)])
    opt.step()
    state = opt.state[p]
    state["acc_delta"] = state["acc_delta"].redistribute(placements=[Replicate()])
    with pytest.raises(RuntimeError, match=r"fused=True, but .*acc_delta with"):
        opt.step()


def test_fused_requires_kernels_for_dtensors(ranks):
    ranks.run(demand_kernels, 2)


def torchs(options):
    """With foreach=True and fused=False torch updates DTensors too."""
    mesh = init_device_mesh("cpu", (2,))
    p, q = (nn.Parameter(placed(mesh, (5, 6), [Shard(0)])) for _ in range(2))
    ours, theirs = Adadelta([p], **options), torch.optim.Adadelta([q])
    for seed in range(3):
        p.grad = q.grad = placed(mesh, (5, 6), [Shard(0)], seed)
        ours.step()
        theirs.step()
    return torch.equal(local(p), local(q)), kernels(ours)


@pytest.mark.parametrize("options", [{"fused": False}, {"foreach": True}], ids=str)
def test_torch_updates_dtensors_on_request(ranks, options):
    assert ranks.run(torchs, 2, options) == [(True, {None})] * 2


def give_plain_grad(kind):
    mesh = init_device_mesh("cpu", (2,))
    p = nn.Parameter(placed(mesh, (5, 6), [Shard(0)]))
    opt = kind([p])
    for grad in (placed(mesh, (5, 6), [Shard(0)]), None, torch.zeros(5, 6)):
        p.grad = grad
        try:
            opt.step()
        except RuntimeError as error:
            return str(error)
    return ""


def test_a_plain_grad_raises_torchs_error(ranks):
    ours, theirs = (
        ranks.run(give_plain_grad, 2, kind)[0] for kind in (Adadelta, torch.optim.Adadelta)
    )
    assert "mixed torch.Tensor and DTensor" in theirs
    assert ours == theirs


def replace_tensors():
    """A replaced param, state or local tensor is detected."""
    mesh = init_device_mesh("cpu", (2,))
    params = [nn.Parameter(placed(mesh, (5, 6), [Shard(0)], seed)) for seed in range(2)]
    lockstep = Lockstep(params)

    def step(seed):
        for i, p in enumerate(params):
            p.grad = placed(mesh, (5, 6), [Shard(0)], 10 * seed + i)
        lockstep.step()

    step(1)
    for opt in lockstep.optimizers():
        q = opt.param_groups[0]["params"][0]
        opt.state[q]["square_avg"] = opt.state[q]["square_avg"].clone()
    step(2)
    params[1]._local_tensor = params[1]._local_tensor.clone()
    step(3)
    for opt in lockstep.optimizers():
        opt.load_state_dict(opt.state_dict())
    step(4)
    for opt in lockstep.optimizers():
        q = opt.param_groups[0]["params"][1]
        q.data = q.data.clone()
    step(5)


def test_replaced_tensors_are_detected(ranks):
    ranks.run(replace_tensors, 2)


def freed_local():
    mesh = init_device_mesh("cpu", (2,))
    p = nn.Parameter(placed(mesh, (5, 6), [Shard(0)]))
    opt = Adadelta([p])
    p.grad = placed(mesh, (5, 6), [Shard(0)])
    opt.step()
    p._local_tensor.untyped_storage().resize_(0)
    with pytest.raises(RuntimeError, match="freed or resized"):
        opt.step()


def test_a_freed_shard_raises(ranks):
    ranks.run(freed_local, 2)
