"""`make gpu`: time limits, written files, and the message without a GPU."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import on_gpu
import pytest
from on_gpu import Part
from test_driver import REASONS

PRINTS = [sys.executable, "-c", "print('first'); print('last')"]
FAILS = [sys.executable, "-c", "print('why'); raise SystemExit(3)"]
# A shell starts at once on a busy machine, too, and sleeps for longer than pytest waits for a test.
SLEEPS = ["sh", "-c", "echo asleep; exec sleep 1000"]
# A child of it has the pipe too: ended alone, it would leave the reader waiting.
HAS_A_CHILD = [
    *("sh", "-c"),
    "sleep 1000 & echo $!; wait",
]
CHECKED = "import json; print('a warning'); print(json.dumps({'gpu': 'a GPU'}))"


def outcomes(path):
    return {part["name"]: part["outcome"] for part in json.loads(path.read_text())["parts"]}


def test_parts_pass_fail_and_are_skipped(tmp_path, capsys):
    path = tmp_path / "new" / "gpu.json"
    parts = [
        Part("good", 200, PRINTS),
        Part("bad", 200, FAILS),
        Part("absent", 200, ["no-such-program"], skip="no such program"),
        Part("after", 200, PRINTS),
    ]
    assert not on_gpu.run_all(parts, {"environment": {"gpu": "a GPU"}}, path)
    report = json.loads(path.read_text())
    assert report["environment"] == {"gpu": "a GPU"}
    good, bad, absent, after = report["parts"]
    assert (good["outcome"], good["output"], good["limit_seconds"]) == ("passed", ["last"], 200)
    assert good["command"] == "python -c " + shlex.quote(PRINTS[2])
    assert good["seconds"] < 200
    assert (bad["outcome"], bad["output"]) == ("failed", ["why"])
    assert (absent["outcome"], absent["why"]) == ("skipped", "no such program")
    assert after["outcome"] == "passed"
    assert [file.name for file in path.parent.iterdir()] == ["gpu.json"]
    assert "first\nlast\n== good: passed\n" in capsys.readouterr().out


def test_skipped_parts_are_not_failures(tmp_path):
    parts = [Part("good", 200, PRINTS), Part("absent", 200, [], skip="no such program")]
    assert on_gpu.run_all(parts, {}, tmp_path / "gpu.json")


def test_a_part_is_ended_at_its_limit(tmp_path):
    path = tmp_path / "gpu.json"
    assert not on_gpu.run_all([Part("slow", 5, SLEEPS), Part("good", 200, PRINTS)], {}, path)
    assert outcomes(path) == {"slow": "timed out", "good": "passed"}
    assert json.loads(path.read_text())["parts"][0]["output"] == ["asleep"]


def test_all_parts_together_are_ended_at_the_limit(tmp_path):
    path = tmp_path / "gpu.json"
    parts = [Part("slow", 400, SLEEPS), Part("late", 400, PRINTS)]
    assert not on_gpu.run_all(parts, {}, path, seconds=2)
    assert outcomes(path) == {"slow": "timed out", "late": "no time left"}


def is_running(pid):
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_the_children_of_a_part_end_with_it():
    result = on_gpu.run(Part("family", 5, HAS_A_CHILD), 5)
    assert result["outcome"] == "timed out"
    (pid,) = result["output"]
    until = time.monotonic() + 60
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_running(pid)


@pytest.mark.parametrize(
    ("shows", "outcome", "output"),
    [
        ((" passed",), "passed", ["3 passed, 1 skipped"]),
        ((" passed", "0 errors"), "passed", ["3 passed, 1 skipped", "ERROR SUMMARY: 0 errors"]),
        (
            (" passed", "1 test"),
            "failed",
            ["...", "3 passed, 1 skipped", "ERROR SUMMARY: 0 errors", "end"],
        ),
    ],
)
def test_a_part_must_print_its_marks(shows, outcome, output):
    text = "...\n3 passed, 1 skipped\nERROR SUMMARY: 0 errors\nend"
    result = on_gpu.run(
        Part("some", 200, [sys.executable, "-c", f"print({text!r})"], {}, shows), 200
    )
    assert (result["outcome"], result["output"]) == (outcome, output)


def test_only_the_end_of_the_output_is_kept():
    command = [sys.executable, "-c", "for i in range(1000): print(i)\nraise SystemExit(1)"]
    assert on_gpu.run(Part("talkative", 200, command), 200)["output"] == [
        str(i) for i in range(1000 - on_gpu.KEPT_LINES, 1000)
    ]


def test_an_unsupported_sanitizer_is_not_a_failure():
    text = f"========= Error: {on_gpu.UNSUPPORTED}"
    result = on_gpu.run(
        Part("memcheck", 200, [sys.executable, "-c", f"print({text!r}); exit(1)"]), 200
    )
    assert (result["outcome"], result["why"]) == (
        "skipped",
        "compute-sanitizer: Device not supported",
    )


def test_the_report_contains_no_paths():
    text = f"{sys.executable} {on_gpu.ROOT / 'tests' / 'cuda'} {sys.prefix}/lib {Path.home()}/x"
    assert on_gpu._without_paths(text) == f"python {Path('tests', 'cuda')} <python>/lib ~/x"


def test_finished_parts_are_written_when_it_is_interrupted(tmp_path):
    path = tmp_path / "gpu.json"
    script = f"""
import signal, sys
from pathlib import Path
sys.path.insert(0, {str(Path(on_gpu.__file__).parent)!r})
import on_gpu
from on_gpu import Part
from test_driver import REASONS
on_gpu.end_when_terminated()
parts = [Part("good", 200, {PRINTS!r}), Part("slow", 400, {SLEEPS!r})]
on_gpu.run_all(parts, {{}}, Path({str(path)!r}))
"""
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True
    ) as process:
        while "asleep" not in process.stdout.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        assert process.wait(200) == 128 + signal.SIGTERM
    assert outcomes(path) == {"good": "passed", "slow": "interrupted"}


def test_the_whole_ends_in_nine_minutes():
    *parts, last = on_gpu.parts(Path("docs"))
    before = on_gpu.CHECK_SECONDS + sum(part.seconds for part in parts)
    assert on_gpu.SECONDS - before >= 160
    assert last.seconds == on_gpu.SECONDS
    assert on_gpu.SECONDS + 2 * on_gpu.ENDING_SECONDS < 9 * 60


def test_the_docs_list_all_parts_and_limits():
    text = (on_gpu.ROOT / "docs" / "cuda.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ?`?([\w-]*)`? \| (?:(\d+) s|what is left, (\d+) s)", text, re.M)
    limits = {name: int(limit or at_least) for name, limit, at_least in rows}
    *parts, last = on_gpu.parts(Path("docs"))
    expected = {"": on_gpu.CHECK_SECONDS, **{part.name: part.seconds for part in parts}}
    assert limits == {**expected, last.name: 160}


@pytest.mark.parametrize("why", [why for _, why in REASONS.values()], ids=REASONS)
def test_the_docs_list_all_reasons(why):
    page = (on_gpu.ROOT / "docs" / "cuda.md").read_text(encoding="utf-8")
    assert re.sub("CUDA_ERROR_UNKNOWN", "CUDA_ERROR_...", why) in page


def test_parts_with_missing_packages_are_skipped_with_the_reason(monkeypatch):
    monkeypatch.setattr(on_gpu, "find_spec", lambda name: None)
    monkeypatch.setattr(on_gpu.shutil, "which", lambda name: None)
    parts = {part.name: part for part in on_gpu.parts(Path("docs"))}
    assert {name: part.skip for name, part in parts.items() if part.skip} == {
        "torch-suite": "expecttest is not installed",
        "memcheck": "no compute-sanitizer on the PATH",
        "initcheck": "no compute-sanitizer on the PATH",
    }
    assert "-n" not in parts["tests"].command
    assert "--compiled" not in parts["steps"].command


@pytest.mark.parametrize("name", ["tests", "torch-suite", "memcheck", "initcheck"])
def test_the_tests_of_a_part_exist(name):
    (part,) = (part for part in on_gpu.parts(Path("docs")) if part.name == name)
    command = list(part.command)
    command = [*command[command.index(sys.executable) :], "--collect-only", "-n", "0"]
    done = subprocess.run(command, cwd=on_gpu.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    count = int(done.stdout.splitlines()[-1].split("/")[0])
    expected = {"memcheck": range(20, 21), "initcheck": range(10, 11)}
    assert count in expected.get(name, range(500, 5000))


def test_without_a_gpu_it_prints_one_line():
    command = [sys.executable, on_gpu.__file__]
    environment = os.environ | {"CUDA_VISIBLE_DEVICES": ""}
    before = {path: path.stat().st_mtime_ns for path in _benchmarks()}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line == "error: no GPU for the kernels: torch finds no CUDA device"
    assert {path: path.stat().st_mtime_ns for path in _benchmarks()} == before


def _benchmarks():
    return list((on_gpu.ROOT / "docs" / "benchmarks").iterdir())


def test_the_command_writes_the_state_of_the_checkout(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(on_gpu, "CHECK", CHECKED)
    monkeypatch.setattr(on_gpu, "end_when_terminated", lambda: None)
    chosen = [Part("good", 200, PRINTS), Part("bad", 200, FAILS)]
    monkeypatch.setattr(on_gpu, "parts", lambda output: chosen)
    assert on_gpu.main(["--output", str(tmp_path)]) == 1
    assert outcomes(tmp_path / "gpu.json") == {"good": "passed", "bad": "failed"}
    assert on_gpu.main(["--output", str(tmp_path), "--part", "good"]) == 0
    report = json.loads((tmp_path / "gpu.json").read_text())
    assert report["environment"] == {"gpu": "a GPU"}
    assert report["state"].keys() == {"commit", "changed", "ptx"}
    assert len(report["state"]["ptx"]) == 64
    assert outcomes(tmp_path / "gpu.json") == {"good": "passed"}
    assert f"written: {tmp_path / 'gpu.json'}" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        on_gpu.main(["--part", "god"])


def test_a_driver_that_hangs_is_ended(monkeypatch, capsys):
    monkeypatch.setattr(on_gpu, "CHECK", "import time; time.sleep(1000)")
    monkeypatch.setattr(on_gpu, "end_when_terminated", lambda: None)
    monkeypatch.setattr(on_gpu, "CHECK_SECONDS", 1)
    assert on_gpu.main([]) == 1
    assert capsys.readouterr().err == "error: no GPU for the kernels: no answer in 1 s\n"
