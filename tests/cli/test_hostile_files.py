"""Files that would run code if they were unpickled, given to every command that opens a file.

`train --checkpoint` is in tests/distributed/test_train.py.
"""

import os
import pickle
import subprocess
import sys

import pytest
import torch

from adadelta_gen import Adadelta
from adadelta_gen.paths import PACKAGE


class Hostile:
    """Makes a folder when it is unpickled."""

    def __init__(self, folder):
        self.folder = folder

    def __reduce__(self):
        return os.mkdir, (str(self.folder),)


def raw(path, hostile):
    path.write_bytes(pickle.dumps(hostile))


def zipped(path, hostile):
    torch.save(hostile, path)


def unzipped(path, hostile):
    torch.save(hostile, path, _use_new_zipfile_serialization=False)


def in_a_state(path, hostile):
    param = torch.nn.Parameter(torch.ones(2))
    param.grad = torch.ones(2)
    optimizer = Adadelta([param])
    optimizer.step()
    state = optimizer.state_dict()
    state["param_groups"][0]["lr"] = hostile
    torch.save({"epoch": 1, "optimizer": state}, path)


FORMS = (raw, zipped, unzipped, in_a_state)


@pytest.mark.parametrize("form", FORMS)
def test_the_files_run_code_if_they_are_trusted(form, tmp_path):
    """Otherwise the tests below could not fail."""
    path, made = tmp_path / "file", tmp_path / "made"
    form(path, Hostile(made))
    if form is raw:
        pickle.loads(path.read_bytes())
    else:
        torch.load(path, weights_only=False)
    assert made.exists()


@pytest.mark.parametrize("form", FORMS)
def test_explain_runs_no_code_of_a_checkpoint(invoke, tmp_path, form):
    path, made = tmp_path / "file", tmp_path / "made"
    form(path, Hostile(made))
    result = invoke("explain", path)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"error: {path}: ")
    assert not made.exists()


@pytest.mark.parametrize(
    "command",
    [
        ("train", "--data", "{folder}"),
        ("precision", "--data", "{folder}"),
        ("paper", "--data", "{folder}"),
        ("paper", "--output", "{folder}/report.md"),
        ("bench", "--check", "{file}"),
        ("bench", "--goals", "{folder}"),
    ],
    ids=" ".join,
)
def test_no_other_command_unpickles(invoke, tmp_path, command):
    folder, made = tmp_path / "folder", tmp_path / "made"
    folder.mkdir()
    names = ("file", "report.json", "limit.json", "cpu.json")
    for name in (*names, *(f"{p}-{w}" for p in ("train", "t10k") for w in ("images", "labels"))):
        raw(folder / name, Hostile(made))
    words = [word.format(folder=folder, file=folder / "file") for word in command]
    result = invoke(*words)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"error: {folder}")
    assert not made.exists()


def test_no_environment_variable_lets_explain_run_code(tmp_path):
    path, made = tmp_path / "file", tmp_path / "made"
    zipped(path, Hostile(made))
    result = subprocess.run(
        [sys.executable, "-m", "adadelta_gen", "explain", str(path)],
        env={**os.environ, "TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "weights_only=True" in result.stderr
    assert not made.exists()


@pytest.mark.parametrize("flag", ["-P", None])
def test_files_of_the_folder_are_imported_only_by_pythons_rule(tmp_path, flag):
    """``python -m`` looks into the folder that it is started in, ``python -P -m`` does not."""
    zipped(tmp_path / "file", {"state": {}})
    for name in ("torch", "numpy", "numba", "llvmlite", "typer", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text(f"raise SystemExit('{name} of the folder')\n")
    (tmp_path / ".numba_config.yaml").write_text("!!python/object/apply:os.mkdir ['made']\n")
    command = [sys.executable, *filter(None, [flag]), "-m", "adadelta_gen", "explain", "file"]
    result = subprocess.run(
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    if flag is None:
        assert result.stderr == "typer of the folder\n"
    else:
        assert result.stderr.startswith("error: file: no optimizer state_dict")
    assert not (tmp_path / "made").exists()
