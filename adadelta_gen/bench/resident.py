"""Growth of the peak resident memory of a process during a step, for any allocator.

The step runs in a child process: ``python -m adadelta_gen.bench.resident RIVAL CASE DTYPE``.
"""

import os
import subprocess
import sys
from pathlib import Path

_STATUS, _CLEAR_REFS = Path("/proc/self/status"), Path("/proc/self/clear_refs")

# Freed memory returns to the kernel at once, so that a step cannot reuse memory of the first step.
_NOTHING_KEPT = {"MALLOC_TRIM_THRESHOLD_": "0", "MALLOC_MMAP_THRESHOLD_": "65536"}


def peak_growth_bytes(rival: str, case: str, dtype: str) -> int | None:
    """Return the bytes by which one step raises the peak resident memory; None if unavailable.

    Raises:
        subprocess.CalledProcessError: the child failed; its error is on stderr.
    """
    if not (_STATUS.exists() and os.access(_CLEAR_REFS, os.W_OK)):
        return None
    command = [sys.executable, "-m", __name__, rival, case, dtype]
    child = subprocess.run(
        command, env=os.environ | _NOTHING_KEPT, stdout=subprocess.PIPE, text=True, check=True
    )
    return int(child.stdout)


def _measure(name: str, case: str, dtype: str) -> int:
    from adadelta_gen.bench.cases import CASES
    from adadelta_gen.bench.rivals import parameters, rival

    step = rival(name, parameters({c.name: c for c in CASES}[case], dtype)).step
    step()
    _CLEAR_REFS.write_text("5", encoding="utf-8")  # reset the peak, see proc(5)
    before = _status("VmRSS")
    step()
    return _status("VmHWM") - before


def _status(key: str) -> int:
    for line in _STATUS.read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(":")
        if name == key:
            return int(value.removesuffix("kB")) * 1024
    raise KeyError(f"{_STATUS} has no {key}")


if __name__ == "__main__":
    print(_measure(*sys.argv[1:]))
