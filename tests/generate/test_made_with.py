"""A compiled text is outdated if any file that it depends on changes."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from adadelta_gen.cpu import kernels as cpu
from adadelta_gen.cuda import kernels as cuda
from adadelta_gen.generate import toolchain
from adadelta_gen.generate.toolchain import TOOLCHAIN
from adadelta_gen.native.code import STEP
from adadelta_gen.paths import GENERATED, PACKAGE, ROOT

TEXTS = [STEP, *cpu.texts(), *cuda.texts()]
# Modules that describe a text, its path and its source; a build imports them too.
ABOUT = {"committed.py", "paths.py", "spec.py"}


def imported(path: Path) -> set[str]:
    """Return the modules of the package that one imports, by their paths in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("adadelta_gen"):
            places = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            for place in places:
                file = "/".join(place.split(".")[1:]) + ".py"
                if (PACKAGE / file).is_file():
                    found.add(file)
    return found


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_imported_modules_are_in_made_with(text):
    source = (PACKAGE if text.in_package else GENERATED) / text.source
    needed = imported(source)
    waiting = list({*needed, *text.made_with})
    while waiting:
        file = waiting.pop()
        if file in ABOUT:
            continue
        more = imported(PACKAGE / file) - needed
        needed |= more
        waiting += more
    assert needed - ABOUT <= {*text.made_with, text.source}
    assert all((PACKAGE / file).is_file() for file in text.made_with)


@pytest.mark.parametrize("text", TEXTS[:1] + TEXTS[1:2] + TEXTS[-1:], ids=lambda text: text.name)
def test_a_change_of_each_file_changes_the_digest(text, monkeypatch):
    from adadelta_gen import committed

    before = text.made_from()
    for file in text.made_with:
        edited = {file: "# edited"}
        read = committed._module.__wrapped__
        with monkeypatch.context() as patch:
            patch.setattr(committed, "_module", lambda path: edited.get(path) or read(path))  # noqa: B023
            assert text.made_from() != before
    assert text.made_from() == before


def test_the_extra_installs_the_toolchain():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = {line.partition(";")[0] for line in project["optional-dependencies"]["generate"]}
    for pins in TOOLCHAIN.values():
        assert {f"{name}=={version}" for name, version in pins.items() if version} <= extra
        assert set(pins) <= {re.match(r"[\w-]+", line)[0] for line in extra}


def test_any_version_of_nvrtc_is_enough(monkeypatch):
    """A torch for CUDA pins one: torch 2.15 pins 13.2.86, torch 2.14 pins 13.0.88."""
    there = {name: version or "13.2.86" for name, version in TOOLCHAIN["ptx"].items()}
    monkeypatch.setattr(toolchain, "_installed", lambda name: there.get(name, ""))
    assert toolchain.missing("ptx") == ""
    there["nvidia-cuda-nvrtc"] = ""
    assert toolchain.missing("ptx") == "nvidia-cuda-nvrtc"
    there["nvidia-nvvm"] = "13.1.0"
    assert toolchain.missing("ptx") == "nvidia-cuda-nvrtc, nvidia-nvvm==13.0.88"
