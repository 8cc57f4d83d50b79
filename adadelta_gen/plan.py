"""The tensors of a param group -> proved, kept-alive address tables. The one unsafe place.

The only module that turns tensors into addresses. A plan is made from what ``examine.py`` proved in
Python, holds a reference to all that its tables point at, and proves every tensor again, natively,
before each launch (``cpu/recheck.py``): at that price it can be kept from step to step.
"""

import ctypes
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import cache
from itertools import compress
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from adadelta_gen.cpu import native, shim, tables
from adadelta_gen.examine import (
    KERNEL,
    KERNEL_DTYPES,
    SHARED,
    Row,
    examine,
    examine_one,
    has_layout,
    has_wide_state,
    is_dense,
    is_plain,
    span,
)
from adadelta_gen.shards import STATES, Locals, is_dtensor, is_finite, origin
from adadelta_gen.stochastic import row_keys
from adadelta_gen.table import RowAddresses, Scalars, Storage, Table, round_scalars

KEYS = {tables.SQUARE_AVG: "square_avg", tables.ACC_DELTA: "acc_delta", tables.STEP: "step"}
OPTIONS = ("fused", "foreach", "differentiable", "capturable", "state_dtype", "stochastic_rounding")
ONE = ctypes.c_float(1.0)
Kind = tuple[str, Storage]  # target and storage
Kernels = dict[Kind, Any]


class Settings(NamedTuple):
    """What a step takes beside tensors.

    Args:
        scalars: the hyperparameters.
        seed: of the random bits, where kernels draw some.
        lr: where kernels on another device than the CPU find it, instead of in the scalars.
        grad_scale: where they find what the grads are multiplied by, likewise.
        found_inf: where they find whether there is nothing to do.
    """

    scalars: Scalars
    seed: int | None = None
    lr: Tensor | None = None
    grad_scale: Tensor | None = None
    found_inf: Tensor | None = None


class Plan:
    """What one step of one param group runs, and the proof that it may.

    Args:
        group_index: position of the group, for error messages.
        group: the param group of n parameters.
        grads: n grads, or None; what has a grad must have a state. Those of DTensors are aligned.
        states: n states, empty for a parameter that never had a grad.

    Raises:
        RuntimeError: as ``examine``.

    Attributes:
        sharded: whether there are DTensors in the group.
        given: the immutable numbers, as they stand in the group, that ``prepare`` last succeeded
            with; empty if it must be called again.
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
        self._group_index = group_index
        self.sharded = any(map(is_dtensor, group["params"]))
        self._locals = Locals(group["params"], states) if self.sharded else None
        self._origins = [origin(p) for p in group["params"]] if self.sharded else None
        params: Sequence[Tensor] = group["params"]
        if self._locals is not None:
            params, grads = self._locals.look(params, grads)
            states = self._locals.states
        rows = examine(group_index, group, params, grads, states)
        planned = [row for row in rows if row.state and row.route.by != "nothing"]
        self._unplanned = {row.index for row in rows} - {row.index for row in planned}
        in_place = [row for row in planned if row.route is KERNEL]
        self._in_place = _InPlace(in_place, self._size) if in_place else None
        self._others = [
            (replace(row, grad=None), _places(row))  # a plan outlives the grads it was made from
            for row in planned
            if row.route is not KERNEL
        ]
        self._kinds = {_kind(row) for row in planned if row.route.by != "torch"}
        self.given: tuple[Any, ...] = ()
        self._kernels: Kernels = {}
        self._flags: tuple[bool, ...] | None = None
        self._settings: Settings | None = None
        self._keys: NDArray[np.int64] | None = None
        self._grads: Sequence[Tensor | None] = ()

    def holds(self, group: dict[str, Any], grads: list[Tensor | None]) -> bool:
        """Prove that the plan fits the tensors as they are now; if not, it must be made anew.

        Raises:
            RuntimeError: as ``examine``, for parameters that a kernel alone does not update.
        """
        params = group["params"]
        if len(grads) != self._size or [group.get(option) for option in OPTIONS] != self._options:
            return False
        if self._unplanned and any(grads[i] is not None for i in self._unplanned):
            return False
        if self._locals is not None:
            params, grads = self._locals.look(params, grads)
        for row, places in self._others:
            if params[row.index] is not row.param:
                return False
            grad = grads[row.index]
            if grad is not None and not _holds_other(row, places, group, grad):
                return False
        self._grads = grads
        return self._in_place is None or self._in_place.holds(params, grads)

    def needs_host(self) -> bool:
        """Whether something of a step cannot be decided on another device than the CPU."""
        return bool(self._others) or (self._in_place is not None and self._in_place.needs_host())

    def nonfinite(self) -> list[int]:
        """Return which parameters have a grad with an infinity or a NaN; reads each grad once."""
        found = [
            row.index
            for row, _ in self._others
            if (grad := self._grads[row.index]) is not None and not is_finite(grad)
        ]
        if self._in_place is not None:
            found += self._in_place.nonfinite()
        return sorted(found)

    def skip(self, indices: Collection[int]) -> None:
        """Leave parameters alone in the step that ``holds`` proved, as if they had no grad."""
        self._grads = [None if i in indices else grad for i, grad in enumerate(self._grads)]
        if self._in_place is not None:
            self._in_place.skip(indices)

    def prepare(
        self, kernel_for: Callable[[Kind], Any], flags: tuple[bool, ...], settings: Settings
    ) -> None:
        """Get ready to run, so that nothing is left that could fail once tensors are written.

        Args:
            kernel_for: the kernel of a target and storage.
            flags: what else selects the kernels.
            settings: hyperparameters and the like.

        Raises:
            RuntimeError: a hyperparameter overflows the compute dtype.
        """
        if flags != self._flags:
            self._kernels = {kind: kernel_for(kind) for kind in self._kinds}
            self._flags = flags
        if self._settings is None or settings.scalars != self._settings.scalars:
            for _, storage in self._kinds:
                round_scalars(storage.dtype, settings.scalars)
        self._settings = settings
        if settings.seed is not None:
            self._keys = row_keys(settings.seed, self._group_index, self._size, self._origins)
        if self._in_place is not None:
            self._in_place.prepare(settings, self._keys)

    def run(self) -> None:
        """Update what kernels update; ``holds`` and ``prepare`` must just have succeeded."""
        assert self._settings is not None
        if self._settings.scalars.inv_scale != 1:
            elsewhere = [self._grads[row.index] for row, _ in self._others]
            _unscale(elsewhere, self._settings.scalars.inv_scale)
        if self._in_place is not None:
            self._in_place.run(self._kernels)
        if rows := self._others_by("copies"):
            _run_over_copies(rows, self._kernels, self._settings, self._keys)
        if self._locals is not None:
            self._locals.bump_versions()

    def rows_for_torch(self) -> list[Row]:
        """Return the rows with a grad that are left to torch."""
        return self._others_by("torch")

    def release(self) -> None:
        """Let go of the grads that ``holds`` proved."""
        self._grads = ()
        if self._locals is not None:
            self._locals.release()
        if self._in_place is not None:
            self._in_place.release()

    def _others_by(self, by: str) -> list[Row]:
        if not self._others:
            return []
        return [
            replace(row, grad=self._grads[row.index])
            for row, _ in self._others
            if row.route.by == by and self._grads[row.index] is not None
        ]


def _kind(row: Row) -> Kind:
    return row.param.device.type, _storage(row)


def _storage(row: Row) -> Storage:
    return Storage(KERNEL_DTYPES[row.param.dtype], has_wide_state(row.param, row.state))


def _unscale(grads: Sequence[Tensor | None], inv_scale: float) -> None:
    if given := [grad for grad in grads if grad is not None]:
        torch._foreach_mul_(given, inv_scale)


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
        self._order = [row.index for row in rows]
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
                _addresses(_storage(row), row.param, None, [row.state[key] for key in STATES], step)
                for row, step in zip(rows, native_steps, strict=True)
            ]
        )
        self._records, self._dims = _records(rows)
        self._hints = _hints(self._written)
        self._request = _request(
            self._states, self._records, self._dims, self.table.rows, self._hints
        )
        # ctypes objects, and functions without argument types: nothing to convert at each call.
        self._request_address = ctypes.c_int64(self._request.ctypes.data)
        self._recheck = _recheck()
        self._settle = _settle()
        self._alive: tuple[list[Tensor], list[Tensor | None]] = [], []
        self._active = 0
        self._scalars = Scalars(0, 0, 0, 0, 0)  # as they are in the table
        self._settings = Settings(self._scalars)
        self._unscale_first: float | None = None

    def holds(self, params: list[Tensor], grads: list[Tensor | None]) -> bool:
        """Prove every row natively and write the addresses of the grads into the table."""
        # The lists are what native code reads; they own what the table points at while a step runs.
        if self._indices is None:
            self._alive = list(params), grads
        else:
            self._alive = [params[i] for i in self._indices], [grads[i] for i in self._indices]
        params, grads = self._alive
        if self._complex and any(
            _is_lazy(params[i], grads[i], self._states[i]) for i in self._complex
        ):
            return False
        for i in self._single:
            grad = grads[i]
            if grad is not None and grad.is_neg():
                return False
        self._request[tables.PARAMS_AT] = id(params)
        self._request[tables.GRADS_AT] = id(grads)
        self._active = self._recheck(self._request_address)
        return self._active >= 0

    def needs_host(self) -> bool:
        """Whether a row, or its step, is on the CPU."""
        elsewhere = [step.device.type != "cpu" for _, step in self._foreign_steps]
        on_cpu = any(device.type == "cpu" for device, _ in self.table.launches)
        return on_cpu or len(elsewhere) != len(self._order) or not all(elsewhere)

    def nonfinite(self) -> list[int]:
        """Return which parameters have a grad with an infinity or a NaN."""
        found = np.zeros(len(self._order), np.int64)
        for (_, storage), launch in self.table.launches.items():
            launch.nonfinite(storage.dtype, self._alive[1], found)
        return [self._order[i] for i in found.nonzero()[0]]

    def skip(self, indices: Collection[int]) -> None:
        """Leave parameters alone in the step that ``holds`` proved."""
        rows = [i for i, index in enumerate(self._order) if index in indices]
        self._active -= int(np.count_nonzero(self.table.rows[rows, tables.GRAD]))
        self.table.rows[rows, tables.GRAD] = 0

    def prepare(self, settings: Settings, keys: NDArray[np.int64] | None) -> None:
        """Take the settings of the next run, and the keys of the random bits if it draws some."""
        scalars, old = settings.scalars, self._settings
        self._unscale_first = None
        if scalars.inv_scale != 1 and self._grads_overlap():
            self._unscale_first, scalars = scalars.inv_scale, scalars._replace(inv_scale=1.0)
        if scalars != self._scalars:
            self.table.set_scalars(scalars)
            self._scalars = scalars
        if settings.lr is not None or old.lr is not None:
            self.table.set_lr(settings.lr)
        if settings.found_inf is not None or old.found_inf is not None:
            self.table.set_scaling(settings.grad_scale, settings.found_inf)
        if keys is not None:
            self.table.rows[:, tables.KEY] = keys[self._order]
        self._settings = settings

    def _grads_overlap(self) -> bool:
        """Whether unscaling one grad would change another one."""
        has_grad = self.table.rows[:, tables.GRAD] != 0
        begins = self.table.rows[has_grad, tables.GRAD]
        ends = begins + self._records[has_grad, tables.RECORD_SPAN]
        order = begins.argsort()
        return bool((ends[order][:-1] > begins[order][1:]).any())

    def run(self, kernels: Kernels) -> None:
        if not self._active:
            return
        if self._unscale_first is not None:
            _unscale(self._alive[1], self._unscale_first)
        for (device, storage), launch in self.table.launches.items():
            launch.run(kernels[device.type, storage])
        self._settle(self._request_address, ONE)
        if self._foreign_steps or not shim.bump_version():
            self._settle_by_torch()
        if self._scalars.inv_scale != 1 or self._settings.grad_scale is not None:
            torch.autograd.graph.increment_version([g for g in self._alive[1] if g is not None])

    def _settle_by_torch(self) -> None:
        has_grad = self.table.rows[:, tables.GRAD] != 0
        if not shim.bump_version():
            torch.autograd.graph.increment_version([*compress(self._alive[0], has_grad)])
        steps = [step for i, step in self._foreign_steps if has_grad[i]]
        found_inf = self._settings.found_inf
        if steps and found_inf is None:
            torch._foreach_add_(steps, 1)
        elif found_inf is not None:
            for device in {step.device for step in steps}:
                taken = (found_inf.to(device, non_blocking=True) == 0).to(torch.float32)
                torch._foreach_add_([step for step in steps if step.device == device], taken)

    def release(self) -> None:
        self._alive = [], []


def _run_over_copies(
    rows: Sequence[Row], kernels: Kernels, settings: Settings, keys: NDArray[np.int64] | None
) -> None:
    """Update parameters whose tensors differ in layout: dense copies in, one launch, copies out."""
    copies = [_dense_copies(row) for row in rows]
    table = Table(
        [
            _addresses(_storage(row), param, grad, states, 0)
            for row, (param, grad, *states) in zip(rows, copies, strict=True)
        ]
    )
    table.set_scalars(settings.scalars._replace(inv_scale=1.0))  # the grads are unscaled already
    table.set_lr(settings.lr)
    if keys is not None:
        table.rows[:, tables.KEY] = keys[[row.index for row in rows]]
    for (device, storage), launch in table.launches.items():
        launch.run(kernels[device.type, storage])
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
    storage: Storage, param: Tensor, grad: Tensor | None, states: Sequence[Tensor], step: int
) -> RowAddresses:
    square_avg, acc_delta = states
    return RowAddresses(
        param.device,
        storage,
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
        record[tables.RECORD_STATE_DTYPE] = shim.ask(
            row.state["square_avg"], tables.DTYPE, ctypes.c_int32
        )
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
def _recheck() -> Callable[[ctypes.c_int64], int]:
    # PYFUNCTYPE keeps the GIL: nobody else may touch the tensors meanwhile.
    return ctypes.PYFUNCTYPE(ctypes.c_int64)(native.recheck())


@cache
def _settle() -> Callable[[ctypes.c_int64, ctypes.c_float], None]:
    return ctypes.PYFUNCTYPE(None)(native.settle())
