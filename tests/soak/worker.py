"""Run cases of one part until the time is up; started by ``soak.__main__`` as a process of its own.

A part is a module with

* a docstring; its first line is shown in the report,
* ``SHARE``: its share of the time of all parts,
* optionally ``CASES``: how many cases a process runs at most; the next one goes on after the last
  of them, so that one case after the other is run. Otherwise a process runs until its time is up,
* ``case(seed)``: runs the case of this number and returns its outcomes, a word or a ``Counter`` of
  words; raises an error if the outcome is not an allowed one,
* optionally ``prepare()``, called once in each process, and ``needs()``, which returns why the part
  cannot run here, or "".

After each case, a line of JSON with its outcomes is printed, and one more at the end. A process
that ends without that one has failed in the case after the last line.
"""

import faulthandler
import importlib
import json
import os
import signal
import sys
import time
import traceback
from collections import Counter

HANGS = 300  # seconds; a case takes less than 20 on a quiet machine


def main(name: str, first: int, seconds: float, most: int) -> int:
    """Run the cases from ``first`` on, at least one, and return the exit status."""
    end = time.monotonic() + seconds
    # A shell may have made this process ignore the signal, and its children would too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # Output of a case must not look like the outcomes.
    lines = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    part = importlib.import_module(name)
    if why := getattr(part, "needs", str)():
        print(json.dumps({"end": why}), file=lines)
        return 0
    getattr(part, "prepare", tuple)()
    seed = first
    while seed == first or (time.monotonic() < end and seed < first + most):
        faulthandler.dump_traceback_later(HANGS, exit=True)
        try:
            outcome = part.case(seed)
        except Exception:
            print(json.dumps({"seed": seed, "fault": traceback.format_exc()}), file=lines)
            return 1
        words = Counter([outcome]) if isinstance(outcome, str) else outcome
        print(json.dumps({"seed": seed, "outcomes": words}), file=lines)
        seed += 1
    faulthandler.cancel_dump_traceback_later()
    print(json.dumps({"end": ""}), file=lines)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])))
