"""Copies of PTX texts with one changed instruction."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ptx.parse import parse

# Opcode and its replacements.
OPCODES = {
    r"add\.(s64|s32)": r"sub.\1",
    r"sub\.(s64|s32)": r"add.\1",
    r"mul\.lo\.s(64|32)": r"add.s\1",
    r"and\.(.*)": r"or.\1",
    r"or\.(.*)": r"and.\1",
    r"xor\.(.*)": r"or.\1",
    r"not\.(b32|b64)": r"mov.\1",
    r"min\.(.*)": r"max.\1",
    r"max\.(.*)": r"min.\1",
    r"(add|div)\.rn\.(.*)": r"mul.rn.\2",
    r"mul\.rn\.(.*)": r"add.rn.\1",
    r"sqrt\.rn\.f(32|64)": r"mov.f\1",
    r"rcp\.rn\.f(32|64)": r"mov.f\1",
    r"neg\.f(32|64)": r"mov.f\1",
    r"setp\.eq\.(.*)": r"setp.ne.\1",
    r"setp\.ne\.(.*)": r"setp.eq.\1",
    r"setp\.neu\.(.*)": r"setp.eq.\1",
    r"setp\.lt\.(.*)": r"setp.ge.\1",
    r"setp\.ge\.(.*)": r"setp.lt.\1",
    r"setp\.gt\.(.*)": r"setp.le.\1",
    r"setp\.le\.(.*)": r"setp.gt.\1",
    r"cvt\.rn\.f16(.*)": r"cvt.rn.bf16\1",
    r"cvt\.rn\.bf16(.*)": r"cvt.rn.f16\1",
}
# Instructions whose removal changes no result, and why.
SEARCH = "the search among one row ends where it begins"
LOOP = "a loop over four elements that ends early leaves them to the loop over one"
EQUIVALENT = {
    r"setp\.lt\.s32 %p\d+, %r\d+, 2;": SEARCH,
    r"@%p1 bra \$\w+;": SEARCH,
    r"setp\.lt\.s32 %p\d+, %r\d+, %r\d+;": LOOP,
    r"@%p\d+ bra \$\w+;": LOOP,
}


@dataclass
class Mutant:
    """A wrong kernel.

    Args:
        line: of the changed instruction.
        before: the instruction.
        after: what it is instead; "" where it is left out.
        text: of the module.
    """

    line: int
    before: str
    after: str
    text: str

    def __str__(self) -> str:
        return f"{self.line}: {self.before} -> {self.after}"

    @property
    def equivalent(self) -> str:
        """Why the change may have no effect, or an empty string."""
        before = " ".join(self.before.split())
        reasons = [why for pattern, why in EQUIVALENT.items() if re.fullmatch(pattern, before)]
        return reasons[0] if reasons and not self.after else ""


def mutants(text: str) -> Iterator[Mutant]:
    """Return all mutants of a kernel: each instruction removed, or replaced by another one."""
    lines = text.splitlines()
    for it in parse(text).instructions:
        whole = lines[it.line - 1]
        if whole.count(";") != 1:  # a declaration in braces before it
            continue
        for after in ("", *_others(whole.strip(), it.opcode)):
            changed = [*lines[: it.line - 1], after, *lines[it.line :]]
            if after == whole.strip() or (it.opcode == "ret" and not after):
                continue  # nothing is changed; the text would have no end
            yield Mutant(it.line, whole.strip(), after, "\n".join(changed) + "\n")


def _others(statement: str, opcode: str) -> Iterator[str]:
    for pattern, replacement in OPCODES.items():
        if match := re.fullmatch(pattern, opcode):
            yield statement.replace(opcode, match.expand(replacement), 1)
            break
    if match := re.fullmatch(r"(shl|shr)\..*", opcode):
        yield re.sub(r"(\d+);$", lambda m: f"{int(m[1]) - 1};", statement)
    if match := re.fullmatch(r"(@!?)(%p\d+)(.*)", statement):
        yield f"{'@' if match[1] == '@!' else '@!'}{match[2]}{match[3]}"
    if opcode.startswith(("ld.", "st.")):
        yield re.sub(r"\[(%\w+)(?:\+(-?\d+))?\]", _further, statement)
    if opcode.startswith(("fma.", "selp.", "cvt.rn.f16x2", "cvt.rn.bf16x2", "sub.", "setp.l")):
        yield re.sub(r"([%\w]+), ([%\w]+)((?:, %p\d+)?);$", r"\2, \1\3;", statement)


def _further(match: re.Match[str]) -> str:
    return f"[{match[1]}+{int(match[2] or 0) + 8}]"
