"""What shapes native code shapes the digest its cache entry is found by: none is ever stale."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from adadelta_gen import registry, stochastic
from adadelta_gen.native import machine
from adadelta_gen.spec import ALL_SPECS, specs_of

SPEC = ALL_SPECS[0]
SOURCE = "the generated source"

IN_A_PROCESS = f"""
from adadelta_gen.cpu import native
native.machine.load = lambda code, name: 1
native.kernel_cache.fetch = lambda name, digest, build: print(digest)
from adadelta_gen.spec import ALL_SPECS, specs_of
native.kernel(ALL_SPECS[0], {SOURCE!r})
"""


@pytest.fixture
def digest(monkeypatch):
    """Return the digest that a kernel is looked up by, as things stand now."""
    found = []

    def fetch(name, digest, build):
        found.append(digest)
        return b""

    monkeypatch.setattr(native.kernel_cache, "fetch", fetch)
    monkeypatch.setattr(machine, "load", lambda code, name: 1)

    def current(spec=SPEC, source=SOURCE):
        monkeypatch.setattr(native, "_addresses", {})
        native._surroundings.cache_clear()
        machine.cpu_features.cache_clear()
        native.kernel(spec, source)
        return found[-1]

    yield current
    native._surroundings.cache_clear()
    machine.cpu_features.cache_clear()


def in_a_process(**settings):
    return subprocess.run(
        [sys.executable, "-c", IN_A_PROCESS],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def test_the_same_things_give_the_same_digest(digest):
    assert digest() == digest()
    assert in_a_process(PYTHONHASHSEED="1") == in_a_process(PYTHONHASHSEED="2") == digest()


def test_every_kernel_has_its_own(digest):
    assert len({digest(spec) for spec in specs_of("cpu")}) == len(specs_of("cpu"))


def test_the_generated_source_counts(digest):
    before = digest(source=registry.source(SPEC))
    assert digest(source=registry.source(SPEC) + "# changed\n") != before


@pytest.mark.parametrize(
    "module", ["worker", "intrinsics", "compile", "tables", "machine", "launch"]
)
def test_the_hand_written_sources_count(digest, monkeypatch, tmp_path, module):
    before = digest()
    folder = shutil.copytree(Path(native.__file__).parent, tmp_path / "cpu")
    monkeypatch.setattr(native, "__file__", str(folder / "native.py"))
    assert digest() == before
    with (folder / f"{module}.py").open("a", encoding="utf-8") as source:
        source.write("# changed\n")
    assert digest() != before


def test_what_both_targets_share_counts(digest, monkeypatch, tmp_path):
    before = digest()
    copy = shutil.copy(stochastic.__file__, tmp_path)
    monkeypatch.setattr(stochastic, "__file__", copy)
    assert digest() == before
    with Path(copy).open("a", encoding="utf-8") as source:
        source.write("# changed\n")
    assert digest() != before


def test_numba_counts(digest, monkeypatch):
    before = digest()
    monkeypatch.setattr(machine, "version", lambda package: "0.0")
    assert digest() != before


def test_llvmlite_counts(digest, monkeypatch):
    before = digest()
    monkeypatch.setattr(machine.llvmlite, "__version__", "0.0")
    assert digest() != before


@pytest.mark.parametrize("function", ["get_host_cpu_name", "get_process_triple"])
def test_the_cpu_counts(digest, monkeypatch, function):
    before = digest()
    monkeypatch.setattr(machine.binding, function, lambda: "another")
    assert digest() != before


def test_the_features_of_the_cpu_count(digest, monkeypatch):
    before = digest()
    monkeypatch.delenv("NUMBA_CPU_FEATURES", raising=False)
    features = SimpleNamespace(flatten=lambda: "+another")
    monkeypatch.setattr(machine.binding, "get_host_cpu_features", lambda: features)
    assert digest() != before


@pytest.mark.parametrize("setting", ["NUMBA_CPU_NAME", "NUMBA_LOOP_VECTORIZE", "NUMBA_OPT"])
def test_settings_of_numba_count(digest, monkeypatch, setting):
    before = digest()
    monkeypatch.setenv(setting, "generic")
    assert digest() != before


def test_where_the_cache_lies_does_not_count(digest, monkeypatch):
    before = digest()
    monkeypatch.setenv("ADADELTA_GEN_CACHE_DIR", "elsewhere")
    monkeypatch.setenv("NUMBA_CACHE_DIR", "elsewhere")
    assert digest() == before
