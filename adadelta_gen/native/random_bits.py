"""Stochastic rounding, as LLVM code for both targets: which bits are drawn, and how they round.

A float32 is rounded to one of the two bfloat16 around it, to each with the probability that makes
the expectation exact. The random bits of an element are a function of its row's key and its index
alone, so that neither threads nor launches matter. Key and index are added: a shard's key can make
its elements draw what they would draw in the whole parameter.
"""

from typing import Any

from llvmlite import ir

INT32 = ir.IntType(32)


def random_word(builder: Any, key: Any, index: Any) -> Any:
    """Emit 32 random bits for an int64 key and the low half of an int64 index."""
    low = builder.trunc(key, INT32)
    high = builder.trunc(builder.lshr(key, ir.Constant(key.type, 32)), INT32)
    word = _mix32(builder, builder.add(builder.trunc(index, INT32), low))
    return _mix32(builder, builder.add(word, high))


def _mix32(builder: Any, x: Any) -> Any:
    """The bijection lowbias32 of hash-prospector (Wellons 2018)."""
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B), (16, None)):
        x = builder.xor(x, builder.lshr(x, ir.Constant(INT32, shift)))
        if factor is not None:
            x = builder.mul(x, ir.Constant(INT32, factor))
    return x


def round_bfloat16(builder: Any, value: Any, random: Any) -> Any:
    """Emit the float32 whose upper half is the bfloat16, as an int32; the lower half is rubbish."""
    bits = builder.bitcast(value, INT32)
    rounded = builder.add(bits, builder.lshr(random, ir.Constant(INT32, 16)))
    is_nan = builder.fcmp_unordered("uno", value, value)
    return builder.select(is_nan, ir.Constant(INT32, 0x7FC00000), rounded)
