"""``--check``: torch's step on copies of the same parameters, grads and state.

16-bit parameters are copied to float32, and torch's results are rounded to 16 bits once, as in a
kernel.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from inspect import unwrap
from typing import Any

import torch
from torch import Tensor

from adadelta_gen.run.watch import Record
from adadelta_gen.shards import local
from adadelta_gen.torch_private import is_capturing

STATES = ("square_avg", "acc_delta")
WIDE = {torch.float16: torch.float32, torch.bfloat16: torch.float32}
# In ulp, for one step; docs/run.md has the largest that were observed. The relative errors of both
# updates add up to 10.5 units of 2**-24 (float64: 2**-53): 2.5 of adadelta_gen and 8 of
# torch, because its vectorised roots are sometimes off by an ulp. An ulp is at least one unit, and
# acc_delta contains the square of the update.
_WIDE_LIMITS = {"param": 12.0, "square_avg": 2.0, "acc_delta": 26.0}
_HALF_LIMITS = dict.fromkeys(("param", *STATES), 1.0)
LIMITS = {
    torch.float16: _HALF_LIMITS,
    torch.bfloat16: _HALF_LIMITS,
    torch.float32: _WIDE_LIMITS,
    torch.float64: _WIDE_LIMITS,
}
PIECE = 1 << 20  # elements that are compared at once


@dataclass
class Difference:
    """The largest difference of a tensor from torch's over all compared steps.

    Args:
        parameter: its name, or its group and index.
        tensor: "param", "square_avg" or "acc_delta".
        dtype: of the tensor.
        ulp: largest difference in units in the last place. The unit of a param is that of its
            largest magnitude before or after the step, the unit of a state that of its value.
        absolute: largest absolute difference, possibly of another element.
        step: number of the step with the largest ulp, counted from 1.
        limit: of ulp; None for complex numbers, because torch adds their decay without an FMA.
    """

    parameter: str
    tensor: str
    dtype: str
    ulp: float
    absolute: float
    step: int
    limit: float | None

    def is_beyond(self) -> bool:
        return self.limit is not None and not self.ulp <= self.limit


class Beside:
    """Copies of an optimizer's parameters and states, made before its step.

    Args:
        optimizer: an ``adadelta_gen.Adadelta``.
        theirs: torch's class.
        record: the record of the optimizer.
    """

    def __init__(self, optimizer: Any, theirs: type, record: Record) -> None:
        self._theirs: Any = theirs
        self._record = record
        self.why_not = _why_not(optimizer, record)
        if self.why_not:
            return
        self._copies: dict[tuple[int, int], Tensor] = {}
        self._before: dict[tuple[int, int], Tensor] = {}
        groups = []
        state: dict[Tensor, Any] = {}
        with torch.no_grad():
            for position, group in enumerate(optimizer.param_groups):
                params = []
                for index, param in enumerate(group["params"]):
                    if param.grad is None:
                        continue
                    self._before[position, index] = before = param.detach().clone()
                    own = torch.nn.Parameter(_widened(before))
                    own.grad = _widened(param.grad.detach(), copied=False)
                    self._copies[position, index] = own
                    if old := optimizer.state.get(param):
                        state[own] = {key: _widened(value) for key, value in old.items()}
                    params.append(own)
                groups.append({**group, "params": params})
        self._optimizer = _of_groups(self._theirs, groups, state)

    def compare(self, optimizer: Any, by_torch: set[tuple[int, int]]) -> None:
        """Let torch take the step on the copies, and record the differences of the results.

        Args:
            optimizer: the ``adadelta_gen.Adadelta``, after its step.
            by_torch: group and index of each parameter that torch updates in both optimizers.
        """
        record = self._record
        if self.why_not:
            record.unchecked = self.why_not
            return
        with torch.no_grad():
            unwrap(self._theirs.step)(self._optimizer)
        record.checked += 1
        for (position, index), own in self._copies.items():
            if (position, index) in by_torch:
                continue
            param = optimizer.param_groups[position]["params"][index]
            name = optimizer.param_groups[position].get("param_names", {index: ""})[index]
            name = name or f"parameter {index} of group {position}"
            ours = {"param": param, **{key: optimizer.state[param][key] for key in STATES}}
            theirs = {"param": own, **{key: self._optimizer.state[own][key] for key in STATES}}
            before = self._before[position, index]
            for tensor in ours:
                found = _distance(
                    ours[tensor], theirs[tensor], before if tensor == "param" else None
                )
                dtype = ours[tensor].dtype
                limit = LIMITS[dtype][tensor] if dtype in LIMITS else None
                _note(record, Difference(name, tensor, str(dtype), *found, record.steps, limit))


def _why_not(optimizer: Any, record: Record) -> str:
    if is_capturing():
        return "a CUDA graph is being captured"
    if record.own_options:
        return f"torch's Adadelta has no {', '.join(record.own_options)}"
    if any(group["differentiable"] for group in optimizer.param_groups):
        return "with differentiable=True torch takes the step"
    return ""


def _widened(value: Any, copied: bool = True) -> Any:
    if not isinstance(value, Tensor):
        return value
    wide = WIDE.get(value.dtype, value.dtype)
    return value.detach().to(wide, copy=copied)


def _of_groups(theirs: Any, groups: list[dict[str, Any]], state: dict[Tensor, Any]) -> Any:
    """Return torch's Adadelta with these groups and states."""
    made = theirs([torch.nn.Parameter(torch.zeros(0))])
    made.param_groups = groups
    made.state.update(state)
    return made


def _note(record: Record, found: Difference) -> None:
    for known in record.differences:
        if (known.parameter, known.tensor) == (found.parameter, found.tensor):
            known.absolute = max(known.absolute, found.absolute)
            if found.ulp > known.ulp:
                known.ulp, known.step = found.ulp, found.step
            return
    record.differences.append(found)


def _distance(ours: Tensor, theirs: Tensor, before: Tensor | None) -> tuple[float, float]:
    """Return the largest difference of two tensors, in ulp and absolute."""
    most = [0.0, 0.0]
    for a, b, size in _pieces(ours, theirs, before):
        same = (a == b) | (a.isnan() & b.isnan())
        if bool(same.all()):
            continue
        apart = torch.where(same, 0.0, (a.double() - b.double()).abs())
        ulp = apart / _ulp(size)
        for i, values in enumerate((ulp, apart)):
            largest = float(values.max())
            most[i] = float("inf") if largest != largest else max(most[i], largest)
    return most[0], most[1]


def _pieces(
    ours: Tensor, theirs: Tensor, before: Tensor | None
) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    dtype = ours.dtype
    tensors = [_flat(ours, dtype), _flat(theirs, dtype)]
    if before is not None:
        tensors.append(_flat(before, dtype))
    for parts in zip(*(torch.split(tensor, PIECE) for tensor in tensors), strict=True):
        size = parts[0].abs()
        for part in parts[1:]:
            size = torch.maximum(size, part.abs())
        yield parts[0], parts[1], size


def _flat(tensor: Tensor, dtype: torch.dtype) -> Tensor:
    own = local(tensor).detach().resolve_conj().to(dtype)
    if own.is_complex():
        own = torch.view_as_real(own)
    return own.reshape(-1)


def _ulp(size: Tensor) -> Tensor:
    """Return the distance of each number to the next larger one of its dtype, in float64."""
    about = torch.finfo(size.dtype)
    _, exponent = torch.frexp(size.double().clamp(about.smallest_normal, about.max))
    power = ((exponent.long() + 1022) << 52).view(torch.float64)  # 2 ** (exponent - 1), exact
    return power * about.eps
