"""Make an edit during a step, and judge the outcome.

A moment is the number of a line, an opcode, an allocation or a microsecond. A sweep makes an edit
at each moment, with a new optimizer every time, and compares with torch's optimizer, for which the
edit comes before or after the step.
"""

import copy
import gc
import signal
import sys
import threading
import time
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import torch

import adadelta_gen
from adadelta_gen import Adadelta
from reliability import edits
from reliability.edits import EDITS, UNSOUND, Side, difference, written

Act = Callable[[], object]
PLACES = tuple(
    str(Path(module.__file__).parent) for module in (adadelta_gen, torch.optim) if module.__file__
)


class Outcome(NamedTuple):
    """A step with an edit, and a step without one after it."""

    error: BaseException | None
    edit_error: str
    first: Any
    second_error: BaseException | None
    second: Any
    damage: str
    happened: bool  # the edit was made during the step
    early: bool  # the edit would have been made before the step
    place: str


def prepare() -> None:
    """Import what steps import, and exclude it from garbage collections, which edits cause."""
    for kind in (Adadelta, torch.optim.Adadelta):
        side = copy.deepcopy(Side("mixed", kind))
        side.set_grads()
        side.step()
    gc.collect()
    gc.freeze()


# Moments


class Lines:
    """Edit at a line, or with ``opcodes`` at an opcode, of this package or of torch.optim.

    Args:
        opcodes: edit at opcodes.
        places: beginnings of the paths of the files.
    """

    def __init__(self, opcodes: bool = False, places: tuple[str, ...] = PLACES) -> None:
        self._event = "opcode" if opcodes else "line"
        self._places = places

    @contextmanager
    def at(self, moment: int, act: Act, found: dict[str, Any]) -> Iterator[None]:
        event, count = self._event, 0

        def local(frame: Any, what: str, argument: Any) -> Any:
            nonlocal count
            if what == event:
                if count == moment:
                    found["place"] = f"{frame.f_code.co_filename}:{frame.f_lineno}"
                    found["happened"] = True
                    act()
                count += 1
            return local

        def trace(frame: Any, what: str, argument: Any) -> Any:
            if not frame.f_code.co_filename.startswith(self._places):
                return None
            frame.f_trace_opcodes = event == "opcode"
            return local

        old = sys.gettrace()  # that of a coverage measurement
        sys.settrace(trace)
        try:
            yield
        finally:
            sys.settrace(old)


class Calls:
    """Edit when a builtin function is about to be called, or has returned."""

    @contextmanager
    def at(self, moment: int, act: Act, found: dict[str, Any]) -> Iterator[None]:
        count = 0

        def profile(frame: Any, what: str, argument: Any) -> None:
            nonlocal count
            if what not in ("c_call", "c_return"):
                return
            if not frame.f_code.co_filename.startswith(PLACES):
                return
            if count == moment:
                called = getattr(argument, "__name__", argument)
                place = f"{frame.f_code.co_filename}:{frame.f_lineno}"
                found["place"] = f"{place} {what} {called}"
                found["happened"] = True
                act()
            count += 1

        sys.setprofile(profile)
        try:
            yield
        finally:
            sys.setprofile(None)


class _Garbage:
    """A reference cycle that only the garbage collector can free."""

    def __init__(self) -> None:
        self.own = self


class Allocations:
    """Edit in a finalizer that the garbage collector calls at an allocation."""

    @contextmanager
    def at(self, moment: int, act: Act, found: dict[str, Any]) -> Iterator[None]:
        def finalizer() -> None:
            gc.disable()
            found["early"] = not running
            found["happened"] = running
            if running:
                act()

        running = False
        old = gc.get_threshold()
        gc.collect()
        garbage = _Garbage()  # created last, to be in the youngest generation
        weakref.finalize(garbage, finalizer).atexit = False
        del garbage
        gc.set_threshold(moment + 1, 1000, 1000)
        running = True
        try:
            yield
        finally:
            running = False
            gc.set_threshold(*old)
            found["early"] = found.get("early", False)  # ignore a later edit
            found = {}
            gc.collect()
            gc.enable()


class Signals:
    """Edit in a signal handler, after a multiple of two microseconds."""

    microseconds = 2

    @contextmanager
    def at(self, moment: int, act: Act, found: dict[str, Any]) -> Iterator[None]:
        running = True

        def handler(number: int, frame: Any) -> None:
            if running:
                found["happened"] = True
                while frame is not None and not frame.f_code.co_filename.startswith(PLACES):
                    frame = frame.f_back
                if frame is not None:
                    found["place"] = f"{frame.f_code.co_filename}:{frame.f_lineno}"
                act()

        old = signal.signal(signal.SIGALRM, handler)
        signal.setitimer(signal.ITIMER_REAL, 1e-6 * (1 + self.microseconds * moment))
        try:
            yield
        finally:
            running = False
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, old)


class Threads:
    """Edit in another thread, some time after the step has begun."""

    @contextmanager
    def at(self, moment: int, act: Act, found: dict[str, Any]) -> Iterator[None]:
        started = running = False

        def work() -> None:
            nonlocal started
            started = True
            while not running:
                pass  # busy wait: an event would take longer than a step
            for _ in range(moment):
                pass
            found["happened"] = running
            act()

        thread = threading.Thread(target=work)
        old = sys.getswitchinterval()
        sys.setswitchinterval(1e-6)
        thread.start()
        while not started:
            time.sleep(0)
        running = True
        try:
            yield
        finally:
            thread.join()
            running = False
            sys.setswitchinterval(old)


MOMENTS: dict[str, Any] = {
    "lines": Lines(),
    "opcodes": Lines(opcodes=True),
    "calls": Calls(),
    "allocations": Allocations(),
    "signals": Signals(),
    "threads": Threads(),
}


# Histories

STAGES = (
    *("first", "hot", "moved", "another lr", "another kernel", "state loaded"),
    *("torch's row", "copied row", "copied grad"),
)


def prepared(scenario: str, kind: Any, stage: str, target: int) -> Side:
    side = Side(scenario, kind, target)
    if stage != "first":
        for _ in range(3):
            side.set_grads()
            side.optimizer.step()
    side.set_grads()
    if stage == "moved":
        p = side.handles[max(0, target - 1)]
        p.data = p.data.clone(memory_format=torch.preserve_format)
    elif stage == "another lr":
        side.group["lr"] = 0.375
    elif stage == "another kernel":
        side.group["maximize"] = not side.group["maximize"]
    elif stage == "state loaded":
        side.optimizer.load_state_dict(side.optimizer.state_dict())
    elif stage == "torch's row":
        if edits.DEVICE != "cpu":
            side.group["foreach"] = False  # the default there raises for this counter
        side.state["step"] = torch.tensor(3)
        side.step()
        side.set_grads()
    elif stage == "copied row":
        square_avg = side.state["square_avg"]
        wide = square_avg.new_zeros(*square_avg.shape, 2)[..., 0]
        side.state["square_avg"] = wide.copy_(square_avg)
        side.step()
        side.set_grads()
    elif stage == "copied grad":
        EDITS["gapped_grad"](side)
        side.step()
        side.set_grads()
        EDITS["gapped_grad"](side)
    return side


def _finished(side: Side, found: dict[str, Any]) -> Outcome:
    first_error = side.error
    damage = side.damage()
    side.restore()
    first = side.snapshot()
    damage = damage or side.damage()
    side.set_grads()
    side.step()
    damage = damage or side.damage()
    second = side.snapshot()
    for other in side.copies:
        other.step()  # a copy made in the middle of a step can step itself
    return Outcome(
        first_error,
        side.edit_error,
        first,
        side.error,
        second,
        damage,
        found.get("happened", False),
        found.get("early", False),
        found.get("place", ""),
    )


@cache
def expected(scenario: str, edit: str, stage: str, target: int, order: str) -> Outcome:
    """Return torch's results with the edit before the step, after it, and without a step."""
    side = prepared(scenario, torch.optim.Adadelta, stage, target)
    if order == "states made before":
        side.make_states()
    if order != "after":
        side.edit(EDITS[edit])
    if order != "none":
        side.step()
    if order == "after":
        side.edit(EDITS[edit])
    return _finished(side, {})


@cache
def in_the_middle(scenario: str, edit: str, stage: str, target: int) -> list[Outcome]:
    """Return torch's results with the edit at each line of its own step."""
    outcomes, moment = [], 0
    while True:
        outcome = run(torch.optim.Adadelta, scenario, edit, stage, target, "lines", moment)
        if not outcome.happened:
            return outcomes
        outcomes.append(outcome)
        moment += 1


def run(
    kind: Any, scenario: str, edit: str, stage: str, target: int, how: str, moment: int
) -> Outcome:
    side = prepared(scenario, kind, stage, target)
    found: dict[str, Any] = {}
    with MOMENTS[how].at(moment, lambda: side.edit(EDITS[edit]), found):
        side.step()
    return _finished(side, found)


def judge(outcome: Outcome, *case: Any) -> tuple[str, str]:
    """Return a word for the outcome, and its fault or an empty string."""
    edit = case[1]
    # A row that torch updates may be written at its former address, as with torch's optimizer.
    is_torchs = case[2] == "torch's row" or (case[0], case[3]) == ("mixed", 5)
    by_torch = is_torchs and EDITS[edit] not in UNSOUND
    if outcome.damage and not (by_torch and any(o.damage for o in in_the_middle(*case))):
        return "damage", outcome.damage
    if outcome.edit_error and outcome.place.startswith(PLACES[1]) and case[2] == "first":
        return "the edit failed at an incomplete state", ""
    orders = ["after", "none"] if EDITS[edit] in UNSOUND else ["before", "after", "none"]
    if case[2] == "first" and "before" in orders:
        orders.append("states made before")
    faults = []
    for order in orders:
        theirs = expected(*case, order)
        if order == "none":
            if outcome.error is None:
                continue
            if not isinstance(outcome.error, Exception):
                faults.append(f"raised {outcome.error!r}")
                continue
        elif (outcome.error is None) != (theirs.error is None):
            faults.append(f"{order}: raised {outcome.error!r}, torch {theirs.error!r}")
            continue
        fault = _unlike(outcome, theirs)
        if fault and order == "none" and not written(outcome.first, theirs.first):
            fault = ""  # the next step is independent, with its own states
        if not fault:
            if order == "none":
                if "parameter" not in str(outcome.error):
                    torchs = [expected(*case, "before")] if "before" in orders else []
                    torchs += in_the_middle(*case) if EDITS[edit] not in UNSOUND else []
                    if str(outcome.error) not in {str(theirs.error) for theirs in torchs}:
                        return "unclear error", f"names no parameter: {outcome.error!r}"
                return "clean error", ""
            return order if outcome.error is None else "raised alike", ""
        faults.append(f"{order}: {fault}")
    if EDITS[edit] not in UNSOUND:
        for theirs in in_the_middle(*case):
            if (outcome.error is None) == (theirs.error is None) and not _unlike(outcome, theirs):
                return "in the middle", ""
    if (is_torchs or case[0] == "mixed") and not _row_by_row(outcome, *case):
        return "torch's, with rows in another order", ""
    return "wrong", "; ".join(faults) + (f" (raised {outcome.error!r})" if outcome.error else "")


def _row_by_row(ours: Outcome, *case: Any) -> str:
    """Return why a row has no outcome that torch can give it, or an empty string.

    Where torch updates a row of a group, kernels update the others before it. So an edit between
    them, or an error of torch's, comes after other rows than in torch's step.
    """
    theirs = [expected(*case, order) for order in ("before", "after", "none")]
    theirs += in_the_middle(*case)
    is_named = "parameter" in str(ours.error)  # in a group after one that torch has updated
    if not is_named and str(ours.error) not in {str(other.error) for other in theirs}:
        return f"raised {ours.error!r}"
    for name in {name.rpartition(" ")[2] for name, *_ in ours.first if name.startswith("param ")}:
        rows = [_row(outcome.first, name) for outcome in (ours, *theirs)]
        if all(difference(rows[0], row) for row in rows[1:]):
            return f"param {name} is neither updated nor unchanged"
    return ""


def _row(snapshot: Any, name: str) -> Any:
    return [entry for entry in snapshot if entry[0].rpartition(" ")[2] == name]


def _unlike(ours: Outcome, theirs: Outcome) -> str:
    # Ours may have created zero states where torch had not yet.
    fault = difference(ours.first, theirs.first)
    if fault and written(ours.first, theirs.first):
        return fault
    if ours.edit_error != theirs.edit_error:
        return f"the edit: {ours.edit_error}, torch's {theirs.edit_error}"
    raised = theirs.second_error is not None or "parameter" in str(ours.second_error)
    if ours.second_error is not None and raised and not difference(ours.second, ours.first):
        return ""  # nothing was written, and torch raises too or the message names the parameter
    if (ours.second_error is None) != (theirs.second_error is None):
        return f"next step: {ours.second_error!r}, torch's {theirs.second_error!r}"
    if fault := difference(ours.second, theirs.second):
        return f"next step: {fault}"
    return ""


def sweep(
    scenario: str,
    edit: str,
    stage: str,
    target: int,
    how: str,
    every: int,
    first: int,
    most: int,
) -> tuple[Counter[str], list[str]]:
    """Make an edit at every ``every``-th moment from the first one on, below ``most``.

    Returns the outcomes, and descriptions of the faults among them.
    """
    words: Counter[str] = Counter()
    faults = []
    for moment in range(first, most, every):
        outcome = run(Adadelta, scenario, edit, stage, target, how, moment)
        if outcome.early:
            continue
        if not outcome.happened and how != "threads":
            break
        word, fault = judge(outcome, scenario, edit, stage, target)
        words[word] += 1
        if fault:
            where = f"{scenario}, {edit}, {stage}, {target}, {how}, {moment} at {outcome.place}"
            faults.append(f"{where}: {word}: {fault}")
    return words, faults
