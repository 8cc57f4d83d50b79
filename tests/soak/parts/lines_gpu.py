"""An edit at a line of a step, with parameters and gradients on a GPU."""

from soak.parts.histories_gpu import needs, prepare
from soak.parts.lines import case

__all__ = ["SHARE", "case", "needs", "prepare"]

SHARE = 2
