"""Every number of ``diagnostics()`` against NumPy in float64, computed from the states."""

import numpy as np
import pytest
import torch
from parity.support import DEVICES, DTYPES, random
from torch.nn import Parameter

from adadelta_gen import Adadelta
from adadelta_gen.diagnostics import sampling
from adadelta_gen.diagnostics.rows import Diagnosis, Diagnostics

SHAPES = ((12, 11), (7,), (), (3, 1, 5))
# float64 sums of the same numbers in another order.
NEAR = 1e-13


def reals(tensor):
    tensor = tensor.detach().cpu()
    wide = torch.complex128 if tensor.is_complex() else torch.float64
    return tensor.to(wide).numpy().reshape(-1).view(np.float64)


def numbers_of(arrays, lr, eps):
    """Return the expected numbers of a row, from all ``(square_avg, acc_delta, param)``."""
    v, u, p = arrays
    factors = lr * np.sqrt((u + eps) / (v + eps))
    rms_update, rms_param = lr * np.sqrt(np.mean(u)), np.sqrt(np.mean(p * p))
    return {
        "effective_lr/mean": np.mean(factors),
        "effective_lr/q05": np.quantile(factors, 0.05),
        "effective_lr/median": np.median(factors),
        "effective_lr/q95": np.quantile(factors, 0.95),
        "square_avg_below_eps": np.mean(v < eps),
        "acc_delta_below_eps": np.mean(u < eps),
        "rms_update": rms_update,
        "rms_param": rms_param,
        "update_ratio": rms_update / rms_param,
    }


def arrays_of(optimizer, params):
    columns = [
        (reals(optimizer.state[p]["square_avg"]), reals(optimizer.state[p]["acc_delta"]), reals(p))
        for p in params
    ]
    return [np.concatenate(column) for column in zip(*columns, strict=True)]


def assert_exact(optimizer, lr, eps):
    """Check all rows of an optimizer with this lr and eps, and a state for each param."""
    found = optimizer.diagnostics()
    rows = iter(found.by_param)
    for group, whole in zip(optimizer.param_groups, found.by_group, strict=True):
        sets = [(whole, group["params"])] + [(next(rows), [p]) for p in group["params"]]
        for row, params in sets:
            arrays = arrays_of(optimizer, params)
            assert row.elements == row.sampled == len(arrays[0])
            assert row.as_dict() == pytest.approx(numbers_of(arrays, lr, eps), rel=NEAR, abs=0)
    assert next(rows, None) is None


def trained(params, steps=3, **options):
    optimizer = Adadelta(params, **options)
    for step in range(steps):
        for group in optimizer.param_groups:
            for i, p in enumerate(group["params"]):
                grad = random(*p.shape, dtype=p.dtype, seed=100 * step + i)
                p.grad = torch.empty_like(p).copy_(grad * 10.0 ** -(i + 1))
        optimizer.step()
    return optimizer


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_values_are_exact_for_every_dtype(dtype, device):
    params = [Parameter(random(*shape, dtype=dtype).to(device)) for shape in SHAPES]
    assert_exact(trained(params, lr=0.5, eps=1e-3), 0.5, 1e-3)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16], ids=str)
def test_values_are_exact_for_float32_states(dtype):
    optimizer = trained([Parameter(random(12, dtype=dtype))], eps=1e-8, state_dtype=torch.float32)
    assert_exact(optimizer, 1.0, 1e-8)


@pytest.mark.parametrize("device", DEVICES)
def test_groups_may_mix_dtypes(device):
    first, second = DTYPES[:3], DTYPES[3:]
    groups = [
        {"params": [Parameter(random(5, dtype=dtype).to(device)) for dtype in dtypes]}
        for dtypes in (first, second)
    ]
    assert_exact(trained(groups), 1.0, 1e-6)


@pytest.mark.parametrize(
    "lr", [2, torch.tensor(0.5), torch.tensor([0.3]), torch.tensor(2)], ids=str
)
def test_lr_may_be_a_tensor_or_integer(lr):
    params = [Parameter(random(5, dtype=dtype)) for dtype in (torch.bfloat16, torch.float64)]
    assert_exact(trained(params, lr=lr), float(lr), 1e-6)


@pytest.mark.cuda
@pytest.mark.skipif(not torch.cuda.is_available(), reason="torch finds no CUDA device")
def test_capturable_with_lr_on_the_device():
    lr = torch.tensor(0.5, device="cuda")
    params = [Parameter(random(5).cuda())]
    assert_exact(trained(params, lr=lr, capturable=True), 0.5, 1e-6)


def test_groups_use_their_own_hyperparameters():
    params = [Parameter(random(6)), Parameter(random(9))]
    optimizer = trained([{"params": params[:1], "lr": 0.1}, {"params": params[1:], "eps": 1e-2}])
    rows = optimizer.diagnostics().by_group
    for row, p, lr, eps in zip(rows, params, (0.1, 1.0), (1e-6, 1e-2), strict=True):
        expected = numbers_of(arrays_of(optimizer, [p]), lr, eps)
        assert row.as_dict() == pytest.approx(expected, rel=NEAR)


def test_values_do_not_depend_on_strides():
    """Params and states need not be dense or have equal strides."""
    params = [Parameter(random(4, 6)[:, ::2]), Parameter(random(5, 3).t()), Parameter(random(4, 4))]
    optimizer = trained(params)
    state = optimizer.state[params[2]]
    state["acc_delta"] = state["acc_delta"].t().contiguous().t()
    assert_exact(optimizer, 1.0, 1e-6)


def test_the_fractions_below_eps():
    p = Parameter(torch.ones(4))
    p.grad = torch.ones(4)
    optimizer = Adadelta([p], eps=0.5)
    optimizer.step()
    optimizer.state[p]["square_avg"].copy_(torch.tensor([0.0, 0.25, 0.5, 1.0]))
    optimizer.state[p]["acc_delta"].copy_(torch.tensor([0.0, 0.25, 0.4, 0.5]))
    (row,) = optimizer.diagnostics().by_param
    assert (row.square_avg_below_eps, row.acc_delta_below_eps) == (0.5, 0.75)


def test_the_effective_lr_is_the_factor_of_the_grad():
    """The next step multiplies by it if its grad does not change square_avg."""
    p = Parameter(random(1, dtype=torch.float64))
    optimizer = trained([p], lr=0.5)
    grad = optimizer.state[p]["square_avg"].sqrt()
    (row,) = optimizer.diagnostics().by_param
    before = p.detach().clone()
    p.grad = grad
    optimizer.step()
    assert (before - p).item() == pytest.approx(row.effective_lr.median * grad.item(), rel=1e-9)


def test_rms_update_is_the_decayed_average():
    p = Parameter(random(50))
    optimizer, squared = Adadelta([p], lr=0.5, rho=0.8), torch.zeros(50, dtype=torch.float64)
    for step in range(20):
        p.grad, before = random(50, seed=step), p.detach().double()
        optimizer.step()
        squared = 0.8 * squared + 0.2 * (p.detach().double() - before) ** 2
    (row,) = optimizer.diagnostics().by_param
    assert row.rms_update == pytest.approx(squared.mean().sqrt().item(), rel=1e-4)


def test_parameters_without_a_state_are_nan_and_do_not_count():
    params = [
        Parameter(random(3)),
        Parameter(random(4)),
        Parameter(random(0)),
        Parameter(random(5)),
    ]
    optimizer = Adadelta([{"params": params[:3]}, {"params": params[3:]}])
    params[0].grad, params[2].grad = random(3), random(0)
    optimizer.step()
    found = optimizer.diagnostics()
    assert [row.elements for row in found.by_param] == [3, 0, 0, 0]
    assert [row.elements for row in found.by_group] == [3, 0]
    assert found.by_group[0].as_dict() == found.by_param[0].as_dict()
    assert all(np.isnan([*row.as_dict().values()]).all() for row in found.by_param[1:])
    assert {key.split("/")[0] for key in found.as_dict(by_param=True)} == {"group 0"}
    assert len(optimizer.state) == 2


def test_mismatched_states_give_nan():
    p = Parameter(random(4))
    optimizer = trained([p])
    for wrong in (random(3), random(4).to("meta"), 1.0, None):
        optimizer.state[p]["acc_delta"] = wrong
        assert optimizer.diagnostics().by_param == (Diagnosis(0, 0),) or wrong is None
        assert optimizer.diagnostics().by_group[0].elements == 0


def test_an_optimizer_group_without_params():
    assert Adadelta([{"params": []}]).diagnostics() == Diagnostics((Diagnosis(0, None),), ())


def test_nonfinite_values_are_passed_on():
    params = [Parameter(random(5)), Parameter(random(5))]
    optimizer = trained(params, eps=0)
    optimizer.state[params[0]]["square_avg"][2] = torch.nan
    optimizer.state[params[1]]["acc_delta"][:3] = torch.inf
    first, second = optimizer.diagnostics().by_param
    assert np.isnan(first.effective_lr.mean)
    assert np.isfinite(first.effective_lr.median)
    assert second.effective_lr.median == second.effective_lr.q95 == np.inf
    assert second.rms_update == np.inf


@pytest.mark.parametrize(("update", "ratio"), [(0.5, np.inf), (0.0, np.nan)])
def test_ratio_of_a_parameter_that_is_zero(update, ratio):
    row = Diagnosis(0, 0, rms_update=update, rms_param=0.0)
    assert row.update_ratio == pytest.approx(ratio, nan_ok=True)


def test_a_group_weighs_by_elements_not_by_samples(monkeypatch):
    """One parameter samples 100 of 1000 elements, another one all of its 50."""
    monkeypatch.setattr(sampling, "LIMIT", 100)
    params = [Parameter(torch.full((n,), 1.0)) for n in (1000, 50)]
    optimizer = Adadelta(params, lr=1.0, eps=0.25)
    for p in params:
        p.grad = torch.ones_like(p)
    optimizer.step()
    for p, value in zip(params, (0.0, 1.0), strict=True):
        optimizer.state[p]["square_avg"].fill_(value)
        optimizer.state[p]["acc_delta"].zero_()
    large, small = optimizer.diagnostics().by_param
    (group,) = optimizer.diagnostics().by_group
    assert group.elements == 1050
    assert (group.sampled, large.sampled) == (150, 100)
    assert group.square_avg_below_eps == pytest.approx(1000 / 1050)
    mean = (1000 * large.effective_lr.mean + 50 * small.effective_lr.mean) / 1050
    assert group.effective_lr.mean == pytest.approx(mean)
    # The 5 % of small factors are those of the 50 elements, a third of the sample.
    assert group.effective_lr.median == large.effective_lr.median == 1.0
    assert small.effective_lr.median < 0.5
