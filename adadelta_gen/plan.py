"""The tensors of a param group -> proved, kept-alive address tables. The one unsafe place.

The only module that turns tensors into addresses. A plan is made from what ``examine.py`` proved in
Python, holds a reference to all that its tables point at, and proves every tensor again, natively,
before each launch (``cpu/recheck.py``): at that price it can be kept from step to step.
"""

import ctypes
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from itertools import compress
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from adadelta_gen.cpu import native, shim, tables
from adadelta_gen.examine import (
    KERNEL,
    KERNEL_DTYPES,
    SHARED,
    STATES,
    Row,
    examine,
    examine_one,
    has_layout,
    is_dense,
    is_plain,
    span,
)
from adadelta_gen.table import RowAddresses, Scalars, Table, round_scalars

KEYS = {tables.SQUARE_AVG: "square_avg", tables.ACC_DELTA: "acc_delta", tables.STEP: "step"}
OPTIONS = ("fused", "foreach", "differentiable", "capturable")
Kind = tuple[str, str]  # target and storage dtype
Kernels = dict[Kind, Any]


class Plan:
    """What one step of one param group runs, and the proof that it may.

    Args:
        group_index: position of the group, for error messages.
        group: the param group of n parameters.
        grads: n grads, or None; what has a grad must have a state.
        states: n states, empty for a parameter that never had a grad.

    Raises:
        RuntimeError: as ``examine``.
    """

    def __init__(
        self,
        group_index: int,
        group: dict[str, Any],
        grads: Sequence[Tensor | None],
        states: Sequence[dict[str, Any]],
    ) -> None:
        self._options = [group.get(option) for option in OPTIONS]
        self._size = len(grads)
        rows = examine(group_index, group, grads, states)
        planned = [row for row in rows if row.state and row.route.by != "nothing"]
        self._unplanned = {row.index for row in rows} - {row.index for row in planned}
        in_place = [row for row in planned if row.route is KERNEL]
        self._in_place = _InPlace(in_place, self._size) if in_place else None
        self._others = [
            (replace(row, grad=None), _places(row))  # a plan outlives the grads it was made from
            for row in planned
            if row.route is not KERNEL
        ]
        self._kinds = {_kind(row.param) for row in planned if row.route.by != "torch"}
        self._kernels: Kernels = {}
        self._flags: tuple[bool, bool] | None = None
        self._scalars: Scalars | None = None
        self._lr: Tensor | None = None
        self._grads: Sequence[Tensor | None] = ()

    def holds(self, group: dict[str, Any], grads: list[Tensor | None]) -> bool:
        """Prove that the plan fits the tensors as they are now; if not, it must be made anew.

        Raises:
            RuntimeError: as ``examine``, for parameters that a kernel alone does not update.
        """
        params = group["params"]
        if len(grads) != self._size or [group.get(option) for option in OPTIONS] != self._options:
            return False
        if any(grads[i] is not None for i in self._unplanned):
            return False
        for row, places in self._others:
            if params[row.index] is not row.param:
                return False
            grad = grads[row.index]
            if grad is not None and not _holds_other(row, places, group, grad):
                return False
        self._grads = grads
        return self._in_place is None or self._in_place.holds(params, grads)

    def prepare(
        self,
        kernel_for: Callable[[Kind], Any],
        flags: tuple[bool, bool],
        scalars: Scalars,
        lr: Tensor | None,
    ) -> None:
        """Get ready to run, so that nothing is left that could fail once tensors are written.

        Args:
            kernel_for: the kernel of a target and storage dtype.
            flags: maximize and whether there is weight decay; they select the kernels.
            scalars: the hyperparameters.
            lr: where kernels on another device than the CPU find it, instead of in the scalars.

        Raises:
            RuntimeError: a hyperparameter overflows the compute dtype.
        """
        if flags != self._flags:
            self._kernels = {kind: kernel_for(kind) for kind in self._kinds}
            self._flags = flags
        if scalars != self._scalars:
            rounded = {dtype: round_scalars(dtype, scalars) for _, dtype in self._kinds}
            if self._in_place is not None:
                self._in_place.table.set_scalars(rounded)
            self._scalars = scalars
        if self._in_place is not None and (lr is not None or self._lr is not None):
            self._in_place.table.set_lr(lr)
        self._lr = lr

    def run(self) -> None:
        """Update what kernels update; ``holds`` and ``prepare`` must just have succeeded."""
        if self._in_place is not None:
            self._in_place.run(self._kernels)
        if rows := self._others_by("copies"):
            assert self._scalars is not None
            _run_over_copies(rows, self._kernels, self._scalars, self._lr)

    def rows_for_torch(self) -> list[Row]:
        """Return the rows with a grad that are left to torch."""
        return self._others_by("torch")

    def release(self) -> None:
        """Let go of the grads that ``holds`` proved."""
        self._grads = ()
        if self._in_place is not None:
            self._in_place.release()

    def _others_by(self, by: str) -> list[Row]:
        return [
            replace(row, grad=self._grads[row.index])
            for row, _ in self._others
            if row.route.by == by and self._grads[row.index] is not None
        ]


def _kind(param: Tensor) -> Kind:
    return param.device.type, KERNEL_DTYPES[param.dtype]


def _places(row: Row) -> list[int]:
    """Where the tensors are that a row writes, so far as it matters who else writes there."""
    if row.route.by != "copies" and row.route is not SHARED:
        return []
    return [tensor.data_ptr() for tensor in (row.param, *(row.state[key] for key in STATES))]


def _holds_other(row: Row, places: list[int], group: dict[str, Any], grad: Tensor) -> bool:
    if not row.state:
        return False
    route = examine_one(row.label, group, row.param, grad, row.state)
    if row.route.by == "torch" and group.get("fused"):
        return False
    return (route == row.route or row.route is SHARED) and _places(row) == places


class _InPlace:
    """The rows that a kernel updates where they are, and their native proof.

    Args:
        rows: each with a state.
        size: number of parameters of the group.
    """

    def __init__(self, rows: Sequence[Row], size: int) -> None:
        self._indices = None if len(rows) == size else [row.index for row in rows]
        self._states = [row.state for row in rows]
        self._written = [[row.state[key] for key in KEYS.values()] for row in rows]  # kept alive
        # A native step is counted by settle.py, any other one by torch.
        native_steps = [_native_step(row.state["step"]) for row in rows]
        self._foreign_steps = [
            (i, row.state["step"]) for i, row in enumerate(rows) if not native_steps[i]
        ]
        # Native code does not see that a tensor is lazy. A lazy conjugate is complex; a lazy
        # negative is imag() of one, of which only a single element has the strides of a param.
        self._complex = [i for i, row in enumerate(rows) if row.param.is_complex()]
        self._single = [i for i, row in enumerate(rows) if row.param.numel() == 1]
        self.table = Table(
            [
                _addresses(row.param, None, [row.state[key] for key in STATES], step)
                for row, step in zip(rows, native_steps, strict=True)
            ]
        )
        self._records, self._dims = _records(rows)
        self._hints = _hints(self._written)
        self._request = _request(
            self._states, self._records, self._dims, self.table.rows, self._hints
        )
        self._request_address = self._request.ctypes.data
        self._recheck = _recheck()
        self._settle = _settle()
        self._alive: tuple[list[Tensor], list[Tensor | None]] = [], []
        self._active = 0

    def holds(self, params: list[Tensor], grads: list[Tensor | None]) -> bool:
        """Prove every row natively and write the addresses of the grads into the table."""
        # The lists are what native code reads; they own what the table points at while a step runs.
        if self._indices is None:
            self._alive = list(params), grads
        else:
            self._alive = [params[i] for i in self._indices], [grads[i] for i in self._indices]
        params, grads = self._alive
        if any(_is_lazy(params[i], grads[i], self._states[i]) for i in self._complex):
            return False
        for i in self._single:
            grad = grads[i]
            if grad is not None and grad.is_neg():
                return False
        self._request[tables.PARAMS_AT] = id(params)
        self._request[tables.GRADS_AT] = id(grads)
        self._active = self._recheck(self._request_address)
        return self._active >= 0

    def run(self, kernels: Kernels) -> None:
        if not self._active:
            return
        for (device, dtype), launch in self.table.launches.items():
            launch.run(kernels[device.type, dtype])
        self._settle(self._request_address, 1.0)
        if self._foreign_steps or not shim.bump_version():
            self._settle_by_torch()

    def _settle_by_torch(self) -> None:
        has_grad = self.table.rows[:, tables.GRAD] != 0
        if not shim.bump_version():
            torch.autograd.graph.increment_version([*compress(self._alive[0], has_grad)])
        if steps := [step for i, step in self._foreign_steps if has_grad[i]]:
            torch._foreach_add_(steps, 1)

    def release(self) -> None:
        self._alive = [], []


def _run_over_copies(
    rows: Sequence[Row], kernels: Kernels, scalars: Scalars, lr: Tensor | None
) -> None:
    """Update parameters whose tensors differ in layout: dense copies in, one launch, copies out."""
    copies = [_dense_copies(row) for row in rows]
    table = Table([_addresses(param, grad, states, 0) for param, grad, *states in copies])
    table.set_scalars({dtype: round_scalars(dtype, scalars) for _, dtype in table.launches})
    table.set_lr(lr)
    for (device, dtype), launch in table.launches.items():
        launch.run(kernels[device.type, dtype])
    for row, (param, _, *states) in zip(rows, copies, strict=True):
        originals = (row.param, *(row.state[key] for key in STATES))
        for original, copy in zip(originals, (param, *states), strict=True):
            if original is not copy:
                original.copy_(copy)
        if row.param is param:
            torch.autograd.graph.increment_version(param)
    torch._foreach_add_([row.state["step"] for row in rows], 1)


def _dense_copies(row: Row) -> list[Tensor]:
    strides = row.param.stride() if is_dense(row.param) else None
    if strides is None:
        strides = torch.empty(row.param.shape, device="meta").stride()
    tensors = []
    for tensor in (row.param, row.grad, *(row.state[key] for key in STATES)):
        assert tensor is not None
        tensors.append(_laid_out(tensor, strides))
    return tensors


def _laid_out(tensor: Tensor, strides: tuple[int, ...]) -> Tensor:
    if has_layout(tensor, strides) and not (tensor.is_conj() or tensor.is_neg()):
        return tensor
    # Not empty_like: it keeps the strides. The device is named, for a default device may be set.
    copy = torch.empty_strided(tensor.shape, strides, dtype=tensor.dtype, device=tensor.device)
    return copy.copy_(tensor)


def _addresses(
    param: Tensor, grad: Tensor | None, states: Sequence[Tensor], step: int
) -> RowAddresses:
    square_avg, acc_delta = states
    return RowAddresses(
        param.device,
        KERNEL_DTYPES[param.dtype],
        param.numel() * (2 if param.is_complex() else 1),
        param.data_ptr(),
        # A grad without elements has no address; 0 would mean that there is no grad.
        0 if grad is None else max(grad.data_ptr(), 1),
        square_avg.data_ptr(),
        acc_delta.data_ptr(),
        step,
    )


def _is_lazy(param: Tensor, grad: Tensor | None, state: dict[str, Any]) -> bool:
    tensors = (param, grad, *state.values())
    return any(isinstance(t, Tensor) and (t.is_conj() or t.is_neg()) for t in tensors)


def _native_step(step: Tensor) -> int:
    """The address of a counter that native code may increment, else 0."""
    return step.data_ptr() if is_plain(step) and step.dtype is torch.float32 else 0


def _records(rows: Sequence[Row]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Write down what was proved of each row, as native code will ask for it again."""
    offset = shim.handle_offset()
    records = np.zeros((len(rows), tables.RECORD_WORDS), np.int64)
    dims: list[int] = []
    for record, row in zip(records, rows, strict=True):
        param = row.param
        written = {tables.PARAM: param} | {column: row.state[key] for column, key in KEYS.items()}
        for column, tensor in written.items():
            if offset is None or not shim.has_handle(tensor, offset):
                raise RuntimeError(f"unexpected Python object of a tensor of {row.label}")
            record[column] = id(tensor)
            record[tables.RECORD_STORAGES + column] = tensor.untyped_storage().nbytes()
        for word, getter in (
            (tables.RECORD_LAYOUT, tables.LAYOUT),
            (tables.RECORD_DEVICE_TYPE, tables.DEVICE_TYPE),
            (tables.RECORD_DEVICE_INDEX, tables.DEVICE_INDEX),
            (tables.RECORD_DTYPE, tables.DTYPE),
        ):
            record[word] = shim.ask(param, getter, ctypes.c_int32)
        record[tables.RECORD_ITEMSIZE] = param.element_size()
        record[tables.RECORD_NDIM] = param.ndim
        record[tables.RECORD_DIMS] = len(dims)
        record[tables.RECORD_SPAN] = span(param) * param.element_size()
        dims += [*param.shape, *param.stride()]
    return records, np.array(dims, np.int64)


def _hints(written: Sequence[Sequence[Tensor]]) -> NDArray[np.int64]:
    """The cache lines that the C shim will read of each tensor's state."""
    return np.array(
        [
            [
                line
                for tensor in tensors
                for line in (
                    id(tensor),
                    *(tensor._cdata + 64 * i for i in range(4)),
                    tensor.untyped_storage()._cdata,
                )
            ]
            for tensors in written
        ],
        np.int64,
    )


def _request(
    states: list[dict[str, Any]],
    records: NDArray[np.int64],
    dims: NDArray[np.int64],
    rows: NDArray[np.int64],
    hints: NDArray[np.int64],
) -> NDArray[np.int64]:
    request = np.zeros(tables.REQUEST_WORDS, np.int64)
    request[tables.STATES_AT] = id(states)
    request[tables.HINTS_AT] = hints.ctypes.data
    request[tables.RECORDS_AT] = records.ctypes.data
    request[tables.DIMS_AT] = dims.ctypes.data
    request[tables.ROWS_AT] = rows.ctypes.data
    request[tables.N_ROWS_AT] = len(rows)
    request[tables.NONE_AT] = id(None)
    request[tables.TYPES_AT : tables.TYPES_AT + 2] = [id(Tensor), id(torch.nn.Parameter)]
    for column, key in KEYS.items():
        request[tables.KEYS_AT + column] = id(key)
    for word, function in (
        (tables.LIST_ITEM_AT, ctypes.pythonapi.PyList_GetItem),
        (tables.DICT_ITEM_AT, ctypes.pythonapi.PyDict_GetItemWithError),
    ):
        request[word] = ctypes.cast(function, ctypes.c_void_p).value or 0
    request[tables.BUMP_AT] = shim.bump_version()
    request[tables.TYPE_OFFSET_AT] = shim.type_offset() or 0
    request[tables.HANDLE_OFFSET_AT] = shim.handle_offset() or 0
    request[tables.GETTERS_AT :] = np.array(shim.getters(), np.int64)
    return request


@cache
def _recheck() -> Callable[[int], int]:
    # PYFUNCTYPE keeps the GIL: nobody else may touch the tensors meanwhile.
    return ctypes.PYFUNCTYPE(ctypes.c_int64, ctypes.c_int64)(native.recheck())


@cache
def _settle() -> Callable[[int, float], None]:
    return ctypes.PYFUNCTYPE(None, ctypes.c_int64, ctypes.c_float)(native.settle())
