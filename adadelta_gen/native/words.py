"""Numba intrinsics of native code: loads and stores at addresses, calls of C functions.

Addresses are int64, because int64 and uint64 would promote to float64, as in NumPy.
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

FLOAT, DOUBLE = ir.FloatType(), ir.DoubleType()
INT8, INT16, INT32, INT64 = (ir.IntType(bits) for bits in (8, 16, 32, 64))


def accessors(
    compute: types.Float,
    storage: ir.Type,
    widen: Callable[[Any, Any], Any],
    narrow: Callable[[Any, Any], Any],
) -> tuple[Any, Any]:
    @intrinsic
    def load(typingctx, address, index):
        def codegen(context, builder, signature, args):
            return widen(builder, builder.load(element(builder, storage, *args)))

        return compute(types.int64, types.int64), codegen

    @intrinsic
    def store(typingctx, address, index, value):
        def codegen(context, builder, signature, args):
            builder.store(narrow(builder, args[2]), element(builder, storage, *args[:2]))
            return context.get_dummy_value()

        return types.void(types.int64, types.int64, compute), codegen

    return load, store


def element(builder: Any, storage: ir.Type, address: Any, index: Any) -> Any:
    return builder.gep(builder.inttoptr(address, storage.as_pointer()), [index])


def _same(builder: Any, value: Any) -> Any:
    return value


load_float32, store_float32 = accessors(types.float32, FLOAT, _same, _same)
load_float64, store_float64 = accessors(types.float64, DOUBLE, _same, _same)
load_int16, store_int16 = accessors(types.int16, INT16, _same, _same)
load_int32, store_int32 = accessors(types.int32, INT32, _same, _same)
load_int64, store_int64 = accessors(types.int64, INT64, _same, _same)


def square_root(builder: Any, value: Any) -> Any:
    """Emit the correctly rounded square root (``math.sqrt`` may call the C library)."""
    function = builder.module.declare_intrinsic("llvm.sqrt", [value.type])
    return builder.call(function, [value])


@intrinsic
def sqrt(typingctx, a):
    """Return the correctly rounded square root."""

    def codegen(context, builder, signature, args):
        return square_root(builder, *args)

    return a(a), codegen


@intrinsic
def prefetch(typingctx, address):
    """Prefetch the cache line at ``address``; never faults, even at an invalid address."""

    def codegen(context, builder, signature, args):
        pointer = builder.inttoptr(args[0], ir.IntType(8).as_pointer())
        prototype = ir.FunctionType(ir.VoidType(), [pointer.type, INT32, INT32, INT32])
        function = builder.module.declare_intrinsic("llvm.prefetch", [pointer.type], prototype)
        builder.call(function, [pointer, *(ir.Constant(INT32, flag) for flag in (0, 3, 1))])
        return context.get_dummy_value()

    return types.void(types.int64), codegen


@intrinsic
def fetch_add(typingctx, address, amount):
    """Add ``amount`` to the int64 at ``address`` atomically and return the previous value."""

    def codegen(context, builder, signature, args):
        pointer = builder.inttoptr(args[0], INT64.as_pointer())
        return builder.atomic_rmw("add", pointer, args[1], "monotonic")

    return types.int64(types.int64, types.int64), codegen


def _caller(returns: Any, llvm: ir.Type, arguments: int) -> Any:
    """Return an intrinsic ``call(function, *arguments)`` of a C function with int64 arguments."""

    def codegen(context, builder, signature, args):
        prototype = ir.FunctionType(llvm, [arg.type for arg in args[1:]])
        result = builder.call(builder.inttoptr(args[0], prototype.as_pointer()), args[1:])
        if llvm is INT8:  # a bool; the upper bits are unspecified
            return builder.and_(builder.zext(result, INT64), ir.Constant(INT64, 1))
        return result

    signature = returns(*[types.int64] * (1 + arguments))
    return intrinsic(CALLERS[arguments](signature, codegen))


# By number of arguments: Numba intrinsics need named parameters.
CALLERS: dict[int, Callable[..., Any]] = {
    0: lambda *typed: lambda typingctx, function: typed,
    1: lambda *typed: lambda typingctx, function, a: typed,
    2: lambda *typed: lambda typingctx, function, a, b: typed,
    3: lambda *typed: lambda typingctx, function, a, b, c: typed,
    4: lambda *typed: lambda typingctx, function, a, b, c, d: typed,
    5: lambda *typed: lambda typingctx, function, a, b, c, d, e: typed,
    6: lambda *typed: lambda typingctx, function, a, b, c, d, e, f: typed,
}

call_void_1 = _caller(types.void, ir.VoidType(), 1)
call_void_2 = _caller(types.void, ir.VoidType(), 2)
call_void_3 = _caller(types.void, ir.VoidType(), 3)
call_bool_1 = _caller(types.int64, INT8, 1)
call_word_0 = _caller(types.int64, INT64, 0)
call_word_1 = _caller(types.int64, INT64, 1)
call_word_2 = _caller(types.int64, INT64, 2)
call_int_1 = _caller(types.int32, INT32, 1)
call_int_2 = _caller(types.int32, INT32, 2)
call_int_3 = _caller(types.int32, INT32, 3)
call_int_4 = _caller(types.int32, INT32, 4)
call_int_5 = _caller(types.int32, INT32, 5)
call_int_6 = _caller(types.int32, INT32, 6)


@intrinsic
def call_cuda_launch(typingctx, launch, kernel, blocks, threads, stream, parameters):
    """Call ``cuLaunchKernel`` with one-dimensional grid and block and no shared memory."""

    def codegen(context, builder, signature, args):
        launch, kernel, blocks, threads, stream, parameters = args
        one, none = ir.Constant(INT32, 1), ir.Constant(INT32, 0)
        blocks, threads = (builder.trunc(x, INT32) for x in (blocks, threads))
        given = [kernel, blocks, one, one, threads, one, one, none, stream, parameters]
        given.append(ir.Constant(INT64, 0))
        prototype = ir.FunctionType(INT32, [x.type for x in given])
        return builder.call(builder.inttoptr(launch, prototype.as_pointer()), given)

    return types.int32(*[types.int64] * 6), codegen
