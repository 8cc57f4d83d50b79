"""The kernel cache: an entry is used only if it is whole, and no fault of a disk stops a step."""

import errno
import os
import sys
import tempfile
from pathlib import Path

import filelock
import pytest

from adadelta_gen import layout
from adadelta_gen.native import cache

NAME, DIGEST = "kernel", "0123456789abcdef" * 4
CODE = bytes(range(256)) * 20


class Builder:
    """Stands for the compiler; counts how often it is asked."""

    def __init__(self, code=CODE):
        self.code = code
        self.calls = 0

    def __call__(self):
        self.calls += 1
        return self.code


@pytest.fixture
def build():
    return Builder()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The only cache folder; not there yet."""
    chosen = tmp_path / "deep" / "cache"
    monkeypatch.setenv("ADADELTA_GEN_CACHE_DIR", str(chosen))
    return chosen


@pytest.fixture
def two_folders(tmp_path, monkeypatch):
    """Like the default: beside the sources, then the user's."""
    pair = [tmp_path / "first", tmp_path / "second"]
    monkeypatch.setattr(cache, "folders", lambda: pair)
    return pair


def entries(folder):
    return sorted(folder.glob("*.o"))


def temporaries(folder):
    return sorted(folder.glob(".*"))


def unusable(path):
    """Put a regular file where a folder should be: nobody, root included, can write below it."""
    path.write_text("a file\n", encoding="utf-8")


def test_the_second_time_nothing_is_built(folder, build):
    assert cache.fetch(NAME, DIGEST, build) == CODE
    assert cache.fetch(NAME, DIGEST, build) == CODE
    assert build.calls == 1
    assert len(entries(folder)) == 1
    assert temporaries(folder) == []


@pytest.mark.parametrize(("name", "digest"), [("other", DIGEST), (NAME, "f" * 64)])
def test_another_kernel_or_digest_is_built(folder, build, name, digest):
    cache.fetch(NAME, DIGEST, build)
    other = Builder(b"other code")
    assert cache.fetch(name, digest, other) == b"other code"
    assert cache.fetch(NAME, DIGEST, build) == CODE
    assert (build.calls, other.calls) == (1, 1)


def broken(content):
    """Every way in which an entry can be damaged: name -> what is left of it."""
    return {
        "empty": b"",
        "one byte": content[:1],
        "checksum only": content[:32],
        "torn checksum": content[:31],
        "torn": content[: len(content) // 2],
        "last byte missing": content[:-1],
        "a byte too many": content + b"\0",
        "last bit flipped": content[:-1] + bytes([content[-1] ^ 1]),
        "first bit flipped": bytes([content[0] ^ 1]) + content[1:],
        "zeros": bytes(len(content)),
        "garbage": content[::-1],
        "text": b"not object code\n",
    }


@pytest.mark.parametrize("damage", broken(CODE))
def test_a_damaged_entry_is_built_again_and_repaired(folder, build, damage):
    cache.fetch(NAME, DIGEST, build)
    (entry,) = entries(folder)
    whole = entry.read_bytes()
    entry.write_bytes(broken(whole)[damage])
    assert cache.fetch(NAME, DIGEST, build) == CODE
    assert build.calls == 2
    assert entry.read_bytes() == whole
    assert cache.fetch(NAME, DIGEST, build) == CODE
    assert build.calls == 2


def test_a_folder_in_the_place_of_an_entry(folder, build):
    cache.fetch(NAME, DIGEST, build)
    (entry,) = entries(folder)
    entry.unlink()
    entry.mkdir()
    assert cache.fetch(NAME, DIGEST, build) == CODE
    assert temporaries(folder) == []


def test_a_damaged_first_entry_does_not_hide_a_whole_second(two_folders, build):
    for chosen in two_folders:
        chosen.mkdir()
    cache.fetch(NAME, DIGEST, build)
    (entry,) = entries(two_folders[0])
    entry.rename(two_folders[1] / entry.name)
    entry.write_bytes(b"torn")
    assert cache.fetch(NAME, DIGEST, build) == CODE
    assert build.calls == 1


def test_an_unwritable_folder_falls_to_the_next(two_folders, build):
    unusable(two_folders[0])
    two_folders[0] = two_folders[0] / "below a file"
    assert cache.fetch(NAME, DIGEST, build) == CODE
    assert cache.fetch(NAME, DIGEST, build) == CODE
    assert build.calls == 1
    assert len(entries(two_folders[1])) == 1


def test_no_writable_folder_keeps_nothing_and_fails_nothing(two_folders, build):
    for i, chosen in enumerate(two_folders):
        unusable(chosen)
        two_folders[i] = chosen / "below a file"
    assert cache.fetch(NAME, DIGEST, build) == CODE
    assert cache.fetch(NAME, DIGEST, build) == CODE
    assert build.calls == 2


def test_the_chosen_folder_may_be_unwritable(tmp_path, monkeypatch, build):
    unusable(tmp_path / "file")
    monkeypatch.setenv("ADADELTA_GEN_CACHE_DIR", str(tmp_path / "file" / "cache"))
    assert cache.fetch(NAME, DIGEST, build) == CODE


def test_the_default_folders(monkeypatch, tmp_path):
    monkeypatch.delenv("ADADELTA_GEN_CACHE_DIR", raising=False)
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: tmp_path / name)
    beside, users = cache.folders()
    assert beside == layout.GENERATED / "cpu" / "__pycache__"
    assert users == tmp_path / "adadelta_gen"


def no_space(*arguments, **keywords):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class FullFile:
    """A file on a disk that is full."""

    def __init__(self, handle, mode):
        self._handle = handle

    def __enter__(self):
        return self

    def __exit__(self, *details):
        os.close(self._handle)

    write = no_space


@pytest.mark.parametrize(
    ("owner", "function", "replacement"),
    [
        (cache.os, "fdopen", FullFile),
        (Path, "replace", no_space),
        (tempfile, "mkstemp", no_space),
        (filelock.FileLock, "acquire", no_space),
    ],
    ids=["write", "replace", "mkstemp", "lock"],
)
def test_a_full_disk(folder, build, monkeypatch, owner, function, replacement):
    with monkeypatch.context() as patch:
        patch.setattr(owner, function, replacement)
        assert cache.fetch(NAME, DIGEST, build) == CODE
    assert temporaries(folder) == []
    assert cache.fetch(NAME, DIGEST, build) == CODE
    assert build.calls == (1 if function == "acquire" else 2)


def test_a_failing_build_raises_and_leaves_nothing(folder, build):
    def fail():
        raise RuntimeError("does not compile")

    with pytest.raises(RuntimeError, match="does not compile"):
        cache.fetch(NAME, DIGEST, fail)
    assert entries(folder) == temporaries(folder) == []
    assert cache.fetch(NAME, DIGEST, build) == CODE  # nobody holds the lock


def test_a_builder_that_hangs_is_not_waited_for_forever(folder, build, monkeypatch):
    folder.mkdir(parents=True)
    monkeypatch.setattr(cache, "_LOCK_SECONDS", 0.05)
    with filelock.FileLock(folder / f"{NAME}.lock"):
        assert cache.fetch(NAME, DIGEST, build) == CODE
    assert build.calls == 1


def test_an_entry_may_be_read_by_every_user(folder, build):
    cache.fetch(NAME, DIGEST, build)
    assert [path.stat().st_mode & 0o777 for path in entries(folder)] == [0o644]


def test_without_platformdirs_there_is_no_folder_of_the_user(monkeypatch):
    monkeypatch.delenv("ADADELTA_GEN_CACHE_DIR", raising=False)
    assert len(cache.folders()) == 2
    monkeypatch.setitem(sys.modules, "platformdirs", None)
    assert cache.folders() == [layout.GENERATED / "cpu" / "__pycache__"]
