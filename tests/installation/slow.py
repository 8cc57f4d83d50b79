"""Frozen programs and pyright. These tests take minutes; `make test-packaging` runs them."""

import shutil
import subprocess
import sys

import pytest
from reliability.installed import STEPS

from installation.built import Environment, build, copy_checkout, run

# A frozen program has no modules but those that its script and the hook of adadelta_gen name.
PROGRAM = STEPS + "import sys\nassert sys.frozen\nprint('steps taken')\n"
PROGRAM_TO_CHECK = """\
import torch
from adadelta_gen import Adadelta
from adadelta_gen import Adadleta

reveal_type(Adadelta([torch.nn.Parameter(torch.ones(1))]))
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A virtual environment with the wheel installed."""
    folder = tmp_path_factory.mktemp("installed")
    wheel = build("wheel", copy_checkout(folder / "checkout"), folder / "wheel")
    environment = Environment(folder / "environment")
    environment.pip("install", "--no-index", "--no-deps", wheel)
    return environment


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", ["--onedir", "--onefile"])
def test_a_program_frozen_by_pyinstaller(environment, tmp_path, kind):
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    freeze = ("-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", kind, "program.py")
    run(environment.python, *freeze, cwd=tmp_path)
    built = tmp_path / "dist" / "program"
    moved = shutil.move(built, tmp_path / "moved")
    shutil.rmtree(tmp_path / "build")
    program = moved / "program" if kind == "--onedir" else moved
    assert run(program, cwd=tmp_path, env={}).strip() == "steps taken"


@pytest.mark.parametrize("how", ["wheel", "editable"])
def test_pyright_sees_the_types(environment, tmp_path, how):
    (tmp_path / "program.py").write_text(PROGRAM_TO_CHECK, encoding="utf-8")
    if how == "editable":
        environment = Environment(tmp_path / "environment")
        source = copy_checkout(tmp_path / "checkout")
        offline = ("--no-index", "--no-deps", "--no-build-isolation")
        environment.pip("install", *offline, "--editable", source)
    command = ("-m", "pyright", "--pythonpath", environment.python, "program.py")
    said = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    assert '"Adadleta" is unknown import symbol' in said
    assert 'is "Adadelta"' in said
    assert "1 error" in said
