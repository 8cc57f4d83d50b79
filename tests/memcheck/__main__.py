"""Run the kernels and the native step under valgrind's memcheck.

``python -m memcheck`` (``make memcheck``) fails if memcheck reports an error with a frame in native
code of this package, or does not report the broken kernels and steps. With ``--output`` it writes
what it ran to a JSON file.
"""

import argparse
import json
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from adadelta_gen.bench import environment
from memcheck import libraries
from memcheck.log import failures
from memcheck.valgrind import VALGRIND, Result, missing, under_valgrind

FOLDER = Path(__file__).resolve().parents[2] / "build" / "memcheck"
PARTS = ("kernels", "steps")


def run(part: str) -> Result:
    """Run a part under valgrind."""
    if part == "kernels":
        program, lines = [str(FOLDER / "harness")], libraries.kernel_cases(FOLDER)
    else:
        program = [sys.executable, "-m", "memcheck.steps", str(FOLDER)]
        lines = libraries.step_cases(FOLDER)
    return under_valgrind(program, "".join(lines), FOLDER / "logs" / part)


def summary(result: Result) -> dict[str, Any]:
    """Return the counts of a part."""
    run = [case for case in result.cases if case.name and not case.name.startswith("end of ")]
    sound = [case for case in run if not case.name.startswith("broken: ")]
    broken = [case for case in run if case.name.startswith("broken: ")]
    counts = sum((case.counts for case in sound), Counter())
    return {
        "cases": len(sound) - counts["left out"],
        **counts,
        "errors": sum(len(case.errors) for case in sound),
        "broken": len(broken),
        "broken and reported": sum(bool(case.errors) for case in broken),
        "reports without a frame of native code": sum(case.foreign for case in result.cases),
        "seconds": round(result.seconds),
    }


def version(*command: str) -> str:
    done = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[0]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m memcheck", description=__doc__)
    parser.add_argument("--output", type=Path, help="JSON file for what was run")
    options = parser.parse_args()
    if why := missing():
        sys.exit(f"make memcheck: {why}")
    libraries.build(FOLDER)
    with ThreadPoolExecutor(len(PARTS)) as pool:
        results = dict(zip(PARTS, pool.map(run, PARTS), strict=True))
    wrong = []
    report: dict[str, Any] = {
        "command": f'make memcheck ARGS="--output {options.output}"',
        "date": date.today().isoformat(),
        "environment": environment.describe()
        | {"valgrind": version("valgrind"), "compiler": version(libraries.compiler())},
        "valgrind": " ".join(VALGRIND),
        "compiled for": {name: cpu.name for name, cpu in libraries.CPUS.items()},
    }
    for part, result in results.items():
        wrong += [*filter(None, [result.failure]), *failures(result.cases)]
        report[part] = summary(result)
        if not report[part]["broken"]:
            wrong.append(f"{part}: no broken function ran")
        print(f"{part}: " + ", ".join(f"{value} {key}" for key, value in report[part].items()))
    if wrong:
        sys.exit("\n".join([*wrong, f"logs: {FOLDER / 'logs'}"]))
    if options.output:
        options.output.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
