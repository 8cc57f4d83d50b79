"""The wheel and the sdist: complete, reproducible, and usable wherever they are installed."""

import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipapp
import zipfile
from email.parser import Parser

import pytest
import torch
from reliability.installed import WHERE

from adadelta_gen.paths import PACKAGE
from installation.built import (
    ROOT,
    Environment,
    build,
    copy_checkout,
    needs_setuptools,
    run,
    unpack,
)

pytestmark = pytest.mark.skipif(not (ROOT / "pyproject.toml").exists(), reason="needs a checkout")
STEPS_ON_CUDA = """
import torch
import adadelta_gen

p = torch.nn.Parameter(torch.ones(1000, device="cuda"))
q = torch.nn.Parameter(torch.ones(1000, device="cuda"))
ours, theirs = adadelta_gen.Adadelta([p], fused=True), torch.optim.Adadelta([q])
for _ in range(3):
    p.grad, q.grad = torch.randn_like(p).repeat(2, 1)
    q.grad = p.grad.clone()
    ours.step()
    theirs.step()
torch.testing.assert_close(p, q)
print(adadelta_gen.__file__)
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    needs_setuptools()
    return copy_checkout(tmp_path_factory.mktemp("source") / "checkout")


@pytest.fixture(scope="module")
def sdist(checkout, tmp_path_factory):
    return build("sdist", checkout, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def unpacked(sdist, tmp_path_factory):
    return unpack(sdist, tmp_path_factory.mktemp("unpacked"))


@pytest.fixture(scope="module")
def wheel(unpacked, tmp_path_factory):
    """The wheel that is built from the sdist."""
    return build("wheel", unpacked, tmp_path_factory.mktemp("wheel"))


def packed(sdist):
    """The files of an sdist, without the folder that all of them are in."""
    with tarfile.open(sdist) as archive:
        files = [member.name for member in archive.getmembers() if member.isfile()]
    return {name.partition("/")[2] for name in files}


def test_the_sdist_has_every_file_that_git_tracks(sdist):
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode or not (ROOT / ".git").exists():
        pytest.skip("needs a git repository")
    tracked = {line for line in listed.stdout.splitlines() if (ROOT / line).exists()}
    assert tracked - packed(sdist) == set()
    made = {name for name in packed(sdist) - tracked if ".egg-info/" not in name}
    assert made == {"PKG-INFO", "setup.cfg"}


def test_the_wheel_has_the_package_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        found = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {f"adadelta_gen/{path.relative_to(PACKAGE)}" for path in PACKAGE.rglob("*.py")}
    expected.add("adadelta_gen/py.typed")
    for folder in ("generated", "templates"):
        files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
        expected |= {
            f"adadelta_gen/{path.relative_to(ROOT)}"
            for path in files
            if "__pycache__" not in path.parts
        }
    assert found == expected
    assert len([name for name in found if name.endswith((".ll", ".ptx"))]) > 80


def test_builds_are_reproducible(checkout, sdist, wheel, tmp_path):
    """Byte for byte: a second sdist, and a wheel of the checkout in place of the sdist."""
    again = build("sdist", checkout, tmp_path)
    assert again.read_bytes() == sdist.read_bytes()
    assert build("wheel", checkout, tmp_path).read_bytes() == wheel.read_bytes()


def test_the_description_has_no_relative_link(wheel):
    """A package index shows the README without the files that it links to."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(archive.read(name).decode())
    links = re.findall(r"\]\(([^)]*)\)", metadata.get_payload())
    assert all(link.startswith(("https://", "#")) for link in links)
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    repository = tomllib.loads(text)["project"]["urls"]["Repository"]
    own = [link.partition("#")[0] for link in links if link.startswith(repository + "/")]
    assert len(own) > 10
    for link in own:
        path = re.sub(r"^/(blob|raw)/main/", "", link.removeprefix(repository))
        assert (ROOT / path).exists(), link


def test_an_environment_with_the_wheel(wheel, tmp_path):
    """The wheel is installed, used from another folder, and uninstalled without remains."""
    environment = Environment(tmp_path / "environment")
    before = environment.files()
    environment.pip("install", "--no-index", "--no-deps", wheel)
    place = run(environment.python, "-W", "error", "-c", WHERE, cwd=tmp_path).strip()
    assert place == str(environment.site / "adadelta_gen" / "__init__.py")
    command = environment.folder / "bin" / "adadelta-gen"
    assert run(command, "--version", cwd=tmp_path).split()[-1] in wheel.name
    environment.pip("uninstall", "--yes", "adadelta-gen")
    assert environment.files() == before
    code = "import importlib.util; print(importlib.util.find_spec('adadelta_gen'))"
    assert run(environment.python, "-c", code, cwd=tmp_path).strip() == "None"


@pytest.mark.cuda
def test_an_environment_with_the_wheel_on_a_gpu(wheel, tmp_path):
    if not torch.cuda.is_available():
        pytest.skip("needs a CUDA device")
    environment = Environment(tmp_path / "environment")
    environment.pip("install", "--no-index", "--no-deps", wheel)
    place = run(environment.python, "-c", STEPS_ON_CUDA, cwd=tmp_path).strip()
    assert place == str(environment.site / "adadelta_gen" / "__init__.py")


def test_an_editable_installation(checkout, tmp_path):
    """A path in a .pth file, which type checkers read too."""
    environment = Environment(tmp_path / "environment")
    source = shutil.copytree(checkout, tmp_path / "checkout")
    offline = ("--no-index", "--no-deps", "--no-build-isolation")
    environment.pip("install", *offline, "--editable", source)
    (pth,) = environment.site.glob("*adadelta_gen*.pth")
    assert pth.read_text(encoding="utf-8").splitlines() == [str(source)]
    place = run(environment.python, "-W", "error", "-c", WHERE, cwd=tmp_path).strip()
    assert place == str(source / "adadelta_gen" / "__init__.py")


@pytest.fixture(scope="module")
def target(wheel, tmp_path_factory):
    """A folder made by ``pip install --target``."""
    folder = tmp_path_factory.mktemp("target")
    install = ("pip", "install", "--no-index", "--no-deps", "--target", folder, wheel)
    run(sys.executable, "-m", *install, cwd=folder)
    return folder


def test_pip_install_target(target, tmp_path):
    script = tmp_path / "program.py"
    script.write_text(f"import sys\nsys.path.insert(0, {str(target)!r})\n{WHERE}", encoding="utf-8")
    place = run(sys.executable, "-W", "error", script, cwd=tmp_path).strip()
    assert place == str(target / "adadelta_gen" / "__init__.py")


def test_a_zipapp(target, tmp_path):
    """One file, from which the compiled texts are read without unpacking it."""
    folder = shutil.copytree(target, tmp_path / "program")
    (folder / "__main__.py").write_text(WHERE, encoding="utf-8")
    archive = tmp_path / "program.pyz"
    zipapp.create_archive(folder, archive, compressed=True)
    shutil.rmtree(folder)
    place = run(sys.executable, "-W", "error", archive, cwd=tmp_path).strip()
    assert place == str(archive / "adadelta_gen" / "__init__.py")


def test_the_tests_of_the_sdist_run(unpacked):
    """In the unpacked sdist, with the package from there."""
    code = f"import adadelta_gen; assert adadelta_gen.__file__.startswith({str(unpacked)!r})\n"
    run(sys.executable, "-c", code, cwd=unpacked)
    pytest_ = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist")
    said = run(sys.executable, *pytest_, "tests/generate/test_render.py", cwd=unpacked)
    assert re.search(r"\d+ passed", said)
