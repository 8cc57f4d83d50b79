"""A launch on CUDA: the rows of one group, device and format, in a table passed by value.

The parameters of a kernel:
    table       CAPACITY rows of six int64: addresses of param, grad (0: do not update), square_avg
                and acc_delta; index of the first chunk << 40 | number of reals; dither of the first
                element times 2**32
    n_rows      int32, number of rows in use; a block finds its row by its chunk
    chunk_size  int64, reals that a block of THREADS updates; at most LARGEST_CHUNK
    found_inf_address   int64, device address of GradScaler's found_inf (float32), or 0; the kernel
                        does nothing if the value is nonzero (NaN is, -0.0 is not)
    grad_scale_address  int64, device address of the loss scale (float32), or 0: not scaled
    lr_address          int64, device address of lr, or 0: use the scalar
    clip_address        int64, device address of clip, or 0: use the scalar
    lr, rho, 1 - rho, eps, weight_decay, 1 / grad_scale, clip  scalars in the compute dtype;
                        1 / grad_scale is 1 if the grads are unscaled or the scale is at an address
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
        name: name of the variant.
        ptx: its PTX.

    Raises:
        RuntimeError: the driver refuses the PTX.
    """

    def __init__(self, name: str, ptx: str) -> None:
        self.function = driver.load(ptx, name)


class Launch:
    """The parameters of a launch; native code completes them and launches the kernel.

    Args:
        device: a CUDA device, with its index.
        rows: int64 ``(n, ROW_WORDS)``, read at each run.
        parts: index and number of reals of each row of this launch; CAPACITY at most.
        scalars: ``(7,)`` hyperparameters in the compute dtype, read at each run.
        words: int64 ``(LAUNCH_WORDS,)``, the launch's fields for native code.
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
        # The largest rows first, so that the blocks that run last are short.
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
        """Set the tensors that kernels read from device memory; None: they use the scalars.

        Kernels divide the grads by grad_scale, and do nothing if found_inf is nonzero. Does not
        synchronise; a captured graph reads the values at replay.
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
            # If a copy is needed, it is a new one at every step: a copy made during a capture is
            # in memory of the graph, and is written at every replay.
            value = self._alive[name] = value.to(self._device, dtype, non_blocking=True)
        self._pointed[name][0] = 0 if value is None else value.data_ptr()

    def find_nonfinite(
        self, dtype: str, grads: Sequence[Tensor | None], found: NDArray[np.int64]
    ) -> None:
        """Set ``found``, int64 ``(n,)``, to 1 for rows whose grad is not finite; synchronises."""
        given = [(row, grad) for row in self._own_rows if (grad := grads[row]) is not None]
        given = [(row, grad) for row, grad in given if grad.numel()]
        reals = [torch.view_as_real(g) if g.is_complex() else g for _, g in given]
        if reals:
            finite = torch.stack(torch._foreach_norm(reals, torch.inf)).isfinite().tolist()
            found[[row for (row, _), good in zip(given, finite, strict=True) if not good]] = 1


def chunk_size(elements: int, multiprocessors: int) -> int:
    """Return the reals per block: a power of two that gives each multiprocessor enough blocks."""
    wanted = elements // (multiprocessors * BLOCKS_PER_MULTIPROCESSOR)
    return min(max(1 << (wanted - 1).bit_length(), SMALLEST_CHUNK), LARGEST_CHUNK)
