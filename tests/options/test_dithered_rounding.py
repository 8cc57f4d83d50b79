"""``dithered_rounding=True``: resumable, unbiased over a training, for bfloat16 only."""

import copy

import pytest
import torch
from parity.support import kernels, random, snapshot

from adadelta_gen import Adadelta, torch_private

SHAPES = ((40, 30), (7,), (300,))


def parameters(dtype=torch.bfloat16, shapes=SHAPES):
    return [torch.nn.Parameter(random(*s, dtype=dtype, seed=i)) for i, s in enumerate(shapes)]


def make(params, **options):
    return Adadelta(params, dithered_rounding=True, **options)


def train(optimizer, steps=3, first=0, layout=lambda grad: grad):
    params = [p for group in optimizer.param_groups for p in group["params"]]
    for step in range(first, first + steps):
        for i, p in enumerate(params):
            grad = random(*p.shape, dtype=torch.float32, seed=100 * step + i).to(p.dtype)
            p.grad = layout(grad)
        optimizer.step()
    return [p.detach().clone() for p in params]


def same(left, right):
    return all(map(torch.equal, left, right))


@pytest.mark.parametrize("options", [{}, {"state_dtype": torch.float32}], ids=str)
def test_two_equal_trainings_round_alike(options):
    runs = []
    for seed in (1, 2):
        torch.manual_seed(seed)
        runs.append(train(make(parameters(), **options)))
    assert same(*runs)
    assert not same(runs[0], train(Adadelta(parameters(), **options)))


def test_dithered_kernels_are_chosen():
    narrow, wide = make(parameters()), make(parameters(), state_dtype=torch.float32)
    for optimizer in (narrow, wide):
        train(optimizer)
    assert set(kernels(narrow)) == {"adadelta_cpu_bfloat16_min_nowd_dithered"}
    assert set(kernels(wide)) == {"adadelta_cpu_bfloat16_min_nowd_float32state_dithered"}


def test_rounding_does_not_depend_on_the_number_of_threads():
    shapes = ((300, 301), (5,), (70_000,))
    runs = []
    before = torch.get_num_threads()
    try:
        for threads in (1, 2, 3):
            torch.set_num_threads(threads)
            runs.append(train(make(parameters(shapes=shapes)), steps=2))
    finally:
        torch.set_num_threads(before)
    assert same(runs[0], runs[1])
    assert same(runs[0], runs[2])


def test_rounding_does_not_depend_on_the_strides_of_the_grads():
    def transposed(grad):
        return grad.t().contiguous().t() if grad.ndim == 2 else grad

    assert same(train(make(parameters())), train(make(parameters()), layout=transposed))


def test_resumes_bit_by_bit():
    whole, first = make(parameters()), make(parameters())
    expected = train(whole, 7)
    weights = train(first, 3)
    saved = copy.deepcopy(first.state_dict())
    resumed = make([torch.nn.Parameter(w) for w in weights])
    resumed.load_state_dict(saved)
    assert same(train(resumed, 4, first=3), expected)


def test_rounding_depends_on_the_step_of_the_state():
    """A checkpoint contains ``step``; setting it back gives the rounding of that step again."""
    optimizer, other = make(parameters()), make(parameters())
    for each in (optimizer, other):
        train(each, 2)
    for state in other.state.values():
        state["step"] -= 1
    assert not same(train(optimizer, 1, first=2), train(other, 1, first=2))
    for step in (torch.nan, torch.inf, -5.0, 1e300):
        for state in other.state.values():
            state["step"] = torch.tensor(step, dtype=torch.float64)
        train(other, 1)


def test_a_checkpoint_of_a_version_with_random_bits_is_loaded():
    optimizer = make(parameters())
    train(optimizer)
    saved = copy.deepcopy(optimizer.state_dict())
    del saved["param_groups"][0]["dithered_rounding"]
    saved["param_groups"][0] |= {"stochastic_rounding": True, "seed": 8}
    resumed = make(parameters())
    resumed.load_state_dict(saved)
    assert resumed.param_groups[0]["dithered_rounding"] is True
    assert not {"seed", "stochastic_rounding"} & resumed.param_groups[0].keys()
    train(resumed, 1)


def test_a_checkpoint_of_torch_is_loaded():
    theirs = torch.optim.Adadelta(parameters())
    train(theirs)
    ours = make(parameters())
    ours.load_state_dict(theirs.state_dict())
    assert ours.param_groups[0]["dithered_rounding"] is True
    train(ours, 1)


def test_a_repeated_step_has_another_dither(monkeypatch):
    """Native code reads the step at each call."""
    optimizer, other = make(parameters()), make(parameters())
    train(optimizer)
    expected = train(other, 6)
    monkeypatch.setattr(Adadelta, "_update", None)
    assert same(train(optimizer, 3, first=3), expected)


def test_deepcopies_round_alike():
    optimizer = make(parameters())
    train(optimizer)
    twin = copy.deepcopy(optimizer)
    assert same(train(optimizer, first=3), train(twin, first=3))


def test_small_updates_add_up():
    """300 steps of about 1/20 ulp: lost if rounded to nearest; the mean of 4096 is right."""
    n, steps = 4096, 300
    start = torch.ones(n, dtype=torch.bfloat16)
    ours, nearest = (torch.nn.Parameter(start.clone()) for _ in range(2))
    truth = torch.nn.Parameter(start.float())
    optimizers = [
        make([ours], lr=0.1, state_dtype=torch.float32),
        Adadelta([nearest], lr=0.1, state_dtype=torch.float32),
        Adadelta([truth], lr=0.1),
    ]
    for _ in range(steps):
        for p in (ours, nearest, truth):
            p.grad = torch.full_like(p, 0.01)
        for optimizer in optimizers:
            optimizer.step()
    moved = (1 - truth.detach()).mean().item()
    assert moved > 5 * 2.0**-8
    assert torch.equal(nearest, start)
    # Measured: 0.001 units of 2**-8.
    assert abs((1 - ours.detach().float()).mean().item() - moved) < 0.02 * 2.0**-8


def test_other_dtypes_are_rounded_to_nearest():
    params = [*parameters(torch.float32), *parameters(torch.float16), *parameters()]
    plain = [*parameters(torch.float32), *parameters(torch.float16), *parameters()]
    ours, expected = train(make(params)), train(Adadelta(plain))
    assert same(ours[:6], expected[:6])
    assert not same(ours[6:], expected[6:])


@pytest.mark.parametrize("option", [{"foreach": True}, {"differentiable": True}, {"fused": False}])
def test_options_without_kernels_raise(option):
    with pytest.raises(RuntimeError, match="`dithered_rounding` needs the generated kernels"):
        Adadelta(parameters(), dithered_rounding=True, **option)


@pytest.mark.parametrize("option", [{"foreach": True}, {"fused": False}])
def test_switched_to_torch_it_raises(option):
    optimizer = make(parameters())
    train(optimizer)
    optimizer.param_groups[0].update(option)
    with pytest.raises(
        RuntimeError, match=r"dithered_rounding=True, but no .* the parameters of group 0"
    ):
        train(optimizer)


def test_a_parameter_that_only_torch_can_update_is_named():
    shared = torch.zeros(10, dtype=torch.bfloat16)
    params = [torch.nn.Parameter(shared[:6]), torch.nn.Parameter(shared[4:])]
    optimizer = make([("first", params[0]), ("second", params[1])])
    with pytest.raises(RuntimeError, match=r"dithered_rounding=True, but .*'first'.*shares memory"):
        train(optimizer)
    wide = [torch.nn.Parameter(p.detach().float()) for p in params]
    train(make(wide))  # nothing to round


def test_switched_on_between_steps():
    optimizer = Adadelta(parameters())
    train(optimizer)
    optimizer.param_groups[0]["dithered_rounding"] = True
    train(optimizer)
    assert set(kernels(optimizer)) == {"adadelta_cpu_bfloat16_min_nowd_dithered"}


def test_dithered_rounding_raises_inside_torch_compile():
    optimizer = make(parameters())
    train(optimizer)
    step = torch.compile(optimizer.step, backend="eager")
    try:
        with pytest.raises(Exception, match="cannot apply dithered_rounding"):
            step()
    finally:
        torch._dynamo.reset()


def test_a_graph_capture_is_refused_with_rounding_by_a_dither_only(monkeypatch):
    """A replay would repeat the dither of the captured step."""
    dithered, nearest = (
        Adadelta([torch.nn.Parameter(torch.ones(3, dtype=torch.bfloat16))], dithered_rounding=by)
        for by in (True, False)
    )
    for optimizer in (dithered, nearest):
        optimizer.param_groups[0]["params"][0].grad = torch.ones(3, dtype=torch.bfloat16)
        optimizer.step()
    monkeypatch.setattr(torch_private, "is_capturing", lambda: True)
    for optimizer in (dithered, nearest):
        optimizer.add_param_group({"params": []})  # so that the last step cannot be repeated
    nearest.step()
    before = snapshot(dithered)
    with pytest.raises(RuntimeError, match="which a captured CUDA graph would repeat"):
        dithered.step()
    assert all(map(torch.equal, snapshot(dithered), before))
