"""Edits at the lines of a step: the outcome is that of torch, or an error with nothing written.

Runs in child processes, which a fault may end. These tests take a sample of the moments;
``python -m reliability.moments plain hot - lines 1 100000`` takes all of them and prints the
faults; see ``main`` there.
"""

from pathlib import Path

import pytest

from reliability.child import run
from reliability.edits import CUT_IN_TWO, EDITS, UNSOUND
from reliability.soak import SOAK, thorough

TESTS = str(Path(__file__).parent.parent)
SOUND = [edit for edit in EDITS if EDITS[edit] not in UNSOUND]
SWEEP = """
    import gc
    import sys
    sys.path.insert(0, sys.argv[1])
    from reliability.moments import sweep
    scenario, stage, how, every, most = sys.argv[2:7]
    target = {"plain": 4, "mixed": 3}.get(scenario, 0)
    gc.freeze()  # the modules, which the collector need not look through at every moment
    faults, found = [], 0
    for edit in sys.argv[7:]:
        words, wrong = sweep(scenario, edit, stage, target, how, int(every), 0, int(most))
        faults += wrong
        found += bool(words)
    assert found == len(sys.argv) - 7 or how != "lines", "no moment was found for an edit"
    assert found, "no moment was found"
    print(*faults[:20], sep="\\n")
    assert not faults, f"{len(faults)} faults: " + "\\n".join(faults[:20])
    """


def sweep(scenario, stage, how, every, most, edits):
    every = -(-every // 4) if SOAK else every
    run(SWEEP, TESTS, scenario, stage, how, every, most, *edits)


# One moment is chosen at random, with a fixed seed, from each this many lines of a step.
@pytest.mark.parametrize(
    ("stage", "every"),
    [
        ("hot", 8),
        ("moved", 32),
        ("first", 1500),
        ("another lr", 220),
        ("another kernel", 220),
        ("state loaded", 1500),
        ("copied row", 900),
        ("copied grad", 500),
    ],
)
def test_edits_at_the_lines_of_a_step(stage, every):
    # A state_dict saved or loaded during a first step depends on the number of states made so far.
    edits = [edit for edit in EDITS if (stage, edit) != ("first", "loaded")]
    sweep("plain", stage, "lines", every, 1 << 30, edits)


@pytest.mark.parametrize(("scenario", "every"), [("guarded", 800), ("tensor_lr", 450)])
def test_edits_at_the_lines_of_a_step_with_options(scenario, every):
    sweep(scenario, "hot", "lines", every, 1 << 30, EDITS)


# Torch's own rows are in these, which a freed tensor crashes as it crashes torch.
def test_edits_beside_a_row_that_torch_updates():
    sweep("plain", "torch's row", "lines", 600, 1 << 30, SOUND)


def test_edits_beside_copies_and_rows_that_torch_updates():
    sweep("mixed", "hot", "lines", 1500, 1 << 30, SOUND)


@thorough
@pytest.mark.parametrize("how", ["allocations", "signals"])
def test_edits_in_finalizers_and_signal_handlers(how):
    sweep("plain", "moved", how, 13, 40, [edit for edit in EDITS if edit != "tied"])


def test_edits_in_another_thread():
    edits = [edit for edit in SOUND if EDITS[edit] not in CUT_IN_TWO]
    sweep("plain", "moved", "threads", 130, 400, edits)
