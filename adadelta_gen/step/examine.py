"""Decide what updates a parameter, and check in Python the tensors that a kernel would access.

Kernels take addresses: a wrong shape, a freed storage or memory that two rows write would silently
corrupt the heap. Invalid tensors raise an error that names the parameter; torch updates the cases
that kernels do not cover.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import torch
from torch import Tensor

from adadelta_gen.native.memory import is_writable
from adadelta_gen.registry import SERVED_BY, target_of
from adadelta_gen.shards import STATES, is_dtensor, why_not_local
from adadelta_gen.step.kinds import (
    KERNEL_DTYPES,
    NARROW,
    OTHER_STATES,
    has_state_dtype,
    other_states,
    wants_narrow,
)
from adadelta_gen.step.numbers import unreadable
from adadelta_gen.torch_private import overrides_operations

STEP_DTYPES = {torch.float32, torch.float64}
# Dtypes to which torch can add 1 without raising: not bool, unsigned integers and 8-bit floats.
COUNTABLE_DTYPES = {
    *(torch.int8, torch.int16, torch.int32, torch.int64),
    *(torch.float16, torch.bfloat16, torch.float32, torch.float64),
}
PLAIN_TYPES = {Tensor, torch.nn.Parameter}
REMEDY = (
    "Load a state_dict that was saved for this model. If the model was cast or moved after the "
    "optimizer had a state, call optimizer.load_state_dict(optimizer.state_dict()), which casts "
    "and moves the state."
)


class Route(NamedTuple):
    """What updates a parameter, and why, if it is not the kernel without copies.

    Args:
        by: "kernel"; "grad copy": the kernel, with a copy of the grad; "copies": the kernel, with
            dense copies of all tensors; "torch"; "torch whole": torch for the whole group, because
            torch may raise after it has updated other parameters.
        why: the reason; empty for "kernel".
    """

    by: Literal["kernel", "grad copy", "copies", "torch", "torch whole"]
    why: str = ""

    @property
    def is_by_torch(self) -> bool:
        return self.by in ("torch", "torch whole")


KERNEL = Route("kernel")


@dataclass(frozen=True)
class Place:
    """The position of a parameter; ``str()`` describes the parameter for messages."""

    group_index: int
    group: dict[str, Any]
    index: int

    def __str__(self) -> str:
        given = self.given_name()
        named = f" ({given!r})" if given else ""
        return (
            f"parameter {self.index}{named} of group {self.group_index} "
            f"{describe(self.group['params'][self.index])}"
        )

    @property
    def key(self) -> tuple[int, int]:
        return self.group_index, self.index

    def given_name(self) -> str:
        """Return the name in ``param_names``, or an empty string."""
        try:
            return str(self.group["param_names"][self.index])
        except (KeyError, IndexError, TypeError):
            return ""

    def name(self) -> str:
        """Return the name in ``param_names``, or else index and group."""
        return self.given_name() or f"parameter {self.index} of group {self.group_index}"


def describe(tensor: Tensor) -> str:
    """Return shape, dtype and device as text."""
    try:
        return f"of shape {tuple(tensor.shape)}, {tensor.dtype}, on {tensor.device}"
    except Exception:  # nested and uninitialized tensors have no shape
        return f"of type {type(tensor).__name__}"


def why_torch_for_group(group: dict[str, Any]) -> str:
    """Return the option by which torch updates the whole group, or an empty string."""
    if type(group) is not dict:
        return f"group is a {type(group).__name__}"
    if why := unreadable(group):
        return why
    if group["differentiable"]:
        return "differentiable=True"
    if group.get("fused") is False:
        return "fused=False"
    if group["foreach"] and not group.get("fused"):
        return "foreach=True"
    if type(group["params"]) not in (list, tuple):
        return f"its params are a {type(group['params']).__name__}"
    return ""


def refuse_torch(group: dict[str, Any], params: Sequence[Tensor], why: str) -> None:
    """Raise if an option of the group requires kernels for these parameters.

    Raises:
        RuntimeError: names the option, and why no kernel can update them.
    """
    if group.get("fused"):
        raise RuntimeError(f"fused=True, but {why}. With fused=None torch updates it.")
    if group.get("dithered_rounding") and any(p.dtype is torch.bfloat16 for p in params):
        raise RuntimeError(f"dithered_rounding=True, but {why}. Torch cannot round by a dither.")
    if wants_narrow(group) and any(NARROW in OTHER_STATES.get(p.dtype, ()) for p in params):
        raise RuntimeError(f"state_dtype={NARROW}, but {why}. Torch cannot round by a dither.")


def is_simple(group: dict[str, Any], param: Tensor, grad: Tensor, state: dict[str, Any]) -> bool:
    """Whether native code alone can verify the parameter, without ``examine``.

    A step may call this for every parameter, so it has to be fast.
    """
    square_avg, acc_delta = state.get("square_avg"), state.get("acc_delta")
    step = state.get("step")
    kinds = {type(param), type(grad), type(square_avg), type(acc_delta), type(step)}
    if not kinds <= PLAIN_TYPES or type(state) is not dict or group["capturable"]:
        return False
    assert square_avg is not None
    assert acc_delta is not None
    assert step is not None
    layouts = {param.layout, grad.layout, square_avg.layout, acc_delta.layout}
    if layouts != {torch.strided}:
        return False
    dtype, strides = square_avg.dtype, param.stride()
    return (
        param.is_contiguous()
        and grad.stride() == strides
        and square_avg.stride() == strides
        and acc_delta.stride() == strides
        and dtype is acc_delta.dtype
        and (dtype is param.dtype or dtype in other_states(group, param.dtype))
        and step.dtype in STEP_DTYPES
        and step.is_cpu
    )


def examine(place: Place, param: Tensor, grad: Tensor | None, state: dict[str, Any]) -> Route:
    """Decide what updates a parameter; does not look for memory shared with other parameters.

    Args:
        place: position of the parameter, for messages.
        param: the parameter, or the local tensor of a DTensor.
        grad: its grad, or None.
        state: its state; empty before the first grad.

    Raises:
        RuntimeError: the grad is sparse, or the state or the memory of a tensor is invalid.
            Nothing has been written.
    """
    if grad is not None and grad.is_sparse:
        raise RuntimeError("Adadelta does not support sparse gradients")
    if state:
        _check_keys(place, state)
    if is_dtensor(param):
        _check_sharded(place, state)
    route = _route(place.group, param, grad, state)
    if grad is not None or state:
        _check_tensors(place, param, grad, state)
    if state and (not route.is_by_torch or _is_default_subclass(param)):
        _check_state(place, param, state)
        route = _route_by_state(route, place.group, param, state)
    return route


def _route(
    group: dict[str, Any], param: Tensor, grad: Tensor | None, state: dict[str, Any]
) -> Route:
    why = _why_torch(param, grad, state)
    if group["capturable"] and param.device.type == "cpu":
        why = "capturable=True"  # torch raises an error
    if not why and grad is not None:
        why = why_torch_for_grad(param, grad)
    if why:
        return Route("torch whole", why)
    tagged = [t for t in (param, grad) if t is not None and type(t) not in PLAIN_TYPES]
    if tagged:
        name = "grad" if tagged[0] is grad else "param"
        return Route("torch", f"{name} is a {type(tagged[0]).__name__}")
    if not is_dense(param):
        return Route("copies", "param is not dense")
    if grad is not None:
        if grad.is_conj() or grad.is_neg():
            return Route("grad copy", "grad is a lazy conjugate or negative")
        if grad._is_zerotensor():
            return Route("grad copy", "grad is a lazy zero")
        if not has_layout(grad, param.stride()):
            strides = f"grad has strides {grad.stride()}, param {param.stride()}"
            return Route("grad copy", strides)
    return KERNEL


def _why_torch(param: Tensor, grad: Tensor | None, state: dict[str, Any]) -> str:
    if is_dtensor(param):
        return why_not_local(param, grad, state)
    if not _is_ordinary(param):
        return f"param is a {type(param).__name__}"
    if type(state) is not dict:
        return f"its state is a {type(state).__name__}"
    if param.layout is not torch.strided:
        return f"param has layout {param.layout}"
    if param.device.type not in SERVED_BY:
        return f"no kernels for device {param.device.type}"
    if param.dtype not in KERNEL_DTYPES:
        return f"no kernels for {param.dtype}"
    if param.is_inference():
        return "param is an inference tensor"
    if param.is_conj() or param.is_neg():
        return "param is a lazy conjugate or negative"
    if _may_overlap_itself(param):
        return "param overlaps itself"
    return target_of(param.device.type).unavailable(param.device, KERNEL_DTYPES[param.dtype])


def _is_ordinary(tensor: Tensor) -> bool:
    """Whether the tensor's class does not override torch's operations."""
    return type(tensor) in PLAIN_TYPES or _is_default_subclass(tensor)


def _is_default_subclass(tensor: Tensor) -> bool:
    kind = type(tensor)
    return kind not in PLAIN_TYPES and not overrides_operations(kind)


def why_torch_for_grad(param: Tensor, grad: Tensor) -> str:
    """Return why torch updates a parameter with this grad, or an empty string."""
    if not _is_ordinary(grad):
        return f"grad is a {type(grad).__name__}"
    if grad.layout is not torch.strided:
        return f"grad has layout {grad.layout}"
    if (grad.dtype, grad.device, grad.shape) != (param.dtype, param.device, param.shape):
        return f"grad is {describe(grad)}"
    return ""


def _route_by_state(
    decided: Route, group: dict[str, Any], param: Tensor, state: dict[str, Any]
) -> Route:
    if group["capturable"] and not _is_counted_on_device(param, state["step"]):
        return Route("torch whole", "capturable=True, but its step is not on its device")
    dtypes = (param.dtype, *other_states(group, param.dtype))
    has_kernel = any(has_state_dtype(state, dtype) for dtype in dtypes)
    for key in STATES:
        value = state[key]
        if not _is_ordinary(value) or value.is_inference():
            return Route("torch whole", f"{key} is not a plain tensor")
        if value.layout is not torch.strided:
            return Route("torch whole", f"{key} has layout {value.layout}")
        if _may_overlap_itself(value):
            return Route("torch whole", f"{key} overlaps itself")
        if value._is_zerotensor():
            return Route("torch whole", f"{key} is a lazy zero")  # which cannot be written
        if value.dtype not in KERNEL_DTYPES:
            return Route("torch whole", f"{key} is {value.dtype}")
        if decided.by == "torch":
            continue
        if type(value) not in PLAIN_TYPES:
            decided = Route("torch", f"{key} is not a plain tensor")
        elif value.dtype is not param.dtype and not has_kernel:
            decided = _torch_of_other_dtype(group, param, f"{key} is {value.dtype}")
            if decided.by == "torch whole":
                return decided
        elif value.is_conj() or value.is_neg():
            decided = Route("torch", f"{key} is a lazy conjugate or negative")
        elif decided.by != "copies" and not has_layout(value, param.stride()):
            strides = f"{key} has strides {value.stride()}, param {param.stride()}"
            decided = Route("copies", strides)
    return _route_by_step(decided, group, param, state["step"])


def _torch_of_other_dtype(group: dict[str, Any], param: Tensor, why: str) -> Route:
    """Let torch update a parameter whose state has another dtype.

    By default torch uses its foreach implementation on a GPU, which raises for most such dtypes.
    """
    may_raise = param.device.type != "cpu" and group["foreach"] is not False
    return Route("torch whole" if may_raise else "torch", why)


def _route_by_step(decided: Route, group: dict[str, Any], param: Tensor, step: Tensor) -> Route:
    """Let torch update the parameter if native code cannot increment its ``step``.

    Native code increments plain float32 and float64 scalars on the CPU. With a ``step`` on the
    parameter's GPU, torch increments it and the kernel still updates the parameter.
    """
    if _is_counted_on_device(param, step):
        return decided
    if type(step) in PLAIN_TYPES and step.device.type != "cpu":
        return Route("torch whole", f"step is {describe(step)}")
    is_plain = type(step) in PLAIN_TYPES and step.layout is torch.strided
    if not is_plain or step.is_inference() or step.is_neg() or step._is_zerotensor():
        return Route("torch whole", "step is not a plain tensor")
    if step.dtype in STEP_DTYPES and not step.ndim:
        return decided
    if decided.by == "torch":
        return decided
    why = f"step is {describe(step)}"
    if step.dtype not in COUNTABLE_DTYPES:
        return Route("torch whole", why)
    if step.dtype in STEP_DTYPES:
        return Route("torch", why)
    return _torch_of_other_dtype(group, param, why)


def _is_counted_on_device(param: Tensor, step: Tensor) -> bool:
    return param.device.type != "cpu" and step.device == param.device


def _check_keys(place: Place, state: dict[str, Any]) -> None:
    for key in ("step", *STATES):
        value = state.get(key)
        if not isinstance(value, Tensor):
            raise RuntimeError(f"state[{key!r}] of {place} is {value!r}, not a tensor. {REMEDY}")


def _check_sharded(place: Place, state: dict[str, Any]) -> None:
    for key in STATES:
        if key in state and not is_dtensor(state[key]):
            raise RuntimeError(
                f"state[{key!r}] is not a DTensor, but {place} is. Load the state_dict with "
                "torch.distributed.checkpoint.state_dict.set_optimizer_state_dict, which shards it."
            )


def _check_state(place: Place, param: Tensor, state: dict[str, Any]) -> None:
    step = state["step"]
    if step.numel() != 1:
        raise RuntimeError(f"state['step'] of {place} has {step.numel()} elements, not 1. {REMEDY}")
    for key in STATES:
        value = state[key]
        # Torch accepts floating-point states of any precision; ``_route_by_state`` lets it.
        same_kind = value.is_complex() == param.is_complex() and not _is_integer(value)
        if not same_kind or (value.device, value.shape) != (param.device, param.shape):
            raise RuntimeError(
                f"state[{key!r}] is {describe(value)}, which does not match {place}. {REMEDY}"
            )


def _is_integer(tensor: Tensor) -> bool:
    return not (tensor.is_floating_point() or tensor.is_complex())


def _check_tensors(place: Place, param: Tensor, grad: Tensor | None, state: dict[str, Any]) -> None:
    """Check the memory of all tensors that a kernel or torch would read or write."""
    tensors = {"param": param, "grad": grad}
    tensors |= {f"state[{key!r}]": state[key] for key in ("step", *STATES) if key in state}
    for name, tensor in tensors.items():
        if tensor is None or not _is_ordinary(tensor):
            continue
        if tensor.layout is not torch.strided or tensor.device.type not in SERVED_BY:
            continue
        check_memory(place, name, tensor)
        if name != "grad" and tensor.device.type == "cpu" and not is_writable(tensor.data_ptr()):
            raise RuntimeError(
                f"the memory of {name} of {place} is read-only, for example a file mapped for "
                "reading. Copy it to writable memory: tensor.data = tensor.data.clone()."
            )


def check_memory(place: Place, name: str, tensor: Tensor) -> None:
    """Check that the elements of a tensor lie in its storage.

    Raises:
        RuntimeError: they lie outside; the message names the parameter.
    """
    if not tensor.numel() or tensor._is_zerotensor():
        return
    needed = (tensor.storage_offset() + span(tensor)) * tensor.element_size()
    held = tensor.untyped_storage().nbytes()
    if held < needed or not tensor.data_ptr():
        raise RuntimeError(
            f"the memory of {name} of {place} was freed or resized: its storage has {held} bytes, "
            f"but {needed} are needed. Restore the storage before step()."
        )


def span(tensor: Tensor) -> int:
    """Return the number of elements of memory from the first to the last element, inclusive."""
    return tensor.numel() if tensor.is_contiguous() else span_of(tensor.shape, tensor.stride())


def span_of(shape: Sequence[int], strides: Sequence[int]) -> int:
    """Return the same for a tensor of this shape and these strides."""
    if 0 in shape:
        return 0
    return 1 + sum((size - 1) * stride for size, stride in zip(shape, strides, strict=True))


def _may_overlap_itself(tensor: Tensor) -> bool:
    """Whether two elements may share memory; not if each stride exceeds the span of all smaller."""
    reach = 0
    dimensions = zip(tensor.stride(), tensor.shape, strict=True)
    for stride, size in sorted(d for d in dimensions if d[1] != 1):
        if stride <= reach:
            return bool(tensor.numel())
        reach += (size - 1) * stride
    return False


def is_dense(tensor: Tensor) -> bool:
    """Whether the elements fill their memory without gaps and overlaps, in any dimension order."""
    if tensor.is_contiguous():
        return True
    dimensions = zip(tensor.stride(), tensor.shape, strict=True)
    expected = 1
    for stride, size in sorted(d for d in dimensions if d[1] != 1):
        if stride != expected:
            return not tensor.numel()
        expected *= size
    return True


def has_layout(tensor: Tensor, strides: Sequence[int]) -> bool:
    """Whether a tensor has these strides, ignoring dimensions of size 1."""
    return same_layout(tensor.shape, tensor.stride(), strides)


def same_layout(shape: Sequence[int], a: Sequence[int], b: Sequence[int]) -> bool:
    """Whether two lists of strides are the same layout of a shape."""
    return (
        a == b
        or 0 in shape
        or all(x == y for size, x, y in zip(shape, a, b, strict=True) if size != 1)
    )
