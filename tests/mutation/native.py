"""Mutants of the native step: each of its checks is missing or wrong."""

from collections.abc import Iterator

from reliability.verification_mutations import BY_NAME, MUTANTS, attempt, compiled, prepare
from reliability.verification_scenarios import SCENARIOS

from mutation.judged import Judged


def judged(every: int) -> Iterator[Judged]:
    prepare()
    for mutant in MUTANTS[::every]:
        address = compiled(BY_NAME[mutant.name])
        scenarios = [mutant.noticed_by] if mutant.noticed_by else list(SCENARIOS)
        noticed = [
            f"{scenario}: {how}" for scenario in scenarios if (how := attempt(scenario, address))
        ]
        yield Judged("native step: checks", mutant.name, "; ".join(noticed), mutant.equivalent)
