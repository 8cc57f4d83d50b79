"""Random histories of edits, as ``reliability.random_edits`` makes them, on the simulated GPU."""

import pytest
from reliability.random_edits import Case
from reliability.soak import SOAK


@pytest.mark.parametrize("seed", range(600 if SOAK else 20))
def test_random_edits(simulator, seed):
    words = Case(seed).run()
    assert sum(words.values())
    simulator.check()
