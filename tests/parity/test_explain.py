"""``explain()`` describes the next ``step()`` and changes nothing."""

import pytest
import torch

from adadelta_gen import Adadelta
from parity.support import DTYPES, Pair, random, snapshot

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
