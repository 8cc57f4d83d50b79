"""Run ``torchrun`` as from a shell; its ranks end with the test."""

import os
import subprocess
import sys


def run(*arguments: object, timeout: float = 240) -> subprocess.CompletedProcess[str]:
    """Run two ranks with one thread each, on a port of their own.

    The ranks are in their own sessions. On SIGTERM torchrun ends them, with SIGKILL after 30 s.
    """
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
    process = subprocess.Popen(
        [*command, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    try:
        output, errors = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.terminate()
        output, errors = process.communicate()
        raise AssertionError(f"no end after {timeout} s\n{output}\n{errors}") from None
    finally:
        process.terminate()  # has an effect only if the test was interrupted
        process.wait(60)
    return subprocess.CompletedProcess(process.args, process.returncode, output, errors)
