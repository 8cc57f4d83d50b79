"""Write what ``make coverage`` measured: per module, the percentage, and what was not executed.

``python -m mutation.coverage_record FROM TO`` reads the report of ``coverage json``.
"""

import json
import re
import sys
from pathlib import Path

# Why lines of a module are left, by the beginning of its name.
PLATFORMS = "a GPU; other platforms; other versions of Python and torch"
FILES = "errors of files and processes; " + PLATFORMS
RACES = "changes by other threads or finalizers at one moment of a step; " + PLATFORMS
COMPILED = "emits code while Numba compiles: tests compile some variants only"
REASONS = {
    "bench/rivals": "packages that only `bench --rivals` uses",
    "bench/": "measurements that take minutes or gigabytes; " + FILES,
    "(cpu|cuda)/intrinsics|cpu/(lanes|squares)|native/(rounding|words)": COMPILED,
    "diagnostics/": "tensors on several devices",
    "frozen/": "runs inside PyInstaller: make test-packaging",
    "run/children": "runs before the measurement of a process begins",
    "(step|optimizer|options|shards|native)": RACES,
    "(torch_private|__init__|spec)": PLATFORMS,
}
OTHERS = FILES


def main(source: str, target: str) -> None:
    report = json.loads(Path(source).read_text(encoding="utf-8"))
    modules = {
        name: {
            "percent": round(found["summary"]["percent_covered"], 1),
            "why": why(name.removeprefix("adadelta_gen/")),
            "lines": _ranges(found["missing_lines"]),
            "branches": ", ".join(
                f"{start} to {end if end > 0 else 'the end'}"
                for start, end in found["missing_branches"]
                if not {start, end} & set(found["missing_lines"])
            ),
        }
        for name, found in sorted(report["files"].items())
        if found["summary"]["num_statements"]
    }
    totals = report["totals"]
    record = {
        "percent": round(totals["percent_covered"], 1),
        "statements": totals["num_statements"],
        "branches": totals["num_branches"],
        "modules": {name: found for name, found in modules.items() if found["percent"] < 100},
        "whole": [name for name, found in modules.items() if found["percent"] == 100],
    }
    Path(target).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def why(module: str) -> str:
    """Return why lines of a module are left."""
    reasons = (reason for begin, reason in REASONS.items() if re.match(begin, module))
    return next(reasons, OTHERS)


def _ranges(lines: list[int]) -> str:
    parts: list[list[int]] = []
    for line in lines:
        if parts and line == parts[-1][-1] + 1:
            parts[-1].append(line)
        else:
            parts.append([line])
    return ", ".join(f"{p[0]}-{p[-1]}" if len(p) > 1 else str(p[0]) for p in parts)


if __name__ == "__main__":
    main(*sys.argv[1:])
