"""An edit at every line that a step passes: what comes of it is what torch gives, or an error.

All of it in processes of their own, which a fault may end. Here are few of the moments;
``python -m reliability.moments plain hot - lines 1 100000`` takes all, and prints where something
is wrong; see ``main`` there.
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


# A moment is chosen by chance, always the same one, out of so many lines that a step passes.
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
def test_lines(stage, every):
    # What is saved and loaded in the middle of a first step depends on how many states are made.
    edits = [edit for edit in EDITS if (stage, edit) != ("first", "loaded")]
    sweep("plain", stage, "lines", every, 1 << 30, edits)


@pytest.mark.parametrize(("scenario", "every"), [("guarded", 800), ("tensor_lr", 450)])
def test_lines_of_other_options(scenario, every):
    sweep(scenario, "hot", "lines", every, 1 << 30, EDITS)


# Torch's own rows are in these, which a freed tensor crashes as it crashes torch.
def test_lines_beside_a_row_of_torchs():
    sweep("plain", "torch's row", "lines", 600, 1 << 30, SOUND)


def test_lines_of_copies_and_of_torchs_rows():
    sweep("mixed", "hot", "lines", 1500, 1 << 30, SOUND)


@thorough
@pytest.mark.parametrize("how", ["allocations", "signals"])
def test_finalizers_and_signal_handlers(how):
    sweep("plain", "moved", how, 13, 40, [edit for edit in EDITS if edit != "tied"])


def test_another_thread():
    edits = [edit for edit in SOUND if EDITS[edit] not in CUT_IN_TWO]
    sweep("plain", "moved", "threads", 130, 400, edits)
