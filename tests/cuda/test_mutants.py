"""The launches of ``attacks.py`` detect any single changed instruction of a kernel.

``make mutants`` judges more of them, on request all; here one per kernel.
"""

from attacks import Attack, noticed, text_of
from mutants import mutants


def test_every_instruction_is_executed(spec, simulator):
    simulator.change = "{}\n".format  # a program that no other test has run
    Attack(spec).run(simulator)


def test_a_changed_instruction_is_detected(spec, simulator):
    made = [mutant for mutant in mutants(text_of(spec)) if not mutant.equivalent]
    mutant = made[sum(map(ord, spec.name)) % len(made)]
    assert noticed(Attack(spec), mutant.text, simulator), mutant
