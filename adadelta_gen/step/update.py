"""One step of an optimizer, in an order that applies it completely or not at all.

All work that can fail or runs user code comes first: reading hyperparameters, loading kernels,
copies, the search for non-finite grads, collectives. Then one native call verifies all tensors,
increments the step counters and runs the kernels. Groups that torch updates keep their place in the
order; the groups after them are verified after torch has updated them.
"""

from collections.abc import Sequence
from operator import is_
from typing import Any

import torch
from torch import Tensor
from torch.optim.adadelta import adadelta as torch_adadelta

from adadelta_gen import torch_private
from adadelta_gen.native import abi
from adadelta_gen.options import amp, clipping, nonfinite
from adadelta_gen.shards import aligned_grads, is_finite
from adadelta_gen.step.causes import NeedsTorch, Outdated
from adadelta_gen.step.plan import Plan
from adadelta_gen.step.table import TRIES, StepValues, Table, Tensors

Part = tuple[Table, Tensors] | int  # the position of a group that torch updates


class Update:
    """The local state of one call of ``step``.

    Args:
        optimizer: the optimizer.
        plan: its plan.
        scaling: the values that GradScaler passed.
    """

    def __init__(self, optimizer: Any, plan: Plan, scaling: amp.Scaling) -> None:
        self._optimizer = optimizer
        self._list: list[dict[str, Any]] = optimizer.param_groups
        self._groups = list(self._list)  # snapshot of the list
        self._kept: list[dict[str, Any]] | None = None  # groups of what is stored by position
        self._plan = plan
        self._scaling = scaling
        self._max_norm = optimizer.defaults.get("max_grad_norm")
        self._has_options = (
            scaling.is_given()
            or self._max_norm is not None
            or any(map(nonfinite.is_on, self._groups))
        )
        self._is_decided = not self._has_options
        self._done = 0  # number of updated groups
        self._aligned: dict[int, list[Tensor | None]] = {}
        self._skipped: nonfinite.Found = []
        self._names: list[str] = []  # of the skipped parameters
        self._inv_scale = self._clip = 1.0
        self._clip_on_device: Tensor | None = None
        self._has_clip = self._max_norm is None  # else it is not computed yet
        self._squares: dict[Table, list[float]] = {}  # sums of squared grads, once they are read
        self._unscaled: set[int] = set()  # positions of groups whose grads torch has unscaled

    def take(self) -> None:
        """Take the step.

        Raises:
            RuntimeError: a tensor or an option is invalid. Nothing has been changed, except groups
                that torch updated before.
        """
        tries = 0
        while self._done < len(self._groups):
            before = self._done
            try:
                self._take_next_part()
            except Outdated:
                pass
            except NeedsTorch as needs:
                self._plan.leave_to_torch(self._groups, needs.causes)
            tries = tries + 1 if self._done == before else 0
            if tries > TRIES + len(self._groups):
                raise RuntimeError(
                    "the param groups or tensors of the optimizer keep changing while step() reads "
                    "them. Do not modify them from other threads or hooks during step()"
                )
        if self._is_decided:  # else found_inf has ended the step
            optimizer = self._optimizer
            nonfinite.count(self._names, optimizer.skipped, optimizer.skipped_in_a_row)

    def _take_next_part(self) -> None:
        """Take the next part of the step, unless the tensors change meanwhile."""
        optimizer = self._optimizer
        if not self._done:  # a step that has begun keeps its list of groups, as torch's does
            self._list = optimizer.param_groups
        self._groups = list(self._list)
        if self._kept is not None and not _begins_with(self._kept, self._groups):
            self._list = self._groups = self._kept
        parts = [
            part if isinstance(part, int) else (part, self._collect(part))
            for part in self._plan.parts(optimizer, self._groups, self._done, self._list)
        ]
        if not parts:  # groups were removed meanwhile
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

    def _collect(self, table: Table) -> Tensors:
        if table.is_dithered and torch_private.is_capturing():
            raise RuntimeError(
                "dithered_rounding and state_dtype=torch.bfloat16 depend on the step number, "
                "which a captured CUDA graph would repeat: call step() outside the capture"
            )
        for group in table.groups:
            if group.locals is not None:
                self._grads_of(group.position, group.params)
        is_kept = self._done or self._list is self._kept
        return table.collect(self._aligned, self._list if is_kept else None)

    def _grads_of(self, position: int, params: Sequence[Tensor]) -> list[Tensor | None]:
        """Return the grads of a group, those of DTensors with the placements of their params.

        Raises:
            RuntimeError: a grad is sparse.
        """
        if position not in self._aligned:
            # Once per step: all ranks must call the same collectives, even if one rank retries.
            grads = self._aligned[position] = aligned_grads(params)
            self._kept = self._groups
            if any(grad is not None and grad.is_sparse for grad in grads):
                raise RuntimeError("Adadelta does not support sparse gradients")
        return self._aligned[position]

    def _decide(self, parts: list[Part]) -> None:
        """Apply the options: parameters to skip, unscaling and clipping of the grads."""
        self._kept = self._groups
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
                raise RuntimeError(
                    "nonfinite='skip' and 'raise' synchronise with the device, which a graph "
                    "capture forbids: use nonfinite='propagate', or call step() outside the capture"
                )
            found = [place for part in parts for place in self._nonfinite(part)]
            in_a_row = self._optimizer.skipped_in_a_row
            self._skipped = nonfinite.to_skip(self._groups, found, in_a_row)
            self._names = nonfinite.names(self._groups, self._skipped)
        self._is_decided = True
        if self._inv_scale != 1 and not self._can_kernels_unscale(parts):
            for part in parts:
                self._unscale(part, self._inv_scale)
        if self._max_norm is not None and self._scaling.grad_scale is not None:
            inverse = self._scaling.grad_scale.double().reciprocal().float()
            for part in parts:
                self._unscale(part, inverse)
            self._scaling = self._scaling._replace(grad_scale=None)  # the grads are unscaled now
        if self._unscaled:
            self._squares.clear()

    def _nonfinite(self, part: Part) -> nonfinite.Found:
        if not isinstance(part, int):
            found, self._squares[part[0]] = part[0].find_nonfinite(part[1])
            return found
        group = self._groups[part]
        if not nonfinite.is_on(group):
            return []
        grads = self._grads_of(part, group["params"])
        return [(part, i) for i, g in enumerate(grads) if g is not None and not is_finite(g)]

    def _clips_natively(self, parts: list[Part]) -> bool:
        """Whether one native call computes the norm of the grads and takes the whole step."""
        if len(parts) > 1 or isinstance(parts[0], int):
            return False
        return not any(map(nonfinite.is_on, self._groups)) and parts[0][0].can_clip(parts[0][1])

    def _find_clip(self, parts: list[Part]) -> None:
        """Compute the clipping factor of the grads, unless known, unused or computed natively."""
        if self._has_clip or self._clips_natively(parts):
            return
        grads: list[Tensor] = []
        norms: list[Tensor] = []
        for part in parts:
            if isinstance(part, int) or not part[0].sums_squares():
                grads += self._unskipped_grads(part)
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

    def _unskipped_grads(self, part: Part) -> list[Tensor]:
        """Return the grads of the parameters that are not skipped."""
        if isinstance(part, int):
            given = {part: self._grads_of(part, self._groups[part]["params"])}
        else:
            table, tensors = part
            given = {
                # The whole DTensors; the table has their local tensors.
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
        """Whether kernels can unscale the grads while they read them.

        Not with several parts: their grads may overlap, and GradScaler unscales all grads before
        the first update.
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
                raise Outdated  # the norm must include their grads
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
        if type(group["params"]) in (list, tuple):  # an iterator can be read once only
            for param in group["params"]:
                if param.grad is not None and not self._optimizer.state.get(param):
                    self._optimizer.make_state(group, param)
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
        # The functional form: step() of the base class would run every hook again.
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


def _begins_with(all_of_them: Sequence[object], first: Sequence[object]) -> bool:
    return len(first) <= len(all_of_them) and all(map(is_, first, all_of_them))
