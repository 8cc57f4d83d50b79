"""Stochastic rounding, as LLVM code for both targets: which bits are drawn, and how they round.

A float32 is rounded to one of the two bfloat16 around it, to each with the probability that makes
the expectation exact. The random bits of an element are a function of its row's key and its index
alone, so that neither threads nor launches matter. Key and index are added: a shard's key can make
its elements draw what they would draw in the whole parameter.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from llvmlite import ir
from numpy.typing import NDArray

from adadelta_gen.shards import Origin

INT32 = ir.IntType(32)
MASK = (1 << 64) - 1
LOW = (1 << 32) - 1
LOW_HALF = np.uint64(LOW)
GOLDEN = 0x9E3779B97F4A7C15  # of SplitMix64 (Steele, Lea, Flood 2014)


def row_keys(
    seed: int, group: int, size: int, origins: Sequence[Origin] | None = None
) -> NDArray[np.int64]:
    """Return the keys of the parameters of a group for the step that a seed belongs to.

    Args:
        seed: any integer.
        group: position of the group.
        size: number of its parameters.
        origins: where local tensors lie in their DTensors. Contiguous ones draw what the whole
            tensor would draw in their place.
    """
    start = _mix64(np.array(seed & MASK, np.uint64)[None])
    keys = _mix64(start ^ (np.uint64(group << 32) | np.arange(size, dtype=np.uint64)))
    if origins is not None:
        pieces = np.array([origin.piece for origin in origins], np.uint64)
        keys = np.where(pieces, _mix64(keys ^ pieces), keys)
        offsets = np.array([origin.offset & LOW for origin in origins], np.uint64)
        keys = keys & ~LOW_HALF | (keys + offsets) & LOW_HALF
    return keys.view(np.int64)


def _mix64(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finalizer of SplitMix64: a bijection of 64 bits that leaves no pattern."""
    x = x + np.uint64(GOLDEN)
    x = (x ^ x >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ x >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return x ^ x >> np.uint64(31)


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
