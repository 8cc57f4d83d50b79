"""`bench --rivals`: Adadelta of other packages that are installed."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest
import torch

from adadelta_gen.bench import cases, installed, measure
from adadelta_gen.bench.cases import OPTAX, PYTORCH_OPTIMIZER, Case
from adadelta_gen.bench.rivals import NAMES, Rival, parameters

TINY = Case("tiny", "tiny model", ((3, 5), (), (7,)))
SHARDED = Case("sharded", "shards", ((3, 5),), sharded=True)


@pytest.fixture(autouse=True)
def tiny(monkeypatch):
    monkeypatch.setattr(cases, "CASES", (TINY, SHARDED))


def lack(monkeypatch, *modules):
    monkeypatch.setattr(
        installed, "find_spec", lambda module: None if module in modules else object()
    )


@pytest.mark.parametrize(
    ("case", "dtype", "lacking", "names"),
    [
        (TINY, "float32", (), [OPTAX, PYTORCH_OPTIMIZER]),
        (TINY, "bfloat16", (), [PYTORCH_OPTIMIZER]),
        (SHARDED, "float32", (), [PYTORCH_OPTIMIZER]),
        (TINY, "float32", ("jaxlib",), [PYTORCH_OPTIMIZER]),
        (TINY, "float32", ("pytorch_optimizer",), [OPTAX]),
    ],
)
def test_which_packages_can_step_a_case(monkeypatch, case, dtype, lacking, names):
    lack(monkeypatch, *lacking)
    assert list(installed.fitting(case, dtype)) == names


def test_missing_packages_are_named(invoke, tmp_path, monkeypatch):
    lack(monkeypatch, "jax", "optax", "pytorch_optimizer")
    output = tmp_path / "bench.json"
    options = ("--rivals", "--steps-only", "--case", "tiny", "--seconds", 0, "--output", output)
    result = invoke("bench", *options)
    assert result.exit_code == 0, result.output
    install = "not installed: pip install 'adadelta-gen[rivals]'"
    assert f"left out: {OPTAX}, jax, optax {install}" in result.stdout
    assert f"left out: {PYTORCH_OPTIMIZER}, pytorch_optimizer {install}" in result.stdout
    (measured,) = json.loads(output.read_text(encoding="utf-8"))["results"]
    assert [timing["rival"] for timing in measured["timings"]] == list(NAMES)


@pytest.mark.parametrize(
    "options",
    [
        ("--ranks", 2),
        ("--device", "cuda"),
        ("--case", "limit"),
        ("--case", "iterations"),
        ("--kernels",),
    ],
)
def test_incompatible_options_are_refused(invoke, options):
    result = invoke("bench", "--rivals", *options)
    assert result.exit_code == 2
    assert "--rivals measures only steps on the CPU" in result.stderr


def test_the_clock_stops_when_the_steps_are_done():
    calls = []
    rival = Rival("x", lambda: calls.append("step"), lambda: calls.append("finish"), 0.0)
    assert measure._seconds(rival, 2) > 0
    assert calls == ["step", "step", "finish"]


def needs(name):
    missing = installed.missing(name)
    return pytest.mark.skipif(bool(missing), reason=f"needs {', '.join(missing)}")


def expected(steps):
    params = parameters(TINY, "float32")
    optimizer = torch.optim.Adadelta(params)
    for _ in range(steps):
        optimizer.step()
    return [param.detach().numpy() for param in params]


def run(program, *arguments):
    """Run a program with JAX in another process, because JAX has threads and this one forks."""
    command = [sys.executable, "-W", "error", "-c", program, *map(str, arguments)]
    environment = {k: v for k, v in os.environ.items() if k != "PJRT_NPROC"}
    subprocess.run(command, env=environment, check=True)


OF_OPTAX = """\
import os, sys
import numpy as np
import torch
from adadelta_gen.bench import rivals
from adadelta_gen.bench.cases import OPTAX, Case
torch.set_num_threads(1)
params = rivals.parameters(Case("tiny", "", ((3, 5), (), (7,))), "float32")
before = [param.detach().clone() for param in params]
rival = rivals.rival(OPTAX, params)
jitted = rival.step.__self__
for _ in range(4):
    donated = jitted.params
    rival.step()
    assert all(array.is_deleted() for array in donated)
rival.finish()
assert all(map(torch.equal, params, before))
assert os.environ["PJRT_NPROC"] == "1"
assert all(device.platform == "cpu" for array in jitted.params for device in array.devices())
np.savez(sys.argv[1], *jitted.params)
"""


@needs(OPTAX)
def test_optax_computes_the_same_on_donated_arrays(tmp_path):
    run(OF_OPTAX, tmp_path / "params.npz")
    with np.load(tmp_path / "params.npz") as found:
        for ours, theirs in zip(expected(5), found.values(), strict=True):
            # 2.4e-7 on 15,000 elements of size 1: XLA multiplies with an approximate rsqrt.
            np.testing.assert_allclose(theirs, ours, rtol=0, atol=1e-6)


@needs(PYTORCH_OPTIMIZER)
def test_pytorch_optimizer_computes_the_same():
    params = parameters(TINY, "float32")
    optimizer = installed.pytorch_optimizer(params)
    for _ in range(5):
        optimizer.step()
    for param, value in zip(params, expected(5), strict=True):
        np.testing.assert_array_equal(param.detach().numpy(), value)


MEASURED = """\
import sys
from adadelta_gen.bench import cases
from adadelta_gen.__main__ import main
cases.CASES = (cases.Case("tiny", "tiny model", ((3, 5), (), (7,))),)
main()
"""


@needs(OPTAX)
@needs(PYTORCH_OPTIMIZER)
def test_command_measures_what_is_installed(tmp_path):
    output = tmp_path / "bench.json"
    options = ("--rivals", "--steps-only", "--case", "tiny", "--seconds", 0, "--output", output)
    run(MEASURED, "bench", *options)
    report = json.loads(output.read_text(encoding="utf-8"))
    (measured,) = report["results"]
    timings = {timing["rival"]: timing for timing in measured["timings"]}
    assert list(timings) == [*NAMES, OPTAX, PYTORCH_OPTIMIZER]
    assert timings[OPTAX]["temporary_bytes"] is None
    assert timings[PYTORCH_OPTIMIZER]["temporary_bytes"] > 0
    assert {"jax", "jaxlib", "optax", "pytorch_optimizer"} <= report["environment"].keys()
