"""Static estimate of the time of the CUDA kernels, from their machine code.

``python -m tests.cuda.static_count --output count`` writes ``count.md`` and ``count.json``. It
needs ``ptxas`` and ``nvdisasm`` of a CUDA toolkit on the PATH, and no GPU.

The main loop is the one with the widest loads and stores. The count is for its shortest path
without a call: sqrt and division without their slow paths, and no unscaled grads written. The time
is bytes / bandwidth; the shares are the used fractions of the issue slots and of the busiest pipe
during that time. Latency, caches and launch overhead are not modelled.
"""

import argparse
import heapq
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from adadelta_gen.committed import load
from adadelta_gen.cuda.kernels import kernel_text
from adadelta_gen.cuda.table import THREADS
from adadelta_gen.spec import KernelSpec, specs_of

ARCHITECTURES = ("sm_80", "sm_86", "sm_89", "sm_90", "sm_100", "sm_120")
ELEMENTS = 124_439_808  # GPT-2 small
# Bytes a second that copies reach, of 3.35e12 and 4.8e12 (SXM).
BANDWIDTHS = {"H100": 3.0e12, "H200": 4.3e12}
MULTIPROCESSORS, SCHEDULERS, CLOCK = 132, 4, 1.755e9  # of both
REGISTERS = 1 << 16  # of a multiprocessor; a thread has a multiple of 8
# Results a clock and multiprocessor, compute capability 9.0 (CUDA C++ Programming Guide,
# "Arithmetic Instructions"); memory and branches are not such a pipe.
PIPES = {"float": 128, "float64": 64, "integer": 64, "mufu": 16}

# The first that matches an opcode is its class.
CLASSES = (
    ("memory", r"LDG|STG|LDC|ULDC|LDL|STL|LDS|STS|LD|ST"),
    ("mufu", r"MUFU|FCHK"),
    ("float64", r"D[A-Z]+\d?"),
    ("float", r"F(ADD|MUL|FMA|SET|SETP|SEL|MNMX)\d?|H(ADD|MUL|FMA)2|F2FP"),
    ("other", r"BRA|BRX|CALL|RET|EXIT|BSSY|BSYNC|BREAK|WARPSYNC|NOP|YIELD"),
    ("integer", r"[A-Z0-9]+"),
)


@dataclass(frozen=True)
class Instruction:
    """A line of a listing: a predicate or "", the opcode with its suffixes, the rest."""

    predicate: str
    opcode: str
    operands: str

    @property
    def base(self) -> str:
        """The opcode without suffixes."""
        return self.opcode.partition(".")[0]

    @property
    def kind(self) -> str:
        """Its class, one of CLASSES."""
        return next(kind for kind, pattern in CLASSES if re.fullmatch(pattern, self.base))

    @property
    def wide_bytes(self) -> int:
        """Bytes of a global access, 0 for what is none."""
        if self.base not in ("LDG", "STG"):
            return 0
        widths = {"128": 16, "64": 8, "U16": 2, "S16": 2, "16": 2, "U8": 1}
        return next((widths[part] for part in self.opcode.split(".") if part in widths), 4)


@dataclass(frozen=True)
class Count:
    """What is counted of a kernel for an architecture; slots are of one element."""

    kernel: str
    architecture: str
    registers: int
    blocks: int  # of a multiprocessor, as registers allow
    stack: int
    spills: int
    instructions: int
    elements: int  # of an iteration of the main loop
    slots: dict[str, float]
    slots_all: float
    bytes: int
    milliseconds: dict[str, float]  # by GPU
    shares: dict[
        str, dict[str, float]
    ]  # by GPU: of the issue slots and of each pipe, while it runs


def instructions(listing: str) -> tuple[list[Instruction], dict[str, int]]:
    """Return the instructions of a listing of nvdisasm, and which of them each label is before."""
    found: list[Instruction] = []
    labels: dict[str, int] = {}
    for line in listing.splitlines():
        if label := re.fullmatch(r"(\.L_x_\d+|\$?\w[\w$]*):", line.strip()):
            labels[label[1]] = len(found)
        elif code := re.match(r"\s+/\*[0-9a-f]{4,}\*/\s+(?:(@!?\w+)\s+)?([\w.]+)(.*);", line):
            found.append(Instruction(code[1] or "", code[2], code[3]))
    return found, labels


def loops(code: Sequence[Instruction], labels: dict[str, int]) -> Iterator[list[Instruction]]:
    """Yield the shortest path without a call through each loop of the code."""

    def targets(at: int) -> list[int]:
        """Which instructions may come after one, a call not taken."""
        one = code[at]
        ends = one.base in ("BRA", "BRX", "CALL", "EXIT", "RET") and not one.predicate
        after = [] if ends else [at + 1]
        if one.base != "BRA" or not (label := re.search(r"`\((.+)\)", one.operands)):
            return after
        # BRA !UP0, a uniform predicate among the operands, is a condition too.
        if re.match(r"[.\w]*\s*!?U?P\d", one.operands.strip()):
            after = [at + 1]
        return [*after, labels[label[1]]]

    for latch in range(len(code)):
        for header in targets(latch):
            if header <= latch:
                path = _shortest(targets, header, latch)
                if path:
                    yield [code[at] for at in path]


def _shortest(targets: Callable[[int], list[int]], header: int, latch: int) -> list[int]:
    """Return the instructions of the shortest path, [] if there is none."""
    queue, before = [(0, header, header)], dict[int, int]()
    while queue:
        length, at, last = heapq.heappop(queue)
        if at in before:
            continue
        before[at] = last
        if at == latch:
            path = [at]
            while path[-1] != header:
                path.append(before[path[-1]])
            return path[::-1]
        for target in targets(at):
            if header < target <= latch:
                heapq.heappush(queue, (length + 1, target, at))
    return []


def main_loop(spec: KernelSpec, listing: str) -> tuple[list[Instruction], int]:
    """Return the path through the loop with the widest accesses, and its number of elements.

    Raises:
        ValueError: no loop has the loads and stores of a step.
    """
    read = 2 * (spec.itemsize + spec.state_itemsize)
    candidates = []
    for path in loops(*instructions(listing)):
        loads, stores = (
            [one for one in path if one.base == base and one.wide_bytes] for base in ("LDG", "STG")
        )
        elements, rest = divmod(sum(one.wide_bytes for one in loads), read)
        widest = max((one.wide_bytes for one in loads), default=0)
        if len(loads) == 4 and len(stores) >= 3 and widest == 16 and not rest:
            candidates.append((-elements, len(path), path))
    if not candidates:
        raise ValueError(f"{spec.name}: no main loop found")
    elements, _, path = min(candidates, key=lambda one: one[:2])
    return path, -elements


def count(spec: KernelSpec, architecture: str, n: int) -> Count:
    """Assemble a committed kernel, and count it."""
    with TemporaryDirectory() as folder:
        ptx, cubin = Path(folder, "kernel.ptx"), Path(folder, "kernel.cubin")
        ptx.write_text(load(kernel_text(spec)), encoding="utf-8")
        said = _run("ptxas", "-v", f"-arch={architecture}", str(ptx), "-o", str(cubin))
        listing = _run("nvdisasm", "-c", str(cubin))
    path, elements = main_loop(spec, listing)
    kinds = Counter(one.kind for one in path)
    slots = {kind: kinds[kind] / elements for kind in dict(CLASSES)}
    of_element = 3 * spec.itemsize + 4 * spec.state_itemsize
    seconds = {gpu: n * of_element / bandwidth for gpu, bandwidth in BANDWIDTHS.items()}
    busy = {"slots": n * len(path) / elements / 32 / SCHEDULERS}  # cycles of all multiprocessors
    busy |= {pipe: n * slots[pipe] / rate for pipe, rate in PIPES.items()}
    registers = _number(r"Used (\d+) registers", said)
    return Count(
        kernel=spec.name,
        architecture=architecture,
        registers=registers,
        blocks=REGISTERS // (THREADS * -(-registers // 8) * 8),
        stack=_number(r"(\d+) bytes stack frame", said),
        spills=_number(r"(\d+) bytes spill stores", said)
        + _number(r"(\d+) bytes spill loads", said),
        instructions=len(instructions(listing)[0]),
        elements=elements,
        slots=slots,
        slots_all=len(path) / elements,
        bytes=of_element,
        milliseconds={gpu: 1e3 * time for gpu, time in seconds.items()},
        shares={
            gpu: {what: n / (CLOCK * MULTIPROCESSORS * time) for what, n in busy.items()}
            for gpu, time in seconds.items()
        },
    )


def _number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    assert found is not None, text
    return int(found[1])


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]}: {done.stderr.strip()}")
    return done.stdout + done.stderr


def table(counts: Sequence[Count]) -> str:
    """Return the counts as Markdown."""
    head = ["kernel", "arch", "regs", "blocks", "stack", "spills", "code", "elements", "slots"]
    head += [*dict(CLASSES), "bytes"]
    for gpu in BANDWIDTHS:
        head += [f"ms, {gpu}", "of slots", "busiest pipe"]
    rows = [
        [
            one.kernel.removeprefix("adadelta_cuda_"),
            one.architecture,
            *map(str, (one.registers, one.blocks, one.stack, one.spills)),
            *map(str, (one.instructions, one.elements)),
            *(f"{value:.1f}" for value in (one.slots_all, *one.slots.values())),
            str(one.bytes),
            *(cell for gpu in BANDWIDTHS for cell in _prediction(one, gpu)),
        ]
        for one in counts
    ]
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _prediction(one: Count, gpu: str) -> tuple[str, str, str]:
    pipes = {what: share for what, share in one.shares[gpu].items() if what != "slots"}
    busiest = max(pipes, key=lambda pipe: pipes[pipe])
    return (
        f"{one.milliseconds[gpu]:.3f}",
        f"{one.shares[gpu]['slots']:.0%}",
        f"{busiest} {pipes[busiest]:.0%}",
    )


def main() -> None:
    """Count, and print or write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--architectures", nargs="+", default=ARCHITECTURES, metavar="SM")
    parser.add_argument("--kernels", default="", help="only those with this in their name")
    parser.add_argument("--elements", type=int, default=ELEMENTS, help="of the predicted step")
    parser.add_argument("--output", type=Path, help="write this .md and .json instead of printing")
    options = parser.parse_args()
    absent = [tool for tool in ("ptxas", "nvdisasm") if shutil.which(tool) is None]
    if absent:
        sys.exit(f"needs {' and '.join(absent)} of a CUDA toolkit on the PATH")
    specs = [spec for spec in specs_of("cuda") if options.kernels in spec.name]
    with ThreadPoolExecutor() as pool:
        begun = [
            pool.submit(count, spec, architecture, options.elements)
            for spec, architecture in product(specs, options.architectures)
        ]
        counts = [one.result() for one in begun]
    if options.output is None:
        print(table(counts), end="")
        return
    options.output.with_suffix(".md").write_text(table(counts), encoding="utf-8")
    listed = json.dumps([asdict(one) for one in counts], indent=2) + "\n"
    options.output.with_suffix(".json").write_text(listed, encoding="utf-8")


if __name__ == "__main__":
    main()
