"""Decide which groups kernels update and which torch updates, in the order of the groups."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from torch import Tensor

from adadelta_gen.explanation import Explanation, ParamExplanation
from adadelta_gen.shards import Locals, is_dtensor, placed_grads
from adadelta_gen.step.causes import Cause
from adadelta_gen.step.examine import (
    Place,
    Route,
    examine,
    is_demanding,
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
            if is_demanding(group):  # the text is built only for errors: a mode would trace it
                refuse_torch(group, group["params"], self._in_words(group, positions[0], why))
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
            if why := intercepted or self.why_torch(optimizer, groups, i):
                if begin < i:
                    yield range(begin, i), ""
                yield range(i, i + 1), why
                begin = i + 1
        if begin < n:
            yield range(begin, n), ""

    @staticmethod
    def _in_words(group: dict[str, Any], position: int, why: str) -> str:
        if why.startswith(("group ", "no generated kernel ")):
            return why
        return f"no generated kernel can update {Place(position, group, 0)}: {why}"

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

    def why_torch(self, optimizer: Any, groups: Sequence[dict[str, Any]], position: int) -> str:
        """Return why torch updates a whole group, else an empty string."""
        group = groups[position]
        if type(group) is not dict:
            return f"group {position} is a {type(group).__name__}"
        if why := why_torch_for_group(group):
            return f"group {position} cannot use kernels ({why})"
        cause = self._causes.get(id(group))
        if cause is None:
            return ""
        try:
            if any(p == position for p, _ in cause.params) and _holds(optimizer, groups, cause):
                return said(groups, cause)
        except (IndexError, KeyError):
            pass  # groups or params were removed
        self._causes.pop(id(group), None)
        return ""

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
    return rows[0].route.by == "torch whole"


def explain(optimizer: Any) -> Explanation:
    """Return the result of ``Adadelta.explain``."""
    groups = optimizer.param_groups
    intercepted = optimizer.why_torch(groups)
    whole: dict[int, str] = {}  # why torch updates a group
    rows: list[_Row] = []
    for position, group in enumerate(groups):
        why = intercepted or why_torch_for_group(group)
        if why:
            words = f"no generated kernel can update {Place(position, group, 0)}: {why}"
            if not intercepted:
                words = f"group {position} cannot use kernels ({why})"
            refuse_torch(group, group["params"], words)
            whole[position] = why
        places = [Place(position, group, index) for index in range(len(group["params"]))]
        rows += [_Row.of(optimizer, place, why) for place in places]
    causes = _shared([row for row in rows if row.place.group_index not in whole])
    for row in rows:
        if row.grad is None or not row.route.is_by_torch or row.place.group_index in whole:
            continue
        cause = Cause((row.place.key,), row.route.why)
        refuse_torch(row.place.group, [row.param], said(groups, cause))
        if row.route.by == "torch whole":
            causes.append(cause)
    why_of = {key: cause.why for cause in causes for key in cause.params}
    for cause in causes:
        for position in {position for position, _ in cause.params}:
            why = said(groups, cause)
            refuse_torch(groups[position], groups[position]["params"], why)
            whole.setdefault(position, why)
    return Explanation(
        row.explained(why_of.get(row.place.key) or whole.get(row.place.group_index, ""))
        for row in rows
    )


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
    plain = [row for row in rows if row.route.by not in ("torch whole", "nothing")]
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
