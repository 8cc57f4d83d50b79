"""The kernel tests detect every wrong line of the rule: each mutation of a template must fail.

``make mutants`` judges all mutations; here a sample of each kind.
"""

import re

import pytest

from adadelta_gen.paths import TEMPLATES
from kernels import mutations
from kernels.mutations import (
    MUTATIONS,
    RULE,
    SPECS,
    TABLES,
    WIDE,
    KernelSpec,
    all_mutations,
    assert_ratio_right,
    assert_right,
    assert_tables_right,
    compiled,
)

EVERY = 5  # mutation of a kind, from the first on
HOW = r" is .*, not |was written"


def sample():
    kinds = {}
    for mutation in all_mutations():
        kinds.setdefault(mutation.kind, []).append(mutation)
    return [mutation for kind in kinds.values() for mutation in kind[::EVERY]]


@pytest.mark.parametrize("spec", SPECS[::4], ids=lambda spec: spec.name)
def test_the_unchanged_rule_passes(spec, tmp_path):
    assert_right(compiled(spec, tmp_path), spec)


def test_the_unchanged_reads_of_the_tables_pass(tmp_path):
    assert_tables_right(compiled(TABLES, tmp_path), TABLES)


def test_the_unchanged_ratio_passes(tmp_path):
    with mutations.changed_ratio(
        'a: Any, b: Any) -> Any:\n    """Emit ``sqrt(a)', 'a, b):\n    """``sqrt(a)'
    ):
        for dtype in ("float32", "float64"):
            spec = KernelSpec("cpu", dtype)
            assert_ratio_right(compiled(spec, tmp_path / dtype), spec)
        assert_right(compiled(WIDE, tmp_path / "wide"), WIDE)


@pytest.mark.parametrize("mutation", sample(), ids=str)
def test_a_wrong_line_is_detected(mutation, tmp_path):
    assert re.search(HOW, mutations.noticed(mutation, tmp_path))


def test_every_line_of_the_rule_is_mutated():
    text = (TEMPLATES / RULE).read_text(encoding="utf-8")
    lines = {line.strip() for line in text.splitlines() if not line.lstrip().startswith("{%")}
    mutated = {line for template, line, _ in MUTATIONS if template == RULE}
    assert lines - {""} <= mutated


def test_every_mutation_still_changes_its_file():
    for mutation in all_mutations():
        assert mutations.text_of(mutation.file).count(mutation.line) == 1, mutation
        assert mutation.line != mutation.becomes
