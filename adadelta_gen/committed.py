"""Read and verify the committed files below ``generated/``: sources, LLVM IR and PTX.

The manifest holds a digest of each source and of each template. The index beside the compiled texts
holds a digest of each text and of all files that it was compiled from, and a digest of the layout
of the tables that Python code fills and the texts read. A damaged text and one of another version
are therefore detected before they are used; in a checkout, so is one that was compiled from other
sources. This module needs no compiler.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any

from adadelta_gen.cuda import table
from adadelta_gen.native import abi
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

LAYOUT = "@layout"  # key of its digest in an index


@dataclass(frozen=True)
class CompiledText:
    """A function compiled by ``make generate``.

    Args:
        name: name of the function.
        folder: its folder below ``generated/``.
        kind: file extension, "ll" or "ptx".
        source: path of the source file, relative to ``generated/``, or to the package if
            ``in_package``.
        made_with: paths of the other files of the package that the text depends on.
        in_package: whether ``source`` is a file of the package.
    """

    name: str
    folder: str
    kind: str
    source: str
    made_with: tuple[str, ...]
    in_package: bool = False

    @property
    def file(self) -> str:
        """Path of the text, relative to ``generated/``."""
        return f"{self.folder}/{self.name}.{self.kind}"

    @property
    def index(self) -> str:
        """Path of its index, relative to ``generated/``."""
        return f"{self.folder}/{self.kind}.json"

    @property
    def header(self) -> str:
        """The first line of the text, without the comment marker."""
        place = "adadelta_gen" if self.in_package else "generated"
        return f"@generated from {place}/{self.source} by `make generate`. DO NOT EDIT."

    def source_text(self, generated: Traversable | None = None) -> str:
        """Return the content of the source file.

        Raises:
            GeneratedCodeError: the file cannot be read.
        """
        return read((PACKAGE if self.in_package else generated or GENERATED) / self.source)

    def made_from(self, generated: Traversable | None = None) -> str:
        """Return a digest of all files that the text has to be compiled from.

        Raises:
            GeneratedCodeError: one of the files cannot be read.
        """
        return digest("\n".join([self.source_text(generated), *map(_module, self.made_with)]))


def load(text: CompiledText, generated: Traversable | None = None) -> str:
    """Return a text after verifying its digest and, in a checkout, the digest of its sources.

    Raises:
        GeneratedCodeError: the text is missing, damaged, outdated, or newer than the Python code of
            this process; the message says which.
    """
    path = (generated or GENERATED) / text.index
    imported = _IMPORTED.get(str(path))
    if imported is not None and imported != read(path):
        raise GeneratedCodeError(
            f"{path} has changed since this process imported adadelta_gen: restart the process"
        )
    return prove(text, IS_CHECKOUT, generated)


def prove(text: CompiledText, against_sources: bool, generated: Traversable | None = None) -> str:
    """Return a text after verifying its digest.

    Args:
        text: the text to read.
        against_sources: also verify that it was compiled from the sources as they are now.
        generated: folder of the committed files (default: ``GENERATED``).

    Raises:
        GeneratedCodeError: the text is missing, damaged, outdated, or of another version than this
            Python code; the message says which.
    """
    generated = generated or GENERATED
    path = generated / text.file
    content = read(path)
    found = index(text, generated)
    if found.get(LAYOUT) != layout(text.kind):
        raise GeneratedCodeError(
            f"{generated / text.index} belongs to another version of adadelta_gen than the Python "
            f"code of this process: restart the process; if that does not help, {REPAIR}"
        )
    try:
        entry = found[text.name]
        made_from, compiled = entry["made_from"], entry["text"]
    except (KeyError, TypeError) as error:
        raise GeneratedCodeError(f"{generated / text.index} lacks {text.name}: {REPAIR}") from error
    if against_sources and made_from != text.made_from(generated):
        raise GeneratedCodeError(f"{path} was compiled from another source: {REPAIR}")
    if compiled != digest(content):
        raise GeneratedCodeError(f"{path} was edited or damaged (other digest): {REPAIR}")
    return content


def index(text: CompiledText, generated: Traversable | None = None) -> dict[str, Any]:
    """Return the index that holds the digests of a text.

    Raises:
        GeneratedCodeError: the index is missing or damaged.
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
    except GeneratedCodeError:  # ``load`` raises it again
        return None


# The indices as they were when this process imported the Python code. An upgrade may replace the
# files later: native code of another version would misread the tables of this one.
_INDICES = ("native/ll.json", "cpu/ll.json", "cuda/ptx.json")
_IMPORTED = {str(GENERATED / index): _readable(GENERATED / index) for index in _INDICES}


@cache
def layout(kind: str) -> str:
    """Return a digest of the constants that Python code and the texts of a kind have to share."""
    modules = (abi, table) if kind == "ptx" else (abi,)
    return digest(
        "\n".join(
            f"{name} = {value!r}"
            for module in modules
            for name, value in vars(module).items()
            if name.isupper()
        )
    )


@cache
def _module(path: str) -> str:
    return read(PACKAGE / path)


def source(spec: KernelSpec, generated: Traversable | None = None) -> str:
    """Return the generated source of a variant after verifying its digest.

    Raises:
        GeneratedCodeError: the source is missing or outdated; the message says what to run.
    """
    path = (generated or GENERATED) / spec.target / f"{spec.name}.py"
    text = read(path)
    if digest(text) != _manifest()["kernels"].get(spec.name):
        raise GeneratedCodeError(f"{path} was edited or damaged (other digest): {REPAIR}")
    return text


def template_digests(templates: Traversable) -> dict[str, str]:
    """Return the digest of every template in a folder, by name.

    Raises:
        GeneratedCodeError: a template cannot be read.
    """
    if not templates.is_dir():
        raise GeneratedCodeError(f"{templates} is not a folder")
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
