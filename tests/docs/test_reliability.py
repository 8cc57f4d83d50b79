"""The tables of docs/reliability.md are those of the committed records."""

import json

import pytest
from reliability import endurance
from soak import record

from adadelta_gen.paths import PACKAGE

DOCS = PACKAGE.parent / "docs"
PAGE = DOCS / "reliability.md"


def benchmark(name):
    return json.loads((DOCS / "benchmarks" / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "name", ["soak", "soak_gpu", "soak_gpu_again", "soak_lines", "soak_histories"]
)
def test_the_page_has_the_outcomes_of_the_soak(name):
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    assert [row for row in record.rows(benchmark(name)) if row not in lines] == []


def test_the_page_has_the_numbers_of_mutants():
    text = PAGE.read_text(encoding="utf-8")
    for kind, found in benchmark("mutants")["kinds"].items():
        assert f"| {kind} | {found['mutants']} | {found['noticed']} |" in text
        assert not found["unnoticed"]


def test_the_page_has_the_growth():
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    assert [row for row in endurance.rows(benchmark("endurance")) if row not in lines] == []


def test_the_page_has_the_coverage():
    assert f"{benchmark('coverage')['percent']} % of the lines and branches" in PAGE.read_text(
        encoding="utf-8"
    )
