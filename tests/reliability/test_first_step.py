"""The first step, which compiles the code, interrupted by signals, threads and forks."""

import os

import pytest

from adadelta_gen.native import uninterrupted
from reliability.child import run

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork and no timer here")

PRELUDE = """
import os, signal, sys, threading, time
import torch
from adadelta_gen import Adadelta
import adadelta_gen.cpu.target
def made(**options):
    p = torch.nn.Parameter(torch.ones(5))
    p.grad = torch.ones(5)
    return p, Adadelta([p], fused=True, **options)
"""


def test_a_signal_handler_may_step_while_a_thread_steps():
    """They would deadlock if a handler ran while the compile lock is held."""
    run(
        PRELUDE
        + """
(p, a), (q, b) = made(), made()
signal.signal(signal.SIGALRM, lambda *_: b.step())
thread = threading.Thread(target=lambda: (time.sleep(0.02), b.step()))
thread.start()
signal.setitimer(signal.ITIMER_REAL, 0.05)
a.step()
thread.join()
while a.state[p]["step"] + b.state[q]["step"] < 3:
    time.sleep(0.01)  # the handler may come as late as here
""",
    )


@pytest.mark.parametrize("where", ["main thread", "another thread"])
@pytest.mark.parametrize(("at", "when"), [("__enter__", "return"), ("__exit__", "call")])
def test_an_interrupt_leaves_no_lock_held(at, when, where):
    """Between two lines of llvmlite's lock; a profiler raises there instead of a signal.

    In another thread, ``PyThreadState_SetAsyncExc`` may raise there.
    """
    run(
        PRELUDE
        + f"""
p, a = made()
calls = []
def interrupt(frame, event, argument):
    if frame.f_code.co_name == {at!r} and frame.f_code.co_filename.endswith("ffi.py"):
        calls.append(event)
        if event == {when!r} and len(calls) > 40:
            sys.setprofile(None)
            raise KeyboardInterrupt
def first_step():
    sys.setprofile(interrupt)
    try:
        a.step()
    except KeyboardInterrupt:
        pass
    sys.setprofile(None)
if {where!r} == "main thread":
    first_step()
else:
    thread = threading.Thread(target=first_step)
    thread.start()
    thread.join()
def work():
    made(weight_decay=0.1)[1].step()
    a.step()
thread = threading.Thread(target=work, daemon=True)
thread.start()
thread.join(240)
assert not thread.is_alive()
""",
    )


def test_forks_while_another_thread_is_in_llvm():
    """The thread calls llvmlite directly, as Numba does."""
    run(
        PRELUDE
        + """
from llvmlite.binding import ffi
entered, leave = threading.Event(), threading.Event()
def work():
    with ffi.lib._lock:
        entered.set()
        leave.wait(0.5)
thread = threading.Thread(target=work)
thread.start()
entered.wait()
pid = os.fork()
if not pid:
    signal.alarm(240)
    made()[1].step()
    os._exit(0)
_, status = os.waitpid(pid, 0)
assert status == 0, status
thread.join()
made()[1].step()
""",
    )


def test_a_fork_by_a_handler_in_the_first_step():
    """The child continues the step without the thread that compiles the code."""
    run(
        PRELUDE
        + """
pids = []
def fork(*_):
    pids.append(os.fork())
    if not pids[0]:
        signal.alarm(240)
p, a = made()
signal.signal(signal.SIGUSR1, fork)
threading.Timer(0.03, lambda: os.kill(os.getpid(), signal.SIGUSR1)).start()
a.step()
while not pids:
    time.sleep(0.01)
a.step()
assert a.state[p]["step"] == 2
if not pids[0]:
    os._exit(0)
_, status = os.waitpid(pids[0], 0)
assert status == 0, status
""",
    )


def test_the_process_may_exit_during_the_first_step():
    run(
        PRELUDE
        + """
def interrupt(*_):
    raise SystemExit(1)
for delay in (0.01, 0.03, 0.06, 0.1):
    pid = os.fork()
    if not pid:
        signal.signal(signal.SIGALRM, interrupt)
        signal.setitimer(signal.ITIMER_REAL, delay)
        made()[1].step()
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.exit(1)
    _, status = os.waitpid(pid, 0)
    assert os.WIFEXITED(status) and os.WEXITSTATUS(status) == 1, status
""",
    )


def test_torch_updates_if_llvmlite_lacks_its_library(tmp_path):
    (tmp_path / "llvmlite").mkdir()
    (tmp_path / "llvmlite" / "__init__.py").write_text("__version__ = '0.50.0'\n")
    (tmp_path / "llvmlite" / "binding.py").write_text("raise OSError('no library')\n")
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    run(
        """
import warnings
import torch
from adadelta_gen import Adadelta

p = torch.nn.Parameter(torch.ones(5))
p.grad = torch.ones(5)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    Adadelta([p]).step()
try:
    Adadelta([p], fused=True).step()
except RuntimeError as error:
    assert "no library" in str(error) and "pip install 'llvmlite" in str(error)
else:
    raise AssertionError
""",
        PYTHONPATH=path,
    )


def test_a_thread_that_ends_before_its_first_line_is_replaced(monkeypatch):
    """``PyThreadState_SetAsyncExc`` may end the thread that compiles before it runs."""
    start, started = uninterrupted.start_new_thread, []

    def start_one_that_ends(function, arguments):
        started.append(function)
        return start(function if len(started) > 1 else int, arguments)

    monkeypatch.setattr(uninterrupted, "start_new_thread", start_one_that_ends)
    monkeypatch.setattr(uninterrupted, "_POLL", 0.01)
    assert uninterrupted.uninterrupted(lambda: 7) == 7
    assert len(started) == 2
