"""DTensors in the process of the tests, on a group of one rank."""

import pytest
import torch
import torch.distributed as dist
from parity.support import random
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.tensor import Replicate, Shard, distribute_tensor

from adadelta_gen.step.table import Table
from distributed.training import Lockstep

SHAPES = (5, 6), (4,), (3, 2)


@pytest.fixture
def mesh():
    dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)
    yield init_device_mesh("cpu", (1,))
    dist.destroy_process_group()


class Training:
    """Two DTensors and a plain tensor in one group, beside torch's optimizer."""

    def __init__(self, mesh):
        self._mesh = mesh
        self._seed = 0
        self.params = [torch.nn.Parameter(self._random(i)) for i in range(len(SHAPES))]
        self.lockstep = Lockstep(self.params)

    def _random(self, index):
        self._seed += 1
        whole = random(*SHAPES[index], seed=self._seed)
        if index == 2:
            return whole
        return distribute_tensor(whole, self._mesh, [Replicate() if index else Shard(0)])

    def step(self, skip=()):
        for i, p in enumerate(self.params):
            p.grad = None if i in skip else self._random(i)
        self.lockstep.step()


def test_dtensors_are_examined_once(mesh, monkeypatch):
    rows, look_at = [], Table._look_at

    def noting(table, row, *arguments):
        if table.groups[0].locals is not None:  # not those of the whole tensors
            rows.append(row)
        return look_at(table, row, *arguments)

    monkeypatch.setattr(Table, "_look_at", noting)
    training = Training(mesh)
    training.step(skip=(1,))
    assert rows == [0, 2]
    for _ in range(3):
        training.step()
    assert rows == [0, 2, 1]


def replace_state(optimizer, p, key):
    optimizer.state[p][key] = optimizer.state[p][key].clone()


def replace_local_state(optimizer, p, key):
    value = optimizer.state[p][key]
    if hasattr(value, "_local_tensor"):
        value._local_tensor = value._local_tensor.clone()


def replace_local_param(optimizer, p, key):
    if hasattr(p, "_local_tensor"):
        p._local_tensor = p._local_tensor.clone()


@pytest.mark.parametrize(
    ("replace", "key"),
    [
        *((replace_state, key) for key in ("square_avg", "acc_delta", "step")),
        *((replace_local_state, key) for key in ("square_avg", "acc_delta")),
        (replace_local_param, ""),
    ],
)
def test_replaced_tensors_are_detected(mesh, replace, key):
    training = Training(mesh)
    training.step()
    for _ in range(2):
        for optimizer in training.lockstep.optimizers():
            for p in optimizer.param_groups[0]["params"]:
                replace(optimizer, p, key)
        training.step()
