"""An edit at every line that a step passes: what comes of it is what torch gives, or an error.

All of it in processes of their own, which a fault may end. ``python -m reliability.moments plain
hot - lines 1 100000`` prints where something is wrong; see ``main`` there.
"""

from pathlib import Path

import pytest

from reliability.child import run
from reliability.edits import EDITS, UNSOUND
from reliability.moments import STAGES

TESTS = str(Path(__file__).parent.parent)
SOUND = [edit for edit in EDITS if EDITS[edit] not in UNSOUND]
SWEEP = """
    import sys
    sys.path.insert(0, sys.argv[1])
    from reliability.moments import sweep
    scenario, stage, how, every, most = sys.argv[2:7]
    target = {"plain": 4, "mixed": 3}.get(scenario, 0)
    faults = []
    for edit in sys.argv[7:]:
        words, wrong = sweep(scenario, edit, stage, target, how, int(every), 0, int(most))
        faults += wrong
        assert words, f"no moment was found for {edit}"
    print(*faults[:20], sep="\\n")
    assert not faults, f"{len(faults)} faults: " + "\\n".join(faults[:20])
    """


def sweep(scenario, stage, how, every, most, edits):
    run(SWEEP, TESTS, scenario, stage, how, every, most, *edits, timeout=280)


def test_every_line_of_a_hot_step():
    sweep("plain", "hot", "lines", 1, 1 << 30, EDITS)


@pytest.mark.parametrize("stage", STAGES)
def test_lines_of_a_step_that_looks_again(stage):
    sweep("plain", stage, "lines", 61 if stage == "first" else 13, 1 << 30, EDITS)


@pytest.mark.parametrize("scenario", ["guarded", "tensor_lr"])
def test_lines_of_other_options(scenario):
    sweep(scenario, "hot", "lines", 31, 1 << 30, EDITS)


# Torch's own rows are in it, which a freed tensor crashes as it crashes torch.
def test_lines_of_copies_and_of_torchs_rows():
    sweep("mixed", "hot", "lines", 397, 1 << 30, SOUND)


@pytest.mark.parametrize("how", ["allocations", "signals"])
@pytest.mark.parametrize("stage", ["hot", "moved"])
def test_finalizers_and_signal_handlers(how, stage):
    sweep("plain", stage, how, 7, 40, [edit for edit in EDITS if edit != "tied"])


def test_another_thread():
    sweep("plain", "moved", "threads", 40, 400, SOUND)
