"""docs/matrix.md shows docs/matrix.json, and .ci/matrix.py writes both."""

import importlib.util
import re

import pytest

from adadelta_gen.paths import PACKAGE

FILE = PACKAGE.parent / ".ci" / "matrix.py"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="needs a checkout")
RUN = {
    "result": "run",
    "date": "2026-01-02",
    "python": "3.12.1",
    "torch": "2.13.0+cpu",
    "numpy": "2.4.6",
    "llvmlite": "0.50.0",
    "platform": "Linux x86_64",
    "passed": 7,
    "skipped": 1,
    "failed": [],
}


@pytest.fixture
def matrix():
    specification = importlib.util.spec_from_file_location("matrix", FILE)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture
def files(matrix, monkeypatch, tmp_path):
    """Write results to a folder of the test; return it."""
    monkeypatch.setattr(matrix, "RESULTS", tmp_path / "matrix.json")
    monkeypatch.setattr(matrix, "PAGE", tmp_path / "matrix.md")
    text = f"before\n{matrix.BEGIN}\nold\n{matrix.END}\nafter\n"
    (tmp_path / "matrix.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_page_and_results_agree(matrix):
    page = matrix.PAGE.read_text(encoding="utf-8")
    assert matrix.with_tables(page, matrix.read()) == page
    assert page.count(matrix.BEGIN) == page.count(matrix.END) == 1
    columns = (*matrix.TORCHES, *matrix.BOUNDS)
    names = {matrix.cell_name(python, torch) for python in matrix.PYTHONS for torch in columns}
    assert matrix.read().keys() <= names


def test_a_result_is_added_to_both_files(matrix, files):
    matrix.add(matrix.cell_name("3.12", "2.13"), RUN)
    matrix.add(matrix.cell_name("3.11", "newest"), RUN | {"failed": ["tests.a.test_b[1|2]"]})
    matrix.add(matrix.cell_name("3.15", "2.13"), {"result": "no build", "date": "2026-01-02"})
    page = (files / "matrix.md").read_text(encoding="utf-8")
    assert page.startswith("before\n")
    assert page.endswith("after\n")
    assert "old" not in page
    lines = [line for line in page.splitlines() if line.startswith("| Python 3.1")]
    assert [line.split(" | ")[0] for line in lines] == [f"| Python {p}" for p in matrix.PYTHONS]
    assert lines[0].count("not run here") == 6
    assert "**1 failed**, 7 passed" in lines[0]
    assert lines[1].split(" | ")[3] == "7 passed"
    assert lines[5].split(" | ")[3] == "no build"
    assert r"| `tests.a.test_b[1\|2]` |" in page
    assert list(matrix.read()) == sorted(matrix.read())


def test_a_new_result_replaces_the_old_one(matrix, files):
    name = matrix.cell_name("3.12", "2.13")
    matrix.add(name, RUN)
    matrix.add(name, RUN | {"passed": 8})
    assert matrix.read() == {name: RUN | {"passed": 8}}


def test_the_quick_tests_are_there():
    found = re.findall(r'"(tests/.*)"', (FILE.parent / "noxfile.py").read_text(encoding="utf-8"))
    assert found
    assert [path for path in found if not (PACKAGE.parent / path).exists()] == []
