"""`doctor`."""

import json
import sys
import tomllib
from pathlib import Path

import llvmlite
import numpy
import pytest
import torch

import adadelta_gen
from adadelta_gen.bench import environment
from adadelta_gen.commands import doctor
from adadelta_gen.native import machine
from adadelta_gen.paths import PACKAGE


def test_healthy_installation(invoke):
    result = invoke("doctor")
    assert result.exit_code == 0, result.stderr
    for package in (torch, numpy, llvmlite):
        assert package.__version__ in result.stdout
    for text in (
        "CPU features",
        "compiled from LLVM IR",
        "threads",
        "up to date with templates/",
        "| CUDA ",
    ):
        assert text in result.stdout


def test_the_build_of_torch_is_shown(monkeypatch, invoke):
    """Metadata may have 2.14.1 where the module is 2.14.1+cu130."""
    monkeypatch.setattr(torch, "__version__", "9.9.9+cu999")
    assert "9.9.9+cu999" in invoke("doctor").stdout
    assert environment.describe()["torch"] == "9.9.9+cu999"


def test_outdated_generated_files_are_a_problem(invoke, generated):
    (generated / "manifest.json").unlink()
    result = invoke("doctor")
    assert result.exit_code == 1
    assert "PROBLEM" in result.stdout
    assert "generated/: run `make generate`" in result.stdout
    assert "generated/" in result.stderr


@pytest.mark.parametrize("package", ["numpy", "llvmlite"])
def test_a_broken_package_is_named_and_other_checks_run(invoke, monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    result = invoke("doctor")
    assert result.exit_code == 1
    assert package in result.stderr
    assert torch.__version__ in result.stdout
    assert "up to date with templates/" in result.stdout


@pytest.mark.parametrize(
    ("triple", "words"),
    [
        ("x86_64-unknown-linux-gnu", "avx2: yes, avx512f: no, fma: no, f16c: no"),
        ("aarch64-unknown-linux-gnu", "neon: yes, sve: no, sve2: no, lse: no"),
        ("arm64-apple-darwin", "neon: yes, sve: no, sve2: no, lse: no"),
        ("riscv64-unknown-linux-gnu", "unknown for riscv64"),
    ],
)
def test_features_are_those_of_the_architecture(monkeypatch, triple, words):
    cpu = machine.Cpu(triple, "some", "+avx2,+neon,-f16c")
    monkeypatch.setattr(machine, "host", lambda: cpu)
    assert doctor.CHECKS["CPU features"]() == words


@pytest.mark.parametrize("package", ["numba", "jinja2"])
def test_packages_of_generate_are_optional(invoke, monkeypatch, package):
    absent = lambda name, real=doctor.find_spec: None if name == package else real(name)  # noqa: E731
    monkeypatch.setattr(doctor, "find_spec", absent)
    result = invoke("doctor")
    assert result.exit_code == 0, result.stderr
    assert "not installed; only `generate` needs it" in result.stdout


def test_json_has_one_row_per_check(invoke):
    rows = json.loads(invoke("doctor", "--json").stdout)
    assert [row["what"] for row in rows] == [*doctor.CHECKS]
    assert all(row["is_ok"] and row["finding"] and not row["remedy"] for row in rows)


def test_an_old_package_is_a_problem_with_a_remedy(invoke, monkeypatch):
    monkeypatch.setattr(llvmlite, "__version__", "0.44.1")
    result = invoke("doctor")
    assert result.exit_code == 1
    assert "0.44.1 is too old" in result.stdout
    assert f"llvmlite: {sys.executable} -m pip install 'llvmlite>=0.45'" in result.stdout


def test_a_step_that_is_not_torchs_is_a_problem(invoke, monkeypatch):
    step = adadelta_gen.Adadelta.step

    def wrong(self, closure=None):
        step(self, closure)
        with torch.no_grad():
            self.param_groups[0]["params"][0].mul_(1.1)

    monkeypatch.setattr(adadelta_gen.Adadelta, "step", wrong)
    rows = json.loads(invoke("doctor", "--json").stdout)
    (row,) = [row for row in rows if not row["is_ok"]]
    assert row["what"] == "a step"
    assert "float32" in row["finding"]


def test_needed_versions_are_those_of_the_project():
    pyproject = Path(str(PACKAGE)).parent / "pyproject.toml"
    if not pyproject.exists():
        pytest.skip("needs a checkout")
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    assert sorted(project["dependencies"]) == sorted(doctor.NEEDED.values())
