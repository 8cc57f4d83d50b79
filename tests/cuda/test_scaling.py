"""``amp_scaling=True`` with GradScaler's tensors on the device, where kernels read them."""

from collections import Counter
from weakref import ref

import pytest
import torch
from parity.support import random

from adadelta_gen import Adadelta
from adadelta_gen.options import amp
from adadelta_gen.step import examine, table

pytestmark = pytest.mark.usefixtures("simulator")


@pytest.fixture(autouse=True)
def host_reads(monkeypatch):
    """Put the scale and found_inf on the simulated device, in CPU memory.

    The list receives every read by the host, which would synchronise with a GPU.
    """
    asked = []

    def watched(name):
        method = getattr(amp.Scaling, name)

        def ask(scaling):
            asked.extend([name] if scaling.is_given() else [])
            return method(scaling)

        monkeypatch.setattr(amp.Scaling, name, ask)

    watched("should_skip")
    watched("inv_scale")
    monkeypatch.setattr(amp.Scaling, "is_on_device", amp.Scaling.is_given)
    monkeypatch.setattr(examine, "_is_counted_on_device", lambda p, step: step.is_meta)
    return asked


def optimizer_of(params, **options):
    """Return an optimizer with step counters on the device, as on a GPU."""
    optimizer = Adadelta(params, amp_scaling=True, **options)
    for group in optimizer.param_groups:
        for p in group["params"]:
            optimizer.init_state(group, p)
            optimizer.state[p]["step"] = torch.zeros((), device="meta")
    return optimizer


def params_of(*sizes, dtype=torch.float32):
    params = [torch.nn.Parameter(random(n, dtype=dtype, seed=n)) for n in sizes]
    for p in params:
        p.grad = random(*p.shape, dtype=dtype, seed=100)
    return params


def step(optimizer, scale, found_inf):
    """Step as GradScaler does."""
    optimizer.grad_scale, optimizer.found_inf = torch.tensor(scale), torch.tensor(found_inf)
    optimizer.step()


def plain(params, scales):
    """Return params and grads after a plain step with grads divided by the scale before."""
    mirrors = [torch.nn.Parameter(p.detach().clone()) for p in params]
    for mirror, p, scale in zip(mirrors, params, scales, strict=True):
        inverse = torch.tensor(scale).double().reciprocal().float()
        mirror.grad = p.grad * inverse.to(p.grad.dtype)
    Adadelta(mirrors).step()
    return [t.detach().clone() for m in mirrors for t in (m, m.grad)]


def assert_same(params, expected):
    found = [t.detach() for p in params for t in (p, p.grad)]
    assert all(map(torch.equal, found, expected))


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
@pytest.mark.parametrize("scale", [8.0, 3.0, 1.0])
def test_kernels_read_the_scale(simulator, host_reads, dtype, scale):
    params = params_of(70, 3, dtype=dtype)
    expected = plain(params, [scale] * 2)
    simulator.launches.clear()
    step(optimizer_of(params), scale, -0.0)
    assert host_reads == []
    assert_same(params, expected)
    assert len(simulator.launches) == 1


@pytest.mark.parametrize("found_inf", [1.0, 2.0, torch.nan])
def test_kernels_skip_the_step(simulator, host_reads, found_inf):
    params = params_of(70, 3)
    before = [t.detach().clone() for p in params for t in (p, p.grad)]
    step(optimizer_of(params), 8.0, found_inf)
    assert host_reads == []
    assert_same(params, before)
    assert len(simulator.launches) == 1


def test_overlapping_grads_are_unscaled_by_torch(host_reads):
    """A kernel would divide them while another one reads them: torch divides them before."""
    params = params_of(70, 70)
    params[1].grad = params[0].grad
    expected = plain(params, [64.0, 64.0])
    step(optimizer_of(params), 8.0, 0.0)
    assert host_reads == ["should_skip", "inv_scale"]
    assert_same(params, expected)


def test_overlapping_grads_of_two_groups_are_unscaled_by_torch(host_reads):
    params = params_of(70, 70)
    params[1].grad = params[0].grad
    expected = plain(params, [64.0, 64.0])
    step(optimizer_of([{"params": [p]} for p in params]), 8.0, 0.0)
    assert host_reads == ["should_skip", "inv_scale"]
    assert_same(params, expected)


def test_overlapping_grads_around_a_group_that_torch_updates():
    params = params_of(70, 3, 70)
    params[2].grad = params[0].grad
    expected = plain(params, [64.0, 8.0, 64.0])
    groups = [{"params": [p], "foreach": i == 1 or None} for i, p in enumerate(params)]
    optimizer = optimizer_of(groups)
    optimizer.state[params[1]]["step"] = torch.tensor(0.0)
    step(optimizer, 8.0, 0.0)
    assert_same(params, expected)


def test_amp_scaling_beside_a_group_that_torch_updates(host_reads):
    """The host reads the scale; kernels also write their unscaled grads."""
    params = params_of(70, 3)
    expected = plain(params, [8.0] * 2)
    optimizer = optimizer_of([{"params": params[:1]}, {"params": params[1:], "foreach": True}])
    optimizer.state[params[1]]["step"] = torch.tensor(0.0)
    versions = [p.grad._version for p in params]
    step(optimizer, 8.0, 0.0)
    assert host_reads == ["should_skip", "inv_scale"]
    assert_same(params, expected)
    assert all(p.grad._version > v for p, v in zip(params, versions, strict=True))


@pytest.mark.parametrize("scale", [None, 8.0])
@pytest.mark.parametrize("size", [1e-3, 1.0])
def test_clipping_on_the_device(simulator, monkeypatch, host_reads, scale, size):
    """Torch computes the factor on the device and kernels read it; grads are unscaled before."""
    params = params_of(70, 3)
    for p in params:
        p.grad *= size
    mirrors = [torch.nn.Parameter(p.detach().clone()) for p in params]
    for mirror, p in zip(mirrors, params, strict=True):
        mirror.grad = p.grad / (scale or 1)
    grads = [mirror.grad.clone() for mirror in mirrors]
    norm = torch.nn.utils.clip_grad_norm_(mirrors, 0.5)
    Adadelta(mirrors).step()
    optimizer = optimizer_of(params, max_grad_norm=0.5)
    simulator.launches.clear()
    monkeypatch.setattr(torch.Tensor, "item", None)
    if scale is None:
        optimizer.step()
    else:
        step(optimizer, scale, 0.0)
    monkeypatch.undo()
    assert host_reads == []
    assert torch.equal(optimizer.grad_norm, norm)
    assert all(map(torch.equal, params, mirrors))
    assert all(torch.equal(p.grad, grad) for p, grad in zip(params, grads, strict=True))
    assert len(simulator.launches) == 1


def test_overlapping_grads_that_are_already_unscaled(host_reads):
    """Kernels only read them, without a sync for found_inf."""
    params = params_of(70, 70)
    params[1].grad = params[0].grad
    expected = plain(params, [1.0, 1.0])
    optimizer = optimizer_of(params)
    optimizer.found_inf = torch.tensor(0.0)
    optimizer.step()
    assert host_reads == []
    assert_same(params, expected)


def test_values_of_the_last_step_are_freed():
    optimizer = optimizer_of(params_of(70))
    step(optimizer, 8.0, 0.0)
    optimizer.grad_scale, optimizer.found_inf = torch.tensor(8.0), torch.tensor(0.0)
    values = ref(optimizer.grad_scale), ref(optimizer.found_inf)
    optimizer.step()
    assert None not in [value() for value in values]  # a kernel on a GPU may still read them
    optimizer.step()
    assert [value() for value in values] == [None, None]


def test_counters_of_a_former_table_are_incremented(monkeypatch):
    """A group that is added needs another table, which takes over the rows."""
    params = params_of(70, 3)
    optimizer = optimizer_of(params[:1])
    optimizer.step()
    optimizer.add_param_group({"params": params[1:]})
    optimizer.init_state(optimizer.param_groups[1], params[1])
    optimizer.state[params[1]]["step"] = torch.zeros((), device="meta")
    taken = Counter()

    def count(steps, found_inf, amount):
        for step in steps:
            taken[id(step)] += amount

    monkeypatch.setattr(table, "_count", count)
    optimizer.step()
    assert taken == {id(optimizer.state[p]["step"]): 1 for p in params}


@pytest.mark.parametrize("found_inf", [0.0, 1.0])
def test_the_host_decides_for_a_counter_in_its_memory(host_reads, found_inf):
    """If it skips the step, it does nothing else: the grads are neither read nor written."""
    params = params_of(70, 3)
    params[1].grad[1] = torch.inf if found_inf else 1.0
    expected = plain(params, [8.0] * 2)
    before = [t.detach().clone() for p in params for t in (p, p.grad)]
    optimizer = optimizer_of(params, nonfinite="raise", max_grad_norm=torch.inf)
    optimizer.state[params[1]]["step"] = torch.tensor(0.0)
    optimizer.skipped_in_a_row["parameter 0 of group 0"] = 1
    step(optimizer, 8.0, found_inf)
    assert len(optimizer.skipped_in_a_row) == bool(found_inf)
    assert host_reads == (["should_skip"] if found_inf else ["should_skip", "inv_scale"])
    assert_same(params, before if found_inf else expected)
    assert optimizer.state[params[1]]["step"] == (not found_inf)
    assert (optimizer.grad_norm is None) == bool(found_inf)


def test_the_host_reads_values_in_its_memory(monkeypatch, host_reads):
    """As those that a caller sets by hand for parameters on a GPU."""
    monkeypatch.setattr(amp.Scaling, "is_on_device", lambda scaling: False)
    params = params_of(70, 3)
    expected = plain(params, [8.0] * 2)
    step(optimizer_of(params), 8.0, 0.0)
    assert host_reads[-1] == "inv_scale"
    assert_same(params, expected)


class Tagged(torch.Tensor):
    """A subclass that no kernel covers."""


def test_the_host_decides_for_a_parameter_that_torch_updates(host_reads):
    params = params_of(70, 3)
    params[1].grad = params[1].grad.as_subclass(Tagged)
    before = [t.detach().clone() for p in params for t in (p, p.grad)]
    optimizer = optimizer_of(params)
    optimizer.found_inf = torch.tensor(1.0)
    optimizer.step()
    assert host_reads == ["should_skip"]
    assert_same(params, before)
