"""Run the optimizer under random faults for some time, and count the outcomes: `make soak`.

Each part runs its cases in processes of its own, which may die. The outcome of a case must be that
of torch, or an error that names the parameter, with nothing written. Prints the outcomes of each
part. Exits with 1 if there was another outcome, or a process died or did not end.
"""

import argparse
import ast
import json
import math
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from soak.worker import HANGS

HERE = Path(__file__).parent
SLOT = 60.0  # seconds of one process; then the part goes on in a new one
SEEDS_OF_A_SLOT = 100_000  # more than the cases that a process can run in its time
SEEDS_OF_A_RUN = 1_000_000_000
# In every second process, freed memory is overwritten, so that reading it is noticed. In the others
# it is reused at once, as usual, which shows other faults.
FREED = {"MALLOC_PERTURB_": "165", "PYTHONMALLOC": "malloc"}  # of glibc and of Python


def names_of_parts() -> list[str]:
    return sorted(path.stem for path in (HERE / "parts").glob("[!_]*.py"))


class Description(NamedTuple):
    """What a part does, its share of the time, and how many cases a process runs at most."""

    what: str
    share: int
    cases: int


def describe(name: str) -> Description:
    """Read the constants of a part; without importing torch."""
    tree = ast.parse((HERE / "parts" / f"{name}.py").read_text(encoding="utf-8"))
    constants = {
        ast.unparse(node.targets[0]): node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    }
    what = (ast.get_docstring(tree) or "").split("\n")[0]
    return Description(what, constants["SHARE"], constants.get("CASES", SEEDS_OF_A_SLOT))


@dataclass
class Part:
    """A part and what it has found.

    Attributes:
        module: name of the module.
        seconds: time that its processes may take together.
        first: seed of its first case.
        most: number of cases that a process runs at most.
        used: time that its processes have taken.
        slots: number of processes that have been started.
        cases: number of cases that have ended as allowed.
        outcomes: number of each outcome; a case may have several.
        faults: descriptions of faults.
        skipped: why the part cannot run here.
    """

    module: str
    seconds: float
    first: int = 0
    most: int = SEEDS_OF_A_SLOT
    used: float = 0
    slots: int = 0
    cases: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    skipped: str = ""

    @property
    def name(self) -> str:
        return self.module.rpartition(".")[2]

    def is_done(self) -> bool:
        return bool(self.skipped) or (self.slots > 0 and self.used > self.seconds - 1)


class Stop:
    """Ends the running processes and starts no more, once it is set."""

    def __init__(self) -> None:
        self.is_set = False
        self.processes: set[subprocess.Popen[bytes]] = set()

    def set(self) -> None:
        self.is_set = True
        for process in list(self.processes):
            _end(process)


def run_slot(part: Part, number: int, seconds: float, lock: Any, stop: Stop) -> None:
    """Run one process of a part."""
    first = part.first + number * part.most
    command = [sys.executable, "-X", "faulthandler", "-m", "soak.worker"]
    command += [part.module, str(first), str(seconds), str(part.most)]
    paths = [str(HERE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    overwrites = FREED if number % 2 == 0 else {}
    environment |= overwrites
    if not part.name.endswith("_gpu"):
        environment["CUDA_VISIBLE_DEVICES"] = ""  # forked children cannot use a GPU
    # Files, not pipes, which a process that a case leaves behind would keep open
    with (
        tempfile.TemporaryFile("w+") as output,
        tempfile.TemporaryFile("w+", errors="replace") as errors,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            env=environment,
            start_new_session=True,
        ) as process,
    ):
        fault = ""
        stop.processes.add(process)
        try:
            process.wait(seconds + 2 * HANGS)
        except subprocess.TimeoutExpired:
            fault = "the process did not end"
        finally:
            _end(process)
            stop.processes.discard(process)
        output.seek(0)
        lines = [json.loads(line) for line in output]
        errors.seek(0)
        said = errors.read()[-6000:]
    last = lines[-1] if lines else {}
    outcomes = [line["outcomes"] for line in lines if "outcomes" in line]
    if "fault" in last:
        fault = last["fault"]
    elif "end" not in last and not fault and not stop.is_set:
        status = process.returncode
        how = f"died of {signal.Signals(-status).name}" if status < 0 else f"exited with {status}"
        fault = f"the process {how}\n{said}"
    with lock:
        part.cases += len(outcomes)
        for words in outcomes:
            part.outcomes.update(words)
        part.skipped = last.get("end", "")
        if fault:
            case = first + len(outcomes)
            again = f"make soak ARGS='--part {part.name} --case {case}'"
            again = " ".join([*(f"{key}={value}" for key, value in overwrites.items()), again])
            part.faults.append(f"{part.name}, case {case} ({again}): {fault}")
            print(part.faults[-1], flush=True)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process that has not ended, with all processes of its group."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def run(parts: Sequence[Part], jobs: int, limit: float = math.inf) -> None:
    """Run parts, in ``jobs`` processes at once, until each has used its time.

    After ``limit`` seconds, only parts that have not run yet are started.
    """
    lock, stop, end = Lock(), Stop(), time.monotonic() + limit

    def work() -> None:
        while not stop.is_set:
            with lock:
                left = [part for part in parts if not part.is_done()]
                rest = end - time.monotonic()
                if rest < 1:
                    left = [part for part in left if not part.slots]
                if not left:
                    return
                # The part that has used the smallest part of its time
                part = min(left, key=lambda part: part.used / part.seconds)
                slot = SLOT if part.most == SEEDS_OF_A_SLOT else math.inf
                seconds = max(1.0, min(slot, part.seconds - part.used, rest))
                number = part.slots
                part.slots += 1
                part.used += seconds
            start = time.monotonic()
            run_slot(part, number, seconds, lock, stop)
            with lock:
                part.used += time.monotonic() - start - seconds

    with ThreadPoolExecutor(jobs) as pool:
        futures = [pool.submit(work) for _ in range(jobs)]
        try:
            for future in futures:
                future.result()
        except KeyboardInterrupt:
            stop.set()
            raise


def table(parts: Sequence[Part]) -> str:
    """Return the outcomes as text."""
    lines = []
    for part in parts:
        lines.append(f"{part.name}: {part.cases} cases in {part.used:.0f} s of one process")
        if part.skipped:
            lines.append(f"  skipped: {part.skipped}")
        lines += [f"  {n:9} {word}" for word, n in part.outcomes.most_common()]
        lines += [f"  {len(part.faults):9} FAULTS"] if part.faults else []
    return "\n".join(lines)


def report(parts: Sequence[Part], options: Any) -> dict[str, Any]:
    """Return the outcomes for a JSON file."""
    from adadelta_gen.bench import environment

    return {
        "environment": environment.describe(),
        "seconds": options.time,
        "processes": options.jobs,
        "seed": options.seed,
        "parts": {
            part.name: {
                "what": describe(part.name).what,
                "cases": part.cases,
                "seconds": round(part.used),
                "outcomes": dict(part.outcomes.most_common()),
                "faults": part.faults,
                **({"skipped": part.skipped} if part.skipped else {}),
            }
            for part in parts
        },
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts given by the arguments, and return the exit status."""
    parser = argparse.ArgumentParser(prog="soak", description=(__doc__ or "").split("\n\n")[0])
    names = names_of_parts()
    cpus = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    parser.add_argument("--time", type=float, default=3600, help="seconds (default: an hour)")
    parser.add_argument("--jobs", type=int, default=cpus, help="processes (default: one a CPU)")
    parser.add_argument("--seed", type=int, default=0, help="runs of other seeds have other cases")
    parser.add_argument("--part", action="append", choices=names, help="only this; may be repeated")
    parser.add_argument("--case", type=int, help="run one case of one --part again")
    parser.add_argument("--output", type=Path, help="write the outcomes to this JSON file")
    options = parser.parse_args(arguments)
    chosen = options.part or names
    if options.case is not None:
        if len(chosen) != 1:
            parser.error("--case needs one --part")
        sys.path.insert(0, str(HERE.parent))
        return run_case(f"soak.parts.{chosen[0]}", options.case)
    described = {name: describe(name) for name in chosen}
    shares = sum(part.share for part in described.values())
    parts = [
        Part(
            f"soak.parts.{name}",
            options.time * options.jobs * part.share / shares,
            options.seed * SEEDS_OF_A_RUN,
            part.cases,
        )
        for name, part in described.items()
    ]
    is_interrupted = False
    try:
        run(parts, options.jobs, options.time)
    except KeyboardInterrupt:
        is_interrupted = True
    print(table(parts))
    if options.output:
        text = json.dumps(report(parts, options), indent=2) + "\n"
        options.output.write_text(text, encoding="utf-8")
    faults = sum(len(part.faults) for part in parts)
    print(f"{sum(part.cases for part in parts)} cases, {faults} faults")
    return 1 if faults else 130 if is_interrupted else 0


def run_case(module: str, seed: int) -> int:
    """Run one case in this process."""
    part = import_module(module)
    if why := getattr(part, "needs", str)():
        print(f"skipped: {why}")
        return 0
    getattr(part, "prepare", tuple)()
    print(part.case(seed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
