"""FSDP2: kernels over local shards, including uneven and empty ones, equal unsharded training."""

import pytest
import torch
import torch.distributed as dist
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import (
    CPUOffloadPolicy,
    FullyShardedDataParallel,
    MixedPrecisionPolicy,
    fully_shard,
)
from torch.distributed.tensor import DTensor
from torch.nn import Parameter

from adadelta_gen import Adadelta
from adadelta_gen.step import update
from adadelta_gen.step.table import Table
from distributed.training import Lockstep, backward, full, kernels, local, make_net, mine, train

KERNEL = "adadelta_cpu_float32_min_nowd"
OPTIONS = [
    {},
    {"lr": 0.5, "rho": 0.8, "eps": 1e-4, "weight_decay": 0.1, "maximize": True},
    {"lr": torch.tensor(0.5)},
    {"fused": True},
]


def shard(net, **options):
    for layer in (net.one, net.two):
        fully_shard(layer, **options)
    return fully_shard(net, **options)


def refuse(*args, **kwargs):
    raise AssertionError("torch updates a parameter")


def train_in_lockstep(options, dtype=torch.float32, like_torch=True, **sharding):
    net = shard(make_net(dtype), **sharding)
    lockstep = Lockstep(net.parameters(), like_torch=like_torch, **options)
    update.torch_adadelta, torchs = refuse, update.torch_adadelta
    tables = []
    make = Table.__init__

    def noting(table, optimizer, *args):
        tables.append(optimizer)
        make(table, optimizer, *args)

    Table.__init__ = noting
    try:
        for step in range(5):
            net.zero_grad()
            backward(net, step, dtype=dtype, **mine())
            lockstep.step()
    finally:
        update.torch_adadelta, Table.__init__ = torchs, make
    assert tables.count(lockstep.ours) == 1
    assert all(type(p) is DTensor for p in net.parameters())
    return kernels(lockstep.ours), [tuple(p.to_local().shape) for p in net.parameters()]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("size", [2, 4])
def test_fsdp2_training_is_close_to_torchs(ranks, size, options):
    results = ranks.run(train_in_lockstep, size, options)
    decay = "max_wd" if "maximize" in options else "min_nowd"
    assert all(names == {f"adadelta_cpu_float32_{decay}"} for names, _ in results)
    if size == 4:
        shapes = [shapes for _, shapes in results]
        assert [s[-1] for s in shapes] == [(1, 6), (1, 6), (1, 6), (0, 6)]  # uneven, empty
        assert [s[0] for s in shapes] == [(1,), (0,), (0,), (0,)]


@pytest.mark.parametrize("dtype", [torch.float64, torch.bfloat16, torch.float16], ids=str)
def test_fsdp2_dtypes(ranks, dtype):
    # Torch's own rounding, of each operation to 16 bits, is its own affair: see parity.
    for names, _ in ranks.run(train_in_lockstep, 4, {"eps": 1e-4}, dtype):
        assert names == {f"adadelta_cpu_{str(dtype)[6:]}_min_nowd"}


def test_float32_states_of_shards(ranks):
    options = {"state_dtype": torch.float32}
    for names, _ in ranks.run(train_in_lockstep, 4, options, torch.bfloat16, False):
        assert names == {"adadelta_cpu_bfloat16_min_nowd_float32state"}


def test_shards_are_dithered_as_the_whole_parameter(ranks):
    options = {"dithered_rounding": True}
    for names, _ in ranks.run(train_in_lockstep, 4, options, torch.bfloat16, False):
        assert names == {"adadelta_cpu_bfloat16_min_nowd_dithered"}


def test_bfloat16_states_of_shards(ranks):
    options = {"state_dtype": torch.bfloat16}
    for names, _ in ranks.run(train_in_lockstep, 4, options, torch.float32, False):
        assert names == {"adadelta_cpu_float32_min_nowd_bfloat16state_dithered"}


def train_with_mixed_precision():
    policy = MixedPrecisionPolicy(param_dtype=torch.bfloat16, reduce_dtype=torch.float32)
    names, _ = train_in_lockstep({}, mp_policy=policy)
    return names


def test_mixed_precision(ranks):
    """The model computes in bfloat16; the optimizer's tensors are float32."""
    assert ranks.run(train_with_mixed_precision, 2) == [{KERNEL}] * 2


def train_with_offload():
    names, _ = train_in_lockstep({}, offload_policy=CPUOffloadPolicy(pin_memory=False))
    return names


def test_cpu_offload(ranks):
    assert ranks.run(train_with_offload, 2) == [{KERNEL}] * 2


def train_hybrid():
    mesh = init_device_mesh("cpu", (2, 2), mesh_dim_names=("replicate", "shard"))
    names, shapes = train_in_lockstep({}, mesh=mesh)
    return names, shapes[-1]


def test_hybrid_sharding(ranks):
    """Replicated over one dimension of the mesh, sharded over the other one."""
    assert ranks.run(train_hybrid, 4) == [({KERNEL}, s) for s in [(2, 6), (1, 6)] * 2]


def train_whole_and_sharded(kind, **options):
    nets = make_net(), shard(make_net())
    for net, parts in zip(nets, ({}, mine()), strict=True):
        train(net, kind(net.parameters(), **options), steps=10, **parts)
    for p, q in zip(nets[0].parameters(), nets[1].parameters(), strict=True):
        # Partial sums are added in another order; in ten steps that came to 3e-7.
        torch.testing.assert_close(p.detach(), full(q), rtol=1e-5, atol=3e-6)


def test_results_equal_the_unsharded_training(ranks):
    ranks.run(train_whole_and_sharded, 4, Adadelta)


def train_with_fsdp1(use_orig_params):
    cpu = torch.device("cpu")
    net = FullyShardedDataParallel(make_net(), use_orig_params=use_orig_params, device_id=cpu)
    opt = Adadelta(net.parameters())
    train(net, opt, **mine())
    names = kernels(opt)
    with FullyShardedDataParallel.summon_full_params(net):
        return [p.detach().clone() for p in net.parameters()], names


@pytest.mark.parametrize("use_orig_params", [False, True])
def test_fsdp1(ranks, use_orig_params):
    """FSDP1, whose flat parameters are plain tensors."""
    ours, names = ranks.run(train_with_fsdp1, 2, use_orig_params)[0]
    assert names == {KERNEL}
    whole = make_net()
    train(whole, Adadelta(whole.parameters()))
    flat = torch.cat([p.flatten() for p in ours])
    expected = torch.cat([p.detach().flatten() for p in whole.parameters()])
    # Flat parameters are padded at the end.
    torch.testing.assert_close(flat[: len(expected)], expected, rtol=1e-5, atol=3e-6)


def accumulate_and_freeze():
    net = shard(make_net())
    lockstep = Lockstep(net.parameters())
    for step in range(4):
        net.zero_grad()
        net.two.requires_grad_(step != 1)  # no grad in one step
        for micro in range(2):
            net.set_requires_gradient_sync(micro == 1)
            backward(net, 2 * step + micro, **mine())
        if step == 3:
            torch.nn.utils.clip_grad_norm_(net.parameters(), 0.01)
        lockstep.step()


def test_accumulation_frozen_layers_and_clipping(ranks):
    ranks.run(accumulate_and_freeze, 2)


def step_with_nonfinite(option, fused=None):
    """One element of one shard is infinite: all ranks have to skip the whole parameter."""
    net = shard(make_net())
    params = [*net.parameters()]
    opt = Adadelta([*net.named_parameters()], nonfinite=option, fused=fused)
    backward(net, 0, **mine())
    opt.step()
    before = [full(p).clone() for p in params]
    states = [full(opt.state[p]["square_avg"]).clone() for p in params]
    if dist.get_rank() == 1:
        net.one.weight.grad.to_local()[0, 0] = torch.inf
    if option == "raise":
        with pytest.raises(RuntimeError, match=r"the grad of parameter 1 \('one.weight'\)"):
            opt.step()
    else:
        opt.step()
    changed = [not torch.equal(full(p), old) for p, old in zip(params, before, strict=True)]
    for p, old, different in zip(params, states, changed, strict=True):
        assert torch.equal(full(opt.state[p]["square_avg"]), old) is not different
    steps = [opt.state[p]["step"].item() for p in params]
    return changed, steps, dict(opt.skipped)


@pytest.mark.parametrize("fused", [None, False])
def test_a_nonfinite_shard_is_skipped_by_all_ranks(ranks, fused):
    changed = [True, False, True, True, True, True]
    expected = changed, [2.0, 1.0, 2.0, 2.0, 2.0, 2.0], {"one.weight": 1}
    assert ranks.run(step_with_nonfinite, 4, "skip", fused) == [expected] * 4


def test_a_nonfinite_shard_raises_on_all_ranks(ranks):
    assert ranks.run(step_with_nonfinite, 2, "raise") == [([False] * 6, [1.0] * 6, {})] * 2


def scale(amp_scaling):
    net = shard(make_net())
    opt = Adadelta(net.parameters(), amp_scaling=amp_scaling)
    scaler = torch.amp.GradScaler("cpu", init_scale=1024.0, growth_interval=100)
    history = []
    for step in range(4):
        opt.zero_grad()
        loss = net(torch.full((4, 7), 0.1 * (step + dist.get_rank()))).square().mean()
        scaler.scale(loss).backward()
        if step == 2 and dist.get_rank() == 1:
            net.two.weight.grad.to_local()[0, 0] = torch.inf
        scaler.step(opt)
        scaler.update()
        history.append(scaler.get_scale())
    return history, [full(p) for p in net.parameters()]


def test_grad_scaler(ranks):
    results = ranks.run(scale, 2, False) + ranks.run(scale, 2, True)
    for history, params in results:
        assert history == [1024, 1024, 512, 512]
        assert all(map(torch.equal, params, results[0][1]))


def bump_versions():
    net = shard(make_net())
    opt = Adadelta(net.parameters())
    p = net.one.weight
    versions = []
    for _ in range(2):
        backward(net, 0, **mine())
        version = p._version
        opt.step()
        versions.append(p._version > version)
        opt.zero_grad()
    return versions


def test_versions_of_dtensors_are_incremented(ranks):
    assert ranks.run(bump_versions, 2) == [[True, True]] * 2


def train_in_backward():
    """One optimizer per parameter, stepped when its grad is reduced."""
    net = shard(make_net())
    optimizers = {p: Adadelta([p]) for p in net.parameters()}

    def step(p):
        optimizers[p].step()
        optimizers[p].zero_grad()

    for p in net.parameters():
        p.register_post_accumulate_grad_hook(step)
    for i in range(4):
        backward(net, i, **mine())
    other = shard(make_net())
    train(other, Adadelta(other.parameters()), **mine())
    assert all(p.grad is None for p in net.parameters())
    return all(
        torch.equal(full(p), full(q))
        for p, q in zip(net.parameters(), other.parameters(), strict=True)
    )


def test_optimizers_in_backward(ranks):
    assert ranks.run(train_in_backward, 2) == [True] * 2


def mix_with_plain_parameters():
    net = make_net()
    plain = net.norm.weight
    shard(net, ignored_params={plain})
    opt = Adadelta(net.parameters())
    train(net, opt, **mine())
    return type(plain).__name__, [row.kernel for row in opt.explain()], plain.detach()


def test_plain_parameters_in_the_same_group(ranks):
    (kind, names, plain), (_, _, other) = ranks.run(mix_with_plain_parameters, 2)
    assert (kind, names) == ("Parameter", [KERNEL] * 6)
    assert not torch.equal(plain, torch.ones(6))
    assert not torch.equal(plain, other)  # FSDP does not average the grads of ignored parameters


def explain_on_one_rank():
    net = shard(make_net())
    opt = Adadelta(net.parameters())
    backward(net, 0, **mine())
    return str(opt.explain()) if dist.get_rank() == 0 else ""


def test_explain_on_one_rank_does_not_communicate(ranks):
    text, _ = ranks.run(explain_on_one_rank, 2)
    assert "(6, 7)" in text
    assert "for a local tensor of shape (3, 7)" in text


def measure_on_one_rank():
    """Compare with an optimizer over plain copies of the shards."""
    net = shard(make_net())
    opt = Adadelta(net.named_parameters(), eps=1e-4)
    plain = Adadelta([Parameter(local(p).clone()) for p in net.parameters()], eps=1e-4)
    for step in range(3):
        net.zero_grad()
        backward(net, step, **mine())
        for p, q in zip(net.parameters(), plain.param_groups[0]["params"], strict=True):
            q.grad = local(p.grad).clone()
        opt.step()
        plain.step()
    if dist.get_rank() == 0:
        return []
    versions = [p._version for p in net.parameters()]
    found, expected = opt.diagnostics(), plain.diagnostics()
    assert versions == [p._version for p in net.parameters()]
    assert str(found.as_dict()) == str(expected.as_dict())
    for row, same in zip(found.by_param, expected.by_param, strict=True):
        assert str(row.as_dict()) == str(same.as_dict())  # NaN where a shard is empty
    return [row.elements for row in found.by_param]


def test_diagnostics_on_one_rank_do_not_communicate(ranks):
    nothing, elements = ranks.run(measure_on_one_rank, 2)
    assert nothing == []
    assert elements == [0, 21, 3, 3, 3, 6]


def clip_in_the_step(frozen):
    """Check the norm over all shards, and results equal to clipping before the step."""
    nets = [shard(make_net()) for _ in range(2)]
    if frozen:
        for net in nets:
            net.one.weight.requires_grad_(False)
    ours = Adadelta(nets[0].parameters(), max_grad_norm=0.01)
    plain = Adadelta(nets[1].parameters())
    for round in range(3):
        for net in nets:
            net.zero_grad()
            backward(net, round, **mine())
        ours.step()
        norm = torch.nn.utils.clip_grad_norm_(nets[1].parameters(), 0.01)
        plain.step()
        assert torch.equal(ours.grad_norm, norm.full_tensor())
        for p, q in zip(nets[0].parameters(), nets[1].parameters(), strict=True):
            assert torch.equal(full(p), full(q))
            if p.grad is not None:
                assert full(p.grad).norm() >= full(q.grad).norm()
    return ours.grad_norm.item()


@pytest.mark.parametrize("frozen", [False, True])
def test_the_norm_includes_all_shards(ranks, frozen):
    norms = ranks.run(clip_in_the_step, 4, frozen)
    assert norms == norms[:1] * 4
    assert norms[0] > 0.01
