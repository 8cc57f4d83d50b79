"""The same promise on lesser CPUs: the bit-exact tests again, compiled for what this CPU also is.

Without FMA every multiplication-addition rounds twice, without F16C float16 is converted by integer
arithmetic, and vectors are narrower: other code, and on the baseline other bits.
"""

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from adadelta_gen.native import machine
from adadelta_gen.spec import specs_of

pytestmark = pytest.mark.skipif(
    platform.machine().lower() not in ("x86_64", "amd64"), reason="names x86-64 CPUs"
)

FOLDER = Path(__file__).parent
SUITES = ("test_exact.py", "test_tables.py", "test_storage.py", "test_properties.py")
ASSEMBLY = f"""
from adadelta_gen.cpu.kernels import function
from adadelta_gen.native import compile as compiler
from adadelta_gen.spec import specs_of
for spec in specs_of("cpu")[:1]:
    print(compiler.assembly(function(spec), {specs_of("cpu")[0].name!r}))
"""
# LLVM's name, the features it must have, what its code must and must not contain.
CPUS = {
    "baseline": ("generic", "", "divps", ("%ymm", "fmadd", "vcvtph2ps")),
    "AVX2": ("haswell", "+avx,+avx2,+fma,+f16c", "%ymm", ("%zmm",)),
}


@pytest.fixture(params=CPUS)
def cpu(request):
    name, features, contained, absent = CPUS[request.param]
    missing = set(filter(None, features.split(","))) - set(machine.cpu_features().split(","))
    if missing:
        pytest.skip(f"this CPU lacks {missing}")
    if name == "haswell" and "+avx512f" not in machine.cpu_features():
        pytest.skip("this CPU is no more than that: the other tests have shown it")
    settings = {"NUMBA_CPU_NAME": name, "NUMBA_CPU_FEATURES": features}
    return {**os.environ, **settings}, contained, absent


def output(command, environment):
    """Return what a Python process prints; fail with it if the process does."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=FOLDER.parent,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_code_is_for_the_lesser_cpu(cpu):
    environment, contained, absent = cpu
    assembly = output(["-c", ASSEMBLY], environment)
    assert contained in assembly
    assert not [name for name in absent if name in assembly]


def test_bit_exact_on_the_lesser_cpu(cpu, tmp_path):
    environment, _, _ = cpu
    suites = [str(FOLDER / suite) for suite in SUITES]
    environment["ADADELTA_GEN_CACHE_DIR"] = str(tmp_path)
    # The flags of a variant have nothing to do with what a CPU lacks: one pair of them will do.
    options = ["-q", "-p", "no:cacheprovider", "-k", "_min_wd"]
    summary = output(["-m", "pytest", *options, *suites], environment)
    assert "passed" in summary
    assert "skipped" not in summary
    chosen = [spec for spec in specs_of("cpu") if not spec.maximize and spec.weight_decay]
    assert len(list(tmp_path.glob("*.o"))) == len(chosen)
