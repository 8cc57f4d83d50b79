"""``make endurance`` in small: nothing grows, and the smallest leak is noticed."""

import pytest

from reliability import big
from reliability.child import run

# All of them in one process that does nothing else.
LEAKS = """
import ctypes, os, sys, threading, time
import torch
torch.set_num_threads(1)
sys.path.insert(0, sys.argv[1])
from reliability.endurance import KINDS, SCENARIOS, grown, measured

step = SCENARIOS["steps"].make(KINDS["ours"])
malloc = ctypes.CDLL(None).malloc
kept, cycles, count = [], 0, 0

def native(): malloc(8)
def python(): kept.append(object())
def cycle(): cycle = []; cycle.append(cycle)
def descriptor():
    global count
    count += 1
    if count % 500 == 0: os.dup(1)
def slower():
    global count
    count += 1
    for _ in range(count): pass

for leak in (None, native, python, cycle, descriptor, slower):
    count = 0
    def work():
        step()
        if leak: leak()
    found = grown(measured(work, 4000))
    print(leak and leak.__name__, [text.split()[0] for text in found], sep=":")
"""


def test_a_leak_of_a_few_bytes_is_noticed():
    tests = str(__file__).rsplit("/", 2)[0]
    found = dict(line.split(":") for line in run(LEAKS, tests).splitlines())
    assert found.pop("None") in ("[]", "['time']")  # other tests may disturb the time
    assert "'heap'" in found.pop("native")
    assert "'blocks'" in found.pop("python")
    assert "'garbage'" in found.pop("cycle")
    assert "'descriptors'" in found.pop("descriptor")
    assert "'time'" in found.pop("slower")
    assert not found


SMALL = """
import sys, threading
import torch
torch.set_num_threads(1)
sys.path.insert(0, sys.argv[1])
from reliability.endurance import KINDS, SCENARIOS, measured, grown
for name, count in (("errors", 2000), ("groups", 1000), ("threads", 1000), ("optimizers", 1000)):
    print(name, [text for text in grown(measured(SCENARIOS[name].make(KINDS["ours"]), count))
                 if not text.startswith("time")])
"""


def test_nothing_grows():
    """The time is measured by ``make endurance`` only: here other tests run at the same time."""
    tests = str(__file__).rsplit("/", 2)[0]
    grown = [line for line in run(SMALL, tests).splitlines() if not line.endswith("[]")]
    assert not grown


def test_an_array_has_pages_of_its_own_at_the_places_of_interest():
    if why := big.why_not():
        pytest.skip(why)
    elements = (1 << 26) + 123  # 256 MiB in 16 MiB, and no place in the middle
    arrays = big.Arrays(elements, big.torch.float32)
    expected = arrays.expected()
    optimizer = arrays.optimizer(fused=True)
    optimizer.step()
    arrays.check(expected)
    arrays.param.tensor[elements // 2] = 1
    with pytest.raises(AssertionError, match="outside the pieces"):
        arrays.check(expected)
    arrays.param.tensor[elements // 2] = 0
    arrays.param.tensor[-1] += 1
    with pytest.raises(AssertionError, match="not close"):
        arrays.check(expected)
    del optimizer
    arrays.free()
