"""Decide what updates a parameter, and check in Python what a kernel would touch.

Kernels take bare addresses: a wrong shape, a freed storage or memory that two rows write would
corrupt the heap in silence. Whatever is unsound becomes an error that names the parameter; what
cannot be decided is left to torch.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import torch
from torch import Tensor

from adadelta_gen.native.memory import is_writable
from adadelta_gen.registry import SERVED_BY, target_of
from adadelta_gen.shards import STATES, is_dtensor, why_whole
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
# What torch can add 1 to without raising: no bool, no unsigned integer, no float of 8 bits.
COUNTABLE_DTYPES = {
    *(torch.int8, torch.int16, torch.int32, torch.int64),
    *(torch.float16, torch.bfloat16, torch.float32, torch.float64),
}
PLAIN_TYPES = {Tensor, torch.nn.Parameter}
REMEDY = (
    "Load a state_dict that was made for this model; where the model was cast or moved, "
    "optimizer.load_state_dict(optimizer.state_dict()) casts and moves its state."
)


class Route(NamedTuple):
    """What updates a parameter, and why not simply the kernel.

    Args:
        by: the kernel; the kernel with a copy of the grad; the kernel with dense copies of all
            tensors; torch; or torch for its whole group, as it may raise when others are updated.
        why: empty for the kernel alone.
    """

    by: Literal["kernel", "grad copy", "copies", "torch", "torch whole"]
    why: str = ""

    @property
    def is_by_torch(self) -> bool:
        return self.by in ("torch", "torch whole")


KERNEL = Route("kernel")


@dataclass(frozen=True)
class Place:
    """Where a parameter is; its text, which only messages need, is made when it is asked for."""

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
        """The name that came with the parameter, or an empty string."""
        try:
            return str(self.group["param_names"][self.index])
        except (KeyError, IndexError, TypeError):
            return ""

    def name(self) -> str:
        """A short name: its own one, or where it is."""
        return self.given_name() or f"parameter {self.index} of group {self.group_index}"


def describe(tensor: Tensor) -> str:
    """Shape, dtype and device in words."""
    try:
        return f"of shape {tuple(tensor.shape)}, {tensor.dtype}, on {tensor.device}"
    except Exception:  # a nested tensor has no shape, one that is not initialized neither
        return f"of type {type(tensor).__name__}"


def why_torch_for_group(group: dict[str, Any]) -> str:
    """Return what of a group's options leaves all its parameters to torch, or an empty string."""
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


def is_demanding(group: dict[str, Any]) -> bool:
    """Whether an option of the group may demand what only kernels do."""
    return bool(group.get("fused") or group.get("dithered_rounding") or wants_narrow(group))


def refuse_torch(group: dict[str, Any], params: Sequence[Tensor], why: str) -> None:
    """Raise if an option of the group demands for these parameters what only kernels do.

    Raises:
        RuntimeError: with the option and why torch would have to update them.
    """
    if group.get("fused"):
        raise RuntimeError(f"fused=True, but {why}. With fused=None torch updates it.")
    if group.get("dithered_rounding") and any(p.dtype is torch.bfloat16 for p in params):
        raise RuntimeError(f"dithered_rounding=True, but {why}.")
    if wants_narrow(group) and any(NARROW in OTHER_STATES.get(p.dtype, ()) for p in params):
        raise RuntimeError(f"state_dtype={NARROW}, but {why}.")


def is_simple(group: dict[str, Any], param: Tensor, grad: Tensor, state: dict[str, Any]) -> bool:
    """Whether a parameter is so ordinary that native code alone can tell if its kernel may run.

    The step of a model's every parameter may come by here, so it is kept quick.
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
    """Decide what updates a parameter; memory that it shares with others is not looked for.

    Args:
        place: of the parameter, for messages.
        param: it, or the local tensor of a DTensor.
        grad: its grad, or None.
        state: empty for a parameter that never had a grad.

    Raises:
        RuntimeError: the grad is sparse; a state, or the memory of a tensor, is not what it must
            be. Nothing has been written.
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
    if not why and group["capturable"] and param.device.type == "cpu":
        why = "capturable=True"  # an error of torch's
    if not why and grad is not None:
        why = _why_torch_for_grad(param, grad)
    if why:
        return Route("torch whole", why)
    tagged = [t for t in (param, grad) if t is not None and type(t) not in PLAIN_TYPES]
    if tagged and not is_dtensor(param):
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
        return why_whole(param, grad, state)
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
    """Whether operations on a tensor are torch's own, which an overriding subclass may refuse."""
    return type(tensor) in PLAIN_TYPES or _is_default_subclass(tensor)


def _is_default_subclass(tensor: Tensor) -> bool:
    kind = type(tensor)
    return kind not in PLAIN_TYPES and not overrides_operations(kind)


def _why_torch_for_grad(param: Tensor, grad: Tensor) -> str:
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
        if value.dtype not in KERNEL_DTYPES:
            return Route("torch whole", f"{key} is {value.dtype}")
        if decided.by == "torch":
            continue
        if type(value) not in PLAIN_TYPES:
            decided = Route("torch", f"{key} is not a plain tensor")
        elif value.dtype is not param.dtype and not has_kernel:
            decided = Route("torch", f"{key} is {value.dtype}")
        elif value.is_conj() or value.is_neg():
            decided = Route("torch", f"{key} is a lazy conjugate or negative")
        elif decided.by != "copies" and not has_layout(value, param.stride()):
            strides = f"{key} has strides {value.stride()}, param {param.stride()}"
            decided = Route("copies", strides)
    return _route_by_step(decided, param, state["step"])


def _route_by_step(decided: Route, param: Tensor, step: Tensor) -> Route:
    """Leave to torch what native code does not count: all but one real number on the CPU.

    What is on the device of its parameter is counted by torch, but its kernel runs all the same.
    """
    if _is_counted_on_device(param, step):
        return decided
    if step.device.type != "cpu":
        return Route("torch whole", f"step is {describe(step)}")
    if type(step) not in PLAIN_TYPES or not is_plain(step) or step.is_inference() or step.is_neg():
        return Route("torch whole", "step is not a plain tensor")
    if step.dtype in STEP_DTYPES and not step.ndim:
        return decided
    if decided.by == "torch":
        return decided
    countable = step.dtype in COUNTABLE_DTYPES
    return Route("torch" if countable else "torch whole", f"step is {describe(step)}")


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
                f"state[{key!r}] is not a DTensor, but {place} is. Load a state_dict with "
                "torch.distributed.checkpoint.state_dict.set_optimizer_state_dict, which shards it."
            )


def _check_state(place: Place, param: Tensor, state: dict[str, Any]) -> None:
    step = state["step"]
    if step.numel() != 1:
        raise RuntimeError(f"state['step'] of {place} has {step.numel()} elements, not 1. {REMEDY}")
    for key in STATES:
        value = state[key]
        # Torch computes with real states of any precision, and so has to do it itself.
        same_kind = value.is_complex() == param.is_complex() and not _is_integer(value)
        if not same_kind or (value.device, value.shape) != (param.device, param.shape):
            raise RuntimeError(
                f"state[{key!r}] is {describe(value)}, and so does not fit {place}. {REMEDY}"
            )


def _is_integer(tensor: Tensor) -> bool:
    return not (tensor.is_floating_point() or tensor.is_complex())


def _check_tensors(place: Place, param: Tensor, grad: Tensor | None, state: dict[str, Any]) -> None:
    """Check the memory of all that is read and written, by a kernel or by torch."""
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
                f"the memory of {name} of {place} is read-only, a file mapped for reading "
                "perhaps. Give the parameter memory of its own: param.data = param.data.clone()."
            )


def check_memory(place: Place, name: str, tensor: Tensor) -> None:
    """Check that the elements of a tensor lie in its storage.

    Raises:
        RuntimeError: they do not; the message names the parameter.
    """
    if not tensor.numel() or tensor._is_zerotensor():
        return
    needed = (tensor.storage_offset() + span(tensor)) * tensor.element_size()
    held = tensor.untyped_storage().nbytes()
    if held < needed or not tensor.data_ptr():
        raise RuntimeError(
            f"the memory of {name} of {place} was freed or resized: its storage holds {held} "
            f"bytes, {needed} are needed. Restore it before step()."
        )


def span(tensor: Tensor) -> int:
    """Elements from the first to the last one, both included."""
    return tensor.numel() if tensor.is_contiguous() else span_of(tensor.shape, tensor.stride())


def span_of(shape: Sequence[int], strides: Sequence[int]) -> int:
    """The same of a tensor with this shape and these strides."""
    if 0 in shape:
        return 0
    return 1 + sum((size - 1) * stride for size, stride in zip(shape, strides, strict=True))


def _may_overlap_itself(tensor: Tensor) -> bool:
    """Whether two elements may share memory; none do if each stride jumps over all smaller ones."""
    reach = 0
    dimensions = zip(tensor.stride(), tensor.shape, strict=True)
    for stride, size in sorted(d for d in dimensions if d[1] != 1):
        if stride <= reach:
            return bool(tensor.numel())
        reach += (size - 1) * stride
    return False


def is_dense(tensor: Tensor) -> bool:
    """Whether the elements fill their memory, each once, in any order of dimensions."""
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
    """Whether the elements of a tensor lie in the order that the strides say."""
    return same_layout(tensor.shape, tensor.stride(), strides)


def same_layout(shape: Sequence[int], a: Sequence[int], b: Sequence[int]) -> bool:
    """Whether elements of a shape lie in the same order by two lists of strides."""
    return (
        a == b
        or 0 in shape
        or all(x == y for size, x, y in zip(shape, a, b, strict=True) if size != 1)
    )


def is_plain(tensor: Tensor) -> bool:
    """Whether a tensor is nothing but elements in the memory of this process."""
    return (
        type(tensor) in PLAIN_TYPES
        and tensor.layout is torch.strided
        and tensor.device.type == "cpu"
    )
