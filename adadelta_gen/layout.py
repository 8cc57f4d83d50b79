"""Where templates and generated sources lie: beside the package in a checkout, in it in a wheel."""

import hashlib
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
