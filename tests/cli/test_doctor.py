"""`doctor`."""

import sys

import llvmlite
import numpy
import pytest
import torch

from adadelta_gen.bench import environment
from adadelta_gen.commands import doctor
from adadelta_gen.native import machine


def test_healthy_installation(invoke):
    result = invoke("doctor")
    assert result.exit_code == 0, result.stderr
    for package in (torch, numpy, llvmlite):
        assert package.__version__ in result.stdout
    for text in (
        "CPU features",
        "made of LLVM IR",
        "threads",
        "in step with templates/",
        "| CUDA ",
    ):
        assert text in result.stdout


def test_the_build_of_torch_is_told(monkeypatch, invoke):
    """Metadata may have 2.14.1 where the module is 2.14.1+cu130."""
    monkeypatch.setattr(torch, "__version__", "9.9.9+cu999")
    assert "9.9.9+cu999" in invoke("doctor").stdout
    assert environment.describe()["torch"] == "9.9.9+cu999"


def test_generated_out_of_step_is_wrong(invoke, generated):
    (generated / "manifest.json").unlink()
    result = invoke("doctor")
    assert result.exit_code == 1
    assert "WRONG: " in result.stdout
    assert "generated/" in result.stderr


@pytest.mark.parametrize("package", ["numpy", "llvmlite"])
def test_broken_package_is_named_and_hides_nothing_else(invoke, monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    result = invoke("doctor")
    assert result.exit_code == 1
    assert package in result.stderr
    assert torch.__version__ in result.stdout
    assert "in step with templates/" in result.stdout


@pytest.mark.parametrize(
    ("triple", "words"),
    [
        ("x86_64-unknown-linux-gnu", "avx2: yes, avx512f: no, fma: no, f16c: no"),
        ("aarch64-unknown-linux-gnu", "neon: yes, sve: no, sve2: no, lse: no"),
        ("arm64-apple-darwin", "neon: yes, sve: no, sve2: no, lse: no"),
        ("riscv64-unknown-linux-gnu", "not known for riscv64"),
    ],
)
def test_features_are_those_of_the_architecture(monkeypatch, triple, words):
    cpu = machine.Cpu(triple, "some", "+avx2,+neon,-f16c")
    monkeypatch.setattr(machine, "host", lambda: cpu)
    assert doctor.CHECKS["CPU features"]() == words


@pytest.mark.parametrize("package", ["numba", "jinja2"])
def test_what_only_generate_needs_may_be_absent(invoke, monkeypatch, package):
    absent = lambda name, real=doctor.find_spec: None if name == package else real(name)  # noqa: E731
    monkeypatch.setattr(doctor, "find_spec", absent)
    result = invoke("doctor")
    assert result.exit_code == 0, result.stderr
    assert "not installed; only `generate` needs it" in result.stdout
