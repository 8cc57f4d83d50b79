"""The command line as a whole, started as by a shell."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import adadelta_gen

COMMANDS = (
    *("run", "doctor", "explain", "train", "precision", "paper", "bench", "kernels", "show"),
    "generate",
)


def python(*arguments):
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_module_prints_help():
    result = python("-m", "adadelta_gen", "--help")
    assert result.returncode == 0
    assert all(command in result.stdout for command in COMMANDS)


def test_version():
    result = python("-m", "adadelta_gen", "--version")
    assert (result.returncode, result.stdout.strip()) == (0, adadelta_gen.__version__)


def test_help_imports_nothing_heavy():
    result = python(
        "-c",
        "import sys, adadelta_gen.commands.app\n"
        "print(sys.modules.keys() & {'torch', 'numba', 'matplotlib', 'sklearn', 'jinja2'})",
    )
    assert result.stdout.strip() == "set()", result.stderr


def test_unknown_names_fail_and_near_ones_are_named(invoke):
    for words, near in ((["trian"], "train"), (["doctor", "--jsno"], "--json")):
        result = invoke(*words)
        assert result.exit_code == 2
        assert near in result.stderr


def test_without_arguments_it_lists_first_commands(invoke):
    result = invoke()
    assert result.exit_code == 0
    first = re.findall(r"^  adadelta-gen (\w+)", result.stdout, re.MULTILINE)
    assert len(first) == 5
    assert set(first) <= set(COMMANDS)


def test_run_has_its_own_help():
    result = python("-m", "adadelta_gen", "run", "--help")
    assert result.returncode == 0
    assert "--check" in result.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell):
    environment = {**os.environ, "_ADADELTA_GEN_COMPLETE": f"complete_{shell}"}
    environment |= {"COMP_WORDS": "adadelta-gen doc", "COMP_CWORD": "1"}
    environment |= {"_TYPER_COMPLETE_ARGS": "adadelta-gen doc"}
    environment |= {"_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    result = subprocess.run(
        [sys.executable, "-m", "adadelta_gen"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "doctor" in result.stdout
    assert "kernels" not in result.stdout


@pytest.mark.parametrize("command", ["train", "precision", "bench"])
def test_a_file_that_cannot_be_written_is_named_at_once(invoke, tmp_path, command):
    (tmp_path / "file").touch()
    for place in (tmp_path / "file" / "figures.png", tmp_path):
        result = invoke(command, "--output", place)
        assert (result.exit_code, result.stdout) == (1, "")
        (line,) = result.stderr.splitlines()
        assert line.startswith(f"error: {place} cannot be written: ")


def test_every_command_is_explained():
    page = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"\| command \|.*?\n\n", page, re.DOTALL)
    assert set(re.findall(r"^\| `(\w+)", table, re.MULTILINE)) == set(COMMANDS)
