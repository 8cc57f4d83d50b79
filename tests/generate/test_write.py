"""``generated/`` is written whole or not at all, only where it must change, from whatever state."""

import os
import re
import shutil
from pathlib import Path

import pytest

from adadelta_gen import paths
from adadelta_gen.generate import sources
from adadelta_gen.paths import GeneratedCodeError
from adadelta_gen.spec import ALL_SPECS

A_KERNEL = f"cpu/{ALL_SPECS[0].name}.py"


@pytest.fixture
def generated(tmp_path):
    folder = tmp_path / "generated"
    sources.write(folder, paths.TEMPLATES)
    return folder


@pytest.fixture
def changed_templates(tmp_path):
    """Templates that change every kernel."""
    templates = shutil.copytree(paths.TEMPLATES, tmp_path / "templates")
    rule = templates / "rule.py.j2"
    rule.write_text(rule.read_text(encoding="utf-8") + "param = param\n", encoding="utf-8")
    return templates


def contents(folder):
    """Every file below a folder, hidden ones too."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def expected(templates=paths.TEMPLATES):
    return {path: text.encode() for path, text in sources.render_all(templates).items()}


def test_the_committed_files_are_in_step():
    assert sources.differences(paths.GENERATED, paths.TEMPLATES) == []


def test_an_empty_folder_is_filled(generated):
    assert contents(generated) == expected()
    assert sources.differences(generated, paths.TEMPLATES) == []


def test_writing_again_touches_nothing(generated):
    def written():
        """Which file is there, and when it was written; comparing reads it, so not st_atime."""
        states = {path: path.stat() for path in generated.rglob("*")}
        return {path: (state.st_ino, state.st_mtime_ns) for path, state in states.items()}

    before = written()
    assert sources.write(generated, paths.TEMPLATES) == []
    assert written() == before


def test_only_what_differs_is_written(generated):
    before = {path: path.stat().st_ino for path in generated.rglob("*.*")}
    (generated / A_KERNEL).write_text("# edited by hand\n", encoding="utf-8")
    (change,) = sources.write(generated, paths.TEMPLATES)
    assert (change.path, change.kind) == (A_KERNEL, "changed")
    after = {path: path.stat().st_ino for path in generated.rglob("*.*")}
    assert {path for path in before if before[path] != after[path]} == {generated / A_KERNEL}


def test_comparing_writes_nothing(generated, changed_templates):
    before = contents(generated)
    (generated / A_KERNEL).unlink()
    del before[A_KERNEL]
    found = sources.differences(generated, changed_templates)
    assert {difference.kind for difference in found} == {"missing", "changed"}
    assert contents(generated) == before


def test_a_difference_shows_the_lines(generated, changed_templates):
    found = {d.path: d for d in sources.differences(generated, changed_templates)}
    assert found.keys() == {path for path in expected() if not path.endswith("__init__.py")}
    assert "+        param = param\n" in found[A_KERNEL].diff


@pytest.mark.parametrize("stale", ["old.py", "cpu/adadelta_cpu_float8_min_wd.py", "cpu/.x.tmp"])
def test_stale_files_are_removed(generated, stale):
    (generated / stale).write_text("# @generated from nothing\n", encoding="utf-8")
    (change,) = sources.write(generated, paths.TEMPLATES)
    assert (change.path, change.kind) == (stale, "stale")
    assert contents(generated) == expected()


@pytest.mark.parametrize("foreign", ["notes.txt", "cpu/kernel.o", "cpu/own.py", ".hidden"])
def test_what_does_not_say_that_it_is_generated_is_left_alone(generated, foreign):
    (generated / foreign).write_bytes(b"mine\n")
    assert sources.write(generated, paths.TEMPLATES) == []
    assert (generated / foreign).read_bytes() == b"mine\n"


@pytest.mark.parametrize("place", ["", "cpu", A_KERNEL, paths.MANIFEST])
@pytest.mark.parametrize("what", ["link", "link to nothing", "fifo", "folder", "file"])
def test_what_is_not_a_file_or_folder_of_its_own_is_refused(generated, tmp_path, place, what):
    path, elsewhere = generated / place, tmp_path / "elsewhere"
    is_folder = path.is_dir()
    if (is_folder and what == "folder") or (not is_folder and what == "file"):
        pytest.skip("as it should be")
    path.rename(elsewhere)
    if what == "link to nothing":
        path.symlink_to(tmp_path / "nothing")
    elif what == "link":
        path.symlink_to(elsewhere)
    elif what == "fifo":
        os.mkfifo(path)
    else:
        path.mkdir() if what == "folder" else path.touch()
    before = contents(tmp_path)
    with pytest.raises(GeneratedCodeError, match=re.escape(str(path))):
        sources.write(generated, paths.TEMPLATES)
    with pytest.raises(GeneratedCodeError, match="remove it"):
        sources.differences(generated, paths.TEMPLATES)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("garbage", [b"", b"def broken(:\n", b"\xff\xfe\x00", b"raise SystemExit"])
@pytest.mark.parametrize("path", [A_KERNEL, "__init__.py", "cpu/__init__.py", paths.MANIFEST])
def test_broken_files_are_repaired(generated, path, garbage):
    (generated / path).write_bytes(garbage)
    (change,) = sources.write(generated, paths.TEMPLATES)
    assert (change.path, change.kind) == (path, "changed")
    assert contents(generated) == expected()


def test_other_line_ends_are_a_difference(generated):
    path = generated / A_KERNEL
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert [change.path for change in sources.write(generated, paths.TEMPLATES)] == [A_KERNEL]
    assert contents(generated) == expected()


@pytest.mark.parametrize("missing", ["", "cpu"])
def test_missing_folders_are_made(generated, missing):
    shutil.rmtree(generated / missing)
    changes = sources.write(generated, paths.TEMPLATES)
    assert {change.kind for change in changes} == {"missing"}
    assert contents(generated) == expected()


@pytest.mark.parametrize("nth", [0, 1, 8, len(ALL_SPECS)])
@pytest.mark.parametrize("error", [OSError("no space left on device"), KeyboardInterrupt()])
def test_a_failure_in_the_middle_leaves_whole_files(
    generated, changed_templates, monkeypatch, nth, error
):
    old, new = expected(), expected(changed_templates)
    replace = Path.replace
    written = []

    def failing(self, target):
        if len(written) == nth:
            raise error
        written.append(target)
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing)
        with pytest.raises(type(error)):
            sources.write(generated, changed_templates)
    now = contents(generated)
    assert now.keys() == old.keys()
    assert sum(now[path] == new[path] != old[path] for path in now) == nth
    assert all(now[path] in (old[path], new[path]) for path in now)
    sources.write(generated, changed_templates)
    assert contents(generated) == new


def test_a_failing_render_writes_nothing(generated, changed_templates):
    (changed_templates / "package.py.j2").write_text("{{ misspelt }}", encoding="utf-8")
    before = contents(generated)
    with pytest.raises(Exception, match="misspelt"):
        sources.write(generated, changed_templates)
    assert contents(generated) == before
