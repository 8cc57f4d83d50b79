"""``class Adadelta(torch.optim.Adadelta)``: torch's interface on generated kernels."""

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
from adadelta_gen.native.abi import DONE
from adadelta_gen.native.lock import Lock
from adadelta_gen.options import amp, clipping, state_format
from adadelta_gen.options import nonfinite as guard
from adadelta_gen.step import native_call
from adadelta_gen.step.kinds import NARROW, wants_narrow
from adadelta_gen.step.plan import Plan, explain
from adadelta_gen.step.table import Table
from adadelta_gen.step.update import Update
from adadelta_gen.torch_private import is_compiling, is_intercepted

# Options beyond torch's, with the value for a group that lacks the key.
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
    whose documentation follows. Torch updates the parameters that no kernel covers; ``explain()``
    lists what updates each parameter.

    Additional args:
        fused (bool, optional): None uses the generated kernels wherever they apply. True requires
            them: ``step`` raises a RuntimeError that names a parameter that no kernel can update.
            False, or ``foreach=True``, uses torch's implementation (default: None).
        state_dtype (torch.dtype, optional): dtype of ``square_avg`` and ``acc_delta``, also when a
            checkpoint is loaded. torch.float32 applies to float16 and bfloat16 parameters.
            torch.bfloat16 applies to float32 and float16 parameters, rounds by a dither, and takes
            half the memory of float32. None keeps the parameter's dtype, as torch does
            (default: None).
        dithered_rounding (bool, optional): round bfloat16 parameters, and their state if it is
            bfloat16, by a dither: up or down, depending on the element and on a hash of the step,
            so that small updates are right on average. Needs no seed; a resumed run rounds as an
            uninterrupted one (default: False).
        nonfinite (str, optional): what to do if a grad has an infinity or a NaN. "propagate":
            update the parameter with it, as torch does. "skip": leave the parameter and its state
            unchanged, and count it in ``skipped``. "raise": raise a RuntimeError that names the
            parameter, before anything is changed (default: "propagate").
        max_skips (int, optional): with nonfinite="skip", how many steps in a row may skip a
            parameter; the next one raises a RuntimeError that names it. None: no limit
            (default: 100).
        amp_scaling (bool, optional): unscale the grads in the kernel: ``torch.amp.GradScaler``
            passes its scale to ``step`` instead of unscaling them itself. Use False with trainers
            that refuse to clip the grads of such optimizers, as Lightning does (default: False).
        max_grad_norm (float, optional): clip the total norm of the grads to this value, as
            ``torch.nn.utils.clip_grad_norm_`` does, while kernels read them. The grads are not
            written; ``grad_norm`` is their norm, a Tensor of shape (). inf only computes the norm.
            On the CPU the norm is summed in float64, and rounded to float32, or to float64 if a
            grad is float64 (default: None).

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
    _lock: Lock | None = None  # until the constructor has run
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
                raise RuntimeError(
                    "`dithered_rounding` needs the generated kernels: leave `foreach` and "
                    "`differentiable` unset, and `fused` None or True"
                )
            if state_dtype is NARROW:
                raise RuntimeError(
                    f"`state_dtype={NARROW}` needs the generated kernels: leave `foreach` and "
                    "`differentiable` unset, and `fused` None or True"
                )
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
        # After torch's constructor: torch.compile loses attributes that are set before it.
        self._reset_plan()
        # A group holds only the options that were set; without any, it has torch's keys only.
        own = {option: value for option, value in own.items() if value != OPTIONS[option]}
        self.defaults |= own
        for group in self.param_groups:
            self._check_options(group)
            for option, value in own.items():
                group.setdefault(option, value)

    def _reset_plan(self) -> None:
        """Drop the tables of the last step; create the lock and counters that a copy lacks."""
        self._plan, self._repeatable = Plan(), None
        for key, make in {"_lock": Lock, "skipped": Counter, "skipped_in_a_row": Counter}.items():
            self.__dict__.setdefault(key, make())

    @property
    def _step_supports_amp_scaling(self) -> bool:
        """Whether GradScaler passes its scale to ``step``; GradScaler reads this attribute."""
        return bool(self.defaults.get("amp_scaling"))

    # Torch wraps a class's step with this function when it creates the first instance.
    profile_hook_step = staticmethod(torch_private.profile_hook_step)  # type: ignore[assignment]

    def add_param_group(self, param_group: dict[str, Any]) -> None:
        # The constructor checks its groups itself; what is no dict, torch refuses.
        if self._lock is not None and isinstance(param_group, dict):
            self._check_options(param_group)
        _unwrapped(torch.optim.Optimizer.add_param_group)(self, param_group)

    def _check_options(self, group: dict[str, Any]) -> None:
        """Raise a ValueError for an option of a group that would have no effect."""
        state_format.check(group.get("state_dtype"))
        for option in ("amp_scaling", "max_grad_norm"):
            of_all = self.defaults.get(option, OPTIONS[option])
            if group.get(option, of_all) != of_all:
                raise ValueError(
                    f"{option}={group[option]!r} in a param group: it applies to all parameters, "
                    f"so pass it to the constructor, which got {of_all!r}"
                )

    def zero_grad(self, set_to_none: bool = True) -> None:
        _unwrapped(torch.optim.Optimizer.zero_grad)(self, set_to_none)

    add_param_group.__doc__ = torch.optim.Optimizer.add_param_group.__doc__
    zero_grad.__doc__ = torch.optim.Optimizer.zero_grad.__doc__

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        # Torch casts a state to its parameter's dtype. A pre-hook that runs last keeps the dict as
        # torch receives it; __setstate__ takes the states that `state_dtype` changes from there.
        hook = self.register_load_state_dict_pre_hook(_remember)
        try:
            _unwrapped(torch.optim.Optimizer.load_state_dict)(self, state_dict)
        finally:
            hook.remove()
            self._loading = None

    load_state_dict.__doc__ = torch.optim.Optimizer.load_state_dict.__doc__

    def __getstate__(self) -> dict[str, Any]:
        own = ("skipped", "skipped_in_a_row")
        return super().__getstate__() | {key: value for key in own if (value := getattr(self, key))}

    def __setstate__(self, state: dict[str, Any]) -> None:
        # load_state_dict restores state, not configuration: the options stay as constructed. All of
        # that is done before torch assigns the groups: then another thread may take a step with
        # them, or an interrupt may end this method.
        groups, old = state.get("param_groups", []), self.__dict__.get("param_groups", [])
        states = state.get("state", {})
        for group, before in zip(groups, old, strict=False):
            if group.get("fused") and not group.get("capturable"):
                _move_steps_to_cpu(group, states)
            former = ("stochastic_rounding", "seed") if "stochastic_rounding" in group else ()
            for option in (*OPTIONS, *former):
                group.pop(option, None)
            group |= {option: before[option] for option in OPTIONS.keys() & before.keys()}
        if self._loading is not None:
            state_format.keep_loaded(groups, states, self._loading)
        super().__setstate__(state)  # type: ignore[no-untyped-call]
        self._reset_plan()

    def _init_group(self, group: dict[str, Any], *columns: list[Any]) -> bool:
        if torch_private.is_traced():  # checked here: in step() torch.compile would add guards
            is_dithered = group.get("dithered_rounding") or wants_narrow(group)
            clips = self.defaults.get("max_grad_norm") is not None
            if self._step_supports_amp_scaling or clips or is_dithered or guard.is_on(group):
                raise RuntimeError(
                    "inside torch.compile, torch updates the parameters and cannot apply "
                    f"dithered_rounding, state_dtype={NARROW}, nonfinite, amp_scaling or "
                    "max_grad_norm: call step() outside the compiled function"
                )
        if group.get("state_dtype") is not None or self._step_supports_amp_scaling:
            group = {**group, "params": list(group["params"])}  # an iterator can be read once only
            super()._init_group(group, [], [], [], [], [])
            for param in group["params"]:
                if state := self.state.get(param):
                    self.fit_state(group, param, state)
        return bool(super()._init_group(group, *columns))

    def init_state(self, group: dict[str, Any], param: Tensor) -> None:
        """Create the state of one parameter, as torch does for a whole group.

        Raises:
            RuntimeError: torch's current stream is being captured.
        """
        if torch_private.is_capturing():
            raise RuntimeError(
                "the first step of a parameter is inside a graph capture; every replay would reset "
                "its state to zero. Take one step before the capture"
            )
        self.make_state(group, param)

    def make_state(self, group: dict[str, Any], param: Tensor) -> None:
        """Create the state of one parameter completely or, if it is interrupted, not at all."""
        # With fused=True, `step` stays on the CPU whatever the default device: native code counts.
        fused = group.get("fused") and not group["capturable"]
        try:
            with torch.device("cpu") if fused else nullcontext():
                self._init_group({**group, "params": [param]}, [], [], [], [], [])
        except BaseException:
            self.state.pop(param, None)  # torch creates its tensors one after the other
            raise

    def fit_state(self, group: dict[str, Any], param: Tensor, state: dict[str, Any]) -> None:
        """Convert the state of a parameter to the dtypes and devices that the options need."""
        if group.get("state_dtype") is not None:
            state_format.fit(group, param, state)
        # found_inf is on the GPU: only a `step` on the GPU can be incremented without a sync.
        if param.is_cuda and self._step_supports_amp_scaling and "step" in state:
            state["step"] = state["step"].to(param.device, torch.float32)

    @overload
    def step(self, closure: None = None) -> None: ...

    @overload
    def step(self, closure: Callable[[], float]) -> float: ...

    def step(self, closure: Callable[[], float] | None = None) -> float | None:
        """Perform a single optimization step.

        Thread-safe: concurrent calls on one optimizer run one after the other.

        Args:
            closure (Callable, optional): reevaluates the model and returns the loss.

        Raises:
            RuntimeError: a tensor is invalid, or no kernel can update a parameter although
                ``fused=True``; the message names the parameter, and no parameter has been changed.
        """
        if is_compiling():
            return self._torch_step(closure)
        if torch_private.HAS_ACCELERATOR:
            torch_private.check_graph_capture(self)
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        lock = self._lock
        if lock is None:  # a subclass that does not call this constructor
            self._reset_plan()
            lock = self.__dict__["_lock"]
        with lock.held:
            table = self._repeatable
            if table is None or is_intercepted() or table.repeat(self) != DONE:
                self._update(table)
        return loss

    # Has torch's graph breaks, which keep hooks and forward out of the compiled update, but not
    # torch's hooks: the step above calls them.
    _torch_step: Callable[..., float | None] = torch_private.use_grad_for_differentiable(
        unwrap(torch.optim.Adadelta.step)
    )

    def explain(self) -> Explanation:
        """Return, for every parameter, the kernel that updates it, or why torch does.

        Depends on the current grads. ``print`` shows the result as a table. Waits for a step of
        another thread to end.

        Raises:
            RuntimeError: the errors that ``step`` would raise.
        """
        if self._lock is None:  # a subclass that does not call this constructor
            self._reset_plan()
        with self.__dict__["_lock"].held:
            return explain(self)

    def diagnostics(self) -> Diagnostics:
        """Measure the size of the updates and the influence of eps, to tune lr, rho and eps.

        For each group and each parameter: mean and quantiles of the effective learning rate
        ``lr * sqrt((acc_delta + eps) / (square_avg + eps))``, the factor of the grads; fractions of
        elements with ``square_avg`` below eps and with ``acc_delta`` below eps; the decayed root
        mean square of the updates, and its ratio to the root mean square of the parameter.

        Reads states and parameters, no grads, and changes nothing. Samples 8192 elements of larger
        parameters, always the same ones, and computes in float64. Synchronises once with each GPU.
        For DTensors, each rank measures its own shards without communication. Parameters without a
        state give NaN and are left out of their group.

        Returns:
            rows ``by_group`` and ``by_param``; ``print`` shows a table, ``as_dict()`` is for logs.
        """
        return diagnose(self)

    def why_torch(self, groups: Any) -> str:
        """Return why torch has to update all groups, or an empty string."""
        if why := torch_private.why_intercepted():
            return why
        if type(groups) is not list:
            return f"param_groups is a {type(groups).__name__}"
        if type(self.state) not in (dict, defaultdict):
            return f"the optimizer's state is a {type(self.state).__name__}"
        return native_call.unavailable()

    def repeat_with(self, table: Table) -> None:
        """Let the next step first try to repeat the native call of this table."""
        self._repeatable = None if self._step_supports_amp_scaling else table

    def _update(self, table: Table | None) -> None:
        """Take the step: first everything that can fail or runs user code, then the native call.

        Args:
            table: the table whose last native call could not be repeated.
        """
        # A step within this one, as in a finalizer or a signal handler, gets a plan and tables of
        # its own: these are incomplete while they change.
        self._repeatable = None
        plan, own = self._plan, Plan()
        self._plan = own
        try:
            if table is not None and not is_intercepted() and table.repeat_changed(self):
                self._repeatable = table
            else:
                self._take(plan)
        finally:
            if self._plan is own:  # it has not been reset
                self._plan = plan

    def _take(self, plan: Plan) -> None:
        scaling = amp.take(self) if self._step_supports_amp_scaling else amp.Scaling()
        if not scaling.is_on_device() and scaling.should_skip():
            return
        had_grad_mode = torch.is_grad_enabled()
        try:
            torch_private.set_grad_enabled(self.defaults["differentiable"])
            Update(self, plan, scaling).take()
        finally:
            torch_private.set_grad_enabled(had_grad_mode)


def _move_steps_to_cpu(group: dict[str, Any], states: dict[Any, Any]) -> None:
    # With fused=True, torch's load_state_dict moves `step` to the device of its param.
    dtype = torch_private.scalar_dtype()
    for p in group["params"]:
        state = states.get(p)
        step = state.get("step") if isinstance(state, dict) else None
        if isinstance(step, Tensor) and not step.is_meta:
            states[p]["step"] = step.to("cpu", dtype)


def _unwrapped(method: Callable[..., None]) -> Callable[..., None]:
    """Return torch's method without its ``torch._disable_dynamo`` wrapper, unless compiling.

    The wrapper imports torch.compile, which takes a second even if nothing is compiled.
    """
    if torch.compiler.is_compiling():
        return method
    return getattr(method, "__wrapped__", method)


def _remember(optimizer: torch.optim.Optimizer, state_dict: dict[str, Any]) -> None:
    optimizer._loading = state_dict  # type: ignore[attr-defined]
