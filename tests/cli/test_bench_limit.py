"""`bench --case limit`, `--kernels`, `--check`: what is measured and compared; not the speed."""

import json
from dataclasses import asdict, replace

import pytest
import torch

from adadelta_gen.bench import check, disturbance, limit
from adadelta_gen.bench.bandwidth import bytes_an_element
from adadelta_gen.bench.jobs import Job
from adadelta_gen.bench.limit import Case, Report, Timing
from adadelta_gen.cpu.launch import CHUNK
from adadelta_gen.formats import FORMATS
from adadelta_gen.generate.toolchain import missing
from adadelta_gen.spec import KernelSpec, specs_of

needs_numba = pytest.mark.skipif(bool(missing("ll")), reason=f"needs {missing('ll')}")
SPECS = [spec for spec in specs_of("cpu") if not (spec.maximize or spec.weight_decay)]
FLOAT32 = KernelSpec("cpu", "float32")
INTEGERS = {2: torch.int16, 4: torch.int32, 8: torch.int64}
TIMING = Timing(FLOAT32.name, 10**4, 1, 1, 28, 2e-10, 1e-10, 0.5, 0.49, 0.51, 0.0)


def name(spec):
    return spec.name


@pytest.mark.parametrize(
    ("spec", "count"), list(zip(SPECS, (14, 22, 14, 22, 14, 22, 14, 28, 20, 56), strict=True))
)
def test_bytes_an_element(spec, count):
    assert bytes_an_element(spec) == count


def words(tensor):
    return tensor.contiguous().view(INTEGERS[tensor.itemsize])


@needs_numba
@pytest.mark.parametrize("n", [0, 1, 31, 1000, CHUNK + 3])
@pytest.mark.parametrize("spec", SPECS, ids=name)
def test_the_bare_loop_reads_four_arrays_and_writes_three(spec, n):
    job = Job(spec, n, tensors=2)
    param, grad, square_avg, acc_delta = (words(tensor) for tensor in job.tensors)
    _, function = limit.functions(spec)
    job.run(function)
    widened = grad.to(square_avg.dtype)
    expected = param ^ grad, grad, square_avg ^ widened, acc_delta ^ widened
    for tensor, value in zip(job.tensors, expected, strict=True):
        assert torch.equal(words(tensor), value)
    job.run(function)
    before = param, grad, square_avg, acc_delta
    for tensor, value in zip(job.tensors, before, strict=True):
        assert torch.equal(words(tensor), value)


@needs_numba
def test_an_odd_number_of_passes_is_one():
    job, once = Job(FLOAT32, 100), Job(FLOAT32, 100)
    _, function = limit.functions(FLOAT32)
    job.set_passes(3)
    job.run(function)
    once.run(function)
    assert torch.equal(words(job.tensors[0]), words(once.tensors[0]))


@needs_numba
@pytest.mark.parametrize("which", [0, 1], ids=["kernel", "bare loop"])
def test_several_threads_compute_the_same_as_one(which):
    function = limit.functions(FLOAT32)[which]
    one, several = Job(FLOAT32, 5 * CHUNK + 1), Job(FLOAT32, 5 * CHUNK + 1)
    one.run(function)
    several.run(function, max(2, torch.get_num_threads()))
    for a, b in zip(one.tensors, several.tensors, strict=True):
        assert torch.equal(words(a), words(b))


def test_cases(monkeypatch):
    monkeypatch.setattr(torch, "get_num_threads", lambda: 4)
    cases = list(limit.cases())
    assert len(cases) == len(set(cases))
    formats = {(c.spec.dtype, c.spec.state_dtype, c.spec.dithered) for c in cases}
    assert formats == {(f.dtype, f.state_dtype, f.dithered) for f in FORMATS}
    own = [case[1:] for case in cases if case.spec == SPECS[0]]
    sizes = limit.SIZES
    assert [c for c in own if c[2] == 1] == [(n, 1, 1) for n in sizes]
    assert [c for c in own if c[2] == 4] == [(n, 1, 4) for n in sizes if n > 1 << 15]
    assert (sizes[0], sizes[-1]) == (10**3, 10**8)
    assert {case.tensors for case in cases if case.spec == FLOAT32} == {1, *limit.TENSORS}


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(limit, "ROUND_SECONDS", 0.0)
    monkeypatch.setattr(limit, "MEASURE_SECONDS", 0.0)
    monkeypatch.setattr(check, "SECONDS", 0.0)
    monkeypatch.setattr(disturbance.Watch, "cpus", lambda self: 0.0)


@needs_numba
def test_command_writes_table_figures_and_picture(invoke, tmp_path, monkeypatch, quick):
    chosen = [Case(FLOAT32, 10_000), Case(FLOAT32, 40_000, 4), Case(SPECS[-1], 1000)]
    chosen += [Case(FLOAT32, 40_000, 1, torch.get_num_threads()), Case(FLOAT32, 10**15)]
    monkeypatch.setattr(limit, "cases", lambda: chosen)
    output = tmp_path / "new" / "limit.json"
    result = invoke("bench", "--case", "limit", "--output", output)
    assert result.exit_code == 0, result.output
    report = json.loads(output.read_text(encoding="utf-8"))
    assert report["environment"]["code"].split()[0]
    measured = [(t["kernel"], t["elements"], t["tensors"], t["threads"]) for t in report["timings"]]
    assert measured == [(case.spec.name, *case[1:]) for case in chosen[:-1]]
    for timing in report["timings"]:
        assert min(timing["seconds"], timing["bare_seconds"]) > 0
        assert 0 < timing["lower"] <= timing["share"] <= timing["upper"]
        assert f"{timing['share']:.3f}" in result.stdout
    assert "0.6 m" in result.stdout  # the goal in cache: met or missed
    assert [t["bytes_an_element"] for t in report["timings"]] == [28, 28, 56, 28]
    (skipped,) = report["skipped"]
    assert f"{FLOAT32.name}, 1,000,000,000,000,000 elements: 1.6e+07 GB" in skipped
    assert f"left out: {skipped}" in result.stdout
    assert output.with_suffix(".png").read_bytes().startswith(b"\x89PNG")
    assert Report.read(output).timings == tuple(Timing(**t) for t in report["timings"])


@needs_numba
def test_every_kernel_is_measured(invoke, tmp_path, monkeypatch, quick):
    monkeypatch.setattr(limit, "KERNEL_SIZES", (100, 200))
    monkeypatch.setattr(limit, "timing", timing)
    output = tmp_path / "kernels.json"
    result = invoke("bench", "--kernels", "--output", output)
    assert result.exit_code == 0, result.output
    measured = [(t.kernel, t.elements, t.threads) for t in Report.read(output).timings]
    assert measured == [(spec.name, n, 1) for spec in specs_of("cpu") for n in (100, 200)]
    assert all(spec.name in result.stdout for spec in specs_of("cpu"))


def timing(case, job, seconds):
    assert job.tensors[0].numel() == case.elements
    return replace(TIMING, kernel=case.spec.name, elements=case.elements)


def test_bandwidths():
    assert TIMING.bandwidth == pytest.approx(140e9)
    assert TIMING.bare_bandwidth == pytest.approx(280e9)


@pytest.mark.parametrize(
    ("shares", "verdict", "best"),
    [
        ((0.5,), check.HELD, 0.5),
        ((0.43,), check.HELD, 0.43),
        ((0.9,), check.HELD, 0.9),
        ((0.4, 0.45), check.HELD, 0.45),
        ((0.1, 0.4, 0.5), check.HELD, 0.5),
        ((0.4, 0.42, 0.41), check.LOST, 0.42),
    ],
)
def test_a_slower_kernel_is_measured_again(monkeypatch, shares, verdict, best):
    left = list(shares)
    monkeypatch.setattr(check, "again", lambda t, seconds: replace(t, share=left.pop(0)))
    (found,) = check.compare([TIMING], lambda what: None)
    assert (found.verdict, found.now.share, left) == (verdict, best, [])
    assert found.change == pytest.approx(best / 0.5 - 1)


@pytest.mark.parametrize(
    ("threads", "then", "now", "verdict"),
    [
        (2, 0.0, 0.0, check.LOST),
        (2, 9.0, 0.0, check.UNKNOWN),
        (2, 0.0, 9.0, check.UNKNOWN),
        (1, 9.0, 9.0, check.LOST),
    ],
)
def test_disturbed_threads_have_no_verdict(monkeypatch, threads, then, now, verdict):
    committed = replace(TIMING, threads=threads, disturbance=then)
    measured = replace(committed, share=0.1, disturbance=now)
    monkeypatch.setattr(check, "again", lambda timing, seconds: measured)
    (found,) = check.compare([committed], lambda what: None)
    assert found.verdict == verdict


def test_what_is_compared():
    timings = [
        TIMING,
        replace(TIMING, elements=6 * 10**7),
        replace(TIMING, tensors=10),
        replace(TIMING, kernel="adadelta_cpu_gone"),
        replace(TIMING, threads=4),
        replace(TIMING, threads=8),
    ]
    chosen = check.chosen(Report({}, 0.0, tuple(timings)), 8)
    assert chosen == [TIMING, timings[-1]]


@pytest.fixture
def committed(tmp_path):
    """Return a function that writes a report of this machine, or of another."""

    def write(share, **other):
        timing = replace(TIMING, elements=1000, share=share)
        path = tmp_path / f"{share}.json"
        Report(limit.describe() | other, 0.0, (timing,)).write(path)
        return path

    return write


@needs_numba
def test_check_passes_without_a_change(invoke, committed, quick):
    path = committed(1e-6)
    result = invoke("bench", "--check", path)
    assert result.exit_code == 0, result.output
    assert check.HELD in result.stdout
    assert check.machine(limit.describe()) in result.stdout.replace("\n", "")


@needs_numba
def test_check_names_slower_kernels(invoke, committed, quick):
    result = invoke("bench", "--check", committed(1e-6), "--check", committed(1e6))
    assert result.exit_code == 1
    assert f"slower: {FLOAT32.name}, 1,000 elements, 1 thread" in result.stderr
    assert "was 1000000.000" in result.stderr
    assert "error: 1 more than 15 % slower, relative to the bare loop" in result.stderr


@needs_numba
@pytest.mark.parametrize("key", ["cpu", "code"])
def test_another_cpu_is_reported_and_does_not_fail(invoke, committed, monkeypatch, key):
    monkeypatch.setattr(check, "again", None)
    result = invoke("bench", "--check", committed(1e6, **{key: "another"}))
    assert result.exit_code == 0, result.output
    assert "not compared: they are of " in result.stdout
    assert "another" in result.stdout


@needs_numba
@pytest.mark.parametrize("text", ["{", "[]", "{}", json.dumps({"timings": [{}], "skipped": []})])
def test_check_of_another_file(invoke, tmp_path, text):
    path = tmp_path / "other.json"
    path.write_text(text, encoding="utf-8")
    result = invoke("bench", "--check", path)
    assert result.exit_code == 1
    assert f"error: {path} is not a report of bench --case limit" in result.stderr


def test_a_report_is_read_as_it_was_written(tmp_path):
    report = Report({"cpu": "x", "cpus": 2}, 0.5, (TIMING, replace(TIMING, threads=2)), ("that",))
    report.write(tmp_path / "limit.json")
    assert Report.read(tmp_path / "limit.json") == report
    fields = json.loads((tmp_path / "limit.json").read_text(encoding="utf-8"))
    assert fields["timings"][0] == asdict(TIMING)


@pytest.mark.parametrize(
    "options",
    [
        ("--kernels", "--case", "mlp"),
        ("--kernels", "--device", "cpu", "--ranks", 2),
        ("--kernels", "--check", __file__),
        ("--check", __file__, "--case", "limit"),
    ],
)
def test_incompatible_options_are_refused(invoke, options):
    result = invoke("bench", *options)
    assert result.exit_code == 2
    assert "--kernels and --check measure only CPU kernels" in result.stderr
