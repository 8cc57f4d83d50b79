"""Run scripts in child processes: they may crash or hang, or need a fresh interpreter."""

import os
import subprocess
import sys
import textwrap

FLAGS = ("-X", "faulthandler", "-W", "error")
# Only what hangs takes as long, however busy the machine is; pytest ends a test after 300 s.
HANGS = 280
# How `make coverage` reaches children whose environment a test makes itself.
MEASURED = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}


def run(script: str, *arguments: object, timeout: float = HANGS, **environment: str) -> str:
    """Run a script and return its output; fail if it crashes, raises, or does not end."""
    process = subprocess.run(
        [
            sys.executable,
            "-X",
            "faulthandler",
            "-W",
            "error",
            "-c",
            textwrap.dedent(script),
            *map(str, arguments),
        ],
        capture_output=True,
        text=True,
        timeout=timeout,
        env={**os.environ, **environment},
        check=False,
    )
    assert process.returncode == 0, f"exit status {process.returncode}\n{process.stderr}"
    return process.stdout
