"""Means and quantiles of consecutive segments of one array."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Segments:
    """Consecutive segments of an array ``(n,)``.

    Args:
        sizes: int64 ``(k,)``, sizes of the segments, positive, with sum n.
    """

    def __init__(self, sizes: Ints) -> None:
        self.sizes = sizes
        self.ends = sizes.cumsum()
        self.begins = self.ends - sizes

    def means(self, values: NDArray[Any]) -> Floats:
        """Return the mean of each segment, ``(k,)``."""
        sums: Floats = np.add.reduceat(values, self.begins, dtype=np.float64)
        return sums / self.sizes

    def sort(self, values: Floats) -> None:
        """Sort each segment in place; NaNs come last."""
        for begin, end in zip(self.begins.tolist(), self.ends.tolist(), strict=True):
            values[begin:end].sort()

    def quantile(self, values: Floats, q: float) -> Floats:
        """Return a quantile of each segment, ``(k,)``, interpolated as by ``numpy.quantile``.

        Args:
            values: ``(n,)``, sorted by ``sort``.
            q: in [0, 1].
        """
        position = q * (self.sizes - 1)
        low = position.astype(np.int64)
        lower = values[self.begins + low]
        upper = values[self.begins + np.minimum(low + 1, self.sizes - 1)]
        # The difference of two infinities is NaN.
        between: Floats = lower + (position - low) * (upper - lower)
        return np.where(lower == upper, lower, between)


def weighted_quantiles(values: Floats, weights: Floats, qs: tuple[float, ...]) -> list[float]:
    """Return weighted quantiles; with equal weights, those of ``numpy.quantile``.

    Args:
        values: ``(n,)``, n positive.
        weights: ``(n,)``, positive.
        qs: in [0, 1].
    """
    order = np.argsort(values, kind="stable")  # fast for values that consist of sorted segments
    values, weights = values[order], weights[order]
    middles = weights.cumsum() - weights / 2
    first, last = middles[0], middles[-1]
    quantiles: list[float] = np.interp(
        [first + q * (last - first) for q in qs], middles, values
    ).tolist()
    return quantiles
