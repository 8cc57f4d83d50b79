"""``nonfinite``: a grad with an infinity or a NaN is propagated, skipped, or raises an error."""

import copy

import pytest
import torch
from parity.support import DTYPES, Pair, random, snapshot

from adadelta_gen import Adadelta

BAD = (torch.inf, -torch.inf, torch.nan)
dtypes = pytest.mark.parametrize("dtype", DTYPES, ids=str)


def with_nonfinite_grad(pair, index, value=torch.nan, place=-1):
    """Set random grads, one of them with a nonfinite element."""
    pair.random_grads()
    grad = pair.params[index].grad.clone()
    grad.view(-1)[place] = value
    pair.params[index].grad = grad
    pair.mirrors[index].grad = None  # torch skips a parameter without a grad


def make(option, shapes=((12, 11), (7,), (), (0,), (64,)), dtype=torch.float32, **options):
    pair = Pair([random(*shape, dtype=dtype) for shape in shapes], **options)
    for group in pair.ours.param_groups:
        group["nonfinite"] = option
    return pair


@dtypes
@pytest.mark.parametrize("value", BAD)
def test_a_parameter_with_a_nonfinite_grad_is_skipped(dtype, value):
    pair = make("skip", dtype=dtype)
    pair.step(2)
    for index, place in ((0, 0), (0, 77), (1, -1), (2, 0), (4, 31)):
        with_nonfinite_grad(pair, index, value, place)
        pair.step_with_grads()
    assert pair.ours.skipped == {
        "parameter 0 of group 0": 2,
        "parameter 1 of group 0": 1,
        "parameter 2 of group 0": 1,
        "parameter 4 of group 0": 1,
    }
    pair.step(2)


@pytest.mark.parametrize("part", ["real", "imag"])
def test_a_nonfinite_part_of_a_complex_grad_skips(part):
    pair = make("skip", dtype=torch.complex64)
    pair.step()
    with_nonfinite_grad(pair, 0, complex(torch.nan, 1) if part == "real" else complex(1, torch.inf))
    pair.step_with_grads()
    assert sum(pair.ours.skipped.values()) == 1


@pytest.mark.parametrize("place", [0, 1, 8191, 16383, 16384, 40_000, -1])
@pytest.mark.parametrize("threads", [1, 2])
def test_a_nonfinite_element_is_found_at_every_index(place, threads):
    """Including the ends of chunks and the scalar remainder of a vectorised loop."""
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        pair = make("skip", shapes=((50_003,), (40_001,), (3,)))
        with_nonfinite_grad(pair, 0, place=place)
        pair.each(lambda optimizer: optimizer.step())
        assert pair.ours.skipped == {"parameter 0 of group 0": 1}
        for p, q in zip(pair.params, pair.mirrors, strict=True):
            torch.testing.assert_close(p, q)
    finally:
        torch.set_num_threads(before)


def test_large_numbers_are_finite():
    for dtype in DTYPES:
        largest = torch.finfo(dtype).max
        pair = make("raise", dtype=dtype)
        pair.step()
        pair.set_grads([torch.full_like(p, largest) for p in pair.params])
        pair.ours.step()
        assert not pair.ours.skipped


def test_a_skipped_first_step_creates_a_zero_state():
    pair = make("skip")
    with_nonfinite_grad(pair, 0)
    pair.ours.step()
    state = pair.ours.state[pair.params[0]]
    assert state["step"] == 0
    assert not state["square_avg"].any()
    assert torch.equal(pair.params[0], pair.mirrors[0])
    assert pair.ours.state[pair.params[1]]["step"] == 1


def test_a_step_may_skip_all_parameters():
    pair = make("skip", shapes=((4,), (5,)))
    pair.step()
    before = snapshot(pair.ours)
    pair.set_grads([torch.full_like(p, torch.nan) for p in pair.params])
    pair.ours.step()
    assert all(map(torch.equal, snapshot(pair.ours), before))
    assert sum(pair.ours.skipped.values()) == 2


def test_skips_are_counted_by_name():
    params = [("weight", torch.nn.Parameter(random(3))), ("bias", torch.nn.Parameter(random(2)))]
    optimizer = Adadelta(params, nonfinite="skip")
    for _, p in params:
        p.grad = torch.full_like(p, torch.inf)
    params[0][1].grad.zero_()
    optimizer.step()
    optimizer.step()
    assert optimizer.skipped == {"bias": 2}
    assert copy.deepcopy(optimizer).skipped == {"bias": 2}


@dtypes
@pytest.mark.parametrize("value", BAD)
def test_raise_names_the_parameter_before_anything_is_changed(dtype, value):
    params = [torch.nn.Parameter(random(4, dtype=dtype, seed=i)) for i in range(4)]
    groups = [{"params": [("a", params[0])]}, {"params": [("b", p) for p in params[1:2]]}]
    groups += [{"params": [("c", params[2]), ("d", params[3])]}]
    optimizer = Adadelta(groups, nonfinite="raise")
    for p in params:
        p.grad = torch.ones_like(p)
    optimizer.step()
    before = snapshot(optimizer)
    params[2].grad[1] = params[3].grad[0] = value
    with pytest.raises(
        RuntimeError,
        match=r"the grad of parameter 0 \('c'\) of group 2 of shape \(4,\).*and of 1 more"
        r".*infinity or a NaN \(nonfinite=.raise.\). Nothing has been changed",
    ):
        optimizer.step()
    assert all(map(torch.equal, snapshot(optimizer), before))
    params[2].grad.zero_()
    params[3].grad = None
    optimizer.step()


def test_nonfinite_grads_propagate_by_default():
    pair = Pair([random(4), random(3)])
    pair.step()
    grads = [torch.tensor([1.0, torch.nan, torch.inf, 0.0]), random(3)]
    pair.set_grads(grads)
    pair.step_with_grads()
    assert pair.params[0].isnan().tolist() == [False, True, True, False]


@pytest.mark.parametrize("option", [{"fused": False}, {"foreach": True}], ids=str)
def test_parameters_that_torch_updates_are_skipped(option):
    pair = make("skip", shapes=((4,), (5,), (3, 3)))
    pair.ours.param_groups[0].update(option)
    pair.step()
    with_nonfinite_grad(pair, 1)
    pair.step_with_grads()
    assert pair.ours.skipped == {"parameter 1 of group 0": 1}
    pair.ours.param_groups[0]["nonfinite"] = "raise"
    with_nonfinite_grad(pair, 2)
    with pytest.raises(RuntimeError, match="the grad of parameter 2 of group 0"):
        pair.ours.step()


@pytest.mark.parametrize("option", [{"nonfinite": "skip"}, {"max_grad_norm": 1.0}], ids=str)
def test_a_sparse_grad_that_torch_would_get_raises_torchs_error(option):
    """Not the error of an operation of the option."""
    p = torch.nn.Parameter(random(4, 3))
    optimizer = Adadelta([p], foreach=True, **option)
    p.grad = torch.ones(4, 3).to_sparse()
    with pytest.raises(RuntimeError, match="Adadelta does not support sparse gradients"):
        optimizer.step()


def test_a_row_that_torch_updates_is_skipped_only_if_its_grad_is_not_finite():
    pair = make("skip", shapes=((4,), (5,), (3, 3)))
    pair.step()
    for i in (0, 1):
        pair.ours.state[pair.params[i]]["step"] = torch.tensor(7)
        pair.theirs.state[pair.mirrors[i]]["step"] = torch.tensor(7)
    with_nonfinite_grad(pair, 1)
    pair.step_with_grads()
    assert pair.ours.skipped == {"parameter 1 of group 0": 1}


@pytest.mark.parametrize("bad", range(4))
def test_copied_tensors_and_shared_memory_are_skipped(bad):
    """Parameters that are not dense, or share memory, beside one that a kernel takes in place."""
    shared = random(10)
    tensors = [random(6, 7)[:, ::2], shared[:6], shared[4:], random(5)]
    params = [torch.nn.Parameter(t.clone() if i == 3 else t) for i, t in enumerate(tensors)]
    optimizer = Adadelta(params, nonfinite="skip")
    for p in params:
        p.grad = torch.ones(p.shape)
    optimizer.step()
    state = {key: value.clone() for key, value in optimizer.state[params[bad]].items()}
    others = [optimizer.state[p]["step"].item() for i, p in enumerate(params) if i != bad]
    params[bad].grad.view(-1)[2] = torch.nan
    optimizer.step()
    after = optimizer.state[params[bad]]
    assert all(torch.equal(after[key], value) for key, value in state.items())
    steps = [optimizer.state[p]["step"].item() for i, p in enumerate(params) if i != bad]
    assert steps == [step + 1 for step in others]
    assert all(p.isfinite().all() for p in params)


def test_nonfinite_may_be_switched_between_steps():
    pair = make("propagate")
    pair.step()
    pair.ours.param_groups[0]["nonfinite"] = "skip"
    with_nonfinite_grad(pair, 0)
    pair.step_with_grads()
    del pair.ours.param_groups[0]["nonfinite"]
    pair.random_grads()
    pair.params[0].grad.fill_(torch.nan)
    pair.step_with_grads()  # torch's has the same grad
    assert pair.params[0].isnan().all()


def test_closures_and_hooks_run():
    p = torch.nn.Parameter(random(3))
    optimizer = Adadelta([p], nonfinite="skip")
    calls = []
    optimizer.register_step_post_hook(lambda *_: calls.append("post"))

    def closure():
        p.grad = torch.full_like(p, torch.nan)
        return 7.0

    assert optimizer.step(closure) == 7.0
    assert calls == ["post"]


def test_invalid_nonfinite_values_raise():
    p = torch.nn.Parameter(random(3))
    p.grad = torch.ones(3)
    with pytest.raises(ValueError, match="Invalid nonfinite value: 'ignore'"):
        Adadelta([p], nonfinite="ignore")
    optimizer = Adadelta([{"params": [p], "nonfinite": "ignore"}])
    with pytest.raises(ValueError, match="Invalid nonfinite value: 'ignore'"):
        optimizer.step()


def test_there_is_no_collective_without_dtensors(monkeypatch):
    """Does not use torch.distributed, without which torch may have been built."""
    monkeypatch.delattr("torch.distributed.all_reduce")
    p = torch.nn.Parameter(torch.ones(3))
    optimizer = Adadelta([p], nonfinite="skip")
    p.grad = torch.tensor([1.0, torch.inf, 1.0])
    optimizer.step()
    assert p.eq(1).all()


def test_a_parameter_found_on_another_rank_may_have_no_local_grad(monkeypatch):
    params = [torch.nn.Parameter(torch.ones(3)) for _ in range(2)]
    optimizer = Adadelta(params, nonfinite="skip")
    for p in params:
        p.grad = torch.ones(3)
    optimizer.step()
    params[0].grad = None
    before = [p.detach().clone() for p in params]
    monkeypatch.setattr(
        "adadelta_gen.options.nonfinite.all_reduce_found", lambda params, found: [0]
    )
    optimizer.step()
    changed = [not torch.equal(p, old) for p, old in zip(params, before, strict=True)]
    assert changed == [False, True]


@pytest.mark.parametrize("limit", [1, 3])
def test_skips_in_a_row_have_a_limit(limit):
    p, q = (torch.nn.Parameter(torch.ones(3)) for _ in range(2))
    optimizer = Adadelta([("p", p), ("q", q)], nonfinite="skip", max_skips=limit)
    for _ in range(limit):
        p.grad, q.grad = torch.full((3,), torch.nan), torch.ones(3)
        optimizer.step()
    before = snapshot(optimizer)
    for _ in range(2):  # the error does not count
        with pytest.raises(RuntimeError, match=rf"parameter 0 \('p'\) .* {limit} steps in a row"):
            optimizer.step()
    assert all(map(torch.equal, snapshot(optimizer), before))
    assert optimizer.skipped == {"p": limit}
    p.grad = torch.ones(3)
    optimizer.step()
    p.grad = torch.full((3,), torch.nan)
    optimizer.step()  # an update resets the count of skips in a row
    assert optimizer.skipped == {"p": limit + 1}


def test_the_parameter_that_exceeds_the_limit_is_named():
    """Not the first one whose grad is not finite."""
    p, q = (torch.nn.Parameter(torch.ones(3)) for _ in range(2))
    optimizer = Adadelta([("p", p), ("q", q)], nonfinite="skip", max_skips=2)
    p.grad, q.grad = torch.ones(3), torch.full((3,), torch.nan)
    optimizer.step()
    optimizer.step()
    p.grad = torch.full((3,), torch.nan)
    with pytest.raises(RuntimeError, match=r"the grad of parameter 1 \('q'\) .* 2 steps in a row"):
        optimizer.step()


def test_a_single_parameter_is_named_without_a_number_of_others():
    p = torch.nn.Parameter(torch.ones(3))
    optimizer = Adadelta([p], nonfinite="raise")
    p.grad = torch.full((3,), torch.nan)
    with pytest.raises(RuntimeError, match=r"on cpu has an infinity or a NaN \(nonfinite=.raise"):
        optimizer.step()


def test_a_hundred_skips_in_a_row_by_default():
    p = torch.nn.Parameter(torch.ones(3))
    optimizer = Adadelta([p], nonfinite="skip")
    p.grad = torch.full((3,), torch.inf)
    for _ in range(100):
        optimizer.step()
    with pytest.raises(RuntimeError, match="more than 100 steps in a row"):
        optimizer.step()
    optimizer.param_groups[0]["max_skips"] = None
    optimizer.step()
    assert optimizer.skipped.total() == 101


def test_a_copy_keeps_the_count_of_skips_in_a_row():
    p = torch.nn.Parameter(torch.ones(3))
    optimizer = Adadelta([p], nonfinite="skip", max_skips=2)
    p.grad = torch.full((3,), torch.nan)
    optimizer.step()
    replica = copy.deepcopy(optimizer)
    (q,) = replica.param_groups[0]["params"]
    q.grad = p.grad
    replica.step()
    with pytest.raises(RuntimeError, match="more than 2 steps in a row"):
        replica.step()
    optimizer.step()


@pytest.mark.parametrize("value", [0, -1, 1.5, "many"])
def test_invalid_max_skips_values_raise(value):
    with pytest.raises(ValueError, match=f"Invalid max_skips value: {value!r}"):
        Adadelta([torch.nn.Parameter(torch.ones(3))], max_skips=value)


def test_a_step_that_raises_counts_no_skips():
    params = [torch.nn.Parameter(torch.ones(3)) for _ in range(2)]
    optimizer = Adadelta(params, nonfinite="skip")
    params[0].grad, params[1].grad = torch.full((3,), torch.nan), torch.ones(3)
    optimizer.param_groups[0]["eps"] = 1e39
    with pytest.raises(RuntimeError, match="without overflow"):
        optimizer.step()
    assert not optimizer.skipped
    assert params[1].eq(1).all()


def test_the_defaults_dict_makes_an_equal_optimizer():
    options = {
        "nonfinite": "skip",
        "max_skips": 3,
        "amp_scaling": True,
        "dithered_rounding": True,
    }
    optimizer = Adadelta([torch.nn.Parameter(torch.ones(3))], **options)
    again = type(optimizer)([torch.nn.Parameter(torch.ones(3))], **optimizer.defaults)
    assert again.defaults == optimizer.defaults
    assert again.param_groups[0].keys() == optimizer.param_groups[0].keys()
    assert again._step_supports_amp_scaling


def test_a_group_without_the_option_is_not_searched():
    p, q, r = (torch.nn.Parameter(torch.ones(3)) for _ in range(3))
    optimizer = Adadelta([{"params": [p], "nonfinite": "skip"}, {"params": [q]}])
    optimizer.add_param_group({"params": [r], "nonfinite": "propagate"})
    assert "nonfinite" not in optimizer.param_groups[1]
    for param in (p, q, r):
        param.grad = torch.full((3,), torch.nan)
    optimizer.step()
    assert optimizer.skipped == {"parameter 0 of group 0": 1}
    assert [param.isnan().all().item() for param in (p, q, r)] == [False, True, True]


def test_torch_alone_reads_the_params_of_a_group_without_the_option():
    """They may be an iterator, which can be read once."""
    p, q = (torch.nn.Parameter(torch.ones(3)) for _ in range(2))
    optimizer = Adadelta([{"params": [p], "nonfinite": "skip"}, {"params": [q]}])
    p.grad = q.grad = torch.ones(3)
    optimizer.param_groups[1]["params"] = iter([q])
    optimizer.step()
    assert torch.equal(p, q)
    assert optimizer.state[q]["step"] == 1
