"""`run`: a program starts and ends as under plain Python."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from reliability.child import MEASURED

from adadelta_gen.paths import PACKAGE

PROGRAMS = Path(__file__).parent / "programs"
RUN = ("-m", "adadelta_gen", "run")
# An entry of None in sys.modules makes an import of that name raise an error.
WITHOUT_EXTRAS = (
    "import sys; sys.modules.update(dict.fromkeys(['typer', 'rich', 'click']))\n"
    "from adadelta_gen.__main__ import main; main()"
)


@pytest.fixture
def folder(tmp_path):
    """A folder with a program that prints how it was started: as file, module and package."""
    shutil.copy(PROGRAMS / "plain.py", tmp_path)
    for name in ("package", "archive"):
        (tmp_path / name).mkdir()
        shutil.copy(PROGRAMS / "plain.py", tmp_path / name / "__main__.py")
    shutil.make_archive(str(tmp_path / "archive"), "zip", tmp_path / "archive")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "link.py").symlink_to(tmp_path / "plain.py")
    return tmp_path


def python(*arguments, folder, **environment):
    command = [sys.executable, *arguments]
    environment = {"PYTHONPATH": str(PACKAGE.parent), **MEASURED, **environment}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "program",
    [
        ["plain.py"],
        ["elsewhere/link.py"],
        ["-m", "plain"],
        ["-m", "package"],
        ["package"],
        ["archive.zip"],
    ],
    ids=" ".join,
)
def test_a_program_is_started_as_python_starts_it(folder, program):
    plain, ran = (python(*b, *program, "well", "--check", folder=folder) for b in ((), RUN))
    assert plain.returncode == ran.returncode == 0, ran.stderr
    assert ran.stdout == plain.stdout
    assert "it did not import torch" in ran.stderr


@pytest.mark.parametrize(
    ("how", "status"), [("exit", 7), ("message", 1), ("raise", 1)], ids=lambda value: str(value)
)
def test_a_program_ends_as_in_python(folder, how, status):
    plain, ran = (python(*b, "plain.py", how, folder=folder) for b in ((), RUN))
    assert plain.returncode == ran.returncode == status
    report, rest = ran.stderr.split("\n", 1)
    assert report.startswith("adadelta_gen ")
    assert rest == plain.stderr


def test_safe_path_adds_no_folder_to_the_path(folder):
    safe = {"PYTHONSAFEPATH": "1"}
    plain, ran = (python(*b, "plain.py", "well", folder=folder, **safe) for b in ((), RUN))
    assert plain.returncode == ran.returncode == 0, ran.stderr
    assert ran.stdout == plain.stdout


def test_an_interrupted_program_ends_by_the_signal(folder):
    (folder / "waits.py").write_text("raise KeyboardInterrupt", encoding="utf-8")
    plain, ran = (python(*b, "waits.py", folder=folder) for b in ((), RUN))
    assert plain.returncode == ran.returncode
    assert ran.stderr.endswith(plain.stderr)


def test_a_syntax_error_is_shown_as_python_shows_it(folder):
    (folder / "wrong.py").write_text("def f(:\n", encoding="utf-8")
    plain, ran = (python(*b, "wrong.py", folder=folder) for b in ((), RUN))
    assert (ran.returncode, ran.stderr) == (plain.returncode, plain.stderr)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "a program or -m MODULE is missing"),
        (["--chekc", "plain.py"], "did you mean --check?"),
        (["plian.py"], "No such file or directory; did you mean: plain.py"),
        (["-m", "plian"], "cannot run 'plian': No module named plian"),
        (["elsewhere"], "cannot run 'elsewhere'"),
        (["--json", "plain.py/report.json", "plain.py"], "cannot be written"),
        (["--json", "plain.py", "plain.py", "well"], "the report would replace it"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_an_error_is_one_line(folder, arguments, said):
    ran = python(*RUN, *arguments, folder=folder)
    assert (ran.returncode, ran.stdout) == (2, "")
    (line,) = ran.stderr.splitlines()
    assert line.startswith("error: ")
    assert said in line


def test_neither_torch_nor_an_extra_is_needed(folder):
    ran = python("-c", WITHOUT_EXTRAS, "run", "plain.py", "exit", folder=folder)
    assert ran.returncode == 7, ran.stderr


def test_an_existing_sitecustomize_runs_in_child_processes(folder):
    (folder / "site").mkdir()
    (folder / "site" / "sitecustomize.py").write_text("print('mine')", encoding="utf-8")
    (folder / "child.py").write_text(
        "import subprocess, sys; subprocess.run([sys.executable, '-c', ''], check=True)",
        encoding="utf-8",
    )
    path = {"PYTHONPATH": f"{folder / 'site'}:{PACKAGE.parent}"}
    ran = python(*RUN, "child.py", folder=folder, **path)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split() == ["mine", "mine"]  # of this process and of its child
    assert "sitecustomize" not in ran.stderr
