"""Where templates and generated sources lie: beside the package in a checkout, in it in a wheel."""

import hashlib
import os
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).parent


def _folder(name: str) -> Path:
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


TEMPLATES = _folder("templates")
GENERATED = _folder("generated")
MANIFEST = "manifest.json"
REPAIR = "run `make generate` (or `python -m adadelta_gen generate`)"


def digest(text: str) -> str:
    """SHA-256 of a text file's content, the same on every platform."""
    return hashlib.sha256(text.encode()).hexdigest()


def template_digests(templates: Path) -> dict[str, str]:
    """Name and digest of every template in a folder."""
    return {
        path.name: digest(path.read_text(encoding="utf-8"))
        for path in sorted(templates.glob("*.j2"))
    }


def replace_file(path: Path, text: str) -> None:
    """Write a text file so that nobody ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink()
        raise
