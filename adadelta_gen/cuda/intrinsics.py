"""Numba intrinsics of the generated CUDA kernels: loads and stores of 1 element or 16 bytes, fma.

Addresses are int64; indices are int32 and count elements. Loads widen 16-bit storage to float32;
stores round once, to nearest even. Needed at build time only, with numba-cuda.
"""

from typing import Any

from llvmlite import ir
from numba.cuda import types
from numba.cuda.extending import intrinsic

from adadelta_gen.cuda.table import THREADS
from adadelta_gen.native import rms_ratio
from adadelta_gen.native.rounding import dither_word, round_bfloat16

HALF, FLOAT, DOUBLE = ir.HalfType(), ir.FloatType(), ir.DoubleType()
INT16, INT32, INT64 = ir.IntType(16), ir.IntType(32), ir.IntType(64)
GLOBAL = 1  # address space of ld.global; a generic load would determine the space at run time


def _sqrt(builder: Any, value: Any) -> Any:
    """Emit the correctly rounded square root (sqrt.rn)."""
    name = f"llvm.nvvm.sqrt.rn.{'d' if value.type == DOUBLE else 'f'}"
    return builder.call(_declared(builder, name, value.type, 1), [value])


def _rms_ratio(formula: Any) -> Any:
    @intrinsic
    def ratio(typingctx, a, b):
        """Ratio of the square roots of two mean squares, see ``native/rms_ratio.py``."""

        def codegen(context, builder, signature, args):
            return formula(builder, _sqrt, *args)

        return a(a, a), codegen

    return ratio


root_of_ratio = _rms_ratio(rms_ratio.root_of_ratio)
ratio_of_roots = _rms_ratio(rms_ratio.ratio_of_roots)


@intrinsic
def fma(typingctx, a, b, c):
    """``a * b + c``, rounded once (fma.rn); no other operations are fused, see ``build.py``."""

    def codegen(context, builder, signature, args):
        kind = args[0].type
        name = f"llvm.fma.{'f64' if kind == DOUBLE else 'f32'}"
        return builder.call(_declared(builder, name, kind, 3), args)

    return a(a, a, a), codegen


@intrinsic
def n_threads(typingctx):
    """Threads per block; a constant, so that multiples of it become immediate offsets."""

    def codegen(context, builder, signature, args):
        return _int32(THREADS)

    return types.int32(), codegen


@intrinsic
def table_word(typingctx, table, index):
    """The int64 at an index of the table, which is passed by value."""

    def codegen(context, builder, signature, args):
        pointer = builder.gep(args[0], [_int32(0), args[1]], inbounds=True)
        return builder.load(pointer, align=8)

    return types.int64(table, types.int32), codegen


def _declared(builder: Any, name: str, kind: ir.Type, arity: int) -> Any:
    module = builder.module
    return module.globals.get(name) or ir.Function(
        module, ir.FunctionType(kind, [kind] * arity), name
    )


def _int32(value: int) -> Any:
    return ir.Constant(INT32, value)


def _assembly(builder: Any, returns: ir.Type, text: str, constraints: str, args: list[Any]) -> Any:
    prototype = ir.FunctionType(returns, [arg.type for arg in args])
    return builder.call(ir.InlineAsm(prototype, text, constraints, side_effect=False), args)


class _Full:
    """float32 and float64: storage dtype is compute dtype."""

    def __init__(self, compute: Any, storage: ir.Type, itemsize: int) -> None:
        self.compute, self.itemsize = compute, itemsize
        self.single = self.word = storage
        self.per_word = 1

    def widen(self, builder: Any, word: Any) -> list[Any]:
        return [word]

    def narrow(self, builder: Any, values: list[Any]) -> Any:
        return values[0]

    widen_single = widen
    narrow_single = narrow


class _Half:
    """The 16-bit dtypes: conversions work on 32-bit words of two elements."""

    compute, itemsize = types.float32, 2
    single, word, per_word = INT16, INT32, 2

    def __init__(self, ptx: str) -> None:
        self.ptx = ptx

    def widen(self, builder: Any, word: Any) -> list[Any]:
        if self.ptx == "f16":
            halves = builder.bitcast(word, ir.VectorType(HALF, 2))
            return [
                builder.fpext(builder.extract_element(halves, _int32(i)), FLOAT) for i in range(2)
            ]
        low, high = builder.shl(word, _int32(16)), builder.and_(word, _int32(0xFFFF0000))
        return [builder.bitcast(low, FLOAT), builder.bitcast(high, FLOAT)]

    def narrow(self, builder: Any, values: list[Any]) -> Any:
        low, high = values
        text = f"cvt.rn.{self.ptx}x2.f32 $0, $1, $2;"
        return _assembly(builder, INT32, text, "=r,f,f", [high, low])

    def widen_single(self, builder: Any, bits: Any) -> list[Any]:
        return self.widen(builder, builder.zext(bits, INT32))[:1]

    def narrow_single(self, builder: Any, values: list[Any]) -> Any:
        text = f"cvt.rn.{self.ptx}.f32 $0, $1;"
        return _assembly(builder, INT16, text, "=h,f", values)


def _at(builder: Any, address: Any, kind: ir.Type) -> Any:
    return builder.inttoptr(address, ir.PointerType(kind, GLOBAL))


def _pointer(builder: Any, kind: ir.Type, address: Any, index: Any) -> Any:
    return builder.gep(_at(builder, address, kind), [builder.sext(index, INT64)])


def _element(storage: Any) -> tuple[Any, Any]:
    compute = storage.compute

    @intrinsic
    def load(typingctx, address, index):
        def codegen(context, builder, signature, args):
            pointer = _pointer(builder, storage.single, *args)
            bits = builder.load(pointer, align=storage.itemsize)
            return storage.widen_single(builder, bits)[0]

        return compute(types.int64, types.int32), codegen

    @intrinsic
    def store(typingctx, address, index, value):
        def codegen(context, builder, signature, args):
            bits = storage.narrow_single(builder, args[2:])
            pointer = _pointer(builder, storage.single, *args[:2])
            builder.store(bits, pointer, align=storage.itemsize)
            return context.get_dummy_value()

        return types.void(types.int64, types.int32, compute), codegen

    return load, store


def _or(storage: Any) -> Any:
    load = f"ld.global.f{8 * storage.itemsize} $0, [$1];"
    text = f"{{ .reg .pred p; setp.ne.s64 p, $1, 0; @p {load} }}"
    constraints = {FLOAT: "=f,l,0", DOUBLE: "=d,l,0"}[storage.single]

    @intrinsic
    def load_or(typingctx, address, otherwise):
        """The value at an address, or ``otherwise`` for address 0, without a branch."""

        def codegen(context, builder, signature, args):
            prototype = ir.FunctionType(storage.single, [INT64, storage.single])
            assembly = ir.InlineAsm(prototype, text, constraints, side_effect=True)
            return builder.call(assembly, args)

        return storage.compute(types.int64, storage.compute), codegen

    return load_or


def _inverse(storage: Any) -> Any:
    @intrinsic
    def inverse(typingctx, scale):
        """The reciprocal of a float32, rounded to float32 as in GradScaler."""

        def codegen(context, builder, signature, args):
            inverse = builder.fdiv(ir.Constant(FLOAT, 1.0), args[0])
            return builder.fpext(inverse, DOUBLE) if storage.single == DOUBLE else inverse

        return storage.compute(types.float32), codegen

    return inverse


def _vector(storage: Any, n: int) -> tuple[Any, Any]:
    """Return intrinsics that load and store ``n`` elements, 8 or 16 bytes, at once."""
    n_words = n // storage.per_word
    vector = ir.VectorType(storage.word, n_words)
    values = types.UniTuple(storage.compute, n)

    def pointer(builder, address, index):
        first = _pointer(builder, storage.single, address, index)
        return builder.bitcast(first, ir.PointerType(vector, GLOBAL))

    @intrinsic
    def load(typingctx, address, index):
        def codegen(context, builder, signature, args):
            words = builder.load(pointer(builder, *args), align=n * storage.itemsize)
            elements = [
                element
                for i in range(n_words)
                for element in storage.widen(builder, builder.extract_element(words, _int32(i)))
            ]
            return context.make_tuple(builder, signature.return_type, elements)

        return values(types.int64, types.int32), codegen

    @intrinsic
    def store(typingctx, address, index, elements):
        def codegen(context, builder, signature, args):
            parts = [builder.extract_value(args[2], i) for i in range(n)]
            words = ir.Constant(vector, ir.Undefined)
            for i in range(n_words):
                group = parts[storage.per_word * i : storage.per_word * (i + 1)]
                words = builder.insert_element(words, storage.narrow(builder, group), _int32(i))
            builder.store(words, pointer(builder, *args[:2]), align=n * storage.itemsize)
            return context.get_dummy_value()

        return types.void(types.int64, types.int32, values), codegen

    return load, store


def _strided(storage: Any, n: int) -> tuple[Any, Any]:
    """Return intrinsics that load and store ``n`` elements with a stride of THREADS elements."""
    values = types.UniTuple(storage.compute, n)

    def pointers(builder, address, index):
        first = _pointer(builder, storage.single, address, index)
        return [builder.gep(first, [ir.Constant(INT64, THREADS * i)]) for i in range(n)]

    @intrinsic
    def load(typingctx, address, index):
        def codegen(context, builder, signature, args):
            bits = [builder.load(at, align=storage.itemsize) for at in pointers(builder, *args)]
            elements = [storage.widen_single(builder, one)[0] for one in bits]
            return context.make_tuple(builder, signature.return_type, elements)

        return values(types.int64, types.int32), codegen

    @intrinsic
    def store(typingctx, address, index, elements):
        def codegen(context, builder, signature, args):
            for i, at in enumerate(pointers(builder, *args[:2])):
                bits = storage.narrow_single(builder, [builder.extract_value(args[2], i)])
                builder.store(bits, at, align=storage.itemsize)
            return context.get_dummy_value()

        return types.void(types.int64, types.int32, values), codegen

    return load, store


def _dithered(builder: Any, value: Any, start: Any, index: Any, array: Any) -> Any:
    """Emit an int32 whose upper 16 bits are the element rounded to bfloat16 by its dither."""
    return round_bfloat16(builder, value, dither_word(builder, start, index, array))


@intrinsic
def store_dithered_bfloat16(typingctx, address, index, value, start, array):
    """Round by the dither of an element; ``dither_word`` describes the last two arguments."""

    def codegen(context, builder, signature, args):
        address, index, value, start, array = args
        bits = builder.lshr(_dithered(builder, value, start, index, array), _int32(16))
        pointer = _pointer(builder, INT16, address, index)
        builder.store(builder.trunc(bits, INT16), pointer, align=2)
        return context.get_dummy_value()

    int64 = types.int64
    return types.void(int64, types.int32, types.float32, int64, int64), codegen


def _store_dithered(n: int, step: int) -> Any:  # step: stride of the elements
    values = types.UniTuple(types.float32, n)

    @intrinsic
    def store(typingctx, address, index, elements, start, array):
        """The same for ``n`` elements from ``index`` on, adjacent or strided."""

        def codegen(context, builder, signature, args):
            address, index, elements, start, array = args
            rounded = []
            for i in range(n):
                own = builder.add(index, _int32(step * i))
                value = builder.extract_value(elements, i)
                rounded.append(_dithered(builder, value, start, own, array))
            low = [builder.lshr(bits, _int32(16)) for bits in rounded]
            begin = _pointer(builder, INT16, address, index)
            if step == 1:
                vector = ir.VectorType(INT32, n // 2)
                words = ir.Constant(vector, ir.Undefined)
                for i in range(n // 2):
                    high = builder.and_(rounded[2 * i + 1], _int32(0xFFFF0000))
                    word = builder.or_(low[2 * i], high)
                    words = builder.insert_element(words, word, _int32(i))
                pointer = builder.bitcast(begin, ir.PointerType(vector, GLOBAL))
                builder.store(words, pointer, align=2 * n)
            else:
                for i, bits in enumerate(low):
                    pointer = builder.gep(begin, [ir.Constant(INT64, step * i)])
                    builder.store(builder.trunc(bits, INT16), pointer, align=2)
            return context.get_dummy_value()

        int64 = types.int64
        return types.void(int64, types.int32, values, int64, int64), codegen

    return store


_STORAGES = {
    "float16": _Half("f16"),
    "bfloat16": _Half("bf16"),
    "float32": _Full(types.float32, FLOAT, 4),
    "float64": _Full(types.float64, DOUBLE, 8),
}

load_float16, store_float16 = _element(_STORAGES["float16"])
load_bfloat16, store_bfloat16 = _element(_STORAGES["bfloat16"])
load_float32, store_float32 = _element(_STORAGES["float32"])
load_float64, store_float64 = _element(_STORAGES["float64"])
load_float16_x4, store_float16_x4 = _vector(_STORAGES["float16"], 4)
load_float16_x8, store_float16_x8 = _vector(_STORAGES["float16"], 8)
load_bfloat16_x4, store_bfloat16_x4 = _vector(_STORAGES["bfloat16"], 4)
load_bfloat16_x8, store_bfloat16_x8 = _vector(_STORAGES["bfloat16"], 8)
load_float32_x4, store_float32_x4 = _vector(_STORAGES["float32"], 4)
load_float64_x2, store_float64_x2 = _vector(_STORAGES["float64"], 2)
load_float16_s4, store_float16_s4 = _strided(_STORAGES["float16"], 4)
load_bfloat16_s4, store_bfloat16_s4 = _strided(_STORAGES["bfloat16"], 4)
load_float32_s4, store_float32_s4 = _strided(_STORAGES["float32"], 4)
load_float64_s2, store_float64_s2 = _strided(_STORAGES["float64"], 2)
store_dithered_bfloat16_s4 = _store_dithered(4, THREADS)
store_dithered_bfloat16_x4 = _store_dithered(4, 1)
store_dithered_bfloat16_x8 = _store_dithered(8, 1)
load_float32_or, load_float64_or = _or(_STORAGES["float32"]), _or(_STORAGES["float64"])
inverse_float32, inverse_float64 = (_inverse(_STORAGES[x]) for x in ("float32", "float64"))
