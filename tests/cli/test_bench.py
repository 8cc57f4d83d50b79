"""`bench` on a small case: what it measures and writes, not the speed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from adadelta_gen import registry
from adadelta_gen.bench import cases, disturbance, suite
from adadelta_gen.bench.cases import ADADELTA, CASES, COPY, CUDA_CASES, FOREACH, OURS, Case, chosen
from adadelta_gen.bench.memory import temporary_bytes
from adadelta_gen.bench.report import duration, size
from adadelta_gen.bench.resident import peak_growth_bytes
from adadelta_gen.bench.rivals import NAMES, parameters, rival
from adadelta_gen.bench.startup import seconds

TINY = Case("tiny", "tiny model", ((3, 5), (), (7,)), {ADADELTA: 0.0, FOREACH: 1e9})
HALVES = ["resnet50", "mlp", "cached"]  # with targets in 16 bits
NEVER_MEASURED = Case("never", "never measured", ((10**12,),))


@pytest.fixture(autouse=True)
def tiny(monkeypatch):
    monkeypatch.setattr(cases, "CASES", (TINY, NEVER_MEASURED))


@pytest.mark.parametrize(
    ("name", "tensors", "elements"),
    [
        ("gpt2", 148, 124_439_808),  # the counts that Hugging Face and torchvision publish
        ("resnet50", 161, 25_557_032),
        ("mlp", 6, 545_810),
        ("small", 1000, 64_000),
        ("gpt2-xl", 580, 1_557_611_200),
    ],
)
def test_cases_are_the_real_architectures(name, tensors, elements):
    case = {case.name: case for case in CUDA_CASES + CASES}[name]
    assert (len(case.shapes), case.elements) == (tensors, elements)


def test_default_choice_is_all_in_float32_and_some_in_half_precision():
    pairs = [(case.name, dtype) for case, dtype in chosen([], None, CASES)]
    assert pairs == [
        *((case.name, "float32") for case in CASES),
        *((name, half) for name in HALVES for half in ("bfloat16", "float16")),
    ]


def test_choice_by_dtype_and_name():
    assert [case.name for case, _ in chosen([], "float64", CASES)] == HALVES
    pairs = chosen(["mlp", "gpt2"], "float16", CASES)
    assert [(case.name, dtype) for case, dtype in pairs] == [
        ("gpt2", "float16"),
        ("mlp", "float16"),
    ]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64"])
def test_every_rival_steps(name, dtype):
    params = parameters(TINY, dtype)
    before = [param.detach().clone() for param in params]
    step = rival(name, params).step
    step()
    assert all(str(param.dtype) == f"torch.{dtype}" for param in params)
    assert not all(map(torch.equal, params, before))


def test_command_writes_table_figures_and_plot(invoke, tmp_path, monkeypatch):
    monkeypatch.setattr(disturbance.Watch, "cpus", lambda self: 0.0)
    output = tmp_path / "new" / "bench.json"
    result = invoke("bench", "--case", "tiny", "--steps-only", "--seconds", 0, "--output", output)
    assert result.exit_code == 0, result.output
    assert output.with_suffix(".png").read_bytes().startswith(b"\x89PNG")
    report = json.loads(output.read_text(encoding="utf-8"))
    assert report["environment"]["torch"] == torch.__version__
    assert report["environment"]["threads"] == torch.get_num_threads()
    (measured,) = report["results"]
    assert (measured["case"], measured["dtype"]) == ("tiny", "float32")
    assert (measured["tensors"], measured["elements"]) == (3, 23)
    timings = {timing["rival"]: timing for timing in measured["timings"]}
    assert timings.keys() == set(NAMES)
    for name, timing in timings.items():
        assert name in result.stdout
        assert timing["lower"] <= timing["seconds"] <= timing["upper"]
        assert timing["ratio"] == timing["seconds"] / timings[OURS]["seconds"]
    assert "0 met" in result.stdout
    assert "1e+09 missed" in result.stdout


def test_command_prints_the_figures_as_json(invoke, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    options = ("--case", "tiny", "--steps-only", "--seconds", 0, "--json")
    result = invoke("bench", *options)
    assert result.exit_code == 0, result.stderr
    assert [case["case"] for case in json.loads(result.stdout)["results"]] == ["tiny"]
    assert (tmp_path / "runs" / "bench.json").read_text(encoding="utf-8") == result.stdout
    assert "tiny model" in result.stderr
    assert invoke("bench", "--goals", tmp_path, "--json").exit_code == 2


def test_command_prints_costs_and_startup(invoke, tmp_path, monkeypatch):
    monkeypatch.setattr(suite, "OVERHEAD_SECONDS", 0.0)
    monkeypatch.setattr(suite, "peak_growth_bytes", lambda rival, case, dtype: len(rival) * 1000)
    monkeypatch.setattr(suite.startup, "seconds", lambda before, timed: 0.125)
    output = tmp_path / "bench.json"
    result = invoke("bench", "--case", "tiny", "--seconds", 0, "--output", output)
    assert result.exit_code == 0, result.output
    report = json.loads(output.read_text(encoding="utf-8"))
    assert report["overhead"].keys() == report["peak_growth"].keys() == set(NAMES)
    assert all(f"{len(name)} kB" in result.stdout for name in NAMES)
    assert result.stdout.count("125 ms") == len(suite.startup.PROGRAMS)


@pytest.mark.parametrize(
    ("option", "value", "near"), [("--case", "tin", "tiny"), ("--dtype", "float31", "float32")]
)
def test_unknown_choice_lists_near_ones(invoke, tmp_path, option, value, near):
    result = invoke("bench", option, value, "--output", tmp_path / "bench.json")
    assert result.exit_code == 2
    assert near in result.stderr
    assert not (tmp_path / "bench.json").exists()


def test_compiled_without_a_compiler_is_refused(invoke, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CXX", raising=False)
    result = invoke("bench", "--compiled", "--output", tmp_path / "bench.json")
    assert result.exit_code == 1
    assert "C++ compiler" in result.stderr


def test_temporary_bytes_is_the_peak_and_not_the_sum():
    def step():
        for _ in range(3):
            torch.ones(1000)
        two = torch.ones(500), torch.ones(500)
        del two

    assert temporary_bytes(step) == 4000


def test_peak_of_a_process_shows_the_temporaries():
    growth = peak_growth_bytes(FOREACH, "mlp", "float32")
    if growth is None:
        pytest.skip("this kernel does not reset VmHWM")
    # Two temporaries of the size of the parameters, 2.2 MB each, some of it in memory that the
    # process had freed before: 2.8 MB with torch 2.14 and Python 3.12.
    assert 2e6 < growth < 20e6


def test_startup_times_only_the_startup():
    busy = "while time.process_time() - begin < 0.05: pass"
    assert seconds("import time; begin = time.process_time()", busy, repeats=1) > 0.03
    assert seconds(f"import time; begin = time.process_time()\n{busy}", "pass", repeats=1) < 0.03


def test_failing_child_is_an_error():
    with pytest.raises(Exception, match="exit status 1"):
        seconds("", "raise SystemExit(1)", repeats=1)


@pytest.mark.parametrize(
    ("seconds", "text"), [(2.5, "2.5 s"), (0.0123, "12.3 ms"), (4.56e-5, "45.6 us"), (7e-9, "7 ns")]
)
def test_duration(seconds, text):
    assert duration(seconds) == text


@pytest.mark.parametrize(("count", "text"), [(0, "0 B"), (999, "999 B"), (4_370_000, "4.37 MB")])
def test_size(count, text):
    assert size(count) == text


@pytest.mark.parametrize(
    ("cpus", "threads", "others", "warned"),
    [(2, 2, 0.1, False), (2, 2, 1.0, True), (8, 2, 5.0, False), (8, 2, 7.0, True)],
)
def test_a_disturbed_measurement_is_reported(
    invoke, tmp_path, monkeypatch, cpus, threads, others, warned
):
    monkeypatch.setattr(disturbance.os, "cpu_count", lambda: cpus)
    monkeypatch.setattr(disturbance.torch, "get_num_threads", lambda: threads)
    monkeypatch.setattr(disturbance.Watch, "cpus", lambda self: others)
    output = tmp_path / "bench.json"
    result = invoke("bench", "--steps-only", "--case", "tiny", "--seconds", 0, "--output", output)
    assert json.loads(output.read_text(encoding="utf-8"))["results"][0]["disturbance"] == others
    assert ("tiny model, float32: unreliable" in result.stderr) == warned
    assert ("0 unknown" in result.stdout) == warned
    assert ("0 met" in result.stdout) != warned


SPIN = "import time\nwhile time.process_time() < 1: pass\nprint(flush=True)\ninput()"


@pytest.mark.skipif(not Path("/proc/stat").exists(), reason="nobody counts here")
def test_a_running_child_is_counted_as_another_program(tmp_path, monkeypatch):
    # As if nothing else ran from here on: this test ignores the use of other programs.
    counted = tmp_path / "stat"
    counted.write_text(Path("/proc/stat").read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(disturbance, "_STAT", counted)
    with subprocess.Popen(
        [sys.executable, "-c", SPIN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        child.stdout.readline()
        with_child = disturbance.others_seconds()
        child.communicate("\n")
    # Now that it is finished it counts as ours, so the sum falls by what it used.
    assert with_child - disturbance.others_seconds() > 0.3


def test_an_unavailable_device_is_refused(invoke, monkeypatch):
    monkeypatch.setattr(registry.target("cuda"), "unavailable", lambda: "no driver")
    result = invoke("bench", "--device", "cuda")
    assert result.exit_code == 1
    assert "--device cuda: no driver" in result.stderr
    result = invoke("bench", "--device", "cdua")
    assert result.exit_code == 2
    assert "unknown device 'cdua'; did you mean: cuda" in result.stderr


def test_a_copy_moves_as_many_bytes_as_a_step():
    params = parameters(TINY, "float32")
    moved = []
    copy = rival(COPY, params).step
    for tensor in copy.__closure__:
        moved.append(tensor.cell_contents.nbytes)
    assert moved == [sum(p.nbytes for p in params) * 7 // 2] * 2
