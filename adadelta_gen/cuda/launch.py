"""A launch on CUDA: the rows of a group, device and format, in a table that goes by value.

The parameters of a kernel:
    table       CAPACITY rows of six int64: addresses of param, grad (0: none, the tensor is left
                alone), square_avg, acc_delta; the first chunk << 40 | the number of reals; the key
                of the row's random bits
    n_rows      int32, how many of them count; a block finds its own by its chunk
    chunk_size  int64, reals that a block of THREADS updates; at most LARGEST_CHUNK
    found_inf_address   int64, device address of a float32, or 0; another number than 0 there, which
                        -0.0 is not and NaN is, skips the step
    grad_scale_address  int64, device address of the float32 to divide the grads by, or 0
    lr_address          int64, device address of lr, or 0: it is the first of the numbers
    clip_address        int64, device address of clip, or 0: it is the last of them
    lr, rho, 1 - rho, eps, weight_decay, 1 / grad_scale, clip  in the compute dtype; 1 / grad_scale
                        is 1 where the grads are not scaled, or their scale is at an address
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from adadelta_gen.cuda import driver
from adadelta_gen.cuda.table import CAPACITY, EXTENT, NUMEL_BITS, THREADS
from adadelta_gen.native import abi

SMALLEST_CHUNK, LARGEST_CHUNK = 1 << 11, 1 << 15
BLOCKS_PER_MULTIPROCESSOR = 32


class Kernel:
    """A loaded kernel.

    Args:
        name: of the variant.
        ptx: its code.

    Raises:
        RuntimeError: the driver refuses the code.
    """

    def __init__(self, name: str, ptx: str) -> None:
        self.function = driver.load(ptx, name)


class Launch:
    """The parameters of a launch, which native code completes and hands to the driver.

    Args:
        device: a CUDA device, with its index.
        rows: int64 ``(n, ROW_WORDS)``, read at each run.
        parts: index and number of reals of each row of this launch; CAPACITY at most.
        scalars: ``(7,)`` hyperparameters in the compute dtype, read at each run.
        words: int64 ``(LAUNCH_WORDS,)``, what native code reads of the launch.
    """

    capacity: int | None = CAPACITY
    takes_device_values = True

    def __init__(
        self,
        device: torch.device,
        rows: NDArray[np.int64],
        parts: Sequence[tuple[int, int]],
        scalars: NDArray[np.floating],
        words: NDArray[np.int64],
    ) -> None:
        self._device = device
        self._own_rows = [row for row, _ in parts]
        self._scalars, self._words = scalars, words
        self._alive: dict[str, Tensor] = {}
        # The largest first: what is left at the end is then small work for many blocks.
        filled = sorted((part for part in parts if part[1]), key=lambda part: -part[1])
        size = chunk_size(sum(numel for _, numel in filled), driver.multiprocessors(device.index))
        self._table = np.zeros((CAPACITY, abi.ROW_WORDS), np.int64)
        self._indices = np.array([row for row, _ in filled], np.int64)
        blocks = 0
        for row, (_, numel) in zip(self._table, filled, strict=False):
            row[EXTENT] = blocks << NUMEL_BITS | numel
            blocks += -(-numel // size)
        self._n_rows = np.array([len(filled)], np.int32)
        self._chunk_size = np.array([size], np.int64)
        names = "found_inf", "grad_scale", "lr", "clip"
        self._pointed = {name: np.zeros(1, np.int64) for name in names}
        arrays: list[NDArray[Any]] = [
            self._table,
            self._n_rows,
            self._chunk_size,
            *self._pointed.values(),
            *(scalars[i:] for i in range(len(scalars))),
        ]
        self._parameters = np.array([array.ctypes.data for array in arrays], np.uint64)
        launch, push, pop = driver.functions()
        words[abi.L_CUDA], words[abi.L_PUSH_CONTEXT], words[abi.L_POP_CONTEXT] = launch, push, pop
        words[abi.L_CONTEXT] = driver.context(device.index)
        words[abi.L_STREAM], words[abi.L_DEVICE] = driver.stream_getter(), device.index
        words[abi.L_BLOCKS], words[abi.L_THREADS] = blocks, THREADS
        words[abi.L_PARAMETERS] = self._parameters.ctypes.data
        words[abi.L_TABLE] = self._table.ctypes.data
        words[abi.L_INDICES] = self._indices.ctypes.data
        words[abi.L_N_INDICES] = len(filled)

    def set_kernel(self, kernel: Kernel) -> None:
        self._words[abi.L_KERNEL] = kernel.function

    def set_scalars(self) -> None:
        """Nothing: the parameters point at the scalars."""

    def set_device_values(
        self,
        lr: Tensor | None,
        grad_scale: Tensor | None,
        found_inf: Tensor | None,
        clip: Tensor | None,
    ) -> None:
        """Let kernels read lr and clip in device memory, divide the grads by grad_scale, and do
        nothing where found_inf is not 0; None: they take the scalars.

        Nobody waits for the device, and a captured graph takes the values that are there when it
        is replayed.
        """
        wide = torch.float64 if self._scalars.dtype == np.float64 else torch.float32
        self._point("lr", lr, wide)
        self._point("clip", clip, wide)
        self._point("grad_scale", grad_scale, torch.float32)
        self._point("found_inf", found_inf, torch.float32)

    def _point(self, name: str, value: Tensor | None, dtype: torch.dtype) -> None:
        if value is None:
            self._alive.pop(name, None)
        else:
            # A copy, where one is needed, is a new one at every step: made during a capture, it is
            # in memory that belongs to the graph, which will write it at every replay.
            value = self._alive[name] = value.to(self._device, dtype, non_blocking=True)
        self._pointed[name][0] = 0 if value is None else value.data_ptr()

    def find_nonfinite(
        self, dtype: str, grads: Sequence[Tensor | None], found: NDArray[np.int64]
    ) -> None:
        """Set ``found``, int64 ``(n,)``, to 1 for the rows whose grad is not finite.

        Waits for the device.
        """
        given = [(row, grad) for row in self._own_rows if (grad := grads[row]) is not None]
        given = [(row, grad) for row, grad in given if grad.numel()]
        reals = [torch.view_as_real(g) if g.is_complex() else g for _, g in given]
        if reals:
            finite = torch.stack(torch._foreach_norm(reals, torch.inf)).isfinite().tolist()
            found[[row for (row, _), good in zip(given, finite, strict=True) if not good]] = 1


def chunk_size(elements: int, multiprocessors: int) -> int:
    """Reals that a block updates: a power of two that gives every multiprocessor enough blocks."""
    wanted = max(elements // (multiprocessors * BLOCKS_PER_MULTIPROCESSOR), 1)
    return min(max(1 << (wanted - 1).bit_length(), SMALLEST_CHUNK), LARGEST_CHUNK)
