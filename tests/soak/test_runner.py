"""``make soak`` reports faults, deaths and hangs of its parts, each with the number of its case."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from soak import __main__ as soak

TESTS = Path(__file__).parent.parent
DEFAULT_INTERRUPT = "import os, signal; signal.signal(signal.SIGINT, signal.SIG_DFL); "
PARTS = {
    "good": "def case(seed): return 'even' if seed % 2 == 0 else {'odd': 1, 'both': 2}",
    "named": "def case(seed): return str(seed)",
    "wrong": "def case(seed):\n    assert seed % 10 != 3, 'three'\n    return 'fine'",
    "dies": "import os, signal\ndef case(seed):\n"
    "    if seed % 10 == 2: os.kill(os.getpid(), signal.SIGSEGV)\n    return 'fine'",
    "exits": "import os\ndef case(seed): os._exit(0 if seed % 10 < 1 else 7)",
    "hangs": "import time\ndef case(seed): time.sleep(1000)",
    "stuck": "import __main__, time; __main__.HANGS = 0.5\ndef case(seed): time.sleep(1000)",
    "absent": "def needs(): return 'needs a tape'\ndef case(seed): return 'fine'",
    "talks": "import os\nprint('imported')\ndef case(seed): os.write(1, b'said'); return 'fine'",
}


@pytest.fixture
def found(tmp_path, monkeypatch):
    """Return a function that runs a part of ``PARTS`` and returns what was found."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def run(name, seconds=0.5, seed=0, most=soak.SEEDS_OF_A_SLOT):
        (tmp_path / f"{name}.py").write_text(f"SHARE = 1\n{PARTS[name]}\n", encoding="utf-8")
        part = soak.Part(name, seconds, seed, most)
        soak.run([part], 1)
        return part

    return run


def test_outcomes_are_counted(found):
    part = found("good", seed=6)
    assert part.cases >= 1
    assert part.outcomes["even"] == -(-part.cases // 2)
    assert part.outcomes["odd"] * 2 == part.outcomes["both"]
    assert part.outcomes["even"] + part.outcomes["odd"] == part.cases
    assert not part.faults


def test_a_process_goes_on_after_the_last_case_of_the_one_before(found):
    part = found("named", seed=6, seconds=2, most=3)
    assert part.slots > 1
    assert part.outcomes == {str(seed): 1 for seed in range(6, 6 + 3 * part.slots)}


@pytest.mark.parametrize(
    ("name", "number", "message"),
    [
        ("wrong", 3, "three"),
        ("dies", 2, "died of SIGSEGV"),
        ("exits", 1, "exited with 7"),
        ("exits", 0, "exited with 0"),
    ],
)
def test_a_fault_is_reported_with_its_case(found, name, number, message, capsys):
    part = found(name, seed=number)
    first = part.faults[0]
    settings = "MALLOC_PERTURB_=165 PYTHONMALLOC=malloc "
    again = f"{settings}make soak ARGS='--part {name} --case {number}'"
    assert f"{name}, case {number} ({again})" in first
    assert message in first
    assert first in capsys.readouterr().out


def test_the_next_process_goes_on_with_other_cases(found):
    part = found("wrong", seconds=2)
    numbers = [int(fault.split()[2]) for fault in part.faults]
    assert numbers == [soak.SEEDS_OF_A_SLOT * slot + 3 for slot in range(part.slots)]
    assert part.cases == 3 * part.slots


def test_a_hang_is_reported(found, monkeypatch):
    monkeypatch.setattr(soak, "HANGS", 0.5)
    assert "did not end" in found("hangs").faults[0]
    # Before that, the process itself notices it, and says where.
    fault = found("stuck").faults[0]
    assert re.search(r"exited with 1.*Timeout.*stuck.py\", line 3 in case", fault, re.S), fault


def test_a_part_that_cannot_run_is_skipped(found):
    part = found("absent")
    assert (part.cases, part.skipped, part.faults) == (0, "needs a tape", [])


def test_output_of_a_case_is_not_an_outcome(found):
    part = found("talks")
    assert set(part.outcomes) == {"fine"}
    assert not part.faults


def test_an_interrupted_run_prints_what_was_found():
    command = [sys.executable, "-m", "soak", "--part", "histories", "--time", "1000", "--jobs", "1"]
    process = subprocess.Popen(
        # A shell may have made this process ignore the signal.
        [sys.executable, "-c", f"{DEFAULT_INTERRUPT}os.execv({command[0]!r}, {command!r})"],
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        stdout=subprocess.PIPE,
        text=True,
    )
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 130
    assert re.fullmatch(r"histories: \d+ cases(.|\n)*\d+ cases, 0 faults\n", output), output


def test_every_part_says_what_it_does():
    for name in soak.names_of_parts():
        part = soak.describe(name)
        assert re.fullmatch(r"[A-Z].*[.]", part.what)
        assert part.share > 0
    assert soak.describe("lines").cases < 100 < soak.describe("histories").cases


def test_the_command_writes_its_report(tmp_path):
    path = tmp_path / "soak.json"
    done = subprocess.run(
        [sys.executable, "-m", "soak", "--time", "1", "--part", "histories", "--output", str(path)],
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    part = json.loads(path.read_text())["parts"]["histories"]
    assert part["cases"] > 0
    assert part["outcomes"]["as torch's"] > 0
    assert done.stdout.endswith(f"{part['cases']} cases, 0 faults\n")
