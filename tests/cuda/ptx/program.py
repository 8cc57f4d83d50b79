"""A PTX kernel compiled for this CPU, and its errors."""

import ctypes
from functools import cache

import llvmlite.binding as llvm
import numpy as np
from llvmlite import ir

from ptx.memory import (
    ADDRESS,
    ERROR,
    ERRORS,
    FIRST_BLOCK,
    LINE,
    PARAM,
    SHARED,
    SIZE,
    THREAD,
    Memory,
    Region,
    access,
)
from ptx.parse import Entry, parse
from ptx.translate import translate


class FaultError(AssertionError):
    """An invalid memory access, or an endless loop.

    Attributes:
        line: line number in the PTX.
    """

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class Program:
    """A kernel, compiled for this CPU.

    Args:
        text: PTX of its module.

    Attributes:
        entry: the parsed entry.
        counts: int64 ``(blocks,)``, number of times each basic block was entered, over all runs.

    Raises:
        UnsupportedError: an instruction is not supported.
    """

    def __init__(self, text: str) -> None:
        self._text = text.splitlines()
        self.entry: Entry = parse(text)
        module, self._lines = translate(self.entry)
        _add_run(module)
        self._engine, self._run = _compiled(module)
        self.counts = np.zeros(len(self._lines), np.int64)

    def pack(self, pointers: int) -> np.ndarray:
        """Return the bytes that a launch copies, from the address of its array of addresses."""
        packed = np.zeros(self.entry.size, np.uint8)
        words = (ctypes.c_uint64 * len(self.entry.params)).from_address(pointers)
        for param, address in zip(self.entry.params.values(), words, strict=True):
            value = ctypes.string_at(address, param.size)
            packed[param.offset : param.offset + param.size] = np.frombuffer(value, np.uint8)
        return packed

    def run(
        self, packed: np.ndarray, regions: list[Region], blocks: range, threads: int, filled: int
    ) -> Memory:
        """Run all threads of some blocks of a grid of one dimension, up to the first fault.

        Args:
            packed: uint8 ``(entry.size,)``, the parameters.
            regions: the arrays that it may access.
            blocks: blocks of the grid to run.
            threads: number of threads per block.
            filled: number of used bytes of the array parameter.

        Returns:
            the memory with the marks of all accesses.

        Raises:
            FaultError: the first invalid access.
        """
        assert 0 < threads <= self.entry.threads
        packed = np.concatenate([packed, np.zeros(-len(packed) % 8, np.uint8)]).view(np.int64)
        base = packed.ctypes.data
        params = [
            Region(name, base + p.offset, filled if p.is_array else p.size, PARAM | SHARED)
            for name, p in self.entry.params.items()
        ]
        memory = Memory([*regions, *params])
        n_threads, n_bytes = len(blocks) * threads, sum(region.size for region in regions)
        context = memory.context(blocks.start, fuel=64 * n_threads + n_bytes)
        arrays = [packed, context, memory.marks, self.counts]
        addresses = (array.ctypes.data for array in arrays)
        self._run(*addresses, blocks.start, blocks.stop, threads)
        if context[ERROR]:
            raise self._fault(context, memory, threads)
        return memory

    def never_run(self) -> list[int]:
        """Return the lines of PTX that no run has executed."""
        pairs = zip(self._lines, self.counts, strict=True)
        return sorted(line for lines, n in pairs if not n for line in lines)

    def _fault(self, context: np.ndarray, memory: Memory, threads: int) -> FaultError:
        line = int(context[LINE])
        block, thread = divmod(int(context[THREAD]) - 1, threads)
        what = f"{context[SIZE]} bytes at {memory.where(int(context[ADDRESS]))}: "
        return FaultError(
            f"PTX line {line}, {self._text[line - 1].strip()!r}: {what if context[SIZE] else ''}"
            f"{ERRORS[int(context[ERROR])]}; block {block + context[FIRST_BLOCK]}, thread {thread}",
            line,
        )


@cache
def program(text: str) -> Program:
    """Return the program of a text (cached)."""
    return Program(text)


def _add_run(module: ir.Module) -> None:
    """Add ``void run(params, context, marks, counts, first block, end, threads)`` to a module."""
    kernel = module.get_global("kernel")
    int32 = ir.IntType(32)
    pointers = [argument.type for argument in kernel.args[:4]]
    run = ir.Function(module, ir.FunctionType(ir.VoidType(), [*pointers, *[int32] * 3]), "run")
    *arguments, first, end, threads = run.args
    builder = ir.IRBuilder(run.append_basic_block())
    block, thread = (builder.alloca(int32) for _ in range(2))
    builder.store(first, block)
    of_block, of_thread, after, done = (run.append_basic_block() for _ in range(4))
    builder.branch(of_block)
    builder.position_at_end(of_block)
    builder.store(int32(0), thread)
    builder.branch(of_thread)
    builder.position_at_end(of_thread)
    numbers = builder.load(thread), builder.load(block), threads, end
    builder.call(kernel, [*arguments, *numbers])
    error = builder.load(builder.gep(arguments[1], [int32(ERROR)]))
    with builder.if_then(builder.icmp_signed("!=", error, error.type(0))):
        builder.ret_void()
    for number, last, again, further in (
        (thread, threads, of_thread, after),
        (block, end, of_block, done),
    ):
        following = builder.add(builder.load(number), int32(1))
        builder.store(following, number)
        builder.cbranch(builder.icmp_unsigned("<", following, last), again, further)
        builder.position_at_end(further)
    builder.ret_void()


def _compiled(module: ir.Module) -> tuple[llvm.ExecutionEngine, "ctypes._FuncPointer"]:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    llvm.add_symbol("access", access.address)
    parsed = llvm.parse_assembly(str(module))
    parsed.verify()
    machine = llvm.Target.from_default_triple().create_target_machine(
        cpu=llvm.get_host_cpu_name(), features=llvm.get_host_cpu_features().flatten(), opt=1
    )
    options = llvm.create_pipeline_tuning_options(speed_level=1)
    passes = llvm.create_pass_builder(machine, options)
    passes.getModulePassManager().run(parsed, passes)
    engine = llvm.create_mcjit_compiler(parsed, machine)
    engine.finalize_object()
    prototype = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 4, *[ctypes.c_int32] * 3)
    return engine, prototype(engine.get_function_address("run"))
