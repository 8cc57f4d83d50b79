"""The quick tests on each version of Python with each version of torch: `make matrix`.

One cell: `make matrix ARGS="--session 'matrix-3.12(torch=2.14)'"`. A Python that this machine does
not have is skipped. Results go to docs/matrix.json and docs/matrix.md.

MATRIX_NVIDIA, a folder `nvidia` with the CUDA libraries of another environment, is linked into each
environment instead of an installation of its own: torch for CUDA wants 3 GB of them.
"""

import json
import os
import platform
import shutil
import sys
import tomllib
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import nox

sys.path.insert(0, str(Path(__file__).parent))
import matrix as results

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False

ROOT = results.ROOT
TESTS = (
    "tests/kernels/test_exact.py",
    "tests/kernels/test_storage.py",
    "tests/parity/test_torch_suite_agreement.py",
    "tests/options/test_nonfinite.py",
    "tests/reliability/test_corrupted_params.py",
)
# Of the kernels' tests those of one flag combination; all of the others.
CHOSEN = "not cpu_ or _min_wd"
NEEDED_BY_TESTS = ("pytest", "pytest-timeout", "hypothesis", "expecttest", "setuptools")
NEEDED_BY_TORCH = ("filelock", "fsspec", "jinja2", "networkx", "sympy", "typing_extensions")
VERSIONS = """
import json, platform, torch, numpy, llvmlite
names = {m.__name__: m.__version__ for m in (torch, numpy, llvmlite)}
print(json.dumps({"python": platform.python_version()} | names))
"""
README_EXAMPLE = """
import pathlib, re
text = pathlib.Path("README.md").read_text(encoding="utf-8")
exec(re.search(r"^```python\\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)[1])
kernels = [row.kernel for row in optimizer.explain()]
assert kernels == ["adadelta_cpu_float32_min_nowd"] * 4, kernels
print("as it should be")
"""


@nox.session(python=results.PYTHONS)
@nox.parametrize("torch", results.TORCHES, ids=[f"torch={torch}" for torch in results.TORCHES])
def matrix(session: nox.Session, torch: str) -> None:
    """Run the quick tests with one torch."""
    _cell(session, torch, f"torch=={torch}.*", _dependencies())


@nox.session(python="3.11")
def lowest(session: nox.Session) -> None:
    """Run them with the oldest versions that pyproject.toml admits."""
    torch, *others = (need.replace(">=", "==") for need in _dependencies())
    _cell(session, "lowest", torch, others)


@nox.session(python=results.PYTHONS)
def newest(session: nox.Session) -> None:
    """Run them with the newest versions that there are, pre-releases included."""
    torch, *others = _dependencies()
    _cell(session, "newest", torch, ["--pre", *others])


def _dependencies() -> list[str]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    # torch comes first
    return [*project["dependencies"], *project["optional-dependencies"]["cli"]]


def _cell(session: nox.Session, column: str, torch: str, others: list[str]) -> None:
    session.chdir(ROOT)
    name = results.cell_name(str(session.python), column)
    others = [need for need in others if not need.startswith("torch")]
    try:
        if _install(session, torch, others):
            results.add(name, _run(session))
        else:
            results.add(name, {"result": "no build", "date": f"{date.today()}"})
            session.skip(f"the package index has no {torch} for Python {session.python}")
    finally:
        shutil.rmtree(session.virtualenv.location)  # torch for CUDA takes 5 GB


def _install(session: nox.Session, torch: str, others: list[str]) -> bool:
    """Install torch and what else is needed; return False where there is no such torch."""
    nvidia = os.environ.get("MATRIX_NVIDIA")
    pip = ("python", "-m", "pip", "install", "--no-compile")
    output = session.run(
        *pip, *(("--no-deps",) if nvidia else ()), torch, silent=True, success_codes=(0, 1)
    )
    if "No matching distribution found for torch" in str(output):
        return False
    if "Successfully installed" not in str(output):
        session.error(f"pip could not install {torch}:\n{output}")
    session.run(*pip, *others, *NEEDED_BY_TESTS, *(NEEDED_BY_TORCH if nvidia else ()), silent=True)
    if nvidia:
        site = session.run(
            "python", "-c", "import site; print(site.getsitepackages()[0])", silent=True
        )
        (Path(str(site).strip()) / "nvidia").symlink_to(nvidia)
    return True


def _run(session: nox.Session) -> results.Cell:
    said = session.run(
        "python", "-W", "error", "-c", README_EXAMPLE, silent=True, success_codes=(0, 1)
    )
    failed = []
    if not str(said).endswith("as it should be\n"):
        session.warn(f"README.md's example failed:\n{said}")
        failed.append("README.md's example")
    session.run("python", "-m", "adadelta_gen", "doctor", silent=True)
    found = Path(session.virtualenv.location) / "found.xml"
    session.run(
        *("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", CHOSEN),
        *(f"--junitxml={found}", *TESTS),
        success_codes=(0, 1),
    )
    suite = ElementTree.parse(found).getroot()[0]
    failed += [
        f"{case.get('classname')}.{case.get('name')}"
        for case in suite.iter("testcase")
        if case.find("failure") is not None or case.find("error") is not None
    ]
    skipped = int(suite.attrib["skipped"])
    return {
        "result": "run",
        "date": f"{date.today()}",
        **json.loads(str(session.run("python", "-c", VERSIONS, silent=True)).splitlines()[-1]),
        "platform": f"{platform.system()} {platform.machine()}",
        "passed": sum(not list(case) for case in suite.iter("testcase")),
        "skipped": skipped,
        "failed": failed,
    }
