"""Sums of squares in LANES float64 lanes.

Explicit LLVM vectors: LLVM may not reorder a sum and therefore would not vectorise a loop. It
splits the vectors where a CPU has shorter ones.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic, models, register_model

from adadelta_gen.cpu.intrinsics import widen_bfloat16, widen_float16
from adadelta_gen.native.words import DOUBLE, FLOAT, INT16, INT32, element

# Enough independent sums to hide the latency of additions with vectors of 16 to 64 bytes.
LANES = 16
INFINITY = float("inf")
VECTOR = ir.VectorType(DOUBLE, LANES)


class Sums(types.Type):
    """Numba's type of LANES float64 numbers."""

    def __init__(self) -> None:
        super().__init__(name="Sums")


@register_model(Sums)
class _Model(models.PrimitiveModel):
    def __init__(self, dmm: Any, fe_type: Any) -> None:
        super().__init__(dmm, fe_type, VECTOR)


SUMS = Sums()


@intrinsic
def zeros(typingctx):
    """Return sums of 0."""
    return SUMS(), lambda context, builder, signature, args: ir.Constant(VECTOR, None)


@intrinsic
def total(typingctx, sums):
    """Return the total: add the two halves until one number is left."""

    def codegen(context, builder, signature, args):
        (value,) = args
        n = LANES
        while n > 1:
            n //= 2
            halves = [
                builder.shuffle_vector(value, ir.Constant(value.type, ir.Undefined), mask)
                for mask in (_numbers(0, n), _numbers(n, 2 * n))
            ]
            value = builder.fadd(*halves)
        return builder.extract_element(value, ir.Constant(INT32, 0))

    return types.float64(sums), codegen


def _numbers(first: int, end: int) -> Any:
    return ir.Constant(ir.VectorType(INT32, end - first), list(range(first, end)))


def _adder(storage: ir.Type, widen: Any = None) -> Any:
    """Return an intrinsic that adds the squares of LANES numbers, from ``index`` on."""

    @intrinsic
    def add_squares(typingctx, sums, address, index):
        def codegen(context, builder, signature, args):
            place = element(builder, storage, *args[1:])
            numbers = ir.VectorType(storage, LANES)
            pointer = builder.bitcast(place, numbers.as_pointer())
            values = builder.load(pointer, align=SIZES[storage])
            if widen is not None:
                values = widen(builder, values)
            if storage is not DOUBLE:
                values = builder.fpext(values, VECTOR)
            return builder.fadd(args[0], builder.fmul(values, values))

        return sums(sums, types.int64, types.int64), codegen

    return add_squares


SIZES = {INT16: 2, FLOAT: 4, DOUBLE: 8}
add_squares_float16 = _adder(INT16, widen_float16)
add_squares_bfloat16 = _adder(INT16, widen_bfloat16)
add_squares_float32 = _adder(FLOAT)
add_squares_float64 = _adder(DOUBLE)
