"""Launches: all rows of a device and dtype, as many at a time as a table that goes by value holds.

The parameters of a kernel:
    table       CAPACITY rows of six int64: addresses of param, grad (0: none, the tensor is left
                alone), square_avg, acc_delta; the first chunk << 40 | the number of reals; the key
                of the row's random bits
    n_rows      int32, how many of them count; a block finds its own by its chunk
    chunk_size  int64, reals that a block updates
    found_inf_address   int64, where a float32 is that says by not being 0 to do nothing, or 0
    grad_scale_address  int64, where a float32 is by which the grads are to be divided, or 0
    lr_address          int64, where lr is in the device's memory, or 0: it is the next parameter
    lr, rho, 1 - rho, eps, weight_decay, 1  in the compute dtype
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from adadelta_gen.cpu.tables import GRAD, KEY, STEP
from adadelta_gen.cuda import driver
from adadelta_gen.cuda.build import CAPACITY, ROW_WORDS

EXTENT = 4  # the word of a row that says where its chunks begin and how long it is
NUMEL_BITS = 40
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
    """The launches for all rows of one device and dtype.

    Args:
        device: a CUDA device, with its index.
        rows: int64 ``(n, ROW_WORDS)``, what ``table.py`` filled.
        parts: index and number of reals of each row of this launch.
        scalars: ``(6,)`` hyperparameters in the compute dtype.

    The grads' column of the rows and the scalars may be rewritten between launches.
    """

    def __init__(
        self,
        device: torch.device,
        rows: NDArray[np.int64],
        parts: Sequence[tuple[int, int]],
        scalars: NDArray[np.floating],
    ) -> None:
        self._device = device
        self._rows = [row for row, _ in parts]
        self._scalars = scalars
        self._alive: dict[str, Tensor] = {}
        # The largest first: what is left at the end is then small work for many blocks.
        filled = sorted((part for part in parts if part[1]), key=lambda part: -part[1])
        size = chunk_size(sum(numel for _, numel in filled), driver.multiprocessors(device.index))
        self._tables = [
            _Table(rows, filled[first : first + CAPACITY], size, scalars)
            for first in range(0, len(filled), CAPACITY)
        ]

    def set_lr(self, lr: Tensor | None) -> None:
        """Let kernels read lr where it is in device memory, or None: take the scalar again.

        A captured graph then takes the value that is there when it is replayed.
        """
        dtype = torch.float64 if self._scalars.dtype == np.float64 else torch.float32
        self._point("lr", lr, dtype)

    def set_scaling(self, grad_scale: Tensor | None, found_inf: Tensor | None) -> None:
        """Let kernels divide the grads by grad_scale, and do nothing where found_inf is not 0.

        They read both where they are in device memory, so that nobody waits for the device.
        """
        self._point("grad_scale", grad_scale, torch.float32)
        self._point("found_inf", found_inf, torch.float32)

    def _point(self, name: str, value: Tensor | None, dtype: torch.dtype) -> None:
        if value is None:
            self._alive.pop(name, None)
        else:
            # A copy, where one is needed, is a new one at every step: made during a capture, it is
            # in memory that belongs to the graph, which will write it at every replay.
            value = self._alive[name] = value.to(self._device, dtype, non_blocking=True)
        for table in self._tables:
            table.pointed[name][0] = 0 if value is None else value.data_ptr()

    def run(self, kernel: Kernel) -> None:
        """Launch on torch's current stream."""
        index = self._device.index
        stream = torch.cuda.current_stream(index).cuda_stream
        for table in self._tables:
            table.refresh()
            driver.launch(kernel.function, index, stream, table.blocks, table.parameters)

    def nonfinite(
        self, dtype: str, grads: Sequence[Tensor | None], found: NDArray[np.int64]
    ) -> None:
        """Set ``found``, int64 ``(n,)``, to 1 for the rows whose grad is not finite.

        Waits for the device.
        """
        given = [(row, grad) for row in self._rows if (grad := grads[row]) is not None]
        given = [(row, grad) for row, grad in given if grad.numel()]
        reals = [torch.view_as_real(g) if g.is_complex() else g for _, g in given]
        if reals:
            finite = torch.stack(torch._foreach_norm(reals, torch.inf)).isfinite().tolist()
            found[[row for (row, _), good in zip(given, finite, strict=True) if not good]] = 1


def chunk_size(elements: int, multiprocessors: int) -> int:
    """Reals that a block updates: a power of two that gives every multiprocessor enough blocks."""
    wanted = max(elements // (multiprocessors * BLOCKS_PER_MULTIPROCESSOR), 1)
    return min(max(1 << (wanted - 1).bit_length(), SMALLEST_CHUNK), LARGEST_CHUNK)


class _Table:
    """The parameters of one launch.

    Attributes:
        blocks: how many blocks to launch.
        parameters: address of the array of pointers to the parameters.
        pointed: int64 ``(1,)`` each, where in device memory a scalar is, or 0.
    """

    def __init__(
        self,
        rows: NDArray[np.int64],
        parts: Sequence[tuple[int, int]],
        chunk_size: int,
        scalars: NDArray[np.floating],
    ) -> None:
        indices = np.array([row for row, _ in parts])
        self._words = np.zeros((CAPACITY, ROW_WORDS), np.int64)
        self._words[: len(parts), :STEP] = rows[indices, :STEP]
        self._grads = self._words[: len(parts), GRAD]
        self._keys = self._words[: len(parts), KEY]
        self._all_grads, self._all_keys, self._indices = rows[:, GRAD], rows[:, KEY], indices
        self.blocks = 0
        for words, (_, numel) in zip(self._words, parts, strict=False):
            words[EXTENT] = self.blocks << NUMEL_BITS | numel
            self.blocks += -(-numel // chunk_size)
        self._n_rows = np.array([len(parts)], np.int32)
        self._chunk_size = np.array([chunk_size], np.int64)
        self.pointed = {name: np.zeros(1, np.int64) for name in ("found_inf", "grad_scale", "lr")}
        self._scalars = scalars
        arrays: list[NDArray[Any]] = [
            self._words,
            self._n_rows,
            self._chunk_size,
            *self.pointed.values(),
            *(scalars[i:] for i in range(len(scalars))),
        ]
        self._pointers = np.array([array.ctypes.data for array in arrays], np.uint64)
        self.parameters = self._pointers.ctypes.data

    def refresh(self) -> None:
        """Take the grads and the keys that are in the rows now."""
        self._grads[:] = self._all_grads[self._indices]
        self._keys[:] = self._all_keys[self._indices]
