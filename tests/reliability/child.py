"""Run scripts in child processes: they may crash or hang, or need a fresh interpreter."""

import os
import subprocess
import sys
import textwrap

FLAGS = ("-X", "faulthandler", "-W", "error")


def run(script: str, *arguments: object, timeout: float = 120, **environment: str) -> str:
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
