"""DTensors (FSDP2, tensor parallelism): each rank updates its own shards.

The update is elementwise: if param, grad and state have the same placements, updating their local
tensors gives the same result as updating the whole ones. Local tensors are plain tensors, which
kernels accept, and no operation goes through DTensor dispatch.
"""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

STATES = ("square_avg", "acc_delta")


def is_dtensor(tensor: object) -> bool:
    """Whether a tensor is a DTensor; does not import torch.distributed.tensor."""
    return type(tensor) is _class()


def _class() -> Any:
    module = sys.modules.get("torch.distributed.tensor")
    return module and module.DTensor


def why_not_local(param: Any, grad: Any, state: dict[str, Any]) -> str:
    """Return why a DTensor cannot be updated through local tensors, or an empty string."""
    if any(placement.is_partial() for placement in param.placements):
        return f"param is a DTensor with {param.placements}"
    tensors = [("grad", grad)] if grad is not None else []
    tensors += [(key, state[key]) for key in STATES if key in state]
    for name, tensor in tensors:
        if not is_dtensor(tensor):
            return f"param is a DTensor, {name} is not"
        if not _laid_out_alike(tensor, param):
            return f"param is a DTensor with {param.placements}, {name} with {tensor.placements}"
    return ""


def _laid_out_alike(a: Any, b: Any) -> bool:
    x, y = a._spec, b._spec
    # The order in which mesh dimensions shard a tensor has no public name.
    return x is y or (
        x.mesh == y.mesh
        and x.placements == y.placements
        and getattr(x, "shard_order", None) == getattr(y, "shard_order", None)
    )


def aligned_grads(params: Sequence[Any]) -> list[Tensor | None]:
    """Return the grads, with those of DTensors redistributed to the placements of their params.

    Tensor parallelism leaves partial sums in some grads. Summing them is a collective, called once
    per step. All ranks call the same collectives, because these depend on placements only.
    """
    grads: list[Any] = [param.grad for param in params]
    for i, (param, grad) in enumerate(zip(params, grads, strict=True)):
        if grad is not None and _is_misplaced(param, grad):
            grads[i] = grad.redistribute(placements=param.placements)
    return grads


def placed_grads(params: Sequence[Any]) -> list[Tensor | None]:
    """Return the grads, with None for those that ``aligned_grads`` would redistribute."""
    grads = [param.grad for param in params]
    return [
        None if grad is None or _is_misplaced(param, grad) else grad
        for param, grad in zip(params, grads, strict=True)
    ]


def _is_misplaced(param: Any, grad: Any) -> bool:
    return (
        is_dtensor(param)
        and type(grad) is type(param)
        and param._spec is not grad._spec
        and grad.device_mesh == param.device_mesh
        and grad.placements != param.placements
    )


class Locals:
    """The params, grads and states of a group, with local tensors in place of DTensors.

    A DTensor for which ``why_not_local`` gives a reason stays a DTensor; torch updates it.

    Args:
        params: params of the group.
        states: states of the optimizer, by param.

    Attributes:
        states: state of each param, for a DTensor a dict of local tensors; empty before the first
            grad.
    """

    def __init__(self, params: Sequence[Tensor], states: Mapping[Any, dict[str, Any]]) -> None:
        self._all_states = states
        self._rows = [_Row(i) for i, p in enumerate(params) if is_dtensor(p)]
        self._wrappers: list[Tensor] = []
        self.states: list[dict[str, Any]] = []

    def look(
        self, params: Sequence[Tensor], grads: Sequence[Tensor | None]
    ) -> tuple[list[Tensor], list[Tensor | None]]:
        """Return the current local params and grads, and update ``states``."""
        params, grads = list(params), list(grads)
        self._wrappers = []
        self.states = [self._all_states.get(param, {}) for param in params]
        for row in self._rows:
            param, grad, i = params[row.index], grads[row.index], row.index
            state = self.states[i]
            if not row.is_local(param, grad, state):
                continue
            params[i] = local(param)
            if grad is not None:
                grads[i] = local(grad)
                self._wrappers.append(param)
            self.states[i] = {
                key: local(value) if key in STATES else value for key, value in state.copy().items()
            }
        return params, grads

    def bump_versions(self) -> None:
        """Increment the autograd versions of the DTensors, as in-place operations on them would."""
        torch.autograd.graph.increment_version(self._wrappers)


class _Row:
    """A DTensor of a group, by its index, with the last answer of ``is_local``."""

    __slots__ = ("_answer", "_specs", "index")

    def __init__(self, index: int) -> None:
        self.index = index
        self._specs: list[Any] = []
        self._answer = False

    def is_local(self, param: Any, grad: Any, state: dict[str, Any]) -> bool:
        """Whether it can be updated through local tensors; depends on the DTensor specs only."""
        specs = [
            getattr(tensor, "_spec", tensor is None)  # None and a plain tensor count as different
            for tensor in (param, grad, state.get("square_avg"), state.get("acc_delta"))
        ]
        if specs != self._specs:
            self._answer = is_dtensor(param) and not why_not_local(param, grad, state)
            self._specs = specs
        return self._answer


def local(dtensor: Any) -> Tensor:
    """Return the local tensor of a DTensor, or any other tensor itself."""
    if not is_dtensor(dtensor):
        return dtensor  # type: ignore[no-any-return]
    # Not to_local(): for a Parameter it creates a new view at each call.
    local = dtensor._local_tensor
    if type(local) is Tensor:
        return local
    result: Tensor = local.wait() if hasattr(local, "wait") else local  # AsyncCollectiveTensor
    return result


def is_finite(tensor: Tensor) -> bool:
    """Whether all elements are finite; for a DTensor, all local elements."""
    return bool(local(tensor).isfinite().all())


def all_reduce_found(params: Sequence[Any], found: Sequence[int]) -> list[int]:
    """Return the parameters found on this rank, and the DTensors found on any rank of their mesh.

    A collective if there are DTensors.

    Args:
        params: params of a group.
        found: indices of the params found on this rank.
    """
    result = set(found)
    meshes = {param.device_mesh: None for param in params if is_dtensor(param)}
    for mesh in meshes:
        if mesh.get_coordinate() is None:
            continue
        its = [i for i, p in enumerate(params) if is_dtensor(p) and p.device_mesh == mesh]
        flags = torch.tensor([i in result for i in its], dtype=torch.int32, device=mesh.device_type)
        for group in mesh.get_all_groups():
            torch.distributed.all_reduce(flags, torch.distributed.ReduceOp.MAX, group)
        result |= {i for i, flag in zip(its, flags.tolist(), strict=True) if flag}
    return sorted(result)


def offset_in_whole(param: Any) -> int:
    """Return the index, in the whole parameter, of the first element of its local tensor.

    0 if shards are not contiguous in the whole parameter.
    """
    if not is_dtensor(param):
        return 0
    mesh, shape = param.device_mesh, param.shape
    coordinates = mesh.get_coordinate() or [0] * mesh.ndim  # None if the rank is not in the mesh
    begin, length = 0, shape[0] if shape else 0
    # Shards are cut as by torch.chunk, along the first mesh dimension first.
    for placement, size, coordinate in zip(param.placements, mesh.shape, coordinates, strict=True):
        if placement.is_replicate():
            continue
        if not placement.is_shard(0):
            return 0
        chunk = -(-length // size)
        offset = min(coordinate * chunk, length)
        begin, length = begin + offset, min(chunk, length - offset)
    return int(begin * shape[1:].numel())
