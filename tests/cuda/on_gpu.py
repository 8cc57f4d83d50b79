"""All tests and benchmarks that need a GPU, in nine minutes at most: `make gpu`.

The parts run one after the other, each in its own process, which is ended at its time limit. After
each part, ``gpu.json`` is written with the results so far; the benchmarks write their own files
beside it. Exits with 1 if a part failed, or if there is no GPU for the kernels.
"""

import argparse
import hashlib
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import Any

ROOT = Path(__file__).parents[2]
SECONDS = 525  # for all parts; 9 minutes minus the time to end a part that hangs
CHECK_SECONDS = 40  # for the driver to report the device
ENDING_SECONDS = 5  # for a killed process to end; one that waits for a broken driver never does
KEPT_LINES = 40  # lines of output of a part that did not pass
BROKEN = {"failed", "timed out", "no time left"}
UNSUPPORTED = "Device not supported"  # what compute-sanitizer says on some virtual machines

CHECK = """
import json, sys, torch
from adadelta_gen.bench.environment import describe
from adadelta_gen.registry import target
device = torch.device("cuda", 0)
if why := target("cuda").unavailable() or target("cuda").unavailable(device):
    sys.exit(why)
capability = "{}.{}".format(*torch.cuda.get_device_capability(device))
print(json.dumps({**describe(), "cuda": torch.version.cuda, "capability": capability}))
"""


@dataclass(frozen=True)
class Part:
    """Something to run.

    Args:
        name: name for ``--part``.
        seconds: time limit.
        command: arguments of the command, run in the root of the checkout.
        environment: additional environment variables.
        shows: texts that must be in the last lines of output, or the part has failed.
        skip: why it cannot run here, or "".
        quiet: do not print its output.
    """

    name: str
    seconds: float
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)
    shows: tuple[str, ...] = ()
    skip: str = ""
    quiet: bool = False


def parts(output: Path) -> list[Part]:
    """Return all parts in order: correctness first, then speed.

    Args:
        output: the folder for the figures.
    """
    python = [sys.executable, "-m"]
    pytest = [*python, "pytest", "-q", "-p", "no:benchmark", "-o", "timeout=90", "-m", "cuda"]
    tested = (" passed",)  # not all skipped
    checked = (*tested, "ERROR SUMMARY: 0 errors")
    alone = {"OMP_NUM_THREADS": "1"}  # a worker, of which there are as many as CPUs
    workers = str(min(14, max(1, (os.cpu_count() or 1) - 2)))
    parallel = ["-n", workers, "--dist", "worksteal"] if find_spec("xdist") else []
    bench = [*python, "adadelta_gen", "bench", "--device", "cuda", "--output"]
    sanitizer = ["compute-sanitizer", "--error-exitcode", "9", "--tool"]
    one_of_each_format = [*pytest, "tests/cuda/test_gpu.py", "-k"]
    aligned, either = (f"test_ragged and max_wd and {end}" for end in ("0]", "(0] or 1])"))
    # Allocations side by side, in one block of torch's, would hide an access beyond one of them.
    blocks = {"PYTORCH_NO_CUDA_MEMORY_CACHING": "1"}
    no_sanitizer = "" if shutil.which("compute-sanitizer") else "no compute-sanitizer on the PATH"
    compiled = ["--compiled"] if any(map(shutil.which, ("c++", "g++", "clang++"))) else []
    no_expecttest = "" if find_spec("expecttest") else "expecttest is not installed"
    suite = sorted(
        str(path.relative_to(ROOT)) for path in ROOT.glob("tests/parity/test_torch_*.py")
    )
    return [
        Part("tests", 80, [*pytest, *parallel, "tests/cuda", "tests/diagnostics"], alone, tested),
        Part("torch-suite", 55, [*pytest, *parallel, *suite], alone, tested, no_expecttest),
        Part("examples", 60, [*pytest, *parallel, "tests/examples", "tests/run"], alone, tested),
        Part("bandwidth", 30, [*bench, f"{output / 'bandwidth.json'}", "--case", "bandwidth"]),
        Part("launches", 30, [*bench, f"{output / 'launches.json'}", "--case", "launches"]),
        Part(
            "memcheck",
            40,
            # Without what the driver refuses torch: torch copes with that.
            [*sanitizer, "memcheck", "--report-api-errors", "no", *one_of_each_format, either],
            blocks,
            checked,
            no_sanitizer,
        ),
        Part(
            "initcheck",
            30,
            [*sanitizer, "initcheck", *one_of_each_format, aligned],
            blocks,
            checked,
            no_sanitizer,
        ),
        # The last one has all that is left, at least 160 s; torch.compile took 106 s on an H100.
        Part("steps", SECONDS, [*bench, f"{output / 'cuda.json'}", *compiled, "--seconds", "4"]),
    ]


def run_all(
    chosen: Sequence[Part], report: dict[str, Any], path: Path, seconds: float = SECONDS
) -> bool:
    """Run parts, write the report before and after each, and return whether none failed.

    Args:
        chosen: the parts.
        report: further content of the report.
        path: path of the JSON file.
        seconds: time limit of all parts.
    """
    deadline = time.monotonic() + seconds
    results: list[dict[str, Any]] = []
    for part in chosen:
        limit = min(part.seconds, deadline - time.monotonic())
        results.append(_described(part) | {"outcome": "interrupted"})
        _write(path, report | {"parts": results})
        results[-1] |= run(part, limit)
        _write(path, report | {"parts": results})
        print(f"== {part.name}: {results[-1]['outcome']}", flush=True)
    return not any(result["outcome"] in BROKEN for result in results)


def run(part: Part, limit: float) -> dict[str, Any]:
    """Run a part and return its outcome, its time in seconds and its last lines of output.

    Prints its output as it comes, unless it is quiet. At the time limit, or if this process is
    interrupted, kills it with all processes of its group.

    Args:
        part: the part to run.
        limit: time limit in seconds.
    """
    if part.skip:
        return {"outcome": "skipped", "why": part.skip}
    if limit <= 0:
        return {"outcome": "no time left"}
    if not part.quiet:
        print(f"== {part.name}, {limit:.0f} s at most: {shlex.join(part.command)}", flush=True)
    start = time.monotonic()
    process = subprocess.Popen(
        part.command,
        cwd=ROOT,
        env=os.environ | {"PYTHONUNBUFFERED": "1"} | part.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    lines: deque[str] = deque(maxlen=KEPT_LINES)
    reader = Thread(target=_echo, args=(process.stdout, lines, part.quiet), daemon=True)
    reader.start()
    try:
        outcome = "failed" if process.wait(limit) else "passed"
    except subprocess.TimeoutExpired:
        outcome = "timed out"
    finally:
        _end(process)
    reader.join(ENDING_SECONDS)
    result: dict[str, Any] = {"seconds": round(time.monotonic() - start, 1)}
    output = [_without_paths(line) for line in list(lines) if line.strip()]
    shown = [line for line in output if any(text in line for text in part.shows)]
    if outcome == "failed" and any(UNSUPPORTED in line for line in output):
        return result | {"outcome": "skipped", "why": f"compute-sanitizer: {UNSUPPORTED}"}
    if outcome == "passed" and all(any(text in line for line in output) for text in part.shows):
        return result | {"outcome": "passed", "output": shown or output[-1:]}
    return result | {"outcome": outcome.replace("passed", "failed"), "output": output}


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is not None:
        return
    os.killpg(process.pid, signal.SIGKILL)
    try:
        process.wait(ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        print(f"process {process.pid} does not end", file=sys.stderr)


def _echo(stream: Any, lines: deque[str], quiet: bool) -> None:
    with stream:
        for line in stream:
            if not quiet:
                print(line, end="", flush=True)
            lines.append(line.rstrip("\n"))


def _described(part: Part) -> dict[str, Any]:
    command = _without_paths(shlex.join(part.command))
    return {"name": part.name, "limit_seconds": part.seconds, "command": command}


def _without_paths(text: str) -> str:
    """Remove absolute paths of this machine."""
    text = text.replace(sys.executable, "python").replace(sys.prefix, "<python>")
    return text.replace(f"{ROOT}{os.sep}", "").replace(f"{Path.home()}{os.sep}", f"~{os.sep}")


def _write(path: Path, report: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    new.replace(path)


def state() -> dict[str, Any]:
    """Return the tested state: commit, whether files differ from it, digest of all PTX.

    Commit and difference are None if git cannot report them.
    """
    digest = hashlib.sha256()
    for path in sorted((ROOT / "generated" / "cuda").glob("*.ptx")):
        digest.update(path.read_bytes())
    changes = _git("status", "--porcelain")
    return {
        "commit": _git("rev-parse", "HEAD"),
        "changed": None if changes is None else changes != "",
        "ptx": digest.hexdigest(),
    }


def _git(*arguments: str) -> str | None:
    command = ["git", *arguments]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=10
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def end_when_terminated() -> None:
    """Make SIGTERM raise an exception in this process, which ends the running part."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts given by the arguments, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    default = ROOT / "docs" / "benchmarks"
    parser.add_argument("--output", type=Path, default=default, help="folder for the results")
    names = [part.name for part in parts(default)]
    parser.add_argument(
        "--part", action="append", choices=names, help="run this part alone; may be repeated"
    )
    options = parser.parse_args(arguments)
    start = time.monotonic()
    end_when_terminated()
    command = [sys.executable, "-W", "ignore", "-c", CHECK]
    check = run(Part("check", CHECK_SECONDS, command, quiet=True), CHECK_SECONDS)
    last = check["output"][-1] if check["output"] else "it says nothing"
    if check["outcome"] != "passed":
        why = f"no answer in {CHECK_SECONDS} s" if check["outcome"] == "timed out" else last
        print(f"error: no GPU for the kernels: {why}", file=sys.stderr)
        return 1
    output = options.output.absolute()
    chosen = [p for p in parts(output) if options.part is None or p.name in options.part]
    report = {"state": state(), "environment": json.loads(last)}
    left = SECONDS - (time.monotonic() - start)
    passed = run_all(chosen, report, output / "gpu.json", left)
    print(f"written: {output / 'gpu.json'}")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
