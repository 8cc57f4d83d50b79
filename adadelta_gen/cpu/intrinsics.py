"""Numba intrinsics of the generated CPU kernels: typed loads and stores, square roots, fma.

Addresses are int64, because int64 and uint64 would promote to float64, as in NumPy. Loads widen
16-bit storage to float32; stores round once, to nearest even.
"""

from typing import Any

from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

from adadelta_gen.native import abi, rms_ratio
from adadelta_gen.native.build import has_half_conversions
from adadelta_gen.native.rounding import dither_word, round_bfloat16
from adadelta_gen.native.words import (
    FLOAT,
    INT16,
    INT32,
    INT64,
    accessors,
    element,
    prefetch,
    square_root,
)

# Generated kernels import these from here.
from adadelta_gen.native.words import fetch_add as fetch_add
from adadelta_gen.native.words import load_float32 as load_float32
from adadelta_gen.native.words import load_float64 as load_float64
from adadelta_gen.native.words import load_int64 as load_int64
from adadelta_gen.native.words import store_float32 as store_float32
from adadelta_gen.native.words import store_float64 as store_float64

HALF = ir.HalfType()
SEGMENTS_AHEAD = 2
PREFETCH_BYTES = 512


@njit(error_model="numpy", inline="always")
def prefetch_ahead(rows, segments, number, end, itemsize, state_itemsize):
    """Prefetch the first cache lines of a segment ahead, if there is one before ``end``.

    Within a long tensor, the hardware prefetches.
    """
    ahead = number + SEGMENTS_AHEAD
    if ahead < end:
        segment = segments + 8 * abi.SEGMENT_WORDS * ahead
        row = rows + 8 * abi.ROW_WORDS * load_int64(segment, abi.ROW)
        n = load_int64(segment, abi.N_ELEMENTS)
        for line in range(0, min(n * itemsize, PREFETCH_BYTES), 64):
            prefetch(load_int64(row, abi.PARAM) + line)
            prefetch(load_int64(row, abi.GRAD) + line)
        for line in range(0, min(n * state_itemsize, PREFETCH_BYTES), 64):
            prefetch(load_int64(row, abi.SQUARE_AVG) + line)
            prefetch(load_int64(row, abi.ACC_DELTA) + line)


@njit(error_model="numpy", inline="always")
def prefetch_grad_ahead(rows, segments, number, end, itemsize):
    """Prefetch the first cache lines of the grad of a segment ahead."""
    ahead = number + SEGMENTS_AHEAD
    if ahead < end:
        segment = segments + 8 * abi.SEGMENT_WORDS * ahead
        grad = load_int64(rows + 8 * abi.ROW_WORDS * load_int64(segment, abi.ROW), abi.GRAD)
        n = load_int64(segment, abi.N_ELEMENTS)
        for line in range(0, min(n * itemsize, PREFETCH_BYTES), 64):
            prefetch(grad + line)


def _rms_ratio(formula: Any) -> Any:
    @intrinsic
    def ratio(typingctx, a, b):
        """Ratio of the square roots of two mean squares, see ``native/rms_ratio.py``."""

        def codegen(context, builder, signature, args):
            return formula(builder, square_root, *args)

        return a(a, a), codegen

    return ratio


root_of_ratio = _rms_ratio(rms_ratio.root_of_ratio)
ratio_of_roots = _rms_ratio(rms_ratio.ratio_of_roots)


@intrinsic
def fma(typingctx, a, b, c):
    """``a * b + c``, rounded once on a CPU with FMA and twice on one without, as in torch.

    An explicit intrinsic instead of a fast-math flag, so that the vectorised loop and its scalar
    remainder agree bit for bit.
    """

    def codegen(context, builder, signature, args):
        kind = args[0].type
        prototype = ir.FunctionType(kind, [kind] * 3)
        function = builder.module.declare_intrinsic("llvm.fmuladd", [kind], prototype)
        return builder.call(function, args)

    return a(a, a, a), codegen


def _word(builder: Any, value: int) -> Any:
    return ir.Constant(INT32, value)


def _as(kind: ir.Type, value: Any) -> Any:
    """Return a type, or a vector of it if the value is a vector."""
    is_vector = isinstance(value.type, ir.VectorType)
    return ir.VectorType(kind, value.type.count) if is_vector else kind


def _constant(kind: ir.Type, number: float, value: Any) -> Any:
    """Return a constant, or a vector of it if the value is a vector."""
    of = _as(kind, value)
    return ir.Constant(of, number if of is kind else [number] * of.count)


def widen_bfloat16(builder: Any, bits: Any) -> Any:
    """Emit the conversion of bfloat16, scalar or vector, to float32."""
    word = builder.zext(bits, _as(INT32, bits))
    return builder.bitcast(builder.shl(word, _constant(INT32, 16, bits)), _as(FLOAT, bits))


def _round_bfloat16(builder: Any, value: Any) -> Any:
    """Emit an int32 whose upper 16 bits are the bfloat16."""
    # Integer arithmetic: the instruction vcvtneps2bf16 flushes denormals, torch does not. A NaN
    # remains a NaN if its low bits are 0, as in one from a bfloat16 or from ``without_payload``.
    # A check for NaN would make the whole kernel 1.3 times slower with 32-byte vectors.
    bits = builder.bitcast(value, INT32)
    odd = builder.and_(builder.lshr(bits, _word(builder, 16)), _word(builder, 1))
    return builder.add(bits, builder.add(odd, _word(builder, 0x7FFF)))


def _narrow_bfloat16(builder: Any, value: Any) -> Any:
    high = builder.lshr(_round_bfloat16(builder, value), _word(builder, 16))
    return builder.trunc(high, INT16)


def _narrow_bfloat16_or_nan(builder: Any, value: Any) -> Any:
    # A float32 state may hold any NaN; that of CUDA, 0x7FFFFFFF, would be rounded to -0.
    is_nan = builder.fcmp_unordered("uno", value, value)
    nan = ir.Constant(INT16, 0x7FC0)
    return builder.select(is_nan, nan, _narrow_bfloat16(builder, value))


def widen_float16(builder: Any, bits: Any) -> Any:
    """Emit the conversion of float16, scalar or vector, to float32."""
    converted = builder.fpext(builder.bitcast(bits, _as(HALF, bits)), _as(FLOAT, bits))
    computed = _widen_float16_by_arithmetic(builder, bits)
    return builder.select(has_half_conversions(builder), converted, computed)


def _narrow_float16(builder: Any, value: Any) -> Any:
    converted = builder.bitcast(builder.fptrunc(value, HALF), INT16)
    computed = _narrow_float16_by_arithmetic(builder, value)
    return builder.select(has_half_conversions(builder), converted, computed)


# For a CPU without F16C, LLVM would call a compiler-rt function, which is not loaded.
def _widen_float16_by_arithmetic(builder: Any, bits: Any) -> Any:
    # The shifted bits are a float32 whose exponent is 112 too small. One multiplication corrects
    # normal and denormal numbers; inf and NaN (exponent 143 afterwards) get the maximum exponent.
    def number(value: int) -> Any:
        return _constant(INT32, value, bits)

    word = builder.zext(bits, _as(INT32, bits))
    sign = builder.shl(builder.and_(word, number(0x8000)), number(16))
    shifted = builder.shl(builder.and_(word, number(0x7FFF)), number(13))
    small = builder.bitcast(shifted, _as(FLOAT, bits))
    scaled = builder.fmul(small, _constant(FLOAT, 2.0**112, bits))
    bits32 = builder.bitcast(scaled, _as(INT32, bits))
    special = builder.icmp_unsigned(">=", shifted, number(0x7C00 << 13))
    full = builder.or_(bits32, number(0x7F800000))
    magnitude = builder.select(special, full, bits32)
    return builder.bitcast(builder.or_(magnitude, sign), _as(FLOAT, bits))


def _narrow_float16_by_arithmetic(builder: Any, value: Any) -> Any:
    bits = builder.bitcast(value, INT32)
    sign = builder.lshr(builder.and_(bits, _word(builder, 0x80000000)), _word(builder, 16))
    magnitude = builder.and_(bits, _word(builder, 0x7FFFFFFF))
    # Normal results: rebias the exponent and round to nearest even by integer arithmetic.
    odd = builder.and_(builder.lshr(magnitude, _word(builder, 13)), _word(builder, 1))
    rebias = _word(builder, (0xFFF - (112 << 23)) & 0xFFFFFFFF)
    normal = builder.lshr(builder.add(builder.add(magnitude, rebias), odd), _word(builder, 13))
    # Denormal results: after adding 0.5, the last place is 2**-24, the smallest float16.
    half = builder.fadd(builder.bitcast(magnitude, FLOAT), ir.Constant(FLOAT, 0.5))
    denormal = builder.sub(builder.bitcast(half, INT32), _word(builder, 0x3F000000))
    result = builder.select(
        builder.icmp_unsigned("<", magnitude, _word(builder, 113 << 23)), denormal, normal
    )
    overflow = builder.icmp_unsigned(">=", magnitude, _word(builder, 143 << 23))
    result = builder.select(overflow, _word(builder, 0x7C00), result)
    is_nan = builder.icmp_unsigned(">", magnitude, _word(builder, 0x7F800000))
    result = builder.select(is_nan, _word(builder, 0x7E00), result)
    return builder.trunc(builder.or_(result, sign), INT16)


load_float16, store_float16 = accessors(types.float32, INT16, widen_float16, _narrow_float16)
load_bfloat16, store_bfloat16 = accessors(types.float32, INT16, widen_bfloat16, _narrow_bfloat16)
_, store_bfloat16_or_nan = accessors(types.float32, INT16, widen_bfloat16, _narrow_bfloat16_or_nan)


@intrinsic
def store_dithered_bfloat16(typingctx, address, index, value, start, array):
    """Round by the dither of an element; ``dither_word`` describes the last two arguments."""

    def codegen(context, builder, signature, args):
        address, index, value, start, array = args
        word = dither_word(builder, start, index, array)
        bits = builder.lshr(round_bfloat16(builder, value, word), _word(builder, 16))
        builder.store(builder.trunc(bits, INT16), element(builder, INT16, address, index))
        return context.get_dummy_value()

    int64 = types.int64
    return types.void(int64, int64, types.float32, int64, int64), codegen


PAIR = types.UniTuple(types.float32, 2)


@intrinsic
def load_bfloat16_pair(typingctx, address, index):
    """Load elements ``2 * index`` and ``2 * index + 1`` as one word; widen by shift and mask.

    Vectors then hold the even and the odd elements, without instructions that cross lanes.
    """

    def codegen(context, builder, signature, args):
        word = builder.load(element(builder, INT32, *args), align=2)
        low = builder.shl(word, _word(builder, 16))
        high = builder.and_(word, _word(builder, 0xFFFF0000))
        values = [builder.bitcast(bits, FLOAT) for bits in (low, high)]
        return context.make_tuple(builder, signature.return_type, values)

    return PAIR(types.int64, types.int64), codegen


def _store_pair(builder: Any, address: Any, index: Any, low: Any, high: Any) -> None:
    """Store the upper halves of two int32 as elements ``2 * index`` and ``2 * index + 1``."""
    low = builder.lshr(low, _word(builder, 16))
    word = builder.or_(low, builder.and_(high, _word(builder, 0xFFFF0000)))
    builder.store(word, element(builder, INT32, address, index), align=2)


@intrinsic
def store_bfloat16_pair(typingctx, address, index, pair):
    """Round two numbers to nearest; store them in the layout of ``load_bfloat16_pair``."""

    def codegen(context, builder, signature, args):
        address, index, pair = args
        values = [builder.extract_value(pair, i) for i in range(2)]
        _store_pair(builder, address, index, *(_round_bfloat16(builder, x) for x in values))
        return context.get_dummy_value()

    return types.void(types.int64, types.int64, PAIR), codegen


@intrinsic
def store_dithered_bfloat16_pair(typingctx, address, index, pair, start, array):
    """Store a pair, rounded as in ``store_dithered_bfloat16``."""

    def codegen(context, builder, signature, args):
        address, index, pair, start, array = args
        first = builder.shl(index, ir.Constant(INT64, 1))
        rounded = []
        for i in range(2):
            word = dither_word(builder, start, builder.add(first, ir.Constant(INT64, i)), array)
            value = builder.extract_value(pair, i)
            rounded.append(round_bfloat16(builder, value, word))
        _store_pair(builder, address, index, *rounded)
        return context.get_dummy_value()

    int64 = types.int64
    return types.void(int64, int64, PAIR, int64, int64), codegen


@intrinsic
def is_nonfinite_float64(typingctx, address, index):
    """Return 1 for an infinity or a NaN (all exponent bits set), else 0."""

    def codegen(context, builder, signature, args):
        mask = ir.Constant(INT64, 0x7FF0000000000000)
        bits = builder.and_(builder.load(element(builder, INT64, *args)), mask)
        return builder.zext(builder.icmp_unsigned("==", bits, mask), INT32)

    return types.int32(types.int64, types.int64), codegen
