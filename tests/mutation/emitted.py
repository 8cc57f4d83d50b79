"""Mutants of the functions that emit LLVM code: conversions, rounding, sums of squares.

Each is judged by kernels that are compiled with it, and by the sum of squares.
"""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from kernels.mutations import DITHERED, NARROW, WIDE, assert_ratio_right, assert_right, compiled
from kernels.test_squares import assert_sums
from numba import float32

from adadelta_gen.cpu import squares
from adadelta_gen.formats import DTYPES
from adadelta_gen.native import build, machine
from adadelta_gen.paths import PACKAGE
from adadelta_gen.spec import KernelSpec
from mutation.changes import Mutant, mutants_of
from mutation.explained import why
from mutation.forks import forked
from mutation.judged import Judged
from mutation.live import change, functions_of

MODULES = ("native/rounding.py", "native/rms_ratio.py", "cpu/intrinsics.py", "cpu/lanes.py")
HALF = KernelSpec("cpu", "float16")
SPECS = (DITHERED, NARROW, WIDE, HALF, *(KernelSpec("cpu", d) for d in ("float32", "float64")))
HANGS = 300  # seconds


def judged(every: int) -> Iterator[Judged]:
    paths = [PACKAGE / module for module in MODULES]
    # Numba prepares itself once, for all forked processes.
    build.portable(lambda a: a + a, "prepared", float32(float32))
    functions = functions_of(paths)

    def work(mutant: Mutant) -> Callable[[], str]:
        code = mutant.code()

        def run() -> str:
            change(functions, code)
            try:
                _check()
            except Exception as error:  # also if it cannot be compiled
                return f"{type(error).__name__}: {error}".split("\n")[0]
            return ""

        return run

    made = (mutant for path in paths for mutant in mutants_of(path))
    chosen = (mutant for number, mutant in enumerate(made) if number % every == 0)
    for mutant, outcome in forked(((m, work(m)) for m in chosen), HANGS):
        how = outcome.said or (f"ends with status {outcome.status}" if outcome.status else "")
        module = str(mutant.path.relative_to(PACKAGE))
        yield Judged(f"emitted code: {module}", str(mutant), how, why(module, str(mutant)))


def _check() -> None:
    for spec in SPECS:
        with tempfile.TemporaryDirectory() as folder:
            kernel = compiled(spec, Path(folder))
        assert_right(kernel, spec)
        if spec.dtype in ("float32", "float64"):
            assert_ratio_right(kernel, spec)
    for dtype in DTYPES:
        ir = build.portable(squares.finder(dtype), "mutated_squares", build.LAUNCH)
        assert_sums(machine.load(machine.object_code(ir, machine.host()), "mutated_squares"), dtype)
