"""One step of an optimizer: in which order it is taken, so that it is taken whole or not at all.

First comes all that can fail or runs foreign code: numbers, kernels, copies, looking for grads that
are not finite, agreement between ranks. Then a native call verifies all tensors, counts and runs
the kernels. Groups of torch's come in their places; what comes behind them is verified after them.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.optim.adadelta import adadelta as torch_adadelta

from adadelta_gen import torch_private
from adadelta_gen.native import abi
from adadelta_gen.options import amp, clipping, nonfinite
from adadelta_gen.shards import aligned_grads, is_finite
from adadelta_gen.step.causes import NeedsTorch, Outdated
from adadelta_gen.step.examine import refuse_torch
from adadelta_gen.step.plan import Plan, said
from adadelta_gen.step.table import TRIES, StepValues, Table, Tensors

Part = tuple[Table, Tensors] | int  # the position of a group that torch updates


class Update:
    """What one call of ``step`` knows.

    Args:
        optimizer: the optimizer.
        plan: of it.
        scaling: what GradScaler handed over.
    """

    def __init__(self, optimizer: Any, plan: Plan, scaling: amp.Scaling) -> None:
        self._optimizer = optimizer
        self._list: list[dict[str, Any]] = optimizer.param_groups
        self._groups = list(self._list)  # as they are looked at
        self._plan = plan
        self._scaling = scaling
        self._max_norm = optimizer.defaults.get("max_grad_norm")
        self._has_options = (
            scaling.is_given()
            or self._max_norm is not None
            or any(map(nonfinite.is_on, self._groups))
        )
        self._is_decided = not self._has_options
        self._done = 0  # groups
        self._aligned: dict[int, list[Tensor | None]] = {}
        self._skipped: nonfinite.Found = []
        self._inv_scale = self._clip = 1.0
        self._clip_on_device: Tensor | None = None
        self._has_clip = self._max_norm is None  # else it is yet to be found
        self._squares: dict[Table, list[float]] = {}  # of the grads, where they have been read
        self._unscaled: set[int] = set()  # groups whose grads torch has unscaled

    def take(self) -> None:
        """Take the step.

        Raises:
            RuntimeError: something is not as it must be; nothing has been changed, or what torch
                itself would have changed.
        """
        tries = 0
        while self._done < len(self._groups):
            before = self._done
            try:
                self._go_on()
            except Outdated:
                pass
            except NeedsTorch as needs:
                for cause in needs.causes:
                    for position, _ in cause.params:
                        group = self._groups[position]
                        refuse_torch(group, group["params"], said(self._groups, cause))
                self._plan.leave_to_torch(self._groups, needs.causes)
            tries = tries + 1 if self._done == before else 0
            if tries > TRIES + len(self._groups):
                raise RuntimeError("the tensors of the optimizer change while step() looks at them")

    def _go_on(self) -> None:
        """Take the next part of the step, if nothing changes meanwhile."""
        optimizer = self._optimizer
        if not self._done:  # else, as torch does, it goes on with the list that it began with
            self._list = optimizer.param_groups
        self._groups = list(self._list)
        parts = [
            part if isinstance(part, int) else (part, self._collect(part))
            for part in self._plan.parts(optimizer, self._groups, self._done, self._list)
        ]
        if not parts:  # groups were removed meanwhile
            self._done = len(self._groups)
            return
        for part in parts:
            if not isinstance(part, int):
                table, tensors = part
                if len(parts) > 1 or self._has_options or table.complex_rows:
                    table.verify(tensors)
                table.leave_infinities_to_torch(tensors)
        if not self._is_decided:
            self._decide(parts)
            return
        self._find_clip(parts)
        first = parts[0]
        if isinstance(first, int):
            self._update_group_by_torch(first)
            self._done += 1
        elif self._run(*first):
            self._done += len(first[0].groups)
            whole_step = len(parts) == 1 and first[0].positions.start == 0
            is_repeatable = not self._has_options or not self._has_clip
            if whole_step and first[0].static_ticket and is_repeatable:
                optimizer.repeat_with(first[0])
        if self._done >= len(self._groups):
            nonfinite.count(
                self._groups, self._skipped, optimizer.skipped, optimizer.skipped_in_a_row
            )

    def _collect(self, table: Table) -> Tensors:
        if table.is_dithered and torch_private.is_capturing():
            raise RuntimeError(
                "dithered_rounding, and a state in bfloat16, depend on the number of the step: "
                "no graph can hold it"
            )
        for group in table.groups:
            if group.locals is not None and group.position not in self._aligned:
                # Once a step: ranks must communicate alike, also if only one of them looks again.
                self._aligned[group.position] = aligned_grads(group.params)
        return table.collect(self._aligned, self._list if self._done else None)

    def _decide(self, parts: list[Part]) -> None:
        """Let the options decide what the step leaves out, and by what it multiplies the grads."""
        scaling = self._scaling
        if scaling.is_given():
            on_host = not scaling.is_on_device() or any(
                isinstance(part, int)
                or part[0].needs_host()
                or (scaling.grad_scale is not None and not part[0].can_unscale(part[1]))
                for part in parts
            )
            if on_host:
                if scaling.should_skip():
                    self._done = len(self._groups)
                    return
                self._inv_scale, self._scaling = scaling.inv_scale(), amp.Scaling()
        if any(map(nonfinite.is_on, self._groups)):
            if torch_private.is_capturing():
                raise RuntimeError("nonfinite waits for the device: no graph can hold it")
            found = [place for part in parts for place in self._nonfinite(part)]
            in_a_row = self._optimizer.skipped_in_a_row
            self._skipped = nonfinite.to_skip(self._groups, found, in_a_row)
        self._is_decided = True
        if self._inv_scale != 1 and not self._can_kernels_unscale(parts):
            for part in parts:
                self._unscale(part, self._inv_scale)
        if self._max_norm is not None and self._scaling.grad_scale is not None:
            inverse = self._scaling.grad_scale.double().reciprocal().float()
            for part in parts:
                self._unscale(part, inverse)
            self._scaling = self._scaling._replace(grad_scale=None)  # only kernels would read it
        if not self._unscaled:  # else copies of grads are to be made anew first
            self._find_clip(parts)

    def _nonfinite(self, part: Part) -> nonfinite.Found:
        if not isinstance(part, int):
            found, self._squares[part[0]] = part[0].find_nonfinite(part[1])
            return found
        group = self._groups[part]
        if not nonfinite.is_on(group):
            return []
        grads = self._aligned.setdefault(part, aligned_grads(group["params"]))
        return [(part, i) for i, g in enumerate(grads) if g is not None and not is_finite(g)]

    def _clips_at_once(self, parts: list[Part]) -> bool:
        """Whether the native call that takes the whole step finds the norm of the grads, too."""
        if len(parts) > 1 or isinstance(parts[0], int) or self._scaling.is_given():
            return False
        return not any(map(nonfinite.is_on, self._groups)) and parts[0][0].can_clip(parts[0][1])

    def _find_clip(self, parts: list[Part]) -> None:
        """Find by what the grads are multiplied, so that their norm is not too large.

        Unless that is done, or not asked for, or left to the native call.
        """
        if self._has_clip or self._clips_at_once(parts):
            return
        grads: list[Tensor] = []
        norms: list[Tensor] = []
        for part in parts:
            if isinstance(part, int) or not part[0].sums_squares():
                grads += self._given(part)
                continue
            table, tensors = part
            if table not in self._squares:
                _, self._squares[table] = table.find_nonfinite(tensors)
            grads += table.grads_of_torch(tensors, self._skipped)
            norms.append(table.norm_of(tensors, self._squares[table], self._skipped))
        norm = self._optimizer.grad_norm = clipping.norm_of(grads, norms)
        self._has_clip = True
        factor = clipping.factor(self._max_norm, norm)
        if all(not isinstance(part, int) and part[0].takes_device_values() for part in parts):
            self._clip_on_device = factor
        else:
            self._clip = factor.item()

    def _given(self, part: Part) -> list[Tensor]:
        """Return the grads of parameters that are not left out."""
        if isinstance(part, int):
            grads = self._aligned.setdefault(part, aligned_grads(self._groups[part]["params"]))
            given = {part: grads}
        else:
            table, tensors = part
            given = {
                # Whole DTensors, of which the table has the local tensors.
                group.position: self._aligned[group.position]
                if group.locals is not None
                else tensors.given[group.first : group.first + group.size]
                for group in table.groups
            }
        skipped = set(self._skipped)
        return [
            grad
            for position, grads in given.items()
            for index, grad in enumerate(grads)
            if grad is not None and (position, index) not in skipped
        ]

    def _can_kernels_unscale(self, parts: list[Part]) -> bool:
        """Whether kernels can unscale the grads while they read them, before anything else does.

        Those of several parts may overlap, and torch unscales all before it updates any.
        """
        if len(parts) > 1 or isinstance(parts[0], int) or self._max_norm is not None:
            return False
        return parts[0][0].can_unscale(parts[0][1])

    def _unscale(self, part: Part, inv_scale: float | Tensor) -> None:
        if isinstance(part, int):
            grads = [p.grad for p in self._groups[part]["params"]]
            positions = {part}
        else:
            grads = list(part[1].given)
            positions = {group.position for group in part[0].groups}
        if given := [grad for grad in grads if grad is not None]:
            torch._foreach_mul_(given, inv_scale)
        self._unscaled |= positions
        self._squares.clear()

    def _run(self, table: Table, tensors: Tensors) -> bool:
        table.leave_out(tensors, self._skipped)
        is_unscaled = bool(self._unscaled & set(table.positions))
        inv_scale = 1.0 if is_unscaled else self._inv_scale
        max_norm = None if self._has_clip else self._max_norm
        values = StepValues(inv_scale, *self._scaling, self._clip, self._clip_on_device, max_norm)
        ticket = table.prepare(values)
        for _ in range(TRIES):
            beside = table.rows_for_torch(tensors)
            if beside and max_norm is not None:
                raise Outdated  # their grads belong to the norm
            answer = table.run(tensors, values, ticket)
            if answer == abi.DONE:
                break
            table.resolve(answer, tensors)
        else:
            raise Outdated
        if max_norm is not None:
            self._optimizer.grad_norm = table.grad_norm()
        for group, columns in beside:
            self._update_by_torch(group, columns, any(p.is_complex() for p in columns[0]))
        return True

    def _update_group_by_torch(self, position: int) -> None:
        group = self._groups[position]
        columns: list[list[Tensor]] = [[], [], [], [], []]
        has_complex = self._optimizer._init_group(group, *columns)
        skipped = {id(group["params"][i]) for p, i in self._skipped if p == position}
        if skipped:
            kept = [i for i, param in enumerate(columns[0]) if id(param) not in skipped]
            columns = [[column[i] for i in kept] for column in columns]
        self._update_by_torch(group, columns, has_complex)

    def _update_by_torch(
        self, group: dict[str, Any], columns: Sequence[Any], has_complex: bool
    ) -> None:
        params, grads, square_avgs, acc_deltas, steps = columns
        if self._clip != 1 and grads:
            grads = torch._foreach_mul(grads, self._clip)
        # The functional form: Optimizer.step of the base class would run every hook again.
        torch_adadelta(
            params,
            grads,
            square_avgs,
            acc_deltas,
            steps,
            lr=group["lr"],
            rho=group["rho"],
            eps=group["eps"],
            weight_decay=group["weight_decay"],
            foreach=group["foreach"],
            maximize=group["maximize"],
            differentiable=group["differentiable"],
            capturable=group["capturable"],
            has_complex=has_complex,
        )
