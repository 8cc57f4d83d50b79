"""The exact norm of grads, as a reference for ``grad_norm``."""

import math
from collections.abc import Sequence
from fractions import Fraction

import torch
from torch import Tensor

EXACT_SQUARES = {torch.float16, torch.bfloat16, torch.float32}  # in float64


def exact_norm(grads: Sequence[Tensor]) -> float:
    """Return the total norm of the grads, rounded to float64 once or twice.

    Squares of float64 numbers are summed as fractions, so use fewer than 1e5 numbers.
    """
    reals = [torch.view_as_real(g.resolve_conj()) if g.is_complex() else g for g in grads]
    if not all(bool(real.isfinite().all()) for real in reals):
        return math.nan if any(bool(real.isnan().any()) for real in reals) else math.inf
    if all(real.dtype in EXACT_SQUARES for real in reals):
        squares = [real.double().square().flatten() for real in reals]
        return math.sqrt(math.fsum(torch.cat([torch.zeros(0).double(), *squares]).tolist()))
    numbers = [Fraction(number) for real in reals for number in real.double().flatten().tolist()]
    return math.sqrt(sum((number * number for number in numbers), Fraction()))


def rounded_norm(grads: Sequence[Tensor]) -> Tensor:
    """Return the exact norm, in float64 if a grad is float64, else in float32."""
    is_wide = any(grad.dtype.to_real() is torch.float64 for grad in grads)
    return torch.tensor(exact_norm(grads), dtype=torch.float64 if is_wide else torch.float32)


def assert_norm(norm: Tensor, grads: Sequence[Tensor], rtol: float | None = None) -> None:
    """Fail unless a norm is the exact one of all grads: rounded once in float32.

    Args:
        norm: the norm.
        grads: the grads.
        rtol: relative tolerance; None: exact in float32, two ulp in float64.
    """
    expected = rounded_norm(grads)
    assert norm.dtype is expected.dtype
    assert norm.shape == ()
    if rtol is None:
        # Measured in float64, whose squares are rounded: two ulp.
        rtol = 2.0**-51 if norm.dtype is torch.float64 else 0.0
    torch.testing.assert_close(norm, expected, rtol=rtol, atol=0.0, equal_nan=True)
