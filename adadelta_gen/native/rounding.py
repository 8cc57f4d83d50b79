"""Dithered rounding to bfloat16, as LLVM code for both targets; see ``dither.py``."""

from typing import Any

from llvmlite import ir

from adadelta_gen.native.dither import PER_ARRAY, PER_ELEMENT

INT32 = ir.IntType(32)


def dither_word(builder: Any, start: Any, index: Any, array: Any) -> Any:
    """Emit the dither of an element times 2**32, as an int32.

    Args:
        builder: LLVM builder.
        start: int64, the dither of element 0 of array 0 times 2**32, modulo 2**32.
        index: int64 or int32, index of the element.
        array: int64, column of the array in a row.
    """
    index, start, array = (
        value if value.type == INT32 else builder.trunc(value, INT32)
        for value in (index, start, array)
    )
    ahead = builder.mul(index, ir.Constant(INT32, PER_ELEMENT))
    aside = builder.mul(array, ir.Constant(INT32, PER_ARRAY))
    return builder.add(ahead, builder.add(start, aside))


def round_bfloat16(builder: Any, value: Any, dither: Any) -> Any:
    """Emit an int32 whose upper 16 bits are the bfloat16; the lower 16 bits are unspecified."""
    bits = builder.bitcast(value, INT32)
    rounded = builder.add(bits, builder.lshr(dither, ir.Constant(INT32, 16)))
    is_nan = builder.fcmp_unordered("uno", value, value)
    return builder.select(is_nan, ir.Constant(INT32, 0x7FC00000), rounded)
