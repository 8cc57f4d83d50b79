"""The tensors of a param group -> proved, kept-alive address tables. The one unsafe place.

The only module that turns tensors into addresses. A plan is made from what ``examine.py`` proved in
Python, holds a reference to all that its tables point at, and proves every tensor again, natively,
before each launch (``cpu/recheck.py``): at that price it can be kept from step to step.
"""

import ctypes
from collections import Counter
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
from adadelta_gen.cpu.launch import Kernel
from adadelta_gen.examine import (
    KERNEL,
    KERNEL_DTYPES,
    SHARED,
    STATES,
    Row,
    examine,
    examine_one,
    is_dense,
    same_layout,
    span,
)
from adadelta_gen.table import RowAddresses, Table

KEYS = {tables.SQUARE_AVG: "square_avg", tables.ACC_DELTA: "acc_delta", tables.STEP: "step"}
OPTIONS = ("fused", "foreach", "differentiable", "capturable")
Scalars = tuple[float, float, float, float, float]  # lr, rho, 1 - rho, eps, weight_decay


class Plan:
    """What one step of one param group runs, and the proof that it may.

    Args:
        group_index: position of the group, for error messages.
        group: the param group of n parameters.
        grads: n grads, or None; what has a grad must have a state.
        states: n states, empty for a parameter that never had a grad.

    Attributes:
        others: the rows that torch updates, or a kernel over copies.

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
        self._options = [group[option] for option in OPTIONS]
        self._size = len(grads)
        examined = examine(group_index, group, grads, states)
        self._idle = [row.index for row in examined if not row.state]
        self.others = [
            replace(row, grad=None)  # a plan outlives the grads it was made from
            for row in examined
            if row.state and row.route is not KERNEL
        ]
        rows = [row for row in examined if row.state and row.route is KERNEL]
        self._indices = None if len(rows) == self._size else [row.index for row in rows]
        self._params = [row.param for row in rows]
        self._states = [row.state for row in rows]
        self._written = [[row.state[key] for key in KEYS.values()] for row in rows]  # kept alive
        steps = [row.state["step"] for row in rows]
        uses = Counter(step.data_ptr() for step in steps)
        step_addresses = [_native_step(step, uses[step.data_ptr()]) for step in steps]
        self._foreign_steps = [(i, step) for i, step in enumerate(steps) if not step_addresses[i]]
        # Elsewhere a lazy grad has other strides than its param: imag() of a tensor steps by two.
        self._maybe_lazy = [
            i for i, row in enumerate(rows) if row.param.is_complex() or row.param.numel() == 1
        ]
        self._table = Table(
            [
                _addresses(row.param, None, [row.state[key] for key in STATES], step)
                for row, step in zip(rows, step_addresses, strict=True)
            ]
        )
        self._records, self._dims = _records(rows)
        self._hints = _hints(self._written)
        self._request = _request(
            self._states, self._records, self._dims, self._table.rows, self._hints
        )
        self._request_address = self._request.ctypes.data
        self._recheck = _recheck() if rows else None
        self._kernels: list[Kernel] = []
        self._flags: tuple[bool, bool] | None = None
        self._scalars: Scalars | None = None
        self._alive: tuple[list[Tensor], list[Tensor | None]] = [], []
        self._active = 0

    def holds(self, group: dict[str, Any], grads: list[Tensor | None]) -> bool:
        """Prove that the plan fits the tensors as they are now; if not, it must be made anew.

        Raises:
            RuntimeError: as ``examine``, for parameters that a kernel alone does not update.
        """
        params = group["params"]
        if len(grads) != self._size or [group[option] for option in OPTIONS] != self._options:
            return False
        if any(grads[i] is not None for i in self._idle):
            return False
        for row in self.others:
            param, grad = params[row.index], grads[row.index]
            if param is not row.param:
                return False
            route = examine_one(row.label, group, param, grad, row.state)
            if route != row.route and row.route is not SHARED:
                return False
        return self._recheck is None or self._rows_hold(params, grads)

    def _rows_hold(self, params: list[Tensor], grads: list[Tensor | None]) -> bool:
        # The lists are what native code reads; they own what the table points at while a step runs.
        if self._indices is None:
            self._alive = list(params), grads
        else:
            self._alive = [params[i] for i in self._indices], [grads[i] for i in self._indices]
        params, grads = self._alive
        for i in self._maybe_lazy:
            grad = grads[i]
            if isinstance(grad, Tensor) and (grad.is_conj() or grad.is_neg()):
                return False
        self._request[: tables.STATES_AT] = id(params), id(grads)
        assert self._recheck is not None
        self._active = self._recheck(self._request_address)
        return self._active >= 0

    def prepare(
        self, kernel_for: Callable[[str], Kernel], flags: tuple[bool, bool], scalars: Scalars
    ) -> None:
        """Get ready to run, so that nothing is left that could fail once tensors are written.

        Args:
            kernel_for: the kernel of a storage dtype.
            flags: maximize and whether there is weight decay; they select the kernels.
            scalars: the hyperparameters.

        Raises:
            RuntimeError: a hyperparameter overflows the compute dtype.
        """
        if flags != self._flags:
            self._kernels = [kernel_for(launch.dtype) for launch in self._table.launches]
            self._flags = flags
        if scalars != self._scalars:
            for launch in self._table.launches:
                launch.set_scalars(*scalars)
            self._scalars = scalars

    def run(self) -> None:
        """Update all parameters that a kernel updates in place; ``holds`` must just have held."""
        if self._active > 0:
            for launch, kernel in zip(self._table.launches, self._kernels, strict=True):
                launch.run(kernel)
            self._after_launch()
        self.release()

    def release(self) -> None:
        """Let go of the grads that ``holds`` proved."""
        self._alive = [], []

    def _after_launch(self) -> None:
        params: Sequence[Tensor] = self._params
        steps = self._foreign_steps
        if self._active < len(params):
            has_grad = self._table.rows[:, tables.GRAD] != 0
            params = list(compress(params, has_grad))
            steps = [(i, step) for i, step in steps if has_grad[i]]
        _settle()(self._request_address, 1.0)
        if not shim.bump_version():
            torch.autograd.graph.increment_version(params)
        if steps:
            torch._foreach_add_([step for _, step in steps], 1)


def run_over_copies(
    rows: Sequence[Row], kernel_for: Callable[[str], Kernel], scalars: Scalars
) -> None:
    """Update parameters whose tensors differ in layout: dense copies in, one launch, copies out.

    Args:
        rows: with a grad and a state each, just examined.
        kernel_for: the kernel of a storage dtype.
        scalars: the hyperparameters.
    """
    copies = [_dense_copies(row) for row in rows]
    table = Table([_addresses(param, grad, states, 0) for param, grad, *states in copies])
    for launch in table.launches:
        launch.set_scalars(*scalars)
        launch.run(kernel_for(launch.dtype))
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
    target = torch.empty_strided(tensor.shape, strides, dtype=tensor.dtype)
    if same_layout(tensor, target) and not (tensor.is_conj() or tensor.is_neg()):
        return tensor
    return target.copy_(tensor)


def _addresses(
    param: Tensor, grad: Tensor | None, states: Sequence[Tensor], step: int
) -> RowAddresses:
    square_avg, acc_delta = states
    return RowAddresses(
        KERNEL_DTYPES[param.dtype],
        param.numel() * (2 if param.is_complex() else 1),
        param.data_ptr(),
        # A grad without elements has no address; 0 would mean that there is no grad.
        0 if grad is None else max(grad.data_ptr(), 1),
        square_avg.data_ptr(),
        acc_delta.data_ptr(),
        step,
    )


def _native_step(step: Tensor, count: int) -> int:
    """The address of a counter that the kernel's launch may increment, else 0."""
    native_kind = step.dtype is torch.float32 and step.device.type == "cpu"
    if count == 1 and type(step) is Tensor and native_kind and step.layout is torch.strided:
        return step.data_ptr() if step.untyped_storage().nbytes() >= 4 else 0
    return 0


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
