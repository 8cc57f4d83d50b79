"""The functions of torch.distributed.checkpoint that name states by their parameters.

They make the states of a new optimizer by a step with zero grads and lr 0, and need no process
group. Flattened, torch asks a checkpoint for every option of the group, and ours has torch's only.
"""

import copy

import pytest
import torch
from torch import nn

from adadelta_gen import Adadelta
from parity.support import STATES, random

if not torch.distributed.is_available():
    pytest.skip("torch is built without torch.distributed", allow_module_level=True)
api = pytest.importorskip("torch.distributed.checkpoint.state_dict")

KINDS = {"ours": Adadelta, "torch": torch.optim.Adadelta}
WAYS = [(a, b, flat) for a in KINDS for b in KINDS for flat in (False, True)]


def step(model, optimizer, seed):
    optimizer.zero_grad()
    model(random(4, 3, seed=seed)).square().sum().backward()
    optimizer.step()


@pytest.mark.parametrize(("source", "into", "flat"), WAYS)
@pytest.mark.parametrize("lr", [0.5, torch.tensor(0.5)], ids=["float", "tensor"])
def test_states_are_saved_and_loaded_by_name(source, into, flat, lr):
    options = api.StateDictOptions(flatten_optimizer_state_dict=flat)
    model = nn.Linear(3, 2)
    optimizer = KINDS[source](model.parameters(), lr=copy.deepcopy(lr), weight_decay=0.1)
    for seed in range(3):
        step(model, optimizer, seed)
    saved = copy.deepcopy(api.get_optimizer_state_dict(model, optimizer, options=options))

    other = nn.Linear(3, 2)
    other.load_state_dict(model.state_dict())
    resumed = KINDS[into](other.parameters(), lr=copy.deepcopy(lr))
    api.set_optimizer_state_dict(other, resumed, saved, options=options)
    assert all(map(torch.equal, other.parameters(), model.parameters()))
    assert resumed.param_groups[0]["lr"] == 0.5
    for seed in range(3, 6):
        step(model, optimizer, seed)
        step(other, resumed, seed)
    for p, q in zip(other.parameters(), model.parameters(), strict=True):
        assert resumed.state[p]["step"] == optimizer.state[q]["step"] == 6
        if source == into:
            assert torch.equal(p, q)
        torch.testing.assert_close(p, q)
        for key in STATES:
            torch.testing.assert_close(resumed.state[p][key], optimizer.state[q][key])
