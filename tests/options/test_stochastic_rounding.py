"""``stochastic_rounding=True``: seeded, resumable, unbiased over a training, of bfloat16 only."""

import copy

import pytest
import torch
from parity.support import kernels, random

from adadelta_gen import Adadelta

SHAPES = ((40, 30), (7,), (300,))


def parameters(dtype=torch.bfloat16, shapes=SHAPES):
    return [torch.nn.Parameter(random(*s, dtype=dtype, seed=i)) for i, s in enumerate(shapes)]


def make(params, **options):
    return Adadelta(params, stochastic_rounding=True, **{"seed": 1} | options)


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
def test_the_seed_decides(options):
    runs = [train(make(parameters(), seed=seed, **options)) for seed in (1, 1, 2)]
    assert same(runs[0], runs[1])
    assert not same(runs[0], runs[2])
    assert not same(runs[0], train(Adadelta(parameters(), **options)))


def test_without_a_seed_it_is_torchs():
    runs = []
    for seed in (3, 3, 4):
        torch.manual_seed(seed)
        runs.append(train(make(parameters(), seed=None)))
    assert same(runs[0], runs[1])
    assert not same(runs[0], runs[2])


def test_the_kernels():
    narrow, wide = make(parameters()), make(parameters(), state_dtype=torch.float32)
    for optimizer in (narrow, wide):
        train(optimizer)
    assert set(kernels(narrow)) == {"adadelta_cpu_bfloat16_min_nowd_stochastic"}
    assert set(kernels(wide)) == {"adadelta_cpu_bfloat16_min_nowd_float32state_stochastic"}


def test_any_number_of_threads():
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


def test_any_layout_of_the_grads():
    def transposed(grad):
        return grad.t().contiguous().t() if grad.ndim == 2 else grad

    assert same(train(make(parameters())), train(make(parameters()), layout=transposed))


def test_resumes_bit_by_bit():
    whole, first = make(parameters()), make(parameters())
    expected = train(whole, 7)
    weights = train(first, 3)
    saved = copy.deepcopy(first.state_dict())
    resumed = make([torch.nn.Parameter(w) for w in weights], seed=99)  # the checkpoint knows better
    resumed.load_state_dict(saved)
    assert same(train(resumed, 4, first=3), expected)
    assert resumed.param_groups[0]["seed"] == 8


def test_a_checkpoint_of_torchs_leaves_the_seed():
    theirs = torch.optim.Adadelta(parameters())
    train(theirs)
    ours = make(parameters(), seed=5)
    ours.load_state_dict(theirs.state_dict())
    assert ours.param_groups[0]["seed"] == 5
    assert ours.param_groups[0]["stochastic_rounding"] is True


def test_deepcopies_go_on_alike():
    optimizer = make(parameters())
    train(optimizer)
    twin = copy.deepcopy(optimizer)
    assert same(train(optimizer, first=3), train(twin, first=3))


def test_parameters_and_groups_draw_for_themselves():
    start = torch.ones(4096, dtype=torch.bfloat16)
    params = [torch.nn.Parameter(start.clone()) for _ in range(4)]
    optimizer = make([{"params": params[:2]}, {"params": params[2:]}])
    for p in params:
        p.grad = torch.full_like(p, 0.5)
    optimizer.step()
    moved = [p.detach() != start for p in params]
    for i in range(4):
        for j in range(i):
            # Bits that were the same would move the same elements; by chance as many agree.
            share = moved[i].float().mean() * moved[j].float().mean()
            both = (moved[i] & moved[j]).float().mean()
            assert abs(both - share) < 5 * (share / 4096) ** 0.5


def test_small_updates_add_up():
    """300 steps of about 1/20 ulp. To nearest none of them shows; the mean of 4096 is float32's."""
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
    ulp = 2.0**-8  # below 1; above it is twice that, where some are carried first
    deviation = (moved * 2 * ulp / n) ** 0.5
    assert abs((1 - ours.detach().float()).mean().item() - moved) < 5 * deviation


def test_other_dtypes_are_rounded_to_nearest():
    params = [*parameters(torch.float32), *parameters(torch.float16), *parameters()]
    plain = [*parameters(torch.float32), *parameters(torch.float16), *parameters()]
    ours, expected = train(make(params)), train(Adadelta(plain))
    assert same(ours[:6], expected[:6])
    assert not same(ours[6:], expected[6:])


@pytest.mark.parametrize("option", [{"foreach": True}, {"differentiable": True}, {"fused": False}])
def test_what_it_excludes(option):
    with pytest.raises(RuntimeError, match="`stochastic_rounding` needs the kernels"):
        Adadelta(parameters(), stochastic_rounding=True, **option)


@pytest.mark.parametrize("option", [{"foreach": True}, {"fused": False}])
def test_switched_to_torch_it_raises(option):
    optimizer = make(parameters())
    train(optimizer)
    optimizer.param_groups[0].update(option)
    with pytest.raises(RuntimeError, match="stochastic_rounding=True, but group 0 has"):
        train(optimizer)


def test_a_parameter_that_only_torch_can_update_is_named():
    shared = torch.zeros(10, dtype=torch.bfloat16)
    params = [torch.nn.Parameter(shared[:6]), torch.nn.Parameter(shared[4:])]
    optimizer = make([("first", params[0]), ("second", params[1])])
    with pytest.raises(
        RuntimeError, match=r"stochastic_rounding=True, but .*'first'.*shares memory"
    ):
        train(optimizer)
    wide = [torch.nn.Parameter(p.detach().float()) for p in params]
    train(make(wide))  # nothing to round


def test_switched_on_between_steps():
    optimizer = Adadelta(parameters())
    train(optimizer)
    optimizer.param_groups[0]["stochastic_rounding"] = True
    train(optimizer)
    assert set(kernels(optimizer)) == {"adadelta_cpu_bfloat16_min_nowd_stochastic"}
    assert optimizer.param_groups[0]["seed"] == torch.initial_seed() + 3


def test_not_inside_a_compiled_step():
    optimizer = make(parameters())
    train(optimizer)
    step = torch.compile(optimizer.step, backend="eager")
    try:
        with pytest.raises(Exception, match="knows nothing of stochastic_rounding"):
            step()
    finally:
        torch._dynamo.reset()
