"""Compare generated files with their expected texts, and write them atomically."""

import difflib
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from adadelta_gen.paths import GeneratedCodeError

MARK = "@generated"
MAKER = "by `make generate`"  # required beside the mark, which other generators use too
# Seconds; a younger temporary file may belong to another process that is writing it.
ABANDONED = 3600


@dataclass(frozen=True)
class Difference:
    """A file that differs from its expected text.

    Args:
        path: path relative to the compared folder.
        kind: "missing", "stale" (not expected) or "changed".
        diff: unified diff from the file to its expected text.
    """

    path: str
    kind: str
    diff: str


def differences(
    folder: Path, expected: dict[str, str], suffixes: tuple[str, ...] = ()
) -> list[Difference]:
    """Compare the files of a folder with their expected texts.

    Args:
        folder: the folder.
        expected: expected texts, by path relative to the folder.
        suffixes: a file with one of these suffixes and the mark of a generated file is stale if it
            is not expected; all other files are ignored.

    Raises:
        GeneratedCodeError: the path of a file is a folder, a link or another special file.
    """
    found = []
    for path in sorted({*expected, *_marked(folder, suffixes)}):
        want, have = expected.get(path), _present(folder, path)
        if want == have:
            continue
        kind = "missing" if have is None else "stale" if want is None else "changed"
        diff = difflib.unified_diff(
            (have or "").splitlines(keepends=True),
            (want or "").splitlines(keepends=True),
            f"{folder.name}/{path}",
            f"{path}, as it should be",
        )
        found.append(Difference(path, kind, "".join(diff)))
    return found


def write(
    folder: Path, expected: dict[str, str], suffixes: tuple[str, ...] = ()
) -> list[Difference]:
    """Write the expected texts that differ, in the given order, and remove stale files.

    Takes the arguments of ``differences``, and raises its errors before anything is written.

    Returns:
        the differences that there were.
    """
    found = {difference.path: difference for difference in differences(folder, expected, suffixes)}
    for path in [*expected, *(path for path in found if path not in expected)]:
        if path not in found:
            continue
        if path in expected:
            _replace(folder / path, expected[path])
        else:
            (folder / path).unlink(missing_ok=True)
    return list(found.values())


def _marked(folder: Path, suffixes: tuple[str, ...]) -> Iterator[str]:
    for path in folder.rglob("*") if suffixes else ():
        is_own = path.suffix in suffixes and path.is_file() and not path.is_symlink()
        if is_own and _has_mark(path):
            yield path.relative_to(folder).as_posix()


def _has_mark(path: Path) -> bool:
    try:
        if path.suffix == ".tmp" and time.time() - path.stat().st_mtime < ABANDONED:
            return False
        head = path.read_bytes()[:200].decode(errors="replace")
    except FileNotFoundError:  # removed meanwhile
        return False
    return MARK in head and MAKER in head


def _present(folder: Path, path: str) -> str | None:
    place = folder
    for part in ("", *Path(path).parts):
        place = place / part
        if place.is_symlink():
            raise GeneratedCodeError(f"{place} is a symbolic link: remove it, then generate again")
        if place.exists() and not (place.is_dir() if place != folder / path else place.is_file()):
            what = "a file" if place == folder / path else "a folder"
            raise GeneratedCodeError(f"{place} is not {what}: remove it, then generate again")
    return place.read_bytes().decode(errors="replace") if place.exists() else None


def _replace(path: Path, text: str) -> None:
    """Write a text file atomically."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
