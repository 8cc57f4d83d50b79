"""Read a PTX module that has one entry: its parameters, registers and instructions."""

import re
from dataclasses import dataclass, field

WIDTHS = {"pred": 1} | {
    f"{kind}{width}": width
    for kind, widths in {"b": (8, 16, 32, 64), "u": (16, 32, 64), "s": (16, 32, 64)}.items()
    for width in widths
} | {"f16": 16, "f32": 32, "f64": 64}  # fmt: skip


class UnsupportedError(Exception):
    """A line of PTX that the parser or the translator does not support."""


@dataclass
class Instruction:
    """One instruction.

    Args:
        line: line number, from 1.
        opcode: opcode with all modifiers.
        operands: operands as written; a vector or an address is one operand.
        guard: predicate, ``%p1`` or ``!%p1``, or "".
    """

    line: int
    opcode: str
    operands: list[str]
    guard: str = ""

    def __str__(self) -> str:
        guard = f"@{self.guard} " if self.guard else ""
        return f"{guard}{self.opcode} {', '.join(self.operands)}"


@dataclass
class Param:
    """A parameter: its offset and size in bytes, and whether it is an array."""

    offset: int
    size: int
    is_array: bool


@dataclass
class Entry:
    """A kernel.

    Args:
        name: name of the entry.
        params: parameters in order, by name.
        registers: number of bits of each register.
        body: instructions, and labels as strings.
        threads: maximum number of threads per block (``.maxntid``).
    """

    name: str
    params: dict[str, Param] = field(default_factory=dict)
    registers: dict[str, int] = field(default_factory=dict)
    body: list[Instruction | str] = field(default_factory=list)
    threads: int = 0

    @property
    def size(self) -> int:
        """Size of all parameters in bytes."""
        last = list(self.params.values())[-1]
        return last.offset + last.size

    @property
    def instructions(self) -> list[Instruction]:
        """The body without labels."""
        return [item for item in self.body if isinstance(item, Instruction)]


_PARAM = re.compile(r"\.param(?: \.align (\d+))? \.(\w+) (\w+)(?:\[(\d+)\])?,?")
_REGISTERS = re.compile(r"\.reg \.(\w+)\s+(%?\w+)(?:<(\d+)>)?")
_INSTRUCTION = re.compile(r"(?:@(!?%?p\d*)\s+)?([\w.:]+)\s*(.*)")
_OPERAND = re.compile(r"\{[^}]*\}|\[[^\]]*\]|[^,\s]+")


def parse(text: str) -> Entry:
    """Read the one entry of a module.

    Raises:
        UnsupportedError: a line is not supported.
    """
    entry: Entry | None = None
    is_inside = False
    for number, whole in enumerate(text.splitlines(), 1):
        line = whole.split("//")[0].strip()
        if not line or line.startswith((".version", ".target", ".address_size")):
            continue
        if match := re.fullmatch(r"\.visible \.entry (\w+)\(", line):
            if entry is not None:
                raise UnsupportedError(f"line {number}: a second entry")
            entry = Entry(match[1])
        elif entry is None:
            raise UnsupportedError(f"line {number}: {line}")
        elif is_inside and line == "}":
            is_inside = False
        elif is_inside:
            _line(entry, number, line)
        elif match := _PARAM.fullmatch(line):
            _param(entry, *match.groups())
        elif match := re.fullmatch(r"\.maxntid (\d+), 1, 1", line):
            entry.threads = int(match[1])
        elif line == "{":
            is_inside = True
        elif line != ")":
            raise UnsupportedError(f"line {number}: {line}")
    if entry is None or is_inside or not entry.body:
        raise UnsupportedError("no whole entry")
    return entry


def _param(entry: Entry, align: str | None, kind: str, name: str, count: str | None) -> None:
    width = WIDTHS[kind] // 8
    size, boundary = width * int(count or 1), int(align or width)
    end = entry.size if entry.params else 0
    entry.params[name] = Param(-(-end // boundary) * boundary, size, count is not None)


def _line(entry: Entry, number: int, line: str) -> None:
    if match := re.fullmatch(r"(\$?\w+):", line):
        entry.body.append(match[1])
        return
    # Braces around declarations: a scope, whose names are not used outside it.
    line = re.sub(r"^\{\s*(?=\.reg)|(?<=;)\s*\}$", "", line)
    for statement in filter(None, map(str.strip, line.split(";"))):
        if match := _REGISTERS.fullmatch(statement):
            kind, name, count = match.groups()
            names = [f"{name}{i}" for i in range(int(count))] if count else [name]
            entry.registers |= dict.fromkeys(names, WIDTHS[kind])
        elif match := _INSTRUCTION.fullmatch(statement):
            guard, opcode, operands = match.groups()
            entry.body.append(Instruction(number, opcode, _OPERAND.findall(operands), guard or ""))
        else:
            raise UnsupportedError(f"line {number}: {statement}")
