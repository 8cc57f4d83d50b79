"""Decide what updates a parameter, and prove in Python what a kernel would touch.

Kernels take bare addresses: a wrong shape, a freed storage or memory that two rows write would
corrupt the heap in silence. Whatever is unsound becomes an error that names the parameter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import torch
from torch import Tensor

from adadelta_gen.cpu.memory import covers, read_only_ranges
from adadelta_gen.registry import target
from adadelta_gen.shards import STATES, is_dtensor, why_whole
from adadelta_gen.spec import TARGETS

KERNEL_DTYPES = {
    torch.float16: "float16",
    torch.bfloat16: "bfloat16",
    torch.float32: "float32",
    torch.float64: "float64",
    torch.complex64: "float32",  # a complex element is two reals
    torch.complex128: "float64",
}
HALF_DTYPES = {torch.float16, torch.bfloat16}
PLAIN_TYPES = {Tensor, torch.nn.Parameter}
REMEDY = (
    "Load a state_dict that was made for this model; where the model was cast or moved, "
    "optimizer.load_state_dict(optimizer.state_dict()) casts and moves its state."
)


@dataclass(frozen=True)
class Route:
    """What updates a parameter: the kernel, the kernel over dense copies, or torch; why.

    Nothing can update what has no grad and could not be updated as it is.
    """

    by: Literal["kernel", "copies", "torch", "nothing"]
    why: str = ""


KERNEL = Route("kernel")
SHARED = Route("torch", "shares memory with another parameter or state")


@dataclass(frozen=True)
class Row:
    """A parameter of a group, its grad, its state (empty before the first grad), its route."""

    index: int
    label: str
    param: Tensor
    grad: Tensor | None
    state: dict[str, Any]
    route: Route


def examine(
    group_index: int,
    group: dict[str, Any],
    params: Sequence[Tensor],
    grads: Sequence[Tensor | None],
    states: Sequence[dict[str, Any]],
) -> list[Row]:
    """Decide for every parameter of a group what updates it, and prove what a kernel would touch.

    Args:
        group_index: position of the group, for error messages.
        group: the param group of n parameters.
        params: n tensors, those of the group or, in place of a DTensor, the local one.
        grads: n grads, or None.
        states: n states, empty for a parameter that never had a grad.

    Raises:
        RuntimeError: a grad is sparse; a state, or the memory of a tensor, is not what it must be;
            ``fused=True`` or ``stochastic_rounding=True`` for a parameter that only torch can
            update. Nothing has been written.
    """
    forbidden = read_only_ranges()
    rows = []
    for index, (param, grad, state) in enumerate(zip(params, grads, states, strict=True)):
        words = label(group_index, group, index)
        try:
            route = examine_one(words, group, param, grad, state)
            if route.by != "torch":
                _check_writable(words, param, state, forbidden)
        except RuntimeError as error:
            if grad is not None:
                raise
            route = Route("nothing", str(error))  # torch does not look at it before it has a grad
        rows.append(Row(index, words, param, grad, state, route))
    rows = _without_shared_memory(rows)
    for row in rows:
        if row.route.by == "torch" and row.grad is not None:
            why = f"no generated kernel can update {row.label}: {row.route.why}"
            refuse_torch(group, [row.param], why)
    return rows


def refuse_torch(group: dict[str, Any], params: Sequence[Tensor], why: str) -> None:
    """Raise if an option of the group demands for these parameters what only kernels do.

    Raises:
        RuntimeError: with the option and why torch would have to update them.
    """
    if group.get("fused"):
        raise RuntimeError(f"fused=True, but {why}. With fused=None torch updates it.")
    if group.get("stochastic_rounding") and any(p.dtype is torch.bfloat16 for p in params):
        raise RuntimeError(f"stochastic_rounding=True, but {why}.")


def examine_one(
    label: str, group: dict[str, Any], param: Tensor, grad: Tensor | None, state: dict[str, Any]
) -> Route:
    """Examine one parameter; memory that it shares with others is not looked for."""
    if grad is not None and grad.is_sparse:
        raise RuntimeError("Adadelta does not support sparse gradients")
    if state:
        _check_keys(label, state)
    if is_dtensor(param):
        _check_sharded(label, state)
    route = _route(group, param, grad, state)
    if route.by == "torch":
        return route
    _check_memory(label, "param", param)
    if grad is not None:
        _check_memory(label, "grad", grad)
    if state:
        _check_state(label, param, state)
        if group["capturable"] and state["step"].device != param.device:
            return Route("torch", "capturable=True, but its step is not on its device")
        route = _route_by_state(route, param, state)
    return route


def _route(
    group: dict[str, Any], param: Tensor, grad: Tensor | None, state: dict[str, Any]
) -> Route:
    why = why_torch_for_group(group) or _why_torch(param, grad, state)
    if not why and group["capturable"] and param.device.type == "cpu":
        why = "capturable=True"  # an error of torch's
    if not why and grad is not None:
        why = _why_torch_for_grad(param, grad)
    if why:
        return Route("torch", why)
    if not is_dense(param):
        return Route("copies", "param is not dense")
    if grad is not None:
        if grad.is_conj() or grad.is_neg():
            return Route("copies", "grad is a lazy conjugate or negative")
        if not has_layout(grad, param.stride()):
            return Route("copies", f"grad has strides {grad.stride()}, param {param.stride()}")
    return KERNEL


def why_torch_for_group(group: dict[str, Any]) -> str:
    """Return the option of a group that leaves all its parameters to torch, or an empty string."""
    if group["differentiable"]:
        return "differentiable=True"
    if group.get("fused") is False:
        return "fused=False"
    if group["foreach"] and not group.get("fused"):
        return "foreach=True"
    return ""


def _why_torch(param: Tensor, grad: Tensor | None, state: dict[str, Any]) -> str:
    if is_dtensor(param):
        return why_whole(param, grad, state)
    if type(param) not in PLAIN_TYPES:
        return f"param is a {type(param).__name__}"
    if param.layout is not torch.strided:
        return f"param has layout {param.layout}"
    if param.device.type not in TARGETS:
        return f"no kernels for device {param.device.type}"
    if param.dtype not in KERNEL_DTYPES:
        return f"no kernels for {param.dtype}"
    if param.is_inference():
        return "param is an inference tensor"
    if param.is_conj() or param.is_neg():
        return "param is a lazy conjugate or negative"
    if torch._debug_has_internal_overlap(param) == 1:
        return "param overlaps itself"
    return str(target(param.device.type).unavailable(param.device))


def _why_torch_for_grad(param: Tensor, grad: Tensor) -> str:
    if type(grad) not in PLAIN_TYPES:
        return f"grad is a {type(grad).__name__}"
    if grad.layout is not torch.strided:
        return f"grad has layout {grad.layout}"
    if (grad.dtype, grad.device, grad.shape) != (param.dtype, param.device, param.shape):
        return f"grad is {describe(grad)}"
    return ""


def has_wide_state(param: Tensor, state: dict[str, Any]) -> bool:
    """Whether the state of a parameter of 16 bits is in float32, as a kernel can take it."""
    wide = param.dtype in HALF_DTYPES
    return wide and all(state[key].dtype is torch.float32 for key in STATES)


def _route_by_state(decided: Route, param: Tensor, state: dict[str, Any]) -> Route:
    wide = has_wide_state(param, state)
    for key in STATES:
        value = state[key]
        if value.dtype is not param.dtype and not wide:
            return Route("torch", f"{key} is {value.dtype}")
        if type(value) not in PLAIN_TYPES or value.is_inference():
            return Route("torch", f"{key} is not a plain tensor")
        if torch._debug_has_internal_overlap(value) == 1:
            return Route("torch", f"{key} overlaps itself")
        if decided is KERNEL and (value.is_conj() or value.is_neg()):
            return Route("copies", f"{key} is a lazy conjugate or negative")
        if decided is KERNEL and not has_layout(value, param.stride()):
            return Route("copies", f"{key} has strides {value.stride()}, param {param.stride()}")
    return decided


def _check_keys(label: str, state: dict[str, Any]) -> None:
    for key in ("step", *STATES):
        value = state.get(key)
        if not isinstance(value, Tensor):
            raise RuntimeError(f"state[{key!r}] of {label} is {value!r}, not a tensor. {REMEDY}")


def _check_sharded(label: str, state: dict[str, Any]) -> None:
    for key in STATES:
        if key in state and not is_dtensor(state[key]):
            raise RuntimeError(
                f"state[{key!r}] is not a DTensor, but {label} is. Load a state_dict with "
                "torch.distributed.checkpoint.state_dict.set_optimizer_state_dict, which shards it."
            )


def _check_state(label: str, param: Tensor, state: dict[str, Any]) -> None:
    step = state["step"]
    if step.numel() != 1:
        raise RuntimeError(f"state['step'] of {label} has {step.numel()} elements, not 1. {REMEDY}")
    if is_plain(step):
        _check_memory(label, "state['step']", step)
    for key in STATES:
        value = state[key]
        # Torch computes with real states of any precision, and so has to do it itself.
        same_kind = value.is_complex() == param.is_complex() and not _is_integer(value)
        if not same_kind or (value.device, value.shape) != (param.device, param.shape):
            raise RuntimeError(
                f"state[{key!r}] is {describe(value)}, and so does not fit {label}. {REMEDY}"
            )
        _check_memory(label, f"state[{key!r}]", value)


def _is_integer(tensor: Tensor) -> bool:
    return not (tensor.is_floating_point() or tensor.is_complex())


def _check_memory(label: str, name: str, tensor: Tensor) -> None:
    needed = (tensor.storage_offset() + span(tensor)) * tensor.element_size()
    held = tensor.untyped_storage().nbytes()
    if tensor.numel() and (held < needed or not tensor.data_ptr()):
        raise RuntimeError(
            f"the memory of {name} of {label} was freed or resized: its storage holds {held} "
            f"bytes, {needed} are needed. Restore it before step()."
        )


def _check_writable(
    label: str, param: Tensor, state: dict[str, Any], forbidden: list[tuple[int, int]]
) -> None:
    written = {"param": param}
    if state:
        written |= {f"state[{key!r}]": state[key] for key in ("step", *STATES)}
    for name, tensor in written.items():
        if is_plain(tensor) and covers(forbidden, tensor.data_ptr()):
            raise RuntimeError(
                f"the memory of {name} of {label} is read-only, a file mapped for reading "
                "perhaps. Give the parameter memory of its own: param.data = param.data.clone()."
            )


def span(tensor: Tensor) -> int:
    """Elements from the first to the last one, both included."""
    if not tensor.numel():
        return 0
    dimensions = zip(tensor.shape, tensor.stride(), strict=True)
    return 1 + sum((size - 1) * stride for size, stride in dimensions)


def _without_shared_memory(rows: list[Row]) -> list[Row]:
    """Leave to torch what several rows would write at once: tied memory is updated in order."""
    regions = [
        (tensor.data_ptr(), tensor.data_ptr() + span(tensor) * tensor.element_size(), row.index)
        for row in rows
        if row.route.by in ("kernel", "copies")
        for tensor in (row.param, *(row.state[key] for key in STATES if key in row.state))
    ]
    shared = set()
    reach, owner = 0, -1
    for begin, end, index in sorted(regions):
        if begin < min(reach, end):
            shared |= {index, owner}
        if end > reach:
            reach, owner = end, index
    return [replace(row, route=SHARED) if row.index in shared else row for row in rows]


def is_dense(tensor: Tensor) -> bool:
    """Whether the elements fill their memory, each once, in any order of dimensions."""
    dimensions = zip(tensor.stride(), tensor.shape, strict=True)
    expected = 1
    for stride, size in sorted(d for d in dimensions if d[1] != 1):
        if stride != expected:
            return not tensor.numel()
        expected *= size
    return True


def has_layout(tensor: Tensor, strides: Sequence[int]) -> bool:
    """Whether the elements of a tensor lie in the order that the strides say."""
    if tensor.stride() == strides or not tensor.numel():
        return True
    dimensions = zip(tensor.shape, tensor.stride(), strides, strict=True)
    return all(x == y for size, x, y in dimensions if size != 1)


def is_plain(tensor: Tensor) -> bool:
    """Whether a tensor is nothing but elements in the memory of this process."""
    return (
        type(tensor) in PLAIN_TYPES
        and tensor.layout is torch.strided
        and tensor.device.type == "cpu"
    )


def describe(tensor: Tensor) -> str:
    return f"of shape {tuple(tensor.shape)}, {tensor.dtype}, on {tensor.device}"


def given_name(group: dict[str, Any], index: int) -> str:
    """The name that came with a parameter of a group, or an empty string."""
    names = group.get("param_names") or ()
    return str(names[index]) if index < len(names) else ""


def name(group_index: int, group: dict[str, Any], index: int) -> str:
    """A short name of a parameter: its own one, or where it is."""
    return given_name(group, index) or f"parameter {index} of group {group_index}"


def label(group_index: int, group: dict[str, Any], index: int) -> str:
    """A parameter in words, for error messages."""
    given = given_name(group, index)
    named = f" ({given!r})" if given else ""
    return f"parameter {index}{named} of group {group_index} {describe(group['params'][index])}"
