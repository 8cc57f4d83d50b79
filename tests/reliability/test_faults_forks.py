"""S15: forked children, and threads that outlive the main thread."""

import os

import pytest

from reliability.child import run

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")

PRELUDE = """
import atexit, os, signal, sys, threading, time, warnings
warnings.simplefilter("ignore")
import torch
from adadelta_gen import Adadelta
torch.set_num_threads(2)
def made(n=1 << 17, count=3):
    params = [torch.nn.Parameter(torch.zeros(n)) for _ in range(count)]
    for p in params:
        p.grad = torch.ones(n)
    return params, Adadelta(params)
def waited(pid):
    _, status = os.waitpid(pid, 0)
    assert status == 0, f"the child ended with {status}"
def check(params, o):
    # One number for all elements, and the counter is what the average says.
    for p in params:
        # By NumPy: torch's own threads, which a child has not, are waited for by large operations.
        steps, average = float(o.state[p]["step"]), o.state[p]["square_avg"].numpy()
        assert abs(float(average.min()) - (1 - 0.9**steps)) < 1e-4
        assert abs(float(average.max()) - (1 - 0.9**steps)) < 1e-4
"""


def in_child(script, **environment):
    return run(PRELUDE + script, **environment)


def test_a_thread_of_a_forked_child_outlives_its_main_thread():
    in_child("""
params, o = made()
o.step(); o.step()
read, write = os.pipe()
pid = os.fork()
if not pid:
    signal.alarm(240)
    main = threading.main_thread()
    def late():
        main.join()
        time.sleep(0.3)
        try:
            o.step(); o.step()
            check(params, o)
            os.write(write, b"stepped")
        except BaseException as error:
            os.write(write, repr(error).encode())
    threading.Thread(target=late).start()
    sys.exit(0)
os.close(write)
said = os.read(read, 1000)
waited(pid)
assert said == b"stepped", said
""")


@pytest.mark.parametrize("where", ["atexit", "finalizer"])
def test_a_forked_childs_step_at_exit(where):
    in_child(f"""
read, write = os.pipe()
def last(write_to=os.write):
    try:
        o.step(); o.step()
        check(params, o)
        write_to(write, b"stepped")
    except BaseException as error:
        write_to(write, repr(error).encode())
params, o = made()
o.step()
pid = os.fork()
if not pid:
    signal.alarm(240)
    o.step()
    if "{where}" == "atexit":
        atexit.register(last)
    elif "{where}" == "finalizer":
        import weakref
        held = Adadelta([torch.nn.Parameter(torch.ones(2))])
        weakref.finalize(held, last)
    sys.exit(0)
os.close(write)
said = os.read(read, 1000)
waited(pid)
assert said == b"stepped", said
""")


def test_a_childs_new_optimizer_in_a_thread_after_main():
    in_child("""
params, o = made()
o.step()
read, write = os.pipe()
pid = os.fork()
if not pid:
    signal.alarm(240)
    main = threading.main_thread()
    def late():
        main.join()
        time.sleep(0.3)
        try:
            params, o = made(1 << 12)
            o.step(); o.step()
            check(params, o)
            os.write(write, b"stepped")
        except BaseException as error:
            os.write(write, repr(error).encode())
    threading.Thread(target=late).start()
    sys.exit(0)
os.close(write)
said = os.read(read, 1000)
waited(pid)
assert said == b"stepped", said
""")


@pytest.mark.parametrize("elements", [1 << 6, 1 << 17])
def test_forks_in_the_middle_of_steps(elements):
    in_child(f"""
params, o = made({elements})
o.step()
done = []
def work():
    i = 0
    while not done:
        i += 1
        o.param_groups[0]["eps"] = 1e-6 * (1 + i % 2 * 1e-9)
        if i % 7 == 0:
            params[1].data = params[1].data.clone()
        o.step()
thread = threading.Thread(target=work)
thread.start()
for i in range(12):
    time.sleep(0.003 * (i % 4))
    pid = os.fork()
    if not pid:
        signal.alarm(240)
        try:
            before = float(o.state[params[0]]["step"])
            for _ in range(3):
                o.step()
            assert float(o.state[params[0]]["step"]) == before + 3
            other = made(1 << 6)[1]
            other.step(); other.step()
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    waited(pid)
done.append(1)
thread.join()
check(params, o)
""")


def test_a_fork_while_another_thread_compiles():
    in_child("""
params, o = made(1000)
def work():
    o.step()
thread = threading.Thread(target=work)
thread.start()
time.sleep(0.02)  # in the middle of it: it takes about 0.1
children = []
for _ in range(3):
    pid = os.fork()
    if not pid:
        signal.alarm(240)
        try:
            o.step()
            other, p = made(1000)[::-1]
            other.step()
            check(p, other)
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    children.append(pid)
    time.sleep(0.02)
for pid in children:
    waited(pid)
thread.join()
check(params, o)
""")


def test_a_grandchild():
    in_child("""
params, o = made()
o.step()
for depth in range(3):
    pid = os.fork()
    if pid:
        waited(pid)
        os._exit(0) if depth else sys.exit(0)
    signal.alarm(240)
    o.step()
    check(params, o)
os._exit(0)
""")


def test_a_fork_inside_a_step():
    """In a hook or in other user code: both processes complete the step."""
    in_child("""
params, o = made(1 << 10)
o.step()
def stepped(at):
    seen = 0
    pids = []
    def profile(frame, event, arg):
        nonlocal seen
        if event == "call" and "adadelta_gen" in frame.f_code.co_filename:
            seen += 1
            if seen == at:
                pids.append(os.fork())
    params[1].data = params[1].data.clone()
    sys.setprofile(profile)
    o.step()
    sys.setprofile(None)
    if pids and not pids[0]:
        signal.alarm(240)
        o.step()
        check(params, o)
        os._exit(0)
    if pids:
        waited(pids[0])
    return bool(pids)
at = 1
while stepped(at):
    at += 3
assert at > 4
check(params, o)
""")
