"""The command line as a whole, the way a shell starts it."""

import subprocess
import sys

import adadelta_gen

COMMANDS = ("generate", "kernels", "show", "doctor", "train", "precision", "paper", "bench")


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


def test_unknown_command_fails(invoke):
    assert invoke("trian").exit_code == 2
