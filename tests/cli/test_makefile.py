"""`make`: its targets, and the environment that they run in."""

import os
import re
import shutil
import subprocess

import pytest

from adadelta_gen.paths import PACKAGE

MAKEFILE = PACKAGE.parent / "Makefile"


pytestmark = [
    pytest.mark.skipif(shutil.which("make") is None, reason="needs make"),
    pytest.mark.skipif(not MAKEFILE.exists(), reason="needs a checkout"),
]


def test_make_lists_every_target():
    listed = subprocess.run(
        ["make", "--no-print-directory"],
        cwd=MAKEFILE.parent,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    (targets,) = re.findall(r"^\.PHONY: (.*)$", MAKEFILE.read_text(encoding="utf-8"), re.M)
    assert [line.split()[1] for line in listed.splitlines()] == targets.split()


LOCK = (".ci/torch.txt", ".ci/requirements.txt")
# A stand-in for Python: it writes its arguments to a file, and the environment that it makes is a
# copy of itself.
STAND_IN = """\
#!/bin/sh
case "$*" in
    *base_prefix*) echo {name} ;;
    *tomllib*) echo setuptools ;;
    *"venv --clear"*) rm -rf .venv; mkdir -p .venv/bin; cp {name} .venv/bin/python ;;
    "-c "*) ;;
    *) echo "{name} $*" >> log ;;
esac
"""


@pytest.fixture
def make(tmp_path):
    """Return a function that runs make with stand-ins for Python.

    It returns the commands that they were given, and what make printed; its errors if it fails.
    """
    shutil.copy(MAKEFILE, tmp_path)
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / ".ci").mkdir()
    for name in LOCK:
        (tmp_path / name).touch()
    for name in ("python3", "other"):
        (tmp_path / name).write_text(STAND_IN.format(name=name), encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    chosen = ("PYTHON", "TORCH", "LOCKED", "MAKEFLAGS")
    environment = {k: v for k, v in os.environ.items() if k not in chosen}
    environment["PATH"] = f"{tmp_path}:{environment['PATH']}"

    def run(*arguments, fails=False):
        log = tmp_path / "log"
        log.write_text("", encoding="utf-8")
        said = subprocess.run(
            ["make", "-s", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=not fails,
        )
        assert not fails or said.returncode != 0
        return log.read_text(encoding="utf-8"), said.stderr if fails else said.stdout

    return run


def make_outdated(folder):
    """Give the environment a time stamp older than those of pyproject.toml and Makefile."""
    os.utime(folder / ".venv" / ".installed", (0, 0))


def test_an_environment_is_brought_up_to_date_without_the_network(make, tmp_path):
    """Pip needs an index only for packages that are missing, and for an isolated build."""
    for _ in range(2):
        done, _ = make("lint")
        installs = [line for line in done.splitlines() if "-m pip install" in line]
        assert len(installs) == 3
        assert all("--no-build-isolation" in line for line in installs if " -e " in line)
        assert make("lint")[0].count("pip install") == 0
        make_outdated(tmp_path)


def test_another_python_makes_the_environment_again(make):
    make("lint")
    assert make("PYTHON=python3", "lint")[0].count("pip install") == 0
    done, said = make("PYTHON=other", "lint")
    assert "another Python than other: making it again" in said
    assert "other -m pip install" in done
    done, _ = make("lint")
    assert "pip install" not in done
    assert "other -m ruff check" in done


def test_another_torch_is_installed_and_stays(make, tmp_path):
    assert "pip install" in make("lint")[0]
    done, said = make("TORCH=torch==9.9", "lint")
    assert "torch==9.9\n" in done
    assert ".venv gets torch==9.9" in said
    assert "pip install" not in make("TORCH=torch==9.9", "lint")[0]
    assert "pip install" not in make("lint")[0]
    make_outdated(tmp_path)
    assert "torch==9.9\n" in make("lint")[0]
    assert "torch==9.9\n" in make("PYTHON=other", "lint")[0]
    make_outdated(tmp_path)
    assert "torch==9.9\n" in make("lint")[0]


def test_locked_installs_only_files_with_hashes(make, tmp_path):
    make("lint")
    for _ in range(2):
        (tmp_path / ".venv" / "of the old environment").touch()
        done, _ = make("LOCKED=1", "lint")
        assert not (tmp_path / ".venv" / "of the old environment").exists()
        locked, own, _, *_ = [line for line in done.splitlines() if " pip " in line]
        assert locked.endswith(f"--require-hashes --no-deps -r {LOCK[0]} -r {LOCK[1]}")
        assert own.endswith("--no-build-isolation --no-deps -e .")
        assert done.count("pip install") == 2
        assert "pip install" not in make("LOCKED=1", "lint")[0]
        assert "pip install" not in make("lint")[0]
        make_outdated(tmp_path)
        assert make("lint")[0].count("pip install") == 3


def test_a_new_lock_makes_the_locked_environment_again(make, tmp_path):
    make("LOCKED=1", "lint")
    os.utime(tmp_path / LOCK[1], (2**33, 2**33))
    assert "pip install" not in make("lint")[0]
    assert "--require-hashes" in make("LOCKED=1", "lint")[0]


def test_locked_with_another_torch_is_refused(make):
    done, said = make("LOCKED=1", "TORCH=torch==9.9", "lint", fails=True)
    assert "pip install" not in done
    assert "leave out TORCH or LOCKED" in said


def test_gpu_targets_use_the_python_that_is_given(make):
    assert make("test-cuda")[0].startswith("python3 -m pytest")
    make("lint")
    assert make("test-cuda")[0].startswith("python3 -m pytest")
    assert make("PYTHON=other", "test-cuda")[0].startswith("other -m pytest")
