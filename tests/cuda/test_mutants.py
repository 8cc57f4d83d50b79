"""The launches of ``attacks.py`` detect any single changed instruction of a kernel."""

import re

from attacks import Attack, text_of
from mutants import mutants
from reliability.soak import SOAK

N_PLACES = 4  # instructions per kernel, evenly spaced; with SOAK all
# Instructions whose removal changes no result, and why.
SEARCH = "the search among one row ends where it begins"
LOOP = "a loop over four elements that ends early leaves them to the loop over one"
EQUIVALENT = {
    r"setp\.lt\.s32 %p\d+, %r\d+, 2;": SEARCH,
    r"@%p1 bra \$\w+;": SEARCH,
    r"setp\.lt\.s32 %p\d+, %r\d+, %r\d+;": LOOP,
    r"@%p\d+ bra \$\w+;": LOOP,
}


def test_every_instruction_is_executed(spec, simulator):
    simulator.change = "{}\n".format  # a program that no other test has run
    Attack(spec).run(simulator)


def test_a_changed_instruction_is_detected(spec, simulator):
    attack = Attack(spec)
    text = text_of(spec)
    made = list(mutants(text))
    offset = sum(map(ord, spec.name))
    step = 1 if SOAK else len(made) // N_PLACES
    unnoticed = []
    for mutant in made[offset % step :: step]:
        simulator.change = lambda _, text=mutant.text: text
        simulator.forget()
        try:
            attack.run(simulator)
        except AssertionError:
            continue
        before = " ".join(mutant.before.split())
        if mutant.after or not any(re.fullmatch(pattern, before) for pattern in EQUIVALENT):
            unnoticed.append(f"{mutant.line}: {mutant.before} -> {mutant.after}")
    assert not unnoticed, "\n".join(unnoticed)
