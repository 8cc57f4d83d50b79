"""Decide which groups kernels update and which torch updates, in the order of the groups."""

from bisect import bisect
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from torch import Tensor

from adadelta_gen.explanation import Explanation, ParamExplanation
from adadelta_gen.shards import Locals, is_dtensor, placed_grads
from adadelta_gen.step.causes import Cause
from adadelta_gen.step.examine import (
    Place,
    Route,
    examine,
    refuse_torch,
    why_torch_for_group,
)
from adadelta_gen.step.kinds import kind_of, spec_of
from adadelta_gen.step.memory import joined, regions_of, sharing
from adadelta_gen.step.numbers import tensors_of
from adadelta_gen.step.rows import STATE_KEYS
from adadelta_gen.step.table import Table


class Plan:
    """The tables of an optimizer's groups, and the reasons why torch updates other groups."""

    def __init__(self) -> None:
        self._tables: list[Table] = []
        self._causes: dict[int, Cause] = {}  # by the ids of the groups' dicts

    def parts(
        self,
        optimizer: Any,
        groups: Sequence[dict[str, Any]],
        first: int,
        listed: list[dict[str, Any]],
    ) -> list[Table | int]:
        """Return, for the groups from ``first`` on, tables and positions of groups for torch.

        Args:
            optimizer: the optimizer of this plan.
            groups: snapshot of its groups.
            first: number of groups that are already updated.
            listed: the list that held the groups; the optimizer may have another one now.

        Raises:
            RuntimeError: an option of a group requires kernels, but no kernel can update it.
        """
        parts: list[Table | int] = []
        for positions, why in self._runs(optimizer, groups, first, listed):
            if not why:
                parts.append(self._table(optimizer, groups, positions, listed))
                continue
            group = groups[positions[0]]
            refuse_torch(group, group["params"], why)
            parts += positions
        done = [table for table in self._tables if table.positions.stop <= first]
        self._tables = done + [part for part in parts if isinstance(part, Table)]
        return parts

    def _runs(
        self,
        optimizer: Any,
        groups: Sequence[dict[str, Any]],
        first: int,
        listed: list[dict[str, Any]],
    ) -> Iterator[tuple[range, str]]:
        """Split the groups into runs that kernels update and single groups that torch updates."""
        begin, n = first, len(groups)
        intercepted = optimizer.why_torch(listed)
        for i in range(first, n):
            if why := self._why_torch(optimizer, groups, i, intercepted):
                if begin < i:
                    yield range(begin, i), ""
                yield range(i, i + 1), why
                begin = i + 1
        if begin < n:
            yield range(begin, n), ""

    def _table(
        self,
        optimizer: Any,
        groups: Sequence[dict[str, Any]],
        positions: range,
        listed: list[dict[str, Any]],
    ) -> Table:
        for table in self._tables:
            if table.fits(optimizer, groups, positions, listed):
                return table
        return Table(optimizer, groups, positions, self._tables, listed)

    def leave_to_torch(self, groups: Sequence[dict[str, Any]], causes: list[Cause]) -> None:
        """Let torch update the groups of these parameters as long as the cause holds."""
        for cause in reversed(causes):  # an error names the first cause of a group
            for position, _ in cause.params:
                self._causes[id(groups[position])] = cause

    def _why_torch(
        self,
        optimizer: Any,
        groups: Sequence[dict[str, Any]],
        position: int,
        intercepted: str,
    ) -> str:
        """Return in words why torch updates a whole group, else an empty string."""
        if why := intercepted or why_torch_for_group(groups[position]):
            return _without_kernels(position, why)
        cause = self.cause_of(optimizer, groups, position)
        return said(groups, cause) if cause else ""

    def cause_of(
        self, optimizer: Any, groups: Sequence[dict[str, Any]], position: int
    ) -> Cause | None:
        """Return the cause for which torch has updated a group, if it still holds."""
        cause = self._causes.get(id(groups[position]))
        if cause is None:
            return None
        try:
            if any(p == position for p, _ in cause.params) and _holds(optimizer, groups, cause):
                return cause
        except (IndexError, KeyError):
            pass  # groups or params were removed
        self._causes.pop(id(groups[position]), None)
        return None

    def ways(self, optimizer: Any) -> list[Any]:
        """By what the last step updated parameters: equal lists mean the same kernels, and torch
        for the same parameters. ``explain()`` has the words, and takes longer."""
        options = ("maximize", "foreach", "fused", "differentiable", "dithered_rounding")
        groups = optimizer.param_groups
        return [
            optimizer.why_torch(groups),
            len(optimizer.state),
            [(table, table.routes()) for table in self._tables],
            list(self._causes.values()),
            [[bool(group["weight_decay"]), *map(group.get, options)] for group in groups],
        ]


def _without_kernels(position: int, why: str) -> str:
    return f"no generated kernel can update the parameters of group {position}: {why}"


def said(groups: Sequence[dict[str, Any]], cause: Cause) -> str:
    """Return a cause as text, with its parameter."""
    position, index = cause.params[0]
    place = Place(position, groups[position], index)
    return f"no generated kernel can update {place}: {cause.why}"


def _holds(optimizer: Any, groups: Sequence[dict[str, Any]], cause: Cause) -> bool:
    """Whether a cause still holds; raises the errors of ``examine`` before torch updates it."""
    rows = []
    for position, index in cause.params:
        group = groups[position]
        if group["params"][index].grad is None:
            return False
        rows.append(_Row.of(optimizer, Place(position, group, index)))
    if cause.is_sharing():
        return bool(_shared(rows))
    return rows[0].route == ("torch whole", cause.why)


def explain(optimizer: Any) -> Explanation:
    """Return the result of ``Adadelta.explain``."""
    listed = optimizer.param_groups
    groups = list(listed)  # another thread may add one
    intercepted = optimizer.why_torch(listed)
    whys = [intercepted or why_torch_for_group(group) for group in groups]
    for position, why in enumerate(whys):
        if why:
            group = groups[position]
            refuse_torch(group, group["params"], _without_kernels(position, why))
    groups = [_with_list(group) for group in groups]
    rows = [
        _Row.of(optimizer, Place(position, group, index), why)
        for position, (group, why) in enumerate(zip(groups, whys, strict=True))
        for index in range(len(group["params"]))
    ]
    plan = optimizer._plan  # torch continues with groups that it has updated for a cause
    known = [why or plan.cause_of(optimizer, groups, i) for i, why in enumerate(whys)]
    causes = [why for why in known if isinstance(why, Cause)]
    by_torch = {position for position, why in enumerate(known) if why}
    found = []
    for row in rows:
        if row.grad is not None and row.route.is_by_torch:
            cause = Cause((row.place.key,), row.route.why)
            refuse_torch(row.place.group, [row.param], said(groups, cause))
            if row.route.by == "torch whole":
                found.append(cause)
    causes += found
    by_torch |= _positions(found)
    while found := _shared_in_runs(rows, by_torch):
        causes += found
        by_torch |= _positions(found)
    caused = [(cause, key) for cause in causes for key in cause.params if key[0] in by_torch]
    for cause, (position, _) in caused:
        refuse_torch(groups[position], groups[position]["params"], said(groups, cause))
    # A step stops at the first cause of a group; here all parameters are named.
    causes += _shared([row for row in rows if not whys[row.place.group_index]])
    why_of = {key: cause.why for cause in reversed(causes) for key in cause.params}
    beside = {position: said(groups, cause) for cause, (position, _) in reversed(caused)}
    return Explanation(
        row.explained(
            (row.place.group_index in by_torch and why_of.get(row.place.key))
            or beside.get(row.place.group_index, "")
        )
        for row in rows
    )


def _with_list(group: dict[str, Any]) -> dict[str, Any]:
    """Return a group with a list of its params; without any if they can be read only once."""
    params = group["params"]
    if type(params) in (list, tuple):
        return group
    return {**group, "params": list(params) if isinstance(params, Collection) else []}


def _positions(causes: Sequence[Cause]) -> set[int]:
    return {position for cause in causes for position, _ in cause.params}


def _shared_in_runs(rows: Sequence["_Row"], by_torch: set[int]) -> list[Cause]:
    """Return the parameters that share memory in one native call; groups of torch separate them."""
    ends = sorted(by_torch)
    kept = [row for row in rows if row.place.group_index not in by_torch]
    runs = groupby(kept, lambda row: bisect(ends, row.place.group_index))
    return [cause for _, run in runs for cause in _shared(list(run))]


class _Row(NamedTuple):
    """A parameter or its local tensors, and what would update it."""

    place: Place
    param: Tensor
    grad: Tensor | None
    state: dict[str, Any]
    route: Route

    @classmethod
    def of(cls, optimizer: Any, place: Place, why: str = "") -> "_Row":
        """Examine a parameter, unless ``why`` says already that torch updates it.

        Raises:
            RuntimeError: the errors that a step would raise.
        """
        whole = place.group["params"][place.index]
        own_state = optimizer.state.get(whole, {})
        # A copy: in the middle of a first step, torch adds one tensor after the other.
        state = own_state.copy() if type(own_state) is dict else own_state
        (grad,) = placed_grads([whole])
        param = whole
        if why:
            return cls(place, whole, grad, state, Route("torch", why))
        if is_dtensor(whole):
            own = Locals([whole], {whole: state})
            (param,), (grad,) = own.look([whole], [grad])
            state = own.states[0]
        try:
            route = examine(place, param, grad, state)
        except RuntimeError as error:
            if grad is not None:
                raise
            route = Route("torch", str(error))  # without a grad, no step reads it
        return cls(place, param, grad, state, route)

    def explained(self, why_group: str) -> ParamExplanation:
        place, param = self.place, self.place.group["params"][self.place.index]
        kernel = None
        if not why_group and not self.route.is_by_torch:
            kind = kind_of(place.group, self.param, self.state)
            kernel = kind and spec_of(place.group, kind).name
        why = why_group or self.route.why
        if self.param is not param:
            shard = f"for a local tensor of shape {tuple(self.param.shape)}"
            why = f"{shard}: {why}" if why else shard
        name = place.given_name()
        device = str(param.device)
        return ParamExplanation(
            *(place.group_index, place.index, name, _shape(param)),
            *(str(param.dtype), device, kernel, why),
        )


def _shape(param: Tensor) -> tuple[int, ...]:
    try:
        return tuple(param.shape)
    except RuntimeError:  # a nested or an uninitialized tensor
        return ()


def _shared(rows: Sequence[_Row]) -> list[Cause]:
    """Return the parameters that share memory that one of them writes."""
    plain = [row for row in rows if row.grad is not None and row.route.by != "torch whole"]
    tensors = [
        (tensor, number)
        for number, row in enumerate(plain)
        for tensor in (row.param, *(row.state[key] for key in STATE_KEYS if key in row.state))
    ]
    read = [
        (tensor, number)
        for number, row in enumerate(plain)
        for tensor in (row.grad, *tensors_of(row.place.group))
        if tensor is not None
    ]
    pairs = sharing(joined([regions_of(tensors)]), regions_of(read))
    return [Cause.of_sharing(plain[a].place.key, plain[b].place.key) for a, b in pairs]
