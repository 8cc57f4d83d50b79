"""`explain`: a checkpoint, or a function that returns an optimizer or a model."""

import json

import pytest
import torch
from torch import nn

from adadelta_gen import Adadelta


def trained(optimizer, *params):
    for step in range(3):
        for param in params[step == 2 :]:  # the first one takes two steps
            param.grad = torch.ones_like(param)
        optimizer.step()
        optimizer.zero_grad()
    return optimizer


def params(*dtypes):
    return [nn.Parameter(torch.ones(3, 4, dtype=dtype)) for dtype in dtypes]


@pytest.fixture
def checkpoint(tmp_path):
    """A file with a model, an epoch, and the state_dict of torch's Adadelta nested in it."""
    first, second, frozen = params(torch.float32, torch.bfloat16, torch.float32)
    groups = [
        {"params": [first, frozen], "initial_lr": 1.0},
        {"params": [second], "weight_decay": 0.01, "layer": 3},
    ]
    optimizer = trained(torch.optim.Adadelta(groups, rho=0.95), first, second)
    path = tmp_path / "last.pt"
    torch.save({"epoch": 3, "optimizers": [optimizer.state_dict()]}, path)
    return path


def test_the_content_of_a_checkpoint(invoke, checkpoint):
    result = invoke("explain", checkpoint, "--json")
    assert result.exit_code == 0, result.stderr
    (found,) = json.loads(result.stdout)
    assert found["place"] == "['optimizers'][0]"
    assert (found["steps"], found["stateless"]) == ([2, 3], 1)
    assert [row["parameters"] for row in found["groups"]] == [2, 1]
    assert found["groups"][1]["options"]["weight_decay"] == 0.01
    assert [(way["kernel"], way["dtype"], way["elements"]) for way in found["ways"]] == [
        ("adadelta_cpu_float32_min_nowd", "float32", 12),
        ("adadelta_cpu_bfloat16_min_wd", "bfloat16", 12),
    ]
    notes = "\n".join(found["notes"])
    assert "without a state, because they never had a grad: 1 parameter; the first is" in notes
    assert "not used by a step: layer of the groups" in notes


def test_the_content_as_tables(invoke, checkpoint):
    result = invoke("explain", checkpoint)
    assert "['optimizers'][0]: Adadelta, 3 parameters, after 2 to 3 steps" in result.stdout
    for text in ("adadelta_cpu_bfloat16_min_wd", "| 0.95 ", "never had a grad"):
        assert text in result.stdout


def test_options_that_decide_and_options_that_are_not_restored(invoke, tmp_path):
    (param,) = params(torch.float16)
    optimizer = trained(Adadelta([param], state_dtype=torch.float32), param)
    torch.save(optimizer.state_dict(), tmp_path / "ours.pt")
    (found,) = json.loads(invoke("explain", tmp_path / "ours.pt", "--json").stdout)
    assert any(note.startswith("not restored: state_dtype") for note in found["notes"])
    (param,) = params(torch.float32)
    optimizer = trained(torch.optim.Adadelta([param], foreach=True), param)
    torch.save(optimizer.state_dict(), tmp_path / "foreach.pt")
    (found,) = json.loads(invoke("explain", tmp_path / "foreach.pt", "--json").stdout)
    assert [(way["kernel"], way["why"]) for way in found["ways"]] == [(None, "foreach=True")]


def test_an_optimizer_that_took_no_step(invoke, tmp_path):
    torch.save(Adadelta(params(torch.float32)).state_dict(), tmp_path / "new.pt")
    result = invoke("explain", tmp_path / "new.pt")
    assert result.exit_code == 0, result.stderr
    assert "Adadelta, 1 parameter, before its first step" in result.stdout


def test_the_file_may_be_of_an_old_format(invoke, tmp_path):
    (param,) = params(torch.float32)
    state = trained(Adadelta([param]), param).state_dict()
    torch.save(state, tmp_path / "old.pt", _use_new_zipfile_serialization=False)
    assert "after 2 steps" in invoke("explain", tmp_path / "old.pt").stdout


def refused(result, *texts, status=1):
    assert result.exit_code == status
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("error: ")
    for text in texts:
        assert text in line


def test_files_that_are_no_checkpoint_of_adadelta(invoke, tmp_path):
    path = tmp_path / "file.pt"
    refused(invoke("explain", path), "the file does not exist")
    path.write_text("{}", encoding="utf-8")
    refused(invoke("explain", path), "file.pt: not a file of torch.save")
    path.write_bytes(b"")
    refused(invoke("explain", path), "an empty file")
    refused(invoke("explain", tmp_path), "a folder", "dcp_to_torch")
    torch.save({"model": {}}, path)
    refused(invoke("explain", path), "no optimizer state_dict", "'model'")
    (param,) = params(torch.float32)
    torch.save(trained(torch.optim.Adam([param]), param).state_dict(), path)
    refused(invoke("explain", path), "exp_avg", "acc_delta")
    torch.save(Adadelta([param]), path)
    refused(invoke("explain", path), "save optimizer.state_dict(), not the optimizer")


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("damage", ["cut", "altered"])
def test_damaged_files(invoke, tmp_path, zipped, damage):
    path = tmp_path / "file.pt"
    (param,) = params(torch.float32)
    state = trained(Adadelta([param]), param).state_dict()
    torch.save(state, path, _use_new_zipfile_serialization=zipped)
    content = bytearray(path.read_bytes())
    if damage == "cut":
        del content[len(content) // 2 :]
    else:
        content[40::7] = bytes(len(content[40::7]))
    path.write_bytes(content)
    refused(invoke("explain", path), "file.pt: ")


@pytest.mark.parametrize(
    "change",
    [
        lambda state: state["state"][0].update(step="two"),
        lambda state: state["state"][0].update(square_avg=None),
        lambda state: state["param_groups"][0].pop("rho"),
        lambda state: state["param_groups"][0].pop("params"),
        lambda state: state.update(state=[1]),
    ],
)
def test_state_dicts_that_no_adadelta_can_load(invoke, tmp_path, change):
    (param,) = params(torch.float32)
    state = trained(Adadelta([param]), param).state_dict()
    change(state)
    torch.save([state], tmp_path / "file.pt")
    refused(invoke("explain", tmp_path / "file.pt"), "[0]: an Adadelta cannot load it: ")


@pytest.fixture
def module(tmp_path, monkeypatch):
    """A module in the working folder."""
    (tmp_path / "own_training.py").write_text(
        "import torch\n"
        "def model(): return torch.nn.Linear(2, 3)\n"
        "def theirs(): return torch.optim.Adadelta(model().parameters(), weight_decay=0.1)\n"
        "def adam(): return torch.optim.Adam(model().parameters())\n"
        "def demands():\n"
        "    from adadelta_gen import Adadelta\n"
        "    return Adadelta(model().parameters(), fused=True, maximize=True)\n"
        "number = 3\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)


@pytest.mark.usefixtures("module")
@pytest.mark.parametrize(
    ("function", "kernel"),
    [("model", "float32_min_nowd"), ("theirs", "float32_min_wd"), ("demands", "float32_max_nowd")],
)
def test_a_function(invoke, function, kernel):
    result = invoke("explain", f"own_training:{function}", "--json")
    assert result.exit_code == 0, result.stderr
    rows = json.loads(result.stdout)
    assert [row["kernel"] for row in rows] == [f"adadelta_cpu_{kernel}"] * 2
    if function == "model":
        assert [row["name"] for row in rows] == ["weight", "bias"]
    assert f"adadelta_cpu_{kernel}" in invoke("explain", f"own_training:{function}").stdout


@pytest.mark.usefixtures("module")
def test_unsuitable_functions_are_refused(invoke):
    refused(invoke("explain", "own_training:adam"), "returned Adam")
    refused(invoke("explain", "own_training:number"), "is of type int, not a function", status=2)
    refused(
        invoke("explain", "own_training:modle"), "has no 'modle'; did you mean: model", status=2
    )
    refused(invoke("explain", "own_trainign:model"), "no module 'own_trainign'", status=2)
