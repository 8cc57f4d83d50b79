"""The distance of float32 and float64 results from torch's, and of both from exact arithmetic.

Run: PYTHONPATH=tests python -m parity.distance [--seeds 8]
"""

import argparse
import copy
from typing import NamedTuple

import numpy as np
import torch
from torch.nn import Parameter

from adadelta_gen import Adadelta

DTYPES = (torch.float32, torch.float64)
N = 4096
NAMES = ("param", "square_avg", "acc_delta")


class Distance(NamedTuple):
    """The distance of N elements, in ulp.

    Args:
        others: fraction of the elements that are not equal bit by bit.
        worst, mean: in ulp of the largest value that a param had, or of the present average.
    """

    others: float
    worst: float
    mean: float


class Found(NamedTuple):
    """The distances between ours, torch's and exact results."""

    ours_from_torch: Distance
    ours_from_exact: Distance
    torch_from_exact: Distance


def measure(dtype: torch.dtype, steps: int, before: int = 0, seed: int = 0) -> dict[str, Found]:
    """Take steps with torch's defaults and grads of 1e-5 to 1e3, a magnitude for each element.

    Args:
        dtype: dtype of the params, float32 or float64.
        steps: number of steps by ours, torch's and exact arithmetic, from the same bits.
        before: number of steps by torch before that, from zero states.
        seed: seed of params and grads.
    """
    random = np.random.default_rng(seed)
    real = torch.empty(0, dtype=dtype).numpy().dtype
    sizes = 10 ** random.uniform(-5, 3, N)
    start = random.standard_normal(N).astype(real)

    def grad() -> torch.Tensor:
        return torch.from_numpy((random.standard_normal(N) * sizes).astype(real))

    theirs = Parameter(torch.from_numpy(start.copy()))
    torchs = torch.optim.Adadelta([theirs], foreach=False)
    for _ in range(before):
        theirs.grad = grad()
        torchs.step()
    ours = Parameter(theirs.detach().clone())
    own = Adadelta([{"params": [ours], "fused": True}])
    own.load_state_dict(copy.deepcopy(torchs.state_dict()))
    x, v, u = (_wide(tensor) for tensor in (theirs, *_states(torchs, theirs)))
    largest = np.abs(x)
    # The scalars as both round them to dtype, so that only the arithmetic differs.
    rho, rest, eps = (np.longdouble(real.type(number)) for number in (0.9, 1 - 0.9, 1e-6))
    for _ in range(steps):
        ours.grad = theirs.grad = grad()
        own.step()
        torchs.step()
        g = _wide(ours.grad)
        v = rho * v + rest * g**2
        delta = np.sqrt((u + eps) / (v + eps)) * g
        u = rho * u + rest * delta**2
        x = x - delta
        largest = np.maximum(largest, np.abs(x))
    found = {}
    for name, right, mine, its in zip(
        NAMES,
        (x, v, u),
        (ours, *_states(own, ours)),
        (theirs, *_states(torchs, theirs)),
        strict=True,
    ):
        size = largest if name == "param" else right
        ulp = np.spacing(size.astype(real)).astype(np.longdouble)
        mine, its = _wide(mine), _wide(its)
        pairs = (mine, its), (mine, right), (its, right)
        found[name] = Found(*(_distance(a, b, ulp) for a, b in pairs))
    return found


def _states(optimizer, param):
    state = optimizer.state.get(param) or {name: torch.zeros_like(param) for name in NAMES[1:]}
    return [state[name] for name in NAMES[1:]]


def _wide(tensor):
    return tensor.detach().numpy().astype(np.longdouble)


def _distance(a, b, ulp):
    off = np.abs(a - b) / ulp
    return Distance(float((a != b).mean()), float(off.max()), float(off.mean()))


def main() -> None:
    """Print the worst of several seeds, and means."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=8)
    seeds = parser.parse_args().seeds
    torch.set_num_threads(1)
    for dtype in DTYPES:
        for steps, before in ((1, 100), (1000, 0)):
            runs = [measure(dtype, steps, before, seed) for seed in range(seeds)]
            for name in NAMES:
                for what in Found._fields:
                    others, worst, mean = zip(
                        *(getattr(run[name], what) for run in runs), strict=True
                    )
                    print(
                        f"{dtype}, {steps:4} steps, {name:10} {what:16} "
                        f"others {np.mean(others):6.1%}, ulp: max {max(worst):.3g}, "
                        f"mean {np.mean(mean):.3g}"
                    )


if __name__ == "__main__":
    main()
