"""The rows of a table: the addresses that kernels read, and the facts that native code verifies.

Only this module turns tensors into numbers. It keeps a reference to every object whose address it
stores. Native code reads the data addresses of the tensors itself.
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
    """The objects whose ids and addresses are in the record of a row."""

    param: Tensor
    averages: Sequence[Tensor]  # square_avg, acc_delta, step
    state: dict[str, Any] | None
    keys: Sequence[Any]
    arrays: Sequence[Any]


class Facts(NamedTuple):
    """Dtype, shape and strides of a param, read once; native code verifies them at each call.

    Args:
        dtype: dtype of param and grad.
        shape: shape of param, grad and averages.
        strides: strides, without gaps, of all arrays of the kernel.
    """

    dtype: torch.dtype
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    @property
    def reals(self) -> int:
        return prod(self.shape) * (2 if self.dtype.is_complex else 1)


class Phase(NamedTuple):
    """Start of the dither of a row.

    Args:
        offset: index of its first element in the whole parameter.
        counted: number of steps taken so far if ``step`` is on a GPU, else 0.
    """

    offset: int = 0
    counted: int = 0


NO_DITHER = Phase()


class Rows:
    """The n rows of a table.

    Attributes:
        rows: int64 ``(n, ROW_WORDS)``, read by kernels.
        records: int64 ``(n, RECORD_WORDS)``, verified by native code.
        written: objects of each row; None without a state yet.
        kinds: kind of each row; None if no kernel takes the param.
        reals: number of reals of each row; -1 if no kernel takes the param.
        launches: index of each row's launch in the table.
        counted_on_device: ``step`` tensors on a GPU, by row; native code increments the others.
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
        """Write a row.

        Uses the facts only and reads nothing from the tensors, which may have changed since. Native
        code compares the tensors with the facts and with the row's launch.

        Args:
            row: index of the row.
            facts: facts of the param, matching the kind and size of the row's launch.
            param: the param.
            averages: square_avg, acc_delta and step.
            state: the optimizer's dict that holds them; None if native code cannot read it.
            layouts: layouts of tensors whose strides differ from the facts, see ``abi.py``.
            arrays: objects that the layouts point to.
            phase: start of the row's dither.
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
        own = {key: key for key in list(state or ())}  # a list: the dict may change meanwhile
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
        record[abi.PARAM] = id(param)  # last: a row that is half written must not verify

    def spans(self, rows: NDArray[np.int64], column: int) -> NDArray[np.int64]:
        """Return the spans, in elements, of the tensors of a column in these rows."""
        spans: NDArray[np.int64] = self.records[rows, abi.R_NUMEL]
        for i in self.records[rows, abi.R_LAYOUTS].nonzero()[0]:
            written = self.written[rows[i]]
            assert written is not None
            layouts = written.arrays[1]
            spans[i] = layouts[abi.LAYOUT_WORDS * column + abi.LAYOUT_SPAN]
        return spans

    def forget(self, row: int) -> None:
        """Make the row fail verification, so that it is examined before the next update."""
        self.records[row, : abi.TENSORS] = 0

    def is_written_for(self, row: int, tensors: Sequence[Any]) -> bool:
        """Whether a row was written for these tensors: param, square_avg, acc_delta, step."""
        written = self.written[row]
        return written is not None and all(
            a is b for a, b in zip((written.param, *written.averages), tensors, strict=True)
        )

    def take_over(self, old: "Rows", pairs: Sequence[tuple[int, int]]) -> None:
        """Copy the records of another table; native code reads the addresses again.

        Args:
            old: rows of the other table.
            pairs: index of a row there, and its index here.
        """
        if not pairs:
            return
        before, now = map(list, zip(*pairs, strict=True))
        self.records[now] = old.records[before]
        self.records[now, abi.R_LAUNCH] = [self.launches[row] for row in now]
        for a, b in pairs:
            self.written[b] = old.written[a]
            if a in old.counted_on_device:
                self.counted_on_device[b] = old.counted_on_device[a]
