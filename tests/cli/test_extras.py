"""Errors name missing packages and the extra that installs them."""

import subprocess
import sys

import pytest

# An entry of None in sys.modules makes an import of that name raise an error.
WITHOUT = """\
import sys
from adadelta_gen.__main__ import main
missing, *sys.argv[1:] = sys.argv[1:]
sys.modules.update(dict.fromkeys(missing.split()))
main()
"""


def run_without(missing, *arguments):
    command = [sys.executable, "-c", WITHOUT, missing, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("missing", "command", "message"),
    [
        ("typer", "--help", "the command line needs typer: pip install 'adadelta-gen[cli]'"),
        ("rich", "--version", "the command line needs rich: pip install 'adadelta-gen[cli]'"),
        ("typer rich", "doctor", "the command line needs typer, rich: pip install"),
        ("jinja2", "generate", "generate needs jinja2: pip install 'adadelta-gen[generate]'"),
        ("jinja2", "generate --check", "generate needs jinja2: pip install"),
        ("matplotlib", "train", "train needs matplotlib: pip install 'adadelta-gen[demo]'"),
        ("matplotlib sklearn", "train", "train needs matplotlib, sklearn: pip install"),
        ("sklearn", "train --distributed ddp", "train needs sklearn: pip install"),
        ("sklearn", "precision", "precision needs sklearn: pip install 'adadelta-gen[demo]'"),
        ("matplotlib mlxtend", "paper", "paper needs matplotlib, mlxtend: pip install"),
        ("mlxtend", "paper --data .", ". contains none of train-images-idx3-ubyte"),
        ("matplotlib", "bench", "bench needs matplotlib: pip install 'adadelta-gen[demo]'"),
    ],
)
def test_missing_packages_are_named(missing, command, message):
    result = run_without(missing, *command.split())
    assert (result.returncode, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"error: {message}")


def test_help_needs_no_other_extra():
    result = run_without("jinja2 numba matplotlib sklearn", "--help")
    assert result.returncode == 0, result.stderr
