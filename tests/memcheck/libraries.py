"""What runs under valgrind: native functions as shared libraries, and the C programs.

Valgrind names the functions of libraries only. They have the object code that ``native/machine.py``
makes, for CPUs whose instructions valgrind knows.
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from kernels.mutations import LOOP, mutated_ir
from reliability import verification_mutations as steps

from adadelta_gen import committed
from adadelta_gen.committed import CompiledText
from adadelta_gen.cpu import kernels
from adadelta_gen.formats import DTYPES, ITEMSIZES
from adadelta_gen.native import abi, code, machine
from adadelta_gen.native.machine import X86, Cpu
from adadelta_gen.spec import KernelSpec, specs_of

HERE = Path(__file__).parent
# The constants of abi.py that harness.c uses.
LAYOUT = (
    *("PARAM", "GRAD", "SQUARE_AVG", "ACC_DELTA", "STEP", "DITHER", "ROW_WORDS"),
    *("ROWS", "SEGMENTS", "CHUNKS", "N_CHUNKS", "NEXT_CHUNK", "SCALARS", "UNSCALE", "FOUND"),
    *("SUMS", "JOB_WORDS", "ROW", "FIRST", "N_ELEMENTS", "SEGMENT_WORDS"),
)

# Valgrind knows no AVX-512.
CPUS = {"AVX2": Cpu(X86, "haswell", "+avx,+avx2,+fma,+f16c"), "baseline": Cpu(X86, "x86-64")}
BROKEN_SPEC = KernelSpec("cpu", "float32")
# Kernels with an access one element outside: the line of the template, and what it becomes.
BROKEN_KERNELS = {
    "one element more": ("for i in range(n):", "for i in range(n + 1):"),
    "one element before": ("for i in range(n):", "for i in range(-1, n):"),
    "the next grad": ("grad = load(grads, i)\n", "grad = load(grads, i + 1)\n"),
    "the next acc_delta": (
        "store_state(acc_deltas, i, acc_delta{{",
        "store_state(acc_deltas, i + 1, acc_delta{{",
    ),
}
# Native steps with a wrong line, and the scenario that is run with each.
BROKEN_STEPS = {
    mutant.name: mutant
    for mutant in (
        *map(
            steps.BY_NAME.get,
            (
                "writable: bounds",
                "grad: bounds",
                "dither: rows with a grad only",
            ),
        ),
        steps.Mutant(
            "count: one row more",
            "    float32 = load_int64(table, t.T_FLOAT32)\n"
            "    for i in range(load_int64(table, t.T_N_ROWS)):\n"
            "        row = load_int64(table, t.T_ROWS_AT) + 8 * t.ROW_WORDS * i\n"
            "        record = load_int64(table, t.T_RECORDS_AT) + 8 * t.RECORD_WORDS * i\n"
            "        if load_int64(row, t.GRAD) == 0:\n"
            "            continue\n"
            "        call_void_1",
            "    float32 = load_int64(table, t.T_FLOAT32)\n"
            "    for i in range(load_int64(table, t.T_N_ROWS) + 1):\n"
            "        row = load_int64(table, t.T_ROWS_AT) + 8 * t.ROW_WORDS * i\n"
            "        record = load_int64(table, t.T_RECORDS_AT) + 8 * t.RECORD_WORDS * i\n"
            "        if load_int64(row, t.GRAD) == 0:\n"
            "            continue\n"
            "        call_void_1",
            "grads_are_clipped",
        ),
        steps.Mutant(
            "apart: one region more",
            "    for k in range(1, n):\n        if load_int64(regions, 2 * k)",
            "    for k in range(1, n + 1):\n        if load_int64(regions, 2 * k)",
            "grads_are_clipped",
        ),
        steps.Mutant(
            "rows: elements of the last call",
            "store_int64(launches + 8 * t.LAUNCH_WORDS * k, t.L_ELEMENTS, 0)",
            "load_int64(launches, t.L_ELEMENTS)",
            "grads_are_clipped",
        ),
    )
}


def compiler() -> str:
    """Return the path of the C compiler, or an empty string."""
    return shutil.which("cc") or shutil.which("gcc") or ""


def build(folder: Path) -> None:
    """Make all programs and libraries in a folder, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    build_programs(folder)
    for name, cpu in CPUS.items():
        for text in kernels.texts():
            build_function(text, cpu, folder / name)
    cpu = CPUS["AVX2"]
    build_function(code.STEP, cpu, folder / "AVX2", level=0)
    for name, (line, becomes) in BROKEN_KERNELS.items():
        ir = mutated_ir(BROKEN_SPEC, folder / "templates" / name, LOOP, line, becomes)
        _link(machine.object_code(ir, cpu), broken(folder, name, BROKEN_SPEC.name))
    for name, mutant in BROKEN_STEPS.items():
        module = steps.module_of(mutant)
        _link(steps.object_code(module, cpu), broken(folder, name, code.STEP.name))


def build_programs(folder: Path) -> None:
    """Compile the C sources."""
    folder.mkdir(parents=True, exist_ok=True)
    _run("-shared", "-fPIC", "-o", folder / "requests.so", HERE / "requests.c")
    layout = [f"-D{name}={getattr(abi, name)}" for name in LAYOUT]
    _run("-O1", "-g", *layout, "-o", folder / "harness", HERE / "harness.c", "-ldl")


def build_function(text: CompiledText, cpu: Cpu, folder: Path, level: int = 3) -> None:
    """Make the library of a native function."""
    _link(machine.object_code(committed.load(text), cpu, level), folder / f"{text.name}.so")


def broken(folder: Path, name: str, function: str) -> Path:
    """Return the path of the library of a broken function."""
    return folder / "broken" / name.replace(": ", " ").replace(" ", "_") / f"{function}.so"


def kernel_cases(folder: Path) -> Iterator[str]:
    """Return the lines that harness.c reads."""
    for cpu in CPUS:
        for name, spec, sums in functions():
            library = folder / cpu / f"{name}.so"
            yield _line(f"{name}, {cpu}", library, spec, sums, 0, 0)
            yield _line(f"broken: {name}, {cpu}, one element after", library, spec, sums, 0, 1)
            yield _line(f"broken: {name}, {cpu}, one element before", library, spec, sums, 1, 0)
    for name in BROKEN_KERNELS:
        library = broken(folder, name, BROKEN_SPEC.name)
        yield _line(f"broken: {name}", library, BROKEN_SPEC, False, 0, 0)


def step_cases(folder: Path) -> Iterator[str]:
    """Return the lines that steps.py reads."""
    for name, mutant in BROKEN_STEPS.items():
        yield f"broken: {name}\t{mutant.noticed_by}\t{broken(folder, name, code.STEP.name)}\n"


def functions() -> Iterator[tuple[str, KernelSpec, bool]]:
    """Return name and variant of each kernel, and each sum of squares with the dtype's variant."""
    for spec in specs_of("cpu"):
        yield spec.name, spec, False
    for dtype in DTYPES:
        yield kernels.finder_text(dtype).name, KernelSpec("cpu", dtype), True


def _line(name: str, library: Path, spec: KernelSpec, sums: bool, before: int, after: int) -> str:
    scalar = ITEMSIZES[spec.compute_dtype]
    numbers = spec.itemsize, spec.state_itemsize, scalar, int(sums), before, after
    return "\t".join(map(str, (name, library, library.stem, *numbers))) + "\n"


def _link(object_code: bytes, library: Path) -> None:
    library.parent.mkdir(parents=True, exist_ok=True)
    compiled = library.with_suffix(".o")
    compiled.write_bytes(object_code)
    _run("-shared", "-o", library, compiled)


def _run(*arguments: object) -> None:
    subprocess.run([compiler(), *map(str, arguments)], check=True)
