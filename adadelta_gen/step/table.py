"""The params of consecutive groups as rows of numbers, and the native call that updates them.

The only module that turns tensors into addresses, and it keeps every object whose address it has
written down. A row is written when its tensors have been examined (``examine.py``); what may have
changed since, each native call verifies before it writes anything (``native/step.py``).
"""

import ctypes
import mmap
import sys
from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from itertools import count
from operator import attrgetter, is_
from typing import Any, NamedTuple, Protocol
from weakref import ref

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from adadelta_gen import registry
from adadelta_gen.native import abi, code, memory, shim
from adadelta_gen.native.machine import keep
from adadelta_gen.shards import STATES, Locals, is_dtensor, is_finite
from adadelta_gen.spec import TARGETS, KernelSpec
from adadelta_gen.step.copies import dense_strides, laid_out
from adadelta_gen.step.examine import (
    HALF_DTYPES,
    KERNEL,
    KERNEL_DTYPES,
    PLAIN_TYPES,
    Format,
    Place,
    Route,
    check_memory,
    examine,
    format_of,
    refuse_torch,
)
from adadelta_gen.step.memory import Regions, joined, regions_of, sharing
from adadelta_gen.step.numbers import Scalars, is_fixed, lr_on_device, read, round_scalars

GRAD = attrgetter("grad")
STATE_KEYS = (*STATES, "step")
STATE = 4  # of the objects of a row, the dict of its state
SHARED = "shares memory with another parameter or state"
# Options on which more depends than the numbers and the kernels of a group.
DECIDING = (
    *("fused", "foreach", "differentiable", "capturable"),
    *("state_dtype", "stochastic_rounding", "nonfinite"),
)
# Below this a wake-up costs more than a second thread saves.
SERIAL_ELEMENTS = 1 << 15
# Work of this size is over before another thread could be given the GIL (5 ms).
GIL_ELEMENTS = 1 << 17
# How often a step looks again where something changed while it looked.
TRIES = 10
_tickets = count(1)


class Kind(NamedTuple):
    """What the rows of a launch have in common."""

    device: torch.device
    format: Format


class Launch(Protocol):
    """What a target makes of the rows of a group, device and format, ``capacity`` at most."""

    def set_kernel(self, kernel: Any) -> None:
        """Take the kernel of the next runs."""

    def set_scalars(self) -> None:
        """Take the scalars of the next runs, which have been rewritten."""

    def set_device_values(
        self, lr: Tensor | None, grad_scale: Tensor | None, found_inf: Tensor | None
    ) -> None:
        """Let the next runs read these in the memory of the device; None: take the scalars."""

    def find_nonfinite(
        self, dtype: str, grads: Sequence[Tensor | None], found: NDArray[np.int64]
    ) -> None:
        """Set ``found`` to 1 for rows whose grad is not finite, or let FIND_NONFINITE do so."""


class StepValues(NamedTuple):
    """What one step takes beside tensors and the numbers of its groups.

    Args:
        inv_scale: by which kernels multiply the grads, which they write back unless it is 1.
        grad_scale: where kernels on another device than the CPU find what to divide them by.
        found_inf: where they find whether there is nothing to do.
        keys: of a group with stochastic rounding, by its position: those of its rows.
    """

    inv_scale: float = 1.0
    grad_scale: Tensor | None = None
    found_inf: Tensor | None = None
    keys: dict[int, NDArray[np.int64]] | None = None


class Tensors:
    """The tensors of one step, which the call owns.

    Attributes:
        params: one a row; local tensors in place of DTensors.
        grads: what native code reads: None where a row is left alone, copies where they are needed.
        given: the grads themselves.
        copied: of rows over dense copies, the originals and the copies.
    """

    def __init__(self, params: list[Tensor], grads: list[Tensor | None]) -> None:
        self.params = params
        self.grads = grads
        self.given: list[Tensor | None] = grads
        self.copied: dict[int, list[tuple[Tensor, Tensor]]] = {}


class Cause(NamedTuple):
    """Why torch updates whole groups: a parameter, or several that share memory.

    Args:
        params: (group, index) each.
        why: in words.
    """

    params: tuple[tuple[int, int], ...]
    why: str

    @classmethod
    def of_sharing(cls, a: tuple[int, int], b: tuple[int, int]) -> "Cause":
        return cls(tuple(sorted({a, b})), SHARED)

    def is_sharing(self) -> bool:
        return self.why == SHARED


class NeedsTorch(Exception):
    """Parameters turned out to need torch for their whole groups."""

    def __init__(self, causes: list[Cause]) -> None:
        self.causes = causes


class Outdated(Exception):
    """The table does not fit its groups any more."""


class Group:
    """A param group as its table last saw it.

    Args:
        position: in the optimizer's list.
        group: the dict.
        first: the table's row of its first param.
        words: int64 ``(GROUP_WORDS,)``, what native code reads.
    """

    def __init__(
        self, position: int, group: dict[str, Any], first: int, words: NDArray[np.int64]
    ) -> None:
        self.position = position
        self.dict = group
        self.first = first
        self.params = group["params"]
        self.size = len(self.params)
        self.options = [group.get(option) for option in DECIDING]
        self.locals: Locals | None = None
        self.launches: list[tuple[KernelSpec | None, Kind, NDArray[np.floating], Launch]] = []
        self.scalars: Scalars | None = None  # as they are in the arrays
        self._words = words
        self.note_items()

    def note_items(self) -> None:
        """Remember what the group holds, so that native code sees when it holds something else."""
        self.items = list(self.dict.items())
        self._ids = array("q", [id(thing) for item in self.items for thing in item])
        self._words[:] = (
            id(self.dict),
            self._ids.buffer_info()[0],
            len(self.items),
            id(self.params) if type(self.params) is list else 0,
            self.size,
        )

    def is_same(self) -> bool:
        """Whether the group holds the objects that it held."""
        return len(self.dict) == len(self.items) and all(
            key is k and value is v
            for (key, value), (k, v) in zip(self.items, self.dict.items(), strict=False)
        )

    def fits(self, group: dict[str, Any]) -> bool:
        """Whether a dict is this group, with the list of params and the options that it had."""
        return (
            group is self.dict
            and group["params"] is self.params
            and len(self.params) == self.size
            and [group.get(option) for option in DECIDING] == self.options
        )

    def place(self, row: int) -> Place:
        return Place(self.position, self.dict, row - self.first)


class Table:
    """Rows for all params of consecutive groups, those without a grad too.

    Args:
        optimizer: whose groups and states these are.
        positions: of the groups in its list.
        old: rows of a former table are taken over.

    Attributes:
        static_ticket: with which the call may be repeated while nothing changes, or 0.
    """

    def __init__(self, optimizer: Any, positions: range, old: Sequence["Table"] = ()) -> None:
        self._optimizer_groups = optimizer.param_groups
        self._states = optimizer.state
        self._optimizer = ref(optimizer)  # whose attribute this table is
        self.positions = positions
        dicts = [optimizer.param_groups[i] for i in positions]
        n = sum(len(group["params"]) for group in dicts)
        self.rows = np.zeros((n, abi.ROW_WORDS), np.int64)
        self._records = np.zeros((n, abi.RECORD_WORDS), np.int64)
        self._changed = np.zeros(n, np.int64)
        self._apart = np.zeros(n, np.int64)
        self._pins = np.zeros((n, abi.STEP), np.int64)
        self._alive: list[Any] = [None] * n  # of each row, all objects whose ids its record has
        self._kinds: list[Kind | None] = [None] * n
        self._special: dict[int, Route] = {}  # rows that are not simply the kernel's
        self._counted_on_device: dict[int, Tensor] = {}
        self.static_ticket = 0
        self._is_outdated = False
        self._make_groups(optimizer, dicts)
        self._make_launches()
        self._words = self._make_words()
        self._bounds = np.zeros(0, np.int64)
        self._take_over(old)
        self.call = _builtin(self._words)
        self.param_lists = [group.params for group in self.groups]

    # Making a table

    def _make_groups(self, optimizer: Any, dicts: Sequence[dict[str, Any]]) -> None:
        self._group_words = np.zeros((len(dicts), abi.GROUP_WORDS), np.int64)
        self.groups: list[Group] = []
        self._group_of: list[Group] = []
        first = 0
        for position, group, words in zip(self.positions, dicts, self._group_words, strict=True):
            own = Group(position, group, first, words)
            self.groups.append(own)
            self._group_of += [own] * own.size
            if any(map(is_dtensor, own.params)):
                own.locals = Locals(own.params, optimizer.state)
            first += own.size

    def _make_launches(self) -> None:
        parts: dict[tuple[Group, Kind], list[tuple[int, int]]] = {}
        for group in self.groups:
            params = group.params
            states = [self._states.get(param) for param in params]
            if group.locals is not None:
                params, _ = group.locals.look(params, [None] * group.size)
                states = group.locals.states
            for row, (param, state) in enumerate(zip(params, states, strict=True), group.first):
                if type(param) in PLAIN_TYPES and (kind := kind_of(group.dict, param, state)):
                    self._kinds[row] = kind
                    parts.setdefault((group, kind), []).append((row, _reals(param)))
        pieces = [
            (group, kind, piece)
            for (group, kind), own in parts.items()
            for piece in _pieces(own, registry.target(kind.device.type).Launch.capacity)
        ]
        self._launch_words = np.zeros((len(pieces), abi.LAUNCH_WORDS), np.int64)
        self._launch_of = [0] * len(self.rows)
        self._reals = [-1] * len(self.rows)
        for number, (group, kind, own) in enumerate(pieces):
            dtype = "float64" if kind.format.dtype == "float64" else "float32"
            scalars = np.zeros(len(Scalars._fields), dtype)
            target = registry.target(kind.device.type)
            words = self._launch_words[number]
            launch = target.Launch(kind.device, self.rows, own, scalars, words)
            group.launches.append((None, kind, scalars, launch))
            for row, reals in own:
                self._launch_of[row] = number
                self._reals[row] = reals

    def _make_words(self) -> NDArray[np.int64]:
        words = _surroundings().copy()
        words[abi.T_GROUPS] = id(self._optimizer_groups)
        words[abi.T_N_GROUPS] = len(self._optimizer_groups)
        words[abi.T_STATES], words[abi.T_N_STATES] = id(self._states), len(self._states)
        words[abi.T_FIRST_GROUP] = self.positions.start
        words[abi.T_N_OWN_GROUPS] = len(self.groups)
        words[abi.T_N_ROWS] = len(self.rows)
        words[abi.T_N_LAUNCHES] = len(self._launch_words)
        for word, table in (
            (abi.T_GROUPS_AT, self._group_words),
            (abi.T_LAUNCHES_AT, self._launch_words),
            (abi.T_ROWS_AT, self.rows),
            (abi.T_RECORDS_AT, self._records),
            (abi.T_CHANGED_AT, self._changed),
            (abi.T_APART_AT, self._apart),
            (abi.T_PINS_AT, self._pins),
        ):
            words[word] = table.ctypes.data
        words[abi.T_MOVED] = 1
        words[abi.T_SERIAL_ELEMENTS] = SERIAL_ELEMENTS
        # Where there is no GIL to keep, memory is always pinned.
        words[abi.T_GIL_ELEMENTS] = GIL_ELEMENTS if shim.has_gil() else -(1 << 62)
        return words

    def _take_over(self, old: Sequence["Table"]) -> None:
        known = {
            id(alive[0]): (table, row)
            for table in old
            for row, alive in enumerate(table._alive)
            if alive is not None and row not in table._special
        }
        for group in self.groups:
            if group.locals is not None or not known:
                continue
            for row, param in enumerate(group.params, group.first):
                table, before = known.get(id(param), (None, 0))
                if table is None or table._states is not self._states:
                    continue
                if table._facts(before) != self._facts(row):
                    continue
                if self._states.get(param) is not table._alive[before][STATE]:
                    continue
                self._alive[row] = table._alive[before]
                self._records[row] = table._records[before]
                self._records[row, abi.R_LAUNCH] = self._launch_of[row]
                self._records[row, abi.R_BOUNDED] = 0
                self.rows[row] = table.rows[before]
                if before in table._counted_on_device:
                    self._counted_on_device[row] = table._counted_on_device[before]

    def _facts(self, row: int) -> tuple[Any, ...]:
        """On what, beside the tensors, it depends how a row is written."""
        return self._kinds[row], self._reals[row], self._group_of[row].options

    def fits(self, optimizer: Any, positions: range) -> bool:
        """Whether the table is of these groups, as they are now."""
        groups = optimizer.param_groups
        self._words[abi.T_N_GROUPS] = len(groups)
        return (
            not self._is_outdated
            and positions == self.positions
            and groups is self._optimizer_groups
            and optimizer.state is self._states
            and len(self._states) == self._words[abi.T_N_STATES]
            and all(own.fits(groups[own.position]) for own in self.groups)
        )

    # What changes from step to step

    def collect(self, aligned: dict[int, list[Tensor | None]]) -> Tensors:
        """Return the params and grads of a step.

        Args:
            aligned: of groups with DTensors, by their positions: the grads, placed as their params.

        Raises:
            RuntimeError, NeedsTorch, Outdated: as ``look_again``.
        """
        params: list[Tensor] = []
        grads: list[Tensor | None] = []
        for group in self.groups:
            own = list(group.params)
            own_grads = aligned.get(group.position) or list(map(GRAD, own))
            if group.locals is not None:
                for i, grad in enumerate(own_grads):
                    if grad is not None:
                        self._state_of(group, i)
                own, own_grads = group.locals.look(own, own_grads)
                self._compare_locals(group, own)
            params += own
            grads += own_grads
        tensors = Tensors(params, grads)
        tensors.given = list(grads)
        self._look([row for row in self._special if not self._lay_out(row, tensors)], tensors)
        return tensors

    def _lay_out(self, row: int, tensors: Tensors) -> bool:
        """Copy the grad of a row that needed a copy before; False if it has to be examined."""
        param, grad = tensors.params[row], tensors.given[row]
        if self._special[row].by != "grad copy" or type(grad) not in PLAIN_TYPES:
            return False
        assert grad is not None
        if grad.layout is not torch.strided or grad.dtype is not param.dtype:
            return False
        if grad.shape != param.shape or grad.device != param.device:
            return False
        group = self._group_of[row]
        check_memory(group.place(row), "grad", grad)
        tensors.grads[row] = laid_out(grad, param.stride())
        return True

    def _compare_locals(self, group: Group, params: Sequence[Tensor]) -> None:
        """Forget the rows whose local tensors are others now; native code sees no DTensors."""
        assert group.locals is not None
        for row, (param, state) in enumerate(
            zip(params, group.locals.states, strict=True), group.first
        ):
            alive = self._alive[row]
            if alive is not None and is_dtensor(group.params[row - group.first]):
                now = (param, *(state.get(key) for key in STATE_KEYS))
                if not all(map(is_, alive[: len(now)], now)):
                    self._records[row, abi.PARAM] = 0  # no object's: the row does not verify

    def verify(self, tensors: Tensors) -> None:
        """Verify all rows, and bring those up to date that changed.

        Raises:
            RuntimeError: a tensor is not what a kernel, or torch, could use.
            NeedsTorch, Outdated: the rows have to be shared out anew.
        """
        for _ in range(TRIES):
            answer = self._ask(abi.VERIFY, tensors)
            if answer == abi.DONE:
                return
            if answer == abi.GROUP_CHANGED and self.take_numbers():
                continue
            if not self.resolve(answer, tensors):
                raise Outdated
        raise RuntimeError("the tensors of the optimizer change while step() looks at them")

    def resolve(self, answer: int, tensors: Tensors) -> bool:
        """Do what an answer of the native call asks for; False if more is needed.

        Raises:
            RuntimeError, NeedsTorch, Outdated: as ``verify``.
        """
        if answer > 0:
            self._look(self._changed[:answer].tolist(), tensors)
        elif answer == abi.MOVED:
            self._bound(tensors)
        else:
            return False
        return True

    def _look(self, rows: Sequence[int], tensors: Tensors) -> None:
        """Examine rows whose tensors changed, and write them anew."""
        causes = []
        for row in rows:
            grad = tensors.given[row]
            if grad is None:
                tensors.grads[row] = None
                continue
            if why := self._look_at(row, tensors, grad):
                group = self._group_of[row]
                causes.append(Cause(((group.position, row - group.first),), why))
        if causes:
            raise NeedsTorch(causes)

    def _look_at(self, row: int, tensors: Tensors, grad: Tensor) -> str:
        """Examine a row and write it anew; return why torch must update its whole group."""
        group = self._group_of[row]
        place, index = group.place(row), row - group.first
        state = self._state_of(group, index)
        if group.locals is not None:
            state = group.locals.states[index]
        param = tensors.params[row]
        route = examine(place, param, grad, state)
        if route.by == "torch whole":
            return route.why
        if route.is_by_torch:
            refuse_torch(
                group.dict, [param], f"no generated kernel can update {place}: {route.why}"
            )
        elif (kind_of(group.dict, param, state), _reals(param)) != (
            self._kinds[row],
            self._reals[row],
        ):
            self._is_outdated = True
            raise Outdated
        self._special.pop(row, None)
        if route is not KERNEL:
            self._special[row] = route
        is_own = group.locals is None
        if route.is_by_torch:
            self._records[row, abi.PARAM] = 0
            tensors.grads[row] = None
        elif route.by == "copies":
            self._copy(row, tensors, grad, state)
        else:
            tensors.grads[row] = grad
            if route.by == "grad copy":
                tensors.grads[row] = laid_out(grad, param.stride())
            own = [state[key] for key in STATE_KEYS]
            self._write(row, param, own, state if is_own else None)
        return ""

    def _state_of(self, group: Group, index: int) -> dict[str, Any]:
        optimizer: Any = self._optimizer()
        param = group.params[index]
        if not self._states.get(param):
            optimizer.init_state(group.dict, param)
        state: dict[str, Any] = self._states.get(param, {})
        if all(isinstance(state.get(key), Tensor) for key in STATE_KEYS):
            optimizer.fit_state(group.dict, param, state)
        return state

    def _copy(self, row: int, tensors: Tensors, grad: Tensor, state: dict[str, Any]) -> None:
        originals = [tensors.params[row], *(state[key] for key in STATES)]
        strides = dense_strides(originals[0])
        copies = [laid_out(tensor, strides) for tensor in originals]
        tensors.grads[row] = laid_out(grad, strides)
        tensors.params[row] = copies[0]
        tensors.copied[row] = list(zip(originals, copies, strict=True))
        self._write(row, copies[0], [*copies[1:], state["step"]], None)

    def _write(
        self, row: int, param: Tensor, averages: list[Tensor], state: dict[str, Any] | None
    ) -> None:
        """Write a row for tensors that were examined; the native call finds out where they are.

        Args:
            row: which.
            param: the param.
            averages: square_avg, acc_delta and step.
            state: the optimizer's dict of them, None if native code cannot look into it.
        """
        record = self._records[row]
        record[abi.PARAM] = 0  # no object's: half a record verifies nothing
        dims = array("q", [*param.shape, *param.stride()])
        own = {key: key for key in state or ()}
        keys = [own.get(key, key) for key in STATE_KEYS]
        square_avg, acc_delta, step = averages
        native_step = step.device.type == "cpu"
        if native_step:
            self._counted_on_device.pop(row, None)
        else:
            self._counted_on_device[row] = step
        words = [0] * abi.RECORD_WORDS
        words[abi.SQUARE_AVG] = id(square_avg)
        words[abi.ACC_DELTA] = id(acc_delta)
        words[abi.STEP] = id(step) if native_step else 0
        for column in range(abi.TENSORS):
            words[abi.R_STORAGES + column] = -1
        words[abi.R_DEVICE_TYPE], words[abi.R_DEVICE_INDEX] = shim.device_numbers(param.device)
        words[abi.R_DTYPE] = shim.dtype_number(param.dtype)
        words[abi.R_STATE_DTYPE] = shim.dtype_number(square_avg.dtype)
        words[abi.R_STEP_DTYPE] = shim.dtype_number(step.dtype)
        words[abi.R_ITEMSIZE] = param.element_size()
        words[abi.R_STATE_ITEMSIZE] = square_avg.element_size()
        words[abi.R_NUMEL] = param.numel()
        words[abi.R_NDIM] = param.ndim
        words[abi.R_DIMS] = dims.buffer_info()[0]
        words[abi.R_LAUNCH] = self._launch_of[row]
        words[abi.R_REALS] = self._reals[row]
        words[abi.R_STATE] = 0 if state is None else id(state)
        words[abi.R_KEYS : abi.R_HINTS] = [id(keys[0]), 0, id(keys[1]), 0, id(keys[2]), 0]
        words[abi.R_HINTS :] = [hint for tensor in averages for hint in _hints(tensor)]
        self._alive[row] = (param, *averages, state, dims, keys)
        self.rows[row, : abi.KEY] = 0
        record[:] = words
        record[abi.PARAM] = id(param)

    def compare_memory(self, tensors: Tensors) -> bool:
        """Whether no memory is shared, now that some of it has moved."""
        try:
            self._bound(tensors)
        except NeedsTorch:
            return False
        return True

    def _bound(self, tensors: Tensors) -> None:
        """Compare all memory that a step reads or writes, now that some of it has moved.

        Raises:
            NeedsTorch: some of it is shared.
        """
        rows, records = self.rows, self._records
        active = (rows[:, abi.GRAD] != 0).nonzero()[0]
        numel = records[active, abi.R_NUMEL]
        written = []
        for column, sizes in (
            (abi.PARAM, numel * records[active, abi.R_ITEMSIZE]),
            (abi.SQUARE_AVG, numel * records[active, abi.R_STATE_ITEMSIZE]),
            (abi.ACC_DELTA, numel * records[active, abi.R_STATE_ITEMSIZE]),
            (abi.STEP, 8 * (records[active, abi.STEP] != 0)),
        ):
            begins = rows[active, column]
            if column == abi.STEP:
                four = records[active, abi.R_STEP_DTYPE] == self._words[abi.T_FLOAT32]
                sizes = np.where(four, sizes // 2, sizes)
            written.append(Regions(begins, begins + sizes, active))
        begins = rows[active, abi.GRAD]
        read = [Regions(begins, begins + numel * records[active, abi.R_ITEMSIZE], active)]
        for row in self._special:
            given = tensors.given[row]
            if given is not None:
                extra, grads = self._special_tensors(row, tensors, given)
                written.append(regions_of(extra))
                read.append(regions_of(grads))
        bounds = joined(written)
        pairs = sharing(bounds, joined(read))
        if pairs:
            raise NeedsTorch([Cause.of_sharing(*map(self._place_of, pair)) for pair in pairs])
        self._bounds = np.concatenate([bounds.ends, bounds.begins])
        self._words[abi.T_BOUNDS_AT] = self._bounds.ctypes.data
        self._words[abi.T_N_BOUNDS] = len(bounds.ends)
        self._apart[:] = rows[:, abi.GRAD]
        records[:, abi.R_BOUNDED] = rows[:, abi.GRAD] != 0
        self._words[abi.T_MOVED] = 0

    def _special_tensors(
        self, row: int, tensors: Tensors, grad: Tensor
    ) -> tuple[list[tuple[Tensor, int]], list[tuple[Tensor, int]]]:
        """What a row that is not simply the kernel's writes and reads itself."""
        route, written = self._special[row], []
        if row in tensors.copied:
            written = [
                (original, row) for original, copy in tensors.copied[row] if original is not copy
            ]
        elif route.is_by_torch:
            group = self._group_of[row]
            state = self._state_of(group, row - group.first)
            found = (tensors.params[row], *(state[key] for key in STATE_KEYS))
            written = [(tensor, row) for tensor in found]
        return written, [(grad, row)] if route.by != "kernel" else []

    # Numbers

    def take_numbers(self) -> bool:
        """Take the numbers of the groups that hold other objects now; False if more has changed."""
        for group in self.groups:
            if group.is_same():
                continue
            if not group.fits(group.dict) or not is_fixed(group.dict):
                return False
            self._take_group(group, group.scalars.inv_scale if group.scalars else 1.0)
            group.note_items()
        return True

    def prepare(self, values: StepValues) -> None:
        """Take what the next run needs beside tensors.

        Raises:
            RuntimeError: a number overflows the compute dtype, or a kernel cannot be had.
        """
        self.static_ticket = 0
        ticket = next(_tickets)
        self._words[abi.T_TICKET] = ticket
        for group in self.groups:
            group.note_items()
            self._take_group(group, values.inv_scale)
            lr = lr_on_device(group.dict)
            for *_, launch in group.launches:
                launch.set_device_values(lr, values.grad_scale, values.found_inf)
            if values.keys is not None and group.position in values.keys:
                own = slice(group.first, group.first + group.size)
                self.rows[own, abi.KEY] = values.keys[group.position]
        self._ticket = ticket

    def _is_static(self, values: StepValues) -> bool:
        return (
            values.inv_scale == 1
            and values[1:] == (None, None, None)
            and not self._special
            and not self._counted_on_device
            and all(is_fixed(own.dict) and own.locals is None for own in self.groups)
            and all(own.dict.get("nonfinite", "propagate") == "propagate" for own in self.groups)
            and all(
                kind.device.type == "cpu" for own in self.groups for _, kind, *_ in own.launches
            )
        )

    def _take_group(self, group: Group, inv_scale: float) -> None:
        scalars = read(group.dict)._replace(inv_scale=inv_scale)
        rounded = [round_scalars(array.dtype.name, scalars) for _, _, array, _ in group.launches]
        for i, (old, kind, array_, launch) in enumerate(group.launches):
            spec = spec_of(group.dict, kind)
            if spec != old:
                launch.set_kernel(registry.load(spec))
                group.launches[i] = (spec, kind, array_, launch)
            if scalars != group.scalars:
                array_[:] = rounded[i]
                launch.set_scalars()
        group.scalars = scalars

    # Running

    def find_nonfinite(self, tensors: Tensors) -> list[tuple[int, int]]:
        """Return which grads hold an infinity or a NaN, as (group, index); reads each once."""
        found = np.zeros(len(self.rows), np.int64)
        for group in self.groups:
            for _, kind, _, launch in group.launches:
                launch.find_nonfinite(kind.format.dtype, tensors.grads, found)
        while (answer := self._ask(abi.FIND_NONFINITE, tensors)) != abi.DONE:
            if not self.resolve(answer, tensors):
                raise Outdated
        for row, route in self._special.items():
            grad = tensors.given[row]
            if route.is_by_torch and grad is not None and not is_finite(grad):
                found[row] = 1
        return [self._place_of(row) for row in found.nonzero()[0].tolist()]

    def _place_of(self, row: int) -> tuple[int, int]:
        group = self._group_of[row]
        return group.position, row - group.first

    def leave_out(self, tensors: Tensors, places: Collection[tuple[int, int]]) -> None:
        """Leave parameters alone, as if they had no grad."""
        for group in self.groups:
            for position, index in places:
                if position == group.position:
                    row = group.first + index
                    tensors.grads[row] = tensors.given[row] = None
                    tensors.copied.pop(row, None)

    def can_unscale(self, tensors: Tensors) -> bool:
        """Whether kernels can multiply all grads while they read them, and write them back."""
        kinds = [kind for group in self.groups for _, kind, *_ in group.launches]
        if any(kind.device.type != "cpu" for kind in kinds):
            return False  # they write them back only if they read the scale themselves
        if any(tensors.given[row] is not None for row in self._special):
            return False
        has_grad = self.rows[:, abi.GRAD] != 0
        begins = self.rows[has_grad, abi.GRAD]
        records = self._records[has_grad]
        ends = begins + records[:, abi.R_NUMEL] * records[:, abi.R_ITEMSIZE]
        order = begins.argsort()
        return not (ends[order][:-1] > begins[order][1:]).any()

    def rows_for_torch(self, tensors: Tensors) -> dict[int, list[int]]:
        """Return the indices, by group, of params with a grad that only torch updates."""
        found: dict[int, list[int]] = {}
        for row, route in sorted(self._special.items()):
            if route.is_by_torch and tensors.given[row] is not None:
                position, index = self._place_of(row)
                found.setdefault(position, []).append(index)
        return found

    def needs_host(self) -> bool:
        """Whether something of a step, found_inf for example, cannot be decided on a GPU."""
        kinds = [kind for group in self.groups for _, kind, *_ in group.launches]
        given = self.rows[:, abi.GRAD].nonzero()[0].tolist()
        return (
            bool(self._special)
            or any(kind.device.type == "cpu" for kind in kinds)
            or not all(row in self._counted_on_device for row in given)
        )

    def run(self, tensors: Tensors, values: StepValues) -> int:
        """Update all rows that have a grad.

        Returns:
            DONE; else something changed, nothing was done, and ``resolve`` knows what to do.

        Raises:
            RuntimeError: the driver refused a launch.
        """
        steps = self._steps_on_device(tensors)
        _count(steps, values.found_inf, 1)
        answer = self._ask(abi.RUN, tensors, self._ticket)
        if answer != abi.DONE:
            _count(steps, values.found_inf, -1)
            if answer == abi.DEVICE_FAILED:
                raise registry.target("cuda").error(int(self._words[abi.T_DEVICE_STATUS]))
            return answer
        for pairs in tensors.copied.values():
            for original, copy in pairs:
                if original is not copy:
                    original.copy_(copy)
        if values.inv_scale != 1 or values.grad_scale is not None:
            torch.autograd.graph.increment_version([g for g in tensors.grads if g is not None])
        for group in self.groups:
            if group.locals is not None:
                group.locals.bump_versions()
        if self._is_static(values):
            self.static_ticket = self._ticket
        return answer

    def _ask(self, what: int, tensors: Tensors, ticket: int | None = None) -> int:
        if ticket is None:
            ticket = int(self._words[abi.T_TICKET])
        groups, states = self._optimizer_groups, self._states
        self._words[abi.T_N_STATES] = len(states)
        return int(self.call(ticket, what, groups, states, tensors.params, tensors.grads))

    def _steps_on_device(self, tensors: Tensors) -> list[Tensor]:
        steps = self._counted_on_device
        return [step for row, step in steps.items() if tensors.grads[row] is not None]


def _count(steps: list[Tensor], found_inf: Tensor | None, amount: int) -> None:
    """Count steps on their devices, unless found_inf, which nobody waits for, is not 0."""
    if found_inf is None:
        if steps:
            torch._foreach_add_(steps, amount)
        return
    for device in {step.device for step in steps}:
        taken = (found_inf.to(device, non_blocking=True) == 0).to(torch.float32) * amount
        torch._foreach_add_([step for step in steps if step.device == device], taken)


@cache
def kernel_spec(
    target: str, dtype: str, maximize: bool, weight_decay: bool, wide_state: bool, stochastic: bool
) -> KernelSpec:
    return KernelSpec(target, dtype, maximize, weight_decay, wide_state, stochastic)


def spec_of(group: dict[str, Any], kind: Kind) -> KernelSpec:
    """The kernel of a group for a device and format."""
    dtype, wide_state = kind.format
    return kernel_spec(
        kind.device.type,
        dtype,
        bool(group["maximize"]),
        bool(group["weight_decay"] != 0),
        wide_state,
        bool(group.get("stochastic_rounding")) and dtype == "bfloat16",
    )


def kind_of(group: dict[str, Any], param: Tensor, state: dict[str, Any] | None) -> Kind | None:
    """The device and format of a plain param, as its state is or will be; None: no kernel's."""
    if param.dtype not in KERNEL_DTYPES or param.device.type not in TARGETS:
        return None
    if registry.target(param.device.type).unavailable(param.device):
        return None
    if state and all(isinstance(state.get(key), Tensor) for key in STATES):
        return Kind(param.device, format_of(param, state))
    wide = group.get("state_dtype") is not None and param.dtype in HALF_DTYPES
    return Kind(param.device, Format(KERNEL_DTYPES[param.dtype], wide))


def _pieces(parts: list[tuple[int, int]], capacity: int | None) -> Iterator[list[tuple[int, int]]]:
    """Cut the rows of a launch, index and number of reals each, where it can only take so many."""
    if capacity is None or len(parts) <= capacity:
        yield parts
        return
    parts = sorted(parts, key=lambda part: -part[1])
    for first in range(0, len(parts), capacity):
        yield parts[first : first + capacity]


def _reals(param: Tensor) -> int:
    return param.numel() * (2 if param.is_complex() else 1)


def _hints(tensor: Tensor) -> tuple[int, int]:
    """The C++ objects of a tensor and its storage, to be prefetched; any number is harmless."""
    storage = tensor.untyped_storage()
    return getattr(tensor, "_cdata", 0), getattr(storage, "_cdata", 0)


@cache
def _surroundings() -> NDArray[np.int64]:
    """A table with all that is the same for all tables of a process."""
    words = np.zeros(abi.TABLE_WORDS, np.int64)
    words[abi.T_NONE] = id(None)
    words[abi.T_TENSOR], words[abi.T_PARAMETER] = id(Tensor), id(torch.nn.Parameter)
    words[abi.T_STRIDED] = shim.strided_number()
    words[abi.T_CPU], _ = shim.device_numbers(torch.device("cpu"))
    words[abi.T_FLOAT32] = shim.dtype_number(torch.float32)
    words[abi.T_FLOAT64] = shim.dtype_number(torch.float64)
    words[abi.T_TYPE_OFFSET] = shim.type_offset() or 0
    words[abi.T_HANDLE_OFFSET] = shim.handle_offset() or 0
    words[abi.T_PAGE] = mmap.PAGESIZE
    madvise = memory.madvise()
    words[abi.T_MADVISE] = 0 if madvise is None else shim.address(madvise)
    threads = shim.threads()
    keep(threads)
    words[abi.T_THREADS_AT] = ctypes.addressof(threads)
    for word, address in ((shim.functions() or {}) | shim.python_functions()).items():
        words[getattr(abi, word)] = address
    words[abi.T_GETTERS : abi.T_SCRATCH] = np.array(shim.getters(), np.int64)
    return words


class _Method(ctypes.Structure):
    """CPython's PyMethodDef."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("function", ctypes.c_void_p),
        ("flags", ctypes.c_int),
        ("doc", ctypes.c_char_p),
    )


METH_FASTCALL = 0x80


@cache
def _method() -> int:
    method = _Method(b"step", code.step(), METH_FASTCALL, None)
    keep(method)
    return ctypes.addressof(method)


def _builtin(words: NDArray[np.int64]) -> Callable[..., int]:
    """The native step of a table as a builtin function; a call through ctypes takes 0.5 us more."""
    own = int(words.ctypes.data).to_bytes(8, sys.byteorder)
    make = ctypes.pythonapi.PyCFunction_NewEx
    make.argtypes = [ctypes.c_void_p, ctypes.py_object, ctypes.c_void_p]
    make.restype = ctypes.py_object
    function: Callable[..., int] = make(_method(), own, None)
    return function
