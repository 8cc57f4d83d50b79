"""The rows of a table: what kernels read of each param, and what native code verifies before.

The only module that turns tensors into numbers, and it keeps every object whose address it has
written down. Where the memory of a tensor is, native code finds out by itself.
"""

from array import array
from collections.abc import Sequence
from math import prod
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from adadelta_gen.native import abi, shim
from adadelta_gen.native.dither import PER_ELEMENT
from adadelta_gen.shards import STATES
from adadelta_gen.step.kinds import Kind

STATE_KEYS = (*STATES, "step")
NO_STORAGE = [-1] * abi.TENSORS


class Written(NamedTuple):
    """The objects that a row was written for, whose ids and addresses its record holds."""

    param: Tensor
    averages: Sequence[Tensor]  # square_avg, acc_delta, step
    state: dict[str, Any] | None
    keys: Sequence[Any]
    arrays: Sequence[Any]


class Facts(NamedTuple):
    """What was found out about a param at one moment, and holds for its row or is refused.

    Args:
        dtype: of param and grad.
        shape: of param, grad and averages.
        strides: in which the kernel has them; without gaps.
    """

    dtype: torch.dtype
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    @property
    def reals(self) -> int:
        return prod(self.shape) * (2 if self.dtype.is_complex else 1)


class Phase(NamedTuple):
    """What the dither of a row starts from.

    Args:
        offset: which element of the whole parameter its first one is.
        counted: the steps that were taken so far, if they are counted on a GPU.
    """

    offset: int = 0
    counted: int = 0


NO_DITHER = Phase()


class Rows:
    """n rows.

    Attributes:
        rows: int64 ``(n, ROW_WORDS)``, what kernels read.
        records: int64 ``(n, RECORD_WORDS)``.
        written: the objects of each row, None for one without a state yet.
        kinds: of each row, None where no kernel takes the param.
        reals: number of reals of each row, -1 likewise.
        launches: of each row, the number of its launch in the table.
        counted_on_device: the counters that are on a GPU, by row; native code counts the others.
    """

    def __init__(self, n: int) -> None:
        self.rows = np.zeros((n, abi.ROW_WORDS), np.int64)
        self.records = np.zeros((n, abi.RECORD_WORDS), np.int64)
        self.written: list[Written | None] = [None] * n
        self.kinds: list[Kind | None] = [None] * n
        self.reals = [-1] * n
        self.launches = [0] * n
        self.counted_on_device: dict[int, Tensor] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def write(
        self,
        row: int,
        facts: Facts,
        param: Tensor,
        averages: Sequence[Tensor],
        state: dict[str, Any] | None,
        layouts: "array[int] | None" = None,
        arrays: Sequence[Any] = (),
        phase: Phase = NO_DITHER,
    ) -> None:
        """Write a row anew.

        Nothing is asked of the tensors, which may have changed since the facts were found out: it
        is the facts, and the launch of the row, that native code holds them to.

        Args:
            row: which.
            facts: of the param; of the kind and size that the row's launch is for.
            param: the param.
            averages: square_avg, acc_delta and step.
            state: the optimizer's dict of them, None if native code cannot look into it.
            layouts: where the tensors lie otherwise than the facts say, as ``abi.py`` has it.
            arrays: what the layouts point at.
            phase: what the dither of the row starts from.
        """
        kind = self.kinds[row]
        assert kind is not None
        square_avg, acc_delta, step = averages
        step_device, step_dtype = step.device.type, step.dtype
        state_dtype = (
            getattr(torch, kind.state_dtype) if kind.state_dtype != kind.dtype else facts.dtype
        )
        is_native = step_device == "cpu"
        if is_native:
            self.counted_on_device.pop(row, None)
        else:
            self.counted_on_device[row] = step
        dims = array("q", (*facts.shape, *facts.strides))
        own = {key: key for key in state or ()}
        keys = [own.get(key, key) for key in STATE_KEYS]
        device_type, device_index = shim.device_numbers(kind.device)
        record = self.records[row]
        self.forget(row)
        self.written[row] = Written(param, averages, state, keys, (dims, layouts, arrays))
        self.rows[row, : abi.DITHER] = 0
        record[abi.GRAD :] = (
            *(0, id(square_avg), id(acc_delta), id(step)),
            *NO_STORAGE,
            device_type,
            device_index,
            shim.dtype_number(facts.dtype),
            shim.dtype_number(state_dtype),
            shim.dtype_number(step_dtype) if is_native else abi.COUNTED_ELSEWHERE,
            facts.dtype.itemsize,
            state_dtype.itemsize,
            prod(facts.shape),
            len(facts.shape),
            dims.buffer_info()[0],
            0 if layouts is None else layouts.buffer_info()[0],
            self.launches[row],
            self.reals[row],
            0,
            0 if state is None else id(state),
            0,
            phase.offset * PER_ELEMENT % (1 << 32),
            phase.counted,
            *(id(keys[0]), 0, id(keys[1]), 0, id(keys[2]), 0),
        )
        record[abi.PARAM] = id(param)  # last: half a row must not verify

    def spans(self, rows: NDArray[np.int64], column: int) -> NDArray[np.int64]:
        """Elements from the first to the last one of a tensor of each of some rows."""
        spans: NDArray[np.int64] = self.records[rows, abi.R_NUMEL]
        for i in self.records[rows, abi.R_LAYOUTS].nonzero()[0]:
            written = self.written[rows[i]]
            if written is not None and (layouts := written.arrays[1]) is not None:
                spans[i] = layouts[abi.LAYOUT_WORDS * column + abi.LAYOUT_SPAN]
        return spans

    def forget(self, row: int) -> None:
        """Let a row verify for no param, so that it is looked at before it is updated."""
        self.records[row, : abi.TENSORS] = 0

    def is_written_for(self, row: int, tensors: Sequence[Any]) -> bool:
        """Whether a row was written for a param, its averages and its step."""
        written = self.written[row]
        return written is not None and all(
            a is b for a, b in zip((written.param, *written.averages), tensors, strict=True)
        )

    def take_over(self, old: "Rows", pairs: Sequence[tuple[int, int]]) -> None:
        """Copy rows of another table.

        Args:
            old: the rows of the other table.
            pairs: the number that a row had there, and the one that it has here.
        """
        if not pairs:
            return
        before, now = map(list, zip(*pairs, strict=True))
        self.rows[now] = old.rows[before]
        self.records[now] = old.records[before]
        self.records[now, abi.R_LAUNCH] = [self.launches[row] for row in now]
        self.records[now, abi.R_BOUNDED] = 0
        for a, b in pairs:
            self.written[b] = old.written[a]
            if a in old.counted_on_device:
                self.counted_on_device[b] = old.counted_on_device[a]
