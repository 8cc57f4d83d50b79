"""S1: concurrent and nested steps of one optimizer are counted as by torch."""

from reliability.child import run

PRELUDE = """
import gc, signal, sys, threading
import torch
from adadelta_gen import Adadelta
torch.set_num_threads(2)
def made(n=1 << 14, count=3, **options):
    params = [torch.nn.Parameter(torch.zeros(n)) for _ in range(count)]
    for p in params:
        p.grad = torch.ones(n)
    return params, Adadelta(params, **options)
def in_threads(n, work):
    errors = []
    def body():
        try:
            work()
        except BaseException as error:
            errors.append(error)
    threads = [threading.Thread(target=body) for _ in range(n)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    if errors:
        raise errors[0]
def check(params, o, steps):
    # Grads of 1: square_avg is 1 - rho ** steps, whatever the order of the steps was.
    for p in params:
        state = o.state[p]
        assert float(state["step"]) == steps, (float(state["step"]), steps)
        own = torch.optim.Adadelta([q := torch.nn.Parameter(torch.zeros(1))])
        q.grad = torch.ones(1)
        for _ in range(steps):
            own.step()
        torch.testing.assert_close(p.detach(), q.detach().expand_as(p), rtol=1e-3, atol=1e-6)
        for key in ("square_avg", "acc_delta"):
            wide = own.state[q][key].expand_as(p)
            torch.testing.assert_close(state[key], wide, rtol=1e-3, atol=1e-9)
"""


def in_child(script, **environment):
    return run(PRELUDE + script, **environment)


def test_threads_that_give_grads_and_step():
    in_child("""
params, o = made(count=1)
p = params[0]
o.step()
def work():
    for _ in range(2000):
        p.grad = torch.ones(1 << 14)
        o.step()
in_threads(4, work)
assert o.state[p]["step"] == 8001, o.state[p]["step"]
""")


def test_threads_that_step():
    in_child("""
for options in ({}, {"nonfinite": "skip"}, {"nonfinite": "raise"}):
    for _ in range(2):
        params, o = made(**options)
        in_threads(4, lambda: [o.step() for _ in range(60)])
        check(params, o, 240)
""")


def test_threads_that_step_and_change_numbers():
    """Each new hyperparameter makes the next step set its scalars again."""
    in_child("""
params, o = made()
def work():
    for i in range(200):
        o.param_groups[0]["eps"] = 1e-6 * (1 + i % 2 * 1e-9)
        o.step()
in_threads(4, work)
check(params, o, 800)
""")


def test_threads_with_several_groups_and_rows_of_torchs():
    in_child("""
class Sub(torch.Tensor):
    pass
params, o = made()
more = [torch.nn.Parameter(torch.zeros(64)) for _ in range(2)]
more[1] = torch.nn.Parameter(torch.zeros(64).as_subclass(Sub))
for p in more:
    p.grad = torch.ones(64)
o.add_param_group({"params": more[:1]})
o.add_param_group({"params": more[1:]})
in_threads(4, lambda: [o.step() for _ in range(100)])
for p in params + more:
    assert o.state[p]["step"] == 400
""")


NUMBER = """
class Number(float):
    left = 2
    def once(self):
        if Number.left:
            Number.left -= 1
            self.optimizer.step()
    def __float__(self):
        self.once()
        return float(1.0)
    def __neg__(self):
        self.once()
        return -1.0
    def __ne__(self, other):
        self.once()
        return True
    def __eq__(self, other):
        self.once()
        return False
    __hash__ = float.__hash__
def outcome(kind, name, value):
    params = [torch.nn.Parameter(torch.ones(5) * i) for i in range(3)]
    o = kind(params)
    for i, p in enumerate(params):
        p.grad = torch.full((5,), i + 0.5)
    o.step()
    number = Number(value)
    number.optimizer = o
    Number.left = 2
    o.param_groups[0][name] = number
    for _ in range(3):
        o.step()
    return [o.state[p][k] for p in params for k in ("step", "square_avg", "acc_delta")] + params
"""


def test_a_number_that_steps():
    in_child(f"""{NUMBER}
for name, value in dict(lr=1.0, rho=0.9, eps=1e-6, weight_decay=0.5).items():
    for _ in range(3):
        ours, theirs = (outcome(kind, name, value) for kind in (Adadelta, torch.optim.Adadelta))
        for i, (a, b) in enumerate(zip(ours, theirs)):
            message = lambda m: f"{{name}}, {{i}}: {{m}}"
            torch.testing.assert_close(a, b, rtol=2e-6, atol=1e-8, msg=message)
""")


def test_a_flag_that_steps():
    """``maximize`` may be any object, whose ``__bool__`` may take a step."""
    in_child("""
class Flag:
    left = 0
    def __bool__(self):
        if Flag.left:
            Flag.left -= 1
            self.optimizer.step()
        return False
def outcome(kind):
    params = [torch.nn.Parameter(torch.ones(5) * i) for i in range(3)]
    o = kind(params)
    for i, p in enumerate(params):
        p.grad = torch.full((5,), i + 0.5)
    o.step()
    flag = Flag()
    flag.optimizer = o
    o.param_groups[0]["maximize"] = flag
    for _ in range(3):
        Flag.left = 1
        o.step()
    Flag.left = 0
    return [o.state[p][k] for p in params for k in ("step", "square_avg", "acc_delta")] + params
for a, b in zip(outcome(Adadelta), outcome(torch.optim.Adadelta)):
    torch.testing.assert_close(a, b, rtol=2e-6, atol=1e-8)
""")


def test_a_signal_handler_that_steps():
    in_child("""
params, o = made(1 << 16)
o.step()  # torch raises where the first step, which makes the states, is interrupted by another
count = [0]
def handler(*_):
    count[0] += 1
    o.step()
    if count[0] < 100:
        signal.setitimer(signal.ITIMER_REAL, 0.0005 + count[0] % 7 * 0.0005)
signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.002)
own = 1
while count[0] < 100:
    o.step()
    own += 1
signal.setitimer(signal.ITIMER_REAL, 0)
total = own + count[0]
for p in params:
    assert o.state[p]["step"] == total, (o.state[p]["step"], total)
    ideal = 1 - 0.9 ** total
    assert abs(float(o.state[p]["square_avg"].min()) - ideal) < 1e-4
    assert abs(float(o.state[p]["square_avg"].max()) - ideal) < 1e-4
""")


def test_a_finalizer_that_steps():
    in_child("""
params, o = made(64, count=20)
count = [0]
class Cycle:
    def __init__(self):
        self.own = self
    def __del__(self):
        if len(busy) < 3:
            busy.append(1)
            count[0] += 1
            o.step()
            busy.pop()
busy = []
for i in range(300):
    o.param_groups[0]["eps"] = 1e-6 * (1 + i * 1e-12)
    params[i % 20].data = params[i % 20].data.clone()
    gc.disable()
    Cycle()
    gc.set_threshold(gc.get_count()[0] + 7 * i % 150, 1000, 1000)
    gc.enable()
    o.step()
gc.disable()
gc.collect()
total = count[0] + 300
assert count[0] > 20
for p in params:
    assert o.state[p]["step"] == total, (o.state[p]["step"], total)
""")


def test_a_step_at_every_call_inside_a_step():
    """Nested steps at every call: both are counted, and neither reads tables of the other."""
    in_child("""
def stepped(at, change):
    params, o = made(8)
    seen = [0]
    def trace(frame, event, arg):
        if event in ("call", "c_return") and "adadelta_gen" in frame.f_code.co_filename:
            seen[0] += 1
            if seen[0] == at:
                sys.setprofile(None)
                o.step()
                sys.setprofile(trace)
    o.step()
    if change == "data":
        params[0].data = params[0].data.clone()
    elif change == "eps":
        o.param_groups[0]["eps"] = 1.0000001e-6
    elif change == "state":
        o.state[params[1]] = dict(o.state[params[1]])
    sys.setprofile(trace)
    o.step()
    sys.setprofile(None)
    return params, o, seen[0] >= at
for change in ("data", "eps", "state", "nothing"):
    at = 1
    while True:
        params, o, inside = stepped(at, change)
        if not inside:
            break
        check(params, o, 3)
        at += 1
    assert at > 4
""")
