"""All that is generated, in the order in which one is made from the other."""

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
    """Where everything is: of a checkout, or a copy of it."""

    root: Path
    generated: Path
    templates: Path


class Generator(Protocol):
    """One kind of generated files."""

    @property
    def what(self) -> str:
        """What it makes, in words."""

    def write(self, folders: Folders, track: Callable[[str], Track]) -> list[Difference]:
        """Make what is not as it should be; return what that was.

        Raises:
            GeneratedCodeError: it cannot, or what is in its place is not its own.
        """

    def differences(self, folders: Folders, track: Callable[[str], Track]) -> list[Difference]:
        """Return what is not as it should be, and write nothing; raises likewise."""

    def unchecked(self) -> str:
        """Say what of a check has to be left out here; an empty string if nothing."""


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
        what: in words.
    """

    kind: str
    what: str

    def write(self, folders: Folders, track: Callable[[str], Track]) -> list[Difference]:
        outdated = compiled.outdated(self.kind, folders.generated)
        if outdated and (missing := toolchain.missing(self.kind)):
            raise GeneratedCodeError(
                f"{len(outdated)} texts of {self.what} have to be compiled, which takes {missing}: "
                "pip install -e '.[generate]'"
            )
        return compiled.write(self.kind, folders.generated, track(f"compiling {self.what}"))

    def differences(self, folders: Folders, track: Callable[[str], Track]) -> list[Difference]:
        if outdated := compiled.outdated(self.kind, folders.generated):
            names = ", ".join(text.name for text in outdated)
            raise GeneratedCodeError(f"{self.what} is not made from its source: {names}: {REPAIR}")
        if self.unchecked():
            return []
        shown = track(f"compiling {self.what} anew")
        return compiled.differences(self.kind, folders.generated, shown)

    def unchecked(self) -> str:
        missing = toolchain.missing(self.kind)
        return missing and f"not compiled anew, which takes {missing}"


GENERATORS: tuple[Generator, ...] = (
    Sources(),
    Readme(),
    Compiled("ll", "LLVM IR"),
    Compiled("ptx", "PTX"),
)
