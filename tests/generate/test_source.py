"""A source that differs from the rendered templates raises an error."""

import json
import shutil

import pytest

from adadelta_gen import committed, paths, registry
from adadelta_gen.generate import sources
from adadelta_gen.paths import MANIFEST, GeneratedCodeError
from adadelta_gen.spec import ALL_SPECS, specs_of

SPEC = specs_of("cpu")[-1]


@pytest.fixture
def generated(tmp_path, monkeypatch):
    """Make the registry read a copy of ``generated/`` and ``templates/``."""
    folder = tmp_path / "generated"
    shutil.copytree(paths.GENERATED, folder)
    monkeypatch.setattr(committed, "GENERATED", folder)
    monkeypatch.setattr(
        committed, "TEMPLATES", shutil.copytree(paths.TEMPLATES, tmp_path / "templates")
    )
    committed._manifest.cache_clear()
    registry.load.cache_clear()
    yield folder
    committed._manifest.cache_clear()
    registry.load.cache_clear()


def path(generated, spec=SPEC):
    return generated / spec.target / f"{spec.name}.py"


def assert_refused(spec=SPEC):
    with pytest.raises(GeneratedCodeError, match="make generate"):
        committed.source(spec)
    with pytest.raises(GeneratedCodeError, match="make generate"):
        registry.load(spec)


@pytest.mark.parametrize("spec", ALL_SPECS, ids=lambda spec: spec.name)
def test_the_source_equals_the_rendered_template(generated, spec):
    assert committed.source(spec) == sources.render(spec, paths.TEMPLATES)


def test_the_kernels_of_this_machine_are_available(generated):
    cuda = () if registry.target("cuda").unavailable() else specs_of("cuda")
    assert registry.available_kernels() == specs_of("cpu") + cuda


def test_the_manifest_lists_every_kernel_and_template():
    manifest = json.loads((paths.GENERATED / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["templates"] == committed.template_digests(paths.TEMPLATES)
    assert manifest["kernels"] == {
        spec.name: paths.digest(path(paths.GENERATED, spec).read_text(encoding="utf-8"))
        for spec in ALL_SPECS
    }


def test_a_missing_source_raises(generated):
    path(generated).unlink()
    assert_refused()


def test_a_missing_folder_raises(generated):
    shutil.rmtree(generated)
    assert_refused()


@pytest.mark.parametrize("edit", ["\n", "# a comment\n", "import os\n"])
def test_an_edited_source_raises(generated, edit):
    with path(generated).open("a", encoding="utf-8") as source:
        source.write(edit)
    assert_refused()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe garbage"])
def test_a_broken_source_raises(generated, content):
    path(generated).write_bytes(content)
    assert_refused()


def test_the_source_of_another_variant_raises(generated):
    shutil.copy(path(generated, ALL_SPECS[0]), path(generated))
    assert_refused()


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b'{"kernels": {}}', b"\xff\xfe"])
def test_a_broken_manifest_raises(generated, content):
    (generated / MANIFEST).write_bytes(content)
    assert_refused()


def test_a_missing_manifest_raises(generated):
    (generated / MANIFEST).unlink()
    assert_refused()


def test_a_manifest_without_the_kernel_raises(generated):
    manifest = json.loads((generated / MANIFEST).read_text(encoding="utf-8"))
    del manifest["kernels"][SPEC.name]
    (generated / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    assert_refused()


def test_changed_templates_raise_until_they_are_rendered(generated):
    rule = committed.TEMPLATES / "rule.py.j2"
    rule.write_text(rule.read_text(encoding="utf-8") + "param = param\n", encoding="utf-8")
    assert_refused()
    sources.write(generated, committed.TEMPLATES)
    committed._manifest.cache_clear()
    assert "param = param" in committed.source(SPEC)


def test_an_added_template_raises(generated):
    (committed.TEMPLATES / "new.py.j2").write_text("", encoding="utf-8")
    assert_refused()


def test_a_partly_written_folder_raises(generated):
    """New kernels with the old manifest, as after an interrupted run."""
    manifest = (generated / MANIFEST).read_bytes()
    rule = committed.TEMPLATES / "rule.py.j2"
    rule.write_text(rule.read_text(encoding="utf-8") + "param = param\n", encoding="utf-8")
    sources.write(generated, committed.TEMPLATES)
    (generated / MANIFEST).write_bytes(manifest)
    assert_refused()
