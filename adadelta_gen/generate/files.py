"""Compare generated files with their expected texts, and write them atomically."""

import difflib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from adadelta_gen.paths import GeneratedCodeError

MARK = "@generated"
MAKER = "by `make generate`"  # required beside the mark, which other generators use too
PREFIX, TEMPORARY = ".adadelta_gen-", ".tmp"  # the name of a temporary file


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
            is not expected, and so is the temporary file of a process that was killed; all other
            files are ignored.

    Raises:
        GeneratedCodeError: the path of a file is a folder, a link or another special file.
    """
    found = []
    for path in sorted({*expected, *_marked(folder, suffixes), *_abandoned(folder, expected)}):
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

    Raises:
        GeneratedCodeError: a file cannot be written; the message names it.
    """
    found = {difference.path: difference for difference in differences(folder, expected, suffixes)}
    for path in [*expected, *(path for path in found if path not in expected)]:
        if path not in found:
            continue
        if path in expected:
            _replace(folder / path, expected[path])
        elif not path.endswith(TEMPORARY):
            (folder / path).unlink(missing_ok=True)
        else:
            _is_abandoned(folder / path, remove=True)
    return list(found.values())


def _marked(folder: Path, suffixes: tuple[str, ...]) -> Iterator[str]:
    for path in folder.rglob("*") if suffixes else ():
        is_own = path.suffix in suffixes and path.is_file() and not path.is_symlink()
        if is_own and _has_mark(path):
            yield path.relative_to(folder).as_posix()


def _has_mark(path: Path) -> bool:
    try:
        head = path.read_bytes()[:200].decode(errors="replace")
    except FileNotFoundError:  # removed meanwhile
        return False
    return MARK in head and MAKER in head


def _abandoned(folder: Path, expected: dict[str, str]) -> Iterator[str]:
    for parent in {(folder / path).parent for path in expected}:
        for path in parent.glob(f"{PREFIX}*{TEMPORARY}"):
            if _is_abandoned(path):
                yield path.relative_to(folder).as_posix()


def _is_abandoned(path: Path, remove: bool = False) -> bool:
    """Whether no process holds the lock of a temporary file; if so, it may be removed."""
    with suppress(OSError):  # renamed or removed meanwhile
        if path.is_file() and not path.is_symlink():
            with path.open("rb+") as file:
                if _lock(file.fileno(), wait=False):
                    if remove:
                        path.unlink()
                    return True
    return False


def _present(folder: Path, path: str) -> str | None:
    place = folder
    for part in ("", *Path(path).parts):
        place = place / part
        if place.is_symlink():
            raise GeneratedCodeError(f"{place} is a symbolic link: remove it, then generate again")
        if place.exists() and not (place.is_dir() if place != folder / path else place.is_file()):
            what = "a file" if place == folder / path else "a folder"
            raise GeneratedCodeError(f"{place} is not {what}: remove it, then generate again")
    try:
        return place.read_bytes().decode(errors="replace")
    except FileNotFoundError:
        return None


def _replace(path: Path, text: str) -> None:
    """Write a text file atomically."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _temporary(path.parent) as temporary:
            temporary.write_text(text, encoding="utf-8", newline="\n")
            temporary.chmod(0o644)
            temporary.replace(path)
    except OSError as error:
        raise GeneratedCodeError(f"{path} cannot be written: {error}") from error


@contextmanager
def _temporary(folder: Path) -> Iterator[Path]:
    """Yield a temporary file, and keep it locked until it has been renamed or removed.

    A killed process leaves its file behind, but not the lock.
    """
    while True:
        handle, name = tempfile.mkstemp(dir=folder, prefix=PREFIX, suffix=TEMPORARY)
        _lock(handle, wait=True)
        if os.fstat(handle).st_nlink:
            break
        os.close(handle)  # another process has removed it before it was locked
    try:
        if sys.platform == "win32":
            os.close(handle)  # or the file could not be renamed
        yield Path(name)
    finally:
        with suppress(OSError):  # or it would hide the error of writing
            Path(name).unlink(missing_ok=True)
        if sys.platform != "win32":
            os.close(handle)


def _lock(handle: int, wait: bool) -> bool:
    """Lock a file until it is closed; return whether that succeeded."""
    if sys.platform != "win32":
        import fcntl

        with suppress(OSError):  # locked by another process, or a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    return False
