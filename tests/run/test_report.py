"""`run`: which classes are swapped, and what the report contains."""

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from torch import nn

from adadelta_gen import Adadelta
from adadelta_gen.run import check, report
from adadelta_gen.run.main import BEYOND
from adadelta_gen.run.measure import measure
from adadelta_gen.run.watch import Record, Updated

PROGRAMS = Path(__file__).parent / "programs"
TORCH = Adadelta.__bases__[0]
CUDA = [pytest.mark.cuda, pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")]


def run(*arguments, status=0):
    """Run a program; return its output and the report."""
    process = subprocess.run(
        [sys.executable, "-m", "adadelta_gen", "run", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=PROGRAMS,
        env={key: value for key, value in os.environ.items() if key != "RANK"},
    )
    assert process.returncode == status, process.stderr
    return process.stdout, process.stderr


@pytest.mark.parametrize("device", ["cpu", pytest.param("cuda", marks=CUDA)])
def test_a_training_agrees_with_torch_and_each_step_is_checked(
    device, tmp_path, capsys, monkeypatch
):
    path = tmp_path / "new" / "report.json"
    options = ["--lr", "0.5", "--epochs", "2", "--device", device]
    printed, told = run("--check", "--compare", "--json", path, "train.py", *options)
    monkeypatch.setattr(sys, "argv", ["train.py", *options])
    threads = torch.get_num_threads()
    runpy.run_path(str(PROGRAMS / "train.py"), run_name="__main__")
    torch.set_num_threads(threads)
    for ours, theirs in zip(
        printed.splitlines(), capsys.readouterr().out.splitlines(), strict=True
    ):
        (_, loss, *lr), (_, right, *right_lr) = ours.split(), theirs.split()
        assert lr == right_lr
        assert float(loss) == pytest.approx(float(right), abs=0.01)  # one part is in bfloat16
    kernels = {f"adadelta_{device}_float32_min_nowd": 4, f"adadelta_{device}_bfloat16_min_wd": 2}
    found = json.loads(path.read_text(encoding="utf-8"))
    (optimizer,) = found["optimizers"]
    assert found["exit_status"] == 0
    assert optimizer["process"] == "MainProcess"
    assert optimizer["steps"] == optimizer["checked"] == 10
    assert {row["kernel"]: row["parameters"] for row in optimizer["updated"]} == kernels
    differences = {(d["parameter"], d["tensor"]): d for d in optimizer["differences"]}
    names = ["0.weight", "0.bias", "2.weight", "2.bias", "half.weight", "half.bias"]
    assert [*differences] == [
        (name, t) for name in names for t in ("param", "square_avg", "acc_delta")
    ]
    assert differences["half.bias", "param"]["limit"] == 1
    assert 0 < max(d["ulp"] for d in differences.values()) <= 26
    (timing,) = found["timings"]
    assert timing["ours"] > 0 < timing["theirs"]
    for text in (*kernels, "10 steps compared with torch's", "torch's", "ran train.py in"):
        assert text in told


def test_report_shows_what_torch_updates_when_the_program_raises():
    _, told = run("falls_back.py", status=1)
    assert "adadelta_cpu_float32_min_nowd" in told
    assert "in 1 of 3 steps" in told
    assert "in 2 of 3 steps: foreach=True (parameter 0 of group 0)" in told
    assert told.endswith("RuntimeError: out of data\n")
    assert "/run/main.py" not in told


def test_a_difference_beyond_the_limit_sets_the_exit_status():
    _, told = run("--check", "--no-compare", "small_eps.py", status=BEYOND)
    assert "BEYOND THE LIMIT: param of parameter 0 of group 0 (torch.float32)" in told


def test_processes_that_a_program_starts_are_swapped_and_reported(tmp_path):
    path = tmp_path / "report.json"
    printed, told = run("--json", path, "--no-compare", "processes.py")
    assert printed.split() == ["adadelta_gen.optimizer"]
    found = json.loads(path.read_text(encoding="utf-8"))["optimizers"]
    steps = sorted((row["process"], row["steps"]) for row in found)
    assert steps == [("SpawnProcess-1", 4), ("fork 3", 3), ("served", 2)]
    assert "1 optimizer in fork 3, 3 steps" in told


def test_subclasses_pickles_and_compiled_steps(tmp_path):
    param = nn.Parameter(torch.ones(3))
    param.grad = torch.ones(3)
    optimizer = TORCH([param])
    optimizer.step()
    torch.save(optimizer, tmp_path / "torchs.pt")
    path = tmp_path / "report.json"
    options = ("--check", "--no-compare", "--json", path)
    run(*options, "kinds.py", tmp_path / "torchs.pt")
    found = json.loads(path.read_text(encoding="utf-8"))["optimizers"]
    ours = "adadelta_gen.optimizer.Adadelta"
    assert [(row["kind"], row["steps"]) for row in found] == [
        (ours, 1),
        ("__main__.Own", 2),
        (ours, 2),
    ]
    for row in found:
        assert row["checked"] == row["steps"]
        assert [way["kernel"] for way in row["updated"]] == ["adadelta_cpu_float32_min_nowd"]


def stepped(dtype=torch.float32, grad=0.1, **options):
    """Return a parameter and its optimizer after three steps, and with a new grad."""
    param = nn.Parameter(torch.linspace(-1, 1, 33, dtype=dtype))
    optimizer = Adadelta([param], **options)
    for _ in range(4):
        optimizer.step()
        param.grad = torch.full_like(param, grad)
    return param, optimizer


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
@pytest.mark.parametrize("tensor", ["param", "square_avg", "acc_delta"])
def test_check_finds_a_change_that_is_not_from_the_step(dtype, tensor):
    param, optimizer = stepped(dtype)
    record = Record("Adadelta")
    beside = check.Beside(optimizer, TORCH, record)
    optimizer.step()
    beside.compare(optimizer, set())
    assert [d.tensor for d in record.differences if d.is_beyond()] == []
    beside = check.Beside(optimizer, TORCH, record)
    optimizer.step()
    changed = param.detach() if tensor == "param" else optimizer.state[param][tensor]
    changed[-1] += 64 * float(check._ulp(changed[-1:].abs()))
    beside.compare(optimizer, set())
    (beyond,) = [d for d in record.differences if d.is_beyond()]
    assert (beyond.tensor, beyond.parameter) == (tensor, "parameter 0 of group 0")
    assert 26 < beyond.ulp < 100


def test_check_does_not_change_the_optimizer():
    ours, optimizer = stepped(weight_decay=0.1, maximize=True)
    other, twin = stepped(weight_decay=0.1, maximize=True)
    beside = check.Beside(optimizer, TORCH, Record("Adadelta"))
    optimizer.step()
    beside.compare(optimizer, set())
    twin.step()
    assert torch.equal(ours, other)
    assert torch.equal(ours.grad, other.grad)
    for key, value in optimizer.state[ours].items():
        assert torch.equal(value, twin.state[other][key])


def test_a_nan_is_a_difference_unless_both_have_it():
    nan, one = torch.tensor([float("nan")]), torch.tensor([1.0])
    assert check._distance(nan, nan, None) == (0, 0)
    assert check._distance(nan, one, None) == (float("inf"), float("inf"))


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
def test_an_ulp_is_the_distance_to_the_next_number(dtype):
    about = torch.finfo(dtype)
    numbers = torch.tensor([1.0, 1.5, 3.0, about.max, about.smallest_normal, 0.0], dtype=dtype)
    below = torch.nextafter(numbers, torch.full_like(numbers, -float("inf")))
    distances = (numbers.double() - below.double()).abs()
    distances[0] *= 2  # below a power of two numbers are nearer
    assert torch.equal(check._ulp(numbers), distances)


def test_equal_optimizers_are_reported_together():
    def record(kernel, steps):
        return Record("Adadelta", steps, 2.0, 1.0, [Updated(kernel, "", 2, 30, "weight", steps)])

    processes = [
        ("rank 0", [record("a", 5), record("b", 5)]),
        ("rank 1", [record("a", 5), record("a", 6)]),
    ]
    together, *others = report.alike(processes)
    assert together.where == ("rank 0", "rank 1")
    assert (together.optimizers, together.record.seconds) == (2, 4.0)
    assert together.record.updated[0].elements == 60
    others_did = [(same.where, same.record.steps) for same in others]
    assert others_did == [(("rank 0",), 5), (("rank 1",), 6)]
    told = report.text("train.py", 10.0, True, processes, {})
    assert "2 optimizers in rank 0, rank 1, 5 steps each: the first took 1 s" in told


def test_what_torch_has_no_counterpart_of_is_neither_checked_nor_measured():
    why = "torch's Adadelta has no nonfinite"
    _, optimizer = stepped()
    record = Record("Adadelta", own_options=["nonfinite"])
    beside = check.Beside(optimizer, TORCH, record)
    optimizer.step()
    beside.compare(optimizer, set())
    assert (record.unchecked, record.checked) == (why, 0)
    assert measure(record, is_asked_for=True).why_not == why
    _, optimizer = stepped(differentiable=False)
    optimizer.param_groups[0]["differentiable"] = True
    assert check._why_not(optimizer, Record("Adadelta"))


def test_nothing_is_measured_without_shapes():
    assert measure(Record("Adadelta"), is_asked_for=True).why_not == (
        "the shapes of its tensors are unknown"
    )
