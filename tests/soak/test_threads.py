"""Cases of the part ``threads`` of ``make soak``, and faults that it must notice."""

from pathlib import Path

import pytest
from reliability.child import run

from soak.parts import threads


@pytest.mark.parametrize(
    "thing",
    [
        *(threads.step_in_new_thread, threads.deepcopy, threads.load_state_dict),
        *(threads.replace_data, threads.clear_states),
    ],
)
def test_random_case(thing):
    seed = [other for other, _ in threads.THINGS].index(thing)
    assert threads.case(seed)[thing.__name__] == 1


NO_LOCK = """
import adadelta_gen.optimizer
from contextlib import nullcontext
class Lock:
    held = nullcontext()
adadelta_gen.optimizer.Lock = Lock
kind, thing, check = "large", threads.step, threads.exact
threads.STEPS = 60
"""
OPTIONS_SET_LATE = """
import time
from adadelta_gen import Adadelta
def set_late(self, state):
    old = self.param_groups
    super(Adadelta, self).__setstate__(state)
    time.sleep(0.001)
    for group, before in zip(self.param_groups, old):
        group |= {key: before[key] for key in ("nonfinite", "max_skips")}
    self._reset_plan()
Adadelta.__setstate__ = set_late
kind, thing, check = "skip", threads.load_state_dict, threads.consistent
"""


@pytest.mark.parametrize("fault", [NO_LOCK, OPTIONS_SET_LATE])
def test_a_fault_is_noticed(fault):
    script = f"""
import sys
sys.path.insert(0, sys.argv[1])
from random import Random
import torch
from soak.parts import threads
torch.set_num_threads(1)
{fault}
for seed in range(60):
    threads.run(threads.KINDS[kind], thing, check, Random(seed))
"""
    with pytest.raises(AssertionError, match=r"exit status (1\n(.|\n)*AssertionError|-)"):
        run(script, Path(__file__).parents[1])
