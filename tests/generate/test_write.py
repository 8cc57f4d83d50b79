"""``generated/`` is written whole or not at all, only where it must change, from whatever state."""

import shutil
from pathlib import Path

import pytest

from adadelta_gen import generate, layout
from adadelta_gen.spec import ALL_SPECS

A_KERNEL = f"cpu/{ALL_SPECS[0].name}.py"


@pytest.fixture
def generated(tmp_path):
    folder = tmp_path / "generated"
    generate.write(folder)
    return folder


@pytest.fixture
def changed_templates(tmp_path):
    """Templates that change every kernel."""
    templates = shutil.copytree(layout.TEMPLATES, tmp_path / "templates")
    rule = templates / "rule.py.j2"
    rule.write_text(rule.read_text(encoding="utf-8") + "param = param\n", encoding="utf-8")
    return templates


def contents(folder):
    """Every file below a folder, hidden ones too."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def expected(templates=layout.TEMPLATES):
    return {path: text.encode() for path, text in generate.render_all(templates).items()}


def test_the_committed_files_are_in_step():
    assert generate.differences() == []


def test_an_empty_folder_is_filled(generated):
    assert contents(generated) == expected()
    assert generate.differences(generated) == []


def test_writing_again_touches_nothing(generated):
    def written():
        """Which file is there, and when it was written; comparing reads it, so not st_atime."""
        states = {path: path.stat() for path in generated.rglob("*")}
        return {path: (state.st_ino, state.st_mtime_ns) for path, state in states.items()}

    before = written()
    assert generate.write(generated) == []
    assert written() == before


def test_only_what_differs_is_written(generated):
    before = {path: path.stat().st_ino for path in generated.rglob("*.*")}
    (generated / A_KERNEL).write_text("# edited by hand\n", encoding="utf-8")
    (change,) = generate.write(generated)
    assert (change.path, change.kind) == (A_KERNEL, "changed")
    after = {path: path.stat().st_ino for path in generated.rglob("*.*")}
    assert {path for path in before if before[path] != after[path]} == {generated / A_KERNEL}


def test_comparing_writes_nothing(generated, changed_templates):
    before = contents(generated)
    (generated / A_KERNEL).unlink()
    del before[A_KERNEL]
    found = generate.differences(generated, changed_templates)
    assert {difference.kind for difference in found} == {"missing", "changed"}
    assert contents(generated) == before


def test_a_difference_shows_the_lines(generated, changed_templates):
    found = {d.path: d for d in generate.differences(generated, changed_templates)}
    assert found.keys() == {path for path in expected() if not path.endswith("__init__.py")}
    assert "+        param = param\n" in found[A_KERNEL].diff


@pytest.mark.parametrize("stale", ["old.py", "cpu/adadelta_cpu_float8_min_wd.py", "cpu/.x.tmp"])
def test_stale_files_are_removed(generated, stale):
    (generated / stale).write_text("stale\n", encoding="utf-8")
    (change,) = generate.write(generated)
    assert (change.path, change.kind) == (stale, "stale")
    assert contents(generated) == expected()


def test_the_kernel_cache_is_no_stale_file(generated):
    entry = generated / "cpu" / "__pycache__" / "kernel.o"
    entry.parent.mkdir()
    entry.write_bytes(b"native code")
    assert generate.write(generated) == []
    assert entry.read_bytes() == b"native code"


@pytest.mark.parametrize("garbage", [b"", b"def broken(:\n", b"\xff\xfe\x00", b"raise SystemExit"])
@pytest.mark.parametrize("path", [A_KERNEL, "__init__.py", "cpu/__init__.py", layout.MANIFEST])
def test_broken_files_are_repaired(generated, path, garbage):
    (generated / path).write_bytes(garbage)
    (change,) = generate.write(generated)
    assert (change.path, change.kind) == (path, "changed")
    assert contents(generated) == expected()


def test_other_line_ends_are_a_difference(generated):
    path = generated / A_KERNEL
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert [change.path for change in generate.write(generated)] == [A_KERNEL]
    assert contents(generated) == expected()


@pytest.mark.parametrize("missing", ["", "cpu"])
def test_missing_folders_are_made(generated, missing):
    shutil.rmtree(generated / missing)
    changes = generate.write(generated)
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
            generate.write(generated, changed_templates)
    now = contents(generated)
    assert now.keys() == old.keys()
    assert sum(now[path] == new[path] != old[path] for path in now) == nth
    assert all(now[path] in (old[path], new[path]) for path in now)
    generate.write(generated, changed_templates)
    assert contents(generated) == new


def test_a_failing_render_writes_nothing(generated, changed_templates):
    (changed_templates / "package.py.j2").write_text("{{ misspelt }}", encoding="utf-8")
    before = contents(generated)
    with pytest.raises(Exception, match="misspelt"):
        generate.write(generated, changed_templates)
    assert contents(generated) == before
