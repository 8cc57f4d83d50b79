"""Distributed checkpoints: from any number of ranks to any other number, sharded or not.

Saved with ``torch.distributed.checkpoint`` and ``get_optimizer_state_dict``, ours and torch's.
"""

import copy

import pytest
import torch
import torch.distributed as dist
import torch.distributed.checkpoint as dcp
from parity.support import STATES
from torch.distributed.checkpoint.state_dict import (
    StateDictOptions,
    get_model_state_dict,
    get_optimizer_state_dict,
    get_state_dict,
    set_model_state_dict,
    set_optimizer_state_dict,
    set_state_dict,
)
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import fully_shard
from torch.nn.parallel import DistributedDataParallel as DDP

from adadelta_gen import Adadelta
from distributed.training import full, kernels, local, make_net, mine, train

KINDS = {"ours": Adadelta, "torch": torch.optim.Adadelta}
OPTIONS = {"lr": 0.5, "weight_decay": 0.01}


def make(kind, layout, **options):
    net = make_net()
    if layout == "sharded":
        for layer in (net.one, net.two):
            fully_shard(layer)
        fully_shard(net)
    elif layout == "hybrid":
        fully_shard(net, mesh=init_device_mesh("cpu", (2, 2), mesh_dim_names=("rep", "shard")))
    elif layout == "replicated":
        net = DDP(net)
    return net, KINDS[kind](net.parameters(), **options)


def named(net):
    return {name.removeprefix("module."): p for name, p in net.named_parameters()}


def snapshot(net, opt):
    """Return all params and states as whole tensors, by name."""
    values = {}
    for name, p in named(net).items():
        values[name] = full(p).clone()
        for key in STATES:
            values[f"{name} {key}"] = full(opt.state[p][key]).clone()
        values[f"{name} step"] = opt.state[p]["step"].clone()
    return values


def save(folder, kind, layout, flat, options=OPTIONS):
    net, opt = make(kind, layout, **options)
    train(net, opt, steps=3, **mine())
    state_dict_options = StateDictOptions(flatten_optimizer_state_dict=flat)
    model, optim = get_state_dict(net, opt, options=state_dict_options)
    dcp.save({"model": model, "optim": optim}, checkpoint_id=folder)
    saved = snapshot(net, opt)
    train(net, opt, steps=3, first=3, **mine())
    return saved, snapshot(net, opt)


def load(folder, kind, layout, flat, options=None, **parts):
    net, opt = make(kind, layout, **options or {})
    with torch.no_grad():
        for p in net.parameters():
            p.zero_()
    state_dict_options = StateDictOptions(flatten_optimizer_state_dict=flat)
    model, optim = get_state_dict(net, opt, options=state_dict_options)
    content = {"model": model, "optim": optim}
    alone = not dist.is_initialized()
    dcp.load(content, checkpoint_id=folder, no_dist=alone)
    set_state_dict(
        net,
        opt,
        model_state_dict=content["model"],
        optim_state_dict=content["optim"],
        options=state_dict_options,
    )
    loaded = snapshot(net, opt)
    train(net, opt, steps=3, first=3, **(parts if alone else mine()))
    group = {k: v for k, v in opt.param_groups[0].items() if k not in ("params", "param_names")}
    return loaded, snapshot(net, opt), kernels(opt) if kind == "ours" else None, group


def assert_same(actual, expected):
    assert actual.keys() == expected.keys()
    for name, value in actual.items():
        assert torch.equal(value, expected[name]), name


def assert_close(actual, expected):
    for name, value in actual.items():
        # Grads of another number of ranks are summed up in another order.
        torch.testing.assert_close(value, expected[name], rtol=1e-4, atol=3e-6, msg=name)


@pytest.mark.parametrize(
    ("layout", "source", "flat"),
    [
        ("sharded", "ours", False),
        ("sharded", "ours", True),
        ("sharded", "torch", True),
        ("replicated", "ours", False),
        ("hybrid", "torch", False),
    ],
)
@pytest.mark.filterwarnings("ignore:torch.distributed is disabled")
def test_from_four_ranks(ranks, tmp_path, layout, source, flat):
    saved, trained = ranks.run(save, 4, tmp_path, source, layout, flat)[0]
    others = ((2, "sharded"), (2, "replicated"), (1, "whole"))
    for into, places in (("ours", ((4, layout), *others)), ("torch", others[::2])):
        for size, its_layout in places:
            for result in ranks.run(load, size, tmp_path, into, its_layout, flat):
                loaded, after, names, group = result
                assert_same(loaded, saved)
                assert_close(after, trained)
                # A new DDP model adds up in another order until it has rebuilt its buckets.
                if (into, size) == (source, 4) and layout != "replicated":
                    assert_same(after, trained)
                assert names in (None, {"adadelta_cpu_float32_min_wd"})
                assert {key: group[key] for key in OPTIONS} == OPTIONS
    alone, after, *_ = load(tmp_path, "ours", "whole", flat)  # without any process group
    assert_same(alone, saved)
    assert_close(after, trained)


def test_from_one_rank_to_many(ranks, tmp_path):
    saved, trained = ranks.run(save, 1, tmp_path, "ours", "whole", False)[0]
    for size, layout in ((2, "sharded"), (4, "hybrid"), (4, "replicated")):
        for loaded, after, *_ in ranks.run(load, size, tmp_path, "ours", layout, False):
            assert_same(loaded, saved)
            assert_close(after, trained)


def full_and_back(source, into, broadcast):
    """One whole state_dict on rank 0, from shards and back to them."""
    net, opt = make(source, "sharded", **OPTIONS)
    train(net, opt, steps=3, **mine())
    whole = StateDictOptions(full_state_dict=True, cpu_offload=True)
    content = copy.deepcopy(get_state_dict(net, opt, options=whole))
    if dist.get_rank() == 0:
        assert not any(hasattr(v, "placements") for v in content[0].values())
        state = content[1]["state"]["one.weight"]
        assert state["square_avg"].shape == (6, 7)
    elif broadcast:
        content = {}, {}
    else:
        content = [None, None]
    if not broadcast:
        content = list(content)
        dist.broadcast_object_list(content)
    other, resumed = make(into, "sharded")
    options = StateDictOptions(full_state_dict=True, broadcast_from_rank0=broadcast)
    set_model_state_dict(other, content[0], options=options)
    set_optimizer_state_dict(other, resumed, content[1], options=options)
    assert_same(snapshot(other, resumed), snapshot(net, opt))
    for p in other.parameters():
        assert resumed.state[p]["acc_delta"].placements == p.placements
    train(net, opt, steps=3, first=3, **mine())
    train(other, resumed, steps=3, first=3, **mine())
    if source == into:
        assert_same(snapshot(other, resumed), snapshot(net, opt))
    assert_close(snapshot(other, resumed), snapshot(net, opt))


@pytest.mark.parametrize("broadcast", [False, True], ids=["everywhere", "from rank 0"])
@pytest.mark.parametrize(("source", "into"), [(a, b) for a in KINDS for b in KINDS])
def test_full_state_dicts(ranks, source, into, broadcast):
    ranks.run(full_and_back, 2, source, into, broadcast)


OWN = {
    "dithered": (torch.bfloat16, {"dithered_rounding": True}),
    "float32 states": (torch.bfloat16, {"state_dtype": torch.float32}),
    "bfloat16 states": (torch.float32, {"state_dtype": torch.bfloat16}),
    "skip": (torch.float32, {"nonfinite": "skip", "fused": True}),
}


def resume_own(folder, dtype, options):
    """With our options, the checkpoint keeps the state dtypes, and resumed bits are equal."""
    runs = []
    for resumed in (False, True):
        net = make_net(dtype)
        fully_shard(net)
        opt = Adadelta(net.parameters(), **options)
        if resumed:
            content = {"optim": get_optimizer_state_dict(net, opt)}
            content["model"] = get_model_state_dict(net)
            dcp.load(content, checkpoint_id=folder)
            set_optimizer_state_dict(net, opt, content["optim"])
        else:
            train(net, opt, steps=3, dtype=dtype, **mine())
            content = {"optim": get_optimizer_state_dict(net, opt)}
            content["model"] = get_model_state_dict(net)
            dcp.save(content, checkpoint_id=folder)
        train(net, opt, steps=3, first=3, dtype=dtype, **mine())
        runs.append(snapshot(net, opt))
    assert_same(runs[1], runs[0])
    return {local(opt.state[p]["square_avg"]).dtype for p in net.parameters()}


@pytest.mark.parametrize("which", OWN)
def test_state_dtypes_and_dithers_are_resumed_exactly(ranks, tmp_path, which):
    dtype, options = OWN[which]
    state_dtypes = ranks.run(resume_own, 2, tmp_path, dtype, options)[0]
    assert state_dtypes == {options.get("state_dtype", dtype)}


def ask_before_training():
    """Torch creates states for a state_dict by a step with lr=0, which rounds nothing."""
    nets = []
    for ask in (False, True):
        net = make_net(torch.bfloat16)
        fully_shard(net)
        opt = Adadelta(net.parameters(), dithered_rounding=True)
        if ask:
            get_optimizer_state_dict(net, opt)
        before = [full(p).clone() for p in net.parameters()]
        assert all(
            map(torch.equal, before, (full(p) for p in make_net(torch.bfloat16).parameters()))
        )
        train(net, opt, dtype=torch.bfloat16, **mine())
        nets.append([full(p) for p in net.parameters()])
    return nets


def test_asking_for_a_state_dict_changes_no_parameter(ranks):
    ranks.run(ask_before_training, 2)
