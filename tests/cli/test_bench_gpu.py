"""`bench --case bandwidth` and `--case launches`, with the CPU in place of the GPU."""

import json
import time

import pytest
import torch

from adadelta_gen import Adadelta, registry
from adadelta_gen.bench import bandwidth, launches
from adadelta_gen.bench.bandwidth import BIAS, WEIGHT, bytes_an_element, optimizer_of, sizes
from adadelta_gen.bench.cases import FOREACH, FUSED_ADAM, OURS
from adadelta_gen.spec import KernelSpec, specs_of


@pytest.fixture
def on_cpu(monkeypatch):
    """Let the command find a GPU, and the CPU do its work: on the GPU a step takes 3 ms."""

    def host_seconds(step, repeats):
        start = time.perf_counter()
        for _ in range(repeats):
            step()
        return (time.perf_counter() - start) / repeats

    def gpu_seconds(step, repeats, host):
        assert host > 0
        host_seconds(step, repeats)
        return 1e-3 if step.__name__ == "copy" else 3e-3

    for module in (bandwidth, launches):
        monkeypatch.setattr(module, "host_seconds", host_seconds)
        monkeypatch.setattr(module, "gpu_seconds", gpu_seconds)
        monkeypatch.setattr(module, "ROUNDS", 3)
    monkeypatch.setattr(registry.target("cuda"), "unavailable", lambda: "")


@pytest.mark.parametrize(
    ("spec", "count"),
    [
        (KernelSpec("cuda", "float32"), 28),
        (KernelSpec("cuda", "float64", True, True), 56),
        (KernelSpec("cuda", "bfloat16"), 14),
        (KernelSpec("cuda", "bfloat16", state_dtype="float32", dithered=True), 22),
    ],
)
def test_bytes_an_element(spec, count):
    """Param, square_avg and acc_delta are read and written, grad is read."""
    assert bytes_an_element(spec) == count


@pytest.mark.parametrize("elements", [1, BIAS, WEIGHT, WEIGHT + BIAS, 1 << 26])
def test_sizes_add_up(elements):
    assert sum(sizes(elements)) == elements
    assert min(sizes(elements)) > 0


def test_a_large_job_has_large_and_small_tensors():
    assert sizes(bandwidth.ELEMENTS)[:2] == [WEIGHT, BIAS]
    assert len(sizes(bandwidth.ELEMENTS)) == 31


@pytest.mark.parametrize("spec", specs_of("cpu"), ids=lambda spec: spec.name)
def test_each_kernel_is_the_one_that_is_measured(spec):
    optimizer = optimizer_of(spec, 100)
    assert {row.kernel for row in optimizer.explain()} == {spec.name}


def test_another_kernel_is_not_measured(monkeypatch):
    monkeypatch.setattr(
        bandwidth, "Adadelta", lambda params, maximize, **options: Adadelta(params, **options)
    )
    with pytest.raises(RuntimeError, match="should be updated by adadelta_cpu_float32_max_nowd"):
        optimizer_of(KernelSpec("cpu", "float32", maximize=True), 100)


def test_bandwidth(invoke, tmp_path, monkeypatch, on_cpu):
    run, specs = bandwidth.run, specs_of("cpu")[::9]
    monkeypatch.setattr(bandwidth, "run", lambda announce, elements: run(announce, elements, specs))
    output = tmp_path / "bandwidth.json"
    arguments = ("--case", "bandwidth", "--device", "cuda", "--elements", 5000)
    result = invoke("bench", *arguments, "--output", output)
    assert result.exit_code == 0, result.output
    report = json.loads(output.read_text(encoding="utf-8"))
    assert report["environment"]["torch"] == torch.__version__
    assert [timing["kernel"] for timing in report["timings"]] == [spec.name for spec in specs]
    for spec, timing in zip(specs, report["timings"], strict=True):
        assert timing["elements"] == 5000
        assert timing["seconds"] == timing["lower"] == timing["upper"] == 3e-3
        assert (timing["copy_seconds"], timing["share"]) == (1e-3, pytest.approx(1 / 3))
        assert timing["bandwidth"] == pytest.approx(5000 * bytes_an_element(spec) / 3e-3)
        assert spec.name in result.stdout
    assert "0.333" in result.stdout
    assert output.with_suffix(".png").read_bytes().startswith(b"\x89PNG")


def test_launches(invoke, tmp_path, monkeypatch, on_cpu):
    run = launches.run
    monkeypatch.setattr(launches, "run", lambda announce: run(announce, "cpu"))
    monkeypatch.setattr(launches, "SIZES", ((1, 1), (5, 64)))
    output = tmp_path / "launches.json"
    result = invoke("bench", "--case", "launches", "--device", "cuda", "--output", output)
    assert result.exit_code == 0, result.output
    timings = json.loads(output.read_text(encoding="utf-8"))["timings"]
    rivals = [OURS, FOREACH, FUSED_ADAM]
    assert [t["rival"] for t in timings] == [*rivals, launches.ZERO, *rivals]
    assert [t["tensors"] for t in timings] == [1, 1, 1, 1, 5, 5, 5]
    for timing in timings:
        (ours,) = (t for t in timings if (t["rival"], t["tensors"]) == (OURS, timing["tensors"]))
        assert timing["ratio"] == timing["host_seconds"] / ours["host_seconds"]
        assert timing["gpu_seconds"] == 3e-3
        assert timing["rival"] in result.stdout
    assert output.with_suffix(".png").read_bytes().startswith(b"\x89PNG")


def test_few_steps_of_many_tensors_fit_the_queue():
    assert [launches.repeats_of(n) for n, _ in launches.SIZES] == [30, 30, 3]


@pytest.mark.parametrize("case", ["bandwidth", "launches"])
def test_without_a_gpu(invoke, monkeypatch, case):
    result = invoke("bench", "--case", case)
    assert result.exit_code == 2
    assert result.stderr == f"error: the case {case} requires --device cuda\n"
    monkeypatch.setattr(registry.target("cuda"), "unavailable", lambda: "no driver")
    result = invoke("bench", "--case", case, "--device", "cuda")
    assert (result.exit_code, result.stderr) == (1, "error: --device cuda: no driver\n")


def test_elements_require_the_case_bandwidth(invoke):
    result = invoke("bench", "--case", "mlp", "--elements", 5)
    assert result.exit_code == 2
    assert result.stderr == "error: --elements requires --case bandwidth\n"
