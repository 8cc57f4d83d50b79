"""What updates the parameters is recorded again whenever it changes."""

import torch

from adadelta_gen import Adadelta
from adadelta_gen.run.watch import Watch

KERNEL = "adadelta_cpu_float32_min_nowd"
EDITS = [
    ({}, KERNEL, ""),
    ({"weight_decay": 0.1}, "adadelta_cpu_float32_min_wd", ""),
    ({"maximize": True}, "adadelta_cpu_float32_max_wd", ""),
    ({"foreach": True}, None, "foreach=True"),
    ({"foreach": None, "fused": False}, None, "fused=False"),
    ({"fused": None, "weight_decay": 0, "maximize": False}, KERNEL, ""),
]


class Watched(Adadelta):
    """A class of its own, so that the steps of others are not watched."""


class Tagged(torch.Tensor):
    """A subclass that no kernel covers."""


def test_each_way_is_recorded_with_its_steps():
    watch = Watch()
    watch.swapped(Watched, torch.optim.Adadelta)
    p = torch.nn.Parameter(torch.ones(3))
    p.grad = torch.ones(3)
    optimizer = Watched([p])
    for edit, _, _ in EDITS:
        optimizer.param_groups[0].update(edit)
        for _ in range(2):
            optimizer.step()
    (record,) = watch.records
    steps = {(updated.kernel, updated.why): updated.steps for updated in record.updated}
    expected = {(kernel, why): 2 for _, kernel, why in EDITS}
    assert steps == expected | {(KERNEL, ""): 4}


def test_a_parameter_that_torch_updates_later_is_recorded():
    watch = Watch()
    watch.swapped(Watched, torch.optim.Adadelta)
    p = torch.nn.Parameter(torch.ones(3))
    optimizer = Watched([p])
    for grad in (torch.ones(3), torch.ones(3).as_subclass(Tagged), torch.ones(3)):
        p.grad = grad
        optimizer.step()
    (record,) = watch.records
    assert [(updated.kernel, updated.steps) for updated in record.updated] == [
        (KERNEL, 2),
        (None, 1),
    ]
