"""Two versions of the package: a process uses the texts of its own version, or says why not.

The newer version differs in three ways: its number, a constant of the layout of its tables, and its
float32 kernel, which ascends.
"""

import os
import shutil

import pytest

from adadelta_gen.cpu.kernels import kernel_text
from adadelta_gen.native.code import STEP
from adadelta_gen.spec import KernelSpec
from reliability.child import run
from reliability.installed import check_out, environment, install

FLOAT32 = kernel_text(KernelSpec("cpu", "float32"))
ASCENDS = kernel_text(KernelSpec("cpu", "float32", maximize=True))

# Writes the indices of the package that it imports.
WRITE_INDICES = """
import json
from pathlib import Path
from adadelta_gen import committed
from adadelta_gen.generate import compiled
from adadelta_gen.paths import GENERATED, digest

for kind in ("ll", "ptx"):
    for text in compiled.texts(kind):
        path = GENERATED / text.index
        index = json.loads(path.read_text())
        index[committed.LAYOUT] = committed.layout(kind)
        index[text.name]["text"] = digest((GENERATED / text.file).read_text())
        path.write_text(json.dumps(index))
"""
# Prints the version and direction of the float32 kernel; no torch is needed.
LOADED = """
import adadelta_gen
from adadelta_gen import committed
from adadelta_gen.cpu.kernels import kernel_text
from adadelta_gen.native.code import STEP
from adadelta_gen.spec import KernelSpec

loaded = ""
for text in (STEP, kernel_text(KernelSpec("cpu", "float32"))):
    try:
        loaded = committed.load(text)
    except committed.GeneratedCodeError as error:
        print(error)
print(adadelta_gen.__version__, "ascends" if "; ascends" in loaded else "descends")
"""


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    return install(tmp_path_factory.mktemp("old"))


@pytest.fixture(scope="module")
def new(tmp_path_factory):
    site = install(tmp_path_factory.mktemp("new"))
    package = site / "adadelta_gen"
    from adadelta_gen import __version__

    edit(package / "__init__.py", f'__version__ = "{__version__}"', '__version__ = "99.0"')
    with (package / "native" / "abi.py").open("a", encoding="utf-8") as file:
        file.write("ANOTHER_WORD = 1\n")
    text = (package / "generated" / ASCENDS.file).read_text(encoding="utf-8")
    text = text.replace(ASCENDS.name, FLOAT32.name) + "; ascends\n"
    (package / "generated" / FLOAT32.file).write_text(text, encoding="utf-8")
    run(WRITE_INDICES, **environment(site))
    return site


def with_path(*places):
    return environment("") | {"PYTHONPATH": os.pathsep.join(map(str, places))}


def test_the_first_version_on_the_path_is_used_whole(old, new, tmp_path):
    checkout = check_out(tmp_path)
    edit(checkout / "adadelta_gen" / "__init__.py", '__version__ = "', '__version__ = "checkout-')
    for places in ((old, new, checkout), (new, checkout, old), (checkout, old, new)):
        version, direction = run(LOADED, **with_path(*places)).split()
        assert (version == "99.0", direction == "ascends") == (places[0] == new,) * 2
        assert version.startswith("checkout-") == (places[0] == checkout)


@pytest.mark.parametrize(
    ("part", "upgrade"),
    [
        ("generated", True),
        ("generated", False),
        ("generated/native", True),
        ("generated/cpu", True),
        ("native/abi.py", True),
        ("native", False),
    ],
)
def test_a_part_of_another_version_is_named(old, new, tmp_path, part, upgrade):
    """As after an upgrade, or a return to an older version, that was interrupted."""
    mixed = shutil.copytree(old if upgrade else new, tmp_path / "site")
    place, other = (site / "adadelta_gen" / part for site in (mixed, new if upgrade else old))
    (shutil.rmtree if place.is_dir() else os.remove)(place)
    (shutil.copytree if other.is_dir() else shutil.copy)(other, place)
    said = run(LOADED, **environment(mixed))
    refused = {"generated/native": (STEP,), "generated/cpu": (FLOAT32,)}
    for text in refused.get(part, (STEP, FLOAT32)):
        index = mixed / "adadelta_gen" / "generated" / text.index
        assert f"{index} belongs to another version of adadelta_gen" in said
    assert "pip install --force-reinstall" in said


def test_an_upgrade_between_two_imports_is_named(old, new, tmp_path):
    """The module with the layout is the old one, everything else the new one."""
    site = shutil.copytree(old, tmp_path / "site")
    upgrade = f"""
import shutil
import adadelta_gen.native.abi
shutil.rmtree({str(site)!r})
shutil.copytree({str(new)!r}, {str(site)!r})
"""
    said = run(upgrade + LOADED, **environment(site))
    assert said.count("belongs to another version") == 2
    assert said.count("restart the process") == 2


UPGRADED = """
import pathlib, shutil, sys
import torch
from adadelta_gen import Adadelta
from adadelta_gen.paths import GeneratedCodeError

def step(**options):
    p = torch.nn.Parameter(torch.zeros(5))
    p.grad = torch.ones(5)
    try:
        Adadelta([p], fused=True, **options).step()
    except GeneratedCodeError as error:
        assert torch.equal(p, torch.zeros(5))
        return error
    assert p.unique().numel() == 1
    return "ascends" if p[0] > 0 else "descends"

print(step())
site, new = map(pathlib.Path, sys.argv[1:])
if sys.argv[1] != "none":
    site.rename(site.with_name("before"))
    shutil.copytree(new, site)
    print(step())
    print(step(weight_decay=0.1))
"""


def test_an_upgrade_of_a_running_process(old, new, tmp_path):
    """What is loaded stays, what is not loaded yet is refused, and a new process is upgraded."""
    site = shutil.copytree(old, tmp_path / "site")
    first, again, other = run(UPGRADED, site, new, **environment(site)).splitlines()
    assert (first, again) == ("descends", "descends")
    assert "has changed since this process imported adadelta_gen: restart the process" in other
    assert run(UPGRADED, "none", new, **environment(site)).split() == ["ascends"]
