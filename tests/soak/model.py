"""A model whose training is the same in every process, and a digest of all its bits."""

import hashlib
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import torch

KEYS = ("step", "square_avg", "acc_delta")
# Steps of the large one release the GIL, and run on several threads.
SIZES = {"small": (5, 1000, 3), "large": (1 << 18, 5)}


def set_grads(params: Sequence[Any]) -> None:
    dice = np.random.default_rng(1)
    for p in params:
        p.grad = torch.from_numpy(dice.standard_normal(len(p), np.float32))


def made(size: str, kind: str = "ours") -> tuple[list[Any], Any]:
    """Return params, and the optimizer of this package or ("torch") torch's."""
    dice = np.random.default_rng(0)
    # By NumPy: a forked child waits for ever for the threads of torch's large operations.
    params = [
        torch.nn.Parameter(torch.from_numpy(dice.standard_normal(n, np.float32)))
        for n in SIZES[size]
    ]
    set_grads(params)
    if kind == "torch":
        return params, torch.optim.Adadelta(params)
    from adadelta_gen import Adadelta  # not at the top: a process may fork before

    return params, Adadelta(params)


def digest(params: Sequence[Any], optimizer: Any) -> str:
    """Return the step counter and a hash of the params and averages."""
    state = hashlib.sha256()
    counters = set()
    for p in params:
        own = optimizer.state.get(p, {})
        tensors = [p, *(own[key] for key in KEYS[1:] if key in own)]
        for tensor in tensors:
            state.update(tensor.detach().numpy().tobytes())
        counters.add(int(own["step"]) if "step" in own else 0)
    return f"{'/'.join(map(str, sorted(counters)))} {state.hexdigest()[:16]}"


def digests(size: str, counts: Collection[int]) -> dict[int, str]:
    """Return what ``digest`` gives after these numbers of steps in one process."""
    params, optimizer = made(size)
    found = {}
    for count in range(max(counts, default=0) + 1):
        if count:
            optimizer.step()
        if count in counts:
            found[count] = digest(params, optimizer)
    return found


def train(params: Sequence[Any], optimizer: Any, pipe: Any) -> None:
    """Take two steps in a spawned process, and send the digest; a process gets no grads."""
    torch.set_num_threads(2)
    set_grads(params)
    optimizer.step()
    optimizer.step()
    pipe.send(digest(params, optimizer))
