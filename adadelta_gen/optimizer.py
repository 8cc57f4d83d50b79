"""``class Adadelta(torch.optim.Adadelta)``: torch's interface, generated kernels."""

from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import nullcontext
from inspect import unwrap
from typing import Any, Literal, overload

import torch
from torch import Tensor
from torch.optim.optimizer import ParamsT

from adadelta_gen import torch_private
from adadelta_gen.diagnostics.diagnose import diagnose
from adadelta_gen.diagnostics.rows import Diagnostics
from adadelta_gen.explanation import Explanation
from adadelta_gen.native.lock import Lock
from adadelta_gen.options import amp, clipping, state_format
from adadelta_gen.options import nonfinite as guard
from adadelta_gen.step import native_call
from adadelta_gen.step.kinds import NARROW, wants_narrow
from adadelta_gen.step.plan import Plan, explain
from adadelta_gen.step.table import Table
from adadelta_gen.step.update import Update
from adadelta_gen.torch_private import is_compiling, is_intercepted

# Options beyond torch's, and what holds for a group that has none of them.
OPTIONS = {
    "fused": None,
    "state_dtype": None,
    "dithered_rounding": False,
    "nonfinite": "propagate",
    "max_skips": guard.MAX_SKIPS,
    "amp_scaling": False,
    "max_grad_norm": None,
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
            float16 and bfloat16 parameters in float32; torch.bfloat16 keeps those of float32 and
            float16 parameters in bfloat16, rounded by a dither, in half the memory of float32. Also
            when a checkpoint is loaded. None keeps them in the parameter's dtype, as torch does
            (default: None).
        dithered_rounding (bool, optional): round bfloat16 parameters, and their state if it is in
            bfloat16, by a dither: up or down, as the element and a hash of the step decide, so that
            the update is right on average however small it is. Needs no seed, and a resumed run
            rounds as it would have (default: False).
        nonfinite (str, optional): what a grad with an infinity or a NaN does. "propagate": it
            spoils its parameter, as in torch. "skip": its parameter and state stay as they are, and
            ``skipped`` counts it. "raise": ``step`` raises a RuntimeError that names the parameter,
            before anything is changed (default: "propagate").
        max_skips (int, optional): how many steps in a row may skip a parameter; the next one raises
            a RuntimeError that names it. None sets no limit (default: 100).
        amp_scaling (bool, optional): let ``torch.amp.GradScaler`` hand over its scale, by which the
            kernel then divides the grads while it reads them. Trainers that forbid clipping with
            such optimizers, as Lightning does, want False (default: False).
        max_grad_norm (float, optional): where the norm of all grads together is larger, multiply
            them by what ``torch.nn.utils.clip_grad_norm_`` would, while kernels read them; the
            grads stay as they are, and ``grad_norm`` is their norm, a Tensor of shape (). inf
            computes the norm only. On the CPU the norm is summed up in float64, also of 16-bit
            grads, and rounded to float32, or to float64 if a grad is (default: None).

    Example:
        >>> optimizer = Adadelta(model.parameters(), lr=1.0)
        >>> loss_fn(model(input), target).backward()
        >>> optimizer.step()

    ``torch.optim.Adadelta``: {torch.optim.Adadelta.__doc__}"""

    grad_scale = amp.HandedOver()
    found_inf = amp.HandedOver()
    grad_norm: Tensor | None = None
    skipped: Counter[str]
    skipped_in_a_row: Counter[str]
    _lock: Lock | None = None  # before the constructor is done
    _plan: Plan
    _repeatable: Table | None = None
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
        dithered_rounding: bool = False,
        nonfinite: Literal["propagate", "skip", "raise"] = "propagate",
        max_skips: int | None = OPTIONS["max_skips"],  # type: ignore[assignment]
        amp_scaling: bool = False,
        max_grad_norm: float | None = None,
    ) -> None:
        if fused and differentiable:
            raise RuntimeError("`fused` does not support `differentiable`")
        if fused and foreach:
            raise RuntimeError("`fused` and `foreach` cannot be `True` together.")
        if differentiable or foreach or fused is False:
            if dithered_rounding:
                raise RuntimeError("`dithered_rounding` needs the kernels: `fused` None or True")
            if state_dtype is NARROW:
                raise RuntimeError("a state in bfloat16 needs the kernels: `fused` None or True")
        clipping.check(max_grad_norm)
        own = {
            "fused": fused,
            "state_dtype": state_dtype,
            "dithered_rounding": dithered_rounding,
            "nonfinite": nonfinite,
            "max_skips": max_skips,
            "amp_scaling": bool(amp_scaling),
            "max_grad_norm": None if max_grad_norm is None else float(max_grad_norm),
        }
        state_format.check(state_dtype)
        guard.check(nonfinite, max_skips)
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
        # After torch's constructor: torch.compile loses what an optimizer sets before it.
        self._forget()
        # A group holds what was asked for only: else it has the keys of torch's, no more.
        own = {option: value for option, value in own.items() if value != OPTIONS[option]}
        self.defaults |= own
        for group in self.param_groups:
            for option, value in own.items():
                group.setdefault(option, value)

    def _forget(self) -> None:
        """Forget what was examined; a copy gets a lock of its own here."""
        self._plan, self._repeatable = Plan(), None
        for key, make in {"_lock": Lock, "skipped": Counter, "skipped_in_a_row": Counter}.items():
            self.__dict__.setdefault(key, make())

    @property
    def _step_supports_amp_scaling(self) -> bool:
        """What GradScaler asks for, before it hands over its scale."""
        return bool(self.defaults.get("amp_scaling"))

    # Torch wraps the step of a class by this when its first instance is made.
    profile_hook_step = staticmethod(torch_private.profile_hook_step)  # type: ignore[assignment]

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
        own = ("skipped", "skipped_in_a_row")
        return super().__getstate__() | {key: value for key in own if (value := getattr(self, key))}

    def __setstate__(self, state: dict[str, Any]) -> None:
        # load_state_dict restores the state, not the configuration: the options stay.
        old = self.__dict__.get("param_groups", [])
        super().__setstate__(state)  # type: ignore[no-untyped-call]
        for group, before in zip(self.param_groups, old, strict=False):
            if group.get("fused") and not group["capturable"]:
                self._move_steps_to_cpu(group)
            former = ("stochastic_rounding", "seed") if "stochastic_rounding" in group else ()
            for option in (*OPTIONS, *former):
                group.pop(option, None)
            group |= {option: before[option] for option in OPTIONS.keys() & before.keys()}
        if self._loading is not None:
            state_format.keep_loaded(self.param_groups, self.state, self._loading)
        self._forget()

    def _move_steps_to_cpu(self, group: dict[str, Any]) -> None:
        # With fused=True, torch's load_state_dict moves them to their params' devices.
        dtype = torch_private.scalar_dtype()
        for p in group["params"]:
            step = self.state.get(p, {}).get("step")
            if isinstance(step, Tensor):
                self.state[p]["step"] = step.to("cpu", dtype)

    def _init_group(self, group: dict[str, Any], *columns: list[Any]) -> bool:
        if torch_private.is_traced():  # here, as torch.compile would guard a look in step()
            is_dithered = group.get("dithered_rounding") or wants_narrow(group)
            clips = self.defaults.get("max_grad_norm") is not None
            if self._step_supports_amp_scaling or clips or is_dithered or guard.is_on(group):
                raise RuntimeError(
                    "inside torch.compile torch updates parameters, and knows nothing of "
                    f"dithered_rounding, state_dtype={NARROW}, nonfinite, amp_scaling and "
                    "max_grad_norm: leave step() out of it"
                )
        if group.get("state_dtype") is not None or self._step_supports_amp_scaling:
            super()._init_group(group, [], [], [], [], [])
            for param in group["params"]:
                if state := self.state.get(param):
                    self.fit_state(group, param, state)
        return bool(super()._init_group(group, *columns))

    def init_state(self, group: dict[str, Any], param: Tensor) -> None:
        """Make the state of one parameter of a group, as torch makes that of all."""
        if torch_private.is_capturing():
            raise RuntimeError(
                "the first step of a parameter is inside a graph capture, which would set its "
                "state to zero at every replay: take a step before"
            )
        # With fused=True a default device must not take the counter away from native code.
        fused = group.get("fused") and not group["capturable"]
        with torch.device("cpu") if fused else nullcontext():
            self._init_group({**group, "params": [param]}, [], [], [], [], [])

    def fit_state(self, group: dict[str, Any], param: Tensor, state: dict[str, Any]) -> None:
        """Bring the state of a parameter into the form that the options want."""
        if group.get("state_dtype") is not None:
            state_format.fit(group, param, state)
        # found_inf is on the GPU: only a step that is there too can be counted without a wait.
        if param.is_cuda and self._step_supports_amp_scaling and "step" in state:
            state["step"] = state["step"].to(param.device, torch.float32)

    @overload
    def step(self, closure: None = None) -> None: ...

    @overload
    def step(self, closure: Callable[[], float]) -> float: ...

    def step(self, closure: Callable[[], float] | None = None) -> float | None:
        """Perform a single optimization step.

        Several threads may call it: one step of an optimizer ends before the next one begins.

        Args:
            closure (Callable, optional): reevaluates the model and returns the loss.

        Raises:
            RuntimeError: a tensor is not what a kernel could safely use, or ``fused=True`` cannot
                be had; the message names the parameter, and no parameter has been changed.
        """
        if is_compiling():
            return self._torchs_step(closure)
        if torch_private.HAS_ACCELERATOR:
            torch_private.check_graph_capture(self)
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        lock = self._lock
        if lock is None:  # a subclass without our constructor
            self._forget()
            lock = self.__dict__["_lock"]
        with lock.held:
            table = self._repeatable
            if table is None or is_intercepted() or not table.repeat(self):
                self._update()
        return loss

    # With torch's graph breaks around it, which keep hooks and forward out of the update's graph,
    # but without its hooks, which our own step has.
    _torchs_step: Callable[..., float | None] = torch_private.use_grad_for_differentiable(
        unwrap(torch.optim.Adadelta.step)
    )

    def explain(self) -> Explanation:
        """Say for every parameter which kernel updates it, or why torch does.

        Looks at the grads that are there now; ``print`` it for a table.

        Raises:
            RuntimeError: what ``step`` would raise.
        """
        return explain(self)

    def diagnostics(self) -> Diagnostics:
        """Measure how large the steps are, and where eps rules them: what lr, rho and eps do.

        For each group and each parameter: mean and quantiles of the effective learning rate
        ``lr * sqrt((acc_delta + eps) / (square_avg + eps))``, by which grads are multiplied; the
        shares of elements whose ``square_avg`` and whose ``acc_delta`` are below eps; the decayed
        root mean square of the updates, and what share of the parameter's it is.

        Reads the states and the parameters, no grad, and changes nothing. Of a parameter with more
        than 8192 elements it looks at 8192, always the same, and computes in float64. It waits for
        each GPU once. Of DTensors a rank measures its own shards, and does not communicate.
        Parameters without a state have NaN, and do not count in their group.

        Returns:
            rows ``by_group`` and ``by_param``; ``print`` it for a table, log its ``as_dict()``.
        """
        return diagnose(self)

    def why_torch(self, groups: Any) -> str:
        """Say what leaves a list of groups to torch, whatever they hold; else an empty string."""
        if why := torch_private.why_intercepted():
            return why
        if type(groups) is not list:
            return f"param_groups is a {type(groups).__name__}"
        if type(self.state) not in (dict, defaultdict):
            return f"the optimizer's state is a {type(self.state).__name__}"
        return native_call.unavailable()

    def repeat_with(self, table: Table) -> None:
        """Let the next step try at once the native call that took this one."""
        self._repeatable = None if self._step_supports_amp_scaling else table

    def _update(self) -> None:
        """Take the step: first all that can fail or runs foreign code, then the native call."""
        self._repeatable = None
        scaling = amp.take(self) if self._step_supports_amp_scaling else amp.Scaling()
        if not scaling.is_on_device() and scaling.should_skip():
            return
        had_grad_mode = torch.is_grad_enabled()
        try:
            torch_private.set_grad_enabled(self.defaults["differentiable"])
            Update(self, self._plan, scaling).take()
        finally:
            torch_private.set_grad_enabled(had_grad_mode)


def _eagerly(method: Callable[..., None]) -> Callable[..., None]:
    """Return the method as torch wrote it, without the wrapper that keeps dynamo out of it.

    The wrapper imports torch.compile, which takes a second, also where nothing is compiled.
    """
    if torch.compiler.is_compiling():
        return method
    return getattr(method, "__wrapped__", method)


def _remember(optimizer: torch.optim.Optimizer, state_dict: dict[str, Any]) -> None:
    optimizer._loading = state_dict  # type: ignore[attr-defined]
