"""Compare code from the committed IR with code that Numba compiles for this CPU from the source.

Both update the same arrays in turn; times are CPU times of this thread. Needs Numba.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from adadelta_gen import committed
from adadelta_gen.bench import environment
from adadelta_gen.bench.disturbance import Watch
from adadelta_gen.bench.jobs import LAUNCH, Job
from adadelta_gen.bench.written import Timings
from adadelta_gen.cpu.kernels import kernel_text
from adadelta_gen.native import machine
from adadelta_gen.spec import KernelSpec, specs_of

SIZES = (1 << 14, 1 << 22)  # elements: within the caches, and beyond them
ROUNDS = 15
ROUND_ELEMENTS = 1 << 21


@dataclass(frozen=True)
class Timing:
    """Seconds per element, medians of the rounds, and the median of the rounds' ratios."""

    kernel: str
    elements: int
    of_ir: float
    of_numba: float
    ratio: float


Report = Timings[Timing]


def run(announce: Callable[[str], None], specs: tuple[KernelSpec, ...] = specs_of("cpu")) -> Report:
    """Measure every CPU kernel."""
    watch = Watch()
    timings = []
    for spec in specs:
        announce(spec.name)
        of_ir, of_numba = functions(spec)
        timings += [_timing(spec, n, of_ir, of_numba) for n in SIZES]
    return Report(environment.describe(), watch.cpus(), tuple(timings))


def functions(spec: KernelSpec) -> tuple[Any, Any]:
    """Return two launch functions of a kernel: from its committed IR, and from Numba."""
    ir = committed.load(kernel_text(spec))
    codes = machine.object_code(ir, machine.host()), numba_code(spec)
    of_ir, of_numba = (LAUNCH(machine.load(code, spec.name)) for code in codes)
    return of_ir, of_numba


def numba_code(spec: KernelSpec) -> bytes:
    """Return the machine code that Numba compiles from a kernel's source for this CPU."""
    from llvmlite import binding
    from numba import cfunc

    from adadelta_gen.cpu.build import kernel_function
    from adadelta_gen.native.build import LAUNCH as SIGNATURE

    function = kernel_function(committed.source(spec), spec.name)
    with _known_half_conversions():
        compiled = cfunc(SIGNATURE, error_model="numpy", forceinline=True)(function)
    module = binding.parse_assembly(compiled.inspect_llvm())
    module.get_function(compiled.native_name).name = spec.name
    return bytes(machine.host().target_machine().emit_object(module))


@contextmanager
def _known_half_conversions() -> Iterator[None]:
    """Compile with the known answer whether this CPU has float16 conversions."""
    from unittest.mock import patch

    from llvmlite import ir

    from adadelta_gen.cpu import intrinsics

    answer = ir.Constant(ir.IntType(1), machine.has_half_conversions(machine.host()))
    with patch.object(intrinsics, "has_half_conversions", lambda builder: answer):
        yield


def _timing(spec: KernelSpec, n: int, of_ir: Any, of_numba: Any) -> Timing:
    job, repeats = Job(spec, n), max(ROUND_ELEMENTS // n, 1)
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(ROUNDS + 1):
        pair = [(of_ir, ours), (of_numba, theirs)]
        for function, seconds in pair if number % 2 else reversed(pair):
            start = time.thread_time()
            for _ in range(repeats):
                job.run(function)
            seconds.append((time.thread_time() - start) / (repeats * n))
    del ours[0], theirs[0]  # the first round warms up
    ratio = median(a / b for a, b in zip(ours, theirs, strict=True))
    return Timing(spec.name, n, median(ours), median(theirs), ratio)
