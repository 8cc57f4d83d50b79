"""S11 and S12: training that works with torch works, and only changed rows are examined."""

import importlib
import pathlib
import sys
import threading
from collections import OrderedDict, UserDict, defaultdict

import pytest
import torch
from parity.support import Pair, random

from adadelta_gen import Adadelta
from reliability.outcomes import same_outcome

KINDS = (Adadelta, torch.optim.Adadelta)


def ends(train):
    """Train with both optimizers and compare the results of ``train``."""
    ours, theirs = (train(kind) for kind in KINDS)
    for i, (a, b) in enumerate(zip(ours, theirs, strict=True)):
        a, b = (t.detach() if isinstance(t, torch.Tensor) else t for t in (a, b))
        torch.testing.assert_close(a, b, rtol=2e-6, atol=1e-7, msg=lambda m, i=i: f"{i}: {m}")


# S11


@pytest.mark.parametrize(
    "loss",
    [
        torch.sgn,
        torch.sign,
        torch.floor,
        lambda p: p.detach() + 0 * p,
        torch.round,
        torch.heaviside,
    ],
    ids=lambda f: getattr(f, "__name__", "loss"),
)
def test_a_grad_of_zeros(loss):
    def train(kind):
        params = [torch.nn.Parameter(random(4, seed=i)) for i in range(2)]
        optimizer = kind(params)
        for step in range(4):
            optimizer.zero_grad()
            p, q = params
            first = p if loss is torch.heaviside or step == 1 else loss(p)
            (first.sum() + (q**2).sum()).backward()
            optimizer.step()
        return [*params, *(optimizer.state[p]["step"] for p in params)]

    ends(train)


def test_a_grad_without_memory():
    pair = Pair([random(4), random(3)])
    pair.step()
    for zero in (torch._efficientzerotensor(4), torch.zeros(1).expand(4), torch.zeros(4)):
        for p, q in zip(pair.params, pair.mirrors, strict=True):
            p.grad = q.grad = zero if p.shape == (4,) else random(3)
        assert same_outcome(pair) is None


@pytest.mark.filterwarnings("ignore:The PyTorch API of nested tensors")
@pytest.mark.parametrize(
    "kind_of", ["uninitialized", "nested", "jagged", "meta", "sparse", "empty"]
)
def test_a_param_without_a_grad(kind_of):
    def train(kind):
        parts = [torch.ones(2), torch.ones(3)]
        odd = {
            "uninitialized": lambda: torch.nn.UninitializedParameter(),
            "nested": lambda: torch.nn.Parameter(torch.nested.nested_tensor(parts)),
            "jagged": lambda: torch.nn.Parameter(
                torch.nested.nested_tensor(parts, layout=torch.jagged)
            ),
            "meta": lambda: torch.nn.Parameter(torch.ones(3, device="meta")),
            "sparse": lambda: torch.nn.Parameter(torch.eye(3).to_sparse()),
            "empty": lambda: torch.nn.Parameter(torch.ones(0)),
        }[kind_of]()
        p = torch.nn.Parameter(random(4))
        q = torch.nn.Parameter(random(4, seed=1))
        optimizer = kind([{"params": [odd, p]}, {"params": [q]}])
        for step in range(3):
            p.grad, q.grad = random(4, seed=step), random(4, seed=9)
            optimizer.step()
            if kind is Adadelta:
                optimizer.explain()
        return [p, q, len(optimizer.state)]

    ends(train)


def test_a_lazy_module_that_is_initialized_later():
    def train(kind):
        torch.manual_seed(0)
        model = torch.nn.Sequential(torch.nn.Linear(3, 3), torch.nn.LazyLinear(2))
        optimizer = kind(model.parameters())
        model[0](random(2, 3)).sum().backward()
        optimizer.step()
        optimizer.zero_grad()
        torch.manual_seed(1)
        for step in range(3):
            model(random(2, 3, seed=step)).sum().backward()
            optimizer.step()
        return [*model.parameters()]

    ends(train)


class Unspeakable:
    def __str__(self):
        raise ValueError("asked for its name")

    __repr__ = __str__


@pytest.mark.parametrize(
    "names",
    [None, [], ["only one"], [1, 2, 3], 7, [None] * 3, {"a": 1}, [Unspeakable() for _ in "abc"]],
    ids=["none", "empty", "short", "ints", "int", "nones", "dict", "unspeakable"],
)
def test_odd_param_names(names):
    pair = Pair([random(4), random(3), random(2)])
    pair.edit(param_names=names)
    pair.step(2)
    for p, q in zip(pair.params, pair.mirrors, strict=True):
        p.data, q.data = p.data.clone(), q.data.clone()
    pair.step(2)
    pair.edit(lr=0.5)
    pair.random_grads(skip=[1])
    pair.step_with_grads()


class OwnDict(dict):
    def __getitem__(self, key):
        return super().__getitem__("own" if key == "square_avg" else key)

    def get(self, key, default=None):
        return self[key] if key in self else default  # noqa: SIM401


class CountingDict(dict):
    reads = 0

    def __getitem__(self, key):
        type(self).reads += 1
        return super().__getitem__(key)


def as_own_dict(state):
    return OwnDict(state, own=state["square_avg"].clone())


@pytest.mark.parametrize(
    "kind",
    [UserDict, OrderedDict, CountingDict, as_own_dict, lambda s: defaultdict(float, s)],
    ids=["UserDict", "OrderedDict", "CountingDict", "OwnDict", "defaultdict"],
)
def test_a_state_that_is_no_plain_dict(kind):
    pair = Pair([random(4), random(3)])
    pair.step(2)

    def edit(optimizer):
        p = optimizer.param_groups[0]["params"][0]
        optimizer.state[p] = kind(optimizer.state[p])

    pair.each(edit)
    for _ in range(2):
        pair.random_grads()
        assert same_outcome(pair) is None


@pytest.mark.parametrize("extra", ["exp_avg", 3, None, ("a", "b")], ids=str)
def test_a_state_that_holds_more(extra):
    pair = Pair([random(4), random(3)])
    pair.step(2)

    def edit(optimizer):
        for state in optimizer.state.values():
            state[extra] = torch.ones(2).to_sparse() if extra == "exp_avg" else object()

    pair.each(edit)
    for _ in range(2):
        pair.random_grads()
        assert same_outcome(pair) is None


@pytest.mark.parametrize("key", ["square_avg", "acc_delta", "step"])
def test_a_sparse_entry_in_a_state(key):
    pair = Pair([random(4), random(3)])
    pair.step(2)

    def edit(optimizer):
        state = optimizer.state[optimizer.param_groups[0]["params"][0]]
        state[key] = state[key].reshape(-1).to_sparse()

    pair.each(edit)
    pair.random_grads()
    error = same_outcome(pair)
    assert not isinstance(error, MemoryError)


@pytest.mark.parametrize("kind", [OrderedDict, dict, UserDict], ids=lambda k: k.__name__)
def test_an_optimizer_state_that_is_another_mapping(kind):
    pair = Pair([random(4), random(3)])
    pair.step(2)
    pair.each(lambda optimizer: setattr(optimizer, "state", kind(optimizer.state)))
    for _ in range(2):
        pair.random_grads()
        assert same_outcome(pair) is None


@pytest.mark.parametrize("kind", [tuple, "group of a dict subclass", "tuple of groups"])
def test_groups_of_other_types(kind):
    pair = Pair([random(4), random(3)])
    pair.step(2)

    def edit(optimizer):
        group = optimizer.param_groups[0]
        if kind is tuple:
            group["params"] = tuple(group["params"])
        elif kind == "tuple of groups":
            optimizer.param_groups = tuple(optimizer.param_groups)
        else:
            optimizer.param_groups[0] = OrderedDict(group)

    pair.each(edit)
    for _ in range(2):
        pair.random_grads()
        assert same_outcome(pair) is None


def test_a_thread_that_adds_groups():
    p = torch.nn.Parameter(torch.ones(64))
    optimizer = Adadelta([p])
    errors, added = [], []

    def add():
        try:
            for _ in range(60):
                q = torch.nn.Parameter(torch.ones(5))
                q.grad = torch.ones(5)
                optimizer.add_param_group({"params": [q]})
                added.append(q)
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=add)
    p.grad = torch.ones(64)
    thread.start()
    steps = 0
    while thread.is_alive() or steps < 300:
        optimizer.step()
        steps += 1
    thread.join()
    optimizer.step()
    assert not errors
    assert optimizer.state[p]["step"] == steps + 1
    assert all(optimizer.state[q]["step"] >= 1 for q in added)


@pytest.mark.parametrize("what", ["a group", "a param", "the state", "a state"])
def test_groups_and_states_may_change_at_every_call(what):
    """As by another thread that calls ``add_param_group`` or ``load_state_dict``."""
    at = 0
    while True:
        at += 1
        params = [torch.nn.Parameter(torch.ones(4)) for _ in range(3)]
        optimizer = Adadelta(params)
        for p in params:
            p.grad = torch.ones(4)
        optimizer.step()
        optimizer.param_groups[0]["weight_decay"] = at % 2 * 0.1
        params[1].data = params[1].data.clone()
        seen = 0

        def profile(frame, event, arg, at=at, optimizer=optimizer, params=params):
            nonlocal seen
            code = frame.f_code
            if event != "call" or "adadelta_gen" not in code.co_filename:
                return
            seen += 1
            if seen != at:
                return
            sys.setprofile(None)
            q = torch.nn.Parameter(torch.ones(4))
            q.grad = torch.ones(4)
            if what == "a group":
                optimizer.add_param_group({"params": [q]})
            elif what == "a param":
                optimizer.param_groups[0]["params"].append(q)
            elif what == "the state":
                copies = {p: dict(state) for p, state in optimizer.state.items()}
                optimizer.state = defaultdict(dict, copies)
            else:
                optimizer.state[params[2]] = dict(optimizer.state[params[2]])

        sys.setprofile(profile)
        optimizer.step()
        sys.setprofile(None)
        assert [float(optimizer.state[p]["step"]) for p in params] == [2.0] * 3, at
        torch.testing.assert_close(params[0], params[1])
        torch.testing.assert_close(params[0], params[2])
        if seen < at:
            assert at > 1
            return
        optimizer.step()


# S12: a change makes Python examine only the changed rows


@pytest.fixture
def examined(monkeypatch):
    """A list of the rows that Python examines from now on; reading /proc/self/maps fails."""
    table = importlib.import_module("adadelta_gen.step.table").Table
    look_at, read_text, rows = table._look_at, pathlib.Path.read_text, []

    def counted(self, row, *args):
        rows.append(self._group_of[row].place(row).key)
        return look_at(self, row, *args)

    def read(path, *args, **kwargs):
        assert "maps" not in str(path), "/proc/self/maps is read"
        return read_text(path, *args, **kwargs)

    monkeypatch.setattr(table, "_look_at", counted)
    monkeypatch.setattr(pathlib.Path, "read_text", read)
    return rows


def model(n=40, groups=1, grads=True):
    params = [torch.nn.Parameter(random(5, seed=i)) for i in range(n)]
    size = n // groups
    optimizer = Adadelta([{"params": params[i : i + size]} for i in range(0, n, size)])
    for i, p in enumerate(params):
        p.grad = random(5, seed=100 + i) if grads else None
    return params, optimizer


@pytest.mark.parametrize("groups", [1, 8])
def test_unchanged_rows_are_not_examined_again(examined, groups):
    _, optimizer = model(groups=groups)
    optimizer.step()
    assert len(examined) == 40
    for _ in range(3):
        optimizer.step()
    assert len(examined) == 40


@pytest.mark.parametrize("groups", [1, 8])
def test_a_clamped_weight_is_not_examined(examined, groups):
    params, optimizer = model(groups=groups)
    optimizer.step()
    examined.clear()
    for _ in range(4):
        params[7].data = params[7].data.clamp(-1, 1)
        optimizer.step()
    assert set(examined) <= {(7 * groups // 40, 7 % (40 // groups))}
    assert len(examined) <= 4


def test_weights_rebound_by_sam_are_not_examined(examined):
    params, optimizer = model()
    optimizer.step()
    examined.clear()
    for _ in range(4):
        old = [p.data for p in params]
        for p in params:
            p.data = p.data + 0.05 * p.grad
        for p, data in zip(params, old, strict=True):
            p.data = data
        optimizer.step()
        for p in params:
            p.data = p.data.clone()
        optimizer.step()
    assert not examined


def test_averaged_weights_are_swapped_in_and_out(examined):
    params, optimizer = model()
    averages = [p.detach().clone() for p in params]
    optimizer.step()
    examined.clear()
    for _ in range(4):
        for p, average in zip(params, averages, strict=True):
            average.lerp_(p.detach(), 0.1)
        trained = [p.data for p in params]
        for p, average in zip(params, averages, strict=True):
            p.data = average
        for p, data in zip(params, trained, strict=True):
            p.data = data
        optimizer.step()
    assert not examined


@pytest.mark.parametrize("groups", [1, 8])
def test_a_first_grad_examines_one_row(examined, groups):
    params, optimizer = model(groups=groups, grads=False)
    for i, p in enumerate(params):
        p.grad = random(5, seed=i)
        optimizer.step()
        assert len(examined) == i + 1
    optimizer.step()
    assert len(examined) == 40


def test_a_frozen_and_thawed_param(examined):
    params, optimizer = model()
    optimizer.step()
    examined.clear()
    for _ in range(3):
        grad, params[3].grad = params[3].grad, None
        optimizer.step()
        params[3].grad = grad
        optimizer.step()
    assert set(examined) <= {(0, 3)}


@pytest.mark.parametrize("name", ["lr", "rho", "eps", "weight_decay", "maximize"])
def test_a_new_hyperparameter_examines_no_row(examined, name):
    _, optimizer = model(groups=8)
    optimizer.step()
    examined.clear()
    for i in range(4):
        for group in optimizer.param_groups:
            group[name] = i % 2 == 0 if name == "maximize" else 0.5 + i * 0.1
        optimizer.step()
    assert not examined


def test_an_added_group_examines_its_rows_only(examined):
    _, optimizer = model()
    optimizer.step()
    for count in range(1, 6):
        examined.clear()
        new = [torch.nn.Parameter(torch.ones(3)) for _ in range(2)]
        for p in new:
            p.grad = torch.ones(3)
        optimizer.add_param_group({"params": new})
        optimizer.step()
        assert set(examined) == {(count, 0), (count, 1)}


def test_an_added_param_examines_its_row_only(examined):
    _, optimizer = model()
    optimizer.step()
    examined.clear()
    p = torch.nn.Parameter(torch.ones(3))
    p.grad = torch.ones(3)
    optimizer.param_groups[0]["params"].append(p)
    optimizer.step()
    assert set(examined) == {(0, 40)}


def test_a_replaced_state_examines_its_row_only(examined):
    params, optimizer = model()
    optimizer.step()
    examined.clear()
    state = optimizer.state[params[5]]
    state["square_avg"] = state["square_avg"].clone()
    optimizer.state[params[6]] = dict(optimizer.state[params[6]])
    optimizer.step()
    assert set(examined) == {(0, 5), (0, 6)}


def test_a_loaded_state_is_examined_once(examined):
    _, optimizer = model()
    optimizer.step()
    examined.clear()
    optimizer.load_state_dict(optimizer.state_dict())
    for _ in range(5):
        optimizer.step()
    assert len(examined) == 40


def test_grads_of_other_strides(examined):
    params = [torch.nn.Parameter(random(4, 5, seed=i)) for i in range(10)]
    optimizer = Adadelta(params)
    for step in range(4):
        for p in params:
            p.grad = random(5, 4, seed=step).t()
        optimizer.step()
    assert len(examined) <= 10


def test_another_param_is_updated_by_torch(examined):
    """Only the row that torch updates is examined again."""
    params, optimizer = model()
    optimizer.step()
    optimizer.state[params[2]]["acc_delta"] = optimizer.state[params[2]]["acc_delta"].double()
    optimizer.step()
    examined.clear()
    for _ in range(3):
        optimizer.step()
    assert set(examined) <= {(0, 2)}


def test_grads_made_anew(examined):
    params, optimizer = model()
    optimizer.step()
    examined.clear()
    for step in range(4):
        optimizer.zero_grad()
        for p in params:
            p.grad = random(5, seed=step)
        optimizer.step()
    assert not examined
