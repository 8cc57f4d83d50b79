"""The histories on a simulated GPU, which executes the PTX and checks each access to memory."""

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "cuda"))

from reliability import random_edits
from reliability.moments import prepare
from simulator import install

from adadelta_gen import registry

__all__ = ["SHARE", "case", "prepare"]

SHARE = 1


def case(seed: int) -> Counter[str]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        # Threads and finalizers can interrupt a simulated launch, which is Python code.
        where = tuple(
            where for where in random_edits.WHERE if where not in ("threads", "allocations")
        )
        monkeypatch.setattr(random_edits, "WHERE", where)
        simulator = install(monkeypatch)
        try:
            words = random_edits.Case(seed).run()
            simulator.check()
        finally:
            registry.load.cache_clear()
    return words
