"""The PTX executor: unsupported instructions, detected errors, and rounding."""

import numpy as np
import pytest
from ptx.memory import READ, SHARED, WRITE, Memory, Region
from ptx.parse import UnsupportedError
from ptx.program import FaultError, Program

HEAD = """.version 8.1
.target sm_80
.address_size 64
.visible .entry kernel(
	.param .align 8 .b8 kernel_param_0[32],
	.param .u64 kernel_param_1,
	.param .u64 kernel_param_2
)
.maxntid 64, 1, 1
{
	.reg .pred %p<4>;
	.reg .b16 %rs<4>;
	.reg .b32 %r<9>;
	.reg .f32 %f<9>;
	.reg .f64 %fd<9>;
	.reg .b64 %rd<9>;
	ld.param.u64 %rd1, [kernel_param_1];
	ld.param.u64 %rd2, [kernel_param_2];
	mov.u32 %r1, %tid.x;
	mov.u32 %r2, %ctaid.x;
	mul.wide.s32 %rd3, %r1, 4;
	add.s64 %rd4, %rd1, %rd3;
	add.s64 %rd5, %rd2, %rd3;
"""
FIRST = HEAD.count("\n") + 1  # the line of what follows


def run(body, source, target, *, blocks=1, threads=4, filled=32, shared=0):
    """Run a kernel with %rd4 and %rd5 as the addresses of thread i's elements of two arrays."""
    kernel = Program(f"{HEAD}{body}\n\tret;\n}}\n")
    packed = np.zeros(6, np.int64)
    packed[4:] = source.ctypes.data, target.ctypes.data
    regions = [
        Region("source", source.ctypes.data, source.nbytes, READ | shared),
        Region("target", target.ctypes.data, target.nbytes, READ | WRITE),
    ]
    return kernel.run(packed.view(np.uint8), regions, range(blocks), threads, filled)


def arrays(n=4):
    source = np.arange(1, n + 1).astype(np.float32)
    return source, np.zeros_like(source)


COPY = "ld.global.f32 %f1, [%rd4];\nst.global.f32 [%rd5], %f1;"


def test_a_copy():
    source, target = arrays()
    memory = run(COPY, source, target)
    assert target.tolist() == source.tolist()
    with pytest.raises(AssertionError, match="byte 0 of target was only written"):
        memory.assert_touched(is_all=True)
    with pytest.raises(AssertionError, match=r"byte 0 of .* was only"):
        memory.assert_touched(is_all=False)


def test_elements_that_are_not_accessed_are_detected():
    source, target = arrays(6)
    memory = run(
        "ld.global.f32 %f1, [%rd4];\nld.global.f32 %f1, [%rd5];" + COPY[25:], source, target
    )
    with pytest.raises(AssertionError, match=r"byte 16 of (source|target) was not touched"):
        memory.assert_touched(is_all=True)


WRONG = {
    "past the end": ("ld.global.f32 %f1, [%rd4+4];", 0, "outside all arrays"),
    "before the begin": ("ld.global.f32 %f1, [%rd4+-4];", 0, "outside all arrays"),
    "not aligned": ("ld.global.f32 %f1, [%rd4+2];", 0, "not aligned"),
    "a vector that is not": ("ld.global.v2.f32 {%f1, %f2}, [%rd4+4];", 0, "not aligned"),
    "writes what is read only": ("st.global.f32 [%rd4], %f1;", 0, "not allowed"),
    "twice": ("ld.global.f32 %f1, [%rd4];\nld.global.f32 %f1, [%rd4];", 1, "a second time"),
    "written twice": ("st.global.f32 [%rd5], %f1;\nst.global.f32 [%rd5], %f1;", 1, "a second time"),
    "late": ("st.global.f32 [%rd5], %f1;\nld.global.f32 %f1, [%rd5];", 1, "after it was written"),
    "two threads": ("ld.global.f32 %f1, [%rd1];", 0, "another thread"),
    "half of another's": (
        "st.global.f32 [%rd5], %f1;\nst.global.u16 [%rd2+4], %rs1;",
        0,
        "another thread was there; block 0, thread 1",
    ),
    "a register that nobody wrote": ("ld.global.f32 %f1, [%rd8];", 0, "outside all arrays"),
    "the parameters' memory": (
        "mov.b64 %rd6, kernel_param_0;\nld.global.u64 %rd7, [%rd6];",
        1,
        "not allowed",
    ),
    "a loop": ("L:\n@%p1 bra L;\nbra L;", 2, "does not end"),
    "a row that is not filled": (
        "mov.b64 %rd6, kernel_param_0;\nadd.s64 %rd6, %rd6, 16;\nld.param.u64 %rd7, [%rd6];",
        2,
        "outside all arrays",
    ),
}


@pytest.mark.parametrize(("body", "line", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_access_names_its_line(body, line, message):
    source, target = arrays()
    with pytest.raises(FaultError, match=f"PTX line {FIRST + line}, .*{message}") as fault:
        run(body, source, target, filled=16)
    assert fault.value.line == FIRST + line


def test_another_block_is_another_thread():
    source, target = arrays()
    with pytest.raises(FaultError, match="another thread was there; block 1, thread 0"):
        run(COPY, source, target, blocks=2)
    run("ld.global.f32 %f1, [%rd4];", source, target, blocks=2, shared=SHARED)


def test_arrays_that_overlap():
    regions = [Region("a", 0, 8, READ), Region("b", 4, 8, READ | WRITE), Region("c", 4, 0, WRITE)]
    with pytest.raises(ValueError, match="a and b overlap"):
        Memory(regions)
    assert len(Memory([regions[0], Region("b", 4, 8, READ), regions[2]]).regions) == 1


@pytest.mark.parametrize(
    "line",
    [
        *("add.ftz.f32 %f1, %f2, %f3;", "add.f32 %f1, %f2, %f3;", "sqrt.approx.f32 %f1, %f2;"),
        *(
            "div.full.f32 %f1, %f2, %f3;",
            "mad.hi.s32 %r1, %r2, %r3, %r4;",
            "fma.rz.f32 %f1, %f2, %f3, %f4;",
        ),
        *("bar.sync 0;", "membar.gl;", "atom.global.add.f32 %f1, [%rd1], %f2;", "call f;"),
        *("ld.shared.f32 %f1, [%rd1];", "ld.local.f32 %f1, [%rd1];", "ld.f32 %f1, [%rd1];"),
        *("ld.global.f32 %f1, [%rd4], %f2;", "shl.b32 %r1, %r2, 32;", "add.s64 %rd1, %rd2, %r1;"),
        *("mov.b32 %r1, %laneid;", "cvt.rn.f32.f64 %f1, %fd1;", "add.s32 %rd1, %r1, %r2;"),
        *(".shared .b8 memory[16];", "ld.global.f32 %f1, [kernel_param_1];", "bra ELSEWHERE;"),
    ],
)
def test_unknown_instructions_raise(line):
    with pytest.raises(UnsupportedError, match=f"line {FIRST}"):
        Program(f"{HEAD}{line}\n\tret;\n}}\n")


def result_of(body, *bits, width=32):
    """Return the bits of ``%f1`` or ``%r1`` after a body with given %f2, %f3, ..."""
    source = np.array([*bits, *[0] * (4 - len(bits))], np.uint32)
    target = np.zeros(4, np.uint32)
    loads = "".join(
        f"ld.global.f32 %f{i + 2}, [%rd1+{4 * i}];\nmov.b32 %r{i + 2}, %f{i + 2};\n"
        for i in range(len(bits))
    )
    store = "st.global.u32 [%rd2], %r1;" if "%r1" in body else "st.global.f32 [%rd2], %f1;"
    run(loads + body + store, source, target, threads=1)
    return int(target[0])


def bits(value):
    return int(np.float32(value).view(np.uint32))


NAN, SMALLEST, LARGEST = 0xFF812345, 1, 0x7F7FFFFF
ROUNDED = [
    # Rounded once: a product and a sum in two steps would give 0.
    ("fma.rn.f32 %f1, %f2, %f2, %f3;", (0x3F800001, 0xBF800002), 0x28800000),
    ("mul.rn.f32 %f1, %f2, %f2;", (0x3F800001,), 0x3F800002),
    ("mul.rn.f32 %f1, %f2, %f3;", (bits(0.5), SMALLEST), 0),  # to even
    ("mul.rn.f32 %f1, %f2, %f3;", (bits(1.5), 3), 4),  # denormals are kept, halves go to even
    ("add.rn.f32 %f1, %f2, %f3;", (bits(1), bits(2.0**-24)), bits(1)),
    ("add.rn.f32 %f1, %f2, %f3;", (bits(1), bits(1.5 * 2.0**-24)), 0x3F800001),
    ("add.rn.f32 %f1, %f2, %f2;", (NAN,), 0x7FFFFFFF),
    ("div.rn.f32 %f1, %f2, %f3;", (bits(1), bits(3)), 0x3EAAAAAB),
    ("div.rn.f32 %f1, %f2, %f3;", (bits(1), 0x80000000), 0xFF800000),
    ("sqrt.rn.f32 %f1, %f2;", (bits(2),), 0x3FB504F3),
    ("sqrt.rn.f32 %f1, %f2;", (bits(-1),), 0x7FFFFFFF),
    ("rcp.rn.f32 %f1, %f2;", (bits(10),), bits(0.1)),
    ("neg.f32 %f1, %f2;", (0,), 0x80000000),
    ("cvt.rn.f16x2.f32 %r1, %f2, %f3;", (bits(1), bits(-2)), 0x3C00C000),
    ("cvt.rn.f16x2.f32 %r1, %f2, %f3;", (bits(65520), bits(65519)), 0x7C007BFF),
    ("cvt.rn.f16x2.f32 %r1, %f2, %f3;", (bits(2.0**-24), bits(2.0**-25)), 0x00010000),
    ("cvt.rn.f16x2.f32 %r1, %f2, %f3;", (NAN, bits(1 + 2.0**-11)), 0x7FFF3C00),
    ("cvt.rn.bf16x2.f32 %r1, %f2, %f3;", (0x3F808000, 0x3F818000), 0x3F803F82),  # to even
    ("cvt.rn.bf16x2.f32 %r1, %f2, %f3;", (NAN, LARGEST), 0x7FFF7F80),
    ("cvt.rn.bf16x2.f32 %r1, %f2, %f3;", (0x7FFFFFFF, SMALLEST), 0x7FFF0000),
    ("mul.lo.s32 %r1, %r2, %r2;", (0x10001,), 0x20001),
    ("shr.u32 %r1, %r2, 31;", (0x80000000,), 1),
    ("setp.nan.f32 %p1, %f2, %f2;\nselp.b32 %r1, %r2, %r3, %p1;", (NAN, 7), NAN),
    ("setp.nan.f32 %p1, %f2, %f2;\nselp.b32 %r1, %r2, %r3, %p1;", (bits(2), 7), 7),
    ("setp.lt.s32 %p1, %r2, 0;\nmov.u32 %r1, 1;\n@%p1 mov.u32 %r1, 2;\n", (0x80000000,), 2),
    ("setp.lt.s32 %p1, %r2, 0;\nmov.u32 %r1, 1;\n@!%p1 mov.u32 %r1, 2;\n", (0x80000000,), 1),
    ("mov.b32 {%rs1, %rs2}, %r2;\nmov.b32 %r1, {%rs2, %rs1};", (0x12345678,), 0x56781234),
    ("mov.b32 {%rs1, %rs2}, %r2;\ncvt.f32.f16 %f1, %rs2;", (0x3E000001,), bits(1.5)),
    ("shl.b32 %r1, %r2, 16;", (0x1234ABCD,), 0xABCD0000),
]


@pytest.mark.parametrize(("body", "given", "expected"), ROUNDED)
def test_results(body, given, expected):
    assert hex(result_of(body, *given)) == hex(expected)


@pytest.mark.parametrize("kind", ["f16", "bf16"])
def test_every_16_bit_number_is_rounded_to_itself(kind):
    """A float32 between two of them is rounded to the nearer, as in NumPy and torch."""
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    source = rng.integers(0, 1 << 32, 1 << 16, np.uint32)
    target = np.zeros(len(source), np.uint16)
    body = f"""
        mul.wide.s32 %rd6, %r2, 64;
        cvt.s64.s32 %rd7, %r1;
        add.s64 %rd6, %rd6, %rd7;
        shl.b64 %rd7, %rd6, 2;
        add.s64 %rd7, %rd1, %rd7;
        ld.global.f32 %f1, [%rd7];
        cvt.rn.{kind}.f32 %rs1, %f1;
        shl.b64 %rd7, %rd6, 1;
        add.s64 %rd7, %rd2, %rd7;
        st.global.u16 [%rd7], %rs1;"""
    run(body, source, target, blocks=len(source) // 64, threads=64)
    wide = torch.from_numpy(source.view(np.float32))
    half = wide.to(torch.float16 if kind == "f16" else torch.bfloat16)
    expected = half.view(torch.int16).numpy().view(np.uint16)
    expected = np.where(np.isnan(source.view(np.float32)), 0x7FFF, expected)
    assert (target == expected).all()
