"""The constructor takes torch's arguments and raises torch's errors, with equal messages."""

import inspect

import pytest
import torch

from adadelta_gen import Adadelta
from parity.support import random

KEYWORDS = {
    "lr": 0.5,
    "rho": 0.8,
    "eps": 1e-5,
    "weight_decay": 0.1,
    "foreach": True,
    "capturable": True,
    "maximize": True,
    "differentiable": True,
}


def param():
    return torch.nn.Parameter(random(3))


OWN = {
    "fused": None,
    "state_dtype": None,
    "dithered_rounding": False,
    "nonfinite": "propagate",
    "max_skips": 100,
    "amp_scaling": False,
    "max_grad_norm": None,
}


def test_same_signature_and_our_options():
    ours = list(inspect.signature(Adadelta).parameters.values())
    theirs = list(inspect.signature(torch.optim.Adadelta).parameters.values())
    assert [(p.name, p.kind, p.default) for p in ours[: len(theirs)]] == [
        (p.name, p.kind, p.default) for p in theirs
    ]
    assert {p.name: p.default for p in ours[len(theirs) :]} == OWN
    assert {p.kind for p in ours[len(theirs) :]} == {inspect.Parameter.KEYWORD_ONLY}
    assert list(inspect.signature(Adadelta.step).parameters) == ["self", "closure"]


def test_positional_arguments():
    ours = Adadelta([param()], 0.5, 0.8, 1e-5, 0.1, True)
    theirs = torch.optim.Adadelta([param()], 0.5, 0.8, 1e-5, 0.1, True)
    assert ours.defaults == theirs.defaults
    with pytest.raises(TypeError):
        Adadelta([param()], 0.5, 0.8, 1e-5, 0.1, True, False)


@pytest.mark.parametrize("option", KEYWORDS)
def test_keyword_arguments(option):
    ours = Adadelta([param()], **{option: KEYWORDS[option]})
    theirs = torch.optim.Adadelta([param()], **{option: KEYWORDS[option]})
    assert ours.defaults == theirs.defaults
    for group in (ours.param_groups[0], theirs.param_groups[0]):
        del group["params"]
    assert ours.param_groups[0] == theirs.param_groups[0]


def test_it_is_a_torch_optimizer():
    optimizer = Adadelta([param()])
    assert isinstance(optimizer, torch.optim.Adadelta)
    assert isinstance(optimizer, torch.optim.Optimizer)
    assert type(optimizer).__name__ == "Adadelta"
    assert not optimizer.state


@pytest.mark.parametrize("fused", [None, True, False])
def test_fused_by_constructor_and_by_group(fused):
    optimizer = Adadelta(
        [{"params": [param()]}, {"params": [param()], "fused": False}], fused=fused
    )
    assert [group.get("fused") for group in optimizer.param_groups] == [fused, False]
    optimizer.add_param_group({"params": [param()]})
    assert optimizer.param_groups[2].get("fused") is fused


TENSOR = torch.zeros(3)
BAD = {
    "lr": lambda make: make([param()], lr=-1.0),
    "nan lr": lambda make: make([param()], lr=float("nan")),
    "lr of two elements": lambda make: make([param()], lr=torch.ones(2)),
    "negative tensor lr": lambda make: make([param()], lr=torch.tensor(-0.5)),
    "lr is text": lambda make: make([param()], lr="fast"),
    "rho": lambda make: make([param()], rho=1.5),
    "negative rho": lambda make: make([param()], rho=-0.1),
    "eps": lambda make: make([param()], eps=-1e-6),
    "weight decay": lambda make: make([param()], weight_decay=-1),
    "no params": lambda make: make([]),
    "one tensor": lambda make: make(param()),
    "numbers": lambda make: make([1, 2]),
    "non-leaf": lambda make: make([param() * 2]),
    "param twice": lambda make: make([{"params": [p := param()]}, {"params": [p]}]),
    "a set": lambda make: make([{"params": {param()}}]),
    "empty generator": lambda make: make(iter(())),
    "half named": lambda make: make([("a", param()), param()]),
    "names in one group": lambda make: make([{"params": [("a", param())]}, {"params": [param()]}]),
    "no lr in a later group": lambda make: make([param()]).add_param_group([param()]),
    "unknown option": lambda make: make([param()], momentum=0.9),
    "no argument": lambda make: make(),
}


@pytest.mark.parametrize("attempt", BAD.values(), ids=BAD)
def test_invalid_arguments_raise_torchs_errors(attempt):
    with pytest.raises(Exception) as expected:  # noqa: PT011
        attempt(torch.optim.Adadelta)
    with pytest.raises(type(expected.value)) as raised:
        attempt(Adadelta)
    assert str(raised.value) == str(expected.value)


@pytest.mark.parametrize("options", [{"foreach": True}, {"differentiable": True}], ids=str)
def test_options_that_contradict_fused_raise(options):
    with pytest.raises(RuntimeError) as expected:
        torch.optim.Adam([param()], fused=True, **options)
    with pytest.raises(RuntimeError) as raised:
        Adadelta([param()], fused=True, **options)
    assert str(raised.value) == str(expected.value)


def test_duplicates_in_one_group_warn():
    with pytest.warns(UserWarning, match="duplicate") as expected:
        torch.optim.Adadelta([p := param(), p])
    with pytest.warns(UserWarning, match="duplicate") as raised:
        Adadelta([p, p])
    assert [str(w.message) for w in raised] == [str(w.message) for w in expected]


def test_repr_is_that_of_torch():
    ours = repr(Adadelta([param()], lr=0.5)).splitlines()
    theirs = repr(torch.optim.Adadelta([param()], lr=0.5)).splitlines()
    assert ours == theirs


def test_documentation():
    assert all(f"{option} (" in Adadelta.__doc__ for option in OWN)
    assert torch.optim.Adadelta.__doc__ in Adadelta.__doc__
    assert Adadelta.step.__doc__
