"""S16: small cases."""

import copy
import itertools
from decimal import Decimal
from fractions import Fraction

import pytest
import torch
from parity.support import Pair, assert_near, random

from adadelta_gen import Adadelta
from adadelta_gen.step import rows
from reliability.child import run
from reliability.moments import Lines
from reliability.outcomes import attempt, contents, differing, same_outcome

ODD_NUMBERS = {
    "a string": "0.5",
    "bytes": b"0.5",
    "a decimal": Decimal("0.5"),
    "a fraction": Fraction(1, 2),
    "a bool tensor": torch.tensor(True),
    "a bool": True,
    "none": None,
    "a list": [0.5],
    "a complex number": 0.5 + 0j,
    "a complex tensor": torch.tensor(0.5 + 0j),
    "an int8 tensor": torch.tensor(1, dtype=torch.int8),
    "a uint8 tensor": torch.tensor(1, dtype=torch.uint8),
    "a uint16 tensor": torch.tensor(1, dtype=torch.uint16),
    "a float8 tensor": torch.tensor(0.5).to(torch.float8_e5m2),
    "a half tensor": torch.tensor(0.5, dtype=torch.float16),
    "an int tensor": torch.tensor(1),
    "a tensor of one": torch.tensor([0.5]),
    "a lazily negated tensor": torch._neg_view(torch.tensor(-0.5)),
    "a tensor that requires grad": torch.tensor(0.5, requires_grad=True),
    "a big int": 10**400,
    "an array": "array",
}


@pytest.mark.parametrize("name", ["lr", "rho", "eps", "weight_decay"])
@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_unusual_hyperparameters_equal_torchs_result(number, name):
    value = ODD_NUMBERS[number]
    if number == "an array":
        value = pytest.importorskip("numpy").array(0.5)
    for steps in (0, 2):
        pair = Pair([random(4), random(3)])
        pair.step(steps)
        pair.edit(**{name: value})
        pair.random_grads()
        same_outcome(pair)


@pytest.mark.parametrize("number", ["a string", "bytes", "a decimal", "a bool tensor", "none"])
def test_odd_numbers_of_the_constructor(number):
    errors = []
    for kind in (Adadelta, torch.optim.Adadelta):
        try:
            p = torch.nn.Parameter(torch.ones(3))
            optimizer = kind([p], lr=ODD_NUMBERS[number])
            p.grad = torch.ones(3)
            optimizer.step()
            errors.append(None)
        except Exception as error:
            errors.append(type(error))
    assert errors[0] is errors[1]


@pytest.mark.parametrize("kind", [iter, lambda x: (p for p in x), dict.fromkeys, set, reversed])
def test_params_given_as_an_iterator(kind):
    """Torch iterates once per step; examining the params before must not exhaust the iterator."""
    pair = Pair([random(4), random(3)])
    pair.step(2)
    params, mirrors = pair.params, pair.mirrors
    pair.each(lambda o: o.param_groups[0].update(params=kind(o.param_groups[0]["params"])))
    for p, q in zip(params, mirrors, strict=True):
        p.grad = q.grad = random(*p.shape, seed=7)
    for _ in range(2):
        errors = [attempt(optimizer) for optimizer in pair.both]
        assert type(errors[0]) is type(errors[1])
        for p, q in zip(params, mirrors, strict=True):
            assert_near(p, q, "param")
            assert pair.ours.state[p]["step"] == pair.theirs.state[q]["step"]


@pytest.mark.parametrize("refused", ["a sparse grad", "a bad state", "a bad number", "max_skips"])
def test_a_step_that_raises_counts_no_skips(refused):
    params = [torch.nn.Parameter(torch.ones(3)) for _ in range(3)]
    groups = [{"params": params[:1]}, {"params": params[1:]}]
    optimizer = Adadelta(groups, nonfinite="skip")
    for p in params:
        p.grad = torch.ones(3)
    optimizer.step()
    params[0].grad = torch.full((3,), float("nan"))
    if refused == "a sparse grad":
        params[2].grad = torch.ones(3).to_sparse()
    elif refused == "a bad state":
        optimizer.state[params[2]]["acc_delta"] = torch.zeros(7)
    elif refused == "max_skips":
        optimizer.param_groups[1]["max_skips"] = 1
        params[2].grad = torch.full((3,), float("nan"))
        optimizer.step()
    else:
        optimizer.param_groups[1]["lr"] = "0.5"
    before, skipped = contents(optimizer), dict(optimizer.skipped)
    with pytest.raises((RuntimeError, TypeError)):
        optimizer.step()
    assert dict(optimizer.skipped) == skipped
    # Torch raises for a string only after it has begun to write.
    why = differing(contents(optimizer), before, True)
    assert refused == "a bad number" or not why, why


INFINITE = [complex(float("inf"), 1), complex(1, float("inf")), complex(float("nan"), 1)]
INFINITE += [complex(float("inf"), float("-inf")), complex(float("-inf"), 0)]


@pytest.mark.parametrize("dtype", [torch.complex64, torch.complex128], ids=str)
@pytest.mark.parametrize("where", ["param", "grad", "square_avg", "acc_delta"])
@pytest.mark.parametrize("options", [{}, {"weight_decay": 0.5}, {"maximize": True}], ids=str)
def test_complex_infinities(options, where, dtype):
    pair = Pair([random(9, dtype=dtype)], **options)
    pair.step()
    values = torch.tensor(INFINITE, dtype=dtype)
    pair.random_grads()
    for p, q in zip(pair.params, pair.mirrors, strict=True):
        q.grad = p.grad.clone()

    def edit(optimizer):
        p = optimizer.param_groups[0]["params"][0]
        tensor = {"param": p.data, "grad": p.grad}.get(where)
        tensor = optimizer.state[p][where] if tensor is None else tensor
        tensor[: len(values)] = values

    pair.each(edit)
    same_outcome(pair)
    same_outcome(pair)


def test_torchs_library_in_another_folder_is_found(tmp_path):
    """Some distributions install it outside torch/lib."""
    run(
        """
    import pathlib, sys, torch
    torch.__file__ = str(pathlib.Path(sys.argv[1]) / "torch" / "__init__.py")
    from adadelta_gen import Adadelta
    p = torch.nn.Parameter(torch.ones(3)); p.grad = torch.ones(3)
    o = Adadelta([p], fused=True)
    o.step(); o.step()
    assert o.explain()[0].kernel, o.explain()
    """,
        tmp_path,
    )


@pytest.mark.parametrize(
    "options",
    [
        {"amp_scaling": True},
        {"nonfinite": "raise"},
        {"nonfinite": "skip", "max_skips": 3},
        {"state_dtype": torch.float32},
        {"dithered_rounding": True},
        {"fused": True},
        {"amp_scaling": True, "nonfinite": "skip", "lr": 0.5},
    ],
    ids=str,
)
def test_the_defaults_dict_makes_an_equal_optimizer(options):
    params = [torch.nn.Parameter(torch.ones(3, dtype=torch.bfloat16))]
    optimizer = Adadelta(params, **options)
    again = type(optimizer)(params, **optimizer.defaults)
    assert again.defaults == optimizer.defaults
    for key, value in options.items():
        assert again.defaults[key] == value
    assert again._step_supports_amp_scaling == optimizer._step_supports_amp_scaling
    copied = copy.deepcopy(again)
    assert copied._step_supports_amp_scaling == again._step_supports_amp_scaling


def test_max_skips_limits_skips_in_a_row():
    p, q = (torch.nn.Parameter(torch.ones(3)) for _ in "ab")
    optimizer = Adadelta([("left", p), ("right", q)], nonfinite="skip", max_skips=5)
    q.grad = torch.ones(3)
    p.grad = torch.full((3,), float("inf"))
    for _ in range(5):
        optimizer.step()
    before = contents(optimizer)
    with pytest.raises(RuntimeError, match=r"left.*\n?.*max_skips"):
        optimizer.step()
    assert not differing(contents(optimizer), before, True)
    p.grad = torch.ones(3)
    optimizer.step()
    p.grad = torch.full((3,), float("inf"))
    optimizer.step()
    assert optimizer.skipped["left"] == 6


def test_max_skips_has_a_default():
    p = torch.nn.Parameter(torch.ones(3))
    p.grad = torch.full((3,), float("nan"))
    optimizer = Adadelta([p], nonfinite="skip")
    errors = [attempt(optimizer) for _ in range(200)]
    assert errors[0] is None
    assert "max_skips" in str(errors[-1])


def test_a_step_whose_groups_never_stop_changing_raises():
    """It tries again for each change, but not for ever."""

    class Restless(Adadelta):
        calls = 0

        def fit_state(self, group, param, state):
            self.calls += 1
            group["dithered_rounding"] = not group.get("dithered_rounding")
            super().fit_state(group, param, state)

    p = torch.nn.Parameter(torch.ones(3))
    optimizer = Restless([p])
    p.grad = torch.ones(3)
    with pytest.raises(RuntimeError, match="keep changing while step"):
        optimizer.step()
    assert p.eq(1).all()
    assert optimizer.state[p]["step"] == 0
    assert 10 <= optimizer.calls <= 20


def test_a_state_that_is_cleared_while_its_row_is_written():
    """At each line of ``rows.py``: the error names the parameter, or there is none."""
    at_each_line = Lines(places=(rows.__file__,))
    for moment in itertools.count():
        params = [torch.nn.Parameter(torch.ones(3)) for _ in range(3)]
        for p in params:
            p.grad = torch.ones(3)
        optimizer = Adadelta(params)
        optimizer.step()
        optimizer.load_state_dict(optimizer.state_dict())  # the step writes all rows again
        found = {}
        with at_each_line.at(moment, optimizer.state[params[1]].clear, found):
            error = attempt(optimizer)
        assert error is None or "parameter 1" in str(error), error
        if not found:
            break
    assert moment > 50
