"""`generate` and `generate --check`, on a copy of generated/."""

import shutil
import subprocess
import sys

import pytest

from adadelta_gen import registry
from adadelta_gen.commands import generate
from adadelta_gen.cpu import kernels
from adadelta_gen.cuda import build, ptx
from adadelta_gen.layout import GENERATED, PACKAGE, TEMPLATES
from adadelta_gen.native import code
from adadelta_gen.spec import ALL_SPECS, DTYPES, specs_of

from .snapshot import snapshot

KERNEL = f"cpu/{ALL_SPECS[0].name}.py"


@pytest.fixture
def few_ptx(monkeypatch):
    """Compile two CUDA kernels anew, not all: that `make check-generated` does."""
    monkeypatch.setattr(generate, "specs_of", lambda target: specs_of(target)[:2])


@pytest.mark.usefixtures("few_ptx")
def test_check_passes_when_in_step(invoke, generated):
    result = invoke("generate", "--check")
    assert result.exit_code == 0
    assert "in step" in result.output


def test_check_prints_difference_and_repair_and_writes_nothing(invoke, generated):
    with (generated / KERNEL).open("a", encoding="utf-8") as file:
        file.write("by_hand = 1\n")
    before = snapshot(generated)
    result = invoke("generate", "--check")
    assert result.exit_code == 1
    assert f"changed: generated/{KERNEL}" in result.stdout
    assert "-by_hand = 1" in result.stdout.splitlines()
    assert "make generate" in result.stderr
    assert snapshot(generated) == before


def test_check_names_missing_and_stale_files(invoke, generated):
    (generated / KERNEL).unlink()
    (generated / "cpu" / "leftover.py").touch()
    result = invoke("generate", "--check")
    assert result.exit_code == 1
    assert f"missing: generated/{KERNEL}" in result.stdout
    assert "stale: generated/cpu/leftover.py" in result.stdout
    assert "in 2 files" in result.stderr


def test_generate_repairs_and_says_what(invoke, generated):
    (generated / KERNEL).write_text("this is no python", encoding="utf-8")
    (generated / "__init__.py").unlink()
    (generated / "leftover.py").touch()
    result = invoke("generate", "--no-warm")
    assert result.exit_code == 0
    assert f"rewritten: generated/{KERNEL}" in result.stdout
    assert "added: generated/__init__.py" in result.stdout
    assert "removed: generated/leftover.py" in result.stdout
    assert snapshot(generated) == snapshot(GENERATED)


@pytest.mark.parametrize("arguments", [("generate", "--check"), ("generate", "--no-warm")])
def test_template_that_does_not_render(invoke, generated, tmp_path, monkeypatch, arguments):
    templates = tmp_path / "templates"
    shutil.copytree(TEMPLATES, templates)
    with (templates / "rule.py.j2").open("a", encoding="utf-8") as file:
        file.write("{{ misspelt }}\n")
    monkeypatch.setattr(generate, "TEMPLATES", templates)
    before = snapshot(generated)
    result = invoke(*arguments)
    assert result.exit_code == 1
    assert "'misspelt' is undefined" in result.stderr
    assert snapshot(generated) == before


@pytest.mark.parametrize("warm", [True, False])
def test_generate_loads_every_kernel_unless_told_not_to(invoke, generated, monkeypatch, warm):
    loaded = []
    monkeypatch.setattr(registry, "load", loaded.append)
    monkeypatch.setattr(kernels, "nonfinite", loaded.append)
    monkeypatch.setattr(code, "step", lambda: loaded.append("step"))
    result = invoke("generate", *([] if warm else ["--no-warm"]))
    assert result.exit_code == 0
    assert len(loaded) == len(set(loaded))
    assert set(loaded) == ({*specs_of("cpu"), *DTYPES, "step"} if warm else set())


# On None in sys.modules, an import of that name raises.
RENDER_ALONE = """\
import sys
sys.modules.update(torch=None, numba=None, llvmlite=None)
from adadelta_gen.commands.app import app
app(["generate", *sys.argv[1:]])
"""


@pytest.mark.parametrize("damage", ["broken", "missing"])
def test_renders_without_generated_code_torch_or_numba(tmp_path, damage):
    """But for PTX, which a compiler makes."""
    ignored = shutil.ignore_patterns("__pycache__", *(TEMPLATES.name, GENERATED.name))
    shutil.copytree(PACKAGE, tmp_path / "adadelta_gen", ignore=ignored)
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    generated = tmp_path / "generated"
    lost = ("*.py", "manifest.json") if damage == "missing" else ()
    shutil.copytree(GENERATED, generated, ignore=shutil.ignore_patterns("__pycache__", *lost))
    if damage == "broken":
        for path in ("__init__.py", "cpu/__init__.py", KERNEL, "manifest.json"):
            (generated / path).write_text("raise SystemExit('imported')", encoding="utf-8")

    def run(*arguments):
        command = [sys.executable, "-c", RENDER_ALONE, *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert run("--check").returncode == 1
    repair = run("--no-warm")
    assert repair.returncode == 0, repair.stderr
    assert snapshot(generated) == snapshot(GENERATED)


@pytest.fixture
def no_toolchain(monkeypatch):
    monkeypatch.setattr(build, "missing_toolchain", lambda: "numba-cuda==9.9")


@pytest.mark.usefixtures("no_toolchain")
def test_check_without_the_cuda_toolchain_trusts_digests(invoke, generated):
    result = invoke("generate", "--check")
    assert result.exit_code == 0
    assert "not compiled anew, which takes numba-cuda==9.9" in result.stdout


@pytest.mark.usefixtures("no_toolchain")
@pytest.mark.parametrize("damage", ["edited", "missing"])
def test_outdated_ptx_without_the_toolchain(invoke, generated, damage):
    path = generated / "cuda" / f"{specs_of('cuda')[0].name}.ptx"
    if damage == "edited":
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    else:
        path.unlink()
    check = invoke("generate", "--check")
    assert check.exit_code == 1
    assert f"PTX is not what its source compiles to: {path.stem}" in check.stderr
    repair = invoke("generate", "--no-warm")
    assert repair.exit_code == 1
    assert "1 CUDA kernels have to be compiled, which takes numba-cuda==9.9" in repair.stderr
    assert "pip install -e '.[cuda-build]'" in repair.stderr


@pytest.mark.skipif(bool(build.missing_toolchain()), reason=f"needs {build.missing_toolchain()}")
@pytest.mark.usefixtures("few_ptx")
def test_ptx_that_was_replaced_together_with_its_digest(invoke, generated):
    """Only compiling anew finds it."""
    spec = specs_of("cuda")[0]
    text = ptx.text(spec, generated)
    ptx.write({spec.name: text + "// by hand\n"}, generated)
    assert ptx.outdated(generated) == []
    check = invoke("generate", "--check")
    assert check.exit_code == 1
    assert f"PTX is not what its source compiles to: {spec.name}; delete it" in check.stderr
    (generated / "cuda" / f"{spec.name}.ptx").unlink()
    assert invoke("generate", "--no-warm").exit_code == 0
    assert ptx.text(spec, generated) == text
