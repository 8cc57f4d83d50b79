"""Learning-rate schedulers edit the groups of both optimizers alike."""

import pytest
import torch
from torch.optim import lr_scheduler

from parity.support import Pair, random


class EpsDecay(lr_scheduler.LRScheduler):
    """A scheduler of eps beside lr, as people write them."""

    def get_lr(self):
        for group in self.optimizer.param_groups:
            group["eps"] *= 0.5
        return [group["lr"] * 0.9 for group in self.optimizer.param_groups]


SCHEDULERS = {
    "step": lambda o: lr_scheduler.StepLR(o, 2, 0.5),
    "cosine": lambda o: lr_scheduler.CosineAnnealingLR(o, 5),
    "one cycle": lambda o: lr_scheduler.OneCycleLR(o, 2.0, total_steps=10, cycle_momentum=False),
    "lambda": lambda o: lr_scheduler.LambdaLR(o, [lambda n: 0.9**n, lambda n: 1 / (n + 1)]),
    "warm up": lambda o: lr_scheduler.SequentialLR(
        o, [lr_scheduler.LinearLR(o, 0.1, total_iters=3), lr_scheduler.ExponentialLR(o, 0.8)], [3]
    ),
    "eps": EpsDecay,
}


@pytest.mark.parametrize("lr", [1.0, torch.tensor(1.0)], ids=["float", "tensor"])
@pytest.mark.parametrize("make", SCHEDULERS.values(), ids=SCHEDULERS)
def test_scheduler(make, lr):
    groups = [{"params": [random(5)]}, {"params": [random(3)], "weight_decay": 0.1}]
    pair = Pair(groups, lr=lr)
    schedulers = [make(optimizer) for optimizer in pair.both]
    for _ in range(6):
        pair.step()
        for scheduler in schedulers:
            scheduler.step()
        rates = [[float(rate) for rate in scheduler.get_last_lr()] for scheduler in schedulers]
        assert rates[0] == rates[1]


def test_reduce_on_plateau():
    pair = Pair([random(5)])
    schedulers = [lr_scheduler.ReduceLROnPlateau(o, patience=1) for o in pair.both]
    for loss in (1.0, 1.0, 1.0, 1.0, 1.0):
        pair.step()
        for scheduler in schedulers:
            scheduler.step(loss)
    assert pair.ours.param_groups[0]["lr"] == pair.theirs.param_groups[0]["lr"] < 1
