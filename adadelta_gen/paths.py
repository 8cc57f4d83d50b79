"""Paths of the templates and generated files: beside the package in a checkout, else inside it.

They are read as package data, so that they may be in a zip file or in a frozen program.
"""

import hashlib
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

PACKAGE: Traversable = files("adadelta_gen")
FOLDERS = ("generated", "templates")
IS_CHECKOUT = (
    isinstance(PACKAGE, Path)
    and any((PACKAGE.parent / folder).exists() for folder in FOLDERS)
    and not any((PACKAGE / folder).exists() for folder in FOLDERS)
)
ROOT: Traversable = PACKAGE.parent if isinstance(PACKAGE, Path) and IS_CHECKOUT else PACKAGE
TEMPLATES = ROOT / "templates"
GENERATED = ROOT / "generated"
MANIFEST = "manifest.json"
REPAIR = (
    "run `make generate` (or `python -m adadelta_gen generate`)"
    if IS_CHECKOUT
    else "reinstall adadelta-gen: pip install --force-reinstall --no-deps adadelta-gen"
)


class GeneratedCodeError(RuntimeError):
    """``generated/`` is missing, damaged, or was made from other templates or sources."""


def read(path: Traversable) -> str:
    """Return the content of a text file of the package.

    Raises:
        GeneratedCodeError: it is missing, not a file, or not text; the message says what to do.
    """
    try:
        if not path.is_file():  # opening a named pipe would block forever
            raise GeneratedCodeError(f"{path} is missing or not a file: {REPAIR}")
        return path.read_bytes().decode()
    except GeneratedCodeError:
        raise
    except Exception as error:  # reading a damaged zip file raises many kinds of errors
        raise GeneratedCodeError(f"{path} cannot be read ({error}): {REPAIR}") from error


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()
