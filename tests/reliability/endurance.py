"""Whether memory, descriptors or the time of a step grow: ``make endurance``.

    PYTHONPATH=tests python -m reliability.endurance [--only steps,threads] [--output FILE]

Every run repeats one thing many times in a process of its own, for our and for torch's optimizer.
A line is fitted to each quantity over the whole run. What it grows by has to be within the noise
of ``NOISE``, or within what torch's optimizer grows by in the same run. The garbage collector runs
only between samples, and has to find nothing, or no more than with torch's optimizer.

``big.py`` has the tensors of more than 2**32 elements.
"""

import argparse
import copy
import ctypes
import gc
import json
import os
import pickle
import statistics
import subprocess
import sys
import threading
import time
from array import array
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import torch
from parity.support import random
from torch.nn import Parameter

from adadelta_gen import Adadelta
from adadelta_gen.bench import environment
from reliability import big

SAMPLES = 40
BATCHES = 5  # of a sample; the fastest counts, because other programs disturb the others
WARM_UP = 0.3  # of the run
KINDS = {"ours": Adadelta, "torch": torch.optim.Adadelta}
Work = Callable[[], object]


# Quantities


class Noise(NamedTuple):
    """Growth over a whole run that counts as none, and why."""

    most: float
    why: str


NOISE = {
    "garbage": Noise(0, "objects that only the garbage collector could free: a number, not growth"),
    "blocks": Noise(600, "memory blocks: caches of Python and NumPy fill slowly, with up to 450"),
    "objects": Noise(
        100, "objects of the garbage collector: tables of 70 come and go with options"
    ),
    "heap": Noise(65536, "bytes in use of malloc: lists of freed pieces, which it counts as used"),
    "rss": Noise(3 << 20, "bytes: malloc and Python take and return memory in large pieces"),
    "descriptors": Noise(0.5, "open files: a number of a few units"),
    "mappings": Noise(8, "lines of /proc/self/maps: pieces of memory of Python and malloc"),
    "threads": Noise(0.5, "threads: a number of a few units"),
    "time": Noise(0.25, "of the CPU time of a repetition, in units of a loop: others disturb it"),
}


class _Mallinfo(ctypes.Structure):
    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    ]


@cache
def _mallinfo() -> Any:
    """Return the function of glibc that tells what malloc has given out, or None."""
    function = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if function is not None:
        function.restype = _Mallinfo
    return function


def _of_process() -> dict[str, float]:
    objects = len(gc.get_objects()) + gc.get_freeze_count()
    found: dict[str, float] = {"blocks": sys.getallocatedblocks(), "objects": objects}
    if (mallinfo := _mallinfo()) is not None:
        info = mallinfo()
        found["heap"] = info.uordblks + info.hblkhd
    proc = Path("/proc/self")
    if proc.exists():
        pages = int((proc / "statm").read_text().split()[1])
        found["rss"] = pages * os.sysconf("SC_PAGE_SIZE")
        found["descriptors"] = len(os.listdir(proc / "fd"))  # noqa: PTH208
        found["mappings"] = (proc / "maps").read_text().count("\n")
        found["threads"] = len(os.listdir(proc / "task"))  # noqa: PTH208
    return found


def _loop_seconds() -> float:
    """Return the CPU time of a loop that is always the same: it shows how fast the CPU is now."""
    times = []
    for _ in range(BATCHES):
        begin = time.process_time()
        for _ in range(20_000):
            pass
        times.append(time.process_time() - begin)
    return min(times)


class Run(NamedTuple):
    """What was measured: per quantity one number per sample, and how many repetitions it took."""

    count: int
    samples: dict[str, list[float]]

    def growth(self, quantity: str) -> float:
        """Return by how much a fitted line grows over the run; of time, relative to the mean.

        Of garbage, return its number per repetition.
        """
        values = self.samples[quantity]
        if quantity == "garbage":
            return sum(values) / self.count
        slope = statistics.linear_regression(range(len(values)), values).slope
        total = slope * (len(values) - 1)
        return total / statistics.fmean(values) if quantity == "time" else total

    def as_dict(self) -> dict[str, Any]:
        return {
            name: {
                "first tenth": statistics.fmean(values[: max(1, len(values) // 10)]),
                "last tenth": statistics.fmean(values[-max(1, len(values) // 10) :]),
                "growth": self.growth(name),
            }
            for name, values in self.samples.items()
        }


def measured(work: Work, count: int) -> Run:
    """Repeat a function about as often as ``count``; the first repetitions are not measured."""
    each = max(1, round(count * (1 - WARM_UP)) // (SAMPLES * BATCHES))
    warm_up = max(each, count - each * SAMPLES * BATCHES)
    # Numbers are stored in place: objects that the harness keeps would count as growth.
    names = ("time", "seconds", "garbage", *_of_process())
    samples = {name: array("d", [0.0] * SAMPLES) for name in names}
    gc.collect()
    gc.freeze()  # a collection of what torch's import has made takes 0.2 s
    gc.disable()
    try:
        for _ in range(warm_up):
            work()
        gc.collect()
        for i in range(SAMPLES):
            times = []
            for _ in range(BATCHES):
                begin = time.process_time()
                for _ in range(each):
                    work()
                times.append(time.process_time() - begin)
            samples["seconds"][i] = min(times) / each
            samples["time"][i] = samples["seconds"][i] / _loop_seconds()
            samples["garbage"][i] = gc.collect()  # also empties Python's lists of freed tuples
            for name, value in _of_process().items():
                samples[name][i] = value
    finally:
        gc.enable()
        gc.unfreeze()
    return Run(
        warm_up + each * SAMPLES * BATCHES, {name: list(values) for name, values in samples.items()}
    )


def grown(ours: Run, theirs: Run | None = None) -> list[str]:
    """Return the quantities that grow, beyond the noise and beyond torch's growth."""
    found = []
    for name, noise in NOISE.items():
        if name not in ours.samples:
            continue
        growth = ours.growth(name)
        allowed = noise.most + (max(0.0, theirs.growth(name)) if theirs else 0.0)
        if growth > allowed:
            found.append(f"{name} grows by {growth:.4g}, more than {allowed:.4g}")
    return found


# Runs. Each makes, for a class, the function that is repeated.


class Scenario(NamedTuple):
    """What is repeated, how often, and whether torch's optimizer can do it too."""

    make: Callable[[Any], Work]
    count: int
    torchs: bool = True


def _params(*extra: torch.dtype) -> list[Parameter]:
    dtypes = [torch.float32, torch.float32, torch.float32, torch.bfloat16, *extra]
    return [Parameter(random(7 + i, 3, dtype=dtype, seed=i)) for i, dtype in enumerate(dtypes)]


def _grads(params: list[Any]) -> None:
    for p in params:
        p.grad = torch.ones_like(p)


def _stepped(kind: Any, params: list[Any], **options: Any) -> Any:
    optimizer = kind(params, weight_decay=0.01, **options)
    _grads(params)
    optimizer.step()
    return optimizer


def steps(kind: Any) -> Work:
    """The same step again and again."""
    step: Work = _stepped(kind, _params()).step
    return step


def new_grads(kind: Any) -> Work:
    """A step with new grads, as after ``zero_grad()`` and ``backward()``."""
    params = _params()
    optimizer = _stepped(kind, params)

    def work() -> None:
        optimizer.zero_grad()
        _grads(params)
        optimizer.step()

    return work


def changes(kind: Any) -> Work:
    """Other memory, lr, kernel, strides or options before each step."""
    params = _params(torch.float64, torch.complex64)
    optimizer = _stepped(kind, params)
    group, number = optimizer.param_groups[0], 0

    def work() -> None:
        nonlocal number
        number += 1
        p = params[number % len(params)]
        what = number % 7
        if what == 0:
            p.data = p.data.clone()
        elif what == 1:
            group["lr"] = 1 / (1 + number % 1000)
        elif what == 2:
            group["maximize"] = not group["maximize"]
        elif what == 3:
            p.grad = torch.ones(p.shape[::-1], dtype=p.dtype).t()
        elif what == 4:
            group["foreach"] = not group["foreach"]
        elif what == 5:
            optimizer.state[p]["square_avg"] = optimizer.state[p]["square_avg"].clone()
        else:
            p.grad = None
        optimizer.step()
        p.grad = torch.ones_like(p)

    return work


def options(kind: Any) -> Work:
    """A step that clips, and skips a grad that is not finite."""
    params = _params()
    optimizer = _stepped(kind, params, nonfinite="skip", max_skips=None, max_grad_norm=1.0)
    params[1].grad[0] = float("nan")
    step: Work = optimizer.step
    return step


def errors(kind: Any) -> Work:
    """A step that is refused, and a step that is not."""
    params = _params()
    optimizer = _stepped(kind, params)
    state = optimizer.state[params[2]]
    right, wrong = state["square_avg"], torch.ones(5)

    def work() -> None:
        state["square_avg"] = wrong
        try:
            optimizer.step()
        except RuntimeError:
            pass
        else:
            raise AssertionError("not refused")
        state["square_avg"] = right
        optimizer.step()

    return work


def reports(kind: Any) -> Work:
    """``explain()`` and ``diagnostics()``."""
    optimizer = _stepped(kind, _params())

    def work() -> None:
        assert str(optimizer.explain())
        assert str(optimizer.diagnostics())

    return work


def loads(kind: Any) -> Work:
    """``state_dict()``, ``load_state_dict()`` and a step."""
    optimizer = _stepped(kind, _params())

    def work() -> None:
        optimizer.load_state_dict(optimizer.state_dict())
        optimizer.step()

    return work


def copies(kind: Any) -> Work:
    """A deep copy and a pickled copy, which step."""
    optimizer = _stepped(kind, _params())

    def work() -> None:
        for made in (copy.deepcopy(optimizer), pickle.loads(pickle.dumps(optimizer))):
            _grads(made.param_groups[0]["params"])
            made.step()

    return work


def optimizers(kind: Any) -> Work:
    """An optimizer that is made, steps three times, and is dropped."""

    def work() -> None:
        optimizer = _stepped(kind, _params())
        optimizer.step()
        optimizer.step()

    return work


def hooks(kind: Any) -> Work:
    """An optimizer with hooks and a loaded state, which is dropped."""
    saved = _stepped(kind, _params()).state_dict()

    def work() -> None:
        optimizer = kind(_params())
        optimizer.register_step_pre_hook(lambda optimizer, args, kwargs: None)
        optimizer.register_step_post_hook(lambda optimizer, args, kwargs: None)
        optimizer.register_load_state_dict_post_hook(lambda optimizer: None)
        optimizer.load_state_dict(saved)
        _grads(optimizer.param_groups[0]["params"])
        optimizer.step()

    return work


def threads(kind: Any) -> Work:
    """A thread that steps once and ends."""
    optimizer = _stepped(kind, _params())

    def work() -> None:
        thread = threading.Thread(target=optimizer.step)
        thread.start()
        thread.join()

    return work


def forks(kind: Any) -> Work:
    """A forked child that steps once, and a step of the parent."""
    optimizer = _stepped(kind, _params())

    def work() -> None:
        pid = os.fork()
        if not pid:
            status = 1
            try:
                optimizer.step()
                status = 0
            finally:
                os._exit(status)
        assert os.waitpid(pid, 0)[1] == 0
        optimizer.step()

    return work


def groups(kind: Any) -> Work:
    """A group that is added, steps, and is removed."""
    optimizer = _stepped(kind, _params())

    def work() -> None:
        p = Parameter(torch.ones(5))
        p.grad = torch.ones(5)
        optimizer.add_param_group({"params": [p], "lr": 0.5})
        optimizer.step()
        optimizer.param_groups.pop()
        del optimizer.state[p]
        optimizer.step()

    return work


def tensors(kind: Any) -> Work:
    """A step of 20,000 tensors, one of which has a new grad."""
    values = torch.ones(20_000, 3)
    params = [Parameter(row) for row in values]
    optimizer = _stepped(kind, params)
    number = 0

    def work() -> None:
        nonlocal number
        number = (number + 7919) % len(params)
        params[number].grad = torch.ones(3)
        optimizer.step()

    return work


SCENARIOS = {
    "steps": Scenario(steps, 100_000),
    "new grads": Scenario(new_grads, 100_000),
    "changes": Scenario(changes, 50_000),
    "options": Scenario(options, 50_000, torchs=False),
    "errors": Scenario(errors, 20_000, torchs=False),
    "reports": Scenario(reports, 2_000, torchs=False),
    "loads": Scenario(loads, 10_000),
    "copies": Scenario(copies, 2_000),
    "optimizers": Scenario(optimizers, 5_000),
    "hooks": Scenario(hooks, 5_000),
    "threads": Scenario(threads, 10_000),
    "forks": Scenario(forks, 1_000),
    "groups": Scenario(groups, 10_000),
    "tensors": Scenario(tensors, 2_000, torchs=False),  # torch's step takes a hundred times as long
}


def run(name: str, kind: str, share: float = 1.0) -> Run:
    """Measure a run, or a share of it, in a process of its own."""
    process = subprocess.run(
        [sys.executable, "-m", "reliability.endurance", "--measure", name, kind, str(share)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, f"{name}, {kind}: {process.returncode}\n{process.stderr}"
    found = json.loads(process.stdout)
    return Run(found["count"], found["samples"])


def _measure(name: str, kind: str, share: str) -> None:
    torch.set_num_threads(1)
    scenario = SCENARIOS[name]
    made = scenario.make(KINDS[kind])
    found = measured(made, round(scenario.count * float(share)))
    print(json.dumps(found._asdict()))


def rows(record: dict[str, Any]) -> list[str]:
    """Return the table rows of docs/reliability.md for a record."""
    lines = []
    for name, found in record["repeated"].items():
        cells = [f"{name}: {found['what'].rstrip('.')}", f"{found['repetitions']:,}"]
        for quantity, form in (("heap", "+z,.0f"), ("blocks", "+z,.0f"), ("time", "+z.0%")):
            ours, theirs = (
                kind and f"{kind[quantity]['growth']:{form}}"
                for kind in (found["ours"], found["torch"])
            )
            cells.append(f"{ours} ({theirs})" if theirs else ours)
        lines.append(f"| {' | '.join(cells).replace('%', ' %')} |")
    return lines


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--measure"]:
        _measure(*arguments[1:])
        return 0
    parser = argparse.ArgumentParser(description=__doc__)
    every = [*SCENARIOS, *big.CASES]
    parser.add_argument("--only", type=lambda text: text.split(","), default=every)
    parser.add_argument("--share", type=float, default=1.0, help="of the repetitions of each run")
    parser.add_argument("--output", type=Path)
    parser.add_argument("--table", type=Path, help="only print the table of this JSON file")
    given = parser.parse_args(arguments)
    if given.table:
        print("\n".join(rows(json.loads(given.table.read_text(encoding="utf-8")))))
        return 0
    record: dict[str, Any] = {}
    faults = []
    for name in filter(SCENARIOS.__contains__, given.only):
        begin = time.monotonic()
        ours = run(name, "ours", given.share)
        theirs = run(name, "torch", given.share) if SCENARIOS[name].torchs else None
        found = grown(ours, theirs)
        faults += [f"{name}: {what}" for what in found]
        record[name] = {
            "what": (SCENARIOS[name].make.__doc__ or "").strip(),
            "repetitions": ours.count,
            "ours": ours.as_dict(),
            "torch": theirs and theirs.as_dict(),
            "grows": found,
        }
        print(
            f"{name}: {_summary(ours, theirs, found)}, {time.monotonic() - begin:.0f} s", flush=True
        )
    bigs = big.record(list(filter(big.CASES.__contains__, given.only)))
    faults += [f"{name}: {found['fault']}" for name, found in bigs.items() if found["fault"]]
    if given.output:
        machine = environment.describe() | {"load": os.getloadavg()[2]}  # of all its programs
        found = {"environment": machine, "repeated": record, "big": bigs}
        given.output.write_text(json.dumps(_rounded(found), indent=1) + "\n")
    for fault in faults:
        print(f"FAULT {fault}")
    return bool(faults)


def _rounded(value: Any) -> Any:
    """Round all numbers to four digits."""
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_rounded(inner) for inner in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value


def _summary(ours: Run, theirs: Run | None, found: list[str]) -> str:
    parts = [f"{ours.count} times"]
    for name in NOISE:
        if name in ours.samples:
            beside = f" ({theirs.growth(name):.3g})" if theirs else ""
            parts.append(f"{name} {ours.growth(name):+.3g}{beside}")
    return ", ".join([*parts, "; ".join(found) or "no growth"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
