"""Params with gaps and states of other strides, which torch copies for kernels on CUDA."""

import copy
import ctypes

import pytest
import torch
from parity.support import DTYPES, STATES, Pair, kernels, random, reasons, snapshot
from reliability.edits import EDITS, UNSOUND
from reliability.moments import sweep
from reliability.outcomes import contents, differing
from reliability.test_faults_counters import interrupted_at

from adadelta_gen import Adadelta
from adadelta_gen.native import abi, shim
from adadelta_gen.step.table import StepValues

pytestmark = pytest.mark.usefixtures("simulator")

GAPPED = {
    "every other": lambda d: random(40, dtype=d)[::2],
    "columns": lambda d: random(6, 8, dtype=d)[:, 2:5],
    "gapped and transposed": lambda d: random(6, 8, dtype=d)[::2, ::3].t(),
    "windows": lambda d: random(6, 6, 6, dtype=d)[1:5, ::2, 3:],
}


def gaps_of(tensor):
    """Copy the bytes of the storage that belong to no element."""
    whole = torch.empty(0, dtype=tensor.dtype).set_(tensor.untyped_storage())
    mask = torch.ones(len(whole), dtype=torch.bool)
    mask.as_strided(tensor.shape, tensor.stride(), tensor.storage_offset()).fill_(False)
    return whole[mask].clone()


def lay_otherwise(optimizer, index, *keys):
    """Give the states of a param other strides, and gaps."""
    p = optimizer.param_groups[0]["params"][index]
    state = optimizer.state[p]
    for key in keys:
        value = state[key]
        wide = torch.full((*value.t().shape, 2), 7, dtype=value.dtype)[..., 0].t()
        state[key] = wide.copy_(value)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("make", GAPPED.values(), ids=GAPPED)
def test_params_with_gaps_are_updated_over_copies(simulator, make, dtype):
    pair = Pair([make(dtype), random(5, dtype=dtype)], weight_decay=0.1, fused=True)
    gaps = gaps_of(pair.params[0])
    pair.step(4)
    assert None not in kernels(pair.ours)
    assert reasons(pair.ours) == ["param is not dense", ""]
    assert len(simulator.launches) == 4
    assert torch.equal(gaps_of(pair.params[0]), gaps)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("keys", [STATES[:1], STATES[1:], STATES], ids="-".join)
@pytest.mark.parametrize("gaps", [False, True])
def test_states_of_other_strides_are_updated_over_copies(gaps, keys, dtype):
    param = random(6, 14, dtype=dtype)[:, ::2] if gaps else random(6, 7, dtype=dtype)
    pair = Pair([random(4, dtype=dtype), param], fused=True)
    pair.step()
    pair.each(lambda optimizer: lay_otherwise(optimizer, 1, *keys))
    before = [gaps_of(pair.ours.state[pair.params[1]][key]) for key in keys]
    pair.step(4)
    assert None not in kernels(pair.ours)
    assert reasons(pair.ours)[1].startswith("param is" if gaps else f"{keys[0]} has strides")
    after = [gaps_of(pair.ours.state[pair.params[1]][key]) for key in keys]
    assert all(map(torch.equal, before, after))


@pytest.mark.parametrize("gaps", [False, True])
@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16], ids=str)
def test_float32_states_of_other_strides_are_updated_over_copies(dtype, gaps):
    """Results equal those of dense states; torch has no float32 states."""
    shapes = (6, 14), (5,)
    results = []
    for is_dense in (True, False):
        first, second = (random(*shape, dtype=dtype) for shape in shapes)
        first = first[:, ::2]
        params = [torch.nn.Parameter(first.clone(memory_format=torch.contiguous_format))]
        if gaps and not is_dense:
            params = [torch.nn.Parameter(first)]
        params.append(torch.nn.Parameter(second))
        optimizer = Adadelta(params, state_dtype=torch.float32, fused=True)
        for step in range(5):
            if step == 1 and not is_dense:
                lay_otherwise(optimizer, 0, *STATES)
            for p in params:
                p.grad = random(*p.shape, dtype=dtype, seed=step)
            optimizer.step()
        results.append(contents(optimizer))
        assert all(name.endswith("float32state") for name in kernels(optimizer))
    assert not differing(*results, True)


def test_copied_params_with_and_without_grads():
    pair = Pair([random(40)[::2], random(3), random(6, 8)[:, 2:5], random(12, 2)[:, 0]])
    pair.step()
    for skip in ((0,), (2,), (0, 2, 3), (0, 1, 2, 3), (1,), ()):
        pair.random_grads(skip)
        pair.step_with_grads()
    assert None not in kernels(pair.ours)


def test_grads_of_other_strides():
    pair = Pair([random(12, 6)[:, ::2]], fused=True)
    for grad in (random(3, 12).t(), random(12, 6)[:, ::2], random(12, 3)):
        pair.set_grads([grad])
        pair.step_with_grads()


def test_a_param_may_become_dense_and_get_gaps_again():
    pair = Pair([random(12, 2)[:, 0], random(3)], fused=True)
    for dense in (False, True, False, False):
        for p in (pair.params[0], pair.mirrors[0]):
            p.data = p.data.clone() if dense else torch.stack([p.data, p.data], 1)[:, 0]
        pair.step(2)
        assert reasons(pair.ours)[0] == ("" if dense else "param is not dense")


def test_a_skipped_param_is_not_copied():
    pair = Pair([random(12, 2)[:, 0], random(8, 2)[:, 1]], fused=True)
    pair.ours.param_groups[0]["nonfinite"] = "skip"
    pair.step()
    pair.random_grads()
    grad = pair.params[0].grad.clone()
    grad[-1] = torch.nan
    pair.params[0].grad, pair.mirrors[0].grad = grad, None
    pair.step_with_grads()
    pair.step()


def test_inference_mode():
    pair = Pair([random(12, 2)[:, 0]], fused=True)
    pair.step()
    pair.random_grads()
    with torch.inference_mode():
        pair.each(lambda optimizer: optimizer.step())
    pair.check()


def test_copies_beside_pinned_rows():
    """As for long kernels, or without a GIL."""
    pair = Pair([random(12, 2)[:, 0], random(3)], fused=True)
    pair.step()
    (table,) = pair.ours._plan._tables
    table._words[abi.T_GIL_ELEMENTS] = -(1 << 62)
    pair.step(2)


class RefusingAfter(list):
    """The list of launches of a simulator that refuses all after the first n."""

    def __init__(self, simulator, taken):
        self._simulator, self._taken = simulator, taken

    def append(self, launch):
        super().append(launch)
        if len(self) == self._taken:
            self._simulator.refuses = "launch"


def launches_of_two_dtypes():
    pair = Pair([random(12, 2)[:, 0], random(10, 2, dtype=torch.float64)[:, 0]], fused=True)
    pair.step(2)
    pair.random_grads()
    return pair


def test_a_refused_launch_changes_nothing(simulator):
    pair = launches_of_two_dtypes()
    before, versions = snapshot(pair.ours), [p._version for p in pair.params]
    simulator.refuses = "launch"
    for _ in range(2):
        with pytest.raises(RuntimeError, match="refuses the launch"):
            pair.ours.step()
    assert all(map(torch.equal, snapshot(pair.ours), before))
    assert [p._version for p in pair.params] == versions
    simulator.refuses = ""
    pair.step_with_grads()
    pair.step()


def test_launches_before_a_refused_one_are_written(simulator):
    pair = launches_of_two_dtypes()
    before = contents(pair.ours)
    simulator.launches = RefusingAfter(simulator, 1)
    with pytest.raises(RuntimeError, match="refuses the launch"):
        pair.ours.step()
    simulator.refuses = ""
    pair.theirs.step()
    after, theirs = contents(pair.ours), contents(pair.theirs)
    assert not differing(after[:1], theirs[:1], False)
    assert not differing(after[1:], before[1:], True)
    simulator.launches = []
    pair.params[0].grad = None
    pair.ours.step()
    pair.check()


def lay_all_otherwise(pair):
    """Give all states of a pair gaps."""
    for optimizer in pair.both:
        for state in optimizer.state.values():
            for key in STATES:
                state[key] = torch.stack([state[key]] * 2, -1)[..., 0]


def failing(table, at):
    """Make one of the copies of a table fail.

    Returns:
        the list of the requested copies, and objects that have to stay alive.
    """
    kind = ctypes.PYFUNCTYPE(ctypes.c_int, *[ctypes.c_int64] * 3)
    own, calls = kind(int(table._words[abi.T_COPY])), []

    def copied(*arguments):
        calls.append(at)
        return 1 if len(calls) == at + 1 else own(*arguments)

    replaced = kind(copied)
    table._words[abi.T_COPY] = shim.address(replaced)
    return calls, replaced


@pytest.mark.parametrize("at", range(12))
def test_a_failed_copy_raises(simulator, at):
    """No counter is incremented and no kernel launched before all copies are made."""
    pair = launches_of_two_dtypes()
    lay_all_otherwise(pair)
    pair.step()
    pair.random_grads()
    before, versions = snapshot(pair.ours), [p._version for p in pair.params]
    (table,) = pair.ours._plan._tables
    calls, _alive = failing(table, at)
    simulator.launches.clear()
    with pytest.raises(RuntimeError, match="torch could not copy a parameter or its state"):
        pair.ours.step()
    if at >= 6:  # back
        assert len(calls) == 12
        return
    assert simulator.launches == []
    assert all(map(torch.equal, snapshot(pair.ours), before))
    assert [p._version for p in pair.params] == versions
    pair.step_with_grads()
    pair.step()


def test_copies_are_new_at_every_step():
    """Copies of a capture are in memory of the graph, which writes them at every replay."""
    pair = Pair([random(12, 2)[:, 0]], fused=True)
    pair.step()
    (table,) = pair.ours._plan._tables
    call, lists = table._call, []

    def noting(ticket, what, *given):
        answer = call(ticket, what, *given)
        if (what, answer) == (abi.RUN, abi.DONE):
            lists.append(given[-1])
        return answer

    table._call = noting
    pair.step(3)
    copies = [copy for own in lists for copy in own]
    assert len({id(copy) for copy in copies}) == len(copies) == 3


def test_native_code_rejects_invalid_copy_buffers():
    pair = Pair([random(12, 2)[:, 0]], fused=True)
    pair.step(2)
    pair.random_grads()
    (table,) = pair.ours._plan._tables
    optimizer, before = pair.ours, snapshot(pair.ours)
    ticket = table.prepare(StepValues())
    lists = optimizer.param_groups, optimizer.state, pair.params, [pair.params[0].grad.clone()]
    fits = torch.empty(12)
    for copies in (
        *(None, [], [None], [3.5], [torch.empty(11)], [torch.empty(12, dtype=torch.float64)]),
        *([torch.empty(24)[::2]], [torch.empty(12, device="meta")], [torch.empty(12, 1)]),
    ):
        assert table._call(ticket, abi.RUN, *lists, copies) == abi.STALE, copies
    assert all(map(torch.equal, snapshot(optimizer), before))
    assert table._call(ticket, abi.RUN, *lists, [fits]) == abi.DONE
    assert torch.equal(fits, pair.params[0])


def test_an_interrupt_after_every_call():
    """A step is taken whole or not at all."""
    at = 0
    while True:
        at += 1
        pair = Pair([random(12, 2)[:, 0], random(3)], fused=True)
        pair.step(2)
        pair.random_grads()
        optimizer, whole = pair.ours, copy.deepcopy(pair.ours)
        for p, q in zip(pair.params, whole.param_groups[0]["params"], strict=True):
            q.grad = p.grad
        before = contents(optimizer)
        whole.step()
        came = interrupted_at(optimizer, at)
        after = contents(optimizer)
        if not came:
            assert at > 10
            return
        if differing(after, before, True):
            assert not (why := differing(after, contents(whole), True)), (
                f"half a step at {at}: {why}"
            )
        optimizer.step()


SOUND = [edit for edit in EDITS if EDITS[edit] not in UNSOUND]


@pytest.mark.parametrize("edit", SOUND)
def test_edits_between_lines(edit):
    """Steps in the middle of a step are among them."""
    words, faults = sweep("plain", edit, "copied row", 4, "lines", 150, 75, 1 << 30)
    assert words
    assert faults == []
