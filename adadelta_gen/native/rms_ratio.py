"""The ratio of two root mean squares, as LLVM code for both targets, with one or two square roots.

float32 and float64 use ``root_of_ratio``: ``sqrt(a / (b * s * s)) * s``, which equals
``sqrt(a / b)`` for any ``s``. Here s is a power of two, made from the exponent bits of b, with
``b * s * s`` in [2, 8). Without it, ``a / b`` could overflow or become denormal although its root
is in range.

For a and b of at least 2**-123 (float64: 2**-1019), which sums with eps are, no input fails: b is
normal, and s is 2**k with -63 <= k <= 64, so that b * s and b * s * s are exact. The quotient lies
in [a / 8, a / 2]; it is normal and rounded once, and so is its root. The root lies in
[2**-63, 2**63.5), so that its product with s, in [2**-126, 2**127.5), is exact. The error is at
most 1.5 * 2**-24, compared with 3 * 2**-24 for two roots and a quotient (2**-53 in float64).
Infinities, NaN and zeros give the same results as two roots; docs/differences.md describes a
smaller eps and negative averages.

The 16-bit formats use ``ratio_of_roots``: they compute in float32 and round to 16 bits, so that one
root would not improve the accuracy, and their time goes into conversions, not into square roots.
With one root instead of two, a step over tensors in the L2 cache took 0.80 of the time in float32,
0.65 in float64, 1.12 in float16 and 1.16 in bfloat16 (Zen 5, AVX-512).
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir

# Integer type of the same size, number of significand bits, exponent bias.
_BITS = {
    ir.FloatType(): (ir.IntType(32), 23, 127),
    ir.DoubleType(): (ir.IntType(64), 52, 1023),
}
Sqrt = Callable[[Any, Any], Any]


def ratio_of_roots(builder: Any, sqrt: Sqrt, a: Any, b: Any) -> Any:
    """Emit ``sqrt(a) / sqrt(b)``."""
    return builder.fdiv(sqrt(builder, a), sqrt(builder, b))


def root_of_ratio(builder: Any, sqrt: Sqrt, a: Any, b: Any) -> Any:
    """Emit ``sqrt(a / b)``, whose quotient stays in the range of normal numbers."""
    s = _near_inverse_root(builder, b)
    scaled = builder.fmul(builder.fmul(b, s), s)
    return builder.fmul(sqrt(builder, builder.fdiv(a, scaled)), s)


def _near_inverse_root(builder: Any, b: Any) -> Any:
    """Emit a power of two, s, with ``b * s * s`` in [2, 8): its exponent is 1.5 bias - e // 2.

    Finite for 0 and denormals, nonzero for infinities and NaN; ignores the sign.
    """
    word, digits, bias = _BITS[b.type]
    half = builder.lshr(builder.bitcast(b, word), ir.Constant(word, 1))
    half = builder.and_(half, ir.Constant(word, bias << digits))  # without sign and significand
    top = ir.Constant(word, (bias + bias // 2 + 1) << digits)
    return builder.bitcast(builder.sub(top, half), b.type)
