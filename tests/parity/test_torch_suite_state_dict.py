"""State dicts as torch's own tests save, load and compare them, over its inputs."""

import copy
import io
import warnings

import pytest
import torch

from adadelta_gen import Adadelta
from parity.support import CUDA, DEVICES, Pair, kernels, random
from parity.torch_suite import ENTRY, IMPLEMENTATIONS, closure_of, inputs, layer

NAMED = pytest.mark.parametrize("named", [False, True], ids=["plain", "named"])
OLD_FLAGS = ("fused", *ENTRY.not_og_supported_flags)


def assert_same(ours, theirs):
    """Fail unless two state dicts are equal to the last bit."""
    torch.testing.assert_close(ours["state"], theirs["state"], rtol=0, atol=0)
    assert ours["param_groups"] == theirs["param_groups"]
    assert ours.keys() == theirs.keys()


def trained(device, options, named=False, steps=3):
    """Return an optimizer over a weight and a bias, after some steps by its closure."""
    tensors = [random(2, 3).to(device), random(2, seed=1).to(device)]
    params = [torch.nn.Parameter(tensor) for tensor in tensors]
    entries = list(zip(("weight", "bias"), params, strict=True)) if named else params
    optimizer = Adadelta(entries, **options)
    run(optimizer, steps)
    return optimizer


def run(optimizer, steps=1):
    for _ in range(steps):
        optimizer.step(closure_of(optimizer))


def replica(optimizer, options, named=False, kind=Adadelta):
    """Return a new optimizer over equal parameters, without state."""
    params = [torch.nn.Parameter(p.detach().clone()) for p in optimizer.param_groups[0]["params"]]
    entries = list(zip(("weight", "bias"), params, strict=True)) if named else params
    return kind(entries, **options)


def add_hooks(optimizer):
    """Register all four hooks of state dicts, which change nothing."""
    optimizer.register_state_dict_pre_hook(lambda optimizer: None)
    optimizer.register_state_dict_post_hook(lambda optimizer, state_dict: dict(state_dict))
    optimizer.register_load_state_dict_pre_hook(lambda optimizer, state_dict: dict(state_dict))
    optimizer.register_load_state_dict_post_hook(lambda optimizer: None)


@pytest.mark.parametrize("hooks", [False, True], ids=["plain", "named with hooks"])
@pytest.mark.parametrize(("device", "options"), inputs())
def test_state_dict_deterministic(device, options, hooks):
    optimizer = trained(device, options, named=hooks)
    other = replica(optimizer, options, named=hooks)
    if hooks:
        add_hooks(optimizer)
        add_hooks(other)
    saved = copy.deepcopy(optimizer.state_dict())
    untouched = copy.deepcopy(saved)
    other.load_state_dict(saved)
    for _ in range(3):
        run(optimizer)
        run(other)
        assert_same(optimizer.state_dict(), other.state_dict())
        columns = (o.param_groups[0]["params"] for o in (optimizer, other))
        assert all(map(torch.equal, *columns))
    saved["state"] = untouched["state"]  # the optimizer has taken over its tensors
    assert_same(saved, untouched)
    # Repeated parameters have one representation: pytorch issue 36831.
    other.param_groups.extend(other.param_groups)
    assert optimizer.state_dict()["param_groups"][-1] == other.state_dict()["param_groups"][-1]


@pytest.mark.parametrize("flags", [OLD_FLAGS, *((flag,) for flag in OLD_FLAGS)], ids="-".join)
@pytest.mark.parametrize(("device", "options"), inputs("kernel", "foreach"))
def test_can_load_older_state_dict(device, options, flags):
    """An option that a checkpoint lacks gets torch's default."""
    pair = layer(device, **options)
    pair.step()
    for optimizer in pair.both:
        old = copy.deepcopy(optimizer.state_dict())
        for flag in flags:
            old["param_groups"][0].pop(flag, None)
        optimizer.load_state_dict(old)
    ours, theirs = (o.state_dict()["param_groups"][0] for o in pair.both)
    assert ours == theirs
    pair.step(2)


@pytest.mark.parametrize("kind", [int, float])
@pytest.mark.parametrize(("device", "options"), inputs())
def test_load_nontensor_step(device, options, kind):
    pair = layer(device, **options)
    pair.step(3)
    for optimizer in pair.both:
        saved = copy.deepcopy(optimizer.state_dict())
        for state in saved["state"].values():
            state["step"] = kind(state["step"].item())
        optimizer.load_state_dict(saved)
        for p in optimizer.param_groups[0]["params"]:
            step = optimizer.state[p]["step"]
            assert step == 3
            assert step.dtype is torch.float32
            assert step.device.type == (device if options.get("capturable") else "cpu")
    pair.step(2)


@pytest.mark.parametrize("how", ["deepcopy", "pickle"])
@pytest.mark.parametrize(("device", "options"), inputs())
def test_copies_have_all_public_attributes(device, options, how):
    optimizer = trained(device, options)
    other = copied(optimizer, how)
    attributes = [{k for k in vars(o) if not k.startswith("_")} for o in (optimizer, other)]
    assert attributes[0] == attributes[1]
    run(optimizer)
    theirs = {key: value for key, value in options.items() if key != "fused"}
    torchs = copied(replica(optimizer, theirs, kind=torch.optim.Adadelta), how)
    # A copy does not know that it has warned of a capturable step that is not captured.
    heard = [warnings_of(run, o) for o in (other, torchs)]
    assert heard[0] == heard[1]
    assert len(heard[0]) == (device == "cuda" and options.get("capturable", False))
    assert_same(optimizer.state_dict(), other.state_dict())


def copied(optimizer, how):
    if how == "deepcopy":
        return copy.deepcopy(optimizer)
    buffer = io.BytesIO()
    torch.save(optimizer, buffer)
    buffer.seek(0)
    return torch.load(buffer, weights_only=False)


def warnings_of(function, *arguments):
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        function(*arguments)
    return [(warning.category, str(warning.message)) for warning in heard]


@NAMED
@pytest.mark.parametrize(("device", "options"), inputs())
def test_save_load_equality_with_weights_only(device, options, named):
    optimizer = trained(device, options, named)
    buffer = io.BytesIO()
    torch.save(optimizer.state_dict(), buffer)
    buffer.seek(0)
    loaded = torch.load(buffer, weights_only=True)
    assert_same(optimizer.state_dict(), loaded)
    other = replica(optimizer, options, named)
    other.load_state_dict(loaded)
    run(optimizer)
    run(other)
    assert_same(optimizer.state_dict(), other.state_dict())


@pytest.mark.parametrize("into", [False, True], ids=["to plain", "to named"])
@pytest.mark.parametrize("source", [False, True], ids=["from plain", "from named"])
@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("options", IMPLEMENTATIONS.values(), ids=IMPLEMENTATIONS)
def test_can_load_from_to_named_state_dict(device, options, source, into):
    """Names are loaded from the checkpoint; without any, the present names stay."""
    optimizer = trained(device, options, source)
    other = replica(optimizer, options, into)
    other.load_state_dict(copy.deepcopy(optimizer.state_dict()))
    names = other.state_dict()["param_groups"][0].get("param_names")
    assert names == (["weight", "bias"] if source or into else None)
    assert [row.name for row in other.explain()] == (names or ["", ""])
    run(optimizer)
    run(other)
    ours, theirs = optimizer.state_dict()["state"], other.state_dict()["state"]
    torch.testing.assert_close(ours, theirs, rtol=0, atol=0)


def by_name(optimizer, state_dict):
    """Give every parameter the state of its name: the hook of torch's documentation."""
    names = [name for group in state_dict["param_groups"] for name in group["param_names"]]
    ids = [i for group in state_dict["param_groups"] for i in group["params"]]
    saved = dict(zip(names, ids, strict=True))
    (group,) = state_dict["param_groups"]
    order = optimizer.param_groups[0]["param_names"]
    changed = {**group, "params": [saved[name] for name in order], "param_names": list(order)}
    return {**state_dict, "param_groups": [changed]}


def test_another_order_of_named_parameters():
    named = [("a", random(4)), ("b", random(4, seed=1)), ("c", random(3))]
    saved = Pair(named)
    saved.step(2)
    pair = Pair([named[2], named[1], named[0]])
    for target, source in zip(pair.both, saved.both, strict=True):
        target.register_load_state_dict_pre_hook(by_name)
        target.load_state_dict(copy.deepcopy(source.state_dict()))
        params = target.param_groups[0]["params"], source.param_groups[0]["params"][::-1]
        for p, q in zip(*params, strict=True):
            torch.testing.assert_close(target.state[p], source.state[q], rtol=0, atol=0)
    pair.step(2)
    assert [row.name for row in pair.ours.explain()] == ["c", "b", "a"]


@pytest.mark.parametrize("into", ["dense", "transposed", "strided"])
@pytest.mark.parametrize("source", ["dense", "transposed", "strided"])
def test_non_contiguous_state_after_load(source, into):
    """Loading keeps the strides of the checkpoint, even if the parameter has others."""
    layouts = {
        "dense": random(4, 3),
        "transposed": random(3, 4).t(),
        "strided": random(4, 6)[:, ::2],
    }
    saved, pair = Pair([layouts[source], random(5)]), Pair([layouts[into], random(5)])
    saved.step(2)
    for target, origin in zip(pair.both, saved.both, strict=True):
        target.load_state_dict(copy.deepcopy(origin.state_dict()))
    pair.step(2)
    assert None not in kernels(pair.ours)


CUDA_ONLY = pytest.mark.parametrize("device", [pytest.param("cuda", marks=CUDA)])


@CUDA_ONLY
@pytest.mark.parametrize(("host", "options"), inputs(devices=("cpu",)))
def test_state_dict_with_cuda_params(device, host, options):
    """A checkpoint of the CPU is loaded on a GPU; ``step`` stays on the CPU."""
    on_cpu = layer(host, **options)
    on_cpu.step(3)
    moved = layer(device, **options)
    for target, origin in zip(moved.both, on_cpu.both, strict=True):
        saved = copy.deepcopy(origin.state_dict())
        target.load_state_dict(saved)
        for p, q in zip(*(o.param_groups[0]["params"] for o in (target, origin)), strict=True):
            p.data.copy_(q)
            assert target.state[p]["square_avg"].device.type == device
            assert target.state[p]["step"].device.type == host
    moved.step(3)


@CUDA_ONLY
@pytest.mark.parametrize("fused", [None, True])
def test_cpu_load_state_dict(device, fused):
    """A checkpoint of a GPU that was loaded with map_location="cpu": pytorch issue 103256."""
    saved = layer("cpu")
    saved.step()
    pair = layer(device, fused=fused)
    for target, origin in zip(pair.both, saved.both, strict=True):
        checkpoint = copy.deepcopy(origin.state_dict())
        checkpoint["param_groups"][0]["capturable"] = True
        target.load_state_dict(checkpoint)
        assert {state["step"].device.type for state in target.state.values()} == {device}
    pair.step(2)
