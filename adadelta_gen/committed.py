"""What is committed below ``generated/``: sources, and what they compile to, LLVM IR and PTX.

The manifest keeps a digest of each source and of the templates that it was rendered from; the index
beside compiled texts, of each text and of all that it was made from. So a damaged text is noticed
before it is used and, in a checkout, one that does not belong to what lies beside it. Nothing here
needs a compiler.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any

from adadelta_gen.paths import (
    GENERATED,
    IS_CHECKOUT,
    MANIFEST,
    PACKAGE,
    REPAIR,
    TEMPLATES,
    GeneratedCodeError,
    digest,
    read,
)
from adadelta_gen.spec import KernelSpec


@dataclass(frozen=True)
class CompiledText:
    """A function that was compiled by ``make generate``.

    Args:
        name: of the function.
        folder: below ``generated/``.
        kind: what the file's name ends in, "ll" or "ptx".
        source: what it was made from: a file below ``generated/``, or with ``in_package`` one of
            the package.
        made_with: the other files of the package that it was made from.
        in_package: see ``source``.
    """

    name: str
    folder: str
    kind: str
    source: str
    made_with: tuple[str, ...]
    in_package: bool = False

    @property
    def file(self) -> str:
        """Its place below ``generated/``."""
        return f"{self.folder}/{self.name}.{self.kind}"

    @property
    def index(self) -> str:
        """Where its index is, likewise."""
        return f"{self.folder}/{self.kind}.json"

    @property
    def header(self) -> str:
        """The first line of the text, behind what begins a comment."""
        place = "adadelta_gen" if self.in_package else "generated"
        return f"@generated from {place}/{self.source} by `make generate`. DO NOT EDIT."

    def source_text(self, generated: Traversable | None = None) -> str:
        """The text of the source.

        Raises:
            GeneratedCodeError: it cannot be read.
        """
        return read((PACKAGE if self.in_package else generated or GENERATED) / self.source)

    def made_from(self, generated: Traversable | None = None) -> str:
        """A digest of all that it has to be made from.

        Raises:
            GeneratedCodeError: a source cannot be read.
        """
        return digest("\n".join([self.source_text(generated), *map(_module, self.made_with)]))


def load(text: CompiledText, generated: Traversable | None = None) -> str:
    """Return a text after proving that it is what was compiled, in a checkout from these sources.

    Raises:
        GeneratedCodeError: it is missing, damaged, outdated or newer than the Python code of this
            process; the message says which.
    """
    path = (generated or GENERATED) / text.index
    imported = _IMPORTED.get(str(path))
    if imported is not None and imported != read(path):
        raise GeneratedCodeError(
            f"{path} has changed since this process imported adadelta_gen: start it anew"
        )
    return prove(text, IS_CHECKOUT, generated)


def prove(text: CompiledText, against_sources: bool, generated: Traversable | None = None) -> str:
    """Return a text after proving that it is what was compiled.

    Args:
        text: which.
        against_sources: whether it has to belong to the sources as they are.
        generated: the folder.

    Raises:
        GeneratedCodeError: it is missing, damaged or outdated; the message says which.
    """
    generated = generated or GENERATED
    path = generated / text.file
    content = read(path)
    try:
        entry = index(text, generated)[text.name]
        made_from, compiled = entry["made_from"], entry["text"]
    except (KeyError, TypeError) as error:
        raise GeneratedCodeError(f"{generated / text.index} lacks {text.name}: {REPAIR}") from error
    if against_sources and made_from != text.made_from(generated):
        raise GeneratedCodeError(f"{path} was compiled from another source: {REPAIR}")
    if compiled != digest(content):
        raise GeneratedCodeError(f"{path} is not what was compiled: {REPAIR}")
    return content


def index(text: CompiledText, generated: Traversable | None = None) -> dict[str, Any]:
    """Return the index that has the digests of a text.

    Raises:
        GeneratedCodeError: it is missing or damaged.
    """
    path = (generated or GENERATED) / text.index
    content = read(path)
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise GeneratedCodeError(f"{path} is damaged: {REPAIR}") from error
    if not isinstance(found, dict):
        raise GeneratedCodeError(f"{path} is damaged: {REPAIR}")
    return found


def _readable(path: Traversable) -> str | None:
    try:
        return read(path)
    except GeneratedCodeError:  # whoever loads a text will be told
        return None


# The indices that belong to the Python code of this process. An upgrade may replace files after
# that: native code of another version would take the tables of this one for its own.
_INDICES = ("native/ll.json", "cpu/ll.json", "cuda/ptx.json")
_IMPORTED = {str(GENERATED / index): _readable(GENERATED / index) for index in _INDICES}


@cache
def _module(path: str) -> str:
    return read(PACKAGE / path)


def source(spec: KernelSpec, generated: Traversable | None = None) -> str:
    """Return the generated source of a variant after proving that it is what was generated.

    Raises:
        GeneratedCodeError: it is missing or stale; the message says what to run.
    """
    path = (generated or GENERATED) / spec.target / f"{spec.name}.py"
    text = read(path)
    if digest(text) != _manifest()["kernels"].get(spec.name):
        raise GeneratedCodeError(f"{path} is not what was generated: {REPAIR}")
    return text


def template_digests(templates: Traversable) -> dict[str, str]:
    """Name and digest of every template in a folder.

    Raises:
        GeneratedCodeError: one cannot be read.
    """
    if not templates.is_dir():
        raise GeneratedCodeError(f"{templates} is no folder")
    found = (path for path in templates.iterdir() if path.name.endswith(".j2"))
    return {path.name: digest(read(path)) for path in sorted(found, key=lambda path: path.name)}


@cache
def _manifest() -> dict[str, dict[str, str]]:
    path = GENERATED / MANIFEST
    text = read(path)
    try:
        manifest: dict[str, dict[str, str]] = json.loads(text)
        templates = manifest["templates"]
        manifest["kernels"].get("")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise GeneratedCodeError(f"{path} is damaged: {REPAIR}") from error
    if templates != template_digests(TEMPLATES):
        raise GeneratedCodeError(f"the templates changed since {path} was written: {REPAIR}")
    return manifest
