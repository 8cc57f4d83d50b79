"""S5 to S8: ownership of states, unusual counters, and steps applied completely or not at all."""

import copy
import sys

import pytest
import torch
from parity.support import Pair, random
from torch._subclasses.fake_tensor import FakeTensorMode

from adadelta_gen import Adadelta
from adadelta_gen.step.groups import Group
from reliability.child import run
from reliability.moments import PLACES
from reliability.outcomes import attempt, contents, differing, same_outcome, steps

SIZES = (6, 6, 6, 3)


def trained_pair(**options):
    pair = Pair([random(n, seed=i) for i, n in enumerate(SIZES)], **options)
    pair.step(3)
    return pair


def new_grads(pair):
    for i, (p, q) in enumerate(zip(pair.params, pair.mirrors, strict=True)):
        p.grad = q.grad = random(*p.shape, dtype=p.dtype, seed=50 + i)


# S5: states under each other's keys


def exchange(optimizer):
    p, q, *_ = optimizer.param_groups[0]["params"]
    states = optimizer.state
    a, b = states.pop(p), states.pop(q)
    states[q], states[p] = a, b


def rotate(optimizer):
    p, q, r, _ = optimizer.param_groups[0]["params"]
    states = optimizer.state
    a, b, c = states.pop(p), states.pop(q), states.pop(r)
    states[q], states[r], states[p] = a, b, c


def hand_over(optimizer):
    p, q, *_ = optimizer.param_groups[0]["params"]
    optimizer.state[p] = optimizer.state.pop(q)


def share_one_state(optimizer):
    p, q, *_ = optimizer.param_groups[0]["params"]
    optimizer.state[p] = optimizer.state[q]


def exchange_in_place(optimizer):
    p, q, *_ = optimizer.param_groups[0]["params"]
    a, b = dict(optimizer.state[p]), dict(optimizer.state[q])
    optimizer.state[p].update(b)
    optimizer.state[q].update(a)


def exchange_averages(optimizer):
    p, *_ = optimizer.param_groups[0]["params"]
    state = optimizer.state[p]
    state["square_avg"], state["acc_delta"] = state["acc_delta"].abs(), state["square_avg"]


def remove_and_add_key(optimizer):
    p, *_ = optimizer.param_groups[0]["params"]
    state = optimizer.state[p]
    state["square_avg"] = state.pop("square_avg").clone().mul_(2)


def exchange_params(optimizer):
    params = optimizer.param_groups[0]["params"]
    params[0], params[1] = params[1], params[0]


@pytest.mark.parametrize(
    "edit",
    [
        *(exchange, rotate, hand_over, share_one_state, exchange_in_place),
        *(exchange_averages, remove_and_add_key, exchange_params),
    ],
)
def test_states_under_other_keys_are_used(edit):
    pair = trained_pair()
    pair.each(edit)
    for _ in range(3):
        new_grads(pair)
        same_outcome(pair)


def test_states_are_exchanged_across_groups():
    pair = Pair([{"params": [random(6)]}, {"params": [random(6, seed=1)], "lr": 0.5}])
    pair.step(3)

    def edit(optimizer):
        (p,), (q,) = (group["params"] for group in optimizer.param_groups)
        a, b = optimizer.state.pop(p), optimizer.state.pop(q)
        optimizer.state[q], optimizer.state[p] = a, b

    pair.each(edit)
    for _ in range(2):
        new_grads(pair)
        same_outcome(pair)


def test_two_states_are_exchanged():
    """Including their order in the dict: only the keys differ."""
    pair = Pair([random(6), random(6, seed=1)])
    pair.step(3)

    def edit(optimizer):
        p, q = optimizer.param_groups[0]["params"]
        states = optimizer.state
        a, b = states.pop(p), states.pop(q)
        states[q], states[p] = a, b

    pair.each(edit)
    for _ in range(3):
        new_grads(pair)
        same_outcome(pair)


# S6: counters other than one float32 in memory of its own


def fake(step):
    with FakeTensorMode():
        return torch.zeros(())


def inference(step):
    with torch.inference_mode():
        return step.clone()


def subclass(step):
    class Counting(torch.Tensor):
        pass

    return step.clone().as_subclass(Counting)


COUNTERS = {
    **{
        str(dtype): lambda step, dtype=dtype: step.to(dtype)
        for dtype in (
            *(torch.int8, torch.int16, torch.int32, torch.int64, torch.uint8, torch.bool),
            *(torch.uint16, torch.uint32, torch.uint64),
            *(torch.float16, torch.bfloat16, torch.float64, torch.complex64),
            *(torch.float8_e4m3fn, torch.float8_e5m2),
        )
    },
    "quantized": lambda step: torch.quantize_per_tensor(step.reshape(1), 1.0, 0, torch.qint8)[0],
    "lazily negated": lambda step: torch._neg_view(-step),
    "lazily conjugated": lambda step: step.to(torch.complex64).conj(),
    "lazily real": lambda step: torch.complex(torch.zeros(()), step).conj().imag.neg(),
    "zero tensor": lambda step: torch._efficientzerotensor(()),
    "zero tensor of integers": lambda step: torch._efficientzerotensor((), dtype=torch.int8),
    "inference": inference,
    "fake": fake,
    "meta": lambda step: step.to("meta"),
    "sparse": lambda step: step.reshape(1).to_sparse(),
    "one element": lambda step: step.reshape(1),
    "a matrix": lambda step: step.reshape(1, 1),
    "two elements": lambda step: step.repeat(2),
    "none": lambda step: step.new_zeros(0),
    "expanded": lambda step: step.expand(3),
    "subclass": subclass,
    "a param": lambda step: torch.nn.Parameter(step.clone()),
    "number": float,
    "int": int,
    "missing": lambda step: None,
    "at an odd address": lambda step: (
        torch.zeros(9, dtype=torch.uint8)[4:8].view(torch.float32)[0].fill_(float(step))
    ),
    "in a row of others": lambda step: torch.full((5,), float(step))[2],
    "huge": lambda step: torch.tensor(2.0**24),
    "nan": lambda step: torch.tensor(float("nan")),
}
REFUSED = {"number", "int", "missing", "two elements", "none", "expanded", "a matrix"}


def check_counter(counter, at):
    pair = trained_pair()
    extra = Pair([random(4)])
    extra.step()

    def edit(optimizer):
        p = optimizer.param_groups[0]["params"][at]
        value = COUNTERS[counter](optimizer.state[p]["step"])
        if value is None:
            del optimizer.state[p]["step"]
        else:
            optimizer.state[p]["step"] = value

    pair.each(edit)
    for _ in range(2):
        new_grads(pair)
        if same_outcome(pair, may_refuse=counter in REFUSED):
            return


# Each of them may end the process, so all run in child processes.
@pytest.mark.parametrize("at", [0, 3])
def test_unusual_counters_are_counted_as_by_torch(at):
    run(f"""
import sys
sys.path.insert(0, {str(__file__).rsplit("/", 2)[0]!r})
import traceback, warnings
warnings.simplefilter("ignore")
import parity.support
from reliability import test_faults_counters as t
wrong = []
for counter in t.COUNTERS:
    print(counter, flush=True)
    try:
        t.check_counter(counter, {at})
    except AssertionError as error:
        wrong.append(counter + ": " + str(error)[:300])
assert not wrong, "\\n".join(wrong)
""")


def test_counters_in_read_only_memory_raise():
    run("""
    import mmap, torch
    from adadelta_gen import Adadelta
    def readonly(values):
        import tempfile, warnings, numpy
        warnings.simplefilter("ignore")
        with tempfile.NamedTemporaryFile(delete=False) as file:
            numpy.asarray(values.detach()).tofile(file)
        array = numpy.memmap(file.name, numpy.float32, "r", shape=tuple(values.shape) or (1,))
        return torch.from_numpy(array).reshape(values.shape)
    for which in ("step", "square_avg", "acc_delta", "param"):
        for place in (0, 1, 2):
            params = [torch.nn.Parameter(torch.ones(5)) for _ in range(3)]
            o = Adadelta(params)
            for _ in range(2):
                for p in params:
                    p.grad = torch.ones(5)
                o.step()
            p = params[place]
            if which == "param":
                p.data = readonly(p)
            else:
                o.state[p][which] = readonly(o.state[p][which])
            saved = [t.clone() for q in params for t in (q.detach(), *o.state[q].values())]
            try:
                o.step()
            except RuntimeError as error:
                assert f"parameter {place}" in str(error), error
            else:
                raise AssertionError("not refused")
            now = [t for q in params for t in (q.detach(), *o.state[q].values())]
            assert all(map(torch.equal, saved, now)), (which, place)
    """)


# S7: a step that raises


class Refusing(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        if Refusing.armed and getattr(function, "__name__", "").endswith("_"):
            raise TypeError("refused")
        return super().__torch_function__(function, types, args, kwargs or {})

    armed = False


def shorter_param(optimizer, p):
    p.data = p.data[:2]


def overlapping_param(optimizer, p):
    p.data = torch.ones(1).expand(6)


def refusing_param(optimizer, p):
    p.data = p.data.clone()
    p.__class__ = type("Own", (Refusing, torch.nn.Parameter), {})
    Refusing.armed = True


def refusing_grad(optimizer, p):
    p.grad = p.grad.clone().as_subclass(Refusing)
    p.grad.__class__ = Refusing
    Refusing.armed = True


def refusing_average(optimizer, p):
    optimizer.state[p]["acc_delta"] = optimizer.state[p]["acc_delta"].as_subclass(Refusing)
    Refusing.armed = True


def int_average(optimizer, p):
    optimizer.state[p]["acc_delta"] = torch.ones(6, dtype=torch.int64)


def quantized_average(optimizer, p):
    value = torch.quantize_per_tensor(optimizer.state[p]["square_avg"], 0.1, 0, torch.qint8)
    optimizer.state[p]["square_avg"] = value


def sparse_average(optimizer, p):
    optimizer.state[p]["square_avg"] = optimizer.state[p]["square_avg"].to_sparse()


def sparse_grad(optimizer, p):
    p.grad = p.grad.to_sparse()


def complex_average(optimizer, p):
    optimizer.state[p]["square_avg"] = torch.zeros(6, dtype=torch.complex64)


def other_shape_of_average(optimizer, p):
    optimizer.state[p]["acc_delta"] = torch.zeros(2)


def scalar_average(optimizer, p):
    optimizer.state[p]["acc_delta"] = torch.zeros(())


def overlapping_average(optimizer, p):
    optimizer.state[p]["square_avg"] = torch.ones(1).expand(6)


def missing_average(optimizer, p):
    del optimizer.state[p]["acc_delta"]


def average_that_is_a_number(optimizer, p):
    optimizer.state[p]["acc_delta"] = 1.0


def inference_average(optimizer, p):
    with torch.inference_mode():
        optimizer.state[p]["acc_delta"] = optimizer.state[p]["acc_delta"].clone()


def leaf_that_requires_grad_as_average(optimizer, p):
    optimizer.state[p]["acc_delta"] = optimizer.state[p]["acc_delta"].clone().requires_grad_()


def float64_average(optimizer, p):
    optimizer.state[p]["acc_delta"] = optimizer.state[p]["acc_delta"].double()


def bool_counter(optimizer, p):
    optimizer.state[p]["step"] = torch.tensor(True)


BAD_ROWS = [
    *(shorter_param, overlapping_param, refusing_param, refusing_grad, refusing_average),
    *(int_average, quantized_average, sparse_average, sparse_grad),
    *(complex_average, other_shape_of_average, scalar_average, overlapping_average),
    *(missing_average, average_that_is_a_number, inference_average),
    *(leaf_that_requires_grad_as_average, float64_average, bool_counter),
]
# Ours raises before anything is written; torch trains with the wrong state.
REFUSED_ROWS = {
    *(int_average, complex_average, other_shape_of_average, scalar_average, missing_average),
    average_that_is_a_number,
}


@pytest.fixture
def disarmed():
    yield
    Refusing.armed = False


@pytest.mark.filterwarnings("ignore:torch.quantize_per_tensor")
@pytest.mark.parametrize("groups", [1, 2, 4])
@pytest.mark.parametrize("at", [0, 2, 3])
@pytest.mark.parametrize("bad", BAD_ROWS)
def test_an_invalid_row_changes_nothing(bad, at, groups, disarmed):
    params = [random(6, seed=i) for i in range(4)]
    size = 4 // groups
    entries = [{"params": params[i : i + size]} for i in range(0, 4, size)]
    pair = Pair(entries)
    pair.step(2)
    pair.random_grads()
    for p, q in zip(pair.params, pair.mirrors, strict=True):
        q.grad = p.grad.clone()
    for optimizer, own in ((pair.ours, pair.params), (pair.theirs, pair.mirrors)):
        bad(optimizer, own[at])
    same_outcome(pair, may_refuse=bad in REFUSED_ROWS)


@pytest.mark.parametrize("bad", [shorter_param, overlapping_param])
@pytest.mark.parametrize("at", [0, 3])
def test_an_invalid_row_at_its_first_step_changes_nothing(bad, at):
    pair = Pair([random(6, seed=i) for i in range(4)])
    pair.random_grads()
    for optimizer, own in ((pair.ours, pair.params), (pair.theirs, pair.mirrors)):
        bad(optimizer, own[at])
    assert same_outcome(pair)


def test_freed_memory_of_rows_that_torch_updates_raises():
    """Torch would read freed memory; ours raises before anything is written."""
    run("""
    import torch
    from adadelta_gen import Adadelta
    class Sub(torch.Tensor):
        pass
    def rows(kind):
        params = [torch.nn.Parameter(torch.ones(5)) for _ in range(3)]
        if kind == "subclass":
            params[2] = torch.nn.Parameter(torch.ones(5).as_subclass(Sub))
        o = Adadelta(params)
        for _ in range(2):
            for p in params:
                p.grad = torch.ones(5)
            o.step()
        if kind == "double state":
            o.state[params[2]]["acc_delta"] = torch.zeros(5).double()
        if kind == "int counter":
            o.state[params[2]]["step"] = torch.tensor(2)
        return params, o
    def plain(t):
        return torch.Tensor.clone(t.detach())
    for kind in ("double state", "int counter", "subclass"):
        for what in ("param", "grad", "square_avg", "acc_delta", "step"):
            params, o = rows(kind)
            p = params[2]
            tensor = {"param": p, "grad": p.grad}.get(what)
            tensor = o.state[p][what] if tensor is None else tensor
            tensor.untyped_storage().resize_(0)
            sound = params[:2]
            saved = [plain(t) for q in sound for t in (q, *o.state[q].values())]
            others = [o.state[p][k] for k in ("step", "square_avg") if k != what]
            others_saved = [plain(t) for t in others]
            try:
                o.step()
            except RuntimeError as error:
                pass
            else:
                raise AssertionError(f"{what} of a row with {kind}: not refused")
            now = [plain(t) for q in sound for t in (q, *o.state[q].values())]
            assert all(map(torch.equal, saved, now)), (kind, what)
            assert all(map(torch.equal, others_saved, others)), (kind, what)
    """)


def test_a_later_group_whose_numbers_torch_refuses():
    pair = Pair([{"params": [random(4)]}, {"params": [random(4, seed=1)]}])
    pair.step(2)
    pair.edit(1, lr="0.5")
    new_grads(pair)
    assert same_outcome(pair)


# S8: interrupts


class Interrupt(BaseException):
    pass


def interrupted_at(optimizer, at):
    """Raise where the interpreter handles signals: after a call, and when a function starts.

    Of this package, or of torch's optimizer, which creates the states.
    """
    seen = 0

    def profile(frame, event, arg):
        nonlocal seen
        code = frame.f_code
        if code.co_name == "<genexpr>":  # it may be closing, when nothing can be raised
            return
        if event in ("call", "c_return") and code.co_filename.startswith(PLACES):
            seen += 1
            if seen == at:
                raise Interrupt

    sys.setprofile(profile)
    try:
        optimizer.step()
    except Interrupt:
        return True
    finally:
        sys.setprofile(None)
    return False


@pytest.mark.parametrize("change", ["nothing", "lr", "data", "groups", "nonfinite", "first step"])
def test_an_interrupt_after_every_call(change):
    """A step is applied completely or not at all, and grad mode is restored."""
    params = [torch.nn.Parameter(torch.ones(4)) for _ in range(4)]
    for p in params:
        p.grad = torch.ones(4)
    groups = [{"params": params[:2]}, {"params": params[2:]}]
    options = {"nonfinite": "skip"} if change == "nonfinite" else {}
    at = 0
    while True:
        at += 1
        optimizer = Adadelta(groups if change == "groups" else params, **options)
        if change != "first step":
            optimizer.step()
            optimizer.step()
        if change == "lr":
            optimizer.param_groups[0]["lr"] = 0.5
        if change == "data":
            params[1].data = params[1].data.clone()
        before = contents(optimizer)
        whole = copy.deepcopy(optimizer)
        for p, q in zip(params, whole_params(whole), strict=True):
            q.grad = p.grad
        whole.step()
        came = interrupted_at(optimizer, at)
        assert torch.is_grad_enabled(), f"grad mode stays off after an interrupt at {at}"
        after = contents(optimizer)
        if not came:
            assert at > 3
            return
        if why := differing(after, before, True):
            why = differing(after, contents(whole), False)
            assert not why, f"half a step at {at}: {why}"
        before_steps = steps_of(optimizer)
        optimizer.step()
        assert steps_of(optimizer) == [n + 1 for n in before_steps]


def interrupted_at_line(optimizer, function, line):
    """Raise before the n-th line that a function executes."""
    seen = 0

    def local(frame, event, arg):
        nonlocal seen
        if event == "line":
            seen += 1
            if seen == line:
                raise Interrupt
        return local

    old = sys.gettrace()  # that of a coverage measurement
    sys.settrace(lambda frame, *_: local if frame.f_code is function.__code__ else None)
    try:
        optimizer.step()
    except Interrupt:
        return True
    finally:
        sys.settrace(old)
    return False


@pytest.mark.parametrize("stays", [True, False])
def test_an_interrupt_while_the_keys_of_a_group_are_stored(stays):
    """The next step stores them again, also if the group has its former keys then."""
    line = 0
    while True:
        line += 1
        pair = Pair([random(4)])
        pair.edit(own=1)
        pair.step(2)
        rename(pair, "own", "other")
        pair.random_grads()
        if not interrupted_at_line(pair.ours, Group._remember, line):
            assert line > 10
            return
        if not stays:
            rename(pair, "other", "own")
        pair.step_with_grads()
        pair.step()


def rename(pair, before, after):
    for optimizer in pair.both:
        (group,) = optimizer.param_groups
        group[after] = group.pop(before)


@pytest.mark.parametrize("options", [{}, {"foreach": True}], ids=str)
@pytest.mark.parametrize("at", range(1, 5))
def test_an_interrupt_leaves_no_incomplete_state(monkeypatch, at, options):
    """Torch creates the tensors of a state one after the other."""
    params = [torch.nn.Parameter(torch.ones(4)) for _ in range(2)]
    for p in params:
        p.grad = torch.ones(4)
    optimizer = Adadelta(params, **options)
    zeros_like, made = torch.zeros_like, []

    def interrupting(*args, **kwargs):
        made.append(args)
        if len(made) == at:
            raise Interrupt
        return zeros_like(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(torch, "zeros_like", interrupting)
        with pytest.raises(Interrupt):
            optimizer.step()
    assert [len(state) for state in optimizer.state.values()] == [3] * ((at - 1) // 2)
    optimizer.step()
    assert steps_of(optimizer) == [1.0, 1.0]


def whole_params(optimizer):
    return [p for group in optimizer.param_groups for p in group["params"]]


def steps_of(optimizer):
    states = (optimizer.state.get(p) for p in whole_params(optimizer))
    return [float(state["step"]) if state else 0.0 for state in states]


def test_signals_while_kernels_run():
    run("""
    import signal, torch
    from adadelta_gen import Adadelta
    class Interrupt(BaseException):
        pass
    def handler(*_):
        raise Interrupt
    signal.signal(signal.SIGALRM, handler)
    p = torch.nn.Parameter(torch.zeros(1 << 21))
    p.grad = torch.ones(1 << 21)
    o = Adadelta([p], rho=0.99)
    o.step(); o.step()
    came = 0
    for i in range(60):
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.0001 + i % 30 * 0.0001)
            o.step()
            signal.setitimer(signal.ITIMER_REAL, 0)
        except Interrupt:
            came += 1
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        assert torch.is_grad_enabled()
        steps = float(o.state[p]["step"])
        average = o.state[p]["square_avg"]
        ideal = 1 - 0.99 ** steps
        assert abs(float(average.min()) - ideal) < 1e-4, (i, steps, float(average.min()), ideal)
        assert abs(float(average.max()) - ideal) < 1e-4, (i, steps, float(average.max()), ideal)
    assert came > 5, came
    """)


def test_attempt_reports_errors():
    pair = trained_pair()
    assert attempt(pair.ours) is None
    assert steps(pair) == [4.0] * len(SIZES)
