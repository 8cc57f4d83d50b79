"""Where templates and generated files lie: beside the package in a checkout, in it otherwise.

They are read as package data, which may be in a zip or in a frozen program.
"""

import hashlib
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

PACKAGE: Traversable = files("adadelta_gen")
IS_CHECKOUT = isinstance(PACKAGE, Path) and not any(
    (PACKAGE / inside).exists() for inside in ("generated", "templates")
)
ROOT: Traversable = PACKAGE.parent if isinstance(PACKAGE, Path) and IS_CHECKOUT else PACKAGE
TEMPLATES = ROOT / "templates"
GENERATED = ROOT / "generated"
MANIFEST = "manifest.json"
REPAIR = (
    "run `make generate` (or `python -m adadelta_gen generate`)"
    if IS_CHECKOUT
    else "install adadelta-gen anew: pip install --force-reinstall --no-deps adadelta-gen"
)


class GeneratedCodeError(RuntimeError):
    """``generated/`` is missing, damaged, or not made from what lies beside it."""


def read(path: Traversable) -> str:
    """Return the content of a text file of the package.

    Raises:
        GeneratedCodeError: it is missing, no file, or no text; the message says what to do.
    """
    try:
        if not path.is_file():  # to open a pipe would be to wait for ever
            raise GeneratedCodeError(f"{path} is missing or no file: {REPAIR}")
        return path.read_bytes().decode()
    except GeneratedCodeError:
        raise
    except Exception as error:  # what the parts of a damaged archive raise is of many kinds
        raise GeneratedCodeError(f"{path} cannot be read ({error}): {REPAIR}") from error


def digest(text: str) -> str:
    """SHA-256 of a text file's content, the same on every platform."""
    return hashlib.sha256(text.encode()).hexdigest()
