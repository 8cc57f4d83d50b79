"""CPU seconds that a new process spends on the import and on the first step."""

import subprocess
import sys
from statistics import median

REPEATS = 3

_CLOCK = """\
from time import process_time
{before}
start = process_time()
{timed}
print(process_time() - start)
"""
_PARAMETER = "import torch; p = torch.nn.Parameter(torch.ones(100000)); p.grad = torch.ones(100000)"

PROGRAMS = {
    "import adadelta_gen": ("", "import adadelta_gen"),
    "first step, adadelta_gen": (
        _PARAMETER,
        "from adadelta_gen import Adadelta\nAdadelta([p]).step()",
    ),
    "first step, torch Adadelta": (_PARAMETER, "torch.optim.Adadelta([p]).step()"),
}


def seconds(before: str, timed: str, repeats: int = REPEATS) -> float:
    """Return the median CPU time of a piece of code, over runs in new processes.

    Args:
        before: code that runs first, untimed.
        timed: the code to time.

    Raises:
        subprocess.CalledProcessError: the code failed; its error is on stderr.
    """
    command = [sys.executable, "-c", _CLOCK.format(before=before, timed=timed)]
    return median(
        float(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)
        for _ in range(repeats)
    )
