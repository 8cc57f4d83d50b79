"""A launch on the CPU: rows of one format, divided into chunks of about equal work.

Native code runs the chunks on torch's own threads (``torch_parallel_for``), so that the process has
one thread pool and ``torch.set_num_threads`` applies.
"""

from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from adadelta_gen.cpu import kernels
from adadelta_gen.native import abi

# Elements per chunk: seven streams of 64 KiB in float32 fit into an L2 cache.
CHUNK = 1 << 14


class Launch:
    """The job of one launch.

    Args:
        device: the CPU.
        rows: int64 ``(n, ROW_WORDS)``, read at each run.
        parts: index and number of reals of each row of this launch.
        scalars: ``(7,)`` hyperparameters in the compute dtype, read at each run.
        words: int64 ``(LAUNCH_WORDS,)``, the launch's fields for native code.
    """

    capacity: int | None = None  # any number of rows
    takes_device_values = False

    def __init__(
        self,
        device: torch.device,
        rows: NDArray[np.int64],
        parts: Sequence[tuple[int, int]],
        scalars: NDArray[np.floating],
        words: NDArray[np.int64],
    ) -> None:
        self._segments, self._chunks = _cut(parts)
        self._rows, self._scalars, self._words = rows, scalars, words
        self._sums = array("d", bytes(8 * (len(self._segments) // abi.SEGMENT_WORDS)))
        self._job = array("q", bytes(8 * abi.JOB_WORDS))
        self._job[abi.ROWS] = address(rows)
        self._job[abi.SEGMENTS], _ = self._segments.buffer_info()
        self._job[abi.CHUNKS], _ = self._chunks.buffer_info()
        self._job[abi.N_CHUNKS] = len(self._chunks) - 1
        self._job[abi.SCALARS] = address(scalars)
        self._job[abi.SUMS], _ = self._sums.buffer_info()
        words[abi.L_JOB], _ = self._job.buffer_info()
        words[abi.L_N_CHUNKS] = len(self._chunks) - 1
        words[abi.L_WIDE] = scalars.dtype == np.float64

    def set_kernel(self, kernel: int) -> None:
        """Set the kernel by the address of its function."""
        self._words[abi.L_KERNEL] = kernel

    def set_scalars(self) -> None:
        """Use the current scalars; the grads are written back if inv_scale is not 1."""
        self._job[abi.UNSCALE] = int(self._scalars[abi.INV_SCALE] != 1)

    def set_device_values(
        self,
        lr: Tensor | None,
        grad_scale: Tensor | None,
        found_inf: Tensor | None,
        clip: Tensor | None,
    ) -> None:
        """Nothing: on the CPU all values are scalars."""

    def find_nonfinite(
        self, dtype: str, grads: Sequence[Tensor | None], found: NDArray[np.int64]
    ) -> None:
        """Make native calls set ``found``, int64 ``(n,)``, to 1 for rows with a non-finite grad."""
        self._words[abi.L_FINDER] = kernels.squares(dtype)
        self._job[abi.FOUND] = found.ctypes.data


def address(values: NDArray[Any]) -> int:
    """Return the address of an array; ``ctypes.data`` takes twice the time."""
    return int(values.__array_interface__["data"][0])


def _cut(parts: Sequence[tuple[int, int]]) -> "tuple[array[int], array[int]]":
    segments: list[int] = []
    chunks = [0]
    room = CHUNK
    for row, numel in parts:
        for first in range(0, max(numel, 1), CHUNK):
            n = min(CHUNK, numel - first)
            if n > room:
                chunks.append(len(segments) // abi.SEGMENT_WORDS)
                room = CHUNK
            segments += (row, first, n)
            room -= n
    chunks.append(len(segments) // abi.SEGMENT_WORDS)
    return array("q", segments), array("q", chunks)
