"""Jobs built by hand: the tables that a kernel reads, see ``native/abi.py``.

Independent of ``step/table.py``. A job keeps the objects alive that its tables point to.
"""

import ctypes
from collections.abc import Callable, Sequence

import numpy as np
import pytest
import torch

from adadelta_gen.native import abi, shim
from adadelta_gen.spec import KernelSpec
from adadelta_gen.step.numbers import Scalars, without_payload
from kernels.memory import Guarded, assert_same, bits
from kernels.reference import Hyper, State

Segment = tuple[int, int, int]  # row, first element, number of elements
DITHER = -0x123456789ABCDEF  # of the first element of a row; kernels read the low half
STEP = 7.0  # kernels do not write the step; native/step.py increments it

# A kernel, and torch_parallel_for. CFUNCTYPE releases the GIL.
LAUNCH = ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * 3)
PARALLEL_FOR = ctypes.CFUNCTYPE(ctypes.c_int32, *[ctypes.c_int64] * 5)


class Row:
    """One parameter: its arrays and its step in guarded memory, and a check of all of them.

    Args:
        state: initial values of the arrays.
        shifts: elements between a 64-byte boundary and the first element of each array.
        adjacent: place the arrays of a dtype side by side, with guards only around all of them.
        has_grad: False for a parameter without a grad.
        dither: dither of its first element.
    """

    def __init__(
        self,
        state: State,
        shifts: Sequence[int] = (0, 0, 0, 0),
        *,
        adjacent: bool = False,
        has_grad: bool = True,
        dither: int = DITHER,
    ) -> None:
        if adjacent:
            same = state.param.dtype is state.square_avg.dtype
            parts = [state] if same else [state[:2], state[2:]]
            self._memory = [Guarded(torch.cat(part), shifts[0]) for part in parts]
            n = state.param.numel()
            self.arrays = State(*(a for memory in self._memory for a in memory.values.split(n)))
        else:
            self._memory = [Guarded(*pair) for pair in zip(state, shifts, strict=True)]
            self.arrays = State(*(memory.values for memory in self._memory))
        self._step = Guarded(torch.tensor([STEP]))
        self.size = state.param.numel()
        self.addresses = [array.data_ptr() for array in self.arrays]
        # An empty tensor may have address 0, which for a grad means that there is none.
        self.addresses[1] = (self.addresses[1] or 1) if has_grad else 0
        self.addresses += [self._step.values.data_ptr(), dither]

    def assert_holds(self, expected: State) -> None:
        """Fail unless the arrays have these bits, and the step and all guards are unchanged."""
        for name, array, truth in zip(State._fields, self.arrays, expected, strict=True):
            assert_same(array, truth, name)
        assert self._step.values.item() == STEP, "the step was written"
        assert all(m.intact() for m in [*self._memory, self._step]), "a guard was written"

    def copy(self) -> State:
        """Return a copy of the arrays."""
        return State(*(array.clone() for array in self.arrays))


class Job:
    """The tables of one launch.

    Args:
        spec: the variant, which determines the compute dtype.
        rows: the parameters.
        hyper: the hyperparameters.
        chunks: the segments of every chunk (default: one chunk with one segment per row).
        place: returns a copy of a table in other memory, given its name and the table.

    Attributes:
        rows: int64 ``(n, ROW_WORDS)``.
        found, sums: int64 ``(n,)`` and float64 ``(segments,)``, results of ``squares.py``.
    """

    def __init__(
        self,
        spec: KernelSpec,
        rows: Sequence[Row],
        hyper: Hyper,
        chunks: Sequence[Sequence[Segment]] | None = None,
        place: Callable[[str, np.ndarray], np.ndarray] = lambda name, table: table,
    ) -> None:
        if chunks is None:
            chunks = [[(row, 0, rows[row].size) for row in range(len(rows))]]
        lr, rho, eps, *rest = hyper
        numbers = without_payload(Scalars(lr, rho, 1 - rho, eps, *rest))
        scalars = place("scalars", np.array(numbers, spec.compute_dtype))
        segments = np.array([segment for chunk in chunks for segment in chunk], np.int64)
        tables = [
            place("rows", np.array([row.addresses for row in rows], np.int64)),
            place("segments", segments),
            place("chunks", np.cumsum([0, *map(len, chunks)], dtype=np.int64)),
        ]
        self.found = np.zeros(len(rows), np.int64)
        self.sums = place("sums", np.full(sum(map(len, chunks)), -1.0))
        self._job = np.zeros(abi.JOB_WORDS, np.int64)
        for word, table in zip((abi.ROWS, abi.SEGMENTS, abi.CHUNKS), tables, strict=True):
            self._job[word] = table.ctypes.data
        self._job[abi.N_CHUNKS] = len(chunks)
        self._job[abi.SCALARS] = scalars.ctypes.data
        self._job[abi.UNSCALE] = hyper.inv_scale != 1
        self._job[abi.FOUND] = self.found.ctypes.data
        self._job[abi.SUMS] = self.sums.ctypes.data
        self.rows = tables[0]
        self._alive = rows, tables, scalars

    @property
    def address(self) -> int:
        """Return the address of the job, with all chunks still to run."""
        self._job[abi.NEXT_CHUNK] = 0
        return int(self._job.ctypes.data)

    def run(self, kernel: int, threads: int = 1) -> None:
        """Run the job once, as ``native/step.py`` does.

        Args:
            kernel: address of its launch function.
            threads: number of torch's threads that run the chunks; 1: the calling thread.
        """
        job = self.address
        if threads > 1:
            parallel_for = shim.threads().value
            if not parallel_for:
                pytest.skip("this torch has no torch_parallel_for")
            assert PARALLEL_FOR(parallel_for)(0, threads, 1, kernel, job) == 0
        LAUNCH(kernel)(0, 1, job)


def cut(sizes: Sequence[int], length: int) -> list[list[Segment]]:
    """Divide rows into chunks of ``length`` elements, which may span several rows."""
    chunks: list[list[Segment]] = [[]]
    room = length
    for row, size in enumerate(sizes):
        first, unplaced = 0, True
        while unplaced:
            n = min(room, size - first)
            chunks[-1].append((row, first, n))
            first, room = first + n, room - n
            unplaced = first < size
            if room == 0:
                chunks.append([])
                room = length
    return [chunk for chunk in chunks if chunk]


def assert_untouched(row: Row, before: State) -> None:
    """Fail if any bit of a row changed, including bits of NaNs."""
    for name, array, truth in zip(State._fields, row.arrays, before, strict=True):
        assert torch.equal(bits(array), bits(truth)), name
    row.assert_holds(before)
