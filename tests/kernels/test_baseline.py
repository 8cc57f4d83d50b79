"""The bit-exact tests again, compiled for older CPUs that this CPU is compatible with.

Without FMA every multiply-add rounds twice, without F16C float16 is converted by integer
arithmetic, and vectors are narrower: other code, and on the baseline of x86-64 other bits. The
baseline of Arm has both, but neither SVE nor atomic additions (LSE).
"""

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from adadelta_gen.native import machine
from kernels import cpus

FOLDER = Path(__file__).parent
SUITES = ("test_exact.py", "test_tables.py", "test_storage.py", "test_properties.py")
X86, ARM = ("x86_64", "amd64"), ("aarch64", "arm64")
# The machines that are such a CPU too, LLVM's name of it, and the features that it must have.
CPUS = {
    "baseline": (X86, "x86-64", ""),
    "AVX2": (X86, "haswell", "+avx,+avx2,+fma,+f16c"),
    "ARMv8.0": (ARM, "generic", ""),
}


@pytest.mark.parametrize("which", CPUS)
def test_kernels_are_bit_exact_on_older_cpus(which):
    machines, name, features = CPUS[which]
    if platform.machine().lower() not in machines:
        pytest.skip(f"this machine is none of {', '.join(machines)}")
    missing = [f for f in features.split(",") if f and not machine.host().has(f[1:])]
    if missing:
        pytest.skip(f"this CPU lacks {missing}")
    if which == "AVX2" and not machine.host().has("avx512f"):
        pytest.skip("this CPU has no more features than that: the other tests cover it")
    # The flags of a variant do not depend on CPU features: test one pair of them.
    options = ["-q", "-p", "no:cacheprovider", "-k", "_min_wd"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *(str(FOLDER / suite) for suite in SUITES)],
        cwd=FOLDER.parent,
        env={**os.environ, cpus.NAME: name, cpus.FEATURES: features},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "passed" in done.stdout
    assert "skipped" not in done.stdout
