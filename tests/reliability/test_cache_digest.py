"""What shapes native code shapes the digest its cache entry is found by: none is ever stale."""

import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from adadelta_gen import registry, spec, stochastic
from adadelta_gen.cpu import kernels
from adadelta_gen.native import code, machine
from adadelta_gen.spec import ALL_SPECS, DTYPES, specs_of

SPEC = ALL_SPECS[0]
SOURCE = "the generated source"

IN_A_PROCESS = f"""
from adadelta_gen.cpu import kernels
from adadelta_gen.native import code
code.machine.load = lambda object_code, name: 1
code.kernel_cache.fetch = lambda name, digest, build: print(digest)
from adadelta_gen.spec import ALL_SPECS
kernels.kernel(ALL_SPECS[0], {SOURCE!r})
"""


@pytest.fixture
def digest(monkeypatch):
    """Return the digest that a kernel is looked up by, as things stand now."""
    found = []

    def fetch(name, digest, build):
        found.append(digest)
        return b""

    monkeypatch.setattr(code.kernel_cache, "fetch", fetch)
    monkeypatch.setattr(machine, "load", lambda object_code, name: 1)

    def current(address=lambda: kernels.kernel(SPEC, SOURCE)):
        monkeypatch.setattr(code, "_addresses", {})
        code._surroundings.cache_clear()
        machine.cpu_features.cache_clear()
        address()
        return found[-1]

    yield current
    code._surroundings.cache_clear()
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


def test_every_function_has_its_own(digest):
    functions = [code.step]
    functions += [partial(kernels.nonfinite, dtype) for dtype in DTYPES]
    functions += [partial(kernels.kernel, spec, SOURCE) for spec in specs_of("cpu")]
    assert len(set(map(digest, functions))) == len(functions)


def test_the_generated_source_counts(digest):
    source = registry.source(SPEC)
    before = digest(lambda: kernels.kernel(SPEC, source))
    assert digest(lambda: kernels.kernel(SPEC, source + "# changed\n")) != before


FOLDERS = ("cpu", "native")
MODULES = sorted(
    path.relative_to(code.PACKAGE)
    for folder in FOLDERS
    for path in (code.PACKAGE / folder).glob("*.py")
)


@pytest.fixture
def package(monkeypatch, tmp_path):
    """A copy of the folders that native code is made of, in the place of the real ones."""
    for folder in FOLDERS:
        shutil.copytree(code.PACKAGE / folder, tmp_path / folder)
    monkeypatch.setattr(code, "PACKAGE", tmp_path)
    return tmp_path


@pytest.mark.parametrize("function", ["kernel", "step"])
@pytest.mark.parametrize("module", MODULES, ids=str)
def test_the_hand_written_sources_count(digest, package, module, function):
    addresses = {"kernel": lambda: kernels.kernel(SPEC, SOURCE), "step": code.step}
    before = digest(addresses[function])
    with (package / module).open("a", encoding="utf-8") as source:
        source.write("# changed\n")
    assert digest(addresses[function]) != before


def test_where_the_sources_lie_does_not_count(digest, request):
    before = digest()
    request.getfixturevalue("package")
    assert digest() == before


@pytest.mark.parametrize("folder", FOLDERS)
def test_another_module_counts(digest, package, folder):
    before = digest()
    (package / folder / "another.py").write_text("# new\n", encoding="utf-8")
    assert digest() != before


@pytest.mark.parametrize("module", [stochastic, spec], ids=lambda module: module.__name__)
def test_what_both_targets_share_counts(digest, monkeypatch, tmp_path, module):
    before = digest()
    copy = shutil.copy(module.__file__, tmp_path)
    monkeypatch.setattr(module, "__file__", copy)
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
