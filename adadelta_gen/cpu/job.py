"""The job of one native call on the CPU: rows of one dtype, cut into chunks of about equal work."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from adadelta_gen.cpu import native, tables
from adadelta_gen.cpu.launch import Kernel

# Elements a thread takes at a time: seven streams of 64 KiB in float32 stay inside an L2 cache.
CHUNK = 1 << 14


class Launch:
    """A job and how to run it.

    Args:
        device: the CPU.
        rows: int64 ``(n, ROW_WORDS)``, what ``table.py`` filled.
        parts: index and number of reals of each row of this launch.
        scalars: ``(6,)`` hyperparameters in the compute dtype.

    Rows and scalars may be rewritten between launches.
    """

    def __init__(
        self,
        device: torch.device,
        rows: NDArray[np.int64],
        parts: Sequence[tuple[int, int]],
        scalars: NDArray[np.floating],
    ) -> None:
        self._elements = sum(numel for _, numel in parts)
        self._segments, self._chunks = _cut(parts)
        self._alive = rows, scalars
        self._job = np.zeros(tables.JOB_WORDS, np.int64)
        self._job[tables.ROWS] = rows.ctypes.data
        self._job[tables.SEGMENTS] = self._segments.ctypes.data
        self._job[tables.CHUNKS] = self._chunks.ctypes.data
        self._job[tables.N_CHUNKS] = len(self._chunks) - 1
        self._job[tables.SCALARS] = scalars.ctypes.data
        self._address = self._job.ctypes.data

    def run(self, kernel: Kernel) -> None:
        """Run the kernel over all rows that have a grad; unscale these if the scalars say so."""
        self._job[tables.UNSCALE] = self._alive[1][-1] != 1
        self._run(kernel)

    def nonfinite(
        self, dtype: str, grads: Sequence[Tensor | None], found: NDArray[np.int64]
    ) -> None:
        """Set ``found``, int64 ``(n,)``, to 1 for the rows whose grad is not finite."""
        self._job[tables.FOUND] = found.ctypes.data
        self._run(_finder(dtype))

    def _run(self, kernel: Kernel) -> None:
        self._job[tables.NEXT_CHUNK] = 0
        kernel.run(self._address, len(self._chunks) - 1, self._elements)


@cache
def _finder(dtype: str) -> Kernel:
    return Kernel(native.nonfinite(dtype))


def _cut(parts: Sequence[tuple[int, int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
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
