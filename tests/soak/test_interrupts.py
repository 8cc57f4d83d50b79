"""Interrupts at every call of a few steps, and faults that the part ``interrupts`` must notice."""

from collections import Counter

import pytest
import torch

from adadelta_gen import Adadelta
from soak.parts import interrupts
from soak.parts.interrupts import CALL, Trial, at_a_call


def swept(kind, what, calls):
    """Interrupt at some of the calls of one step, or of another method."""
    trial = Trial(kind, what, 0)
    return Counter(trial.interrupt(at_a_call, CALL * n, False) for n in calls)


A_FIRST_STEP, LOADING = range(1, 1000, 9), range(1, 300, 3)


def test_random_interrupts():
    assert interrupts.case(1).total() == interrupts.INTERRUPTS


@pytest.mark.parametrize(
    ("kind", "end"), [("float32", "all done"), ("group of torch", "torch's part done")]
)
def test_a_first_step(kind, end):
    words = swept(kind, interrupts.first_step, A_FIRST_STEP)
    assert words.keys() == {"nothing done", end}


@pytest.mark.parametrize("kind", ["raise", "narrow states"])
def test_loading_keeps_the_options(kind):
    words = swept(kind, interrupts.load_other_state, LOADING)
    assert words.keys() == {"nothing done", "all done"}


def incomplete_state(self, group, param):
    self._init_group({**group, "params": [param]}, [], [], [], [], [])


def options_set_late(self, state):
    old = self.param_groups
    super(Adadelta, self).__setstate__(state)
    for group, before in zip(self.param_groups, old, strict=True):
        group |= {key: before[key] for key in interrupts.OPTIONS if key in before}
    self._reset_plan()


def grad_mode_off(self, plan):
    torch._C._set_grad_enabled(False)
    take(self, plan)


take = Adadelta._take


@pytest.mark.parametrize(
    ("method", "fault", "what", "calls"),
    [
        ("make_state", incomplete_state, interrupts.first_step, range(1, 1000)),
        ("__setstate__", options_set_late, interrupts.load_other_state, LOADING),
        ("_take", grad_mode_off, interrupts.other_numbers, range(1, 50)),
    ],
)
def test_a_fault_is_noticed(method, fault, what, calls, monkeypatch):
    monkeypatch.setattr(Adadelta, method, fault)
    with pytest.raises((AssertionError, RuntimeError)):
        swept("raise", what, calls)
    torch.set_grad_enabled(True)
