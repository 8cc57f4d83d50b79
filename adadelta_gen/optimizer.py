"""``class Adadelta(torch.optim.Adadelta)``: torch's interface, generated kernels."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from inspect import unwrap
from operator import is_, itemgetter
from typing import Any, Literal, overload

import torch
from torch import Tensor
from torch.optim.adadelta import adadelta as torch_adadelta
from torch.optim.optimizer import ParamsT, _get_scalar_dtype, _use_grad_for_differentiable

from adadelta_gen import registry
from adadelta_gen.examine import (
    HALF_DTYPES,
    KERNEL_DTYPES,
    describe,
    examine,
    given_name,
    has_wide_state,
    label,
    name,
    refuse_torch,
    why_torch_for_group,
)
from adadelta_gen.explanation import Explanation, ParamExplanation
from adadelta_gen.hooks import quicken_step
from adadelta_gen.plan import Plan, Settings
from adadelta_gen.scaling import HandedOver, Scaling
from adadelta_gen.shards import STATES, Locals, agreed, aligned_grads, is_finite, placed_grads
from adadelta_gen.spec import KernelSpec
from adadelta_gen.table import Scalars, Storage

_GIVEN = itemgetter("lr", "rho", "eps", "weight_decay", "maximize")
STATE_DTYPES = (None, torch.float32)
NONFINITE = ("propagate", "skip", "raise")
# Options of a group beyond torch's, and what holds for a group that has none of them.
OPTIONS = {
    "fused": None,
    "state_dtype": None,
    "stochastic_rounding": False,
    "seed": None,
    "nonfinite": "propagate",
}


class Adadelta(torch.optim.Adadelta):
    __doc__ = f"""Adadelta in one pass over memory: torch's optimizer with generated kernels.

    Same arguments, ``state_dict``, hooks, errors and trajectory as :class:`torch.optim.Adadelta`,
    whose documentation follows. What no kernel covers is updated by torch itself; ``explain()``
    says what updates each parameter.

    Additional args:
        fused (bool, optional): None takes the generated kernels wherever they apply; True demands
            them, and ``step`` raises a RuntimeError that names the parameter that no kernel can
            update; False, or ``foreach=True``, takes torch's implementation (default: None).
        state_dtype (torch.dtype, optional): torch.float32 keeps ``square_avg`` and ``acc_delta`` of
            float16 and bfloat16 parameters in float32, also when a checkpoint is loaded; None keeps
            them in the parameter's dtype, as torch does (default: None).
        stochastic_rounding (bool, optional): round bfloat16 parameters up or down by chance, so
            that the update is right on average however small it is (default: False).
        seed (int, optional): of that chance; each step adds 1 to ``param_groups[i]["seed"]``, which
            a checkpoint keeps. None takes ``torch.initial_seed()``, or 0 where torch.distributed
            has several ranks, which have to draw alike (default: None).
        nonfinite (str, optional): what a grad with an infinity or a NaN does. "propagate": it
            spoils its parameter, as in torch. "skip": its parameter and state stay as they are, and
            ``skipped`` counts it. "raise": ``step`` raises a RuntimeError that names the parameter,
            before anything is changed (default: "propagate").
        amp_scaling (bool, optional): let ``torch.amp.GradScaler`` hand over its scale, by which the
            kernel then divides the grads while it reads them. Trainers that forbid clipping with
            such optimizers, as Lightning does, want False (default: False).

    Example:
        >>> optimizer = Adadelta(model.parameters(), lr=1.0)
        >>> loss_fn(model(input), target).backward()
        >>> optimizer.step()

    ``torch.optim.Adadelta``: {torch.optim.Adadelta.__doc__}"""

    grad_scale = HandedOver()
    found_inf = HandedOver()
    _step_supports_amp_scaling = False
    _loading: dict[str, Any] | None = None

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
        state_dtype: torch.dtype | None = None,
        stochastic_rounding: bool = False,
        seed: int | None = None,
        nonfinite: Literal["propagate", "skip", "raise"] = "propagate",
        amp_scaling: bool = False,
    ) -> None:
        if fused and differentiable:
            raise RuntimeError("`fused` does not support `differentiable`")
        if fused and foreach:
            raise RuntimeError("`fused` and `foreach` cannot be `True` together.")
        if stochastic_rounding and (differentiable or foreach or fused is False):
            raise RuntimeError("`stochastic_rounding` needs the kernels: `fused` None or True")
        if state_dtype not in STATE_DTYPES:
            raise ValueError(f"Invalid state_dtype value: {state_dtype}")
        if nonfinite not in NONFINITE:
            raise ValueError(f"Invalid nonfinite value: {nonfinite!r}")
        self._step_supports_amp_scaling = bool(amp_scaling)
        self.skipped: Counter[str] = Counter()
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
        own = {
            "fused": fused,
            "state_dtype": state_dtype,
            "stochastic_rounding": stochastic_rounding,
            "seed": seed,
            "nonfinite": nonfinite,
        }
        # A group holds what was asked for only: else it has the keys of torch's, no more.
        own = {option: value for option, value in own.items() if value != OPTIONS[option]}
        self.defaults |= own
        for group in self.param_groups:
            for option, value in own.items():
                group.setdefault(option, value)

    def _patch_step_function(self) -> None:
        super()._patch_step_function()
        quicken_step(type(self))

    def add_param_group(self, param_group: dict[str, Any]) -> None:
        _eagerly(torch.optim.Optimizer.add_param_group)(self, param_group)

    def zero_grad(self, set_to_none: bool = True) -> None:
        _eagerly(torch.optim.Optimizer.zero_grad)(self, set_to_none)

    add_param_group.__doc__ = torch.optim.Optimizer.add_param_group.__doc__
    zero_grad.__doc__ = torch.optim.Optimizer.zero_grad.__doc__

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        # Torch casts a state to its parameter's dtype. What it casts, after all hooks, is seen by a
        # hook that runs last; __setstate__ then takes from it what `state_dtype` wants wide.
        seen = self.register_load_state_dict_pre_hook(_remember)
        try:
            _eagerly(torch.optim.Optimizer.load_state_dict)(self, state_dict)
        finally:
            seen.remove()
            self._loading = None

    load_state_dict.__doc__ = torch.optim.Optimizer.load_state_dict.__doc__

    def __getstate__(self) -> dict[str, Any]:
        own = ("_step_supports_amp_scaling", "skipped")
        return super().__getstate__() | {key: value for key in own if (value := getattr(self, key))}

    def __setstate__(self, state: dict[str, Any]) -> None:
        # A checkpoint says where training stood, not what should run it: loading keeps the options,
        # but for the seed, which tells what was drawn.
        old = self.__dict__.get("param_groups", [])
        super().__setstate__(state)  # type: ignore[no-untyped-call]
        self._plans = {}
        self._planned_state = None
        self._state_dicts = []
        self.__dict__.setdefault("skipped", Counter())
        for group, before in zip(self.param_groups, old, strict=False):
            if group.get("fused") and not group["capturable"]:
                self._bring_counters_home(group)
            for option in OPTIONS.keys() - {"seed"}:
                group.pop(option, None)
            kept = {option: before[option] for option in OPTIONS.keys() & before.keys()}
            group |= kept | ({"seed": group["seed"]} if "seed" in group else {})
        if self._loading is not None:
            self._keep_wide_states(self._loading)

    def _bring_counters_home(self, group: dict[str, Any]) -> None:
        # Where torch has a fused optimizer, it counts on the device: loading made them so.
        dtype = _get_scalar_dtype()  # type: ignore[no-untyped-call]
        for p in group["params"]:
            step = self.state.get(p, {}).get("step")
            if isinstance(step, Tensor):
                self.state[p]["step"] = step.to("cpu", dtype)

    def _keep_wide_states(self, loaded: dict[str, Any]) -> None:
        for group, saved in zip(self.param_groups, loaded["param_groups"], strict=True):
            for param, key in zip(group["params"], saved["params"], strict=True):
                if not _wants_wide_state(group, param):
                    continue
                for moment in STATES:
                    value = loaded["state"].get(key, {}).get(moment)
                    if isinstance(value, Tensor):
                        self.state[param][moment] = value.to(param.device, group["state_dtype"])

    def _init_group(self, group: dict[str, Any], *columns: list[Any]) -> bool:
        if torch.compiler.is_compiling():  # here, as torch.compile would guard a look in step()
            served = not group.get("stochastic_rounding") and not _guarded(group)
            if self._step_supports_amp_scaling or not served:
                raise RuntimeError(
                    "inside torch.compile torch updates parameters, and knows nothing of "
                    "stochastic_rounding, nonfinite and amp_scaling: leave step() out of it"
                )
        if group.get("state_dtype") is not None or self._step_supports_amp_scaling:
            super()._init_group(group, [], [], [], [], [])
            for param in group["params"]:
                if state := self.state.get(param):
                    self._fit_state(group, param, state)
        return bool(super()._init_group(group, *columns))

    def _fit_state(self, group: dict[str, Any], param: Tensor, state: dict[str, Any]) -> None:
        if _wants_wide_state(group, param):
            for key in STATES:
                if state[key].dtype in HALF_DTYPES:
                    state[key] = state[key].to(group["state_dtype"])
        # Only there can a step be counted that found_inf, on the device, may leave out.
        if self._step_supports_amp_scaling and param.device.type == "cuda":
            state["step"] = state["step"].to(param.device, torch.float32)

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
        if torch.compiler.is_compiling():
            return self._torchs_step(closure)
        self._accelerator_graph_capture_health_check()
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        # Not the context manager: it takes a microsecond.
        grad_was_enabled = torch.is_grad_enabled()
        torch._C._set_grad_enabled(self.defaults["differentiable"])
        try:
            self._update()
        finally:
            torch._C._set_grad_enabled(grad_was_enabled)
            for plan in self._plans.values():
                plan.release()
        return loss

    # With torch's graph breaks around it, which keep hooks and forward out of the update's graph,
    # but without its hooks, which our own step has.
    _torchs_step: Callable[..., float | None] = _use_grad_for_differentiable(
        unwrap(torch.optim.Adadelta.step)
    )

    def explain(self) -> Explanation:
        """Say for every parameter which kernel updates it, or why torch does.

        Looks at the grads that are there now; ``print`` it for a table.

        Raises:
            RuntimeError: what ``step`` would raise.
        """
        rows = []
        for index, group in enumerate(self.param_groups):
            grads = placed_grads(group["params"])
            states = [self.state.get(p, {}) for p in group["params"]]
            view = Locals(group["params"], states)
            for row in examine(index, group, *view.look(group["params"], grads), view.states):
                kernel = None
                if row.route.by in ("kernel", "copies"):
                    wide = _wants_wide_state(group, row.param)
                    wide = wide or bool(row.state and has_wide_state(row.param, row.state))
                    storage = Storage(KERNEL_DTYPES[row.param.dtype], wide)
                    kernel = _spec(group, row.param.device.type, storage).name
                param, why = group["params"][row.index], row.route.why
                if row.param is not param:
                    shard = f"for a local tensor of shape {tuple(row.param.shape)}"
                    why = f"{shard}: {why}" if why else shard
                rows.append(
                    ParamExplanation(
                        index,
                        row.index,
                        given_name(group, row.index),
                        tuple(param.shape),
                        str(param.dtype),
                        str(param.device),
                        kernel,
                        why,
                    )
                )
        return Explanation(rows)

    def _update(self) -> None:
        scaling = self._take_scaling() if self._step_supports_amp_scaling else None
        if scaling is not None and not scaling.on_device() and scaling.leave_out():
            return
        if not self._states_are_those_planned():
            self._plans.clear()
        # All groups are proved before the first one is changed.
        plans = [self._plan(i, group) for i, group in enumerate(self.param_groups)]
        inv_scale = 1.0
        if scaling is not None:
            by_host = any(plan is None or plan.needs_host() for plan in plans)
            if by_host or not scaling.on_device():
                if scaling.leave_out():
                    return
                inv_scale, scaling = scaling.inv_scale(), None
        updates = [
            self._prepare(i, group, plan, inv_scale, scaling)
            for i, (group, plan) in enumerate(zip(self.param_groups, plans, strict=True))
        ]
        for update in updates:
            update()

    def _take_scaling(self) -> Scaling:
        scaling = Scaling(getattr(self, "grad_scale", None), getattr(self, "found_inf", None))
        del self.grad_scale, self.found_inf  # the next step must not find them, if this one raises
        return scaling

    def _plan(self, index: int, group: dict[str, Any]) -> Plan | None:
        """Return the proved plan of a group, None if torch updates all of it."""
        why = why_torch_for_group(group)
        if why:
            refuse_torch(group, group["params"], f"group {index} has {why}")
            return None
        plan = self._plans.get(index)
        if plan is not None and not plan.sharded:
            if plan.holds(group, [p.grad for p in group["params"]]):
                return plan
            plan = None
        # Once a step: ranks must communicate alike, also if only one of them needs a new plan.
        grads = aligned_grads(group["params"])
        if plan is None or not plan.holds(group, grads):
            plan = self._new_plan(index, group, grads)
        return plan

    def _prepare(
        self,
        index: int,
        group: dict[str, Any],
        plan: Plan | None,
        inv_scale: float,
        scaling: Scaling | None,
    ) -> Callable[[], None]:
        skipped = self._nonfinite(index, group, plan) if _guarded(group) else []
        if plan is None:
            return partial(self._update_group_by_torch, group, skipped, inv_scale)
        if skipped:
            plan.skip(skipped)
        given = (*_GIVEN(group), inv_scale)
        if not plan.given or not all(map(is_, given, plan.given)):
            plan.given = ()
            settings = _settings(group, inv_scale, scaling or Scaling())
            flags = (bool(group["maximize"]), bool(group["weight_decay"] != 0))
            plan.prepare(lambda kind: registry.load(_spec(group, *kind)), flags, settings)
            # Nothing that changes in place or at every step: no tensor, no array, no seed.
            numbers_only = all(x is None for x in settings[1:])
            if numbers_only and all(type(x) in (float, int, bool) for x in given):
                plan.given = given
        return partial(self._run, plan, group)

    def _nonfinite(self, index: int, group: dict[str, Any], plan: Plan | None) -> list[int]:
        """Return, and count, the parameters to skip."""
        option, params = group["nonfinite"], group["params"]
        if option not in NONFINITE:
            raise ValueError(f"Invalid nonfinite value: {option!r}")
        if _capturing():
            raise RuntimeError(f"nonfinite={option!r} waits for the device: no graph can hold it")
        if plan is not None:
            found = plan.nonfinite()
        else:
            grads = aligned_grads(params)
            found = [i for i, g in enumerate(grads) if g is not None and not is_finite(g)]
        found = agreed(params, found)
        if found and option == "raise":
            others = f" (and of {len(found) - 1} more)" if len(found) > 1 else ""
            raise RuntimeError(
                f"the grad of {label(index, group, found[0])}{others} holds an infinity or a NaN. "
                "Nothing has been changed."
            )
        self.skipped.update(name(index, group, i) for i in found)
        return found

    def _states_are_those_planned(self) -> bool:
        # Not so after optimizer.state[p] = {...}; what is inside a state, the plan itself checks.
        states = self.state.values()
        return (
            self.state is self._planned_state
            and len(states) == len(self._state_dicts)
            and all(map(is_, states, self._state_dicts))
        )

    def _new_plan(self, index: int, group: dict[str, Any], grads: list[Tensor | None]) -> Plan:
        self._plans.pop(index, None)
        new = any(p.grad is not None and not self.state.get(p) for p in group["params"])
        if new and _capturing():
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

    def _run(self, plan: Plan, group: dict[str, Any]) -> None:
        plan.run()
        if rows := plan.rows_for_torch():
            columns: list[list[Any]] = [
                [row.param for row in rows],
                [row.grad for row in rows],
                *([row.state[key] for row in rows] for key in (*STATES, "step")),
            ]
            self._update_by_torch(group, columns, any(p.is_complex() for p in columns[0]))
        if group.get("stochastic_rounding"):
            group["seed"] += 1

    def _update_group_by_torch(
        self, group: dict[str, Any], skipped: Sequence[int] = (), inv_scale: float = 1.0
    ) -> None:
        columns: list[list[Tensor]] = [[], [], [], [], []]
        has_complex = self._init_group(group, *columns)
        if skipped:
            left = {id(group["params"][i]) for i in skipped}
            kept = [i for i, param in enumerate(columns[0]) if id(param) not in left]
            columns = [[column[i] for i in kept] for column in columns]
        if inv_scale != 1:
            torch._foreach_mul_(columns[1], inv_scale)
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


def _spec(group: dict[str, Any], target: str, storage: Storage) -> KernelSpec:
    return KernelSpec(
        target,
        storage.dtype,
        bool(group["maximize"]),
        bool(group["weight_decay"] != 0),
        storage.wide_state,
        bool(group.get("stochastic_rounding")) and storage.dtype == "bfloat16",
    )


def _settings(group: dict[str, Any], inv_scale: float, scaling: Scaling) -> Settings:
    """What a step takes beside tensors; lr stays on its device if it may be captured in a graph."""
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
    seed = None
    if group.get("stochastic_rounding"):
        if group.get("seed") is None:
            # Replicas must draw alike, though each rank may have seeded torch differently.
            group["seed"] = 0 if _is_distributed() else torch.initial_seed()
        seed = group["seed"]
        if _capturing():
            raise RuntimeError("stochastic_rounding draws anew at every step: no graph can hold it")
    scalars = Scalars(lr, rho, 1 - rho, eps, weight_decay, inv_scale)
    return Settings(scalars, seed, given if on_device else None, *scaling)


def _wants_wide_state(group: dict[str, Any], param: Tensor) -> bool:
    return group.get("state_dtype") is not None and param.dtype in HALF_DTYPES


def _guarded(group: dict[str, Any]) -> bool:
    return bool(group.get("nonfinite", "propagate") != "propagate")


def _is_distributed() -> bool:
    distributed = torch.distributed
    return (
        distributed.is_available()
        and distributed.is_initialized()
        and distributed.get_world_size() > 1
    )


def _capturing() -> bool:
    return torch.cuda.is_available() and torch.cuda.is_current_stream_capturing()


def _remember(optimizer: torch.optim.Optimizer, state_dict: dict[str, Any]) -> None:
    optimizer._loading = state_dict  # type: ignore[attr-defined]
