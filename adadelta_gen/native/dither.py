"""Dithered rounding to bfloat16, as LLVM code for both targets.

A float32 that lies a share s of the way from one bfloat16 to the next is rounded to the farther one
of the two where the dither is at least 1 - s. The dither of element i of a tensor at step t is

    frac(i * (sqrt(2) - 1) + t * (sqrt(5) - 1) / 2 + array / 4)

a low-discrepancy sequence (Weyl 1916): over the steps of an element, and over the elements of a
step, it is in any interval as often as the interval is long, more evenly than random numbers are.
The error of a sum of rounded numbers is then 0 on average, and smaller. The golden ratio is the
number that fractions approximate worst, so that no period of grads keeps step with it. It needs no
seed and no state: neither threads nor launches matter, replicas round alike, and a run that is
resumed goes on as it would have.
"""

from typing import Any

from llvmlite import ir

INT32 = ir.IntType(32)
PER_ELEMENT = round((2**0.5 - 1) * 2**32)
PER_STEP = round((5**0.5 - 1) / 2 * 2**32)
PER_ARRAY = 1 << 30


def word(builder: Any, start: Any, index: Any, array: Any) -> Any:
    """Emit the dither of an element times 2**32, as an int32.

    Args:
        builder: of the code.
        start: int64, the word of element 0 of array 0, modulo 2**32.
        index: int64 or int32, of the element.
        array: int64, the column of the array in a row.
    """
    index, start, array = (
        value if value.type == INT32 else builder.trunc(value, INT32)
        for value in (index, start, array)
    )
    ahead = builder.mul(index, ir.Constant(INT32, PER_ELEMENT))
    aside = builder.mul(array, ir.Constant(INT32, PER_ARRAY))
    return builder.add(ahead, builder.add(start, aside))


def round_bfloat16(builder: Any, value: Any, dither: Any) -> Any:
    """Emit the float32 whose upper half is the bfloat16, as an int32; the lower half is rubbish."""
    bits = builder.bitcast(value, INT32)
    rounded = builder.add(bits, builder.lshr(dither, ir.Constant(INT32, 16)))
    is_nan = builder.fcmp_unordered("uno", value, value)
    return builder.select(is_nan, ir.Constant(INT32, 0x7FC00000), rounded)
