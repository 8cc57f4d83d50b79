"""Fixtures: the command line in this process, and a copy of generated/ to damage."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adadelta_gen import committed
from adadelta_gen.commands import doctor, generate, kernels
from adadelta_gen.commands.app import app
from adadelta_gen.paths import GENERATED


@pytest.fixture
def invoke():
    """Return a function that runs a command and returns its result; exceptions are raised."""

    def run(*arguments):
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def generated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a copy of generated/ that the commands use instead of the real one."""
    copy = tmp_path / "generated"
    shutil.copytree(GENERATED, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for module in (committed, doctor, generate, kernels):
        monkeypatch.setattr(module, "GENERATED", copy)
    monkeypatch.setattr(generate, "ROOT", tmp_path)  # whose README there is not
    committed._manifest.cache_clear()
    yield copy
    committed._manifest.cache_clear()
