"""Private names of torch: each is looked up here, with a fallback if it is missing.

No other module uses a private name of ``torch.optim`` or ``torch._C``. With a torch that lacks one
of them, this package can still be imported and take steps.
"""

import functools
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.optim import optimizer as torch_optimizer


def _zero(*args: Any) -> int:
    return 0


def _named(path: str, fallback: Callable[..., Any] = _zero) -> Callable[..., Any]:
    """Return the function at a dotted path below ``torch``, or the fallback."""
    found: Any = torch
    for name in path.split("."):
        found = getattr(found, name, None)
    return found if callable(found) else fallback


_n_dispatch_modes = _named("_C._len_torch_dispatch_stack")
_n_function_modes = _named("_C._len_torch_function_stack")
_transform = _named("_C._functorch.peek_interpreter_stack", lambda: None)
_tracing = _named("_C._get_tracing_state", lambda: None)
_tracing_context = getattr(getattr(torch, "_guards", None), "TracingContext", None)
is_profiling = _named("_C._autograd._profiler_enabled")
set_grad_enabled = _named("_C._set_grad_enabled", torch.set_grad_enabled)
is_compiling = torch.compiler.is_compiling
# Unlike torch.compiler.disable, imports torch.compile only when the function is called.
left_out_of_graphs = _named("_disable_dynamo", lambda function: function)


def is_intercepted() -> bool:
    """Whether a mode, transform or tracer has to see torch's operations."""
    return bool(
        _n_dispatch_modes()
        or (_n_function_modes() and _why_function_mode())
        or _transform() is not None
        or _tracing() is not None
    )


def why_intercepted() -> str:
    """Return which mode, transform or tracer has to see torch's operations, or an empty string."""
    if _n_dispatch_modes():
        return "a TorchDispatchMode is active"
    if _n_function_modes() and (why := _why_function_mode()):
        return why
    if _transform() is not None:
        return "a transform of torch.func is active"
    if _tracing() is not None:
        return "torch.jit is tracing"
    return ""


def _why_function_mode() -> str:
    try:
        modes = torch.overrides._get_current_function_mode_stack()  # type: ignore[no-untyped-call]
    except AttributeError:
        return "a TorchFunctionMode is active"
    # torch.set_default_device is a function mode too; it only affects the device of new tensors.
    own = [type(m) for m in modes if type(m).__module__ != "torch.utils._device"]
    return f"the TorchFunctionMode {own[-1].__name__} is active" if own else ""


def is_traced() -> bool:
    """Whether torch.compile is tracing; before 2.13, ``is_compiling`` alone misses some calls."""
    if is_compiling():
        return True
    try_get = getattr(_tracing_context, "try_get", None)
    return try_get is not None and try_get() is not None


def scalar_dtype() -> torch.dtype:
    """The dtype of a step's counter."""
    get = getattr(torch_optimizer, "_get_scalar_dtype", None)
    if get is not None:
        found: torch.dtype = get()
        return found
    return torch.float64 if torch.get_default_dtype() == torch.float64 else torch.float32


def use_grad_for_differentiable(step: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a step as torch does: set grad mode to ``differentiable``, break graphs around it."""
    wrap = getattr(torch_optimizer, "_use_grad_for_differentiable", None)
    if wrap is not None:
        wrapped: Callable[..., Any] = wrap(step)
        return wrapped

    @functools.wraps(step)
    def with_grad_mode(self: Any, *args: Any, **kwargs: Any) -> Any:
        with torch.set_grad_enabled(self.defaults["differentiable"]):
            return step(self, *args, **kwargs)

    return with_grad_mode


def check_graph_capture(optimizer: torch.optim.Optimizer) -> None:
    """Raise torch's error if a CUDA graph is being captured and ``capturable`` is False."""
    for name in ("_accelerator_graph_capture_health_check", "_cuda_graph_capture_health_check"):
        check = getattr(optimizer, name, None)
        if check is not None:
            check()
            return


# Without an accelerator there are no graphs to capture; skipping the check saves 0.3 us a step.
HAS_ACCELERATOR = torch.accelerator.current_accelerator() is not None


_TORCH_FUNCTIONS = {
    getattr(Tensor.__torch_function__, "__func__", None),
    getattr(torch._C, "_disabled_torch_function_impl", None),
}


def overrides_operations(kind: type) -> bool:
    """Whether a subclass of Tensor overrides torch's operations."""
    function: Any = getattr(kind, "__torch_function__", None)
    dispatch: Any = getattr(kind, "__torch_dispatch__", None)
    return getattr(
        function, "__func__", function
    ) not in _TORCH_FUNCTIONS or dispatch is not getattr(Tensor, "__torch_dispatch__", None)


def profile_hook_step(step: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a step as ``torch.optim.Optimizer`` does, but bypass the wrapper when it has no effect.

    Torch's wrapper takes some 10 us per step, nearly all of it for the profiler's label. It still
    runs if a step hook or a profiler is active, inside ``torch.compile``, and if another library
    has replaced it.
    """
    wrapped: Callable[..., Any] = torch.optim.Optimizer.profile_hook_step(step)

    @functools.wraps(wrapped)
    def profiled_step(self: Any, *args: Any, **kwargs: Any) -> Any:
        if needs_profile_hook(self):
            return wrapped(self, *args, **kwargs)
        return step(self, *args, **kwargs)

    code = getattr(wrapped, "__code__", None)
    is_torchs = getattr(code, "co_filename", "") == torch_optimizer.__file__
    return profiled_step if is_torchs else wrapped


_global_hooks = tuple(
    getattr(torch_optimizer, f"_global_optimizer_{when}_hooks", {}) for when in ("pre", "post")
)


def needs_profile_hook(optimizer: Any) -> bool:
    """Whether a step hook, a profiler or a compiler is active."""
    return bool(
        is_compiling()  # first: a compiled graph would add guards for the conditions below
        or _global_hooks[0]
        or _global_hooks[1]
        or optimizer._optimizer_step_pre_hooks
        or optimizer._optimizer_step_post_hooks
        or is_profiling()
    )


def is_capturing() -> bool:
    """Whether torch's current stream is being captured into a CUDA graph."""
    return (
        HAS_ACCELERATOR and torch.cuda.is_available() and torch.cuda.is_current_stream_capturing()
    )
