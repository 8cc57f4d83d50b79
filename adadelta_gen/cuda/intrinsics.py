"""What generated CUDA kernels are written in: accesses of 1 element or of 16 bytes, sqrt and fma.

Addresses are int64, indices count elements. Loads widen 16-bit storage to float32, stores round
once, to nearest even. Needed at build time only, with numba-cuda.
"""

from typing import Any

from llvmlite import ir
from numba.cuda import types
from numba.cuda.extending import intrinsic

HALF, FLOAT, DOUBLE = ir.HalfType(), ir.FloatType(), ir.DoubleType()
INT16, INT32, INT64 = ir.IntType(16), ir.IntType(32), ir.IntType(64)
VECTOR_BYTES = 16
GLOBAL = 1  # the address space: ld.global, where a generic load would ask which space it is


@intrinsic
def sqrt(typingctx, a):
    """Square root, correctly rounded (sqrt.rn)."""

    def codegen(context, builder, signature, args):
        kind = args[0].type
        name = f"llvm.nvvm.sqrt.rn.{'d' if kind == DOUBLE else 'f'}"
        return builder.call(_declared(builder, name, kind, 1), args)

    return a(a), codegen


@intrinsic
def fma(typingctx, a, b, c):
    """``a * b + c``, rounded once (fma.rn); nothing else is contracted, see ``build.py``."""

    def codegen(context, builder, signature, args):
        kind = args[0].type
        name = f"llvm.fma.{'f64' if kind == DOUBLE else 'f32'}"
        return builder.call(_declared(builder, name, kind, 3), args)

    return a(a, a, a), codegen


@intrinsic
def table_word(typingctx, table, index):
    """The int64 at an index of the table that came by value with the launch."""

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
    """float32 and float64: stored as they are computed."""

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
    """The 16-bit dtypes: two in a 32-bit word, which is what the conversions work on."""

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


def _element(storage: Any) -> tuple[Any, Any]:
    compute = storage.compute

    def pointer(builder, address, index):
        base = builder.inttoptr(address, ir.PointerType(storage.single, GLOBAL))
        return builder.gep(base, [index])

    @intrinsic
    def load(typingctx, address, index):
        def codegen(context, builder, signature, args):
            bits = builder.load(pointer(builder, *args), align=storage.itemsize)
            return storage.widen_single(builder, bits)[0]

        return compute(types.int64, types.int64), codegen

    @intrinsic
    def store(typingctx, address, index, value):
        def codegen(context, builder, signature, args):
            bits = storage.narrow_single(builder, args[2:])
            builder.store(bits, pointer(builder, *args[:2]), align=storage.itemsize)
            return context.get_dummy_value()

        return types.void(types.int64, types.int64, compute), codegen

    return load, store


def _lr(storage: Any) -> Any:
    @intrinsic
    def load_lr(typingctx, address):
        def codegen(context, builder, signature, args):
            pointer = builder.inttoptr(args[0], ir.PointerType(storage.single, GLOBAL))
            return builder.load(pointer, align=storage.itemsize)

        return storage.compute(types.int64), codegen

    return load_lr


def _vector(storage: Any) -> tuple[Any, Any]:
    n = VECTOR_BYTES // storage.itemsize
    n_words = n // storage.per_word
    vector = ir.VectorType(storage.word, n_words)
    values = types.UniTuple(storage.compute, n)

    def pointer(builder, address, index):
        offset = builder.mul(index, ir.Constant(INT64, storage.itemsize))
        return builder.inttoptr(builder.add(address, offset), ir.PointerType(vector, GLOBAL))

    @intrinsic
    def load(typingctx, address, index):
        def codegen(context, builder, signature, args):
            words = builder.load(pointer(builder, *args), align=VECTOR_BYTES)
            elements = [
                element
                for i in range(n_words)
                for element in storage.widen(builder, builder.extract_element(words, _int32(i)))
            ]
            return context.make_tuple(builder, signature.return_type, elements)

        return values(types.int64, types.int64), codegen

    @intrinsic
    def store(typingctx, address, index, elements):
        def codegen(context, builder, signature, args):
            parts = [builder.extract_value(args[2], i) for i in range(n)]
            words = ir.Constant(vector, ir.Undefined)
            for i in range(n_words):
                group = parts[storage.per_word * i : storage.per_word * (i + 1)]
                words = builder.insert_element(words, storage.narrow(builder, group), _int32(i))
            builder.store(words, pointer(builder, *args[:2]), align=VECTOR_BYTES)
            return context.get_dummy_value()

        return types.void(types.int64, types.int64, values), codegen

    return load, store


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
load_float16_x8, store_float16_x8 = _vector(_STORAGES["float16"])
load_bfloat16_x8, store_bfloat16_x8 = _vector(_STORAGES["bfloat16"])
load_float32_x4, store_float32_x4 = _vector(_STORAGES["float32"])
load_float64_x2, store_float64_x2 = _vector(_STORAGES["float64"])
load_lr_float32 = _lr(_STORAGES["float32"])
load_lr_float64 = _lr(_STORAGES["float64"])
