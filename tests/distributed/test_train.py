"""`train --distributed`: on two ranks, and on one rank in this process."""

import io
import os
import pickle
import re
import sys
from itertools import pairwise

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy
from typer.testing import CliRunner

if not torch.distributed.is_available():
    pytest.skip("torch is built without torch.distributed", allow_module_level=True)

from cli.test_digits import write

from adadelta_gen.commands.app import app
from adadelta_gen.demo import distributed
from adadelta_gen.demo.checkpoints import CheckpointError, Checkpoints
from adadelta_gen.demo.data import mnist
from adadelta_gen.demo.distributed import KINDS, Training, batches, process_group, settings, share

from . import torchrun

BATCH_SIZE = 8
OF_AN_EPOCH = 6  # 41 images
ONE_RANK = {"RANK": 0, "LOCAL_RANK": 0, "WORLD_SIZE": 1, "MASTER_ADDR": "localhost"}


pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture
def one_rank(monkeypatch):
    """Set the environment of a single rank, as ``torchrun`` does, with any free port."""
    for name, value in (ONE_RANK | {"MASTER_PORT": 0}).items():
        monkeypatch.setenv(name, str(value))


@pytest.fixture
def folder(tmp_path):
    """Return a folder with 41 random images."""
    images = np.random.default_rng(0).integers(0, 256, (41, 8, 8))
    return write(tmp_path / "mnist", images=images, labels=np.arange(41) % 10)


@pytest.fixture
def digits(folder):
    return mnist(folder)


def invoke(*arguments):
    """Run the command line in this process; exceptions propagate."""
    arguments = [str(argument) for argument in arguments]
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


def train(digits, device, kind="ddp", epochs=2, checkpoints=None, save_every=None):
    arguments = epochs, BATCH_SIZE, 0, device, checkpoints, save_every
    return Training(kind, "MLP", digits, *arguments)


def weights(training):
    """Return copies of the parameters."""
    params = (param.detach() for param in training.model.parameters())
    return [getattr(param, "full_tensor", lambda p=param: p)().clone() for param in params]


def cells(output):
    """Return the last row of the table in an output."""
    row = [line for line in output.splitlines() if line.startswith("|")][-1]
    return [cell.strip() for cell in row.strip("|").split("|")]


@pytest.mark.usefixtures("one_rank")
def test_training_on_two_ranks_is_resumed_on_one(folder, digits, tmp_path):
    saved = tmp_path / "new" / "checkpoints"
    command = ["train", "--data", folder, "--batch-size", BATCH_SIZE, "--checkpoint", saved]
    on_two = ["-m", "adadelta_gen", *command, "--distributed", "ddp", "--epochs", 2]
    two = torchrun.run(*on_two, "--save-every", 5)
    assert two.returncode == 0, two.stderr
    assert not re.search("warning|error", two.stderr, re.IGNORECASE), two.stderr
    assert two.stdout.count("41 to train") == 1  # rank 0 alone talks
    assert "12/12" not in two.stdout  # progress is for terminals
    assert "resumed" not in two.stdout
    network, kind, ranks, loss, accuracy, _, held = cells(two.stdout)
    assert (network, kind, ranks) == ("MLP", "ddp", "2")
    assert sorted(path.name for path in saved.iterdir()) == ["step-000010", "step-000012"]
    with process_group() as device:
        same = settings("MLP", digits, BATCH_SIZE, 0)
        resumed = train(digits, device, checkpoints=Checkpoints(saved, same))
        assert resumed.resume() == 12
        outcome = resumed.outcome()
        held_bytes = sum(w.nbytes for w in weights(resumed)) * 3 + 6 * 4  # steps are float32
        alone = train(digits, device)
        alone.run(lambda step: None)
        for ours, theirs in zip(weights(alone), weights(resumed), strict=True):
            torch.testing.assert_close(ours, theirs)
    assert float(loss) == pytest.approx(outcome.train_loss, abs=2e-6)
    assert accuracy == f"{outcome.accuracy:.2%}"
    assert outcome.held_bytes == (held_bytes, held_bytes)
    assert held == f"{held_bytes / 1e6:.2f}"

    again = invoke(*command, "--distributed", "fsdp2", "--epochs", 2)
    assert again.exit_code == 0, again.output
    assert "all 12 steps are already done" in again.stdout
    assert cells(again.stdout)[:3] == ["MLP", "fsdp2", "1"]
    assert cells(again.stdout)[5] == ""  # no step, no time

    more = invoke(*command, "--distributed", "fsdp2", "--epochs", 3)
    assert more.exit_code == 0, more.output
    assert f"{saved}: resumed after step 12" in more.stdout
    assert float(cells(more.stdout)[3]) < float(loss)
    assert sorted(path.name for path in saved.iterdir()) == ["step-000012", "step-000018"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("one_rank")
def test_resumes_to_the_same_bits(digits, tmp_path, kind):
    class Stopped(Exception):
        pass

    def stop(step):
        if step == 9:
            raise Stopped

    checkpoints = Checkpoints(tmp_path, settings("MLP", digits, BATCH_SIZE, 0))
    with process_group() as device:
        whole = train(digits, device, kind)
        seen = []
        whole.run(seen.append)
        assert seen == list(range(1, 13))
        first = train(digits, device, kind, checkpoints=checkpoints, save_every=4)
        assert first.resume() == 0
        with pytest.raises(Stopped):
            first.run(stop)
        second = train(digits, device, kind, checkpoints=checkpoints, save_every=4)
        assert second.resume() == 8
        seen = []
        second.run(seen.append)
        assert seen == [9, 10, 11, 12]
        assert all(map(torch.equal, weights(second), weights(whole)))


@pytest.mark.parametrize("network", ["MLP", "CNN"])
@pytest.mark.usefixtures("one_rank")
def test_accuracy_and_outcome_are_correct(digits, network):
    with process_group() as device:
        training = Training("fsdp2", network, digits, 1, BATCH_SIZE, 0, device)
        assert training.outcome().step_seconds is None
        training.run(lambda step: None)
        outcome = training.outcome()
        scores = training.model(digits.train_images)
    assert outcome.train_loss == pytest.approx(
        cross_entropy(scores, digits.train_labels).item(), rel=1e-5
    )
    right = (scores.argmax(dim=1) == digits.train_labels).float().mean().item()
    assert outcome.accuracy == pytest.approx(right)  # the test images are the same
    assert outcome.step_seconds > 0


@pytest.mark.parametrize("first", [0, 3, OF_AN_EPOCH, 10])
def test_batches_continue_after_a_resume(digits, first):
    whole = list(batches(digits, BATCH_SIZE, 0, 0, 14))
    assert [len(batch) for batch in whole] == [*[8] * 5, 1, *[8] * 5, 1, 8, 8]
    rest = list(batches(digits, BATCH_SIZE, 0, first, 14))
    assert len(rest) == 14 - first
    assert all(map(torch.equal, rest, whole[first:]))
    assert list(batches(digits, BATCH_SIZE, 0, 14, 14)) == []


def test_every_epoch_has_another_order(digits):
    def orders(seed):
        whole = torch.cat(list(batches(digits, BATCH_SIZE, seed, 0, 3 * OF_AN_EPOCH)))
        return whole.split(41)

    for order in orders(0):
        assert order.sort().values.tolist() == list(range(41))
    different = [*orders(0), *orders(1), *orders(-1)]
    assert all(not torch.equal(a, b) for a, b in pairwise(different))
    assert all(map(torch.equal, orders(0), orders(0)))


@pytest.mark.parametrize(("length", "parts"), [(8, [3, 3, 2]), (1, [1, 0, 0]), (3, [1, 1, 1])])
def test_the_ranks_share_all_images(monkeypatch, length, parts):
    shares = []
    monkeypatch.setattr(distributed.dist, "get_world_size", lambda: 3)
    for rank in range(3):
        monkeypatch.setattr(distributed.dist, "get_rank", lambda rank=rank: rank)
        shares.append(share(torch.arange(length)))
    assert [len(mine) for mine in shares] == parts
    assert torch.cat(shares).tolist() == list(range(length))


@pytest.mark.parametrize(("nodes", "shared"), [("1", False), ("2", True)])
def test_restarted_ranks_find_no_stale_addresses(monkeypatch, nodes, shared):
    store = torch.distributed.HashStore()
    monkeypatch.setenv("GROUP_WORLD_SIZE", nodes)
    monkeypatch.setenv("TORCHELASTIC_RESTART_COUNT", "0")
    distributed._of_this_life(store).set("address", "of the dead")
    assert distributed._of_this_life(store).check(["address"])
    monkeypatch.setenv("TORCHELASTIC_RESTART_COUNT", "1")
    assert distributed._of_this_life(store).check(["address"]) == shared


@pytest.mark.usefixtures("one_rank")
def test_the_group_outlives_the_reducer_of_ddp(digits):
    """Attributes are destroyed in the order of creation; the reverse order sometimes hangs."""
    with process_group() as device:
        model = train(digits, device, "ddp").model
    attributes = list(vars(model))
    assert attributes.index("reducer") < attributes.index("_group_that_outlives_the_reducer")


@pytest.fixture
def saved(digits, tmp_path, one_rank):
    """Return a folder with a checkpoint after step 6."""
    checkpoints = Checkpoints(tmp_path / "saved", settings("MLP", digits, BATCH_SIZE, 0))
    with process_group() as device:
        train(digits, device, epochs=1, checkpoints=checkpoints).run(lambda step: None)
    return tmp_path / "saved"


def damage_data(checkpoint):
    (checkpoint / "__0_0.distcp").write_bytes(b"")


def lose_data(checkpoint):
    (checkpoint / "__0_0.distcp").unlink()


def lose_metadata(checkpoint):
    (checkpoint / ".metadata").unlink()


def damage_settings(checkpoint):
    (checkpoint / "settings.json").write_text("{")


def other_settings(checkpoint):
    (checkpoint / "settings.json").write_text("[]")


@pytest.mark.parametrize(
    "damage", [damage_data, lose_data, lose_metadata, damage_settings, other_settings]
)
def test_a_damaged_checkpoint_is_named(folder, saved, damage):
    damage(saved / "step-000006")
    refused(folder, saved, [], rf"{saved}/step-000006\S* cannot be (read|loaded): ")


class Hostile:
    """Makes a folder when it is unpickled."""

    def __init__(self, folder):
        self.folder = folder

    def __reduce__(self):
        return os.mkdir, (str(self.folder),)


def replace_metadata(checkpoint, hostile):
    (checkpoint / ".metadata").write_bytes(pickle.dumps(hostile))


def extend_metadata(checkpoint, hostile):
    metadata = pickle.loads((checkpoint / ".metadata").read_bytes())
    metadata.planner_data = hostile
    (checkpoint / ".metadata").write_bytes(pickle.dumps(metadata))


def replace_lr(checkpoint, hostile):
    replace(checkpoint, "lr", hostile)


def replace_weights(checkpoint, hostile):
    replace(checkpoint, "weight", hostile)


def replace(checkpoint, ending, hostile):
    """Let an entry of the metadata refer to a new file with a hostile object."""
    metadata = pickle.loads((checkpoint / ".metadata").read_bytes())
    for index, info in metadata.storage_data.items():
        if index.fqn.endswith(ending):
            torch.save(hostile, content := io.BytesIO())
            (checkpoint / "hostile").write_bytes(content.getvalue())
            info.relative_path, info.offset, info.length = "hostile", 0, len(content.getvalue())
    (checkpoint / ".metadata").write_bytes(pickle.dumps(metadata))


@pytest.mark.parametrize("damage", [replace_metadata, extend_metadata, replace_lr, replace_weights])
def test_code_in_a_checkpoint_does_not_run(folder, saved, tmp_path, damage):
    made = tmp_path / "made by the checkpoint"
    damage(saved / "step-000006", Hostile(made))
    refused(folder, saved, [], rf"{saved}/step-000006 cannot be loaded: rank 0: ")
    assert not made.exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--network", "CNN"], "step-000006 is of another training: network MLP, not CNN"),
        (["--batch-size", "9"], "another training: batch size 8, not 9"),
        (["--seed", "1"], "another training: seed 0, not 1"),
    ],
)
def test_a_checkpoint_of_another_training_raises(folder, saved, options, message):
    refused(folder, saved, options, message)


@pytest.mark.usefixtures("one_rank")
def test_a_checkpoint_folder_that_is_a_file_raises(folder, tmp_path):
    (tmp_path / "file").write_text("")
    refused(folder, tmp_path / "file", [], "Not a directory: .*file")


@pytest.mark.usefixtures("one_rank")
def test_a_checkpoint_that_cannot_be_written_raises(digits, tmp_path, monkeypatch):
    def full(self, plan, planner):
        raise OSError("No space left on device")

    monkeypatch.setattr("torch.distributed.checkpoint.FileSystemWriter.write_data", full)
    checkpoints = Checkpoints(tmp_path, settings("MLP", digits, BATCH_SIZE, 0))
    with process_group() as device:
        training = train(digits, device, checkpoints=checkpoints)
        with pytest.raises(CheckpointError, match="written: rank 0: No space left on device"):
            training.run(lambda step: None)


@pytest.mark.usefixtures("one_rank")
def test_a_foreign_folder_is_not_changed(digits, tmp_path):
    (tmp_path / "step-000006").mkdir()
    checkpoints = Checkpoints(tmp_path, settings("MLP", digits, BATCH_SIZE, 0))
    with process_group() as device:
        training = train(digits, device, checkpoints=checkpoints)
        with pytest.raises(CheckpointError, match="step-000006 already exists"):
            training.run(lambda step: None)


def refused(folder, saved, options, message):
    command = ["train", "--distributed", "ddp", "--data", folder, "--epochs", 2]
    result = invoke(*command, "--batch-size", BATCH_SIZE, "--checkpoint", saved, *options)
    assert result.exit_code == 1, result.output
    assert re.fullmatch(rf"error: .*{message}.*\n", result.stderr), result.stderr
    assert not torch.distributed.is_initialized()


def test_the_error_without_torchrun_shows_the_command(monkeypatch):
    command = ["train", "--distributed", "fsdp2", "--checkpoint", "my runs"]
    monkeypatch.setattr(sys, "argv", ["adadelta-gen", *command])
    for name in distributed.LAUNCHED:
        monkeypatch.delenv(name, raising=False)
    result = invoke(*command)
    assert result.exit_code == 1
    assert result.stderr == (
        "error: --distributed needs torchrun: torchrun --standalone --nproc-per-node 2 "
        "-m adadelta_gen train --distributed fsdp2 --checkpoint 'my runs'\n"
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--distributed", "fsdp"], "'fsdp'; did you mean: fsdp2"),
        (["--distributed", "ddp", "--network", "RNN"], "unknown network 'RNN'"),
        (
            ["--distributed", "ddp", "--output", "x.png"],
            "--output is not possible with --distributed",
        ),
        (["--distributed", "ddp", "--save-every", 5], "--save-every requires --checkpoint"),
        (["--checkpoint", "runs"], "--checkpoint requires --distributed"),
        (["--network", "CNN"], "--network requires --distributed"),
        (["--save-every", 5], "--save-every requires --distributed"),
    ],
)
@pytest.mark.usefixtures("one_rank")
def test_invalid_combinations_of_options_raise(options, message):
    result = invoke("train", *options)
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.usefixtures("one_rank")
def test_more_ranks_than_gpus_raise(monkeypatch):
    monkeypatch.setattr("torch.cuda.is_available", lambda: True)
    monkeypatch.setattr("torch.cuda.device_count", lambda: 1)
    monkeypatch.setenv("LOCAL_RANK", "1")
    result = invoke("train", "--distributed", "ddp")
    assert result.exit_code == 1
    assert "local rank 1 has no GPU; number of GPUs: 1" in result.stderr


@pytest.mark.usefixtures("one_rank")
def test_missing_data_files_are_named(tmp_path):
    result = invoke("train", "--distributed", "ddp", "--data", tmp_path)
    assert result.exit_code == 1
    assert "train-images-idx3-ubyte" in result.stderr
