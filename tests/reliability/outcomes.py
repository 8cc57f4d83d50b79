"""Allowed outcomes of a step: torch's values, torch's error, or an error with nothing written."""

from typing import Any

import torch
from parity.support import Pair, assert_near
from torch import Tensor
from torch._subclasses.fake_tensor import FakeTensor

KEYS = ("step", "square_avg", "acc_delta")


def plain(tensor: Any) -> Any:
    """Copy the elements of any tensor; None if it has none."""
    if tensor is None:
        return None
    try:
        with torch._C.DisableTorchFunctionSubclass(), torch.no_grad():
            if isinstance(tensor, FakeTensor):
                return None
            tensor = tensor.detach()
            if tensor.is_quantized:
                return tensor.dequantize()
            if tensor.is_nested:
                tensor = tensor.to_padded_tensor(0)
            if tensor.layout is not torch.strided:
                tensor = tensor.to_dense()
            if type(tensor) is not Tensor:
                tensor = tensor.as_subclass(Tensor)
            return tensor.resolve_conj().resolve_neg().clone()
    except Exception:  # freed
        return None


def contents(optimizer: torch.optim.Optimizer) -> list[dict[str, Any]]:
    """Copy all params and states; a missing state is all zero."""
    found = []
    for group in optimizer.param_groups:
        for p in group["params"]:
            state = optimizer.state.get(p) or {}
            try:
                held = {key: plain(state.get(key)) for key in KEYS}
            except Exception:
                held = {}
            found.append({"param": plain(p), **held})
    return found


def differing(left: list[dict[str, Any]], right: list[dict[str, Any]], exact: bool) -> str:
    """Return the first difference, or an empty string."""
    for number, (a, b) in enumerate(zip(left, right, strict=True)):
        for key in a.keys() | b.keys():
            x, y = a.get(key), b.get(key)
            if x is None and y is None:
                continue
            x = torch.zeros_like(y) if x is None else x
            y = torch.zeros_like(x) if y is None else y
            try:
                if exact or key == "step":
                    torch.testing.assert_close(x, y, rtol=0, atol=0, equal_nan=True)
                else:
                    kind = "param" if key == "param" else "state"
                    x, y = x.contiguous(), y.contiguous()
                    if b["param"] is not None and b["param"].dtype is torch.float32:
                        # A state of more bits than its param has the accuracy of the param.
                        x, y = (t.float() if t.dtype is torch.float64 else t for t in (x, y))
                    if x.dtype in (torch.int32, torch.int64, torch.bool, torch.uint8):
                        torch.testing.assert_close(x, y, rtol=0, atol=0)
                    else:
                        assert_near(x, y, key, kind)
            except AssertionError as error:
                return f"{key} of param {number}: {error}"
    return ""


def attempt(optimizer: torch.optim.Optimizer) -> Exception | None:
    try:
        optimizer.step()
    except Exception as error:
        return error
    return None


def same_outcome(pair: Pair, *, may_refuse: bool = False) -> Exception | None:
    """Take a step of both optimizers; fail unless ours has the same outcome as torch's.

    Args:
        pair: our and torch's optimizer.
        may_refuse: whether ours may raise, naming the parameter, although torch does not.

    Returns:
        the error of ours, or None.
    """
    before = contents(pair.ours)
    theirs = attempt(pair.theirs)
    ours = attempt(pair.ours)
    if ours is None:
        assert theirs is None, f"torch raised {theirs!r}, ours did not"
        assert not (why := differing(contents(pair.ours), contents(pair.theirs), False)), why
        return None
    after = contents(pair.ours)
    unchanged = differing(after, before, True)
    if theirs is None:
        assert may_refuse, f"torch trains, ours raised {ours!r}"
        assert "parameter" in str(ours), ours
        assert not unchanged, f"raised {ours!r}, but wrote {unchanged}"
    elif unchanged:
        why = differing(after, contents(pair.theirs), False)
        assert not why, f"raised {ours!r} and wrote what torch did not: {why}"
    return ours


def steps(pair: Pair) -> list[float]:
    return [float(state["step"]) for state in pair.ours.state.values()]
