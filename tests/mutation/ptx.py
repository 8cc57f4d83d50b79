"""Mutants of the committed PTX: one instruction left out, or replaced."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent / "cuda"))  # no package: pytest adds its folder

from attacks import Attack, noticed, text_of
from mutants import mutants
from simulator import install

from adadelta_gen.spec import specs_of
from mutation.judged import Judged


def judged(every: int) -> Iterator[Judged]:
    for number, spec in enumerate(specs_of("cuda")):
        with pytest.MonkeyPatch.context() as patch:
            simulator = install(patch)
            attack = Attack(spec)
            for mutant in list(mutants(text_of(spec)))[number % every :: every]:
                how = noticed(attack, mutant.text, simulator)
                yield Judged("PTX: instructions", f"{spec.name}: {mutant}", how, mutant.equivalent)
