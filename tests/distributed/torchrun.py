"""``torchrun`` as a shell starts it; its ranks do not outlive the test."""

import os
import subprocess
import sys


def run(*arguments: object, timeout: float = 240) -> subprocess.CompletedProcess[str]:
    """Run two ranks on a port of their own, a thread each.

    Its ranks are in sessions of their own. On SIGTERM it ends them, with SIGKILL after 30 s.
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
        process.terminate()  # in vain unless the test was interrupted
        process.wait(60)
    return subprocess.CompletedProcess(process.args, process.returncode, output, errors)
