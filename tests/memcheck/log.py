"""Read valgrind's logs: which case ran, and which errors have a frame in our native code."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

# The libraries of libraries.py. Errors without a frame of theirs are Python's, NumPy's or torch's.
OURS = re.compile(r" \(in \S*/(?:adadelta_\w+|requests)\.so\)$")
LINE = re.compile(r"^(==|\*\*|--)\d+\1 ?(.*)$")
FRAME = re.compile(r"^   (?:at|by) 0x[0-9A-F]+: (.*)$")


@dataclass
class Case:
    """What ran between two lines ``case:`` of a log.

    Args:
        name: name of the case.
        counts: sums of the numbers that the case reported.
        errors: what valgrind says of each error of ours, with its frames.
        foreign: number of reports without a frame of ours.
    """

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    foreign: int = 0


def read(text: str) -> Iterator[Case]:
    """Return the cases of the log of one process, after what ran before the first one."""
    case = Case("")
    block: list[str] = []
    for line in text.splitlines():
        found = LINE.match(line)
        sign, said = found.groups() if found else ("", "")
        if sign == "==" and said:
            block.append(said)
            continue
        _judge(block, case)
        block = []
        if sign == "**":
            what, _, value = said.partition(": ")
            if what == "case":
                yield case
                case = Case(value)
            else:
                case.counts[what] += int(value)
    _judge(block, case)
    yield case


def _judge(block: list[str], case: Case) -> None:
    """Add an error to a case; other blocks have no frames."""
    frames = list(_first_stack(block))
    if any(map(OURS.search, frames)):
        case.errors.append("\n".join(block))
    elif frames:
        case.foreign += 1


def _first_stack(block: Iterable[str]) -> Iterator[str]:
    """Return the frames of an error, without those of the allocation that valgrind adds."""
    inside = False
    for line in block:
        frame = FRAME.match(line)
        if frame:
            inside = True
            yield frame[1]
        elif inside:
            return


def failures(cases: list[Case]) -> list[str]:
    """Return what is wrong with the cases."""
    found = []
    ends = {}
    for case in cases:
        is_broken = case.name.startswith("broken: ")
        if is_broken and not case.errors:
            found.append(f"{case.name}: memcheck reports nothing")
        elif case.errors and not is_broken:
            found.append(f"{case.name}: {case.errors[0]}")
        if case.name.startswith("end of "):
            ends[case.name.removeprefix("end of ")] = case.counts["exit status"]
    names = {case.name for case in cases}
    for name, status in ends.items():
        if name not in names:
            found.append(f"{name}: it did not run")
        elif status and not name.startswith("broken: "):
            found.append(f"{name}: exit status {status}")
    return found
