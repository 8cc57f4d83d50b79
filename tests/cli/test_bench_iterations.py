"""`bench --case iterations`: models are trained in whole iterations; not the speed."""

import json

import pytest
import torch
from torch import nn

from adadelta_gen import Adadelta
from adadelta_gen.bench import iterations, models
from adadelta_gen.bench.cases import OURS
from adadelta_gen.bench.models import Training
from adadelta_gen.bench.rivals import NAMES


def tiny():
    return Training("tiny", nn.Linear(3, 2), torch.randn(4, 3), torch.tensor([0, 1, 1, 0]))


@pytest.mark.parametrize(
    ("make", "tensors", "elements"),
    [
        (models.mlp, 6, 545_810),
        # 0.27 M (He et al. 2016, table 6), and two projections with batch norms
        (models.resnet, 65, 269_722 + 16 * 32 + 2 * 32 + 32 * 64 + 2 * 64),
        (models.transformer, 54, 1_058_536),
    ],
)
def test_a_model_learns_its_batch(make, tensors, elements):
    torch.manual_seed(0)
    training = make()
    params = list(training.model.parameters())
    assert (len(params), sum(param.numel() for param in params)) == (tensors, elements)
    optimizer = Adadelta(params)
    first = training.loss()
    for _ in range(5):
        optimizer.zero_grad()
        training.loss().backward()
        optimizer.step()
    assert all(param.grad.count_nonzero() for param in params)
    assert training.loss() < first


def test_a_block_is_whole_iterations():
    training = tiny()
    weight = training.model.weight
    optimizer = torch.optim.Adadelta(training.model.parameters())
    grads = []
    optimizer.register_step_pre_hook(lambda *_: grads.append(weight.grad))
    before = weight.detach().clone()
    whole, step = iterations._block(training, optimizer, 3)
    assert 0 < step < whole
    assert optimizer.state[weight]["step"] == 3
    assert len(set(map(id, grads))) == 3  # all made anew
    assert not torch.equal(weight, before)


def test_rivals_hardly_move_the_model(monkeypatch):
    monkeypatch.setattr(iterations, "BLOCK_SECONDS", 0.0)
    torch.manual_seed(0)
    training = tiny()
    before = training.loss().item()
    iterations.measure(training, 0)
    # 9 iterations of each rival move it by 1.6e-5, with an lr of 1e-3 by 1.6e-2
    assert training.loss().item() == pytest.approx(before, abs=1e-4)


def test_command_writes_table_figures_and_picture(invoke, tmp_path, monkeypatch):
    monkeypatch.setattr(iterations, "MODELS", (tiny,))
    monkeypatch.setattr(iterations, "BLOCK_SECONDS", 0.0)
    output = tmp_path / "new" / "iterations.json"
    result = invoke("bench", "--case", "iterations", "--seconds", 0, "--output", output)
    assert result.exit_code == 0, result.output
    assert output.with_suffix(".png").read_bytes().startswith(b"\x89PNG")
    report = json.loads(output.read_text(encoding="utf-8"))
    assert [timing["rival"] for timing in report["timings"]] == list(NAMES)
    for timing in report["timings"]:
        assert (timing["model"], timing["tensors"], timing["elements"]) == ("tiny", 2, 8)
        assert timing["rounds"] == iterations.MINIMUM_ROUNDS
        assert timing["lower"] <= timing["seconds"] <= timing["upper"]
        assert timing["share"] == timing["step_seconds"] / timing["seconds"] > 0
        assert (timing["rival"] == OURS) <= (timing["ratio"] == timing["step_ratio"] == 1)
        assert timing["rival"] in result.stdout
        assert f"{100 * timing['share']:.1f} %" in result.stdout


def test_ratios_are_of_the_same_round(monkeypatch):
    rounds = {name: [(4.0, 1.0), (40.0, 10.0), (8.0, 2.0)] for name in NAMES}
    rounds[NAMES[1]] = [(8.0, 3.0), (40.0, 30.0), (24.0, 6.0)]
    monkeypatch.setattr(iterations, "_rounds", lambda training, seconds: list(rounds.values()))
    ours, theirs, *_ = iterations.measure(tiny(), 0)
    assert (ours.ratio, ours.step_ratio, ours.share) == (1, 1, 2 / 8)
    assert (theirs.ratio, theirs.step_ratio, theirs.seconds, theirs.share) == (2, 3, 24, 6 / 24)
