"""The content of a folder, to compare it before and after a command."""

from pathlib import Path


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return the content of every file by its relative path; without Python's cache."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
