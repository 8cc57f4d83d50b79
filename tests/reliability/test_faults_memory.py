"""S2 to S4: changes during a step, tensors changed in place, and lifetimes of objects."""

import sys

import pytest
import torch
from parity.support import DTYPES, Pair, random

from adadelta_gen import Adadelta
from reliability.child import run
from reliability.outcomes import contents, same_outcome

STATES = ("square_avg", "acc_delta")


def made(kind, count=3):
    params = [torch.nn.Parameter(random(6, seed=i)) for i in range(count)]
    optimizer = kind(params)
    for i, p in enumerate(params):
        p.grad = random(6, seed=10 + i)
    return params, optimizer


def data_of_param(optimizer, p):
    old = p.data
    p.data = old.clone()
    return old


def state_tensor(key):
    def edit(optimizer, p):
        old = optimizer.state[p][key]
        optimizer.state[p][key] = old.clone()
        return old

    return edit


def data_of_state(key):
    def edit(optimizer, p):
        old = optimizer.state[p][key].data
        optimizer.state[p][key].data = old.clone()
        return old

    return edit


def whole_state(optimizer, p):
    old = optimizer.state[p]
    optimizer.state[p] = {key: value.clone() for key, value in old.items()}
    return old["square_avg"]


def all_states(optimizer, p):
    old = optimizer.state[p]
    for q in list(optimizer.state):
        optimizer.state[q] = {key: value.clone() for key, value in optimizer.state[q].items()}
    return old["acc_delta"]


def grad_of_same_values(optimizer, p):
    old = p.grad
    p.grad = old.clone()
    return old


EDITS = {
    "data of param": data_of_param,
    **{f"state {key}": state_tensor(key) for key in STATES},
    **{f"data of state {key}": data_of_state(key) for key in STATES},
    "whole state": whole_state,
    "all states": all_states,
    "grad": grad_of_same_values,
}


@pytest.mark.parametrize("change", ["nothing", "weight_decay", "maximize", "data", "first step"])
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_at_every_call_of_a_step(edit, change):
    """The tensors in use after the step are updated; replaced ones have old or new values."""
    at = 0
    while True:
        at += 1
        (params, ours), (mirrors, theirs) = made(Adadelta), made(torch.optim.Adadelta)
        for optimizer, own in ((ours, params), (theirs, mirrors)):
            if change != "first step":
                optimizer.step()
                optimizer.step()
            if change == "weight_decay":
                optimizer.param_groups[0]["weight_decay"] = 0.5
            if change == "maximize":
                optimizer.param_groups[0]["maximize"] = True
            if change == "data":
                own[1].data = own[1].data.clone()
        theirs.step()
        seen, left = 0, []

        def profile(frame, event, arg, at=at, ours=ours, params=params, left=left):
            nonlocal seen
            if event == "call" and "adadelta_gen" in frame.f_code.co_filename:
                seen += 1
                if seen >= at and not left and ours.state.get(params[2]):
                    sys.setprofile(None)
                    old = edit(ours, params[2])
                    left.append((old, old.clone()))
                    sys.setprofile(profile)

        sys.setprofile(profile)
        try:
            ours.step()
        finally:
            sys.setprofile(None)
        if not left:
            assert at > 1
            return
        expected, found = contents(theirs), contents(ours)
        for number, (a, b) in enumerate(zip(found, expected, strict=True)):
            for key in a:
                torch.testing.assert_close(
                    a[key], b[key], rtol=2e-6, atol=2e-8, msg=f"{key} of {number}, call {at}"
                )


def test_memory_is_replaced_at_every_call_and_the_old_one_freed():
    run("""
    import sys, torch
    from adadelta_gen import Adadelta
    def one(at, change):
        n = 1 << 16  # freed memory of this size goes back to the system: a write to it is the end
        p = torch.nn.Parameter(torch.zeros(n)); p.grad = torch.ones(n)
        q = torch.nn.Parameter(torch.zeros(n)); q.grad = torch.ones(n)
        o, m = Adadelta([p]), torch.optim.Adadelta([q])
        for x in (o, m):
            x.step()
            x.param_groups[0].update(change)
        m.step()
        seen = 0
        def profile(frame, event, arg):
            nonlocal seen
            if event == "call" and "adadelta_gen" in frame.f_code.co_filename:
                seen += 1
                if seen == at:
                    p.data = p.data.clone()
                    for key in ("square_avg", "acc_delta"):
                        o.state[p][key].data = o.state[p][key].data.clone()
        sys.setprofile(profile)
        o.step()
        sys.setprofile(None)
        torch.testing.assert_close(p, q)
        torch.testing.assert_close(o.state[p]["acc_delta"], m.state[q]["acc_delta"])
        return seen >= at
    for change in ({"weight_decay": 0.1}, {"lr": 0.5}):
        at = 1
        while one(at, change):
            at += 3
    """)


def test_finalizers_that_replace_memory():
    run("""
    import gc, torch
    from adadelta_gen import Adadelta
    params = [torch.nn.Parameter(torch.ones(8) * i) for i in range(30)]
    mirrors = [torch.nn.Parameter(p.detach().clone()) for p in params]
    o, m = Adadelta(params), torch.optim.Adadelta(mirrors)
    class Cycle:
        def __init__(self, edit):
            self.own, self.edit = self, edit
        def __del__(self):
            self.edit()
    def edit():
        done.append(1)
        for p in params:
            p.data = p.data.clone()
            for key in ("square_avg", "acc_delta"):
                if key in o.state[p]:
                    o.state[p][key] = o.state[p][key].clone()
    done = []
    gc.disable()
    for i in range(300):
        for j, (p, q) in enumerate(zip(params, mirrors)):
            p.grad = q.grad = torch.ones(8) * (i + j) % 7
        for x in (o, m):
            x.param_groups[0]["weight_decay"] = i % 2 * 0.1
        params[i % 30].data = params[i % 30].data.clone()
        if i:
            Cycle(edit)
        gc.set_threshold(gc.get_count()[0] + 7 * i % 150, 1000, 1000)
        gc.enable()
        o.step()
        gc.disable()
        m.step()
        for a, b in zip(params, mirrors):
            assert torch.allclose(a, b, 1e-5, 1e-6), (i, a, b)
    assert len(done) > 20, len(done)
    """)


@pytest.mark.parametrize("where", ["same group", "next group"])
@pytest.mark.parametrize("what", ["param", "state", "grad"])
def test_a_subclass_that_replaces_memory_while_torch_updates_it(what, where):
    """Its ``__torch_function__`` runs when torch updates it, and replaces memory of later rows."""

    class Meddling(torch.Tensor):
        edit = None

        @classmethod
        def __torch_function__(cls, function, types, args=(), kwargs=None):
            if Meddling.edit is not None:
                Meddling.edit()
            return super().__torch_function__(function, types, args, kwargs or {})

    ends = []
    for kind in (Adadelta, torch.optim.Adadelta):
        p = torch.nn.Parameter(random(5))
        odd = torch.nn.Parameter(random(5, seed=1).as_subclass(Meddling))
        if where == "same group":
            optimizer = kind([odd, p])
        else:
            optimizer = kind([{"params": [odd]}, {"params": [p]}])
        for steps in range(4):
            p.grad, odd.grad = random(5, seed=2), random(5, seed=3)
            if steps == 2:
                grad = random(5, seed=9)

                def edit(p=p, optimizer=optimizer, grad=grad):
                    if what == "param":
                        p.data = torch.full((5,), 3.0)
                    elif what == "state":
                        optimizer.state[p]["square_avg"].data = torch.full((5,), 3.0)
                    elif where == "next group":
                        p.grad = grad

                Meddling.edit = edit
            optimizer.step()
            Meddling.edit = None
        ends.append(contents(optimizer))
    for a, b in zip(*ends, strict=True):
        for key in a:
            torch.testing.assert_close(a[key], b[key], rtol=2e-6, atol=1e-7, msg=key)


@pytest.mark.parametrize("flag", ["tensor", "array"])
def test_a_flag_object_may_change_in_place(flag):
    """A step evaluates the truth value of ``maximize`` at each step, as torch does."""
    numpy = pytest.importorskip("numpy")
    pair = Pair([random(6), random(3)])
    value = torch.tensor(False) if flag == "tensor" else numpy.array(False)
    pair.each(lambda optimizer: optimizer.param_groups[0].update(maximize=value))
    pair.step(3)
    value[...] = True
    pair.step(3)


@pytest.mark.parametrize("name", ["lr", "rho", "eps", "weight_decay"])
def test_a_tensor_hyperparameter_may_change_in_place(name):
    pair = Pair([random(6), random(3)])
    # With eps=0.5 the updates are as large as the params; the tolerance is for smaller updates.
    value = torch.tensor(1e-4 if name == "eps" else 0.5, dtype=torch.float64)
    pair.each(lambda optimizer: optimizer.param_groups[0].update({name: value}))
    pair.step(3)
    value.mul_(0.5)
    pair.step(3)


# S3: tensors changed in place, with the same memory


def test_swapped_with_an_inference_tensor():
    out = run("""
    import torch
    from adadelta_gen import Adadelta
    def outcome(kind, what):
        p = torch.nn.Parameter(torch.ones(4)); o = kind([p]); p.grad = torch.ones(4)
        o.step(); o.step()
        t = p if what == "param" else o.state[p][what]
        array = t.detach().numpy()
        with torch.inference_mode():
            q = torch.from_numpy(array)
            q = torch.nn.Parameter(q, requires_grad=False) if what == "param" else q
        assert q.is_inference() and q.data_ptr() == t.data_ptr()
        t.grad = None
        torch.utils.swap_tensors(t, q)
        if what == "param":
            t.requires_grad_(False)
            t.grad = torch.ones(4)
        before = array.copy()
        try:
            o.step()
        except Exception as error:
            return type(error).__name__, (array == before).all()
        return "stepped", array.tolist()
    for what in ("param", "square_avg", "acc_delta", "step"):
        ours, theirs = outcome(Adadelta, what), outcome(torch.optim.Adadelta, what)
        print(what, ours, theirs)
        assert ours[0] == theirs[0] or (ours[0] == "RuntimeError" and ours[1]), (ours, theirs)
    """)
    assert out.count("\n") == 4


class Reversing(torch.Tensor):
    """A subclass whose ``add_`` subtracts."""

    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        kwargs = dict(kwargs or {})
        if function is torch.Tensor.add_ and "alpha" in kwargs:
            kwargs["alpha"] = -kwargs["alpha"]
        return super().__torch_function__(function, types, args, kwargs)


class Refusing(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        if getattr(function, "__name__", "").endswith("_"):
            raise TypeError("refused")
        return super().__torch_function__(function, types, args, kwargs or {})


def class_of(kind, what):
    def edit(optimizer):
        p = optimizer.param_groups[0]["params"][1]
        tensor = {"param": p, "grad": p.grad}.get(what)
        tensor = optimizer.state[p][what] if tensor is None else tensor
        is_param = what == "param"
        tensor.__class__ = type("Own", (kind, torch.nn.Parameter), {}) if is_param else kind

    return edit


@pytest.mark.parametrize("what", ["param", "grad", "square_avg", "acc_delta", "step"])
@pytest.mark.parametrize("kind", [Reversing, Refusing])
def test_the_class_of_a_tensor_is_set(kind, what):
    pair = Pair([random(6), random(1), random(3)])
    pair.step(2)
    for i, (p, q) in enumerate(zip(pair.params, pair.mirrors, strict=True)):
        p.grad, q.grad = (random(*p.shape, seed=i) for _ in "ab")
    pair.each(class_of(kind, what))
    same_outcome(pair)


def lazily(function):
    def edit(tensor):
        address = tensor.data_ptr()
        tensor.data = function(tensor.data)
        assert tensor.data_ptr() == address

    return edit


@pytest.mark.parametrize("what", ["param", "square_avg", "acc_delta", "step"])
@pytest.mark.parametrize("shape", [(), (1,), (1, 1), (5,)], ids=str)
def test_a_tensor_becomes_lazily_negated_in_its_memory(what, shape):
    pair = Pair([random(*shape), random(3)])
    pair.step(3)

    def edit(optimizer):
        p = optimizer.param_groups[0]["params"][0]
        tensor = p if what == "param" else optimizer.state[p][what]
        lazily(torch._neg_view)(tensor)

    pair.each(edit)
    for i, (p, q) in enumerate(zip(pair.params, pair.mirrors, strict=True)):
        p.grad = q.grad = random(*p.shape, seed=i)
    same_outcome(pair, may_refuse=True)


@pytest.mark.parametrize("dtype", [torch.complex64, torch.complex128], ids=str)
@pytest.mark.parametrize("shape", [(), (1,), (4,)], ids=str)
def test_a_param_becomes_lazily_conjugated_in_its_memory(shape, dtype):
    pair = Pair([random(*shape, dtype=dtype), random(3)])
    pair.step(3)
    for i, (p, q) in enumerate(zip(pair.params, pair.mirrors, strict=True)):
        p.grad, q.grad = (random(*p.shape, dtype=p.dtype, seed=i) for _ in "ab")
    pair.each(lambda optimizer: lazily(torch.conj)(optimizer.param_groups[0]["params"][0]))
    same_outcome(pair)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("what", ["param", "square_avg", "acc_delta", "grad"])
def test_a_square_is_transposed_in_its_memory(what, dtype):
    pair = Pair([random(3, 3, dtype=dtype)])
    pair.step(3)
    for p, q in zip(pair.params, pair.mirrors, strict=True):
        p.grad, q.grad = (random(3, 3, dtype=dtype) for _ in "ab")

    def edit(optimizer):
        p = optimizer.param_groups[0]["params"][0]
        tensor = {"param": p, "grad": p.grad}.get(what)
        tensor = optimizer.state[p][what] if tensor is None else tensor
        tensor.data = tensor.data.t()

    pair.each(edit)
    same_outcome(pair)


# S4: native code, and the objects that have its address


def test_modules_that_are_loaded_again():
    run("""
    import gc, importlib, sys, torch
    import adadelta_gen
    from adadelta_gen import Adadelta
    def trained(p, o):
        for _ in range(2):
            p.grad = torch.ones(1 << 17)
            o.step()
    p = torch.nn.Parameter(torch.ones(1 << 17))
    o = Adadelta([p])
    trained(p, o)
    names = [n for n in sys.modules if n.startswith("adadelta_gen.")]
    wanted = [n for n in names if n.rsplit(".")[-1] in ("machine", "code", "shim", "native")]
    assert wanted
    for name in wanted:
        importlib.reload(sys.modules[name])
        gc.collect()
        trained(p, o)
    del sys.modules["adadelta_gen"]
    for name in names:
        sys.modules.pop(name, None)
    gc.collect()
    trained(p, o)
    import adadelta_gen
    q = torch.nn.Parameter(torch.ones(1 << 17))
    other = adadelta_gen.Adadelta([q])
    trained(q, other)
    trained(p, o)
    m = torch.nn.Parameter(torch.ones(1 << 17))
    t = torch.optim.Adadelta([m])
    trained(m, t)
    torch.testing.assert_close(q, m)
    """)


def test_modules_that_are_emptied():
    """As by a tool that unloads a package: the optimizer keeps references to all that it needs."""
    run("""
    import gc, sys, torch
    from adadelta_gen import Adadelta
    p = torch.nn.Parameter(torch.ones(1 << 17)); p.grad = torch.ones(1 << 17)
    o = Adadelta([p])
    o.step(); o.step()
    for name in [n for n in sys.modules if n.startswith("adadelta_gen")]:
        module = sys.modules.pop(name)
        if name.rsplit(".")[-1] in ("machine", "code", "native"):
            vars(module).clear()
    gc.collect()
    try:
        o.step(); o.step()
        print(float(o.state[p]["step"]))
    except Exception as error:
        print(repr(error))
    """)


@pytest.mark.parametrize("where", ["atexit", "thread"])
def test_a_step_at_the_end_of_the_process(where):
    out = run(
        """
    import atexit, sys, threading, time, torch
    from adadelta_gen import Adadelta
    torch.set_num_threads(2)
    params = [torch.nn.Parameter(torch.ones(1 << 17)) for _ in range(3)]
    o = Adadelta(params)
    def step(write=sys.stdout.write, flush=sys.stdout.flush, o=o, params=params):
        o.step()
        write(f"stepped {float(o.state[params[0]]['step'])}"); flush()
    for p in params:
        p.grad = torch.ones(1 << 17)
    o.step()
    if sys.argv[1] == "atexit":
        atexit.register(step)
    else:
        main = threading.main_thread()
        threading.Thread(target=lambda: (main.join(), time.sleep(0.2), step())).start()
    """,
        where,
    )
    assert out == "stepped 2.0"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/self/maps")
@pytest.mark.parametrize("name", ["param", "square_avg", "step"])
def test_read_only_memory_is_found_where_madvise_cannot_tell(name):
    """On Linux before 5.14, and where a sandbox refuses the advice."""
    run(
        """
        import mmap, sys, tempfile, warnings
        import torch
        from adadelta_gen import Adadelta
        from adadelta_gen.native import memory
        memory.MADV_POPULATE_WRITE = 9999  # unknown to every kernel
        assert memory.madvise() is None
        warnings.simplefilter("ignore")  # of torch: the memory is not writable
        with tempfile.TemporaryFile() as file:
            file.write(bytes(mmap.PAGESIZE))
            file.flush()
            mapped = mmap.mmap(file.fileno(), mmap.PAGESIZE, access=mmap.ACCESS_READ)
        values = torch.frombuffer(mapped, dtype=torch.float32)
        name = sys.argv[1]
        p = torch.nn.Parameter(values[:64] if name == "param" else torch.zeros(64))
        p.grad = torch.ones(64)
        optimizer = Adadelta([p])
        if name != "param":
            optimizer.step()
            old = optimizer.state[p][name]
            optimizer.state[p][name] = values[: old.numel()].view(old.shape)
        try:
            optimizer.step()
        except RuntimeError as error:
            assert "is read-only" in str(error) and "parameter 0 of group 0" in str(error), error
        else:
            raise AssertionError("the step raised no error")
        if name != "param":
            optimizer.state[p][name] = old
            optimizer.step()
            assert optimizer.state[p]["step"] == 2
        """,
        name,
    )
