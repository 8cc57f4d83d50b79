"""Judge mutants: ``python -m mutation [kernels] [emitted] [native] [ptx] [python]``.

A mutant is the package with one change. Each has to be noticed by a test, or explained. The result
is written to a JSON file, where it replaces that of the same kinds; the table goes to the output.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import torch

from mutation.judged import Judged

# Each part, and which of its mutants are judged by default; all 36,600 of the PTX take two hours.
PARTS = {"kernels": 1, "emitted": 1, "native": 1, "ptx": 50, "python": 1}
RECORD = Path(__file__).parents[2] / "docs" / "benchmarks" / "mutants.json"


def main() -> None:
    parser = argparse.ArgumentParser(prog="mutation", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"{', '.join(PARTS)}; all by default")
    parser.add_argument("--every", type=int, help="judge each N-th mutant only")
    parser.add_argument("--module", action="append", help="of python: only this, as step/plan.py")
    parser.add_argument("--output", type=Path, help="JSON file to write or to complete")
    parser.add_argument("--table", type=Path, help="only print the table of this JSON file")
    parser.add_argument("--to", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if unknown := set(options.parts) - PARTS.keys():
        parser.error(f"no parts {unknown}")
    if options.module and options.parts != ["python"]:
        parser.error("--module needs the part python, and no other")
    if options.to:  # a process of its own for each part: some fork, some start threads
        module = import_module(f"mutation.{options.parts[0]}")
        with options.to.open("w", encoding="utf-8") as file:
            chosen = [options.module] if options.module else []
            for one in module.judged(options.every, *chosen):
                print(json.dumps(one), file=file, flush=True)
        return
    if options.table:
        print(table(json.loads(options.table.read_text(encoding="utf-8"))))
        return
    record = summary([], 1)
    for part in options.parts or PARTS:
        every = options.every or PARTS[part]
        record["kinds"] |= summary(run(part, every, options.module or ()), every)["kinds"]
    faults = [
        f"{kind}: {name}" for kind, row in record["kinds"].items() for name in row["unnoticed"]
    ]
    if options.output:
        if options.output.exists():
            before = json.loads(options.output.read_text(encoding="utf-8"))
            record["kinds"] = before["kinds"] | record["kinds"]
        options.output.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(table(record))
    if faults:
        sys.exit("neither noticed nor explained:\n" + "\n".join(faults))


def run(part: str, every: int, modules: Sequence[str]) -> list[Judged]:
    """Judge the mutants of a part in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "judged"
        command = [sys.executable, "-m", "mutation", part, "--every", str(every), "--to", str(file)]
        command += [f"--module={module}" for module in modules]
        subprocess.run(command, check=True, stdout=sys.stderr)
        return [Judged(*json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


def summary(found: list[Judged], every: int) -> dict:
    kinds = defaultdict(list)
    for one in found:
        kinds[one.kind].append(one)
    rows = {}
    for kind, all_of_it in kinds.items():
        missed = [one for one in all_of_it if not one.noticed]
        rows[kind] = {
            "every": every,
            "mutants": len(all_of_it),
            "noticed": len(all_of_it) - len(missed),
            "explained": {one.name: one.explained for one in missed if one.explained},
            "unnoticed": [one.name for one in missed if not one.explained],
        }
    return {"python": sys.version.split()[0], "torch": torch.__version__, "kinds": rows}


def table(record: dict) -> str:
    lines = ["| what is changed | mutants | noticed | explained |", "|---|---|---|---|"]
    for kind, row in record["kinds"].items():
        what = kind if row["every"] == 1 else f"{kind}, each {row['every']}th"
        lines.append(f"| {what} | {row['mutants']} | {row['noticed']} | {len(row['explained'])} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
