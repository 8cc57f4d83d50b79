"""Address tables for native code: rows, and per dtype the segments and chunks of one launch.

Numbers only; what the addresses point at is proved and kept alive by ``plan.py``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from adadelta_gen.cpu.launch import Kernel
from adadelta_gen.cpu.tables import JOB_WORDS, NEXT_CHUNK, ROW_WORDS

# Elements a thread takes at a time: seven streams of 64 KiB in float32 stay inside an L2 cache.
CHUNK = 1 << 14


class Scalars(NamedTuple):
    """The hyperparameters of a step, in the order in which kernels take them."""

    lr: float
    rho: float
    one_minus_rho: float
    eps: float
    weight_decay: float


@dataclass(frozen=True)
class RowAddresses:
    """Where the tensors of one parameter are; grad 0: none, step 0: not counted natively."""

    dtype: str
    numel: int
    param: int
    grad: int
    square_avg: int
    acc_delta: int
    step: int


class Table:
    """The rows of n parameters and one launch for each of their dtypes.

    Attributes:
        rows: int64 ``(n, ROW_WORDS)``; the grads' column may be rewritten between launches.
        launches: one a dtype.
    """

    def __init__(self, rows: Sequence[RowAddresses]) -> None:
        self.rows = np.array(
            [(r.param, r.grad, r.square_avg, r.acc_delta, r.step) for r in rows], np.int64
        ).reshape(len(rows), ROW_WORDS)
        numels: dict[str, list[tuple[int, int]]] = {}
        for index, row in enumerate(rows):
            numels.setdefault(row.dtype, []).append((index, row.numel))
        self.launches = [Launch(dtype, self.rows, parts) for dtype, parts in numels.items()]


class Launch:
    """The job of one native call: all rows of one dtype, cut into chunks of about equal work.

    Args:
        dtype: storage dtype of the rows.
        rows: the table's rows.
        parts: index and number of elements of each row of this dtype.
    """

    def __init__(self, dtype: str, rows: NDArray[np.int64], parts: list[tuple[int, int]]) -> None:
        self.dtype = dtype
        self._elements = sum(numel for _, numel in parts)
        self._scalars = np.zeros(len(Scalars._fields), _compute_dtype(dtype))
        self._segments, self._chunks = _cut(parts)
        self._rows = rows
        self._job = np.zeros(JOB_WORDS, np.int64)
        self._job[:] = (
            rows.ctypes.data,
            self._segments.ctypes.data,
            self._chunks.ctypes.data,
            len(self._chunks) - 1,
            0,
            self._scalars.ctypes.data,
        )
        self._address = self._job.ctypes.data

    def set_scalars(self, rounded: NDArray[np.floating]) -> None:
        """Take hyperparameters that ``round_scalars`` rounded for this dtype."""
        self._scalars[:] = rounded

    def run(self, kernel: Kernel) -> None:
        """Run the kernel over all rows that have a grad."""
        self._job[NEXT_CHUNK] = 0
        kernel.run(self._address, len(self._chunks) - 1, self._elements)


def round_scalars(dtype: str, scalars: Scalars) -> NDArray[np.floating]:
    """Round hyperparameters to the compute dtype of a storage dtype, once each; NaN has no payload.

    Raises:
        RuntimeError: a finite value is too large for it (torch's words).
    """
    compute = _compute_dtype(dtype)
    limit = float(np.finfo(compute).max)
    if any(limit < abs(value) < float("inf") for value in scalars):
        raise RuntimeError("value cannot be converted to type float without overflow")
    return np.array([value if value == value else np.nan for value in scalars], compute)


def _compute_dtype(dtype: str) -> type[np.float32 | np.float64]:
    return np.float64 if dtype == "float64" else np.float32


def _cut(parts: list[tuple[int, int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    segments: list[tuple[int, int, int]] = []
    chunks = [0]
    room = CHUNK
    for row, numel in parts:
        for first in range(0, max(numel, 1), CHUNK):
            n = min(CHUNK, numel - first)
            if n > room:
                chunks.append(len(segments))
                room = CHUNK
            segments.append((row, first, n))
            room -= n
    chunks.append(len(segments))
    return np.array(segments, np.int64), np.array(chunks, np.int64)
