"""The params of consecutive groups as rows, and the native call that updates them.

Python examines the tensors of a row and writes the row. Each native call verifies everything that
may have changed since, before it writes anything (``native/step.py``), and returns the number of
rows that have to be examined again.
"""

import ctypes
from array import array
from collections.abc import Collection, Sequence
from itertools import count
from math import isfinite, prod, sqrt
from operator import attrgetter
from typing import Any, NamedTuple
from weakref import ref

import numpy as np
import torch
from torch import Tensor

from adadelta_gen import registry
from adadelta_gen.native import abi
from adadelta_gen.native.abi import DONE, RUN
from adadelta_gen.native.memory import needs_mappings
from adadelta_gen.shards import (
    STATES,
    Locals,
    is_dtensor,
    is_finite,
    local,
    offset_in_whole,
)
from adadelta_gen.step.causes import Cause, Key, NeedsTorch, Outdated
from adadelta_gen.step.copies import dense_strides, laid_out
from adadelta_gen.step.examine import (
    KERNEL,
    PLAIN_TYPES,
    Route,
    check_memory,
    examine,
    is_simple,
    refuse_torch,
    same_layout,
    span_of,
    why_torch_for_grad,
)
from adadelta_gen.step.groups import Group, Launch, Parts, pieces
from adadelta_gen.step.kinds import Kind, is_dithered, kind_of
from adadelta_gen.step.memory import Regions, joined, regions_of, sharing
from adadelta_gen.step.native_call import bound, words_of_the_process
from adadelta_gen.step.numbers import is_fixed, unreadable
from adadelta_gen.step.rows import NO_DITHER, STATE_KEYS, Facts, Phase, Rows

GRAD = attrgetter("grad")
# Number of times that a step starts again because something changed meanwhile.
TRIES = 10
ALIGNMENT = 64  # bytes of a cache line
_tickets = count(1)


class StepValues(NamedTuple):
    """Arguments of one step beside its tensors and hyperparameters.

    Args:
        inv_scale: factor of the grads; kernels write the product back unless it is 1.
        grad_scale: loss scale on a GPU; kernels divide the grads by it and write them back.
        found_inf: on a GPU; nonzero: kernels do nothing.
        clip: further factor of the grads; the product is not written back.
        clip_on_device: the same factor on a GPU.
        max_norm: norm to which the native call clips the grads, see ``Table.can_clip``.
    """

    inv_scale: float = 1.0
    grad_scale: Tensor | None = None
    found_inf: Tensor | None = None
    clip: float = 1.0
    clip_on_device: Tensor | None = None
    max_norm: float | None = None


class TorchRows(NamedTuple):
    """Parameters of a group that torch updates.

    Args:
        group: a copy of the group's dict.
        columns: params, grads, square_avgs, acc_deltas, steps.
    """

    group: dict[str, Any]
    columns: tuple[list[Tensor], ...]


class Tensors:
    """The tensors of one step, owned by the call.

    Attributes:
        params: one per row; local tensors in place of DTensors.
        grads: grads that native code reads; None if the row is not updated, or a copy.
        given: the original grads.
        owners: the params of the groups, including DTensors.
        listed: the list of groups that the step has begun with; None before it has begun.
        copies: buffers for torch's dense copies, by row on CUDA. New at every step: those of a
            capture are in memory of the graph.
    """

    def __init__(
        self,
        params: list[Tensor],
        grads: list[Tensor | None],
        owners: list[Tensor] | None = None,
        listed: list[dict[str, Any]] | None = None,
    ) -> None:
        self.params = params
        self.owners = params if owners is None else owners
        self.grads = grads
        self.given = list(grads)
        self.listed = listed
        self.copies: dict[int, list[Tensor]] = {}

    def copies_in_order(self) -> list[Tensor]:
        """Return the copies of the rows that are updated, in the order of native code."""
        rows = sorted(row for row in self.copies if self.grads[row] is not None)
        return [copy for row in rows for copy in self.copies[row]]


class Table:
    """Rows for all params of consecutive groups, including those without a grad.

    Args:
        optimizer: the optimizer of the groups and states.
        groups: all its groups.
        positions: positions of the groups of this table.
        old: former tables, whose rows are reused if they are still valid.
        listed: the list that held the groups, if the optimizer has another one now.

    Attributes:
        static_ticket: ticket to repeat the last call while nothing changes, or 0.
        complex_rows: rows of complex params.
        is_dithered: whether a kernel rounds by a dither.
    """

    def __init__(
        self,
        optimizer: Any,
        groups: Sequence[dict[str, Any]],
        positions: range,
        old: Sequence["Table"] = (),
        listed: list[dict[str, Any]] | None = None,
    ) -> None:
        self._optimizer = ref(optimizer)  # weak: the optimizer owns this table
        self._list = optimizer.param_groups if listed is None else listed
        self._states = optimizer.state
        self.positions = positions
        self.groups: list[Group] = []
        self._group_of: list[Group] = []
        self._special: dict[int, Route] = {}  # rows for torch, or for a kernel over copies
        self._copied_from: dict[int, int] = {}  # by row: data address of the last copied grad
        self._unverified: set[int] = set()  # rows written since the last successful call
        self._is_outdated = False
        self._make_groups([groups[i] for i in positions])
        self.rows = Rows(len(self._group_of))
        self._make_launches()
        self._make_words(len(groups))
        self._take_over(old)

    # Making a table

    def _make_groups(self, dicts: Sequence[dict[str, Any]]) -> None:
        self._group_words = np.zeros((len(dicts), abi.GROUP_WORDS), np.int64)
        for position, group, words in zip(self.positions, dicts, self._group_words, strict=True):
            own = Group(position, group, len(self._group_of), words)
            if any(map(is_dtensor, own.members)):
                own.locals = Locals(own.members, self._states)
            self.groups.append(own)
            self._group_of += [own] * own.size

    def _make_launches(self) -> None:
        cut = [
            (group, kind, piece)
            for group in self.groups
            for kind, parts in self._parts(group).items()
            for piece in pieces(parts, registry.target_of(kind.device.type).Launch.capacity)
        ]
        self._launch_words = np.zeros((len(cut), abi.LAUNCH_WORDS), np.int64)
        self.is_dithered = any(is_dithered(group.dict, kind) for group, kind, _ in cut)
        rows = [row for _, _, parts in cut for row, _ in parts]
        self.complex_rows = [row for row in rows if self._is_complex(row)]
        for number, (group, kind, parts) in enumerate(cut):
            words = self._launch_words[number]
            group.launches.append(Launch(kind, self.rows.rows, parts, words))
            for row, reals in parts:
                self.rows.kinds[row] = kind
                self.rows.reals[row] = reals
                self.rows.launches[row] = number

    def _is_complex(self, row: int) -> bool:
        group = self._group_of[row]
        return bool(group.members[row - group.first].is_complex())

    def _parts(self, group: Group) -> dict[Kind, Parts]:
        params: Sequence[Tensor] = group.members
        states = [self._states.get(param) for param in params]
        if group.locals is not None:
            params, _ = group.locals.look(params, [None] * group.size)
        parts: dict[Kind, Parts] = {}
        for row, (param, state) in enumerate(zip(params, states, strict=True), group.first):
            if type(param) in PLAIN_TYPES and (kind := kind_of(group.dict, param, state)):
                parts.setdefault(kind, []).append((row, _reals(param)))
        return parts

    def _make_words(self, n_groups: int) -> None:
        n = len(self.rows)
        self._changed, self._apart, self._found = np.zeros((3, n), np.int64)
        self._squares = np.zeros(n)
        self._room = np.zeros((5, abi.STEP * n), np.int64)
        words = self._words = words_of_the_process().copy()
        words[abi.T_GROUPS] = id(self._list)
        words[abi.T_N_GROUPS] = n_groups
        words[abi.T_STATES], words[abi.T_N_STATES] = id(self._states), len(self._states)
        words[abi.T_FIRST_GROUP] = self.positions.start
        words[abi.T_N_OWN_GROUPS] = len(self.groups)
        words[abi.T_N_ROWS] = n
        words[abi.T_N_LAUNCHES] = len(self._launch_words)
        words[abi.T_DITHERED] = self.is_dithered
        for word, table in (
            (abi.T_GROUPS_AT, self._group_words),
            (abi.T_LAUNCHES_AT, self._launch_words),
            (abi.T_ROWS_AT, self.rows.rows),
            (abi.T_RECORDS_AT, self.rows.records),
            (abi.T_CHANGED_AT, self._changed),
            (abi.T_APART_AT, self._apart),
            (abi.T_PINS_AT, self._room),
            (abi.T_REGIONS_AT, self._room[1:]),
            (abi.T_OWN_BOUNDS_AT, self._room[3:]),
            (abi.T_SQUARES_AT, self._squares),
        ):
            words[word] = table.ctypes.data
        self._max_norm: float | None = None  # the value in the words
        norm = words[abi.T_NORM : abi.T_NORM + 1]
        self._norms = [norm.view(kind)[:1].reshape(()) for kind in (np.float32, np.float64)]
        self._call = bound(words)
        self._has_native_grads = bool(words[abi.T_GRAD])
        self._param_lists = [group.params for group in self.groups]
        only = self._param_lists[0] if len(self._param_lists) == 1 else None
        self._only_list = only if type(only) is list and self._has_native_grads else None

    def _take_over(self, old: Sequence["Table"]) -> None:
        """Copy the rows of other tables that are equal to what would be written here."""
        for table in old:
            known = {
                id(w.param): row
                for row, w in enumerate(table.rows.written)
                if w is not None and w.state is not None
                if w.state is self._states.get(w.param)
            }
            pairs = [
                (known[id(param)], row)
                for group in self.groups
                for row, param in enumerate(group.members, group.first)
                if id(param) in known and self._is_as_in(row, table, known[id(param)])
            ]
            self.rows.take_over(table.rows, pairs)

    def _is_as_in(self, row: int, table: "Table", before: int) -> bool:
        old, new = table.rows, self.rows
        return (
            before not in table._special
            and (old.kinds[before], old.reals[before]) == (new.kinds[row], new.reals[row])
            and table._group_of[before].options == self._group_of[row].options
        )

    def fits(
        self,
        optimizer: Any,
        groups: Sequence[dict[str, Any]],
        positions: range,
        listed: list[dict[str, Any]],
    ) -> bool:
        """Whether the table was made for these groups, their current options and their list."""
        self._words[abi.T_N_GROUPS] = len(groups)
        return (
            not self._is_outdated
            and positions == self.positions
            and listed is self._list
            and optimizer.state is self._states
            and len(self._states) == self._words[abi.T_N_STATES]
            and all(own.fits(groups[own.position]) for own in self.groups)
        )

    def routes(self) -> dict[int, Route]:
        """Return what updates each row that is not updated by a kernel alone."""
        return dict(self._special)

    # Repeat the last native call

    def repeat(self, optimizer: Any) -> int:
        """Take a step by repeating the last native call; change nothing in the table.

        Returns:
            DONE; or, if something changed and nothing was done, another answer.

        Raises:
            RuntimeError: the driver refused a launch.
        """
        max_norm = self._max_norm
        if max_norm != optimizer.defaults.get("max_grad_norm"):
            return abi.STALE
        call, ticket = self._call, self.static_ticket
        params, grads = self._only_list, None
        if params is None:
            params = []
            for own in self._param_lists:
                params += own
        if not self._has_native_grads:
            grads = list(map(GRAD, params))
        # Groups and states are read in this line: together they may be replaced before it.
        answer = call(ticket, RUN, optimizer.param_groups, optimizer.state, params, grads, None)
        if answer == DONE:
            self._unverified.clear()
            if max_norm is not None:
                optimizer.grad_norm = self.grad_norm()
        elif answer == abi.DEVICE_FAILED:
            raise self._launch_error()  # not again: the driver may have taken some launches
        return answer

    def repeat_changed(self, optimizer: Any) -> bool:
        """Repeat the last native call with what changed; return False if that is not enough.

        Raises:
            RuntimeError: a tensor is invalid, a hyperparameter overflows, or the driver refused a
                launch.
        """
        try:
            for _ in range(TRIES):
                answer = self.repeat(optimizer)
                if answer == DONE:
                    return True
                if answer > 0:
                    self._look_again(answer)
                elif answer == abi.GROUP_CHANGED:
                    self._take_numbers()
                else:
                    break
        except (NeedsTorch, Outdated):
            pass
        return False

    def _take_numbers(self, only_fixed: bool = True) -> None:
        """Read the hyperparameters of the groups that changed.

        Args:
            only_fixed: refuse tensor hyperparameters, which may change in place.

        Raises:
            RuntimeError: a hyperparameter overflows.
            Outdated: more has changed.
        """
        for group in self.groups:
            if group.is_same():
                continue
            if not group.fits(group.dict) or unreadable(group.dict):
                raise Outdated
            if only_fixed and not is_fixed(group.dict):
                raise Outdated
            if group.take_numbers(*(group.scalars or (1.0, 1.0))[-2:]):
                self._words[abi.T_MOVED] = True

    def _look_again(self, n_changed: int) -> None:
        """Examine and rewrite the changed rows.

        Raises:
            RuntimeError: a tensor is invalid.
            NeedsTorch, Outdated: repeating the call is not enough.
        """
        rows = self._changed[:n_changed].tolist()
        params = [param for own in self._param_lists for param in own]
        if len(params) != len(self.rows):
            raise Outdated
        self._look(rows, Tensors(params, list(map(GRAD, params))))
        if self._special or self.rows.counted_on_device:
            raise Outdated
        self._words[abi.T_N_STATES] = len(self._states)

    # Take a step in parts

    def collect(
        self,
        aligned: dict[int, list[Tensor | None]],
        listed: list[dict[str, Any]] | None = None,
    ) -> Tensors:
        """Return the params and grads of a step.

        Args:
            aligned: for groups with DTensors, by position: grads with the placements of the params.
            listed: see ``Tensors``.

        Raises:
            RuntimeError, NeedsTorch, Outdated: see ``resolve``.
        """
        params: list[Tensor] = []
        owners: list[Tensor] = []
        grads: list[Tensor | None] = []
        for group in self.groups:
            own = list(group.params)
            owners += own
            own_grads = aligned.get(group.position) or list(map(GRAD, own))
            if group.locals is not None:
                own, own_grads = self._local(group, group.locals, own, own_grads)
            params += own
            grads += own_grads
        tensors = Tensors(params, grads, owners, listed)
        special = list(self._special)
        self._look([row for row in special if not self._lay_out(row, tensors)], tensors)
        return tensors

    def leave_infinities_to_torch(self, tensors: Tensors) -> None:
        """Leave complex parameters with an infinity or a NaN to torch; call ``verify`` before.

        Torch's complex products spread an infinity from one part to the other; kernels treat the
        parts as separate reals.
        """
        parts = []
        for row in self.complex_rows:
            grad = tensors.grads[row]
            if grad is None or not grad.numel():
                continue
            state = self._states.get(tensors.owners[row], {}).copy()
            numbers = tensors.params[row], grad, *(state[key] for key in STATES if key in state)
            reals = [torch.view_as_real(local(n).detach().resolve_conj()) for n in numbers]
            parts += [(row, part) for part in reals]
        norms = torch._foreach_norm([part for _, part in parts], torch.inf) if parts else ()
        for (row, _), norm in zip(parts, norms, strict=True):
            if not isfinite(norm):
                self._special[row] = Route("torch", "a complex number is infinite or NaN")
                tensors.grads[row] = None

    def _local(
        self,
        group: Group,
        own: Locals,
        params: Sequence[Tensor],
        grads: Sequence[Tensor | None],
    ) -> tuple[list[Tensor], list[Tensor | None]]:
        """Return local tensors; native code cannot detect a change of a DTensor, so do it here."""
        for param, grad in zip(params, grads, strict=True):
            if grad is not None:
                self._state_of(group, param)
        local_params, local_grads = own.look(params, grads)
        pairs = zip(local_params, own.states, strict=True)
        for row, (param, state) in enumerate(pairs, group.first):
            now = (param, *(state.get(key) for key in STATE_KEYS))
            if not self.rows.is_written_for(row, now):
                self.rows.forget(row)
        return local_params, local_grads

    def verify(self, tensors: Tensors) -> None:
        """Verify all rows and rewrite those that changed.

        Raises:
            RuntimeError, NeedsTorch, Outdated: see ``resolve``.
        """
        for _ in range(TRIES):
            answer = self._ask(abi.VERIFY, tensors)
            if answer == DONE:
                return
            self.resolve(answer, tensors)
        raise Outdated

    def _ask(self, what: int, tensors: Tensors, ticket: int | None = None) -> int:
        optimizer: Any = self._optimizer()
        self._words[abi.T_N_STATES] = len(self._states)
        self._words[abi.T_SPECIAL] = bool(self._special) or any(own.tensors for own in self.groups)
        if ticket is None:
            ticket = int(self._words[abi.T_TICKET])
        lists = tensors.params, tensors.grads, tensors.copies_in_order() if what == RUN else None
        call, listed = self._call, tensors.listed
        # Groups and states are read in this line: together they may be replaced before it.
        answer = call(ticket, what, listed or optimizer.param_groups, optimizer.state, *lists)
        if answer in (DONE, abi.MOVED):
            self._unverified.clear()
        return answer

    def resolve(self, answer: int, tensors: Tensors) -> None:
        """Handle an answer other than DONE of the native call, before it is called again.

        Raises:
            RuntimeError: a tensor is invalid.
            NeedsTorch: torch has to update some groups.
            Outdated: a new table is needed.
        """
        if answer > 0:
            self._look(self._changed[:answer].tolist(), tensors)
        elif answer == abi.MOVED:
            self._compare_memory(tensors)
        elif answer == abi.GROUP_CHANGED:
            self._take_numbers(only_fixed=False)
        else:
            raise Outdated

    # Examine rows

    def _look(self, rows: Sequence[int], tensors: Tensors) -> None:
        """Examine rows whose tensors changed, and rewrite them."""
        causes = []
        for row in rows:
            grad = tensors.given[row]
            if grad is not None and (why := self._look_at(row, tensors, grad)):
                causes.append(Cause((self._key(row),), why))
        if causes:
            raise NeedsTorch(causes)

    def _look_at(self, row: int, tensors: Tensors, grad: Tensor) -> str:
        """Examine and rewrite a row; return why torch must update its whole group, or ""."""
        group, param = self._group_of[row], tensors.params[row]
        own = self._state_of(group, tensors.owners[row])
        if group.locals is not None:
            own = group.locals.states[row - group.first]
        # A copy: the values that are examined are also the ones that are written.
        state = own.copy() if type(own) is dict else own
        if not state:
            raise Outdated
        kind = kind_of(group.dict, param, state) if type(param) in PLAIN_TYPES else None
        facts = None
        if kind is not None:
            facts = Facts(param.dtype, tuple(param.shape), dense_strides(param))
            if len(facts.shape) != len(facts.strides):
                raise Outdated
        # A simple row is verified by native code, and examined here only if that has refused it.
        route = KERNEL
        is_known = kind is not None and is_simple(group.dict, param, grad, state)
        if not is_known or row in self._unverified or needs_mappings():
            place = group.place(row)
            route = examine(place, param, grad, state)
            if route.by == "torch whole":
                return route.why
            if route.is_by_torch:
                why = f"no generated kernel can update {place}: {route.why}"
                refuse_torch(group.dict, [param], why)
        self._unverified.add(row)
        if row in self._special:
            self.rows.forget(row)  # first: a row for copies must not verify as a simple one
            del self._special[row]
        tensors.copies.pop(row, None)
        if route is not KERNEL:
            self._special[row] = route
            self._words[abi.T_MOVED] = True  # compare its memory with that of the others
        if route.is_by_torch:
            self.rows.forget(row)
            tensors.grads[row] = None
            return ""
        if facts is None or (kind, facts.reals) != (self.rows.kinds[row], self.rows.reals[row]):
            self._is_outdated = True
            raise Outdated
        averages = [state[key] for key in STATE_KEYS]
        tensors.grads[row] = grad if route is KERNEL else laid_out(grad, facts.strides)
        layouts: array[int] | None = None
        arrays: Sequence[Any] = ()
        if route.by == "copies":
            is_by_torch = self._launch_words[self.rows.launches[row], abi.L_CUDA] != 0
            copies = tensors.copies.setdefault(row, []) if is_by_torch else None
            layouts, arrays = _layouts(facts, [param, *averages[:2]], copies)
        state_dict = own if group.locals is None else None
        phase = NO_DITHER
        if self.is_dithered:
            phase = Phase(offset_in_whole(tensors.owners[row]), _counted(averages[2]))
        self.rows.write(row, facts, param, averages, state_dict, layouts, arrays, phase)
        return ""

    def _state_of(self, group: Group, param: Tensor) -> dict[str, Any]:
        optimizer: Any = self._optimizer()
        if not self._states.get(param):
            optimizer.init_state(group.dict, param)
        state: dict[str, Any] = self._states.get(param, {})
        optimizer.fit_state(group.dict, param, state)
        return state

    def _lay_out(self, row: int, tensors: Tensors) -> bool:
        """Copy the grad of a row that was copied before; return False if it must be examined."""
        param, grad = tensors.params[row], tensors.given[row]
        if self._special[row].by != "grad copy" or type(grad) not in PLAIN_TYPES:
            return False
        assert grad is not None
        if why_torch_for_grad(param, grad):
            return False
        check_memory(self._group_of[row].place(row), "grad", grad)
        if self._copied_from.get(row) != grad.data_ptr():
            self._copied_from[row] = grad.data_ptr()
            self._words[abi.T_MOVED] = True
        tensors.grads[row] = laid_out(grad, param.stride())
        return True

    # Shared memory

    def _compare_memory(self, tensors: Tensors) -> None:
        """Find out whether memory that the step writes is shared, after some tensors have moved.

        Native code compares it too, but not with special rows, and cannot name the parameters.

        Raises:
            NeedsTorch: parameters share memory.
        """
        rows, records = self.rows.rows, self.rows.records
        active = (rows[:, abi.GRAD] != 0).nonzero()[0]
        n_bytes = records[active, abi.R_NUMEL] * records[active, abi.R_ITEMSIZE]
        is_float32 = records[active, abi.R_STEP_DTYPE] == self._words[abi.T_FLOAT32]
        step_bytes = np.where(is_float32, 4, 8) * (rows[active, abi.STEP] != 0)
        written = []
        for column, itemsize in (
            (abi.PARAM, abi.R_ITEMSIZE),
            (abi.SQUARE_AVG, abi.R_STATE_ITEMSIZE),
            (abi.ACC_DELTA, abi.R_STATE_ITEMSIZE),
        ):
            begins, spans = rows[active, column], self.rows.spans(active, column)
            written.append(Regions(begins, begins + spans * records[active, itemsize], active))
        begins = rows[active, abi.STEP]
        written.append(Regions(begins, begins + step_bytes, active))
        given = [(grad, row) for row, grad in enumerate(tensors.given) if grad is not None]
        special = [(grad, row) for grad, row in given if row in self._special]
        own = [(tensor, row) for _, row in special for tensor in self._own(row, tensors)]
        written.append(regions_of(own))
        # Torch reads the numbers of a group again for each parameter.
        numbers = [(number, row) for _, row in given for number in self._group_of[row].tensors]
        begins = rows[active, abi.GRAD]
        read = [Regions(begins, begins + n_bytes, active), regions_of(special + numbers)]
        bounds = joined(written)
        if pairs := sharing(bounds, joined(read)):
            raise NeedsTorch([Cause.of_sharing(self._key(a), self._key(b)) for a, b in pairs])
        self._bounds = np.concatenate([bounds.ends, bounds.begins])
        self._words[abi.T_BOUNDS_AT] = self._bounds.ctypes.data
        self._words[abi.T_N_BOUNDS] = len(bounds.ends)
        self._apart[:] = rows[:, abi.GRAD]
        records[:, abi.R_BOUNDED] = rows[:, abi.GRAD] != 0
        self._words[abi.T_MOVED] = False

    def _own(self, row: int, tensors: Tensors) -> list[Tensor]:
        """Return the tensors that torch writes for a special row."""
        if not self._special[row].is_by_torch:
            return []
        group = self._group_of[row]
        state = self._state_of(group, tensors.owners[row])
        found = [tensors.params[row], *(state.get(key) for key in STATE_KEYS)]
        return [tensor for tensor in found if isinstance(tensor, Tensor)]

    # Options

    def find_nonfinite(self, tensors: Tensors) -> tuple[list[Key], list[float]]:
        """Find grads with an infinity or a NaN, and sum up squares; call ``verify`` before.

        Returns:
            keys of the non-finite grads; for each row on the CPU, the sum of its squared grads.
        """
        self._found[:] = 0
        self._set_finders(tensors.grads)
        if self._ask(abi.FIND_NONFINITE, tensors) != DONE:
            raise Outdated
        found, squares = self._found.copy(), self._squares.tolist()
        for row, route in list(self._special.items()):
            grad = tensors.given[row]
            if route.is_by_torch and grad is not None and not is_finite(grad):
                found[row] = True
        return [self._key(row) for row in found.nonzero()[0].tolist()], squares

    def _set_finders(self, grads: Sequence[Tensor | None]) -> None:
        for group in self.groups:
            for launch in group.launches:
                launch.own.find_nonfinite(launch.kind.dtype, grads, self._found)

    def sums_squares(self) -> bool:
        """Whether native code sums up the squares of all grads except those that torch updates."""
        is_on_cuda = self._launch_words[:, abi.L_CUDA].any()
        return not is_on_cuda and all(group.locals is None for group in self.groups)

    def can_clip(self, tensors: Tensors) -> bool:
        """Whether the native call can compute the norm of all grads itself."""
        return self.sums_squares() and not self.grads_of_torch(tensors, ())

    def grads_of_torch(self, tensors: Tensors, skipped: Collection[Key]) -> list[Tensor]:
        """Return the grads of the rows that torch updates and that are not skipped."""
        return [
            grad
            for row, route in sorted(self._special.items())
            if route.is_by_torch and (grad := tensors.given[row]) is not None
            if self._key(row) not in skipped
        ]

    def norm_of(
        self, tensors: Tensors, squares: Sequence[float], skipped: Collection[Key]
    ) -> Tensor:
        """Return the norm of the grads that kernels read, as the native call computes it.

        Args:
            tensors: tensors of the step.
            squares: second result of ``find_nonfinite``.
            skipped: parameters to leave out.
        """
        total, is_wide = 0.0, False
        for row, grad in enumerate(tensors.grads):
            if grad is not None and self._key(row) not in skipped:
                total += squares[row]
                is_wide = is_wide or grad.dtype.to_real() is torch.float64
        dtype = torch.float64 if is_wide else torch.float32
        return torch.tensor(sqrt(total), dtype=dtype, device="cpu")

    def grad_norm(self) -> Tensor:
        """Return the norm that the last run has computed."""
        norm = self._norms[self._words[abi.T_NORM_IS_WIDE]]
        return torch.from_numpy(norm.copy())  # torch.tensor takes four times as long

    def leave_out(self, tensors: Tensors, keys: Collection[Key]) -> None:
        """Treat parameters as if they had no grad."""
        for group in self.groups:
            for position, index in keys:
                if position == group.position:
                    row = group.first + index
                    tensors.grads[row] = tensors.given[row] = None

    def can_unscale(self, tensors: Tensors) -> bool:
        """Whether kernels can unscale all grads in place, as none of them overlap."""
        if any(tensors.given[row] is not None for row in list(self._special)):
            return False
        active = self.rows.rows[:, abi.GRAD] != 0
        begins, records = self.rows.rows[active, abi.GRAD], self.rows.records[active]
        ends = begins + records[:, abi.R_NUMEL] * records[:, abi.R_ITEMSIZE]
        order = begins.argsort()
        return not (ends[order][:-1] > begins[order][1:]).any()

    def takes_device_values(self) -> bool:
        """Whether all rows are updated by kernels that read scalars from device memory."""
        launches = [launch.own for group in self.groups for launch in group.launches]
        return not self._special and all(launch.takes_device_values for launch in launches)

    def needs_host(self) -> bool:
        """Whether the host has to know found_inf, because not all counters are on a GPU."""
        active = self.rows.rows[:, abi.GRAD].nonzero()[0].tolist()
        return bool(self._special) or not all(row in self.rows.counted_on_device for row in active)

    def rows_for_torch(self, tensors: Tensors) -> list[TorchRows]:
        """Return the rows that torch has to update, with their current states."""
        found: dict[Group, TorchRows] = {}
        for row, route in sorted(self._special.items()):
            grad = tensors.given[row]
            if route.is_by_torch and grad is not None:
                group = self._group_of[row]
                state = self._state_of(group, tensors.owners[row])
                if not all(isinstance(state.get(key), Tensor) for key in STATE_KEYS):
                    raise Outdated
                rows = found.setdefault(group, TorchRows(group.dict.copy(), ([], [], [], [], [])))
                own = tensors.params[row], grad, *(state[key] for key in STATE_KEYS)
                for column, tensor in zip(rows.columns, own, strict=True):
                    column.append(tensor)
        return list(found.values())

    def _key(self, row: int) -> Key:
        group = self._group_of[row]
        return group.position, row - group.first

    # Run

    def prepare(self, values: StepValues) -> int:
        """Set hyperparameters and kernels of the next run; return its ticket.

        Native calls with an earlier ticket are refused.

        Raises:
            RuntimeError: a number overflows the compute dtype, or a kernel cannot be loaded.
            Outdated: an option of a group changed.
        """
        self.static_ticket = 0
        ticket = self._words[abi.T_TICKET] = next(_tickets)
        if values.max_norm is not None:
            self._set_finders(())
        self._max_norm = values.max_norm
        self._words[abi.T_MAX_NORM] = np.float64(values.max_norm or 0).view(np.int64)
        for group in self.groups:
            if group.take_numbers(values.inv_scale, values.clip):
                self._words[abi.T_MOVED] = True
            group.set_device_values(values.grad_scale, values.found_inf, values.clip_on_device)
        return ticket

    def run(self, tensors: Tensors, values: StepValues, ticket: int) -> int:
        """Update all rows that have a grad.

        Returns:
            DONE; or, if something changed and nothing was done, an answer for ``resolve``.

        Raises:
            RuntimeError: the driver refused a launch.
        """
        steps = [
            step
            for row, step in list(self.rows.counted_on_device.items())
            if tensors.grads[row] is not None
        ]
        _count(steps, values.found_inf, 1)
        answer = self._ask(RUN, tensors, ticket)
        if answer != DONE:
            _count(steps, values.found_inf, -1)
            if answer == abi.DEVICE_FAILED:
                raise self._launch_error()
            if answer == abi.COPY_FAILED:
                raise RuntimeError(
                    "torch could not copy a parameter or its state, which is not dense, on a CUDA "
                    "device. With foreach=True torch updates the parameters without copies"
                )
            return answer
        if values.inv_scale != 1 or values.grad_scale is not None:
            torch.autograd.graph.increment_version([g for g in tensors.grads if g is not None])
        for group in self.groups:
            if group.locals is not None:
                group.locals.bump_versions()
        if self._is_static(values):
            self.static_ticket = ticket
        return answer

    def _launch_error(self) -> RuntimeError:
        return registry.launch_error(int(self._words[abi.T_DEVICE_STATUS]))

    def _is_static(self, values: StepValues) -> bool:
        return (
            values.inv_scale == values.clip == 1
            and values.grad_scale is values.found_inf is values.clip_on_device is None
            and not self._special
            and not self.complex_rows
            and not self.rows.counted_on_device
            and all(
                is_fixed(own.dict)
                and own.locals is None
                and own.dict.get("nonfinite", "propagate") == "propagate"
                for own in self.groups
            )
        )


def _count(steps: list[Tensor], found_inf: Tensor | None, amount: int) -> None:
    """Add to counters on their devices, unless found_inf is nonzero; without a sync."""
    if steps and found_inf is None:
        torch._foreach_add_(steps, amount)
    elif found_inf is not None:
        for device in {step.device for step in steps}:
            taken = (found_inf.to(device, non_blocking=True) == 0).to(torch.float32) * amount
            own = [step for step in steps if step.device == device]
            torch._foreach_add_(own, [taken] * len(own))  # a single tensor would cause a sync


def _counted(step: Tensor) -> int:
    """Return the value of a counter on a GPU; 0 for one that native code reads itself."""
    if step.is_cpu:
        return 0
    taken = float(step)
    return int(taken) if 0 < taken < 2**53 else 0


def _layouts(
    facts: Facts, tensors: Sequence[Tensor], copies: list[Tensor] | None
) -> "tuple[array[int], list[Any]]":
    """Describe the strides of param and averages; allocate dense copies if they differ.

    Args:
        facts: the shape and strides that the kernel needs.
        tensors: param, square_avg and acc_delta.
        copies: list that receives the buffers if torch copies; None: native code copies.

    Raises:
        Outdated: a tensor has another number of dimensions.
    """
    words = array("q", bytes(8 * abi.LAYOUT_WORDS * abi.STEP))
    alive: list[Any] = []
    for column, tensor in zip((abi.PARAM, abi.SQUARE_AVG, abi.ACC_DELTA), tensors, strict=True):
        strides = tensor.stride()
        if len(strides) != len(facts.shape):
            raise Outdated  # it changed after it was examined
        dims = array("q", (*facts.shape, *strides))
        at = abi.LAYOUT_WORDS * column
        words[at + abi.LAYOUT_DIMS], _ = dims.buffer_info()
        words[at + abi.LAYOUT_SPAN] = span_of(facts.shape, strides)
        alive.append(dims)
        if same_layout(facts.shape, strides, facts.strides):
            continue
        if copies is not None:
            words[at + abi.LAYOUT_COPY] = abi.BY_TORCH
            dtype, device = tensor.dtype, tensor.device
            copies.append(
                torch.empty_strided(facts.shape, facts.strides, dtype=dtype, device=device)
            )
        else:
            itemsize = facts.dtype.itemsize if column == abi.PARAM else tensor.element_size()
            room = bytearray(prod(facts.shape) * itemsize + ALIGNMENT)
            address = ctypes.addressof(ctypes.c_char.from_buffer(room))
            words[at + abi.LAYOUT_COPY] = address + -address % ALIGNMENT
            alive.append(room)
    return words, alive


def _reals(param: Tensor) -> int:
    return param.numel() * (2 if param.is_complex() else 1)
