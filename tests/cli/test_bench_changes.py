"""`bench --case changes`: every change is made, and the files are written; not the speed."""

import json
from itertools import islice

import pytest
import torch

from adadelta_gen import Adadelta
from adadelta_gen.bench import changes


@pytest.mark.parametrize("change", changes.CHANGES, ids=lambda change: change.title)
def test_both_optimizers_take_the_steps(change, monkeypatch):
    monkeypatch.setattr(changes, "MAPPINGS", 10)
    for make in (Adadelta, torch.optim.Adadelta):
        made = []

        def noted(*arguments, make=make, made=made):
            made.append(make(*arguments))
            return made[-1]

        steps = change.steps(noted, 8)
        taken = len(list(islice(steps, 5)))
        assert taken == 5
        counts = [state["step"].item() for optimizer in made for state in optimizer.state.values()]
        assert max(counts) >= (1 if change.once else 2)


def test_command_writes_table_and_figures(invoke, tmp_path, monkeypatch):
    few = [changes.Change("nothing", changes._nothing, (2,), 100.0)]
    few.append(changes.Change("a first grad", changes._first_grads, (3,), 0.0, once=True))
    monkeypatch.setattr(changes, "CHANGES", few)
    monkeypatch.setattr(changes, "ROUND_SECONDS", 0.0)
    output = tmp_path / "changes.json"
    result = invoke("bench", "--case", "changes", "--output", output)
    assert result.exit_code == 0, result.output
    report = json.loads(output.read_text(encoding="utf-8"))
    assert [timing["title"] for timing in report["timings"]] == ["nothing", "a first grad"]
    for timing in report["timings"]:
        assert timing["part"] == timing["ours"] / timing["theirs"] > 0
        assert timing["title"] in result.stdout
    assert report["environment"]["torch"] == torch.__version__
