"""`make generate` on a disk that is full or read-only, and with special files at every name.

``soak/parts/generator.py`` kills it at every operation, and takes its folders away.
"""

import os
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from soak.parts.generator import command, contents, repaired, right

from adadelta_gen.generate import files
from adadelta_gen.paths import GeneratedCodeError

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
RIGHT = right()
LARGEST = "generated/native/adadelta_step.ll"


@pytest.fixture
def checkout(tmp_path):
    """A folder with the old README, in which a run writes everything else."""
    (tmp_path / "README.md").write_bytes(RIGHT["README.md"].replace(b"minimize", b"edited"))
    return tmp_path


@pytest.fixture
def disk(tmp_path):
    """A disk with room for a part of the files."""
    if not IS_ROOT:
        pytest.skip("only root can mount a disk")
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", place], check=False)
    if made.returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


def refused(root, **options):
    """Run, and return the error; fail unless all files are whole and nothing else is there."""
    before = contents(root)
    done = subprocess.run(
        [sys.executable, *command(root, False)],
        **options,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith(f"error: {root}/")
    now = contents(root)
    for path, text in now.items():
        assert text in (before.get(path), RIGHT.get(path)), f"{path} is not whole"
    assert now.keys() >= before.keys()
    return done.stderr


def test_a_full_disk(disk):
    said = refused(disk)
    assert "cannot be written: [Errno 28] No space left on device" in said
    assert 10 < len(contents(disk)) < len(RIGHT)
    assert refused(disk) == said
    subprocess.run(["mount", "-o", "remount,size=50m", disk], check=True)
    repaired(disk, {path: text for path, text in RIGHT.items() if path != "README.md"})


def test_a_read_only_disk(disk):
    (disk / "README.md").write_bytes(b"edited")
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    assert "[Errno 30] Read-only file system" in refused(disk)
    assert contents(disk) == {"README.md": b"edited"}


@pytest.mark.skipif(IS_ROOT, reason="root may write to every folder")
def test_a_folder_that_this_user_may_not_write_to(checkout):
    (checkout / "generated").mkdir(mode=0o555)
    assert "Permission denied" in refused(checkout)


def test_a_file_that_becomes_too_large(checkout):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    assert len(RIGHT[LARGEST]) > 100_000
    said = refused(checkout, preexec_fn=limit)
    assert f"{checkout / LARGEST} cannot be written: [Errno 27] File too large" in said
    repaired(checkout, RIGHT)


KINDS = {
    "link": lambda path, outside: path.symlink_to(outside / "file"),
    "link to nothing": lambda path, outside: path.symlink_to(outside / "nothing"),
    "link to itself": lambda path, outside: path.symlink_to(path),
    "pipe": lambda path, outside: os.mkfifo(path),
    "device": lambda path, outside: os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 5)),
    "folder": lambda path, outside: path.mkdir(),
}


@pytest.mark.parametrize("kind", KINDS)
def test_special_files_at_every_name_are_named_and_left_alone(tmp_path, kind):
    if kind == "device" and not IS_ROOT:
        pytest.skip("only root can make a device")
    outside, root = tmp_path / "outside", tmp_path / "root"
    outside.mkdir()
    (outside / "file").write_bytes(b"outside\n")
    for name in RIGHT:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        KINDS[kind](path, outside)
        made = path.lstat()
        for call in (files.write, files.differences):
            with pytest.raises(GeneratedCodeError, match="remove it, then generate") as error:
                call(root, {name: "text"}, (Path(name).suffix,))
            assert str(path) in str(error.value)
        assert path.lstat().st_ino == made.st_ino
    assert contents(outside) == {"file": b"outside\n"}
    assert len(list(root.rglob("*.*"))) == len(RIGHT)


@pytest.mark.parametrize("kind", KINDS)
def test_special_files_in_place_of_a_temporary_file_are_left_alone(tmp_path, kind):
    if kind == "device" and not IS_ROOT:
        pytest.skip("only root can make a device")
    (tmp_path / "file").write_bytes(b"outside\n")
    path = tmp_path / "root" / f"{files.PREFIX}special{files.TEMPORARY}"
    path.parent.mkdir()
    KINDS[kind](path, tmp_path)
    assert [change.kind for change in files.write(path.parent, {"new": "text"})] == ["missing"]
    assert os.path.lexists(path)
    assert (tmp_path / "file").read_bytes() == b"outside\n"
