"""Ends, forks and spawns of processes at every phase of a training.

A case starts one new interpreter. It forks, spawns or ends somewhere in a training; each process
prints a digest of its parameters and states, which must be the one of a training in one process.
"""

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from soak.model import SIZES, digests

SHARE = 2
TESTS = Path(__file__).parents[2]
HANGS = 200.0  # seconds

PRELUDE = """
import atexit, faulthandler, gc, multiprocessing, os, random, signal, sys, threading, time, weakref
faulthandler.enable()
sys.path.insert(0, sys.argv[1])
import torch
torch.set_num_threads(2)
from soak.model import digest, made, set_grads
size, phase, how, seed, kind = sys.argv[2:7]
choose = random.Random(int(seed))
main = os.getpid()
def report(who, write=os.write):
    write(1, f"{who} {digest(params, o)}\\n".encode())
def once(act):
    def hook(*_):
        handle.remove()
        act()
    return hook
def at_call(number, act):
    # Act at a call of a function of the optimizer, inside a step.
    left = [number]
    def profile(frame, event, argument):
        if event in ("call", "c_call") and "optim" in frame.f_code.co_filename:
            left[0] -= 1
            if not left[0]:
                act()
    return profile
"""

FORK = """
children = []
def finish():
    # In a child: two more steps.
    global params, o
    signal.alarm(150)
    if phase == "before import":
        params, o = made(size)
    try:
        o.step(); o.step()
        # A step of another thread may have been half done when the parent forked.
        report("torn" if (size, phase) == ("large", "steps in a thread") else "child")
    except RuntimeError as error:
        os.write(1, f"error {error}\\n".encode())
def fork():
    if how == "process":
        child = multiprocessing.get_context("fork").Process(target=finish)
        child.start()
        children.append(child)
        return
    pid = os.fork()
    if pid:
        children.append(pid)
    elif how == "grandchild":
        pid = os.fork()
        if pid:
            _, status = os.waitpid(pid, 0)
            os._exit(os.waitstatus_to_exitcode(status) and 1)
def leave():
    # What a forked child does where the parent goes on.
    if os.getpid() != main:
        try:
            finish()
        except BaseException:
            import traceback
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
def stepped(n=1):
    for _ in range(n):
        o.step()
        leave()
if phase == "before import":
    fork()
    leave()
params, o = made(size)
if phase == "after construction":
    fork()
    leave()
if phase in ("first step in a thread", "steps in a thread"):
    most = 1 if phase == "first step in a thread" else {"small": 3000, "large": 60}[size]
    def work():
        for _ in range(most):
            o.step()
    if phase == "steps in a thread":
        stepped(2)
    thread = threading.Thread(target=work)
    thread.start()
    for _ in range(3):
        time.sleep(choose.random() * 0.02)
        fork()
        leave()
    thread.join()
elif phase == "a call of the first step":
    sys.setprofile(at_call(choose.randrange(1, 500), fork))
    o.step()
    sys.setprofile(None)
    leave()
stepped(2)
if phase == "between steps":
    fork()
    leave()
for _ in range(3):
    if phase == "a call of a step":
        if choose.random() < 0.5:
            params[0].data = params[0].data.clone()
        sys.setprofile(at_call(choose.randrange(1, 30), fork))
    elif phase == "pre hook":
        handle = o.register_step_pre_hook(once(fork))
    elif phase == "post hook":
        handle = o.register_step_post_hook(once(fork))
    o.step((lambda: fork() or 0.0) if phase == "closure" else None)
    sys.setprofile(None)
    leave()
if not children:  # the step has fewer calls
    fork()
    leave()
for child in children:
    if how == "process":
        child.join()
        assert child.exitcode == 0, child.exitcode
    else:
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 0, status
stepped(2)
report("parent")
"""
FORK_PHASES = (
    *("before import", "after construction", "a call of the first step", "between steps"),
    *("first step in a thread", "steps in a thread", "a call of a step", "pre hook", "post hook"),
    "closure",
)
FORK_WAYS = ("fork", "grandchild", "process")

SPAWN = """
import torch.multiprocessing
from soak.model import train
def spawn():
    parent, own = context.Pipe()
    process = context.Process(target=train, args=(params, o, own))
    process.start()
    os.write(1, f"child {parent.recv() if parent.poll(150) else 'sent nothing'}\\n".encode())
    process.join(60)
    assert process.exitcode == 0, process.exitcode
context = multiprocessing.get_context(how)
params, o = made(size)
if phase == "in shared memory":
    for p in params:
        p.share_memory_()
if phase == "after construction":
    spawn()  # it gets the params, which are shared from now on, but has states of its own
    sys.exit()
o.step(); o.step()
if phase == "pre hook":
    handle = o.register_step_pre_hook(once(spawn))
elif phase == "in a thread":
    thread = threading.Thread(target=spawn)
    thread.start()
    thread.join()
else:
    spawn()
o.step()
report("parent")
"""
SPAWN_PHASES = (
    "after construction",
    "between steps",
    "in shared memory",
    "pre hook",
    "in a thread",
)
SPAWN_WAYS = ("spawn", "forkserver")

END = """
class Planned(Exception):
    pass
def end(*_):
    sys.setprofile(None)
    if how == "sys.exit":
        sys.exit(3)
    elif how == "os._exit":
        os._exit(4)
    elif how == "exception":
        raise Planned("planned")
    elif how.startswith("SIG"):
        os.kill(os.getpid(), getattr(signal, how))
        time.sleep(60)
params, o = made(size, kind)
def in_time(act, seconds):
    signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, choose.random() * seconds + 1e-6)
    act()
def steps(forever=True):
    while forever:
        o.step()
def last():
    o.step()
    report("last")
if phase == "first step":
    in_time(steps, 0.1)
o.step(); o.step()
if phase == "atexit":
    atexit.register(last)
elif phase == "finalizer":
    held = torch.nn.Linear(1, 1)
    weakref.finalize(held, last)
elif phase == "__del__":
    class Last:
        def __init__(self):
            self.own = params, o, report
        def __del__(self):
            self.own[1].step()
            self.own[2]("last")
    held = Last()
elif phase == "steps":
    in_time(steps, 0.02)
elif phase == "a call of a step":
    sys.setprofile(at_call(choose.randrange(1, 20), end))
    steps()
elif phase == "pre hook":
    o.register_step_pre_hook(end)
    o.step()
elif phase == "post hook":
    o.register_step_post_hook(end)
    o.step()
elif phase == "closure":
    o.step(lambda: end() or 0.0)
elif phase.startswith("daemon"):
    if phase == "daemon thread's first step":
        del params, o
        params, o = made(size, kind)
    for _ in range(2):
        threading.Thread(target=steps, daemon=True).start()
    time.sleep(choose.random() * 0.1)
elif phase == "thread after main":
    def late():
        threading.main_thread().join()
        last()
    threading.Thread(target=late).start()
end()
"""
END_PHASES = (
    *("first step", "steps", "a call of a step", "pre hook", "post hook", "closure"),
    *("daemon thread's first step", "daemon thread's steps", "thread after main"),
    *("atexit", "finalizer", "__del__"),
)
AT_THE_END = ("thread after main", "atexit", "finalizer", "__del__")  # a third step
STATUS = {
    "return": 0,
    "sys.exit": 3,
    "os._exit": 4,
    "exception": 1,
    "SIGTERM": -15,
    "SIGKILL": -9,
    "SIGINT": -2,
}
LAST_LINE = {"exception": "Planned: planned", "SIGINT": "KeyboardInterrupt"}


SHOWN = ("Fatal Python error", "Exception ignored", "terminate called")


class Ended(NamedTuple):
    status: int
    lines: list[str]
    errors: str

    def kind(self) -> tuple[int, list[bool]]:
        """What is compared with a program that uses torch's optimizer."""
        return self.status, [text in self.errors for text in SHOWN]


def started(script: str, *arguments: object) -> Ended:
    """Run a script in a new interpreter."""
    # Python 3.12 and later warn of forks while other threads run.
    command = [sys.executable, "-W", "ignore:This process:DeprecationWarning"]
    command += ["-c", PRELUDE + script, str(TESTS), *map(str, arguments)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            output, errors = process.communicate(timeout=HANGS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGABRT)  # prints where it hangs
            output, errors = process.communicate()
            raise AssertionError(f"hangs: {output}\n{errors}") from None
    return Ended(process.returncode, output.splitlines(), errors)


def checked(ended: Ended, size: str) -> Counter[str]:
    """Fail unless each process has the bits of a training of as many steps."""
    assert not ended.errors, ended.errors
    assert ended.status == 0, ended
    said = [line.split(" ", 1) for line in ended.lines]
    counts = Counter(who for who, _ in said)
    # Forked where another thread had made a part of a state.
    assert all("parameter" in text for who, text in said if who == "error"), ended
    found = [text for who, text in said if who not in ("error", "torn")]
    assert all(text.split()[0].isdigit() for text in found), f"steps differ: {found}"
    right = digests(size, {int(text.split()[0]) for text in found})
    assert set(found) == set(right.values()), f"{found}, expected {right}"
    assert counts["child"] or counts["torn"] or counts["error"], "no child"
    return counts


def fork(choose: Random) -> tuple[Any, ...]:
    phase, how = choose.choice(FORK_PHASES), choose.choice(FORK_WAYS)
    # Torch's large operations hang in a forked child if its parent has run them on threads.
    is_first = phase in ("first step in a thread", "a call of the first step")
    size = "small" if is_first else choose.choice(list(SIZES))
    return FORK, size, phase, how


def spawn(choose: Random) -> tuple[Any, ...]:
    size = choose.choice(list(SIZES))
    return SPAWN, size, choose.choice(SPAWN_PHASES), choose.choice(SPAWN_WAYS)


def end(choose: Random) -> tuple[Any, ...]:
    phase = choose.choice(END_PHASES)
    ways = list(STATUS)
    if phase in AT_THE_END:
        ways = ["return", "sys.exit", "exception", "SIGINT"]
    elif phase in ("first step", "steps", "a call of a step"):
        ways.remove("return")
    return END, choose.choice(list(SIZES)), phase, choose.choice(ways)


def _is_clean_end(ended: Ended, size: str, phase: str, how: str) -> bool:
    lines = [f"last {digests(size, {3})[3]}"] if phase in AT_THE_END else []
    last = ended.errors.strip().splitlines()[-1:]
    is_quiet = not any(ended.kind()[1]) and last == ([LAST_LINE[how]] if how in LAST_LINE else [])
    return is_quiet and (ended.status, ended.lines) == (STATUS[how], lines)


def case(seed: int) -> Counter[str]:
    choose = Random(seed)
    kind = choose.choices([fork, spawn, end], [5, 2, 5])[0]
    if kind is fork and not hasattr(os, "fork"):
        kind = end
    script, size, phase, how = kind(choose)
    ended = started(script, size, phase, how, seed, "ours")
    name = f"{kind.__name__}: {how}, {phase}, {size}"
    try:
        if kind is not end:
            return checked(ended, size) + Counter([kind.__name__])
        if _is_clean_end(ended, size, phase, how):
            return Counter({f"end: {how}": 1})
        theirs = [started(script, size, phase, how, seed, "torch").kind() for _ in range(3)]
        assert ended.kind() in theirs, f"{ended.kind()}, torch: {theirs}"
    except AssertionError as error:
        raise AssertionError(f"{name}: {error}\n{ended}") from error
    return Counter({f"end: {how}, as with torch's": 1})
