"""Every check of the native step is needed: without it, a small training run goes wrong.

``make mutants`` judges all mutants; here a sample, because each takes seconds to compile.
"""

import sys
from pathlib import Path

import pytest

from reliability.child import run
from reliability.verification_mutations import BY_NAME, MUTANTS, UNCHANGED, mutated
from reliability.verification_scenarios import SCENARIOS

TESTS = str(Path(__file__).parent.parent)
SAMPLE = MUTANTS[3::24]


@pytest.mark.skipif(sys.platform != "linux", reason="forks processes that may die")
def test_the_unchanged_native_step_passes_every_scenario_and_a_missing_check_is_detected():
    names = [mutant.name for mutant in (UNCHANGED, *SAMPLE)]
    out = run(
        """
        import sys
        sys.path.insert(0, sys.argv[1])
        from reliability.verification_mutations import judge
        faults = judge(sys.argv[2:], False)
        assert not faults, "; ".join(faults)
        """,
        TESTS,
        *names,
        timeout=280,
    )
    assert out.count("\n") == len(names)


def test_every_mutant_still_changes_the_source():
    source = mutated(UNCHANGED)
    for mutant in MUTANTS:
        assert mutated(mutant) != source
        assert bool(mutant.noticed_by) != bool(mutant.equivalent), mutant.name
    assert len(BY_NAME) == len(MUTANTS) + 1
    assert {mutant.noticed_by for mutant in MUTANTS} - {""} <= SCENARIOS.keys()
