"""The histories with parameters and gradients on a GPU."""

from collections import Counter

import torch
from reliability import edits, moments

from soak.parts import histories

SHARE = 4


def needs() -> str:
    return "" if torch.cuda.is_available() else "needs a GPU"


def prepare() -> None:
    edits.DEVICE = "cuda"
    moments.prepare()


def case(seed: int) -> Counter[str]:
    words = histories.case(seed)
    torch.cuda.synchronize()  # an access outside a tensor is reported here
    return words
