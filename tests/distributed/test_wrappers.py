"""torch.distributed's optimizers around ours: ZeroRedundancyOptimizer, PostLocalSGDOptimizer."""

import copy
import warnings

import pytest
import torch
import torch.distributed as dist
from parity.support import STATES
from torch.distributed.algorithms.join import Join
from torch.distributed.algorithms.model_averaging.averagers import PeriodicModelAverager
from torch.nn.parallel import DistributedDataParallel as DDP

from adadelta_gen import Adadelta
from distributed.test_ddp import gathered
from distributed.training import backward, make_net, mine, train

with warnings.catch_warnings():  # it compiles its functional optimizers with TorchScript
    warnings.simplefilter("ignore", DeprecationWarning)
    from torch.distributed.optim import PostLocalSGDOptimizer, ZeroRedundancyOptimizer

OPTIONS = {"lr": 0.5, "weight_decay": 0.01}


def zero(net, kind=Adadelta, **options):
    return ZeroRedundancyOptimizer(net.parameters(), optimizer_class=kind, **OPTIONS, **options)


def train_with_zero(options, own_options):
    nets = []
    for make in (
        lambda net: zero(net, **options, **own_options),
        lambda net: Adadelta(net.parameters(), **OPTIONS, **own_options),
        lambda net: zero(net, torch.optim.Adadelta, **options),
    ):
        net = DDP(make_net(), gradient_as_bucket_view=True)
        opt = make(net)
        train(net, opt, **mine())
        nets.append((net, opt))
    net, opt = nets[0]
    for p, q, r in zip(*(n.parameters() for n, _ in nets), strict=True):
        assert torch.equal(p, q)
        if own_options.get("state_dtype") is None:
            torch.testing.assert_close(p, r, rtol=1e-5, atol=1e-6)
    first, *others = gathered(net.parameters())
    assert all(torch.equal(first, other) for other in others)
    assert type(opt.optim) is Adadelta
    return len(opt.optim.state), {row.kernel for row in opt.optim.explain()}


@pytest.mark.parametrize(
    ("options", "own"),
    [
        ({}, {}),
        ({"parameters_as_bucket_view": True}, {}),
        ({}, {"fused": True, "nonfinite": "skip"}),
        ({}, {"fused": True, "state_dtype": torch.bfloat16}),
    ],
    ids=str,
)
def test_zero_redundancy(ranks, options, own):
    results = ranks.run(train_with_zero, 2, options, own)
    assert sum(owned for owned, _ in results) == 6  # each state is on one rank
    state = "_bfloat16state_dithered" if "state_dtype" in own else ""
    assert all(names == {f"adadelta_cpu_float32_min_wd{state}"} for _, names in results)


def save_and_load(source, into, **own):
    net = DDP(make_net())
    opt = zero(net, source, **own)
    train(net, opt, **mine())
    opt.consolidate_state_dict(to=0)
    saved = [copy.deepcopy(opt.state_dict()) if dist.get_rank() == 0 else None]
    dist.broadcast_object_list(saved)
    assert len(saved[0]["state"]) == 6

    other = DDP(copy.deepcopy(net.module))
    resumed = zero(other, into, **own)
    resumed.load_state_dict(copy.deepcopy(saved[0]))  # it drops what other ranks own
    plain = copy.deepcopy(net.module)
    replicated = into(plain.parameters(), **OPTIONS, **own)
    replicated.load_state_dict(saved[0])
    for state, values in zip(replicated.state.values(), saved[0]["state"].values(), strict=True):
        assert all(torch.equal(state[key], values[key]) for key in (*STATES, "step"))
    train(net, opt, first=4, **mine())
    train(other, resumed, first=4, **mine())
    for p, q in zip(net.parameters(), other.parameters(), strict=True):
        if source is into:
            assert torch.equal(p, q)
        torch.testing.assert_close(p, q, rtol=1e-5, atol=1e-6)


KINDS = [Adadelta, torch.optim.Adadelta]


@pytest.mark.parametrize("source", KINDS, ids=lambda kind: kind.__module__)
@pytest.mark.parametrize("into", KINDS, ids=lambda kind: kind.__module__)
def test_zero_redundancy_checkpoints(ranks, source, into):
    ranks.run(save_and_load, 2, source, into)


def save_and_load_narrow():
    save_and_load(Adadelta, Adadelta, state_dtype=torch.bfloat16)


def test_zero_redundancy_checkpoints_of_bfloat16_states(ranks):
    ranks.run(save_and_load_narrow, 2)


def join_zero():
    net = DDP(make_net(), gradient_as_bucket_view=True)
    opt = zero(net)
    with Join([net, opt]):
        for step in range(2 + dist.get_rank()):
            opt.zero_grad()
            backward(net, step, **mine())
            opt.step()
    first, second = gathered(net.parameters())
    return torch.equal(first, second)


def test_zero_redundancy_with_uneven_inputs(ranks):
    assert ranks.run(join_zero, 2) == [True] * 2


def overlap():
    net = DDP(make_net())
    with pytest.raises(ValueError, match="no supported functional optimizer equivalent"):
        zero(net, overlap_with_ddp=True)


def test_torch_rejects_overlap_with_ddp(ranks):
    """It uses torch's functional TorchScript optimizer instead of the given class."""
    ranks.run(overlap, 2)


def train_locally(kind):
    net = make_net()
    averager = PeriodicModelAverager(period=2, warmup_steps=2)
    opt = PostLocalSGDOptimizer(kind(net.parameters(), **OPTIONS), averager)
    train(net, opt, steps=3, **mine())  # averaged after the third step, the first beyond warm-up
    saved = copy.deepcopy(opt.state_dict())
    other = copy.deepcopy(net)
    again = PostLocalSGDOptimizer(
        kind(other.parameters(), **OPTIONS), PeriodicModelAverager(period=2, warmup_steps=2)
    )
    again.load_state_dict(saved)
    equal = []
    for step in range(3, 6):
        train(net, opt, steps=1, first=step, **mine())
        train(other, again, steps=1, first=step, **mine())
        first, second = gathered(net.parameters())
        equal.append(torch.equal(first, second))
    assert all(map(torch.equal, net.parameters(), other.parameters()))
    return equal, [p.detach() for p in net.parameters()]


def test_post_local_sgd(ranks):
    ours, theirs = (ranks.run(train_locally, 2, kind)[0] for kind in KINDS)
    assert ours[0] == theirs[0]
    assert sorted(set(ours[0])) == [False, True]  # it averages every other step
    for p, q in zip(ours[1], theirs[1], strict=True):
        torch.testing.assert_close(p, q, rtol=1e-5, atol=1e-6)
