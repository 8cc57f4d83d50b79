"""A few hundred random histories; ``python -m reliability.random_edits N`` takes N."""

from pathlib import Path

import pytest

from reliability.child import run
from reliability.soak import SOAK

TESTS = str(Path(__file__).parent.parent)
BLOCK = 60


@pytest.mark.parametrize("block", range(40 if SOAK else 2))
def test_random_histories_of_edits_equal_torchs(block):
    run(
        """
        import sys
        sys.path.insert(0, sys.argv[1])
        from reliability.random_edits import cases
        words = cases(int(sys.argv[2]), int(sys.argv[3]))
        assert words["as torch's"] and words["as torch's, after"], words
        """,
        *(TESTS, block * BLOCK, BLOCK),
    )
