"""``state_dtype=torch.float32``: the state of 16-bit parameters in float32, also when loaded."""

import copy
import re

import pytest
import torch
from parity.support import STATES, Pair, assert_near, kernels, random, reasons

from adadelta_gen import Adadelta

HALVES = (torch.float16, torch.bfloat16)
half = pytest.mark.parametrize("dtype", HALVES, ids=str)
WIDE = {"state_dtype": torch.float32}


def parameters(dtype, shapes=((12, 11), (7,), (), (0,), (64,))):
    return [torch.nn.Parameter(random(*s, dtype=dtype, seed=i)) for i, s in enumerate(shapes)]


def give_grads(params, step):
    for i, p in enumerate(params):
        p.grad = 0.1 * random(*p.shape, dtype=p.dtype, seed=100 * step + i)


def train(optimizer, steps, first=0):
    params = [p for group in optimizer.param_groups for p in group["params"]]
    for step in range(first, first + steps):
        give_grads(params, step)
        optimizer.step()
    return params


def states(optimizer):
    return [state[key] for state in optimizer.state.values() for key in STATES]


def assert_same(ours, others):
    for a, b in zip(ours.param_groups, others.param_groups, strict=True):
        assert all(map(torch.equal, a["params"], b["params"]))
    assert all(map(torch.equal, states(ours), states(others)))


@half
@pytest.mark.parametrize("options", [{}, {"maximize": True, "weight_decay": 0.1}], ids=str)
def test_updates_are_close_to_torchs_with_a_float32_state(dtype, options):
    """Torch promotes to the dtype of a float32 state: updates differ by rounding only."""
    params = parameters(dtype)
    theirs = torch.optim.Adadelta([p.detach().clone() for p in params], foreach=False, **options)
    for p in theirs.param_groups[0]["params"]:
        zeros = torch.zeros_like(p, dtype=torch.float32)
        state = {"step": torch.zeros(()), "square_avg": zeros, "acc_delta": zeros.clone()}
        theirs.state[p] = state
    ours = Adadelta(params, **WIDE, **options)
    train(ours, 10)
    train(theirs, 10)
    flags = "max_wd" if options else "min_nowd"
    assert set(kernels(ours)) == {f"adadelta_cpu_{str(dtype)[6:]}_{flags}_float32state"}
    for p, q in zip(params, theirs.param_groups[0]["params"], strict=True):
        assert_near(p, q, "param")
        for key in STATES:
            mine, its = ours.state[p][key], theirs.state[q][key]
            assert mine.dtype is torch.float32
            # Torch rounds grad + decay * param to 16 bits: measured 2.5e-2, where they cancel.
            torch.testing.assert_close(mine, its, rtol=1e-1 if options else 2e-6, atol=1e-9)


@half
def test_averages_are_closer_to_float32(dtype):
    """Mean error of the averages after 200 small grads, relative to those of float32 parameters."""
    errors = {}
    for option in (None, torch.float32):
        p = torch.nn.Parameter(torch.zeros(1000, dtype=dtype))
        q = torch.nn.Parameter(p.detach().float())
        ours, truth = Adadelta([p], rho=0.99, state_dtype=option), Adadelta([q], rho=0.99)
        for step in range(200):
            p.grad = 1e-2 * random(1000, dtype=dtype, seed=step)
            q.grad = p.grad.float()
            ours.step()
            truth.step()
        right = truth.state[q]["square_avg"]
        errors[option] = ((ours.state[p]["square_avg"].float() - right).abs() / right).mean().item()
    assert errors[torch.float32] < 1e-5
    assert errors[None] > 100 * errors[torch.float32]


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.complex64], ids=str)
def test_float32_and_float64_parameters_are_unaffected(dtype):
    pair = Pair([random(5, 3, dtype=dtype), random(2, dtype=dtype)])
    for group in pair.ours.param_groups:
        group["state_dtype"] = torch.float32
    pair.step(3)


@half
def test_explain_before_the_first_step(dtype):
    params = parameters(dtype)
    optimizer = Adadelta(params, **WIDE)
    give_grads(params, 0)
    before = kernels(optimizer)
    optimizer.step()
    assert kernels(optimizer) == before
    assert all(name.endswith("_float32state") for name in before)


@half
def test_state_dtype_of_one_group(dtype):
    plain, wide = parameters(dtype, ((4,), (5,)))
    optimizer = Adadelta([{"params": [plain]}, {"params": [wide], **WIDE}])
    train(optimizer, 2)
    assert optimizer.state[plain]["square_avg"].dtype is dtype
    assert optimizer.state[wide]["square_avg"].dtype is torch.float32
    assert "state_dtype" not in optimizer.param_groups[0]


@half
def test_resumes_bit_by_bit(dtype, tmp_path):
    whole, first = (Adadelta(parameters(dtype), **WIDE) for _ in range(2))
    train(whole, 7)
    params = train(first, 3)
    torch.save([first.state_dict(), [p.detach() for p in params]], tmp_path / "checkpoint")
    saved, weights = torch.load(tmp_path / "checkpoint", weights_only=True)
    resumed = Adadelta([torch.nn.Parameter(w) for w in weights], **WIDE)
    resumed.load_state_dict(saved)
    train(resumed, 4, first=3)
    assert_same(resumed, whole)


@half
def test_a_checkpoint_of_torch_is_loaded(dtype):
    theirs = torch.optim.Adadelta(parameters(dtype))
    train(theirs, 3)
    ours = Adadelta(parameters(dtype), **WIDE)
    ours.load_state_dict(copy.deepcopy(theirs.state_dict()))
    for mine, its in zip(states(ours), states(theirs), strict=True):
        assert mine.dtype is torch.float32
        assert torch.equal(mine, its.float())
    train(ours, 1, first=3)
    assert all("float32state" in name for name in kernels(ours))


@half
def test_torch_loads_our_checkpoint(dtype):
    ours, theirs = Adadelta(parameters(dtype), **WIDE), torch.optim.Adadelta(parameters(dtype))
    train(ours, 3)
    theirs.load_state_dict(copy.deepcopy(ours.state_dict()))
    for mine, its in zip(states(ours), states(theirs), strict=True):
        assert torch.equal(mine.to(dtype), its)
    train(theirs, 1, first=3)


@half
def test_loading_without_state_dtype_casts_as_torch_does(dtype):
    wide, plain = Adadelta(parameters(dtype), **WIDE), Adadelta(parameters(dtype))
    train(wide, 3)
    plain.load_state_dict(copy.deepcopy(wide.state_dict()))
    assert {state.dtype for state in states(plain)} == {dtype}
    assert "state_dtype" not in plain.param_groups[0]  # checkpoints contain no options of ours


@half
def test_states_replaced_by_a_hook_are_loaded(dtype):
    source, ours = (Adadelta(parameters(dtype), **WIDE) for _ in range(2))
    train(source, 3)

    def doubled(optimizer, state_dict):
        state_dict = copy.deepcopy(state_dict)
        for state in state_dict["state"].values():
            state["square_avg"] *= 2
        return state_dict

    seen = []
    ours.register_load_state_dict_pre_hook(doubled)
    ours.register_load_state_dict_post_hook(lambda o: seen.extend(s.dtype for s in states(o)))
    ours.load_state_dict(source.state_dict())
    for p, q in zip(ours.param_groups[0]["params"], source.param_groups[0]["params"], strict=True):
        assert torch.equal(ours.state[p]["square_avg"], 2 * source.state[q]["square_avg"])
    assert set(seen) == {torch.float32}
    assert len(ours._optimizer_load_state_dict_pre_hooks) == 1


@pytest.mark.parametrize("listed", ["saved", "own"])
def test_a_parameter_is_listed_twice(listed):
    """Its state is loaded once, as by torch; the others have none."""
    dtype = torch.bfloat16
    source, ours = (Adadelta(parameters(dtype, ((4,), (4,))), **WIDE) for _ in range(2))
    theirs = torch.optim.Adadelta(parameters(dtype, ((4,), (4,))))
    train(source, 2)
    saved = source.state_dict()
    if listed == "saved":
        saved["param_groups"][0]["params"] = [1, 1]
    else:
        del saved["state"][0]
    found = []
    for optimizer in (theirs, ours):
        params = optimizer.param_groups[0]["params"]
        if listed == "own":
            params[0] = params[1]
        optimizer.load_state_dict(copy.deepcopy(saved))
        found.append([p in optimizer.state for p in params])
    assert found[0] == found[1]
    for key in STATES:
        assert torch.equal(ours.state[params[1]][key], saved["state"][1][key])


def test_a_failed_load_leaves_no_hook():
    ours = Adadelta(parameters(torch.bfloat16), **WIDE)
    with pytest.raises(ValueError, match="different number of parameter groups"):
        ours.load_state_dict({"state": {}, "param_groups": []})
    assert not ours._optimizer_load_state_dict_pre_hooks
    assert ours._loading is None


@half
@pytest.mark.parametrize("duplicate", [copy.deepcopy, lambda o: copy.copy(o)], ids=["deep", "flat"])
def test_copies_keep_the_float32_state(dtype, duplicate):
    whole, source = (Adadelta(parameters(dtype), **WIDE) for _ in range(2))
    train(whole, 4)
    train(source, 2)
    twin = duplicate(source)
    train(twin, 2, first=2)
    assert_same(twin, whole)


@half
def test_state_dtype_may_be_switched_between_steps(dtype):
    """Switched on, it widens the state; switched off, the state stays float32, as in torch."""
    params = parameters(dtype, ((6,),))
    optimizer = Adadelta(params)
    train(optimizer, 2)
    narrow = [state.clone() for state in states(optimizer)]
    optimizer.param_groups[0]["state_dtype"] = torch.float32
    params[0].grad = None
    optimizer.step()
    assert all(torch.equal(a, b.float()) for a, b in zip(states(optimizer), narrow, strict=True))
    train(optimizer, 1, first=2)
    del optimizer.param_groups[0]["state_dtype"]
    train(optimizer, 1, first=3)
    assert {state.dtype for state in states(optimizer)} == {torch.float32}
    assert kernels(optimizer) == [f"adadelta_cpu_{str(dtype)[6:]}_min_nowd_float32state"]


@half
@pytest.mark.parametrize("option", [{"fused": False}, {"foreach": True}], ids=str)
def test_torch_updates_float32_states_too(dtype, option):
    ours, by_torch = Adadelta(parameters(dtype), **WIDE), Adadelta(parameters(dtype), **WIDE)
    by_torch.param_groups[0].update(option)
    train(ours, 5)
    train(by_torch, 5)
    assert {state.dtype for state in states(by_torch)} == {torch.float32}
    for p, q in zip(
        ours.param_groups[0]["params"], by_torch.param_groups[0]["params"], strict=True
    ):
        assert_near(p, q, "param")


@half
@pytest.mark.parametrize("kind", [iter, dict.fromkeys])
def test_params_given_as_an_iterator(dtype, kind):
    """Torch updates them, at the first step too with float32 states."""
    ours, listed = (Adadelta(parameters(dtype), fused=False, **WIDE) for _ in range(2))
    params = ours.param_groups[0]["params"]
    give_grads(params, 0)
    ours.param_groups[0]["params"] = kind(params)
    ours.step()
    ours.param_groups[0]["params"] = params
    train(listed, 1)
    assert_same(ours, listed)
    assert {state.dtype for state in states(ours)} == {torch.float32}


def test_a_model_cast_during_training_keeps_its_float32_state():
    """As in torch, casting the model does not cast the state; a kernel for it exists."""
    pair = Pair([random(6, 5), random(4)])
    pair.step(2)
    for p in (*pair.params, *pair.mirrors):
        p.grad = None
        p.data = p.data.bfloat16()
    pair._versions = [p._version for p in pair.params], [q._version for q in pair.mirrors]
    pair.random_grads()
    pair.each(lambda optimizer: optimizer.step())
    assert kernels(pair.ours) == ["adadelta_cpu_bfloat16_min_nowd_float32state"] * 2
    for p, q in zip(pair.params, pair.mirrors, strict=True):
        assert_near(p, q, "param")
        for key in STATES:
            assert_near(pair.ours.state[p][key], pair.theirs.state[q][key], key, "state")


def test_torch_updates_a_model_cast_to_float64_during_training():
    pair = Pair([random(6, 5), random(4)])
    pair.step(2)
    for p in (*pair.params, *pair.mirrors):
        p.grad = None
        p.data = p.data.double()
    pair._versions = [p._version for p in pair.params], [q._version for q in pair.mirrors]
    pair.random_grads()
    pair.each(lambda optimizer: optimizer.step())
    assert reasons(pair.ours) == ["square_avg is torch.float32"] * 2
    for p, q in zip(pair.params, pair.mirrors, strict=True):
        torch.testing.assert_close(p, q)


@pytest.mark.parametrize("to", [torch.float64, torch.bfloat16], ids=str)
def test_torch_updates_states_of_other_dtypes(to):
    pair = Pair([random(6, 5), random(4)])
    pair.step()
    for optimizer in pair.both:
        for state in optimizer.state.values():
            state["square_avg"] = state["square_avg"].to(to)
    pair.step(2)
    assert reasons(pair.ours) == [f"square_avg is {to}"] * 2


@pytest.mark.parametrize("wrong", [torch.float16, torch.float64, "float32", []], ids=str)
def test_invalid_dtypes_raise(wrong):
    with pytest.raises(ValueError, match=re.escape(f"Invalid state_dtype value: {wrong}")):
        Adadelta(parameters(torch.bfloat16), state_dtype=wrong)
    group = {"params": parameters(torch.bfloat16), "state_dtype": wrong}
    with pytest.raises(ValueError, match=re.escape(f"Invalid state_dtype value: {wrong}")):
        Adadelta([group])
    optimizer = Adadelta(parameters(torch.bfloat16))
    with pytest.raises(ValueError, match=re.escape(f"Invalid state_dtype value: {wrong}")):
        optimizer.add_param_group(group)
    assert len(optimizer.param_groups) == 1


@pytest.mark.parametrize("value", [None, 0.0, torch.zeros(3, dtype=torch.int64)], ids=repr)
def test_a_state_that_cannot_be_converted_raises(value):
    p = torch.nn.Parameter(torch.ones(3, dtype=torch.bfloat16))
    optimizer = Adadelta([p], state_dtype=torch.float32)
    p.grad = torch.ones_like(p)
    optimizer.step()
    optimizer.state[p]["square_avg"] = value
    with pytest.raises(RuntimeError, match=r"state\['square_avg'\].* parameter 0 of group 0"):
        optimizer.step()
    assert optimizer.state[p]["square_avg"] is value
    assert optimizer.state[p]["step"] == 1
