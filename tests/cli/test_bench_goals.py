"""`bench --goals`: the goals, and whether the figures meet them."""

from dataclasses import replace

import pytest

from adadelta_gen.bench import cases, goals, limit, suite
from adadelta_gen.bench.cases import CASES, FUSED_ADAM, OURS, Case
from adadelta_gen.bench.measure import Result, Timing
from adadelta_gen.paths import PACKAGE

DOCS = PACKAGE.parent / "docs"
FLOAT32 = "adadelta_cpu_float32_min_nowd"
SHARE = limit.Timing(FLOAT32, 10**7, 1, 2, 28, 2e-10, 1e-10, 0.95, 0.9, 1.0, 0.0)


@pytest.mark.parametrize(
    ("kernel", "elements", "threads", "least"),
    [
        (FLOAT32, 10**4, 1, 0.6),
        (FLOAT32, 10**5, 1, None),
        ("adadelta_cpu_float32_min_nowd_bfloat16state_dithered", 10**4, 1, None),
        (FLOAT32, 10**7, 1, None),
        (FLOAT32, 10**6, 2, None),
        (FLOAT32, 10**7, 2, 0.95),
        (FLOAT32, 10**8, 8, 0.95),
        ("adadelta_cpu_bfloat16_min_nowd", 10**8, 2, 0.88),
        ("adadelta_cpu_float16_max_wd_float32state", 10**8, 2, 0.88),
        ("adadelta_cpu_bfloat16_min_nowd", 10**4, 1, None),
        ("adadelta_cpu_float64_min_nowd", 10**8, 2, None),
        ("adadelta_cpu_gone", 10**8, 2, None),
    ],
)
def test_shares_of_the_bare_loop(kernel, elements, threads, least):
    timing = replace(SHARE, kernel=kernel, elements=elements, threads=threads)
    assert goals.least_share(timing) == least
    assert goals.least_share(replace(timing, tensors=10)) is None


def test_a_fused_adam_is_beside_every_case():
    for case, dtype in cases.chosen([], None, CASES):
        least = case.target(dtype, FUSED_ADAM)
        arrays = 7 * case.elements * {"float32": 4}.get(dtype, 2)
        assert least >= (1.5 if dtype != "float32" else 1.3 if arrays < 2**24 else 1)


@pytest.mark.parametrize(
    ("share", "others", "word"),
    [
        (0.95, 0.0, "met"),
        (0.94, 0.0, "missed"),
        (0.95, 2.0, "met"),  # two of four CPUs are enough for two threads
        (0.95, 2.5, "unknown"),
        (0.1, 2.5, "unknown"),
    ],
)
def test_verdicts_beside_the_bare_loop(share, others, word):
    machine = {"cpus": 4, "threads": 4}
    report = limit.Report(machine, 0.0, (replace(SHARE, share=share, disturbance=others),))
    (goal,) = goals.of_kernels(report)
    assert (goal.least, goal.measured, goal.verdict) == (0.95, share, word)
    assert goal.what == f"{FLOAT32}, 10,000,000 elements, 2 threads"


def measured(ratio, others=0.0):
    timings = [(OURS, 1.0), (FUSED_ADAM, ratio)]
    rows = tuple(Timing(name, r, r, r, r, None, 0, 0.0) for name, r in timings)
    result = Result("tiny", "tiny model", "float32", 1, 5, 5, others, rows)
    machine = {"torch": "2", "cpus": 4, "threads": 2}
    return suite.Report("cpu", machine, (result,), {OURS: 1.0}, {OURS: None}, {})


@pytest.mark.parametrize(
    ("report", "value", "word"),
    [
        (measured(1.3), 1.3, "met"),
        (measured(1.2), 1.2, "missed"),
        (measured(1.3, 2.0), 1.3, "met"),
        (measured(1.3, 2.5), 1.3, "unknown"),
        (replace(measured(1.3), results=()), None, "not measured"),
    ],
)
def test_verdicts_beside_torch(monkeypatch, report, value, word):
    tiny = Case("tiny", "tiny model", ((5,),), {FUSED_ADAM: 1.3})
    monkeypatch.setattr(goals, "CASES", (tiny,))
    (goal,) = goals.of_steps(report)
    assert (goal.what, goal.beside) == ("tiny model, float32", FUSED_ADAM)
    assert (goal.measured, goal.verdict) == (value, word)


def test_a_report_is_read_as_it_was_written(tmp_path):
    report = measured(1.3)
    report.write(tmp_path / "cpu.json")
    assert suite.Report.read(tmp_path / "cpu.json") == report


def test_command_prints_all_goals(invoke, tmp_path, monkeypatch):
    limit.Report({}, 0.0, (SHARE,)).write(tmp_path / "limit.json")
    monkeypatch.setattr(goals, "CASES", (Case("tiny", "tiny model", ((5,),), {FUSED_ADAM: 1.3}),))
    measured(1.2345).write(tmp_path / "cpu.json")
    result = invoke("bench", "--goals", tmp_path)
    assert result.exit_code == 0, result.output
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in result.stdout.split("\n")]
    assert [
        f"{FLOAT32}, 10,000,000 elements, 2 threads",
        "bare loop",
        "0.95",
        "0.950",
        "met",
    ] in rows
    assert ["tiny model, float32", FUSED_ADAM, "1.3", "1.234", "missed"] in rows


@pytest.mark.parametrize("broken", ["limit.json", "cpu.json"])
def test_an_unreadable_file_is_named(invoke, tmp_path, broken):
    limit.Report({}, 0.0, ()).write(tmp_path / "limit.json")
    measured(1.0).write(tmp_path / "cpu.json")
    (tmp_path / broken).write_text("{}", encoding="utf-8")
    result = invoke("bench", "--goals", tmp_path)
    assert result.exit_code == 1
    assert f"error: {tmp_path / broken} is not a report" in result.stderr


def test_goals_measure_nothing(invoke, tmp_path):
    result = invoke("bench", "--goals", tmp_path, "--kernels")
    assert result.exit_code == 2
    assert "--goals measures nothing" in result.stderr


@pytest.mark.skipif(not DOCS.exists(), reason="needs a checkout")
def test_the_docs_agree_with_the_figures(invoke):
    result = invoke("bench", "--goals", DOCS / "benchmarks")
    assert result.exit_code == 0, result.output
    table = [line for line in result.stdout.splitlines() if line.startswith("|")]
    page = (DOCS / "speed.md").read_text(encoding="utf-8")
    now = "the table that `adadelta-gen bench --goals docs/benchmarks` prints"
    assert "\n".join(table) in page, f"docs/speed.md has not {now}"
