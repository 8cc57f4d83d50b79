"""The lock files of CI: they fit pyproject.toml and the Makefile, and each entry has hashes."""

import re
import tomllib
from importlib.metadata import requires, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from adadelta_gen.paths import PACKAGE

ROOT = PACKAGE.parent
pytestmark = pytest.mark.skipif(not (ROOT / ".ci").exists(), reason="needs a checkout")
PYTHONS = ("3.11.5", "3.12.0", "3.13.0")
LINUX = {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_system": "Linux",
    "sys_platform": "linux",
}


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def entries(text):
    """Return the requirements of a lock file, each with its hashes."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ").splitlines()
    found = []
    for line in filter(None, map(str.strip, joined)):
        if line != "--only-binary :all:":
            requirement, *hashes = line.split(" --hash=")
            found.append((Requirement(requirement), [digest.strip() for digest in hashes]))
    return found


@pytest.fixture(scope="module")
def locked():
    return entries(read(".ci/torch.txt")) + entries(read(".ci/requirements.txt"))


def wanted(settings, extra):
    """Return the requirements of an extra, with those of the package's own extras in it."""
    for text in settings["project"]["optional-dependencies"][extra]:
        requirement = Requirement(text)
        if requirement.name == "adadelta-gen":
            for own in sorted(requirement.extras):
                yield from wanted(settings, own)
        else:
            yield requirement


def environment(python):
    return LINUX | {"python_version": python.rpartition(".")[0], "python_full_version": python}


@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_has_what_pyproject_asks_for(locked, python):
    settings = tomllib.loads(read("pyproject.toml"))
    needs = [
        *map(Requirement, settings["build-system"]["requires"]),
        *map(Requirement, settings["project"]["dependencies"]),
        *wanted(settings, "dev"),
        *wanted(settings, "packaging"),
    ]
    here = environment(python)
    pins = {}
    for entry, _ in locked:
        if entry.marker is None or entry.marker.evaluate(here):
            name = canonicalize_name(entry.name)
            assert name not in pins, f"{name} is listed twice for Python {python}"
            (pin,) = entry.specifier
            assert pin.operator == "=="
            pins[name] = pin.version
    for need in needs:
        if need.marker is None or need.marker.evaluate(here):
            pin = pins.get(canonicalize_name(need.name))
            assert pin is not None, f"{need} is not locked: run `make lock`"
            assert need.specifier.contains(pin), f"{need}: {pin} is locked: run `make lock`"


def test_each_entry_has_hashes_and_no_address(locked):
    assert len(locked) > 100
    for entry, hashes in locked:
        assert hashes, entry
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in hashes), entry
        assert entry.url is None


def test_the_lock_has_the_makefiles_torch():
    (default,) = re.findall(r"^TORCH \?= .*,(torch==[\d.]+)\)$", read("Makefile"), re.MULTILINE)
    ((torch, hashes),) = entries(read(".ci/torch.txt"))
    assert str(torch) == default
    assert len(hashes) == len(set(hashes))


def test_the_lock_was_made_with_the_needs_of_this_torch():
    """`make lock` cannot ask the usual package index, whose torch is for CUDA."""
    ((torch, _),) = entries(read(".ci/torch.txt"))
    if version("torch") != f"{torch.specifier}+cpu".removeprefix("=="):
        pytest.skip("needs the torch of .ci/torch.txt")
    (stated,) = tomllib.loads(read(".ci/uv.toml"))["dependency-metadata"]
    needs = [Requirement(text) for text in requires("torch") or ()]
    assert {str(need) for need in needs if need.marker is None} == {
        str(Requirement(text)) for text in stated["requires-dist"]
    }
