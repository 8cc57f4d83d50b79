"""The metadata of the package, and what type checkers find in it."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest

import adadelta_gen
from adadelta_gen.paths import PACKAGE

ROOT = PACKAGE.parent
pytestmark = pytest.mark.skipif(not (ROOT / "pyproject.toml").exists(), reason="needs a checkout")


@pytest.fixture(scope="module")
def settings():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def names(requirements):
    return {re.match(r"[\w-]+", requirement)[0] for requirement in requirements}


def test_a_step_needs_three_packages(settings):
    assert names(settings["project"]["dependencies"]) == {"torch", "numpy", "llvmlite"}


def test_every_dependency_has_a_lower_bound(settings):
    project = settings["project"]
    for requirement in sum(project["optional-dependencies"].values(), project["dependencies"]):
        own = requirement.startswith("adadelta-gen[")
        assert own or re.search(r">=|==", requirement), requirement


def test_the_citation_has_the_version_and_the_address(settings):
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^version: (.*)$", text, re.MULTILINE) == [adadelta_gen.__version__]
    (address,) = re.findall(r"^repository-code: \"(.*)\"$", text, re.MULTILINE)
    assert address == settings["project"]["urls"]["Repository"]


def test_the_urls_are_of_one_repository(settings):
    urls = settings["project"]["urls"]
    assert all(url.startswith(urls["Repository"]) for url in urls.values())


# As seen by someone who uses the installed package; without torch's types, which take long to read.
CHECK = ("-m", "mypy", "--config-file=", "--no-site-packages", "--ignore-missing-imports")
PROGRAM = """\
import adadelta_gen
from adadelta_gen import *
Adadelta, KernelSpec, available_kernels
from adadelta_gen import Adadleta  # error: has no attribute "Adadleta"
adadelta_gen.available_kernel  # error: has no attribute "available_kernel"
adadelta_gen.__version__ + 1  # error: Unsupported operand types
"""


def test_a_type_checker_reports_misspelt_names(tmp_path):
    pytest.importorskip("mypy")
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    more = ["--follow-imports=silent", "--cache-dir", tmp_path, tmp_path / "program.py"]
    said = subprocess.run(
        [sys.executable, *CHECK, *more], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    found = dict(re.findall(r"program\.py:(\d+): error: (.*)", said))
    expected = {
        str(number): line.partition("# error: ")[2]
        for number, line in enumerate(PROGRAM.splitlines(), 1)
        if "# error" in line
    }
    assert found.keys() == expected.keys(), said
    for number, text in expected.items():
        assert text in found[number]


def test_type_checkers_find_an_editable_installation():
    """They read paths in .pth files; they do not execute an import hook."""
    lines = [
        line
        for installed in distributions(name="adadelta-gen")  # the egg-info of a build, too
        for file in installed.files or ()
        if file.suffix == ".pth"
        for line in installed.locate_file(file).read_text(encoding="utf-8").splitlines()
    ]
    if not lines:
        pytest.skip("needs an editable installation")
    assert all((Path(line) / "adadelta_gen" / "py.typed").is_file() for line in lines)


def test_no_module_getattr_is_visible_to_type_checkers():
    """With one, a checker accepts every name of the module."""
    for path in PACKAGE.rglob("*.py"):
        assert not re.search(r"^def __getattr__", path.read_text(encoding="utf-8"), re.MULTILINE)
