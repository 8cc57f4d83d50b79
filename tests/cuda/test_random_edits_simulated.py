"""Random histories of edits on the simulated GPU; ``make soak`` runs more of them."""

import pytest
from soak.parts import simulated_gpu


@pytest.mark.parametrize("seed", range(20))
def test_random_edits(seed):
    assert sum(simulated_gpu.case(seed).values())
