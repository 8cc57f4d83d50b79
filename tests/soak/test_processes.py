"""Cases of the part ``processes`` of ``make soak``, and a fault that it must notice."""

import os

import pytest

from soak.parts import processes


@pytest.mark.parametrize("seed", [8, 9, 19])
def test_random_case(seed):
    assert processes.case(seed)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform cannot fork")
def test_a_missing_fork_handler_is_noticed():
    """The child waits for threads that only its parent has."""
    fault = "os.register_at_fork = lambda **_: None\n"
    script = fault + processes.FORK.replace("alarm(150)", "alarm(5)")
    ended = processes.started(script, "large", "between steps", "fork", 0, "ours")
    with pytest.raises(AssertionError, match="AssertionError: 14"):
        processes.checked(ended, "large")
