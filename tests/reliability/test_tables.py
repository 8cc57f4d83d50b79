"""Edits while a step makes or uses its table, as by a finalizer or a signal handler."""

import ctypes

import pytest
import torch
from parity.support import Pair, assert_near, random
from torch.nn import Parameter

from adadelta_gen import Adadelta
from adadelta_gen.native import abi
from adadelta_gen.step import table as table_module
from adadelta_gen.step import update
from adadelta_gen.step.causes import Outdated
from adadelta_gen.step.examine import same_layout, span_of
from adadelta_gen.step.groups import Group
from adadelta_gen.step.rows import Facts, Rows
from adadelta_gen.step.table import Table, _counted, _layouts
from reliability.outcomes import attempt


@pytest.fixture
def edit_when(monkeypatch):
    """A function that lets a method of the next table call another function first, once."""

    def edit(method, act):
        original = getattr(Table, method)

        def editing(*arguments, **options):
            monkeypatch.setattr(Table, method, original)
            act()
            return original(*arguments, **options)

        monkeypatch.setattr(Table, method, editing)

    return edit


@pytest.mark.parametrize(
    "other", [random(8, dtype=torch.float64), random(3)], ids=["dtype", "size"]
)
def test_other_data_while_a_table_is_made(edit_when, other):
    """The table has the kind and size of the other data; it must not use the row of the former."""
    pair = Pair([random(8), random(5)])
    pair.step(2)
    pair.random_grads()
    p = pair.params[0]
    data, p.data = p.data, other

    def back():
        p.data = data

    pair.each(lambda optimizer: optimizer.add_param_group({"params": []}))  # needs a new table
    edit_when("_take_over", back)
    pair.step_with_grads()
    pair.step()


def state_of_last(optimizer):
    return optimizer.state[optimizer.param_groups[-1]["params"][-1]]


def replace_state(optimizer):
    state = state_of_last(optimizer)
    state["square_avg"] = state["square_avg"] + 1


def count_by_ints(optimizer):
    state_of_last(optimizer)["step"] = torch.tensor(7)


def give_first_grad(optimizer):
    optimizer.param_groups[0]["params"][1].grad = random(5, seed=7)


def set_option(option, value):
    return lambda optimizer: optimizer.param_groups[1].update({option: value})


# By edit: how often the next step repeats the native call.
REPEATED = {
    "nothing": (lambda optimizer: None, 1),
    "other number": (set_option("lr", 0.5), 3),
    "other kernel": (set_option("maximize", True), 3),
    "other state": (replace_state, 3),
    "first grad": (give_first_grad, 3),
    "tensor": (set_option("lr", torch.tensor(0.5)), 2),
    "other type": (set_option("maximize", "yes"), 2),
    "other option": (set_option("foreach", True), 2),
    "other list": (lambda o: o.param_groups[1].update(params=[*o.param_groups[1]["params"]]), 2),
    "more groups": (lambda o: o.add_param_group({"params": [random(2)]}), 2),
    "torch's row": (count_by_ints, 2),
}


@pytest.mark.parametrize(("edit", "times"), REPEATED.values(), ids=REPEATED)
def test_a_call_is_repeated_only_while_that_may_be_enough(monkeypatch, edit, times):
    pair = Pair([{"params": [random(8), random(5)]}, {"params": [random(3)]}])
    for _ in range(3):
        pair.random_grads(skip=(1,))
        pair.step_with_grads()
    pair.random_grads(skip=(1,))
    pair.each(edit)
    answers, read = [], []
    repeat, take_numbers = Table.repeat, Group.take_numbers

    def noting(table, optimizer):
        answers.append(repeat(table, optimizer))
        return answers[-1]

    def reading(group, *factors):
        read.append(group.position)
        return take_numbers(group, *factors)

    monkeypatch.setattr(Table, "repeat", noting)
    monkeypatch.setattr(Group, "take_numbers", reading)
    pair.step_with_grads()
    assert len(answers) == times
    assert (answers[-1] == abi.DONE) == (times != 2)
    if times == 3:  # only the group that has changed
        assert read == ([1] if answers[0] == abi.GROUP_CHANGED else [])


@pytest.mark.parametrize("is_verified_before", [False, True])
def test_a_row_that_native_code_can_verify_is_not_examined_in_python(
    monkeypatch, is_verified_before
):
    """Not even if it was written at the step before, too."""
    monkeypatch.setattr(table_module, "needs_mappings", lambda: False)
    monkeypatch.setattr(table_module, "examine", None)
    groups = [{"params": [random(2)], "foreach": True}] if is_verified_before else []
    pair = Pair([*groups, {"params": [random(8), random(5)]}])
    pair.step(2)
    for _ in range(3):
        pair.each(replace_state)
        pair.step()


def test_a_table_that_keeps_changing_while_it_is_verified(monkeypatch):
    pair = Pair([random(8)])
    pair.step()
    table = pair.ours._repeatable
    monkeypatch.setattr(Table, "_ask", lambda *_: 1)
    monkeypatch.setattr(Table, "resolve", lambda *_: None)
    with pytest.raises(Outdated):
        table.verify(None)


def test_a_removed_param_whose_row_has_changed(edit_when):
    pair = Pair([random(8), random(5)])
    pair.step(2)
    pair.each(replace_state)
    pair.random_grads()
    pair.theirs.param_groups[0]["params"].pop()
    edit_when("_look_again", lambda: pair.ours.param_groups[0]["params"].pop())
    pair.each(lambda optimizer: optimizer.step())
    for (p, state), (q, other) in zip(
        pair.ours.state.items(), pair.theirs.state.items(), strict=True
    ):
        assert_near(p, q, "param")
        assert state["step"] == other["step"]


def test_a_number_that_changes_before_the_first_step_has_read_it(edit_when):
    pair = Pair([{"params": [random(8)]}, {"params": [random(5)], "foreach": True}])
    pair.theirs.param_groups[0]["lr"] = 0.5
    edit_when("verify", lambda: pair.ours.param_groups[0].update(lr=0.5))
    pair.step(2)
    pair.theirs.param_groups[0]["lr"] = 0.25
    edit_when("run", lambda: pair.ours.param_groups[0].update(lr=0.25))
    pair.step(2)


def test_a_number_that_changes_when_the_factors_of_the_grads_are_set(edit_when):
    """They are still applied."""
    pair = Pair([random(8)])
    pair.ours.defaults["max_grad_norm"] = 0.1
    pair.ours.param_groups[0]["nonfinite"] = "raise"  # the norm is not computed by the step's call
    pair.random_grads()
    norm = torch.linalg.vector_norm(pair.mirrors[0].grad)
    pair.mirrors[0].grad = pair.mirrors[0].grad * (0.1 / (norm + 1e-6))
    pair.theirs.param_groups[0]["lr"] = 0.5
    edit_when("run", lambda: pair.ours.param_groups[0].update(lr=0.5))
    pair.step_with_grads()


def test_a_tensor_that_changes_while_it_is_searched_for_nonfinite_values(edit_when):
    pair = Pair([random(8), random(5)])
    pair.ours.param_groups[0]["nonfinite"] = "skip"
    pair.step()
    pair.random_grads()
    pair.params[0].grad, pair.mirrors[0].grad = torch.full((8,), torch.nan), None
    replace_state(pair.theirs)
    edit_when("_set_finders", lambda: replace_state(pair.ours))
    pair.step_with_grads()


def test_tables_are_kept_while_their_groups_are(monkeypatch):
    """Also if a group that torch updates comes and goes behind them."""
    made = []
    make = Table.__init__

    def noting(table, *arguments):
        made.append(table)
        make(table, *arguments)

    monkeypatch.setattr(Table, "__init__", noting)
    pair = Pair([{"params": [random(8)]}, {"params": [random(5)], "foreach": True}])
    pair.step(2)
    made.clear()
    pair.step(2)
    assert not made
    pair.each(lambda o: o.add_param_group({"params": [Parameter(random(2))], "foreach": True}))
    for _ in range(2):
        pair.random_grads(skip=(2,))  # another state would need another table
        pair.step_with_grads()
    pair.each(lambda o: o.param_groups.pop())
    pair.step(2)
    assert not made


NOT_REPEATABLE = {
    "torch's row": count_by_ints,
    "tensor": set_option("lr", torch.tensor(0.5)),
    "search": set_option("nonfinite", "skip"),
    "copied grad": lambda o: setattr(o.param_groups[0]["params"][0], "grad", random(16)[::2]),
}


@pytest.mark.parametrize("edit", NOT_REPEATABLE.values(), ids=NOT_REPEATABLE)
def test_a_step_that_native_code_alone_cannot_take_is_not_repeated(edit):
    optimizer = Adadelta([{"params": [random(8)]}, {"params": [random(3)]}])
    for group in optimizer.param_groups:
        group["params"][0].grad = torch.ones(len(group["params"][0]))
    optimizer.step()
    optimizer.step()
    assert optimizer._repeatable is not None
    edit(optimizer)
    optimizer.step()
    assert optimizer._repeatable is None
    optimizer.step()
    assert optimizer._repeatable is None


def test_a_step_of_a_complex_param_is_not_repeated():
    """Torch updates it if a number is infinite."""
    optimizer = Adadelta([random(3, dtype=torch.complex64).requires_grad_()])
    optimizer.param_groups[0]["params"][0].grad = torch.ones(3, dtype=torch.complex64)
    optimizer.step()
    assert optimizer._repeatable is None


@pytest.fixture
def by_torch(monkeypatch):
    """A list that receives the number of parameters of each call of torch's function."""
    numbers = []
    function = update.torch_adadelta

    def noting(params, *arguments, **options):
        numbers.append(len(params))
        function(params, *arguments, **options)

    monkeypatch.setattr(update, "torch_adadelta", noting)
    return numbers


@pytest.mark.parametrize(
    ("dtype", "begin", "is_shared"),
    [(torch.float32, 4, False), (torch.float64, 8, False), (torch.float64, 4, True)],
)
def test_memory_behind_a_counter_beside_a_row_that_torch_updates(by_torch, dtype, begin, is_shared):
    pair = Pair([random(5), random(3)])
    pair.step()

    def edit(optimizer):
        count_by_ints(optimizer)
        p = optimizer.param_groups[0]["params"][0]
        buffer = torch.zeros(8, dtype=torch.float64)
        p.data = buffer.view(torch.float32)[begin // 4 :][:5]
        optimizer.state[p]["step"] = buffer.view(dtype)[0].fill_(1)

    pair.each(edit)
    pair.random_grads()
    pair.step_with_grads()
    assert by_torch == ([2] if is_shared else [1])


def beside_copied_grad():
    """Return a pair, one grad of which is copied, so that Python compares the memory."""
    pair = Pair([random(4), random(4), random(3, 2)])
    pair.set_grads([random(4, seed=1), random(4, seed=2), random(2, 3).t()])
    for _ in range(3):
        pair.step_with_grads()
    return pair


def set_second_grads(pair, grads):
    for grad, optimizer in zip(grads, pair.both, strict=True):
        optimizer.param_groups[0]["params"][1].grad = grad


def test_a_grad_that_was_apart_and_comes_back_into_a_param(by_torch):
    pair = beside_copied_grad()
    grads = [random(4, seed=50), random(4, seed=50)]
    set_second_grads(pair, grads)
    pair.step_with_grads()
    for grad, optimizer in zip(grads, pair.both, strict=True):
        optimizer.param_groups[0]["params"][0].data = grad
    set_second_grads(pair, 2 * [random(4, seed=51)])
    pair.step_with_grads()
    assert not by_torch
    set_second_grads(pair, grads)
    pair.step_with_grads()
    assert by_torch == [3]


def test_a_grad_in_a_param(by_torch):
    pair = beside_copied_grad()
    set_second_grads(pair, [o.param_groups[0]["params"][0].data for o in pair.both])
    pair.step_with_grads()
    assert by_torch == [3]


def test_a_param_without_a_grad_that_shares_memory_until_it_has_one(by_torch):
    pair = beside_copied_grad()
    set_second_grads(pair, 2 * [None])
    for optimizer in pair.both:
        p, q, _ = optimizer.param_groups[0]["params"]
        p.data = q.data
    pair.step_with_grads()
    pair.step_with_grads()
    assert not by_torch
    set_second_grads(pair, 2 * [random(4, seed=51)])
    pair.step_with_grads()
    assert by_torch == [3]


def test_a_copied_grad_that_moves_into_a_param_before_it():
    pair = Pair([random(2, 3), random(3, 2)])
    for seed in range(2):
        pair.set_grads([random(2, 3, seed=seed), random(2, 3, seed=seed).t()])
        pair.step_with_grads()
    for optimizer in pair.both:
        p, q = optimizer.param_groups[0]["params"]
        q.grad = p.data.t()
    pair.step_with_grads()


def test_memory_is_compared_again_only_if_a_copied_grad_has_moved(monkeypatch):
    compared = []
    compare = Table._compare_memory

    def noting(table, tensors):
        compared.append(table)
        compare(table, tensors)

    monkeypatch.setattr(Table, "_compare_memory", noting)
    pair = Pair([random(3, 2), random(4)])
    pair.set_grads([random(2, 3).t(), random(4)])
    pair.step_with_grads()
    pair.step_with_grads()
    assert compared
    compared.clear()
    pair.step_with_grads()
    assert not compared
    moved = random(2, 3).t()
    pair.set_grads([moved, pair.params[1].grad])
    pair.step_with_grads()
    assert len(compared) == 1


@pytest.mark.parametrize("value", [torch.nan, -1.0, 0.0, 1.0, 5.0, 2.0**53 - 1, 2.0**53, torch.inf])
def test_a_counter_on_a_device_is_read_if_it_is_a_number_of_steps(value):
    class Counter:
        is_cpu = False

        def __float__(self):
            return value

    assert _counted(Counter()) == (value if value in (1, 5, 2**53 - 1) else 0)
    assert _counted(torch.tensor(5.0)) == 0  # native code reads it


@pytest.mark.parametrize("shape", [(3, 5), (40, 30)])
def test_room_for_dense_copies_is_aligned_and_large_enough(shape):
    facts = Facts(torch.bfloat16, shape, torch.empty(shape).stride())
    tensors = [
        torch.empty(*shape, 2, dtype=dtype)[..., 0]
        for dtype in (torch.bfloat16, torch.float32, torch.float32)
    ]
    for _ in range(20):
        words, alive = _layouts(facts, tensors, None)
        rooms = [thing for thing in alive if isinstance(thing, bytearray)]
        columns = abi.PARAM, abi.SQUARE_AVG, abi.ACC_DELTA
        for column, tensor, room in zip(columns, tensors, rooms, strict=True):
            begin = ctypes.addressof(ctypes.c_char.from_buffer(room))
            address = words[abi.LAYOUT_WORDS * column + abi.LAYOUT_COPY]
            assert address % 64 == 0
            n_bytes = tensor.numel() * tensor.element_size()
            assert begin <= address <= begin + len(room) - n_bytes


@pytest.fixture
def edit_before(monkeypatch):
    """A function that lets the next call of a function of the module call another one first."""

    def edit(name, act, back=lambda: None):
        original = getattr(table_module, name)

        def editing(*arguments):
            monkeypatch.setattr(table_module, name, original)
            act()
            result = original(*arguments)
            back()
            return result

        monkeypatch.setattr(table_module, name, editing)

    return edit


def test_data_without_a_kernel_until_they_are_examined(edit_before):
    pair = Pair([random(8), random(5)])
    pair.step(2)
    pair.random_grads()
    p = pair.params[0]
    data, p.data = p.data, random(8).to(torch.float8_e4m3fn)

    def back():
        p.data = data

    edit_before("examine", back)
    pair.step_with_grads()
    pair.step()


@pytest.mark.parametrize("key", ["square_avg", "step", None])
def test_a_state_that_is_cleared_while_it_is_examined(edit_before, key):
    pair = Pair([random(8), random(5)])
    pair.step(2)

    def clear(optimizer):
        p = optimizer.param_groups[0]["params"][0]
        if key is None:
            optimizer.state[p].clear()
        else:
            optimizer.state[p] = {**optimizer.state[p], key: optimizer.state[p][key] * 2}

    pair.each(replace_state)
    first = pair.ours.param_groups[0]["params"][0]
    pair.ours.state[first] = dict(pair.ours.state[first])
    clear(pair.theirs)
    pair.random_grads()
    edit_before("is_simple", lambda: clear(pair.ours))
    pair.step_with_grads()


def test_a_state_that_is_cleared_before_it_is_examined(monkeypatch):
    pair = Pair([random(8), random(5)])
    pair.step(2)
    pair.each(replace_state)
    state_of_last(pair.theirs).clear()
    fit_state = pair.ours.fit_state

    def clearing(group, param, state):
        monkeypatch.setattr(pair.ours, "fit_state", fit_state)
        state.clear()

    monkeypatch.setattr(pair.ours, "fit_state", clearing)
    pair.step()


def test_data_of_another_shape_while_the_strides_are_read(edit_before, monkeypatch):
    """The row gets the shape and the strides of the same data, or is not written."""
    written = []
    write = Rows.write

    def noting(rows, row, facts, *arguments):
        written.append(facts)
        write(rows, row, facts, *arguments)

    monkeypatch.setattr(Rows, "write", noting)
    pair = Pair([random(4, 2), random(5)])
    pair.step(2)
    pair.random_grads()
    p = pair.params[0]
    data = p.data
    pair.ours.state[p] = dict(pair.ours.state[p])  # to be examined again

    def flatten():
        p.data = data.flatten()

    def back():
        p.data = data

    written.clear()
    edit_before("dense_strides", flatten, back)
    pair.step_with_grads()
    assert written
    assert all(len(facts.shape) == len(facts.strides) for facts in written)


def test_other_tensors_as_numbers_beside_a_group_that_torch_updates():
    """The tables are verified before the step; the last tensor is an element of a param."""
    pair = Pair([{"params": [random(8), random(5)]}, {"params": [random(3)], "foreach": True}])
    pair.step(2)
    for lr in (0.5, 0.25):
        pair.edit(lr=torch.tensor(lr))
        pair.step()
    pair.each(lambda o: o.param_groups[0].update(lr=o.param_groups[0]["params"][0].data[1]))
    pair.step()


def with_copied_grads(shape=(3, 2)):
    """Return a pair that has taken steps with a grad that is copied, and a function for others."""
    pair = Pair([random(*shape), random(4)])

    def step(seed, change=lambda grad: grad):
        for optimizer in pair.both:
            p, q = optimizer.param_groups[0]["params"]
            p.grad, q.grad = change(random(*shape[::-1], seed=seed).t()), random(4, seed=seed)
        pair.step_with_grads()

    for seed in range(2):
        step(seed)
    return pair, step


class Own(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return super().__torch_function__(function, types, args, kwargs)


class Tagged(torch.Tensor):
    __torch_function__ = torch._C._disabled_torch_function_impl


@pytest.mark.parametrize("kind", [Own, Tagged])
def test_a_copied_grad_that_becomes_a_subclass_or_none(by_torch, kind):
    pair, step = with_copied_grads()
    assert not by_torch
    step(2, lambda grad: grad.as_subclass(kind))
    assert by_torch
    by_torch.clear()
    step(3)
    pair.set_grads([None, random(4)])
    pair.step_with_grads()
    step(4)
    assert not by_torch


def test_a_copied_grad_that_is_freed():
    pair, step = with_copied_grads()
    p = pair.params[0]
    p.grad.untyped_storage().resize_(0)
    before = [q.detach().clone() for q in pair.params]
    with pytest.raises(RuntimeError, match=r"the memory of grad of parameter 0 .* was freed"):
        pair.ours.step()
    assert all(map(torch.equal, pair.params, before))
    step(4)


def test_a_copied_grad_that_gets_another_number_of_dimensions():
    pair, _ = with_copied_grads()
    errors = []
    for optimizer in pair.both:
        optimizer.param_groups[0]["params"][0].grad.data = random(6)
        with pytest.raises(RuntimeError) as error:
            optimizer.step()
        errors.append(str(error.value))
    assert errors[0] == errors[1]


def test_a_row_that_torch_updates_from_now_on_may_share_memory():
    """Torch would update it first, kernels the parameter whose memory it shares."""
    pair = Pair([random(4), random(8)])
    pair.step(2)
    for optimizer, params in ((pair.ours, pair.params), (pair.theirs, pair.mirrors)):
        state = optimizer.state[params[0]]
        state["step"] = torch.tensor(2)
        state["square_avg"] = params[1].detach()[:4].abs_()
    pair.step_with_grads()


@pytest.mark.parametrize("at", range(1, 12))
def test_a_state_that_becomes_incomplete_while_it_is_read(at):
    class Losing(Adadelta):
        left = 0

        def fit_state(self, group, param, state):
            super().fit_state(group, param, state)
            self.left -= 1
            if not self.left:
                del state["acc_delta"]

    p = Parameter(random(4))
    optimizer = Losing([p])
    p.grad = torch.ones(4)
    optimizer.step()
    optimizer.state[p]["step"] = torch.tensor(1)
    optimizer.left = at
    before = p.detach().clone()
    error = attempt(optimizer)
    if error is not None:
        assert "parameter 0" in str(error)
        assert torch.equal(p, before)


def test_grads_that_a_step_does_not_write_keep_their_versions():
    p = Parameter(random(4))
    p.grad = random(4)
    version = p.grad._version
    Adadelta([p]).step()
    assert p.grad._version == version


@pytest.mark.filterwarnings("ignore:Sparse CSR")
@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("square_avg", torch.Tensor.to_sparse_csr),
        ("square_avg", torch.Tensor.conj),
        ("step", lambda step: torch._efficientzerotensor(())),
    ],
    ids=["sparse", "conjugate", "zero"],
)
def test_a_state_that_torch_refuses_raises_torchs_error(key, change):
    pair = Pair([random(4, 3, dtype=torch.complex64)])
    pair.step()
    pair.random_grads()
    for optimizer in pair.both:
        (state,) = optimizer.state.values()
        state[key] = change(state[key])
    ours, theirs = map(attempt, pair.both)
    assert ours is not None
    assert (type(ours), str(ours)) == (type(theirs), str(theirs))


@pytest.mark.parametrize(
    ("shape", "strides", "elements"), [((2, 0), (1, 1), 0), ((2, 3), (5, 1), 8), ((), (), 1)]
)
def test_the_span_of_a_tensor(shape, strides, elements):
    assert span_of(shape, strides) == elements


@pytest.mark.parametrize(
    ("shape", "is_same"),
    [((1, 2, 3), False), ((1, 1, 3), False), ((2, 1, 1), True), ((2, 0, 3), True)],
)
def test_strides_of_dimensions_of_one_element_do_not_matter(shape, is_same):
    assert same_layout(shape, (6, 3, 1), (6, 1, 2)) is is_same
