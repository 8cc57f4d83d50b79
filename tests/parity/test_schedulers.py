"""Torch's schedulers and hand-written ones give the same trajectory with both optimizers."""

import math

import pytest
import torch
from torch.optim import lr_scheduler, swa_utils

from parity.support import Pair, kernels, kernels_that_run, random

STEPS = 7
NAMES = {decay: f"adadelta_cpu_float32_min_{'wd' if decay else 'nowd'}" for decay in (False, True)}


class Edit(lr_scheduler.LRScheduler):
    """A hand-written scheduler that sets an option other than lr in all groups."""

    def __init__(self, optimizer, option, value):
        self.edit = option, value
        super().__init__(optimizer)

    def get_lr(self):
        option, value = self.edit
        for group in self.optimizer.param_groups:
            group[option] = value(self.last_epoch)
        return [group["lr"] for group in self.optimizer.param_groups]


TORCHS = {
    "LambdaLR": lambda o: lr_scheduler.LambdaLR(o, [lambda n: 0.9**n, lambda n: 1 / (n + 1)]),
    "MultiplicativeLR": lambda o: lr_scheduler.MultiplicativeLR(o, lambda n: 0.9),
    "StepLR": lambda o: lr_scheduler.StepLR(o, 2, 0.5),
    "MultiStepLR": lambda o: lr_scheduler.MultiStepLR(o, [2, 3, 5], 0.5),
    "ConstantLR": lambda o: lr_scheduler.ConstantLR(o, 0.25, total_iters=3),
    "LinearLR": lambda o: lr_scheduler.LinearLR(o, 0.1, total_iters=5),
    "ExponentialLR": lambda o: lr_scheduler.ExponentialLR(o, 0.8),
    "PolynomialLR": lambda o: lr_scheduler.PolynomialLR(o, 5, 2.0),
    "CosineAnnealingLR": lambda o: lr_scheduler.CosineAnnealingLR(o, 4),
    "CosineAnnealingWarmRestarts": lambda o: lr_scheduler.CosineAnnealingWarmRestarts(o, 2, 2),
    "CyclicLR": lambda o: lr_scheduler.CyclicLR(o, 0.1, 1.0, 2, cycle_momentum=False),
    "OneCycleLR": lambda o: lr_scheduler.OneCycleLR(o, 2.0, total_steps=10, cycle_momentum=False),
    "SequentialLR": lambda o: lr_scheduler.SequentialLR(
        o, [lr_scheduler.LinearLR(o, 0.1, total_iters=3), lr_scheduler.ExponentialLR(o, 0.8)], [3]
    ),
    "ChainedScheduler": lambda o: lr_scheduler.ChainedScheduler(
        [lr_scheduler.ConstantLR(o, 0.5, total_iters=2), lr_scheduler.ExponentialLR(o, 0.7)]
    ),
    "ReduceLROnPlateau": lambda o: lr_scheduler.ReduceLROnPlateau(o, patience=1),
    "SWALR": lambda o: swa_utils.SWALR(o, 0.05, anneal_epochs=4),
}
PEOPLES = {
    "eps": lambda o: Edit(o, "eps", lambda n: 1e-4 * 0.1**n),
    "rho": lambda o: Edit(o, "rho", lambda n: 0.5 + 0.05 * n),
    "weight_decay": lambda o: Edit(o, "weight_decay", lambda n: 0.1 * (n % 3)),
}


def public_schedulers(module):
    return {
        name
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, lr_scheduler.LRScheduler)
        and not name.startswith("_")
    }


def test_every_scheduler_of_torch_is_tested():
    known = public_schedulers(lr_scheduler) | public_schedulers(swa_utils)
    assert known - {"LRScheduler"} == set(TORCHS)


def step_all(schedulers):
    for scheduler in schedulers:
        if isinstance(scheduler, lr_scheduler.ReduceLROnPlateau):
            scheduler.step(1.0)
        else:
            scheduler.step()


@pytest.mark.parametrize("lr", [1.0, torch.tensor(1.0)], ids=["float", "tensor"])
@pytest.mark.parametrize("make", (TORCHS | PEOPLES).values(), ids=TORCHS | PEOPLES)
def test_schedulers_give_torchs_trajectory(make, lr, monkeypatch):
    ran = kernels_that_run(monkeypatch)
    groups = [{"params": [random(5)]}, {"params": [random(3)], "weight_decay": 0.1}]
    pair = Pair(groups, lr=lr)
    schedulers = [make(optimizer) for optimizer in pair.both]
    seen = set()
    for _ in range(STEPS):
        ran.clear()
        decays = [group["weight_decay"] != 0 for group in pair.ours.param_groups]
        assert kernels(pair.ours) == [NAMES[decay] for decay in decays]
        pair.step()
        assert ran == {NAMES[decay] for decay in decays}
        step_all(schedulers)
        values = [
            [[float(group[key]) for key in ("lr", "rho", "eps")] for group in o.param_groups]
            for o in pair.both
        ]
        assert values[0] == values[1]
        seen.add((*values[0][0], *decays))
    assert len(seen) > 1  # it did something


@pytest.mark.parametrize("scheduler", [lr_scheduler.CyclicLR, lr_scheduler.OneCycleLR])
def test_schedulers_that_need_momentum_raise(scheduler):
    messages = []
    for optimizer in Pair([random(5)]).both:
        with pytest.raises(ValueError, match="must support momentum") as raised:
            scheduler(optimizer, 0.1, 10)
        messages.append(str(raised.value))
    assert messages[0] == messages[1]


def test_a_scheduler_that_steps_first_warns():
    for optimizer in Pair([random(5)]).both:
        scheduler = lr_scheduler.StepLR(optimizer, 2)
        with pytest.warns(UserWarning, match=r"before `optimizer.step\(\)`"):
            scheduler.step()


def test_a_plateau_scheduler_with_an_infinite_loss_is_resumed():
    pair = Pair([random(5)])
    schedulers = [lr_scheduler.ReduceLROnPlateau(o, factor=0.5, patience=0) for o in pair.both]
    for loss in (1.0, math.inf, 2.0):
        pair.step()
        for scheduler in schedulers:
            scheduler.step(loss)
    fresh = [lr_scheduler.ReduceLROnPlateau(o, factor=0.5, patience=0) for o in pair.both]
    for new, old in zip(fresh, schedulers, strict=True):
        new.load_state_dict(old.state_dict())
        new.step(3.0)
    assert pair.ours.param_groups[0]["lr"] == pair.theirs.param_groups[0]["lr"] == 0.125
    pair.step()
