"""Random histories of edits of ``reliability.random_edits`` on the simulated GPU."""

import pytest
from reliability import random_edits
from reliability.soak import SOAK


@pytest.mark.parametrize("seed", range(600 if SOAK else 20))
def test_random_edits(simulator, seed, monkeypatch):
    # A simulated launch runs Python code, which other threads can interrupt; a real one cannot be.
    where = tuple(where for where in random_edits.WHERE if where != "threads")
    monkeypatch.setattr(random_edits, "WHERE", where)
    words = random_edits.Case(seed).run()
    assert sum(words.values())
    simulator.check()
