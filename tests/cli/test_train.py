"""`train`: training with two optimizers in lockstep."""

from dataclasses import replace
from functools import partial
from itertools import product

import pytest
import torch

from adadelta_gen.demo import compare as comparing
from adadelta_gen.demo.compare import compare, steps
from adadelta_gen.demo.data import bundled
from adadelta_gen.demo.models import MODELS

from .test_digits import write

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def digits():
    """Return a hundred digits to train on."""
    full = bundled()
    return replace(full, train_images=full.train_images[:100], train_labels=full.train_labels[:100])


@pytest.fixture
def threads_kept():
    """Restore the number of threads."""
    threads = torch.get_num_threads()
    yield
    torch.set_num_threads(threads)


def trained(digits, network="MLP", epochs=2, seed=0, advance=lambda: None):
    return compare(MODELS[network], digits, epochs, 32, seed, advance)


@pytest.mark.parametrize("network", MODELS)
def test_both_optimizers_learn_the_same(digits, network):
    comparison = trained(digits, network)
    ours, theirs = comparison.outcomes
    assert ours.losses[0] == theirs.losses[0]
    assert ours.losses == pytest.approx(theirs.losses, rel=1e-4)
    assert 0 < comparison.difference < 1e-5 or ours.losses == theirs.losses
    assert ours.train_loss < ours.losses[0]


def test_same_seed_same_training(digits):
    first, again, other = (trained(digits, seed=seed).outcomes[0] for seed in (1, 1, 2))
    assert first.losses == again.losses
    assert first.losses != other.losses


def test_difference_is_measured(digits, monkeypatch):
    faster = {"torch": partial(torch.optim.Adadelta, lr=2.0)}
    monkeypatch.setattr(comparing, "OPTIMIZERS", comparing.OPTIMIZERS | faster)
    assert trained(digits).difference > 1e-3


def test_diagnostics_are_measured_at_intervals(digits):
    comparison = compare(
        *(MODELS["MLP"], digits, 3, 32, 0, lambda: None), options={"eps": 1e-4}, diagnose_every=5
    )
    assert [*comparison.diagnostics] == [1, 6, 11, 12]
    assert {row.elements for row in comparison.diagnostics.values()} == {185_810}
    without = compare(MODELS["MLP"], digits, 3, 32, 0, lambda: None, {"eps": 1e-4})
    assert without.diagnostics == {}
    assert without.outcomes[0].losses == comparison.outcomes[0].losses


def test_options_are_for_both_optimizers(digits):
    ours, theirs = compare(
        *(MODELS["MLP"], digits, 1, 32, 0, lambda: None), options={"lr": 0.0}
    ).outcomes
    first = trained(digits, epochs=1).outcomes[0]
    assert ours.train_loss == theirs.train_loss > first.train_loss


def test_every_batch_is_counted(digits):
    calls = []
    comparison = trained(digits, epochs=3, advance=lambda: calls.append(1))
    assert len(calls) == steps(digits, epochs=3, batch_size=32) == 12
    assert all(len(outcome.losses) == 12 for outcome in comparison.outcomes)


def test_accuracy_is_that_of_the_test_images(digits):
    mislabelled = replace(digits, test_labels=(digits.test_labels + 1) % 10)
    right, wrong = (trained(data, epochs=8).outcomes[0].accuracy for data in (digits, mislabelled))
    assert right > 0.5 > wrong


@pytest.mark.parametrize("source", ["bundled", "folder"])
@pytest.mark.usefixtures("threads_kept")
def test_command_prints_table_and_draws(invoke, tmp_path, source):
    data = ["--data", write(tmp_path / "mnist")] if source == "folder" else []
    picture = tmp_path / "new" / "picture.png"
    result = invoke(
        "train", *data, "--epochs", 1, "--batch-size", 512, "--threads", 1, "--output", picture
    )
    assert result.exit_code == 0, result.output
    assert picture.read_bytes().startswith(PNG)
    assert str(picture) in result.stdout
    assert "python -m adadelta_gen run train.py" in result.stdout
    assert "100%" not in result.output  # nobody watches the progress
    assert "\u2501" not in result.output
    for text in ("MLP", "CNN", "adadelta_gen", "torch", "test accuracy", "largest difference"):
        assert text in result.stdout


@pytest.mark.usefixtures("threads_kept")
def test_command_draws_diagnostics_of_several_eps(invoke, tmp_path):
    losses, plot = tmp_path / "losses.png", tmp_path / "new" / "plot.png"
    settings = ["--lr", 0.5, "--rho", 0.8, "--eps", "1e-4", "--eps", "1e-8", "--eps", "1e-4"]
    sizes = ["--epochs", 1, "--batch-size", 512, "--threads", 1]
    result = invoke("train", *sizes, *settings, "--output", losses, "--plot", plot)
    assert result.exit_code == 0, result.output
    assert plot.read_bytes().startswith(PNG)
    assert f"diagnostics drawn: {plot}" in result.stdout
    rows = [line.split("|")[1:4] for line in result.stdout.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in row] for row in rows if row[0].strip() in MODELS]
    assert cells == [[*row] for row in product(MODELS, ("0.0001", "1e-08"), ("2", "3"))]
    assert "CNN, eps 1e-08" in result.stdout


@pytest.mark.parametrize("option", ["--plot", "--lr", "--rho", "--eps"])
def test_options_of_the_comparison_only(invoke, option):
    result = invoke("train", "--distributed", "ddp", option, 0.5)
    assert result.exit_code == 2
    assert f"{option} " in result.stderr


def test_command_without_the_files_says_which(invoke, tmp_path):
    result = invoke("train", "--data", tmp_path, "--output", tmp_path / "picture.png")
    assert result.exit_code == 1
    assert "train-images-idx3-ubyte" in result.stderr
    assert not (tmp_path / "picture.png").exists()
