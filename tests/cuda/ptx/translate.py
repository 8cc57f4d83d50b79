"""Write a PTX entry as LLVM IR: a function that one thread runs.

Its arguments are ``params, context, marks, counts, tid, ctaid, ntid, nctaid``.

Supports only instructions that generated kernels use: a barrier, shared or local memory, ``.ftz``,
``.approx``, an atomic or a call raises ``UnsupportedError``. The translation:

* A register is an integer of its width; floats are bit patterns. Its initial value is a NaN that is
  not an aligned address, so that a read before the first write is detected.
* add, mul, fma, div, sqrt and rcp are LLVM's, IEEE without any fast-math flag; fma is rounded once.
  No operations are fused. A NaN result of float32 arithmetic is 0x7FFFFFFF.
* cvt to f16 and bf16 rounds to nearest even, keeps denormals, overflows to infinity and converts
  every NaN to 0x7FFF; in the x2 forms, the first source is the upper half.
* ``memory.access`` checks every memory access, including loads of parameters.
"""

import re
from collections.abc import Callable
from typing import Any

from llvmlite import ir

from ptx.memory import ENDLESS, ERROR, FIRST_BLOCK, FUEL, LINE, PARAM, READ, SCRATCH, THREAD, WRITE
from ptx.parse import WIDTHS, Entry, Instruction, UnsupportedError

BYTE, INT32, INT64 = ir.IntType(8), ir.IntType(32), ir.IntType(64)
FLOATS = {16: ir.HalfType(), 32: ir.FloatType(), 64: ir.DoubleType()}
NAN32 = 0x7FFFFFFF
SPECIAL = {"%tid.x": 4, "%ctaid.x": 5, "%ntid.x": 6, "%nctaid.x": 7}  # arguments of the function
COMPARISONS = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
CASTS = {
    "s64.s32": "sext",
    "u64.u32": "zext",
    "s32.s64": "trunc",
    "u32.u64": "trunc",
    "u16.u32": "trunc",
    "u32.u16": "zext",
}

Method = Callable[..., None]
_METHODS: list[tuple[re.Pattern[str], Method]] = []


def _opcode(pattern: str) -> Callable[[Method], Method]:
    """Register a method for the opcodes of a pattern; the groups are its arguments."""

    def register(method: Method) -> Method:
        _METHODS.append((re.compile(pattern), method))
        return method

    return register


def translate(entry: Entry) -> tuple[ir.Module, list[list[int]]]:
    """Return the module, and the PTX lines of each basic block in the order of the counters.

    Raises:
        UnsupportedError: an instruction is not supported, or its operands have another width.
    """
    writer = _Writer(entry)
    return writer.module, writer.lines


class _Writer:
    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.module = ir.Module(name=entry.name)
        pointers = [kind.as_pointer() for kind in (BYTE, INT64, INT32, INT64)]
        kernel_type = ir.FunctionType(ir.VoidType(), [*pointers, *[INT32] * 4])
        self.kernel = ir.Function(self.module, kernel_type, "kernel")
        access_type = ir.FunctionType(INT64, [*pointers[1:3], *[INT64] * 5])
        self.access = ir.Function(self.module, access_type, "access")
        self.params, self.context, self.marks, self.counts = self.kernel.args[:4]
        self.builder = ir.IRBuilder(self.kernel.append_basic_block("entry"))
        self.lines: list[list[int]] = []
        self.registers = {}
        for name, width in entry.registers.items():
            junk = int("FFFC" * 4, 16) & (1 << width) - 1
            self.registers[name] = self.builder.alloca(ir.IntType(width))
            self.builder.store(ir.Constant(ir.IntType(width), junk), self.registers[name])
        tid, ctaid, ntid = (self.builder.zext(self.kernel.args[i], INT64) for i in (4, 5, 6))
        block = self.builder.sub(ctaid, self.builder.load(self.word(FIRST_BLOCK)))
        before = self.builder.add(self.builder.mul(block, ntid), tid)
        self.thread = self.builder.add(before, self.int64(1))
        labels = [item for item in entry.body if isinstance(item, str)]
        self.labels = {label: self.kernel.append_basic_block(label) for label in labels}
        self.places = {item: i for i, item in enumerate(entry.body) if isinstance(item, str)}
        self.go_on(self.kernel.append_basic_block("start"))
        for index, item in enumerate(entry.body):
            if isinstance(item, str):
                self.go_on(self.labels[item])
            else:
                self.lines[-1].append(item.line)
                self.instruction(index, item)
        if not self.builder.block.is_terminated:
            raise UnsupportedError("the last instruction is no ret")
        for block in self.kernel.blocks:
            if not block.is_terminated:  # nothing leads to it
                ir.IRBuilder(block).unreachable()

    def int64(self, value: int) -> ir.Constant:
        return ir.Constant(INT64, value)

    def go_on(self, block: ir.Block) -> None:
        """Start a block; the previous one branches to it unless it has ended."""
        if not self.builder.block.is_terminated:
            self.builder.branch(block)
        self.builder.position_at_end(block)
        place = self.builder.gep(self.counts, [self.int64(len(self.lines))])
        self.builder.store(self.builder.add(self.builder.load(place), self.int64(1)), place)
        self.lines.append([])

    def word(self, number: int) -> Any:
        """Return the address of a word of the context."""
        return self.builder.gep(self.context, [self.int64(number)])

    def get(self, operand: str, width: int, *, is_lower_part: bool = False) -> Any:
        """Return a register, a number or a parameter's address as an integer.

        A register may be wider if only its lower part is used.
        """
        kind = ir.IntType(width)
        if operand in SPECIAL and width == 32:
            return self.kernel.args[SPECIAL[operand]]
        if operand in self.registers:
            value = self.builder.load(self.registers[operand])
            if is_lower_part and self.entry.registers[operand] > width:
                return self.builder.trunc(value, kind)
            if self.entry.registers[operand] != width:
                raise UnsupportedError(f"{operand} has not {width} bits")
            return value
        if match := re.fullmatch(r"0([fd])([0-9A-Fa-f]+)", operand):
            if width != {"f": 32, "d": 64}[match[1]]:
                raise UnsupportedError(f"{operand} has not {width} bits")
            return ir.Constant(kind, int(match[2], 16))
        if operand in self.entry.params and width == 64:
            base = self.builder.ptrtoint(self.params, INT64)
            return self.builder.add(base, self.int64(self.entry.params[operand].offset))
        if re.fullmatch(r"-?\d+", operand):
            return ir.Constant(kind, int(operand) & (1 << width) - 1)
        raise UnsupportedError(f"operand {operand}")

    def put(self, register: str, value: Any, *, is_load: bool = False) -> None:
        """Write a register, which may be wider than the loaded value."""
        have = self.entry.registers[register]
        if is_load and value.type.width < have:
            value = self.builder.zext(value, ir.IntType(have))
        if value.type.width != have:
            raise UnsupportedError(f"{register} has not {value.type.width} bits")
        self.builder.store(value, self.registers[register])

    def float(self, operand: str, width: int) -> Any:
        return self.builder.bitcast(self.get(operand, width), FLOATS[width])

    def put_float(self, register: str, value: Any, width: int) -> None:
        bits = self.builder.bitcast(value, ir.IntType(width))
        if width == 32:
            bits = self.builder.select(self.is_nan(value), ir.Constant(INT32, NAN32), bits)
        self.put(register, bits)

    def is_nan(self, value: Any) -> Any:
        return self.builder.fcmp_unordered("uno", value, value)

    def fail(self, error: int, line: int) -> None:
        for number, value in ((ERROR, error), (LINE, line)):
            self.builder.store(self.int64(value), self.word(number))
        self.builder.store(self.thread, self.word(THREAD))

    def instruction(self, index: int, it: Instruction) -> None:
        try:
            found = ((pattern.fullmatch(it.opcode), method) for pattern, method in _METHODS)
            match, method = next(
                ((match, method) for match, method in found if match), (None, None)
            )
            if not match or not method:
                raise UnsupportedError("it is not known")
            if not it.guard or method is _Writer.branch:
                method(self, it, *match.groups())
                return
            with self.builder.if_then(self.taken(it)):
                method(self, it, *match.groups())
        except (UnsupportedError, KeyError, ValueError) as error:
            raise UnsupportedError(f"line {it.line}: {it}: {error}") from error

    def taken(self, it: Instruction) -> Any:
        predicate = self.get(it.guard.lstrip("!"), 1)
        return self.builder.not_(predicate) if it.guard.startswith("!") else predicate

    # Control.

    @_opcode(r"bra(?:\.uni)?")
    def branch(self, it: Instruction) -> None:
        (label,) = it.operands
        target = self.labels[label]
        after = self.kernel.append_basic_block("after")
        if self.places[label] < self.entry.body.index(it):
            target = self.counted(target, it.line)
        if it.guard:
            self.builder.cbranch(self.taken(it), target, after)
        else:
            self.builder.branch(target)
        self.go_on(after)

    def counted(self, target: ir.Block, line: int) -> ir.Block:
        """Return a block that branches back to another one while there is fuel."""
        here = self.builder.block
        back = self.kernel.append_basic_block("back")
        self.builder.position_at_end(back)
        left = self.builder.sub(self.builder.load(self.word(FUEL)), self.int64(1))
        self.builder.store(left, self.word(FUEL))
        with self.builder.if_then(self.builder.icmp_signed("<", left, self.int64(0))):
            self.fail(ENDLESS, line)
            self.builder.ret_void()
        self.builder.branch(target)
        self.builder.position_at_end(here)
        return back

    @_opcode(r"ret")
    def ret(self, it: Instruction) -> None:
        self.builder.ret_void()
        if it is not self.entry.body[-1]:
            self.go_on(self.kernel.append_basic_block("after"))

    # Integers.

    @_opcode(r"(add|sub|mul\.lo|and|or|xor)\.(?:([su])(16|32|64)|b(16|32|64)|(pred))")
    def integer(self, it: Instruction, what: str, sign: str, *widths: str | None) -> None:
        if (what in ("and", "or", "xor")) != (sign is None):
            raise UnsupportedError("its type is not known")
        width = next((1 if w == "pred" else int(w) for w in widths if w), 0)
        a, b = (self.get(operand, width) for operand in it.operands[1:])
        how = {"and": "and_", "or": "or_", "mul.lo": "mul"}.get(what, what)
        self.put(it.operands[0], getattr(self.builder, how)(a, b))

    @_opcode(r"mad\.lo\.[su](32|64)")
    def multiply_and_add(self, it: Instruction, bits: str) -> None:
        a, b, c = (self.get(operand, int(bits)) for operand in it.operands[1:])
        self.put(it.operands[0], self.builder.add(self.builder.mul(a, b), c))

    @_opcode(r"not\.(pred|b16|b32|b64)")
    def complement(self, it: Instruction, kind: str) -> None:
        self.put(it.operands[0], self.builder.not_(self.get(it.operands[1], WIDTHS[kind])))

    @_opcode(r"(shl\.b|shr\.[us])(16|32|64)")
    def shift(self, it: Instruction, way: str, bits: str) -> None:
        width = int(bits)
        to, source, by = it.operands
        if not 0 <= int(by) < width:
            raise UnsupportedError("it shifts by too much")
        how = {"shl.b": "shl", "shr.u": "lshr", "shr.s": "ashr"}[way]
        amount = ir.Constant(ir.IntType(width), int(by))
        self.put(to, getattr(self.builder, how)(self.get(source, width), amount))

    @_opcode(r"(min|max)\.([su])(32|64)")
    def smaller(self, it: Instruction, what: str, sign: str, bits: str) -> None:
        a, b = (self.get(operand, int(bits)) for operand in it.operands[1:])
        compare = self.builder.icmp_signed if sign == "s" else self.builder.icmp_unsigned
        first = compare({"min": "<", "max": ">"}[what], a, b)
        self.put(it.operands[0], self.builder.select(first, a, b))

    @_opcode(r"mul\.wide\.([su])32")
    def multiply_wide(self, it: Instruction, sign: str) -> None:
        extend = self.builder.sext if sign == "s" else self.builder.zext
        a, b = (extend(self.get(operand, 32), INT64) for operand in it.operands[1:])
        self.put(it.operands[0], self.builder.mul(a, b))

    @_opcode(r"setp\.(eq|ne|lt|le|gt|ge)\.([sub])(32|64)")
    def compare(self, it: Instruction, what: str, sign: str, bits: str) -> None:
        if sign == "b" and what not in ("eq", "ne"):
            raise UnsupportedError("bits have no order")
        a, b = (self.get(operand, int(bits)) for operand in it.operands[1:])
        compare = self.builder.icmp_signed if sign == "s" else self.builder.icmp_unsigned
        self.put(it.operands[0], compare(COMPARISONS[what], a, b))

    @_opcode(r"selp\.[bsuf](16|32|64)")
    def select(self, it: Instruction, bits: str) -> None:
        a, b = (self.get(operand, int(bits)) for operand in it.operands[1:3])
        self.put(it.operands[0], self.builder.select(self.get(it.operands[3], 1), a, b))

    # Floats.

    @_opcode(r"setp\.(nan|eq|ne|equ|neu)\.f(32|64)")
    def compare_floats(self, it: Instruction, what: str, bits: str) -> None:
        a, b = (self.float(operand, int(bits)) for operand in it.operands[1:])
        ordered, unordered = self.builder.fcmp_ordered, self.builder.fcmp_unordered
        value = {
            "nan": lambda: unordered("uno", a, b),
            "eq": lambda: ordered("==", a, b),
            "ne": lambda: ordered("!=", a, b),
            "equ": lambda: unordered("==", a, b),
            "neu": lambda: unordered("!=", a, b),
        }[what]()
        self.put(it.operands[0], value)

    @_opcode(r"(add|sub|mul|div)\.rn\.f(32|64)")
    def arithmetic(self, it: Instruction, what: str, bits: str) -> None:
        a, b = (self.float(operand, int(bits)) for operand in it.operands[1:])
        self.put_float(it.operands[0], getattr(self.builder, f"f{what}")(a, b), int(bits))

    @_opcode(r"fma\.rn\.f(32|64)")
    def multiply_add(self, it: Instruction, bits: str) -> None:
        values = [self.float(operand, int(bits)) for operand in it.operands[1:]]
        self.put_float(it.operands[0], self.intrinsic("fma", values), int(bits))

    @_opcode(r"(sqrt\.rn|rcp\.rn|neg)\.f(32|64)")
    def unary(self, it: Instruction, what: str, bits: str) -> None:
        value = self.float(it.operands[1], int(bits))
        if what == "sqrt.rn":
            value = self.intrinsic("sqrt", [value])
        elif what == "neg":
            value = self.builder.fneg(value)
        else:
            value = self.builder.fdiv(ir.Constant(value.type, 1.0), value)
        self.put_float(it.operands[0], value, int(bits))

    def intrinsic(self, name: str, values: list[Any]) -> Any:
        kind = values[0].type
        signature = ir.FunctionType(kind, [kind] * len(values))
        function = self.module.declare_intrinsic(f"llvm.{name}", [kind], signature)
        return self.builder.call(function, values)

    # Moves and conversions.

    @_opcode(r"mov\.(pred|[busf](?:16|32|64))")
    def move(self, it: Instruction, kind: str) -> None:
        width = WIDTHS[kind]
        to, source = it.operands
        if to.startswith("{"):
            low, high = _vector(to)
            word = self.get(source, 32)
            self.put(low, self.builder.trunc(word, ir.IntType(16)))
            upper = self.builder.lshr(word, ir.Constant(INT32, 16))
            self.put(high, self.builder.trunc(upper, ir.IntType(16)))
        elif source.startswith("{"):
            self.put(to, self.packed(*(self.get(half, 16) for half in _vector(source))))
        else:
            self.put(to, self.get(source, width))

    def packed(self, low: Any, high: Any) -> Any:
        low, high = (self.builder.zext(half, INT32) for half in (low, high))
        return self.builder.or_(low, self.builder.shl(high, ir.Constant(INT32, 16)))

    @_opcode(rf"cvt\.({'|'.join(map(re.escape, CASTS))})")
    def cast(self, it: Instruction, kinds: str) -> None:
        to, source = (WIDTHS[kind] for kind in kinds.split("."))
        value = self.get(it.operands[1], source, is_lower_part=True)
        self.put(it.operands[0], getattr(self.builder, CASTS[kinds])(value, ir.IntType(to)))

    @_opcode(r"cvt\.f(32|64)\.f(16|32)")
    def widen(self, it: Instruction, to: str, source: str) -> None:
        value = self.float(it.operands[1], int(source))
        self.put_float(it.operands[0], self.builder.fpext(value, FLOATS[int(to)]), int(to))

    @_opcode(r"cvt\.rn\.(b?f16)(x2)?\.f32")
    def narrow(self, it: Instruction, kind: str, is_pair: str | None) -> None:
        halves = [self.narrowed(operand, kind) for operand in it.operands[1:]]
        if bool(is_pair) != (len(halves) == 2):
            raise UnsupportedError("the number of operands")
        self.put(it.operands[0], self.packed(*reversed(halves)) if is_pair else halves[0])

    def narrowed(self, operand: str, kind: str) -> Any:
        value, word, half = self.float(operand, 32), self.get(operand, 32), ir.IntType(16)
        if kind == "f16":
            bits = self.builder.bitcast(self.builder.fptrunc(value, FLOATS[16]), half)
        else:
            upper = self.builder.lshr(word, ir.Constant(INT32, 16))
            odd = self.builder.and_(upper, ir.Constant(INT32, 1))
            rounded = self.builder.add(self.builder.add(word, ir.Constant(INT32, 0x7FFF)), odd)
            bits = self.builder.trunc(self.builder.lshr(rounded, ir.Constant(INT32, 16)), half)
        return self.builder.select(self.is_nan(value), ir.Constant(half, 0x7FFF), bits)

    # Memory.

    @_opcode(r"(ld|st)\.global(?:\.v([24]))?\.([busf](?:16|32|64))")
    def global_memory(self, it: Instruction, way: str, count: str | None, kind: str) -> None:
        n, width = int(count or 1), WIDTHS[kind]
        values, place = it.operands if way == "ld" else reversed(it.operands)
        registers = _vector(values) if count else [values]
        if len(registers) != n:
            raise UnsupportedError("the number of registers")
        pointer = self.checked(it, place, n * width // 8, READ if way == "ld" else WRITE)
        pointer = self.builder.bitcast(pointer, ir.IntType(width).as_pointer())
        for i, register in enumerate(registers):
            element = self.builder.gep(pointer, [self.int64(i)])
            if way == "ld":
                self.put(register, self.builder.load(element, align=1), is_load=kind[0] != "s")
            else:
                value = self.get(register, width, is_lower_part=True)
                self.builder.store(value, element, align=1)

    @_opcode(r"ld\.param\.([busf](?:16|32|64))")
    def param(self, it: Instruction, kind: str) -> None:
        to, place = it.operands
        pointer = self.checked(it, place, WIDTHS[kind] // 8, PARAM)
        pointer = self.builder.bitcast(pointer, ir.IntType(WIDTHS[kind]).as_pointer())
        self.put(to, self.builder.load(pointer, align=1))

    def checked(self, it: Instruction, place: str, size: int, way: int) -> Any:
        """Return the address of ``[base+offset]``, or that of scratch if the access is invalid."""
        match = re.fullmatch(r"\[([%\w]+)(?:\+(-?\d+))?\]", place)
        if not match or (match[1] in self.entry.params and way != PARAM):
            raise UnsupportedError(f"address {place}")
        address = self.builder.add(self.get(match[1], 64), self.int64(int(match[2] or 0)))
        numbers = [address, self.int64(size), self.int64(it.line), self.thread, self.int64(way)]
        good = self.builder.call(self.access, [self.context, self.marks, *numbers])
        is_wrong = self.builder.icmp_signed("==", good, self.int64(0))
        scratch = self.builder.ptrtoint(self.word(SCRATCH), INT64)
        good = self.builder.select(is_wrong, scratch, good)
        return self.builder.inttoptr(good, BYTE.as_pointer())


def _vector(operand: str) -> list[str]:
    return [name.strip() for name in operand.strip("{}").split(",")]
