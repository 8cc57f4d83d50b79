"""What training has come to: the same to the last bit, or as near as rounding leaves it."""

from typing import NamedTuple

import torch
from torch import Tensor

from adadelta_gen import Adadelta

KINDS = {"ours": Adadelta, "torch": torch.optim.Adadelta}
# Who writes a checkpoint in mid-training, and who goes on from it.
RESUMPTIONS = [("ours", "ours"), ("ours", "torch"), ("torch", "ours")]


class Outcome(NamedTuple):
    """Copies of the parameters, the state of each and the lr of each group."""

    params: list[Tensor]
    states: list[dict[str, Tensor]]
    rates: list[float]


def outcome(optimizer: torch.optim.Optimizer) -> Outcome:
    """Copy where an optimizer and its parameters stand; ours has to move them by kernels."""
    if isinstance(optimizer, Adadelta):
        assert all(row.kernel for row in optimizer.explain()), str(optimizer.explain())
    params = [p for group in optimizer.param_groups for p in group["params"]]
    return Outcome(
        [p.detach().clone() for p in params],
        [{k: v.clone() for k, v in optimizer.state[p].items()} for p in params],
        [float(group["lr"]) for group in optimizer.param_groups],
    )


def distance(one: Outcome, other: Outcome) -> float:
    """Return the greatest difference between a parameter here and there."""
    pairs = zip(one.params, other.params, strict=True)
    return max(float((p.double() - q.double()).abs().max()) for p, q in pairs)


def assert_same(one: Outcome, other: Outcome) -> None:
    torch.testing.assert_close(tuple(one), tuple(other), rtol=0, atol=0)


def assert_near(ours: Outcome, theirs: Outcome, tolerance: float) -> None:
    """Fail unless parameters are as near as the tolerance, and steps and rates are equal."""
    assert distance(ours, theirs) <= tolerance
    assert ours.rates == theirs.rates
    for mine, other in zip(ours.states, theirs.states, strict=True):
        assert mine["step"] == other["step"] > 0
