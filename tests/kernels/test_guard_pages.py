"""No kernel accesses anything outside its arrays, or writes what it only has to read."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from adadelta_gen.cpu.kernels import finder_text
from adadelta_gen.formats import DTYPES

pytest.importorskip("resource", reason="fork and mprotect need a POSIX system")

from kernels.guard_pages import INSIDE, OUTSIDE, READ_ONLY, SUMS_READ_ONLY

TESTS = Path(__file__).parent.parent
QEMU_SAYS = "qemu: uncaught target signal 11 (Segmentation fault)"
DIED = {signal.SIGSEGV, signal.SIGBUS}


@pytest.fixture(scope="module")
def statuses():
    """Return the exit statuses of all runs, by (kernel, run)."""
    # Since Python 3.12, a fork with other threads warns; these children only run a kernel.
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-m", "kernels.guard_pages"]
    done = subprocess.run(command, cwd=TESTS, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    # An emulator says of each child that it died.
    said = [line for line in done.stderr.splitlines() if not line.startswith(QEMU_SAYS)]
    assert not said
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    return {(kernel, run): int(status) for kernel, run, status in lines}


@pytest.mark.parametrize("run", INSIDE)
def test_kernels_access_nothing_outside_their_arrays(spec, statuses, run):
    assert statuses.get((spec.name, run)) == 0, statuses[spec.name, "inside"]


@pytest.mark.parametrize("run", OUTSIDE)
def test_an_access_one_element_outside_is_detected(spec, statuses, run):
    assert -statuses[spec.name, run] in DIED


@pytest.mark.parametrize("run", READ_ONLY)
def test_a_write_to_memory_that_may_only_be_read_is_detected(spec, statuses, run):
    assert -statuses[spec.name, run] in DIED


@pytest.mark.parametrize("dtype", DTYPES)
def test_sums_of_squares_read_nothing_outside_their_arrays(dtype, statuses):
    name = finder_text(dtype).name
    found = [statuses.get((name, run)) for run in INSIDE]
    assert found == [0] * len(INSIDE), statuses[name, "inside"]
    assert {-statuses[name, run] for run in OUTSIDE | SUMS_READ_ONLY} <= DIED
