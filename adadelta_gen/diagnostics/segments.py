"""Means and quantiles of many runs of numbers that lie in one array, one after the other."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Segments:
    """Runs of one array ``(n,)``.

    Args:
        sizes: int64 ``(k,)``, of the runs; each above 0, n in all.
    """

    def __init__(self, sizes: Ints) -> None:
        self.sizes = sizes
        self.ends = sizes.cumsum()
        self.begins = self.ends - sizes

    def means(self, values: NDArray[Any]) -> Floats:
        """Return the mean of each run, ``(k,)``."""
        sums: Floats = np.add.reduceat(values, self.begins, dtype=np.float64)
        return sums / self.sizes

    def sort(self, values: Floats) -> None:
        """Sort each run in place; NaNs come last."""
        for begin, end in zip(self.begins.tolist(), self.ends.tolist(), strict=True):
            values[begin:end].sort()

    def quantile(self, values: Floats, q: float) -> Floats:
        """Return a quantile of each run, ``(k,)``, interpolated as ``numpy.quantile`` does.

        Args:
            values: sorted by runs.
            q: in [0, 1].
        """
        position = q * (self.sizes - 1)
        low = position.astype(np.int64)
        lower = values[self.begins + low]
        upper = values[self.begins + np.minimum(low + 1, self.sizes - 1)]
        # Where both are infinite, their difference is NaN.
        between: Floats = lower + (position - low) * (upper - lower)
        return np.where(lower == upper, lower, between)


def weighted_quantiles(values: Floats, weights: Floats, qs: tuple[float, ...]) -> list[float]:
    """Return quantiles of numbers that stand for several each.

    A number lies in the middle of its weight; with equal weights it is ``numpy.quantile``.

    Args:
        values: ``(n,)``, n above 0.
        weights: ``(n,)``, above 0.
        qs: in [0, 1].
    """
    order = np.argsort(values, kind="stable")  # which merges runs that are sorted already
    values, weights = values[order], weights[order]
    middles = weights.cumsum() - weights / 2
    first, last = middles[0], middles[-1]
    quantiles: list[float] = np.interp(
        [first + q * (last - first) for q in qs], middles, values
    ).tolist()
    return quantiles
