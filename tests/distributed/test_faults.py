"""After a rank is killed, in training or while saving, it resumes from the last checkpoint."""

import json
from pathlib import Path

import pytest
import torch

if not torch.distributed.is_available():
    pytest.skip("torch is built without torch.distributed", allow_module_level=True)

from . import torchrun

TENSORS = 6 * (1 + 3)  # of three layers; a parameter and its states
LAST = 12


def test_a_killed_rank_costs_the_steps_since_the_last_checkpoint(tmp_path):
    """One start of ``torchrun`` for all checks: each restart takes some seconds."""
    script = Path(__file__).with_name("faulty.py")
    run = torchrun.run("--max-restarts=2", script, tmp_path)
    assert run.returncode == 0, run.stderr
    assert run.stderr.count("exitcode: -9") >= 2, run.stderr
    first, second, third = lives(tmp_path)

    # Killed in the middle of an epoch, three steps after a checkpoint.
    assert first == {"found": [[]], "resumed": [0], "step": [1, 2, 3, 4, 5, 6, 7]}
    assert (second["found"], second["resumed"]) == ([["step-000004"]], [4])
    assert second["step"] == [5, 6, 7, 8, 9, 10, 11]

    # Killed while saving: the partial checkpoint is ignored and removed.
    assert second["half"] == ["__1_0.distcp"]
    assert third["found"] == [["step-000004", "step-000008", "step-000012.partial"]]
    assert (third["resumed"], third["step"]) == ([8], [9, 10, 11, 12])
    saved = sorted(path.name for path in (tmp_path / "checkpoints").iterdir())
    assert saved == ["step-000008", "step-000012"]

    ranks = [torch.load(tmp_path / f"rank{rank}.pt") for rank in range(2)]
    for results in ranks:
        assert_same_bits(results["disturbed"], results["fsdp2"])
    assert_same_training(ranks)
    held = [bytes_of(results["disturbed"]) for results in ranks]
    whole = bytes_of(ranks[0]["ddp"])
    steps = 6 * 4  # each rank has the step of each parameter, in float32
    assert sum(held) == whole + steps
    for results in ranks:
        assert results["outcome"]["held_bytes"] == (min(held), max(held))


def lives(folder):
    """Return the notes of rank 1, by start and by kind."""
    lives = [{}, {}, {}]
    for line in (folder / "notes.jsonl").read_text().splitlines():
        notes = json.loads(line)
        life = lives[notes.pop("life")]
        for kind, what in notes.items():
            life.setdefault(kind, []).append(what)
    return lives


def assert_same_bits(disturbed, undisturbed):
    assert disturbed.keys() == undisturbed.keys()
    assert len(disturbed) == TENSORS
    for name, tensor in undisturbed.items():
        assert torch.equal(disturbed[name], tensor), name
        if name.endswith(" step"):
            assert tensor == LAST


def assert_same_training(ranks):
    """Both ranks of DDP have equal parameters, equal to those of FSDP2 apart from rounding."""
    for name, tensor in ranks[0]["ddp"].items():
        assert torch.equal(ranks[1]["ddp"][name], tensor), name
        if not name.endswith(" step"):
            parts = [results["fsdp2"][name] for results in ranks]
            torch.testing.assert_close(torch.cat(parts), tensor)


def bytes_of(tensors):
    return sum(tensor.nbytes for tensor in tensors.values())
