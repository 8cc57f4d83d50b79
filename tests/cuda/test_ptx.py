"""The committed PTX: up to date, and with the instructions that it was measured with."""

import re
import shutil
import subprocess

import pytest
from reliability.child import run

from adadelta_gen.committed import load
from adadelta_gen.cuda import build, table
from adadelta_gen.cuda.kernels import kernel_text
from adadelta_gen.generate import compiled
from adadelta_gen.generate.toolchain import missing
from adadelta_gen.paths import GENERATED
from adadelta_gen.spec import KernelSpec

ARCHITECTURES = ("sm_80", "sm_86", "sm_89", "sm_90", "sm_100", "sm_120")
SPEC = KernelSpec("cuda", "float32")

needs_toolchain = pytest.mark.skipif(bool(missing("ptx")), reason=f"needs {missing('ptx')}")


def test_nothing_is_outdated():
    assert compiled.outdated("ptx", GENERATED) == []


def test_the_entry_has_the_expected_parameters(spec):
    text = load(kernel_text(spec))
    assert text.startswith("// @generated from generated/cuda/")
    assert re.findall(r"\.entry (\w+)\(", text) == [spec.name]
    assert f".version {build.PTX_ISA}\n.target sm_80\n" in text
    assert f".b8 {spec.name}_param_0[{48 * table.CAPACITY}]" in text
    assert f".maxntid {table.THREADS}, 1, 1" in text
    scalar = "f64" if spec.dtype == "float64" else "f32"
    kinds = re.findall(r"\.param \.(\w+) \w+_param_[1-9]\d?", text)
    assert kinds == ["u32", *["u64"] * 5, *[scalar] * 7]


def test_instructions_and_loops_are_as_expected(spec):
    text = load(kernel_text(spec))
    loads, stores = (len(re.findall(rf"{x}\.global\.v[24]", text)) for x in ("ld", "st"))
    # One loop that may write the unscaled grads, or one that does and one that does not.
    assert (loads, stores) in ((4, 4), (8, 7))
    assert not re.search(r"\.local|\bcall\b|NumbaEnv|\.approx|\.ftz", text)
    if spec.dtype != "float64":
        assert ".f64" not in text
    # No loop was unrolled, whose length would be divided and whose loads would wait for its stores.
    assert not re.search(r"\b(div|rem)\.[su]|nounroll", text)


def test_device_values_are_loaded_first_and_compared_as_numbers(spec):
    """All four loads come before the first use. found_inf is compared as a number: -0.0 is 0, NaN
    is not; 1 / grad_scale is in float32, as in ``GradScaler.unscale_``."""
    text = load(kernel_text(spec))
    before, _, _ = text.partition("bra ")
    assert len(re.findall(r"@p ld\.global\.f(?:32|64)", before)) == 4
    assert len(re.findall(r"setp\.neu\.f32\s+%p\d+, %f\d+, 0f00000000;", text)) == 1
    assert len(re.findall(r"\brcp\.rn\.f32\b", text)) == 1
    assert not re.search(r"\b(rcp\.\w+\.f64|div\.rn\.f64\s+%fd\d+, 0d3FF)", text)


@pytest.mark.skipif(shutil.which("ptxas") is None, reason="needs ptxas of a CUDA toolkit")
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_ptxas_accepts_every_kernel(spec, architecture, tmp_path):
    if spec.maximize != spec.weight_decay and architecture != "sm_90":
        pytest.skip("its flags add a line each: without them and with both, it is assembled")
    source, code = tmp_path / "kernel.ptx", tmp_path / "kernel.cubin"
    source.write_text(load(kernel_text(spec)))
    command = ["ptxas", "-v", f"-arch={architecture}", source, "-o", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(re.search(r"Used (\d+) registers", done.stderr)[1]) <= 64
    assert "0 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads" in done.stderr
    disassembler = shutil.which("nvdisasm")
    if disassembler is not None:
        listing = subprocess.run(
            [disassembler, "-c", code], capture_output=True, text=True, check=True
        ).stdout
        wide = (2, 2) if spec.state_dtype != spec.dtype else (4, 3)
        assert listing.count("LDG.E.128") % wide[0] == 0
        assert listing.count("STG.E.128") >= wide[1]
        assert not re.search(r"\b(LDL|STL)\b", listing)


@needs_toolchain
def test_every_process_compiles_the_same():
    script = """
    from adadelta_gen.committed import load
    from adadelta_gen.cuda import build
    from adadelta_gen.cuda.kernels import kernel_text
    from adadelta_gen.spec import KernelSpec
    text = kernel_text(KernelSpec("cuda", "float32"))
    print(build.ptx(text) == load(text))
    """
    for seed in ("1", "2"):
        assert run(script, PYTHONHASHSEED=seed) == "True\n"
