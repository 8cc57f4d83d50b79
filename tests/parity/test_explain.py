"""``explain()`` describes the next ``step()`` and changes nothing."""

import threading
from collections import OrderedDict
from contextlib import nullcontext
from fractions import Fraction

import pytest
import torch
from torch.overrides import TorchFunctionMode

from adadelta_gen import Adadelta
from adadelta_gen.step import plan
from adadelta_gen.step.examine import examine
from parity.support import DTYPES, Pair, kernels, kernels_that_run, random, reasons, snapshot

NAMES = {
    torch.float16: "float16",
    torch.bfloat16: "bfloat16",
    torch.float32: "float32",
    torch.float64: "float64",
    torch.complex64: "float32",
    torch.complex128: "float64",
}


@pytest.mark.parametrize("maximize", [False, True])
@pytest.mark.parametrize("decay", [0, 0.1])
def test_every_dtype_has_its_kernel(maximize, decay):
    pair = Pair([random(3, dtype=dtype) for dtype in DTYPES], maximize=maximize, weight_decay=decay)
    variant = f"{'max' if maximize else 'min'}_{'wd' if decay else 'nowd'}"
    expected = [f"adadelta_cpu_{NAMES[dtype]}_{variant}" for dtype in DTYPES]
    assert [row.kernel for row in pair.ours.explain()] == expected
    pair.step()
    assert [row.kernel for row in pair.ours.explain()] == expected


def test_there_is_one_row_per_parameter():
    optimizer = Adadelta(
        [
            {"params": [("w", torch.nn.Parameter(random(2, 3)))]},
            {"params": [("b", torch.nn.Parameter(random())), ("c", torch.nn.Parameter(random(0)))]},
        ]
    )
    rows = optimizer.explain()
    assert [(r.group, r.index, r.name, r.shape) for r in rows] == [
        (0, 0, "w", (2, 3)),
        (1, 0, "b", ()),
        (1, 1, "c", (0,)),
    ]
    assert {(r.dtype, r.device, r.why) for r in rows} == {("torch.float32", "cpu", "")}
    assert len(rows) == 3


def test_nothing_is_changed():
    pair = Pair([random(4), random(6)[::2]])
    for steps in (0, 2):
        pair.step(steps)
        before = snapshot(pair.ours)
        versions = [p._version for p in pair.params]
        pair.random_grads()
        pair.ours.explain()
        assert len(pair.ours.state) == len(pair.theirs.state)
        assert all(map(torch.equal, snapshot(pair.ours), before))
        assert versions == [p._version for p in pair.params]
    pair.step()


def test_explain_depends_on_the_current_grads():
    pair = Pair([random(3, 4)])
    for grad, why in (
        (random(3, 4), ""),
        (random(4, 3).t(), "grad has strides (1, 3), param (4, 1)"),
        (None, ""),
        (random(3, 4), ""),
    ):
        pair.set_grads([grad])
        (row,) = pair.ours.explain()
        assert row.why == why
        assert row.kernel == "adadelta_cpu_float32_min_nowd"
        pair.step_with_grads()


def test_explain_depends_on_the_options():
    pair = Pair([random(3)])
    for options, kernel, why in (
        ({"maximize": True}, "adadelta_cpu_float32_max_nowd", ""),
        ({"weight_decay": 0.1}, "adadelta_cpu_float32_max_wd", ""),
        ({"fused": False}, None, "fused=False"),
        ({"fused": None, "foreach": True}, None, "foreach=True"),
        ({"fused": True}, "adadelta_cpu_float32_max_wd", ""),
    ):
        pair.ours.param_groups[0].update(options)
        (row,) = pair.ours.explain()
        assert (row.kernel, row.why) == (kernel, why)


def test_explain_says_which_hyperparameter_only_torch_can_read():
    freed = torch.tensor(0.5)
    freed.untyped_storage().resize_(0)
    for name, value, why in (
        ("lr", torch.tensor([[0.5]], requires_grad=True), ""),
        ("rho", torch.tensor(0.5), ""),
        ("rho", torch.tensor(0.5, requires_grad=True), "that requires grad"),
        ("rho", torch.tensor([0.5]), "of shape (1,)"),
        ("lr", torch.tensor([0.5, 0.25]), "of shape (2,)"),
        ("lr", torch.empty(0), "of shape (0,)"),
        ("lr", torch.tensor(True), "of torch.bool, torch.strided, on cpu"),
        ("lr", torch.tensor(0.5).to_sparse(), "of torch.float32, torch.sparse_coo, on cpu"),
        ("lr", torch.tensor(0.5, device="meta"), "of torch.float32, torch.strided, on meta"),
        ("lr", freed, "whose memory was freed"),
    ):
        optimizer = Adadelta([torch.nn.Parameter(random(3))])
        optimizer.param_groups[0][name] = value
        (row,) = optimizer.explain()
        assert row.why == (f"{name} is a tensor {why}" if why else "")
        assert (row.kernel is None) == bool(why)


def test_explain_raises_the_errors_of_step():
    p = torch.nn.Parameter(random(3, 2))
    p.grad = torch.ones(3, 2).to_sparse()
    with pytest.raises(RuntimeError, match="Adadelta does not support sparse gradients"):
        Adadelta([p]).explain()


def test_the_table():
    optimizer = Adadelta([("w", torch.nn.Parameter(random(6)[::2]))])
    header, row = str(optimizer.explain()).splitlines()
    assert header.split()[:3] == ["group", "param", "name"]
    assert row.split()[:3] == ["0", "0", "w"]
    assert row.endswith("adadelta_cpu_float32_min_nowd  param is not dense")
    assert header.index("because") == row.index("param is not dense")
    optimizer.param_groups[0]["fused"] = False
    assert str(optimizer.explain()).splitlines()[1].endswith("torch       fused=False")


def test_an_optimizer_without_tensors_in_a_group():
    optimizer = Adadelta([{"params": []}])
    assert optimizer.explain() == ()
    assert len(str(optimizer.explain()).splitlines()) == 1


class Tagged(torch.Tensor):
    """A subclass that no kernel covers."""


class Listening(TorchFunctionMode):
    def __torch_function__(self, function, types, args=(), kwargs=None):
        return function(*args, **(kwargs or {}))


def of_subclass(optimizer):
    optimizer.param_groups[0] = OrderedDict(optimizer.param_groups[0])


def as_tuple(optimizer):
    optimizer.param_groups = tuple(optimizer.param_groups)


def with_ordered_state(optimizer):
    optimizer.state = OrderedDict(optimizer.state)


def with_option(name, value):
    return lambda optimizer: optimizer.param_groups[0].update({name: value})


def listening(optimizer):
    return Listening()


WHOLE_GROUPS = {
    "group is a OrderedDict": of_subclass,
    "param_groups is a tuple": as_tuple,
    "the optimizer's state is a OrderedDict": with_ordered_state,
    "the TorchFunctionMode Listening is active": listening,
    "differentiable=True": with_option("differentiable", True),
    "lr is a Fraction": with_option("lr", Fraction(1, 2)),
}


@pytest.mark.parametrize("why", WHOLE_GROUPS)
def test_what_keeps_a_whole_group_from_kernels(why):
    """The same words as in the error of a step, also for a group without parameters."""
    for params in ([torch.nn.Parameter(random(3)) for _ in range(2)], []):
        optimizer = Adadelta([{"params": params}, {"params": [torch.nn.Parameter(random(2))]}])
        for p in params:
            p.grad = torch.ones(3)
        with WHOLE_GROUPS[why](optimizer) or nullcontext():
            rows = [row for row in optimizer.explain() if row.group == 0]
            assert [(row.kernel, row.why) for row in rows] == [(None, why)] * len(params)
            optimizer.param_groups[0]["fused"] = True
            words = "fused=True, but no generated kernel can update the parameters of group 0: "
            for attempt in (optimizer.explain, optimizer.step):
                with pytest.raises(RuntimeError, match=f"{words}{why}. With fused=None"):
                    attempt()


def test_states_of_a_group_that_torch_updates_are_not_examined():
    pair = Pair([random(3)])
    set_grads_of_dtype(pair, torch.float16, 0)
    pair.step_with_grads()
    pair.ours.param_groups[0]["fused"] = False
    for optimizer in pair.both:
        (state,) = optimizer.state.values()
        state["step"] = torch.ones(3)  # torch adds 1 to each
    assert reasons(pair.ours) == ["fused=False"]
    pair.step()


HALF = "grad is of shape (3,), torch.float16, on cpu"


def set_grads_of_dtype(pair, dtype, *numbers):
    """Set new grads, those of some params in another dtype, which torch may refuse."""
    pair.random_grads()
    for params in (pair.params, pair.mirrors):
        for i in numbers:
            params[i].grad = params[i].grad.clone()
            params[i].grad.data = params[i].grad.to(dtype)


def test_parameters_beside_those_that_torch_has_to_update():
    """Torch updates their whole group; the reason names the first."""
    pair = Pair([{"params": [random(3) for _ in range(3)]}, {"params": [random(3)]}])
    set_grads_of_dtype(pair, torch.float16, 1, 2)
    words = "no generated kernel can update parameter 1 of group 0 of shape (3,), torch.float32, "
    assert reasons(pair.ours) == [f"{words}on cpu: {HALF}", HALF, HALF, ""]
    assert [kernel is None for kernel in kernels(pair.ours)] == [True, True, True, False]
    pair.step_with_grads()


def test_required_kernels_beside_a_parameter_that_torch_has_to_update():
    """Torch would update the whole group, also the parameter that needs a dither."""
    params = [random(3, dtype=torch.bfloat16), random(3)]
    pair = Pair(params)
    pair.ours.param_groups[0]["dithered_rounding"] = True
    set_grads_of_dtype(pair, torch.float16, 1)
    for attempt in (pair.ours.explain, pair.ours.step):
        with pytest.raises(RuntimeError, match=r"^dithered_rounding=True, but .* parameter 1 of"):
            attempt()
    pair.random_grads()
    pair.params[1].grad = random(3).as_subclass(Tagged)
    assert reasons(pair.ours) == ["", "grad is a Tagged"]
    pair.ours.step()


VARIANTS = [
    {},
    {"weight_decay": 0.1},
    {"maximize": True},
    {"weight_decay": 0.1, "maximize": True},
]


def share(pair, i, k):
    for params in (pair.params, pair.mirrors):
        params[k].data = params[i].data


def groups_by_kernels(pair, ran):
    """Take a step; return the groups that kernels updated, as ``explain()`` had announced."""
    rows = zip(pair.params, kernels(pair.ours), strict=True)
    explained = {kernel for p, kernel in rows if kernel and p.grad is not None}
    ran.clear()
    pair.step_with_grads()
    names = [f"adadelta_cpu_float32_{name}" for name in ("min_nowd", "min_wd", "max_nowd")]
    names.append("adadelta_cpu_float32_max_wd")
    assert ran == explained
    return [number for number, name in enumerate(names) if name in ran]


@pytest.fixture
def groups(monkeypatch):
    """Four groups of one parameter each, with different kernels, and the kernels that run."""
    ran = kernels_that_run(monkeypatch)
    shared = [{"params": [random(3, seed=i)], **options} for i, options in enumerate(VARIANTS)]
    return Pair(shared), ran


def test_only_parameters_with_a_grad_share_memory(groups):
    pair, ran = groups
    share(pair, 0, 2)
    pair.random_grads()
    assert groups_by_kernels(pair, ran) == [1, 3]
    pair.random_grads(skip=[2])
    pair.edit(0, fused=True)
    assert groups_by_kernels(pair, ran) == [0, 1, 3]


@pytest.mark.parametrize("options", [{"foreach": True}, {}], ids=str)
@pytest.mark.parametrize("is_later", [False, True])
def test_parameters_around_a_group_of_torch_may_share_memory(groups, options, is_later):
    """One native call updates those before it, another one those after it.

    Torch continues with those that it has updated.
    """
    pair, ran = groups
    share(pair, 0, 2)
    if is_later:
        pair.step()
    pair.edit(1, **options)
    set_grads_of_dtype(pair, torch.float16, *([] if options else [1]))
    assert groups_by_kernels(pair, ran) == ([3] if is_later else [0, 2, 3])


def test_one_of_three_parameters_that_share_memory_moves(groups):
    """Torch continues with the two that still share it."""
    pair, ran = groups
    share(pair, 0, 1)
    share(pair, 0, 2)
    pair.random_grads()
    assert groups_by_kernels(pair, ran) == [3]
    for params in (pair.params, pair.mirrors):
        params[2].data = params[2].data.clone()
    pair.random_grads()
    assert groups_by_kernels(pair, ran) == [2, 3]


def test_a_parameter_shares_memory_with_one_that_torch_has_to_update(groups):
    pair, ran = groups
    share(pair, 0, 2)
    pair.random_grads()
    assert groups_by_kernels(pair, ran) == [1, 3]
    set_grads_of_dtype(pair, torch.float16, 0)
    assert groups_by_kernels(pair, ran) == [1, 2, 3]


def test_a_grad_shares_memory_beside_parameters_that_do(groups):
    """Which a step finds out one after the other."""
    pair, ran = groups
    share(pair, 0, 1)
    pair.random_grads()
    for params in (pair.params, pair.mirrors):
        params[3].grad = params[2].data
    assert groups_by_kernels(pair, ran) == []


def test_a_cause_is_forgotten_when_its_group_moves(groups):
    pair, ran = groups
    set_grads_of_dtype(pair, torch.float16, 0)
    assert groups_by_kernels(pair, ran) == [1, 2, 3]
    pair.each(lambda optimizer: optimizer.param_groups.reverse())
    pair._versions = [list(reversed(old)) for old in pair._versions]
    set_grads_of_dtype(pair, torch.float16, 0)
    assert groups_by_kernels(pair, ran) == [0, 1, 2]


def test_a_cause_is_forgotten_when_its_parameter_has_no_grad(monkeypatch):
    ran = kernels_that_run(monkeypatch)
    p, q = torch.nn.Parameter(random(3)), torch.nn.Parameter(torch.empty(3, device="meta"))
    optimizer = Adadelta([p, q])
    p.grad, q.grad = torch.ones(3), torch.empty_like(q)
    optimizer.step()
    assert not ran
    q.grad = None
    optimizer.step()
    assert ran == {"adadelta_cpu_float32_min_nowd"}


def test_the_cause_is_the_present_one():
    pair = Pair([random(3)])
    set_grads_of_dtype(pair, torch.float16, 0)
    pair.step_with_grads()
    set_grads_of_dtype(pair, torch.float64, 0)
    pair.ours.param_groups[0]["fused"] = True
    for attempt in (pair.ours.explain, pair.ours.step):
        with pytest.raises(RuntimeError, match=r": grad is of shape \(3,\), torch.float64, on cpu"):
            attempt()


def test_a_parameter_without_a_shape():
    params = [torch.nn.UninitializedParameter(), torch.nn.Parameter(random(3))]
    assert [row.shape for row in Adadelta(params).explain()] == [(), (3,)]


def test_a_dtype_that_changes_meanwhile(monkeypatch):
    """As by another thread: there is no kernel for the parameter any more."""

    def examined(place, param, grad, state):
        route = examine(place, param, grad, state)
        param.data = torch.ones(3, dtype=torch.int32)
        return route

    monkeypatch.setattr(plan, "examine", examined)
    (row,) = Adadelta([torch.nn.Parameter(random(3), requires_grad=False)]).explain()
    assert (row.kernel, row.dtype) == (None, "torch.int32")


def test_explain_waits_for_a_step_of_another_thread():
    began, may_end, ended = threading.Event(), threading.Event(), threading.Event()

    class Waiting(torch.Tensor):
        @classmethod
        def __torch_function__(cls, function, types, args=(), kwargs=None):
            if function is torch.Tensor.addcmul_:
                began.set()
                may_end.wait(60)
            return super().__torch_function__(function, types, args, kwargs or {})

    p = torch.nn.Parameter(random(3))
    p.grad = random(3).as_subclass(Waiting)
    optimizer = Adadelta([p])
    threads = [
        threading.Thread(target=optimizer.step),
        threading.Thread(target=lambda: (optimizer.explain(), ended.set())),
    ]
    for thread in threads:
        thread.start()
        began.wait(60)
    assert not ended.wait(0.2)
    may_end.set()
    for thread in threads:
        thread.join()
    assert ended.is_set()


@pytest.fixture
def mesh():
    """Rank 1 of 2, in a process group that sends nothing."""
    distributed = pytest.importorskip("torch.distributed")
    store = pytest.importorskip("torch.testing._internal.distributed.fake_pg").FakeStore()
    distributed.init_process_group("fake", store=store, rank=1, world_size=2)
    yield distributed.device_mesh.init_device_mesh("cpu", (2,))
    distributed.destroy_process_group()


def test_a_shard(mesh):
    tensor = pytest.importorskip("torch.distributed.tensor")

    def sharded(*shape):
        return tensor.DTensor.from_local(random(*shape), mesh, [tensor.Shard(0)])

    p = torch.nn.Parameter(sharded(2, 3))
    optimizer = Adadelta([p])
    for _ in range(2):
        p.grad = sharded(2, 3)
        (row,) = optimizer.explain()
        assert (row.shape, row.why) == ((4, 3), "for a local tensor of shape (2, 3)")
        assert row.kernel == "adadelta_cpu_float32_min_nowd"
        optimizer.step()
    p.grad = tensor.DTensor.from_local(random(3, 2).t(), mesh, [tensor.Shard(0)])
    strides = "grad has strides (1, 2), param (3, 1)"
    assert reasons(optimizer) == [f"for a local tensor of shape (2, 3): {strides}"]


@pytest.mark.parametrize(("has_grad", "has_state"), [(True, False), (False, True), (False, False)])
def test_freed_memory_matters_if_a_step_would_read_it_or_has_read_it(has_grad, has_state):
    p = torch.nn.Parameter(random(4))
    optimizer = Adadelta([p])
    p.grad = random(4)
    if has_state:
        optimizer.step()
    if not has_grad:
        p.grad = None
    p.untyped_storage().resize_(0)
    if has_grad:
        with pytest.raises(RuntimeError, match="the memory of param of parameter 0"):
            optimizer.explain()
    else:
        (row,) = optimizer.explain()
        assert (row.kernel is None) == ("was freed" in row.why) == has_state


class Own(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return super().__torch_function__(function, types, args, kwargs)


class OwnDict(dict):
    pass


WHOLE = {
    "Own": (lambda: random(4).as_subclass(Own), "param is a Own"),
    "conjugate": (
        lambda: random(4, dtype=torch.complex64).conj(),
        "param is a lazy conjugate or negative",
    ),
    "negative": (
        lambda: random(4, dtype=torch.complex64).conj().imag,
        "param is a lazy conjugate or negative",
    ),
}


@pytest.mark.parametrize(("make", "why"), WHOLE.values(), ids=WHOLE)
def test_params_that_torch_updates_with_their_whole_group(make, why):
    p, q = random(3).requires_grad_(), make().detach().requires_grad_()
    p.grad, q.grad = torch.ones_like(p), torch.ones_like(q)
    first, second = Adadelta([p, q]).explain()
    assert (first.kernel, second.kernel) == (None, None)
    assert second.why == why
    assert why in first.why


def test_the_layout_of_a_sparse_param_is_named():
    (row,) = Adadelta([torch.nn.Parameter(random(4).to_sparse())]).explain()
    assert (row.kernel, row.why) == (None, "param has layout torch.sparse_coo")


def test_a_state_that_is_no_plain_dict_is_named():
    p = random(3).requires_grad_()
    p.grad = torch.ones(3)
    optimizer = Adadelta([p])
    optimizer.step()
    optimizer.state[p] = OwnDict(optimizer.state[p])
    (row,) = optimizer.explain()
    assert (row.kernel, row.why) == (None, "its state is a OwnDict")


@pytest.mark.parametrize(("kind", "n_rows"), [(set, 2), (dict.fromkeys, 2), (iter, 0)])
def test_params_that_are_no_list(kind, n_rows):
    """Torch updates them; an iterator is left for the step, which can read it once."""
    params = [torch.nn.Parameter(random(3)) for _ in range(2)]
    optimizer = Adadelta(params)
    optimizer.param_groups[0]["params"] = made = kind(params)
    rows = list(optimizer.explain())
    assert [row.why for row in rows] == [f"its params are a {type(made).__name__}"] * n_rows
    for p in params:
        p.grad = torch.ones(3)
    optimizer.step()
    assert all(optimizer.state[p]["step"] == 1 for p in params)
