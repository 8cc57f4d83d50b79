"""``class Adadelta(torch.optim.Adadelta)``: torch's interface, generated kernels."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from operator import is_
from typing import Any, overload

import torch
from torch import Tensor
from torch.optim.adadelta import adadelta as torch_adadelta
from torch.optim.optimizer import ParamsT

from adadelta_gen import registry
from adadelta_gen.examine import KERNEL_DTYPES, STATES, describe, examine, why_torch_for_group
from adadelta_gen.explanation import Explanation, ParamExplanation
from adadelta_gen.hooks import quicken_step
from adadelta_gen.plan import Plan
from adadelta_gen.spec import KernelSpec
from adadelta_gen.table import Scalars


class Adadelta(torch.optim.Adadelta):
    __doc__ = f"""Adadelta in one pass over memory: torch's optimizer with generated kernels.

    Same arguments, ``state_dict``, hooks, errors and trajectory as :class:`torch.optim.Adadelta`,
    whose documentation follows. What no kernel covers is updated by torch itself; ``explain()``
    says what updates each parameter.

    Additional args:
        fused (bool, optional): None takes the generated kernels wherever they apply; True demands
            them, and ``step`` raises a RuntimeError that names the parameter that no kernel can
            update; False, or ``foreach=True``, takes torch's implementation (default: None).

    Example:
        >>> optimizer = Adadelta(model.parameters(), lr=1.0)
        >>> loss_fn(model(input), target).backward()
        >>> optimizer.step()

    ``torch.optim.Adadelta``: {torch.optim.Adadelta.__doc__}"""

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1.0,
        rho: float = 0.9,
        eps: float = 1e-6,
        weight_decay: float = 0,
        foreach: bool | None = None,
        *,
        capturable: bool = False,
        maximize: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
    ) -> None:
        if fused and differentiable:
            raise RuntimeError("`fused` does not support `differentiable`")
        if fused and foreach:
            raise RuntimeError("`fused` and `foreach` cannot be `True` together.")
        self._plans: dict[int, Plan] = {}
        self._planned_state: Any = None
        self._state_dicts: list[dict[str, Any]] = []
        super().__init__(
            params,
            lr=lr,
            rho=rho,
            eps=eps,
            weight_decay=weight_decay,
            foreach=foreach,
            capturable=capturable,
            maximize=maximize,
            differentiable=differentiable,
        )
        self.defaults["fused"] = fused
        for group in self.param_groups:
            group.setdefault("fused", fused)

    def _patch_step_function(self) -> None:
        super()._patch_step_function()
        quicken_step(type(self))

    def add_param_group(self, param_group: dict[str, Any]) -> None:
        _eagerly(torch.optim.Optimizer.add_param_group)(self, param_group)

    def zero_grad(self, set_to_none: bool = True) -> None:
        _eagerly(torch.optim.Optimizer.zero_grad)(self, set_to_none)

    add_param_group.__doc__ = torch.optim.Optimizer.add_param_group.__doc__
    zero_grad.__doc__ = torch.optim.Optimizer.zero_grad.__doc__

    def __setstate__(self, state: dict[str, Any]) -> None:
        # A checkpoint says where training stood, not what should run it: loading keeps `fused`.
        chosen = [group["fused"] for group in self.__dict__.get("param_groups", [])]
        super().__setstate__(state)  # type: ignore[no-untyped-call]
        self._plans = {}
        self._planned_state = None
        self._state_dicts = []
        self.defaults.setdefault("fused", None)
        for group in self.param_groups:
            group.setdefault("fused", None)
        for group, fused in zip(self.param_groups, chosen, strict=False):
            group["fused"] = fused

    @overload
    def step(self, closure: None = None) -> None: ...

    @overload
    def step(self, closure: Callable[[], float]) -> float: ...

    def step(self, closure: Callable[[], float] | None = None) -> float | None:
        """Perform a single optimization step.

        Args:
            closure (Callable, optional): reevaluates the model and returns the loss.

        Raises:
            RuntimeError: a tensor is not what a kernel could safely use, or ``fused=True`` cannot
                be had; the message names the parameter, and no parameter has been changed.
        """
        self._accelerator_graph_capture_health_check()
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        with torch.set_grad_enabled(self.defaults["differentiable"]):
            if torch.compiler.is_compiling():
                for group in self.param_groups:
                    self._update_group_by_torch(group)
            else:
                try:
                    # All groups are proved before the first one is changed.
                    for update in self._prepare_all():
                        update()
                finally:
                    for plan in self._plans.values():
                        plan.release()
        return loss

    def explain(self) -> Explanation:
        """Say for every parameter which kernel updates it, or why torch does.

        Looks at the grads that are there now; ``print`` it for a table.

        Raises:
            RuntimeError: what ``step`` would raise.
        """
        rows = []
        for index, group in enumerate(self.param_groups):
            grads = [p.grad for p in group["params"]]
            states = [self.state.get(p, {}) for p in group["params"]]
            for row in examine(index, group, grads, states):
                kernel = None
                if row.route.by in ("kernel", "copies"):
                    dtype = KERNEL_DTYPES[row.param.dtype]
                    kernel = _spec(group, row.param.device.type, dtype).name
                names = group.get("param_names") or ()
                rows.append(
                    ParamExplanation(
                        index,
                        row.index,
                        names[row.index] if row.index < len(names) else "",
                        tuple(row.param.shape),
                        str(row.param.dtype),
                        str(row.param.device),
                        kernel,
                        row.route.why,
                    )
                )
        return Explanation(rows)

    def _prepare_all(self) -> list[Callable[[], None]]:
        if not self._states_are_those_planned():
            self._plans.clear()
        return [self._prepare(i, group) for i, group in enumerate(self.param_groups)]

    def _states_are_those_planned(self) -> bool:
        # Not so after optimizer.state[p] = {...}; what is inside a state, the plan itself checks.
        states = self.state.values()
        return (
            self.state is self._planned_state
            and len(states) == len(self._state_dicts)
            and all(map(is_, states, self._state_dicts))
        )

    def _prepare(self, index: int, group: dict[str, Any]) -> Callable[[], None]:
        why = why_torch_for_group(group)
        if why:
            if group.get("fused"):
                raise RuntimeError(f"fused=True, but group {index} has {why}")
            return partial(self._update_group_by_torch, group)
        grads = [p.grad for p in group["params"]]
        plan = self._plans.get(index)
        if plan is None or not plan.holds(group, grads):
            plan = self._new_plan(index, group, grads)
        plan.prepare(
            lambda kind: registry.load(_spec(group, *kind)),
            (bool(group["maximize"]), group["weight_decay"] != 0),
            *_hyperparameters(group),
        )
        return partial(self._update, plan, group)

    def _new_plan(self, index: int, group: dict[str, Any], grads: list[Tensor | None]) -> Plan:
        self._plans.pop(index, None)
        new = any(p.grad is not None and not self.state.get(p) for p in group["params"])
        if new and torch.cuda.is_available() and torch.cuda.is_current_stream_capturing():
            raise RuntimeError(
                f"the first step of parameters of group {index} is inside a graph capture, which "
                "would set their state to zero at every replay: take a step before"
            )
        with suppress(KeyError):  # a state that lacks a key: the plan names its parameter
            self._init_group(group, [], [], [], [], [])  # torch's own lazy state
        plan = Plan(index, group, grads, [self.state.get(p, {}) for p in group["params"]])
        if not plan.holds(group, grads):
            raise RuntimeError("the tensors of the optimizer change while step() looks at them")
        self._plans[index] = plan
        self._planned_state, self._state_dicts = self.state, list(self.state.values())
        return plan

    def _update(self, plan: Plan, group: dict[str, Any]) -> None:
        plan.run()
        if rows := plan.rows_for_torch():
            columns: list[list[Any]] = [
                [row.param for row in rows],
                [row.grad for row in rows],
                *([row.state[key] for row in rows] for key in (*STATES, "step")),
            ]
            self._update_by_torch(group, columns, any(p.is_complex() for p in columns[0]))

    def _update_group_by_torch(self, group: dict[str, Any]) -> None:
        columns: list[list[Tensor]] = [[], [], [], [], []]
        has_complex = self._init_group(group, *columns)
        self._update_by_torch(group, columns, has_complex)

    @staticmethod
    def _update_by_torch(group: dict[str, Any], columns: list[Any], has_complex: bool) -> None:
        # The functional form: Optimizer.step of the base class would run every hook again.
        params, grads, square_avgs, acc_deltas, steps = columns
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


def _eagerly(method: Callable[..., None]) -> Callable[..., None]:
    """Return the method as torch wrote it, without the wrapper that keeps dynamo out of it.

    The wrapper imports torch.compile, which takes a second, also where nothing is compiled.
    """
    if torch.compiler.is_compiling():
        return method
    return getattr(method, "__wrapped__", method)


def _spec(group: dict[str, Any], target: str, dtype: str) -> KernelSpec:
    return KernelSpec(target, dtype, bool(group["maximize"]), group["weight_decay"] != 0)


def _hyperparameters(group: dict[str, Any]) -> tuple[Scalars, Tensor | None]:
    """The scalars of a step and, if it may be captured in a graph, the lr that is on a device."""
    given = group["lr"]
    on_device = isinstance(given, Tensor) and group["capturable"] and given.device.type != "cpu"
    if on_device and (given.numel() != 1 or not given.data_ptr()):
        raise RuntimeError(f"lr is a tensor {describe(given)}, not one number")
    lr, rho, eps, weight_decay = (
        value.item() if isinstance(value, Tensor) else float(value)
        for value in (
            0.0 if on_device else given,
            group["rho"],
            group["eps"],
            group["weight_decay"],
        )
    )
    return Scalars(lr, rho, 1 - rho, eps, weight_decay), given if on_device else None
