"""No kernel reads or writes outside its arrays, where pages are inaccessible."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from adadelta_gen.cpu.kernels import finder_text
from adadelta_gen.formats import DTYPES

TESTS = Path(__file__).parent.parent
RUNS = [
    *("flush with the end", "flush with the beginning"),
    *("one past the end", "one before the beginning"),
]
QEMU_SAYS = "qemu: uncaught target signal 11 (Segmentation fault)"


@pytest.fixture(scope="module")
def statuses():
    """Return the exit statuses of all runs, by (kernel, run)."""
    pytest.importorskip("resource", reason="fork and mprotect need a POSIX system")
    # Since Python 3.12, a fork with other threads warns; these children only run a kernel.
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-m", "kernels.guard_pages"]
    done = subprocess.run(command, cwd=TESTS, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    # An emulator says of each child that it died.
    said = [line for line in done.stderr.splitlines() if not line.startswith(QEMU_SAYS)]
    assert not said
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    return {(kernel, run): int(status) for kernel, run, status in lines}


@pytest.mark.parametrize("run", RUNS[:2])
def test_kernels_access_nothing_outside_their_arrays(spec, statuses, run):
    assert statuses[spec.name, run] == 0


@pytest.mark.parametrize("run", RUNS[2:])
def test_an_access_one_element_outside_is_detected(spec, statuses, run):
    assert -statuses[spec.name, run] in (signal.SIGSEGV, signal.SIGBUS)


@pytest.mark.parametrize("dtype", DTYPES)
def test_sums_of_squares_read_nothing_outside_their_arrays(dtype, statuses):
    found = [statuses[finder_text(dtype).name, run] for run in RUNS]
    assert found[:2] == [0, 0]
    assert {-status for status in found[2:]} <= {signal.SIGSEGV, signal.SIGBUS}
