"""Build an sdist and wheels of this checkout, and install them, without a network."""

import shutil
import site
import subprocess
import sys
import sysconfig
import tarfile
from pathlib import Path

import pytest
from reliability.child import MEASURED

from adadelta_gen.paths import PACKAGE

ROOT = PACKAGE.parent
NOT_PACKED = (
    ".git",
    ".venv*",
    "__pycache__",
    "build",
    "dist",
    "*.egg-info",
    "runs",
    ".*_cache",
    ".hypothesis",
    ".nox",
)
EPOCH = "1700000000"
BUILD = """
import sys
from setuptools import build_meta
print(getattr(build_meta, f"build_{sys.argv[1]}")(sys.argv[2]))
"""


def run(*command: object, cwd: Path, **options: object) -> str:
    """Run a command and return what it printed; fail with its output if it fails."""
    process = subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        **options,
    )
    assert process.returncode == 0, f"{command}\n{process.stdout}\n{process.stderr}"
    return process.stdout


def copy_checkout(folder: Path) -> Path:
    """Copy what is packed, so that a build changes nothing in the checkout."""
    return shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*NOT_PACKED))


def build(kind: str, source: Path, folder: Path) -> Path:
    """Build an ``sdist`` or a ``wheel`` of ``source`` with the installed setuptools."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = {"SOURCE_DATE_EPOCH": EPOCH, "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    environment |= MEASURED
    said = run(sys.executable, "-c", BUILD, kind, folder, cwd=source, env=environment)
    return folder / said.splitlines()[-1]


def unpack(sdist: Path, folder: Path) -> Path:
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (root,) = folder.iterdir()
    return root


def needs_setuptools() -> None:
    """Skip where the build backend of pyproject.toml is not installed, or too old."""
    setuptools = pytest.importorskip("setuptools", minversion="77", reason="needs setuptools>=77")
    assert setuptools


class Environment:
    """A virtual environment that has the packages of this one, but not this checkout."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder.parent)
        self.python = folder / "bin" / "python"
        code = "import sysconfig; print(sysconfig.get_path('purelib'))"
        self.site = Path(run(self.python, "-I", "-c", code, cwd=folder).strip())
        # A path in a .pth file; the .pth files in that path, such as that of an editable
        # installation of this checkout, are not read.
        places = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
        places |= {*site.getsitepackages(), site.getusersitepackages()}
        lines = "".join(f"{place}\n" for place in sorted(places) if Path(place).is_dir())
        (self.site / "packages_of_the_tests.pth").write_text(lines, encoding="utf-8")

    def pip(self, *arguments: object) -> str:
        command = [sys.executable, "-m", "pip", "--python", self.python, *arguments]
        return run(*command, cwd=self.folder)

    def files(self) -> set[str]:
        """Every file and folder of the environment but compiled modules."""
        return {
            str(path.relative_to(self.folder))
            for path in self.folder.rglob("*")
            if path.suffix != ".pyc"
        }
