"""Setuptools' commands for this package: README's links, its folders, a reproducible sdist."""

import gzip
import os
import re
import shutil
import tarfile
import time
import tomllib
from pathlib import Path
from typing import Any

from setuptools.command.build_py import build_py
from setuptools.command.egg_info import egg_info
from setuptools.command.sdist import sdist

# Folders beside the package in a checkout, and inside it in an installation.
FOLDERS = ("generated", "templates")
ROOT = Path(__file__).parents[2]


def long_description() -> str:
    """Return the README with absolute links: a package index has none of the linked files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    repository = project["urls"]["Repository"]
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    text = re.sub(r"(!\[[^]]*\]\()(?!https?:)", rf"\1{repository}/raw/main/", text)
    return re.sub(r"(\]\()(?!https?:|#)", rf"\1{repository}/blob/main/", text)


class Metadata(egg_info):
    """Writes the metadata with the absolute links."""

    def run(self) -> None:
        self.distribution.metadata.long_description = long_description()
        super().run()


class BuildPackage(build_py):
    """Builds ``generated/`` and ``templates/`` as folders of ``adadelta_gen``.

    ``package-dir`` could name them, but then an editable installation would be an import hook, and
    type checkers do not execute one. Without it, it is a ``.pth`` file with the path of the
    checkout, which they read.
    """

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            for source, target in self._folders().items():
                Path(target).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, target)

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        return [*super().get_outputs(include_bytecode), *self._folders().values()]

    def get_source_files(self) -> list[str]:
        return [*super().get_source_files(), *self._folders()]

    def _folders(self) -> dict[str, str]:
        """Map the path of each file to the path at which it is built."""
        package = Path(self.build_lib, "adadelta_gen")
        return {
            str(path): str(package / path)
            for folder in FOLDERS
            for path in sorted(Path(folder).rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        }


class Sdist(sdist):
    """Writes the same archive for the same files and the same ``SOURCE_DATE_EPOCH``."""

    def make_archive(
        self,
        base_name: Any,
        format: str,
        root_dir: Any = None,
        base_dir: Any = None,
        owner: str | None = None,
        group: str | None = None,
    ) -> str:
        seconds = int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))

        def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
            member.uid = member.gid = 0
            member.uname = member.gname = ""
            member.mtime = seconds
            member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
            return member

        path = f"{base_name}.tar.gz"
        with (
            gzip.GzipFile(path, "wb", mtime=seconds) as file,
            tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive,
        ):
            archive.add(base_dir, filter=plain)  # sorted by name
        return path
