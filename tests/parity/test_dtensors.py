"""DTensors in one process: kernels update local tensors as torch updates plain ones.

The process is rank 1 of 2 in a group whose collectives do nothing; ``tests/distributed`` has real
ones.
"""

import pytest
import torch
from torch.nn import Parameter

from adadelta_gen import Adadelta
from adadelta_gen.options import clipping
from adadelta_gen.shards import local
from adadelta_gen.step.table import Table
from parity.support import STATES, assert_near, kernels, random

if not torch.distributed.is_available():
    pytest.skip("torch is built without torch.distributed", allow_module_level=True)
from torch.distributed.tensor import DeviceMesh, DTensor, Partial, Replicate, Shard

fake = pytest.importorskip("torch.testing._internal.distributed.fake_pg")


@pytest.fixture(scope="module", autouse=True)
def mesh():
    torch.distributed.init_process_group("fake", store=fake.FakeStore(), rank=1, world_size=2)
    yield DeviceMesh("cpu", [0, 1])
    torch.distributed.destroy_process_group()


def sharded(tensor, mesh):
    return DTensor.from_local(tensor.clone(), mesh, [Shard(0)], run_check=False)


class Both:
    """Ours over a plain group and one with DTensors, and torch's optimizer over plain tensors."""

    def __init__(self, mesh, **options):
        self.mesh = mesh
        tensors = [random(4), random(4, 3), random(5), random(2, 3)]
        self.mirrors = [Parameter(t.clone()) for t in tensors]
        self.params = [
            Parameter(sharded(t, mesh) if i in (1, 2) else t) for i, t in enumerate(tensors)
        ]
        groups = [[{"params": own[:1]}, {"params": own[1:]}] for own in (self.params, self.mirrors)]
        self.ours = Adadelta(groups[0], **options)
        self.theirs = torch.optim.Adadelta(groups[1], **options)
        self.seed = 0

    def grads(self, *skip):
        for i, (p, q) in enumerate(zip(self.params, self.mirrors, strict=True)):
            self.seed += 1
            p.grad = q.grad = None
            if i not in skip:
                q.grad = random(*q.shape, dtype=q.dtype, seed=self.seed)
                p.grad = sharded(q.grad, self.mesh) if i in (1, 2) else q.grad.clone()

    def step(self, *skip):
        self.grads(*skip)
        self.step_with_grads()

    def step_with_grads(self):
        self.ours.step()
        self.theirs.step()
        self.check()

    def check(self):
        for i, (p, q) in enumerate(zip(self.params, self.mirrors, strict=True)):
            assert_near(local(p), q, f"param {i}")
            ours, theirs = self.ours.state.get(p), self.theirs.state.get(q)
            assert (ours is None) == (theirs is None)
            if theirs:
                assert torch.equal(ours["step"], theirs["step"])
                for key in STATES:
                    assert_near(local(ours[key]), theirs[key], f"{key} of {i}", "state")

    def each(self, edit):
        for optimizer in (self.ours, self.theirs):
            edit(optimizer, optimizer.param_groups[1]["params"][0])


OPTIONS = [{}, {"lr": 0.5, "weight_decay": 0.1, "maximize": True}, {"lr": torch.tensor(0.5)}]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_grads_come_and_go(mesh, options):
    both = Both(mesh, **options)
    for skip in [(), (), (1,), (0, 1, 2, 3), (3,), ()]:
        both.step(*skip)
    assert all(kernels(both.ours))


def replace_local(optimizer, p):
    if isinstance(p, DTensor):
        p._local_tensor = p._local_tensor.clone()
    else:
        p.data = p.data.clone()


def replace_in_state(key):
    def replace(optimizer, p):
        optimizer.state[p][key] = optimizer.state[p][key] * 2

    return replace


def replace_local_in_state(optimizer, p):
    tensor = optimizer.state[p]["acc_delta"]
    if isinstance(tensor, DTensor):
        tensor._local_tensor = tensor._local_tensor * 2
    else:
        tensor.data = tensor.data * 2


def replace_state(optimizer, p):
    optimizer.state[p] = {key: value * 2 for key, value in optimizer.state[p].items()}


EDITS = {
    "local": replace_local,
    **{key: replace_in_state(key) for key in ("step", *STATES)},
    "local in state": replace_local_in_state,
    "state": replace_state,
    "clear": lambda optimizer, p: optimizer.state[p].clear(),
    "pop": lambda optimizer, p: optimizer.state.pop(p),
    "load": lambda optimizer, p: optimizer.load_state_dict(optimizer.state_dict()),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_between_two_steps(mesh, edit):
    """Native code cannot notice it; the former tensors are not written."""
    both = Both(mesh)
    both.step()
    both.step()
    p = both.params[1]
    before = [local(p), *both.ours.state[p].values()]
    before = [(tensor, local(tensor).clone()) for tensor in before]
    both.each(edit)
    both.grads()
    both.step_with_grads()
    state = both.ours.state[p]
    for tensor, values in before:
        if all(local(tensor) is not local(now) for now in (p, *state.values())):
            assert torch.equal(local(tensor), values)
    both.step()
    assert all(kernels(both.ours))


def test_versions_of_updated_dtensors_are_incremented(mesh):
    both = Both(mesh)
    both.step()
    versions = [p._version for p in both.params]
    both.step(2)
    assert [p._version - v for p, v in zip(both.params, versions, strict=True)] == [1, 1, 0, 1]


def test_a_local_tensor_as_a_parameter_of_its_own(mesh):
    """It has no state yet, and does not use that of the DTensor."""
    both = Both(mesh)
    both.step()
    local_tensor, mirror = local(both.params[1]), both.mirrors[1]
    state = both.ours.state[both.params[1]]
    before = {key: local(value).clone() for key, value in state.items()}
    both.ours.param_groups[1]["params"] = [local_tensor]
    theirs = torch.optim.Adadelta([mirror])
    local_tensor.grad = mirror.grad = random(4, 3, seed=9)
    both.ours.step()
    theirs.step()
    assert_near(local_tensor, mirror.data, "param")
    assert both.ours.state[local_tensor]["step"] == 1
    assert all(torch.equal(local(state[key]), value) for key, value in before.items())


def test_a_shard_is_dithered_as_its_part_of_the_whole(mesh):
    """The whole plain tensor has the other shard before it."""
    options = {"dithered_rounding": True, "lr": 0.5}
    shard = random(4, 3, dtype=torch.bfloat16)
    p = Parameter(sharded(shard, mesh))
    whole = Parameter(torch.cat([random(4, 3, dtype=torch.bfloat16, seed=1), shard]))
    ours, alone = Adadelta([p], **options), Adadelta([whole], **options)
    for seed in range(3):
        grad = random(4, 3, dtype=torch.bfloat16, seed=10 + seed)
        p.grad, whole.grad = sharded(grad, mesh), torch.cat([grad, grad])
        ours.step()
        alone.step()
        assert torch.equal(local(p), whole[4:])


@pytest.mark.parametrize("value", [torch.nan, torch.inf])
def test_a_nonfinite_shard_is_skipped(mesh, value):
    both = Both(mesh)
    both.ours.param_groups[1]["nonfinite"] = "skip"
    both.step()
    both.grads()
    local(both.params[1].grad)[3, 2] = value
    both.mirrors[1].grad = None
    both.step_with_grads()
    assert both.ours.skipped == {"parameter 0 of group 1": 1}
    both.step()


def test_grads_are_clipped_to_a_norm_that_torch_computes(mesh, monkeypatch):
    """Only torch's norm includes the shards of other ranks."""
    by_torch = []
    norm_of = clipping.norm_of

    def noting(grads, norms):
        by_torch.append([type(grad) for grad in grads])
        return norm_of(grads, norms)

    monkeypatch.setattr(clipping, "norm_of", noting)
    both = Both(mesh)
    both.ours.defaults["max_grad_norm"] = 0.5
    for _ in range(2):
        both.grads()
        norm = torch.nn.utils.clip_grad_norm_(both.mirrors, 0.5)
        both.step_with_grads()
        torch.testing.assert_close(local(both.ours.grad_norm), norm)
    assert by_torch == 2 * [[torch.Tensor, DTensor, DTensor, torch.Tensor]]


def test_rows_are_examined_once(mesh, monkeypatch):
    looked = []
    look = Table._look_at

    def noting(table, row, *arguments):
        looked.append(row)
        return look(table, row, *arguments)

    monkeypatch.setattr(Table, "_look_at", noting)
    both = Both(mesh)
    for _ in range(3):
        both.step()
    assert sorted(looked) == [0, 1, 2, 3]


def test_a_partial_grad_is_summed_up_once_for_a_kernel(mesh):
    """The sum over ranks that do nothing is the part of this one."""
    p = Parameter(DTensor.from_local(random(4, 3), mesh, [Replicate()], run_check=False))
    mirror = Parameter(random(4, 3))
    ours, theirs = Adadelta([p], fused=True), torch.optim.Adadelta([mirror])
    for seed in range(2):
        mirror.grad = random(4, 3, seed=seed)
        p.grad = DTensor.from_local(mirror.grad.clone(), mesh, [Partial()], run_check=False)
        ours.step()  # would raise if torch updated the parameter
        theirs.step()
        assert_near(local(p), mirror, "param")


@pytest.mark.parametrize("key", STATES)
def test_a_state_that_is_not_sharded_raises(mesh, key):
    both = Both(mesh)
    both.step()
    state = both.ours.state[both.params[1]]
    state[key] = local(state[key])
    before = [local(p).clone() for p in both.params]
    with pytest.raises(RuntimeError, match=rf"state\['{key}'\] is not a DTensor, but parameter 0"):
        both.ours.step()
    assert all(torch.equal(local(p), old) for p, old in zip(both.params, before, strict=True))


def test_a_state_with_other_placements_is_named(mesh):
    both = Both(mesh)
    both.step()
    state = both.ours.state[both.params[1]]
    value = local(state["acc_delta"])
    state["acc_delta"] = DTensor.from_local(value, mesh, [Replicate()], run_check=False)
    row = both.ours.explain()[1]
    assert row.kernel is None
    assert row.why == "param is a DTensor with (Shard(dim=0),), acc_delta with (Replicate(),)"
