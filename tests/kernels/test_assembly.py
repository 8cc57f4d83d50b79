"""Machine code of each committed text for many CPUs: vectors of the right width, no calls.

Compiles for all CPUs on any machine; runs nothing.
"""

import re
from functools import cache

import pytest

from adadelta_gen import committed
from adadelta_gen.cpu.kernels import finder_text, kernel_text
from adadelta_gen.formats import DTYPES
from adadelta_gen.native import code, machine
from adadelta_gen.native.machine import ARM, CPUS, X86, Cpu
from adadelta_gen.spec import specs_of

# The x86-64 baseline and later levels; one CPU with AVX but without F16C.
X86_CPUS = ("x86-64", "nehalem", "sandybridge", "haswell", "skylake-avx512", "znver4")
NEON_CPUS = ("generic", "cortex-a72", "neoverse-n1", "apple-m1")
SVE_CPUS = ("neoverse-v1",)
AVX = {"sandybridge", "haswell", "skylake-avx512", "znver4"}
FMA = {"haswell", "skylake-avx512", "znver4"}
ARITHMETIC = ("add", "mul", "div", "sqrt")

DOUBLE_ON_X86 = re.compile(
    r"v?(add|sub|mul|div|sqrt|min|max|cmp\w*|u?comi|rndscale|round|fn?m(add|sub)\d+)[ps]d"
    r"|v?cvt\w*[ps]d\w*"
)
on_x86 = pytest.mark.parametrize("name", X86_CPUS)
on_neon = pytest.mark.parametrize("name", NEON_CPUS)
on_sve = pytest.mark.parametrize("name", SVE_CPUS)
on_arm = pytest.mark.parametrize("name", NEON_CPUS + SVE_CPUS)
on_all = pytest.mark.parametrize("name", CPUS)


@cache
def assembly(spec, cpu: Cpu) -> str:
    return machine.assembly(committed.load(kernel_text(spec)), cpu)


def mnemonics(text):
    return set(re.findall(r"^\t(?:lock\s+)?([a-z][\w.]+)", text, re.MULTILINE))


def suffix(spec):
    return "pd" if spec.compute_dtype == "float64" else "ps"


def has_scalar_sqrt(spec, name):
    """For the oldest CPUs, LLVM prefers scalar square roots; the rest of the loop is packed."""
    if spec.compute_dtype == "float64":
        return name in ("x86-64", "nehalem", "sandybridge")
    return name == "x86-64"


@on_x86
def test_arithmetic_is_packed_on_x86(spec, name):
    found = mnemonics(assembly(spec, CPUS[name]))
    prefix = "v" if name in AVX else ""
    packed = [op for op in ARITHMETIC if op != "sqrt" or not has_scalar_sqrt(spec, name)]
    assert {prefix + operation + suffix(spec) for operation in packed} <= found


@on_x86
def test_multiplication_addition_is_fused_and_packed_on_x86(spec, name):
    fused = re.compile(rf"vfn?m(add|sub)\d+{suffix(spec)}")
    found = any(map(fused.fullmatch, mnemonics(assembly(spec, CPUS[name]))))
    assert found == (name in FMA)


@on_x86
def test_vectors_have_the_preferred_width_of_the_cpu(spec, name):
    """LLVM may prefer 256 bits on a CPU with 512, but never less than the width of AVX."""
    text = assembly(spec, CPUS[name])
    if name not in AVX:
        assert "%ymm" not in text
        return
    widest = "z" if name == "znver4" else "yz"
    if name == "sandybridge" and spec.dtype != "float16":
        widest = "x"  # it has no integers of 256 bits
    assert re.search(rf"vdiv{suffix(spec)}\s+%[{widest}]mm", text)
    if not has_scalar_sqrt(spec, name):
        assert re.search(rf"vsqrt{suffix(spec)}\s+%[{widest}]mm", text)
    assert ("%zmm" in text) <= (name in ("skylake-avx512", "znver4"))


@on_x86
def test_no_double_precision_in_single_precision(spec, name):
    found = set(filter(DOUBLE_ON_X86.fullmatch, mnemonics(assembly(spec, CPUS[name]))))
    assert bool(found) == (spec.compute_dtype == "float64")


@on_x86
def test_float16_is_converted_in_hardware_on_x86_with_f16c(spec, name):
    wanted = {"vcvtph2ps", "vcvtps2ph"} if spec.dtype == "float16" and name in FMA else set()
    converting = {"vcvtph2ps", "vcvtps2ph"} & mnemonics(assembly(spec, CPUS[name]))
    assert converting == wanted


@on_neon
def test_arithmetic_is_packed_on_neon(spec, name):
    lanes = "2d" if spec.compute_dtype == "float64" else "4s"
    text = assembly(spec, CPUS[name])
    for operation in ("fadd", "fmul", "fdiv", "fsqrt", "fml[as]"):
        assert re.search(rf"\t{operation}\s+v\d+\.{lanes}", text), operation


@on_sve
def test_arithmetic_is_packed_on_sve(spec, name):
    lanes = "d" if spec.compute_dtype == "float64" else "s"
    text = assembly(spec, CPUS[name])
    for operation in ("fadd", "fmul", "fdivr?", "fsqrt", "f(n?ml[as]|n?m(ad|sb))"):
        assert re.search(rf"\t{operation}\s+z\d+\.{lanes}", text), operation


@on_arm
def test_float16_is_converted_in_hardware_on_arm(spec, name):
    text = assembly(spec, CPUS[name])
    assert bool(re.search(r"\tfcvt[ln]2?\s+v|\tfcvt\s+z", text)) == (spec.dtype == "float16")


@on_arm
def test_chunks_are_taken_by_one_atomic_instruction(spec, name):
    found = mnemonics(assembly(spec, CPUS[name]))
    assert ("ldadd" in found) == (name not in ("generic", "cortex-a72"))


@on_all
def test_bfloat16_is_not_rounded_by_an_instruction_that_flushes_denormals(spec, name):
    assert not re.search(r"^\t\w*bf(16|cvt|dot|mmla|ml)", assembly(spec, CPUS[name]), re.MULTILINE)


@on_all
def test_kernels_call_no_functions(spec, name):
    """A call of a function that is not loaded would end the process."""
    text = assembly(spec, CPUS[name])
    assert machine.called_functions(text) == []
    assert not re.search(r"^\t(callq?|blr?)\s", text, re.MULTILINE)


@on_all
@pytest.mark.parametrize("dtype", DTYPES)
def test_sums_of_squares_are_vectorised_without_calls(dtype, name):
    text = machine.assembly(committed.load(finder_text(dtype)), CPUS[name])
    assert machine.called_functions(text) == []
    added = r"^\tv?addpd\s" if CPUS[name].triple == X86 else r"^\tfadd\tv\d+\.2d|^\tfadd\tz\d+\.d"
    assert re.search(added, text, re.MULTILINE)


@on_all
def test_the_step_calls_only_functions_of_its_table(name):
    assert (
        machine.called_functions(machine.assembly(committed.load(code.STEP), CPUS[name], 0)) == []
    )


def test_every_text_is_tested():
    assert {cpu.triple for cpu in CPUS.values()} == {X86, ARM}
    assert {*X86_CPUS, *NEON_CPUS, *SVE_CPUS} <= CPUS.keys()
    assert len(specs_of("cpu")) == 40


@pytest.mark.parametrize(
    ("cpu", "has_them"),
    [
        (CPUS["haswell"], True),
        (Cpu(X86, "haswell", "-f16c"), False),
        (Cpu(X86, "x86-64", "+f16c"), True),
        (CPUS["sandybridge"], False),
        (CPUS["cortex-a72"], True),
        (Cpu("riscv64-unknown-linux-gnu", "generic-rv64", "+m,+a,+f,+d"), False),
        (Cpu("riscv64-unknown-linux-gnu", "generic-rv64", "+m,+a,+f,+d,+zfhmin"), True),
        (Cpu("powerpc64le-unknown-linux-gnu", "pwr8"), False),
    ],
)
def test_float16_conversions_are_detected(cpu, has_them):
    assert machine.has_half_conversions(cpu) == has_them
