"""All generators, in the order of their dependencies."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from adadelta_gen.generate import compiled, readme, sources, toolchain
from adadelta_gen.generate.compiled import Track
from adadelta_gen.generate.files import Difference
from adadelta_gen.paths import REPAIR, GeneratedCodeError


@dataclass(frozen=True)
class Folders:
    """The folders of a checkout or of a copy of one."""

    root: Path
    generated: Path
    templates: Path


class Generator(Protocol):
    """One kind of generated files."""

    @property
    def what(self) -> str:
        """The files that it makes, for messages."""

    def write(self, folders: Folders, track: Callable[[str], Track]) -> list[Difference]:
        """Write the files that differ; return the differences.

        Raises:
            GeneratedCodeError: a package of the toolchain is missing, or a path is not a file.
        """

    def differences(self, folders: Folders, track: Callable[[str], Track]) -> list[Difference]:
        """Return the differences and write nothing; raises as ``write``."""

    def unchecked(self) -> str:
        """Return which part of the check cannot run here, or an empty string."""


class Sources:
    """Python sources, from templates."""

    what = "generated/*/*.py"

    def write(self, folders: Folders, track: Callable[[str], Track]) -> list[Difference]:
        return sources.write(folders.generated, folders.templates)

    def differences(self, folders: Folders, track: Callable[[str], Track]) -> list[Difference]:
        return sources.differences(folders.generated, folders.templates)

    def unchecked(self) -> str:
        return ""


class Readme:
    """README's table of kernels."""

    what = "README's table of kernels"

    def write(self, folders: Folders, track: Callable[[str], Track]) -> list[Difference]:
        return readme.write(folders.root)

    def differences(self, folders: Folders, track: Callable[[str], Track]) -> list[Difference]:
        return readme.differences(folders.root)

    def unchecked(self) -> str:
        return ""


@dataclass(frozen=True)
class Compiled:
    """Compiled texts, from sources.

    Args:
        kind: "ll" or "ptx".
        what: name of the kind, for messages.
    """

    kind: str
    what: str

    def write(self, folders: Folders, track: Callable[[str], Track]) -> list[Difference]:
        outdated = compiled.outdated(self.kind, folders.generated)
        if outdated and (missing := toolchain.missing(self.kind)):
            raise GeneratedCodeError(
                f"{len(outdated)} texts of {self.what} have to be compiled, which needs {missing}: "
                "pip install -e '.[generate]'"
            )
        return compiled.write(self.kind, folders.generated, track(f"compiling {self.what}"))

    def differences(self, folders: Folders, track: Callable[[str], Track]) -> list[Difference]:
        if outdated := compiled.outdated(self.kind, folders.generated):
            names = ", ".join(text.name for text in outdated)
            raise GeneratedCodeError(f"{self.what} of {names} is outdated: {REPAIR}")
        if self.unchecked():
            return []
        shown = track(f"compiling {self.what} again")
        return compiled.differences(self.kind, folders.generated, shown)

    def unchecked(self) -> str:
        missing = toolchain.missing(self.kind)
        return missing and f"not compiled again, which needs {missing}"


GENERATORS: tuple[Generator, ...] = (
    Sources(),
    Readme(),
    Compiled("ll", "LLVM IR"),
    Compiled("ptx", "PTX"),
)
