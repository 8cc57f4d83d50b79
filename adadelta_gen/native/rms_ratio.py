"""The ratio of two root mean squares, as LLVM code for both targets: by one square root, or by two.

float32 and float64 take ``root_of_ratio``: ``sqrt(a / (b * s * s)) * s``, which is ``sqrt(a / b)``
for any ``s``. Here s is a power of two with ``b * s * s`` in [2, 8), made of b's exponent bits. For
without it ``a / b`` can overflow or become denormal, which its root does not.

Why no input fails where a and b, sums with eps, are at least 2**-123 (in float64 2**-1019): b is
normal, and s is 2**k with -63 <= k <= 64, so that b * s and b * s * s are exact. The quotient lies
in [a / 8, a / 2], is normal and rounded once; so is its root. That is in [2**-63, 2**63.5), so that
its product with s, in [2**-126, 2**127.5), is exact. The error is at most 1.5 * 2**-24, where two
roots and a quotient have 3 * 2**-24 (2**-53 in float64). Infinities, NaN and zeros come out as of
two roots; docs/differences.md says what a smaller eps, or a negative average, gives.

The 16-bit formats take ``ratio_of_roots``. They compute in float32 and round to 16 bits, so that
they gain no accuracy; and their conversions take the time, not their square roots. With one root, a
step over numbers in the L2 cache took 0.80 of the time in float32, 0.65 in float64, 1.12 in float16
and 1.16 in bfloat16 (Zen 5, AVX-512).
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir

# The integer of as many bits, the bits of the significand, the bias of the exponent.
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

    Of 0 and denormals it is finite, of infinities and NaN not 0; a sign is ignored.
    """
    word, digits, bias = _BITS[b.type]
    half = builder.lshr(builder.bitcast(b, word), ir.Constant(word, 1))
    half = builder.and_(half, ir.Constant(word, bias << digits))  # without sign and significand
    top = ir.Constant(word, (bias + bias // 2 + 1) << digits)
    return builder.bitcast(builder.sub(top, half), b.type)
