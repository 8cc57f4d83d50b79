"""`doctor`."""

import sys
from importlib.metadata import version

import pytest


def test_healthy_installation(invoke):
    result = invoke("doctor")
    assert result.exit_code == 0, result.stderr
    for package in ("torch", "numba", "llvmlite"):
        assert version(package) in result.stdout
    for text in ("avx2: ", "threads", "in step with templates/", "| CUDA "):
        assert text in result.stdout


def test_names_caches_in_order(invoke, tmp_path, monkeypatch):
    monkeypatch.setenv("ADADELTA_GEN_CACHE_DIR", str(tmp_path / "not" / "yet" / "there"))
    result = invoke("doctor")
    assert "writable, 0 entries" in result.stdout.replace("\n", "")
    assert not (tmp_path / "not").exists()


def test_generated_out_of_step_is_wrong(invoke, generated):
    (generated / "manifest.json").unlink()
    result = invoke("doctor")
    assert result.exit_code == 1
    assert "WRONG: 1 files" in result.stdout
    assert "generated/" in result.stderr


@pytest.mark.parametrize("package", ["numba", "llvmlite"])
def test_broken_package_is_named_and_hides_nothing_else(invoke, monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    result = invoke("doctor")
    assert result.exit_code == 1
    assert package in result.stderr
    assert version("torch") in result.stdout
    assert "in step with templates/" in result.stdout
