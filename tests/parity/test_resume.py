"""Interrupted training that is resumed from a file equals uninterrupted training bit by bit."""

import copy
import itertools

import pytest
import torch
from torch import nn

from adadelta_gen import Adadelta
from parity.support import DEVICES, DTYPES, random

STEPS = 6
OPTIONS = {
    "default": {},
    "maximize, decay": {"maximize": True, "weight_decay": 0.1},
    "fused": {"fused": True, "rho": 0.95},
    "loop": {"fused": False, "weight_decay": 0.1},
    "foreach": {"foreach": True},
    "tensor lr": {"lr": torch.tensor(0.3)},
}


PARTS = ("model", "scheduler", "optimizer")
KINDS = (torch.optim.Adadelta, Adadelta)


pytestmark = pytest.mark.usefixtures("one_thread")


class Training:
    """A small network with two groups, a scheduler and its checkpoint.

    The inputs of a step depend on its number only, so that training can resume at any step.
    """

    def __init__(self, dtype=torch.float32, make=Adadelta, **options):
        torch.manual_seed(0)
        self.model = nn.Sequential(nn.Conv2d(2, 3, 2), nn.Tanh(), nn.Flatten(), nn.Linear(27, 2))
        self.model.to(dtype, memory_format=torch.channels_last)
        named = list(self.model.named_parameters())
        groups = [
            {"params": [(name, p) for name, p in named if p.ndim > 1]},
            {"params": [(name, p) for name, p in named if p.ndim == 1], "weight_decay": 0.0},
        ]
        options = {k: v.clone() if isinstance(v, torch.Tensor) else v for k, v in options.items()}
        self.optimizer = make(groups, **({"lr": 0.5} | options))
        self.scheduler = torch.optim.lr_scheduler.ExponentialLR(self.optimizer, 0.9)
        self.done = 0
        self.losses = []

    def run(self, steps):
        for _ in range(steps):
            dtype = next(self.model.parameters()).dtype
            x = random(5, 2, 4, 4, dtype=dtype, seed=self.done)
            # The bias of the head has no grad in the middle of the training, as when it is frozen.
            self.model[-1].bias.requires_grad_(self.done not in (2, 3))
            self.optimizer.zero_grad()
            loss = self.model(x).square().mean()
            loss.backward()
            self.optimizer.step()
            self.scheduler.step()
            self.done += 1
            self.losses.append(loss.detach())
        return self

    def save(self, path):
        parts = {key: getattr(self, key).state_dict() for key in PARTS}
        torch.save({**parts, "done": self.done, "losses": self.losses}, path)

    def load(self, path, **how):
        checkpoint = torch.load(path, weights_only=True, **how)
        for key in PARTS:
            getattr(self, key).load_state_dict(checkpoint[key])
        self.done, self.losses = checkpoint["done"], checkpoint["losses"]
        return self


def assert_same(resumed, straight):
    for key in PARTS:
        parts = (getattr(training, key).state_dict() for training in (resumed, straight))
        torch.testing.assert_close(*map(sorted_leaves, parts), rtol=0, atol=0)
    assert all(map(torch.equal, resumed.losses, straight.losses))
    assert len(resumed.losses) == len(straight.losses)


def sorted_leaves(tree):
    """Return the values of nested dicts by path; strings and None as their repr."""
    if isinstance(tree, dict):
        pairs = sorted((str(key), sorted_leaves(value)) for key, value in tree.items())
        return dict(pairs)
    if isinstance(tree, list | tuple):
        return {str(i): sorted_leaves(value) for i, value in enumerate(tree)}
    return tree if isinstance(tree, torch.Tensor) else {repr(tree): 0}


@pytest.mark.parametrize("interrupted", [0, 1, 3])
@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_resuming_is_exact(options, interrupted, tmp_path):
    straight = Training(**options).run(STEPS)
    Training(**options).run(interrupted).save(tmp_path / "checkpoint")
    resumed = Training(**options).load(tmp_path / "checkpoint").run(STEPS - interrupted)
    assert_same(resumed, straight)


@pytest.mark.parametrize("dtype", [d for d in DTYPES if d.is_floating_point], ids=str)
def test_resuming_is_exact_in_every_dtype(dtype, tmp_path):
    straight = Training(dtype).run(STEPS)
    Training(dtype).run(3).save(tmp_path / "checkpoint")
    assert_same(Training(dtype).load(tmp_path / "checkpoint").run(STEPS - 3), straight)


def test_interrupted_after_every_step(tmp_path):
    straight, training = Training().run(STEPS), Training()
    for _ in range(STEPS):
        training.run(1).save(tmp_path / "checkpoint")
        training = Training().load(tmp_path / "checkpoint")
    assert_same(training, straight)


def test_a_memory_mapped_checkpoint_is_not_written(tmp_path):
    """States are mapped copy-on-write: updates do not reach the file."""
    straight = Training().run(STEPS)
    Training().run(3).save(tmp_path / "checkpoint")
    before = (tmp_path / "checkpoint").read_bytes()
    assert_same(Training().load(tmp_path / "checkpoint", mmap=True).run(STEPS - 3), straight)
    assert (tmp_path / "checkpoint").read_bytes() == before


@pytest.mark.parametrize("fused", [None, True])
def test_a_checkpoint_resaved_by_torch_loses_nothing(fused, tmp_path):
    """Torch's optimizer loads and saves it without a step."""
    straight = Training(fused=fused).run(STEPS)
    Training(fused=fused).run(3).save(tmp_path / "ours")
    Training(make=torch.optim.Adadelta).load(tmp_path / "ours").save(tmp_path / "torch's")
    resumed = Training(fused=fused).load(tmp_path / "torch's").run(STEPS - 3)
    assert_same(resumed, straight)


@pytest.mark.parametrize("steps", [1, 2])
@pytest.mark.parametrize("options", [{}, {"maximize": True, "weight_decay": 0.1}], ids=str)
def test_ours_and_torchs_may_alternate(options, steps, tmp_path):
    """The trajectory equals that of torch alone."""
    reference = Training(make=torch.optim.Adadelta, **options).run(2 * STEPS)
    training = Training(**options)
    for make in itertools.islice(itertools.cycle(KINDS), 2 * STEPS // steps):
        fresh = Training(make=make, **options)
        training.save(tmp_path / "checkpoint")
        training = fresh.load(tmp_path / "checkpoint").run(steps)
    for p, q in zip(training.model.parameters(), reference.model.parameters(), strict=True):
        torch.testing.assert_close(p, q)
    steps_of = [[int(s["step"]) for s in t.optimizer.state.values()] for t in (training, reference)]
    assert steps_of[0] == steps_of[1]


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("fused", [None, True, False])
def test_step_counters_are_restored_exactly(fused, device):
    """Including those of ``fused=True``, which torch casts to float32 on the parameter's device."""
    torch.set_default_dtype(torch.float64)
    try:
        optimizer = Adadelta([p := random(4).to(device).requires_grad_()], fused=fused)
        p.grad = torch.ones_like(p)
        optimizer.step()
        optimizer.load_state_dict(copy.deepcopy(optimizer.state_dict()))
        step = optimizer.state[p]["step"]
        assert (step, step.dtype, step.device.type) == (1, torch.float64, "cpu")
    finally:
        torch.set_default_dtype(torch.float32)
