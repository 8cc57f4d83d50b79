"""What the compiler made of each kernel: vector instructions of the right width, and no calls."""

import platform
import re

import pytest

from adadelta_gen.cpu import kernels
from adadelta_gen.native import compile as compiler
from adadelta_gen.native import machine

pytestmark = pytest.mark.skipif(
    platform.machine().lower() not in ("x86_64", "amd64"), reason="reads x86-64 assembly"
)

DOUBLE_ARITHMETIC = re.compile(
    r"v?(add|sub|mul|div|sqrt|min|max|cmp\w*|u?comi|rndscale|round|fn?m(add|sub)\d+)[ps]d"
    r"|v?cvt\w*[ps]d\w*"
)
# Where an instruction can name a symbol: a direct call or jump, a constant, the linker's tables.
SYMBOL = re.compile(
    r"\b(?:call|jmp)q?\s+([A-Za-z_][\w.$]*)|(?<![\w.])\$([A-Za-z_][\w.$]*)|([\w.$]+)@"
)


@pytest.fixture(scope="module")
def compiled():
    """Assembly by name of kernel, compiled when first asked for."""
    return {}


@pytest.fixture
def assembly(spec, compiled):
    if spec.name not in compiled:
        compiled[spec.name] = compiler.assembly(kernels.function(spec), spec.name)
    return compiled[spec.name]


@pytest.fixture
def mnemonics(assembly):
    return set(re.findall(r"^\t(?:lock\s+)?([a-z]\w+)", assembly, re.MULTILINE))


def has(feature):
    return f"+{feature}" in machine.cpu_features().split(",")


def suffix(spec):
    return "pd" if spec.compute_dtype == "float64" else "ps"


@pytest.mark.parametrize("operation", ["add", "mul", "div", "sqrt"])
def test_arithmetic_is_packed(spec, mnemonics, operation):
    assert mnemonics & {prefix + operation + suffix(spec) for prefix in ("", "v")}


def test_multiplication_addition_is_fused_and_packed(spec, mnemonics):
    if not has("fma"):
        pytest.skip("this CPU has no FMA")
    fused = re.compile(rf"vfn?m(add|sub)\d+{suffix(spec)}")
    assert any(map(fused.fullmatch, mnemonics))


def test_vectors_are_as_wide_as_the_cpu_likes(spec, assembly):
    """LLVM may prefer 256 bits on a CPU that has 512; it never settles for less than AVX's."""
    if not has("avx2"):
        pytest.skip("this CPU has no AVX2")
    assert re.search(rf"vsqrt{suffix(spec)}\s+%[yz]mm", assembly)


def test_no_double_precision_in_single_precision(spec, mnemonics):
    found = set(filter(DOUBLE_ARITHMETIC.fullmatch, mnemonics))
    assert bool(found) == (spec.compute_dtype == "float64")


def test_float16_is_converted_by_the_cpu(spec, mnemonics):
    if not has("f16c"):
        pytest.skip("this CPU has no F16C")
    converts = {"vcvtph2ps", "vcvtps2ph"}
    assert mnemonics & converts == (converts if spec.dtype == "float16" else set())


def test_bfloat16_is_not_rounded_by_an_instruction_that_flushes_denormals(spec, mnemonics):
    assert not {name for name in mnemonics if "bf16" in name}


def test_nothing_else_is_called(spec, assembly):
    defined = set(re.findall(r"^([\w.$]+):", assembly, re.MULTILINE)) | {"_GLOBAL_OFFSET_TABLE_"}
    code = re.findall(r"^\t[a-z].*$", assembly, re.MULTILINE)
    named = {
        name.lstrip("$") for line in code for groups in SYMBOL.findall(line) for name in groups
    }
    assert named - {""} <= defined


def test_the_entry_calls_nothing_but_the_loop(spec, assembly):
    """At most one call, from the C entry to the function it wraps; none for an element."""
    calls = re.findall(r"^\tcall\w*\s.*$", assembly, re.MULTILINE)
    assert len(calls) <= 1
    entry = assembly[assembly.index(f"\n{spec.name}:") :]
    assert all(call in entry for call in calls)
