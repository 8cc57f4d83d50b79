"""Object code on disk, so that only the first process on a machine compiles.

Entries lie beside the generated sources or, where that folder is not writable, in the user's cache
folder; where neither can be written, nothing is kept and nothing fails. An entry is found by a
digest of all that shapes it (sources, numba, llvmlite, CPU), so a stale one is never loaded, and it
carries a checksum, so a torn one is rebuilt.
"""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import filelock

from adadelta_gen.layout import GENERATED

_CHECKSUM_BYTES = hashlib.sha256().digest_size
# A compile takes half a second, five with the import of Numba; after this, compile without waiting.
_LOCK_SECONDS = 60.0


def folders() -> list[Path]:
    """The folders that may hold entries, in the order in which they are tried."""
    chosen = os.environ.get("ADADELTA_GEN_CACHE_DIR")
    if chosen:
        return [Path(chosen)]
    return [GENERATED / "cpu" / "__pycache__", *_user_folder()]


def _user_folder() -> list[Path]:
    try:
        import platformdirs
    except ImportError:  # installed without dependencies, on a GPU machine without network perhaps
        return []
    return [platformdirs.user_cache_path("adadelta_gen")]


def fetch(name: str, digest: str, build: Callable[[], bytes]) -> bytes:
    """Return the object code of ``name``, from disk if an entry with this digest is there.

    Of many processes that start at once, one builds and the others read what it wrote.
    """
    found = _read(name, digest)
    if found is not None:
        return found
    with _one_builder(name):
        found = _read(name, digest)
        if found is None:
            found = build()
            _write(name, digest, found)
    return found


def _entry(folder: Path, name: str, digest: str) -> Path:
    return folder / f"{name}-{digest[:24]}.o"


def _read(name: str, digest: str) -> bytes | None:
    for folder in folders():
        try:
            content = _entry(folder, name, digest).read_bytes()
        except OSError:
            continue
        checksum, code = content[:_CHECKSUM_BYTES], content[_CHECKSUM_BYTES:]
        if code and hashlib.sha256(code).digest() == checksum:
            return code
    return None


def _write(name: str, digest: str, code: bytes) -> None:
    for folder in folders():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=folder, prefix=".", suffix=".tmp")
        except OSError:
            continue
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(code).digest() + code)
            Path(temporary).chmod(0o644)  # mkstemp's 0600 would hide it from the next user
            Path(temporary).replace(_entry(folder, name, digest))
        except OSError:  # a full disk, say
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            continue
        return


@contextlib.contextmanager
def _one_builder(name: str) -> Iterator[None]:
    lock = None
    for folder in folders():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = filelock.FileLock(folder / f"{name}.lock", timeout=_LOCK_SECONDS)
            lock.acquire()
            break
        except (OSError, NotImplementedError):  # Timeout is an OSError
            lock = None
    try:
        yield
    finally:
        if lock is not None:
            lock.release()
