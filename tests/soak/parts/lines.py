"""An edit at a line of a step: at every line, of every kind of step, and every edit in turn.

A case makes one edit in one kind of step: at all lines of the usual step, and of longer ones at
each n-th line. ``len(COMBINATIONS)`` cases are a round, and each round begins at another line. So
one round visits all lines of the usual step, and ``STRIDE`` rounds visit all lines of all steps.
"""

import gc
import random as dice
from collections import Counter

from reliability.edits import CUT_IN_TWO, EDITS, UNSOUND
from reliability.moments import STAGES, prepare, sweep

__all__ = ["SHARE", "case", "prepare"]

SHARE = 4
CASES = 40
STRIDE = 64
SHORTER = {"hot": 1, "moved": 1, "another lr": 8, "another kernel": 8}  # of the scenario "plain"
TARGETS = {"plain": (0, 4), "mixed": (0, 3, 5, 6)}


def _is_sound(scenario: str, stage: str, edit: str, how: str) -> bool:
    """Return whether torch's outcome is defined, so that ours can be compared with it."""
    # During a first step, a copy of the states depends on the number of states made so far.
    if stage == "first" and edit in ("loaded", "replaced_dict"):
        return False
    # Torch updates these rows, and crashes where memory was freed.
    if (scenario == "mixed" or stage == "torch's row") and EDITS[edit] in UNSOUND:
        return False
    # It exchanges parameters between which torch updates others, or after kernels have updated one.
    if (scenario == "mixed" or stage == "torch's row") and edit == "swapped_within":
        return False
    if how == "threads" and EDITS[edit] in (*CUT_IN_TWO, *UNSOUND):
        return False
    return not (how in ("allocations", "signals") and edit == "tied")


COMBINATIONS = [
    (scenario, edit, stage, target, how)
    for scenario, stages in {
        "plain": STAGES,
        "mixed": ("hot",),
        "guarded": ("hot",),
        "tensor_lr": ("hot",),
    }.items()
    for stage in stages
    for edit in EDITS
    for target in TARGETS.get(scenario, (0,))
    for how in ("lines", "allocations", "signals", "threads")
    # Between lines, all stages; otherwise one: these moments are not those of a line.
    if (how == "lines" or (scenario, stage) == ("plain", "moved"))
    and _is_sound(scenario, stage, edit, how)
]
dice.Random(0).shuffle(COMBINATIONS)


def case(seed: int) -> Counter[str]:
    scenario, edit, stage, target, how = COMBINATIONS[seed % len(COMBINATIONS)]
    if how == "allocations":
        gc.freeze()  # collections then skip torch's outcomes, which are kept
    is_short = scenario == "plain" and how == "lines"
    every = SHORTER.get(stage, STRIDE) if is_short else STRIDE
    most = 1 << 30 if how == "lines" else 4 * STRIDE
    first = seed // len(COMBINATIONS) % every
    words, faults = sweep(scenario, edit, stage, target, how, every, first, most)
    assert not faults, "\n".join(faults)
    return Counter({f"{how}: {word}": n for word, n in words.items()})
