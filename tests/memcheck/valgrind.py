"""Run a program under valgrind's memcheck."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from adadelta_gen.native import machine
from memcheck import libraries, log

TESTS = Path(__file__).resolve().parents[1]
VALGRIND = [
    *("valgrind", "--tool=memcheck", "--error-limit=no", "--num-callers=40", "--leak-check=no"),
    "--partial-loads-ok=no",  # report a vector load even if only its last bytes lie outside
    *("--redzone-size=128", "--freelist-vol=200000000"),  # bytes; freed memory is not used again
    "--fair-sched=try",
]


class Result(NamedTuple):
    """What ran, a failure of the program or an empty string, and the time."""

    cases: list[log.Case]
    failure: str
    seconds: float


def missing() -> str:
    """Return what this machine lacks, or an empty string."""
    if not machine.host().triple.startswith("x86_64") or not sys.platform.startswith("linux"):
        return "it runs on Linux on x86-64 only"
    if not machine.host().has("avx2"):
        return "the CPU has no AVX2"
    if not shutil.which("valgrind") or not libraries.compiler():
        return "valgrind or a C compiler is missing: apt-get install valgrind gcc libc6-dev"
    return ""


def under_valgrind(program: Sequence[str], lines: str, logs: Path) -> Result:
    """Run a program and read the logs of its processes.

    Args:
        program: the command.
        lines: its input.
        logs: folder for the logs, which is emptied first.
    """
    shutil.rmtree(logs, ignore_errors=True)
    logs.mkdir(parents=True)
    begin = time.monotonic()
    done = subprocess.run(
        [*VALGRIND, f"--log-file={logs}/%p", *program],
        input=lines,
        cwd=TESTS,
        # Python's own allocator would hide from valgrind where an object ends.
        env={**os.environ, "PYTHONMALLOC": "malloc"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    seconds = time.monotonic() - begin
    texts = [path.read_text(errors="replace") for path in sorted(logs.iterdir())]
    (logs / "output").write_text(done.stdout, encoding="utf-8")
    said = "\n".join(done.stdout.splitlines()[-20:])
    failure = f"exit status {done.returncode}\n{said}" if done.returncode else ""
    return Result([case for text in texts for case in log.read(text)], failure, seconds)
