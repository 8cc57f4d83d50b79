"""Load and step our and torch's optimizer beside each other, and judge the outcome.

Allowed outcomes: torch's result, torch's error, or an error of ours that names the parameter, with
nothing written. Values are compared as docs/differences.md describes, also where a fault has made
them very large, negative or not a number.
"""

import re
from collections.abc import Callable
from typing import Any

import torch
from parity.support import TOLERANCES, Tolerance
from reliability.outcomes import KEYS, differing, plain
from reliability.outcomes import contents as contents_of
from torch import Tensor
from torch.distributed.checkpoint.api import CheckpointException  # no Exception

Contents = list[dict[str, Any]]
NAMED = re.compile(r"parameter \d|group \d")  # an option of a group concerns the whole group
# Torch converts hyperparameters to a dtype of 16 bits; kernels compute in float32.
OVERFLOW = re.compile(r"c10::(Half|BFloat16) without overflow")
HALF = (torch.float16, torch.bfloat16)
# Below LOWEST, eps + acc_delta loses bits; beyond LARGEST, squares may overflow in one of the two.
LOWEST = {torch.float64: 2.0**-1019, torch.complex128: 2.0**-1019}
LARGEST = {torch.float64: 1e250, torch.complex128: 1e250, torch.float16: 1e3}


def contents(optimizer: torch.optim.Optimizer) -> Contents:
    """Copy all params and states; None for those without elements, such as meta tensors."""
    return [
        {key: None if value is None or value.is_meta else value for key, value in entry.items()}
        for entry in contents_of(optimizer)
    ]


class Beside:
    """Our and torch's optimizer over equal parameters.

    Args:
        ours, theirs: the optimizers.
        coarse: whether an option of ours rounds in another way, so that all values are compared
            with the tolerance of bfloat16.
    """

    def __init__(
        self, ours: torch.optim.Adadelta, theirs: torch.optim.Adadelta, coarse: bool = False
    ) -> None:
        self.ours, self.theirs = ours, theirs
        self._coarse = coarse
        self._sizes: list[Tensor | None] = [None] * len(contents(theirs))  # largest values so far
        self._ignored: list[Tensor | None] = [None] * len(self._sizes)

    def load(self, loads: Callable[[torch.optim.Adadelta], object]) -> str:
        """Load into both; return what happened, "loaded", "raised alike" or "refused"."""
        before, options = contents(self.ours), _options(self.ours)
        theirs = _error(lambda: loads(self.theirs))
        ours = _error(lambda: loads(self.ours))
        if ours is None:
            assert theirs is None, f"loading: torch raised {theirs!r}, ours did not"
            return "loaded"
        after = contents(self.ours)
        unchanged = differing(after, before, True) or (
            "" if _options(self.ours) == options else "the options of a group"
        )
        if theirs is None:
            assert NAMED.search(str(ours)), f"loading: torch loads it, ours raised {ours!r}"
            assert not unchanged, f"loading raised {ours!r}, but changed {unchanged}"
            return "refused"
        assert type(ours) is type(theirs), f"loading: torch raised {theirs!r}, ours {ours!r}"
        if unchanged:
            self._note_sizes()
            why = self.difference(before)
            assert not why, f"loading raised {ours!r}, and changed what torch did not: {why}"
        return "raised alike"

    def step(self) -> str:
        """Step both; return what happened, "as torch's", "raised alike", "refused" or
        "computed in float32"."""
        before = contents(self.ours)
        self._note_sizes()
        theirs = _error(self.theirs.step)
        ours = _error(self.ours.step)
        if ours is None and OVERFLOW.search(str(theirs)):
            return "computed in float32"
        if ours is None:
            assert theirs is None, f"torch's step raised {theirs!r}, ours did not"
            why = self.difference()
            assert not why, why
            return "as torch's"
        written = differing(contents(self.ours), before, True)
        if theirs is None:
            assert NAMED.search(str(ours)), f"names no parameter: {ours!r}"
            assert not written, f"raised {ours!r}, but wrote {written}"
            return "refused"
        if written:
            why = self.difference(before)
            assert not why, f"raised {ours!r}, and wrote what torch did not: {why}"
        return "raised alike"

    def _note_sizes(self) -> None:
        """Note the sizes of the elements, and which of them are not comparable after a step."""
        groups = [group for group in self.theirs.param_groups for _ in group["params"]]
        params = [p for group in self.theirs.param_groups for p in group["params"]]
        held = contents(self.ours), contents(self.theirs)
        for i, (group, p) in enumerate(zip(groups, params, strict=True)):
            for entry in (held[0][i], held[1][i]):
                value = entry["param"]
                if value is None or p.dtype not in TOLERANCES:
                    continue
                size = _real(value).abs().nan_to_num(0, 0, 0)
                size = size if self._sizes[i] is None else torch.maximum(size, self._sizes[i])
                self._sizes[i] = size
                mask = _incomparable(group, entry, p, self._coarse)
                old = self._ignored[i]
                self._ignored[i] = mask if old is None else old | mask

    def difference(self, before: Contents | None = None) -> str:
        """Return the first difference between the two, or an empty string.

        Args:
            before: values of ours that are allowed too: those that an error left unchanged.
        """
        pairs = zip(contents(self.ours), contents(self.theirs), strict=True)
        for i, (a, b) in enumerate(pairs):
            for key in ("param", *KEYS):
                x, y = a.get(key), b.get(key)
                if x is None and y is None:
                    continue
                if before is not None and self._is_same(x, before[i].get(key)):
                    continue
                if x is None or y is None:
                    x = torch.zeros_like(y) if x is None else x
                    y = torch.zeros_like(x) if y is None else y
                if why := self._unlike(i, key, x, y, b["param"]):
                    return f"{key} of parameter {i}: {why}"
        return ""

    def _is_same(self, now: Tensor | None, before: Tensor | None) -> bool:
        if now is None or before is None:
            return now is before
        if self._coarse and now.shape == before.shape:
            before = before.to(now.dtype)  # an option may have changed the dtype
        return not differing([{"step": now}], [{"step": before}], True)

    def _unlike(self, i: int, key: str, ours: Tensor, theirs: Tensor, param: Any) -> str:
        if ours.shape != theirs.shape or (ours.dtype is not theirs.dtype and not self._coarse):
            return f"{ours.dtype} {tuple(ours.shape)}, torch's {theirs.dtype} {tuple(theirs.shape)}"
        dtype = torch.float32 if theirs.dtype not in TOLERANCES else theirs.dtype
        x, y = _real(ours), _real(theirs)
        if key == "step":
            same = torch.allclose(x, y, 0, 0, equal_nan=True)
            return "" if same else f"{x.tolist()}, torch's {y.tolist()}"
        tolerance = _tolerance(dtype, param, self._coarse)
        atol = tolerance.param if key == "param" else tolerance.state
        near = torch.isclose(x, y, tolerance.rtol, atol, equal_nan=True)
        size, ignored = self._sizes[i], self._ignored[i]
        if key == "param" and size is not None and size.shape == x.shape:
            near |= (x - y).abs() <= tolerance.rtol * size
        if ignored is not None and ignored.shape == x.shape:
            near |= ignored
        if near.all():
            return ""
        at = int((~near).flatten().nonzero()[0])
        return f"{x.flatten()[at].item()!r}, torch's {y.flatten()[at].item()!r} at {at}"


def _error(work: Callable[[], object]) -> BaseException | None:
    try:
        work()
    except (Exception, CheckpointException) as error:
        return error
    return None


def _options(optimizer: torch.optim.Optimizer) -> list[str]:
    return [
        repr({key: value for key, value in group.items() if key != "params"})
        for group in optimizer.param_groups
    ]


def _real(tensor: Tensor) -> Tensor:
    return (torch.view_as_real(tensor) if tensor.is_complex() else tensor).double()


def _tolerance(dtype: torch.dtype, param: Any, coarse: bool) -> Tolerance:
    """Return the tolerance of a value: that of the coarser one of its dtype and its parameter's."""
    own = TOLERANCES[torch.bfloat16 if coarse else dtype]
    if param is None or param.dtype not in TOLERANCES:
        return own
    of_param = TOLERANCES[param.dtype]
    return Tolerance(*map(max, own, of_param))


def _incomparable(group: dict[str, Any], held: dict[str, Any], p: Any, coarse: bool) -> Tensor:
    """Return for which elements docs/differences.md says that the next step may differ.

    These are elements with a negative average; with an eps and an ``acc_delta`` so small that their
    quotient loses bits; near the largest number, which one of the two may exceed; and, in 16 bits,
    elements whose update is so large that torch's rounding of each operation matters.
    """
    param = _real(held["param"])
    nothing = torch.zeros(param.shape, dtype=torch.bool)
    averages = [held.get("square_avg"), held.get("acc_delta")]
    numbers = [_number(group.get(key)) for key in ("lr", "rho", "eps", "weight_decay")]
    if any(abs(number) > 1e4 for number in numbers) or not 0 <= numbers[1] <= 1:
        return ~nothing  # huge numbers, no numbers, or a rho that makes averages negative
    eps = numbers[2]
    largest = LARGEST.get(p.dtype, 1e28)
    if averages[0] is None and averages[1] is None:
        averages = [torch.zeros_like(held["param"])] * 2
    found = nothing
    for value in (held["param"], *averages):
        if value is None:
            continue
        real = _real(value)
        if real.shape != param.shape:
            return ~nothing
        found |= (real.abs() > largest) & real.isfinite()
    if any(value is None for value in averages):
        return ~nothing
    square_avg, acc_delta = (_real(value) + eps for value in averages)
    lowest = LOWEST.get(p.dtype, 2.0**-123)
    found |= (square_avg < 0) | (acc_delta < 0) | ((acc_delta < lowest) & (eps < lowest))
    if p.dtype in HALF or coarse:
        grad = plain(p.grad)
        grad = torch.zeros_like(param) if grad is None else _real(grad)
        if grad.shape == param.shape:
            total = grad.abs() + abs(numbers[3]) * param.abs()
            found |= ~((acc_delta / square_avg).sqrt() * total < 100)
    if p.is_complex():  # torch multiplies complex numbers: a NaN reaches both parts
        found = found.any(-1, keepdim=True).expand(found.shape)
    return found


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError, RuntimeError):
        return float("inf")
