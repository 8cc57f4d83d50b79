"""Small training runs, each of which needs one of the checks of the native step.

Each raises, or ends its process, if the step differs from torch's or writes foreign memory. They
run in forked processes: see ``verification_mutations.py``.
"""

import ctypes
import mmap
import sys
import tempfile
import warnings
from collections import UserDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from kernels.memory import Guarded, from_bits
from kernels.reference import Hyper, State, exact, lowbias32
from options.norms import assert_norm
from parity.support import Pair, random
from torch import Tensor
from torch.nn.utils import clip_grads_with_norm_

from adadelta_gen import Adadelta
from adadelta_gen.cpu.launch import CHUNK
from adadelta_gen.native import abi, shim
from adadelta_gen.spec import KernelSpec
from adadelta_gen.step import native_call
from adadelta_gen.step.causes import Outdated
from adadelta_gen.step.table import StepValues, Table, Tensors
from reliability.outcomes import attempt, contents, differing, same_outcome

SCENARIOS: dict[str, Callable[[], None]] = {}
N = 6


def scenario(function: Callable[[], None]) -> Callable[[], None]:
    SCENARIOS[function.__name__] = function
    return function


# Tools


def trained(*tensors: Any, steps: int = 3, **options: Any) -> Pair:
    """Take steps and set the grads of the next one, a tensor for each optimizer and param."""
    pair = Pair(list(tensors) or [random(N, seed=i) for i in range(3)], **options)
    pair.step(steps)
    new_grads(pair)
    return pair


def new_grads(pair: Pair, seed: int = 90) -> None:
    for i, (p, q) in enumerate(zip(pair.params, pair.mirrors, strict=True)):
        p.grad, q.grad = (random(*p.shape, dtype=p.dtype, seed=seed + i) for _ in "ab")


def params_of(optimizer: Any) -> list[Any]:
    return [p for group in optimizer.param_groups for p in group["params"]]


def first_state(optimizer: Any) -> dict[str, Any]:
    return optimizer.state[params_of(optimizer)[0]]


def alike(pair: Pair) -> None:
    """Take a step of both optimizers, which must have the same outcome."""
    same_outcome(pair)


def alike_and_checked(pair: Pair) -> None:
    alike(pair)
    pair.check()


def others(optimizer: Any, victim: Tensor | None) -> list[Tensor]:
    """Copy all params and states but one, whose memory may not exist."""
    tensors = params_of(optimizer)
    tensors = [*tensors, *(t for p in tensors for t in optimizer.state[p].values())]
    return [t.detach().clone() for t in tensors if t is not victim]


def refused(pair: Pair, words: str, victim: Tensor | None = None) -> None:
    """Take a step of ours, which must raise an error with these words and write nothing."""
    before = others(pair.ours, victim)
    error = attempt(pair.ours)
    assert error is not None, "no error was raised"
    assert words in str(error), error
    after = others(pair.ours, victim)
    assert all(map(torch.equal, before, after)), f"something was written: {error}"


def table_of(optimizer: Any) -> Table:
    (table,) = optimizer._plan._tables
    return table


def tensors_of(optimizer: Any) -> Tensors:
    params = params_of(optimizer)
    return Tensors(params, [p.grad for p in params])


def answer_of(
    pair: Pair, params: Any = None, grads: Any = "all", what: int = abi.VERIFY, ticket: int = 0
) -> int:
    """Call the native step of the only table directly."""
    table, ours = table_of(pair.ours), pair.ours
    params = params_of(ours) if params is None else params
    grads = [p.grad for p in params_of(ours)] if grads == "all" else grads
    ticket = ticket or int(table._words[abi.T_TICKET])
    return table._call(ticket, what, ours.param_groups, ours.state, params, grads, None)


class Refusing(Tensor):
    """A tensor that cannot be changed in place."""

    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        name = getattr(function, "__name__", "")
        if name.endswith("_") and not name.endswith("__"):
            raise TypeError("refused")
        return super().__torch_function__(function, types, args, kwargs or {})


class Reversing(Tensor):
    """A grad whose negative is used by torch."""

    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        plain = [a.as_subclass(Tensor).neg() if type(a) is cls else a for a in args]
        return super().__torch_function__(function, types, plain, kwargs or {})


def refuse_changes(tensor: Tensor) -> None:
    is_param = type(tensor) is torch.nn.Parameter
    tensor.__class__ = type("Own", (Refusing, type(tensor)), {}) if is_param else Refusing


# Properties of tensors


@scenario
def an_empty_grad_becomes_sparse() -> None:
    """Without elements, the storage does not show that it is sparse."""
    pair = trained(random(0), random(N))
    for p in (pair.params[0], pair.mirrors[0]):
        p.grad = p.grad.to_sparse()
    alike(pair)


@scenario
def an_empty_average_is_on_another_device() -> None:
    """Without elements, the address does not show that it is not on the CPU."""
    pair = trained(random(0), random(N))
    average = first_state(pair.ours)["acc_delta"]
    torch.utils.swap_tensors(average, torch.empty(0, device="meta"))
    refused(pair, "acc_delta", average)


def record_is_of_another(word: int) -> None:
    pair = trained()
    assert answer_of(pair) == abi.DONE
    table_of(pair.ours).rows.records[1, word] = 1
    assert answer_of(pair) == 1


@scenario
def a_record_is_of_another_device_type() -> None:
    """As with a GPU: the record is changed by hand, so that this needs no GPU."""
    record_is_of_another(abi.R_DEVICE_TYPE)


@scenario
def a_record_is_of_another_device_index() -> None:
    """As with a second GPU: the record is changed by hand, so that this needs no GPU."""
    record_is_of_another(abi.R_DEVICE_INDEX)


@scenario
def an_average_becomes_integers() -> None:
    pair = trained()
    average = first_state(pair.ours)["square_avg"]
    average.data = average.data.view(torch.int32)
    refused(pair, "square_avg")


@scenario
def a_param_becomes_lazily_negated() -> None:
    pair = trained()
    pair.each(lambda o: setattr(params_of(o)[0], "data", torch._neg_view(params_of(o)[0].data)))
    alike(pair)


@scenario
def a_param_becomes_lazily_conjugated() -> None:
    pair = trained(random(N, dtype=torch.complex64), random(3))
    pair.each(lambda o: setattr(params_of(o)[0], "data", torch.conj(params_of(o)[0].data)))
    alike(pair)


@scenario
def a_param_gets_a_dimension_more() -> None:
    pair = trained()
    for p in (pair.params[0], pair.mirrors[0]):
        grad, p.grad = p.grad, None
        p.data = p.data.view(N, 1)
        p.grad = grad.view(N, 1)
        p.grad.data = grad
    alike(pair)


@scenario
def an_average_gets_fewer_elements() -> None:
    """The storage has further elements that do not belong to it."""
    pair = trained(random(2, 3), random(N))
    average = first_state(pair.ours)["acc_delta"]
    whole = average.data
    before = whole.clone()
    average.data = whole[:1]
    refused(pair, "acc_delta")
    assert torch.equal(whole, before), "what follows its elements was written"


@scenario
def a_grad_gets_fewer_elements() -> None:
    """Torch broadcasts it."""
    pair = trained(random(2, 3), random(N))
    for p in (pair.params[0], pair.mirrors[0]):
        p.grad.data = random(2, 3)[:1]
    alike(pair)


@scenario
def a_square_average_is_transposed_in_its_memory() -> None:
    pair = trained(random(4, 4), random(N))
    pair.each(lambda o: first_state(o)["square_avg"].t_())
    alike(pair)


# Memory of tensors


def over_inference_memory(what: str) -> None:
    pair = trained()
    for optimizer in pair.both:
        p = params_of(optimizer)[0]
        tensor = p if what == "param" else first_state(optimizer)[what]
        array = tensor.detach().numpy()
        with torch.inference_mode():
            other = torch.from_numpy(array)
            if what == "param":
                other = torch.nn.Parameter(other, requires_grad=False)
        grad, p.grad = p.grad, None
        torch.utils.swap_tensors(tensor, other)
        if what == "param":
            tensor.requires_grad_(False)
        p.grad = grad
    alike(pair)


@scenario
def a_param_becomes_an_inference_tensor() -> None:
    over_inference_memory("param")


@scenario
def an_average_becomes_an_inference_tensor() -> None:
    over_inference_memory("square_avg")


@scenario
def the_storage_of_a_param_is_shrunk() -> None:
    pair = trained()
    pair.params[1].untyped_storage().resize_(8)
    refused(pair, "freed or resized", pair.params[1])


@scenario
def the_storage_of_a_gapped_param_is_shrunk() -> None:
    """The storage is large enough for its elements, but not for its span.

    Calls native code directly: in a step, Python would examine this row before.
    """
    pair = trained(random(2 * N)[::2], random(3))
    assert answer_of(pair) in (abi.DONE, abi.MOVED)
    pair.params[0].untyped_storage().resize_(4 * N)
    assert answer_of(pair) == 1


@scenario
def the_storage_of_a_param_is_shrunk_at_the_same_address() -> None:
    """As if an allocator returned the block that was just freed: changed by hand."""
    pair = trained(random(1 << 10), random(3))
    p = pair.params[0]
    storage = p.untyped_storage()
    words = (ctypes.c_int64 * 16).from_address(storage._cdata)
    at = list(words).index(storage.nbytes())
    words[at] = 8
    assert storage.nbytes() == 8
    try:
        refused(pair, "freed or resized", p)
    finally:
        words[at] = 4 << 10


@scenario
def the_storage_of_a_param_is_freed() -> None:
    pair = trained()
    pair.params[1].untyped_storage().resize_(0)
    refused(pair, "freed or resized", pair.params[1])


@scenario
def a_param_is_a_zero_without_memory() -> None:
    """Without madvise, which fails for address 0."""
    native_call.words_of_the_process()[abi.T_MADVISE] = 0
    pair = trained()
    for optimizer in pair.both:
        p = params_of(optimizer)[0]
        grad, p.grad = p.grad, None
        torch.utils.swap_tensors(p, torch.nn.Parameter(torch._efficientzerotensor(N)))
        p.grad = grad
    same_outcome(pair, may_refuse=True)


@scenario
def a_param_is_mapped_for_reading() -> None:
    pair = trained()
    p = pair.params[0]
    with tempfile.NamedTemporaryFile() as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        p.detach().numpy().tofile(file.name)
        p.data = torch.from_numpy(np.memmap(file.name, np.float32, "r"))
        refused(pair, "read-only")


@scenario
def the_memory_of_a_param_is_replaced() -> None:
    pair = trained()
    old = pair.params[0].data
    before = old.clone()
    pair.each(lambda o: setattr(params_of(o)[0], "data", params_of(o)[0].data.clone()))
    alike_and_checked(pair)
    assert torch.equal(old, before), "the memory that the param has left was written"


@scenario
def params_get_memory_between_guards() -> None:
    pair = trained()
    guarded = [Guarded(p.detach().clone()) for p in pair.params]
    for p, own in zip(pair.params, guarded, strict=True):
        p.data = own.values
    alike_and_checked(pair)
    assert all(own.intact() for own in guarded)


# Ownership of states


@scenario
def states_are_exchanged() -> None:
    def edit(optimizer: Any) -> None:
        p, q, *_ = params_of(optimizer)
        optimizer.state[p], optimizer.state[q] = optimizer.state[q], optimizer.state[p]

    pair = trained()
    pair.each(edit)
    alike(pair)


@scenario
def params_and_their_states_are_exchanged() -> None:
    """Each row keeps its state and gets another param."""

    def edit(optimizer: Any) -> None:
        params = optimizer.param_groups[0]["params"]
        p, q, *_ = params
        params[0], params[1] = q, p
        optimizer.state[p], optimizer.state[q] = optimizer.state[q], optimizer.state[p]

    pair = trained()
    pair.each(edit)
    alike(pair)


@scenario
def an_average_is_replaced() -> None:
    def edit(optimizer: Any) -> None:
        state = first_state(optimizer)
        state["square_avg"] = state["square_avg"].clone().mul_(2)

    pair = trained()
    pair.each(edit)
    alike(pair)


@scenario
def a_counter_is_replaced() -> None:
    pair = trained()
    pair.each(lambda o: first_state(o).update(step=torch.tensor(40.0)))
    alike(pair)


@scenario
def the_keys_of_a_state_change_places() -> None:
    def edit(optimizer: Any) -> None:
        state = first_state(optimizer)
        state["square_avg"] = state.pop("square_avg")

    pair = trained()
    pair.each(edit)
    alike(pair)


@scenario
def the_averages_of_a_state_change_places() -> None:
    def edit(optimizer: Any) -> None:
        state = first_state(optimizer)
        a, b = state["square_avg"], state["acc_delta"]
        state.clear()
        state.update(step=torch.tensor(3.0), acc_delta=a, square_avg=b)

    pair = trained()
    pair.each(edit)
    alike(pair)


@scenario
def a_state_is_forgotten() -> None:
    pair = trained()
    pair.each(lambda o: o.state.pop(params_of(o)[1]))
    alike(pair)
    new_grads(pair, 70)
    alike(pair)


@scenario
def a_state_is_made_for_no_param() -> None:
    pair = trained()
    pair.each(lambda o: o.state.update({"of all": {"epoch": 3}}))
    alike(pair)
    new_grads(pair, 70)
    alike(pair)


# Shared memory


@scenario
def a_grad_is_the_average_of_its_param() -> None:
    pair = trained()
    pair.each(lambda o: setattr(params_of(o)[0], "grad", first_state(o)["square_avg"]))
    alike(pair)


@scenario
def a_grad_is_the_param_before_it() -> None:
    pair = trained()
    pair.each(lambda o: setattr(params_of(o)[1], "grad", params_of(o)[0].data))
    alike(pair)


@scenario
def a_grad_is_an_average_that_was_replaced() -> None:
    def edit(optimizer: Any) -> None:
        average = first_state(optimizer)["square_avg"]
        average.data = average.data.clone()
        params_of(optimizer)[0].grad = average

    pair = trained()
    pair.each(edit)
    alike(pair)


@scenario
def an_average_is_put_into_the_memory_of_a_grad() -> None:
    """The grad keeps its address, at which it did not overlap before."""

    def edit(optimizer: Any) -> None:
        first_state(optimizer)["square_avg"].data = params_of(optimizer)[0].grad.abs_()

    pair = trained()
    alike(pair)
    pair.each(edit)
    alike(pair)


@scenario
def a_grad_lies_right_behind_a_param() -> None:
    def edit(optimizer: Any) -> None:
        p, *_ = params_of(optimizer)
        buffer = torch.cat([p.data, p.grad, p.data])
        p.data, p.grad = buffer[:N], buffer[N : 2 * N]

    pair = trained()
    pair.each(edit)
    alike(pair)
    pair.each(lambda o: setattr(params_of(o)[0], "grad", params_of(o)[0].grad.view(N)))
    alike(pair)


@scenario
def a_grad_lies_right_before_a_param() -> None:
    def edit(optimizer: Any) -> None:
        p, *_ = params_of(optimizer)
        buffer = torch.cat([p.grad, p.data])
        p.grad, p.data = buffer[:N], buffer[N:]

    pair = trained()
    pair.each(edit)
    alike(pair)


@scenario
def two_params_overlap() -> None:
    def edit(optimizer: Any) -> None:
        p, q, *_ = params_of(optimizer)
        buffer = random(2 * N)
        p.data, q.data = buffer[:N], buffer[3 : 3 + N]

    pair = trained()
    pair.each(edit)
    alike(pair)


@scenario
def two_averages_are_one_memory() -> None:
    """A kernel reads both before it writes one; torch does not."""

    def edit(optimizer: Any) -> None:
        state = first_state(optimizer)
        state["square_avg"].data = state["acc_delta"].data

    pair = trained()
    pair.each(edit)
    alike(pair)


@scenario
def two_params_lie_side_by_side() -> None:
    def edit(optimizer: Any) -> None:
        p, q, *_ = params_of(optimizer)
        buffer = random(2 * N)
        p.data, q.data = buffer[:N], buffer[N:]

    pair = trained()
    pair.each(edit)
    alike(pair)


@scenario
def a_param_overlaps_one_with_gaps() -> None:
    """It starts after numel elements of the other one, but before its last element."""

    def edit(optimizer: Any) -> None:
        p, q = params_of(optimizer)
        buffer = random(3 * N)
        p.data, q.data = buffer[: 2 * N : 2], buffer[N + 1 : 2 * N + 1]

    pair = trained(random(2 * N)[::2], random(N))
    pair.each(edit)
    alike(pair)


@scenario
def a_counter_is_in_an_average_of_another() -> None:
    """Ours increments all counters first; torch proceeds row by row."""

    def edit(optimizer: Any) -> None:
        p, q, *_ = params_of(optimizer)
        optimizer.state[q]["step"].data = optimizer.state[p]["square_avg"].data[0]

    pair = trained()
    pair.each(edit)
    alike(pair)


@scenario
def a_param_without_a_grad_comes_back_over_another() -> None:
    """It keeps its address, but another param has been placed there meanwhile.

    Kernels update the 32-bit params before the 64-bit one, torch in order.
    """
    pair = trained(random(N), random(N, dtype=torch.float64), random(N, seed=2))
    for optimizer in pair.both:
        _, wide, p = params_of(optimizer)
        p.data, wide.grad = wide.data.view(torch.float32)[:N], None
    alike(pair)
    new_grads(pair, 70)
    before = [p.detach().clone() for p in pair.params]
    for q, old in zip(pair.mirrors, before, strict=True):
        q.data.copy_(old)
    alike(pair)


@scenario
def a_row_of_torchs_shares_an_average() -> None:
    """Ours runs kernels first; torch updates the params in order."""

    def edit(optimizer: Any) -> None:
        p, q, *_ = params_of(optimizer)
        optimizer.state[p]["acc_delta"] = optimizer.state[p]["acc_delta"].double()
        optimizer.state[p]["square_avg"] = optimizer.state[q]["square_avg"]

    pair = trained()
    pair.each(edit)
    alike(pair)


# Grads


def grad_of_another_class(**options: Any) -> None:
    pair = trained(**options)
    for p in (pair.params[0], pair.mirrors[0]):
        p.grad.__class__ = Reversing
    alike(pair)


@scenario
def a_grad_is_of_another_class() -> None:
    grad_of_another_class()


@scenario
def a_grad_in_a_list_is_of_another_class() -> None:
    """With a tensor hyperparameter, each step passes a list of the grads to native code."""
    grad_of_another_class(lr=torch.tensor(0.5))


@scenario
def the_storage_of_a_grad_is_shrunk() -> None:
    pair = trained()
    pair.params[0].grad.untyped_storage().resize_(8)
    refused(pair, "freed or resized")


@scenario
def a_grad_is_a_zero_without_memory() -> None:
    pair = trained()
    for p in (pair.params[0], pair.mirrors[0]):
        p.grad = torch._efficientzerotensor(N)
    alike(pair)


@scenario
def a_param_has_no_grad() -> None:
    pair = trained()
    pair.params[1].grad = pair.mirrors[1].grad = None
    alike_and_checked(pair)


@scenario
def a_list_of_grads_has_a_none() -> None:
    pair = trained(lr=torch.tensor(0.5))
    pair.params[1].grad = pair.mirrors[1].grad = None
    alike_and_checked(pair)


# Counters


@scenario
def a_counter_is_of_another_class() -> None:
    pair = trained()
    pair.each(lambda o: refuse_changes(first_state(o)["step"]))
    alike(pair)


@scenario
def a_counter_becomes_sparse() -> None:
    pair = trained()
    for optimizer in pair.both:
        other = first_state(optimizer)["step"].to_sparse()
        torch.utils.swap_tensors(first_state(optimizer)["step"], other)
    alike(pair)


@scenario
def counters_are_on_another_device() -> None:
    """As on a GPU: the table's number of the CPU is changed by hand."""
    pair = trained()
    table = table_of(pair.ours)
    table._words[abi.T_CPU] += 1
    assert answer_of(pair) == 3


@scenario
def a_row_is_forgotten() -> None:
    pair = trained()
    table_of(pair.ours).rows.forget(0)
    assert answer_of(pair) == 1


@scenario
def a_record_is_of_a_counter_of_integers() -> None:
    """As if the counter had changed after it was examined: the record is changed by hand."""
    pair = trained()
    step = first_state(pair.ours)["step"]
    step.data = torch.tensor(3)
    table_of(pair.ours).rows.records[0, abi.R_STEP_DTYPE] = shim.dtype_number(torch.int64)
    assert answer_of(pair) == 1


@scenario
def a_counter_becomes_an_integer() -> None:
    pair = trained()
    pair.each(lambda o: setattr(first_state(o)["step"], "data", torch.tensor(3)))
    alike(pair)


@scenario
def a_counter_becomes_lazily_negated() -> None:
    def edit(optimizer: Any) -> None:
        step = first_state(optimizer)["step"]
        step.data = torch._neg_view(step.data)

    pair = trained()
    pair.each(edit)
    same_outcome(pair, may_refuse=True)


@scenario
def a_counter_gets_a_dimension() -> None:
    pair = trained()
    pair.each(lambda o: setattr(first_state(o)["step"], "data", torch.full((3,), 3.0)))
    same_outcome(pair, may_refuse=True)


@scenario
def a_counter_is_mapped_for_reading() -> None:
    pair = trained()
    with tempfile.NamedTemporaryFile() as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        np.full(1, 3, np.float32).tofile(file.name)
        mapped = torch.from_numpy(np.memmap(file.name, np.float32, "r"))
        first_state(pair.ours)["step"].data = mapped[0]
        refused(pair, "read-only")


@scenario
def a_counter_has_64_bits() -> None:
    pair = trained()
    pair.each(lambda o: first_state(o).update(step=torch.tensor(3.0, dtype=torch.float64)))
    alike_and_checked(pair)
    new_grads(pair, 70)
    alike_and_checked(pair)


@scenario
def a_counter_is_counted_elsewhere() -> None:
    """As one that is on a GPU: the record is changed by hand, so that this needs no GPU."""
    pair = trained()
    table = table_of(pair.ours)
    table.rows.records[0, abi.R_STEP_DTYPE] = abi.COUNTED_ELSEWHERE
    table.rows.rows[0, abi.STEP] = 0
    assert answer_of(pair, what=abi.RUN) == abi.DONE
    assert [float(s["step"]) for s in pair.ours.state.values()] == [3, 4, 4]


# Params and groups


@scenario
def a_param_is_of_another_class() -> None:
    """The grads are passed in a list: otherwise reading the grad checks the class as well."""
    pair = trained(lr=torch.tensor(0.5))
    pair.each(lambda o: refuse_changes(params_of(o)[0]))
    alike(pair)


@scenario
def an_average_is_of_another_class() -> None:
    pair = trained()
    pair.each(lambda o: refuse_changes(first_state(o)["acc_delta"]))
    alike(pair)


@scenario
def a_param_is_no_tensor() -> None:
    pair = trained()
    before = contents(pair.ours)
    group = pair.ours.param_groups[0]
    p, group["params"][0] = group["params"][0], 3
    error = attempt(pair.ours)
    assert type(error) is AttributeError, error
    group["params"][0] = p
    assert not (why := differing(contents(pair.ours), before, True)), why


@scenario
def a_group_gets_another_number() -> None:
    pair = trained()
    pair.edit(lr=0.25)
    alike(pair)


@scenario
def a_group_is_no_dict() -> None:
    def edit(optimizer: Any) -> None:
        optimizer.param_groups[0] = UserDict(optimizer.param_groups[0])

    pair = trained()
    pair.each(edit)
    alike(pair)


@scenario
def a_group_gets_one_more_option() -> None:
    pair = trained()
    pair.ours.param_groups[0]["nonfinite"] = "raise"
    pair.params[0].grad[2] = float("nan")
    refused(pair, "an infinity or a NaN")


@scenario
def two_keys_of_a_group_change_places() -> None:
    def edit(optimizer: Any) -> None:
        group = optimizer.param_groups[0]
        names = {"lr": "rho", "rho": "lr"}
        items = [(names.get(key, key), value) for key, value in group.items()]
        group.clear()
        group.update(items)

    pair = trained(lr=0.5)
    pair.each(edit)
    alike(pair)


@scenario
def a_param_goes_to_another_group() -> None:
    """The params of all groups together stay the same, in the same order."""
    first, second = [random(N), random(N, seed=1)], [random(N, seed=2)]
    pair = trained({"params": first}, {"params": second, "lr": 0.25})
    pair.each(lambda o: o.param_groups[0]["params"].append(o.param_groups[1]["params"].pop()))
    alike(pair)


@scenario
def the_groups_are_a_tuple() -> None:
    pair = trained()
    pair.each(lambda o: setattr(o, "param_groups", tuple(o.param_groups)))
    alike(pair)


@scenario
def the_states_are_no_dict() -> None:
    pair = trained()
    pair.each(lambda o: setattr(o, "state", UserDict(o.state)))
    alike(pair)


@scenario
def a_group_is_added() -> None:
    def edit(optimizer: Any) -> None:
        optimizer.add_param_group({"params": [torch.nn.Parameter(random(N, seed=5))]})

    pair = trained()
    pair.each(edit)
    new_grads(pair)
    alike(pair)


@scenario
def a_group_is_removed_while_a_step_looks() -> None:
    pair = trained({"params": [random(N)]}, {"params": [random(N, seed=1)]})
    table, tensors = table_of(pair.ours), tensors_of(pair.ours)
    pair.ours.param_groups.pop()
    try:
        table.verify(tensors)
    except Outdated:
        return
    raise AssertionError("it verified")


@scenario
def a_list_of_params_is_too_short() -> None:
    pair = trained()
    assert answer_of(pair, params=pair.params[:2]) == abi.GROUP_CHANGED


@scenario
def a_list_of_grads_is_too_short() -> None:
    pair = trained()
    assert answer_of(pair, grads=[p.grad for p in pair.params][:2]) == abi.GROUP_CHANGED


@scenario
def a_ticket_is_of_an_earlier_preparation() -> None:
    pair = trained()
    table, tensors, values = table_of(pair.ours), tensors_of(pair.ours), StepValues()
    before = contents(pair.ours)
    ticket = table.prepare(values)
    table.prepare(values)
    assert table.run(tensors, values, ticket) == abi.STALE
    assert not (why := differing(contents(pair.ours), before, True)), why


# Pinned memory


def pinning(before: Callable[[], int]) -> Pair:
    """Return a pair whose ours calls a function whenever it pins memory; nonzero: pinning fails.

    Simulates another thread in a Python without a GIL, and an out-of-memory error.
    """
    words = native_call.words_of_the_process()
    words[abi.T_GIL_ELEMENTS] = -(1 << 62)
    kind = ctypes.PYFUNCTYPE(ctypes.c_int, *[ctypes.c_int64] * 6)
    own = kind(int(words[abi.T_REINTERPRET]))
    replaced = kind(lambda *arguments: before() or own(*arguments))
    words[abi.T_REINTERPRET] = shim.address(replaced)
    pair = Pair([random(N, seed=i) for i in range(3)])
    pair.replaced = replaced
    return pair


@scenario
def memory_is_replaced_while_it_is_pinned() -> None:
    left = []

    def replace() -> int:
        if is_on and not left:
            left.append((pair.params[0].data, pair.params[0].data.clone()))
            pair.params[0].data = left[0][1].clone()
        return 0

    is_on = False
    pair = pinning(replace)
    pair.step(3)
    new_grads(pair)
    is_on = True
    alike(pair)
    ((old, before),) = left
    assert torch.equal(old, before), "the memory that the param has left was written"


@scenario
def a_pinned_row_has_no_grad() -> None:
    """Without a grad, a row may have the address of a freed grad."""
    calls = []
    pair = pinning(lambda: calls.append(1) or 0)
    pair.step(3)
    new_grads(pair)
    pair.params[1].grad = pair.mirrors[1].grad = None
    calls.clear()
    alike_and_checked(pair)
    assert len(calls) == 2 * abi.STEP, calls


@scenario
def memory_cannot_be_pinned() -> None:
    fails = []

    def fail() -> int:
        return fails.pop() if fails else 0

    pair = pinning(fail)
    pair.step(3)
    new_grads(pair)
    fails.append(1)
    alike_and_checked(pair)
    assert not fails


# Dense copies


@scenario
def a_param_has_gaps() -> None:
    pair = trained(random(2 * N)[::2], random(3))
    alike_and_checked(pair)
    whole = torch.empty(0).set_(pair.params[0].untyped_storage())
    assert torch.equal(whole[1::2], random(2 * N)[1::2]), "its gaps were written"
    new_grads(pair, 70)
    alike_and_checked(pair)


@scenario
def a_param_with_gaps_and_without_a_grad_has_left_its_memory() -> None:
    pair = trained(random(2 * N)[::2], random(6)[::2])
    size = mmap.PAGESIZE
    pages = mmap.mmap(-1, size)
    address = ctypes.addressof(ctypes.c_char.from_buffer(pages))
    for p in (pair.params[0], pair.mirrors[0]):
        p.data = p.data.clone()
    p = pair.params[0]
    data = torch.frombuffer(pages, dtype=torch.float32)[: 2 * N : 2].copy_(p.data)
    p.data = data
    pair.mirrors[0].data = random(2 * N)[::2].copy_(p.data)
    alike(pair)
    p.data = random(2 * N)[::2].copy_(p.data)
    p.grad = pair.mirrors[0].grad = None
    libc = ctypes.CDLL(None)
    assert libc.mprotect(ctypes.c_void_p(address), ctypes.c_size_t(size), 0) == 0
    alike(pair)


@scenario
def a_wide_average_has_gaps() -> None:
    pair = Pair([random(2 * N, dtype=torch.bfloat16)[::2], random(3, dtype=torch.bfloat16)])
    ours = Adadelta(pair.params, state_dtype=torch.float32)
    dense = [torch.nn.Parameter(p.detach().clone()) for p in pair.params]
    theirs = Adadelta(dense, state_dtype=torch.float32)
    for step in range(4):
        for p, q in zip(pair.params, dense, strict=True):
            p.grad, q.grad = (random(*p.shape, dtype=p.dtype, seed=step) for _ in "ab")
        if step == 2:
            state = ours.state[pair.params[0]]
            for key in ("square_avg", "acc_delta"):
                state[key] = torch.zeros(2 * N)[::2].copy_(state[key])
        ours.step()
        theirs.step()
    for p, q in zip(pair.params, dense, strict=True):
        assert torch.equal(p, q)
        for key in ("square_avg", "acc_delta"):
            assert torch.equal(ours.state[p][key], theirs.state[q][key]), key


# Copies that torch makes for a GPU


def simulated() -> Any:
    """Simulate a GPU for the params of this process."""
    sys.path.append(str(Path(__file__).parent.parent / "cuda"))
    from simulator import install

    return install(pytest.MonkeyPatch())


@scenario
def a_param_on_cuda_has_gaps() -> None:
    simulated()
    pair = trained(random(2 * N)[::2], random(3))
    alike_and_checked(pair)
    whole = torch.empty(0).set_(pair.params[0].untyped_storage())
    assert torch.equal(whole[1::2], random(2 * N)[1::2]), "its gaps were written"
    new_grads(pair, 70)
    alike_and_checked(pair)


@scenario
def a_param_with_gaps_on_cuda_has_no_grad() -> None:
    simulated()
    pair = trained(random(2 * N)[::2], random(6)[::2])
    pair.params[0].grad = pair.mirrors[0].grad = None
    alike_and_checked(pair)


@scenario
def a_wide_average_on_cuda_has_gaps() -> None:
    simulated()
    a_wide_average_has_gaps()


def answer_with(copies: list[Any]) -> tuple[int, bool]:
    """Call the native step with these copies; return whether something was written."""
    simulated()
    pair = trained(random(2 * N)[::2], steps=2)
    before = others(pair.ours, None)
    table, ours = table_of(pair.ours), pair.ours
    ticket = table.prepare(StepValues())
    lists = pair.params, [pair.params[0].grad]
    answer = table._call(ticket, abi.RUN, ours.param_groups, ours.state, *lists, copies)
    return answer, not all(map(torch.equal, before, others(pair.ours, None)))


@scenario
def a_copy_goes_to_what_is_no_tensor() -> None:
    assert answer_with([bytes(1 << 12)]) == (abi.STALE, False)


@scenario
def there_are_too_few_copies() -> None:
    assert answer_with([]) == (abi.STALE, False)


@scenario
def a_copy_does_not_fit() -> None:
    assert answer_with([torch.empty(N, dtype=torch.float64)]) == (abi.STALE, False)


def copying(which: int) -> tuple[Pair, Any]:
    """Return a pair on a simulated GPU, where one of torch's copies fails."""
    simulated()
    pair = trained(random(2 * N)[::2], steps=2)
    words = table_of(pair.ours)._words
    kind = ctypes.PYFUNCTYPE(ctypes.c_int, *[ctypes.c_int64] * 3)
    own, calls = kind(int(words[abi.T_COPY])), []

    def copied(*arguments: int) -> int:
        calls.append(arguments)
        return 1 if len(calls) == which else own(*arguments)

    replaced = kind(copied)
    words[abi.T_COPY] = shim.address(replaced)
    return pair, replaced


@scenario
def torch_cannot_copy() -> None:
    pair, _replaced = copying(1)
    refused(pair, "torch could not copy")


@scenario
def torch_cannot_copy_back() -> None:
    pair, _replaced = copying(2)
    assert "torch could not copy" in str(attempt(pair.ours))


@scenario
def a_launch_of_copies_is_refused_after_another() -> None:
    simulator = simulated()
    pair = trained(random(2 * N)[::2], random(2 * N, dtype=torch.float64)[::2])

    class Launches(list):  # type: ignore[type-arg]
        def append(self, launch: Any) -> None:
            simulator.refuses = "launch"

    simulator.launches = Launches()
    before = contents(pair.ours)
    assert "refuses" in str(attempt(pair.ours))
    pair.theirs.step()
    after, theirs = contents(pair.ours), contents(pair.theirs)
    assert not (why := differing(after[:1], theirs[:1], False)), why
    assert not (why := differing(after[1:], before[1:], True)), why


@scenario
def averages_are_rounded_by_the_dither_of_their_step() -> None:
    """The dither depends on a hash of the step; a NaN counter counts as 0."""
    params = [torch.nn.Parameter(random(N, seed=i)) for i in range(6)]
    optimizer = Adadelta(params, state_dtype=torch.bfloat16)
    for i, p in enumerate(params):
        p.grad = random(N, seed=10 + i)
    optimizer.step()
    counters = (5.0, 5.0, torch.nan, -3.0, 2.0**53 + 2, 0.0)
    dtypes = (torch.float32, torch.float64, torch.float32, torch.float64, torch.float64)
    for p, taken, dtype in zip(params, counters, dtypes, strict=False):
        optimizer.state[p]["step"] = torch.tensor(taken, dtype=dtype)
    params[5].grad = None
    for _ in range(2):
        expected = []
        for p in params[:5]:
            taken = float(optimizer.state[p]["step"])
            expected.append(dithered(optimizer, p, int(taken) if 0 < taken < 2**53 else 0))
        optimizer.step()
        for p, wanted in zip(params, expected, strict=False):
            assert_holds(optimizer, p, wanted)


@scenario
def averages_whose_counter_is_elsewhere_are_rounded_by_the_steps_since() -> None:
    """As one that is on a GPU: the record is changed by hand, so that this needs no GPU."""
    p = torch.nn.Parameter(random(N))
    optimizer = Adadelta([p], state_dtype=torch.bfloat16)
    for seed in (1, 2):
        p.grad = random(N, seed=seed)
        optimizer.step()
    table = table_of(optimizer)
    table.rows.records[0, [abi.R_STEP_DTYPE, abi.R_COUNTED]] = abi.COUNTED_ELSEWHERE, 40
    table.rows.rows[0, abi.STEP] = 0
    for taken in (40, 41):
        wanted = dithered(optimizer, p, taken)
        optimizer.step()
        assert_holds(optimizer, p, wanted)


def dithered(optimizer: Any, p: Tensor, taken: int) -> State:
    """Return the result of a step for a float32 param and a bfloat16 state, after n steps."""
    spec = KernelSpec("cpu", "float32", state_dtype="bfloat16", dithered=True)
    state = optimizer.state[p]
    arrays = State(p.detach(), p.grad, state["square_avg"], state["acc_delta"])
    return exact(spec, arrays, Hyper(), lowbias32(taken + 1))


def assert_holds(optimizer: Any, p: Tensor, wanted: State) -> None:
    state = optimizer.state[p]
    assert torch.equal(p, wanted.param)
    assert torch.equal(state["square_avg"], wanted.square_avg)
    assert torch.equal(state["acc_delta"], wanted.acc_delta)


@scenario
def the_counter_of_a_param_without_a_grad_is_unmapped() -> None:
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
    libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    private, writable = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.PROT_READ | mmap.PROT_WRITE
    page = libc.mmap(None, mmap.PAGESIZE, writable, private, -1, 0)
    p = torch.nn.Parameter(random(N))
    optimizer = Adadelta([p], state_dtype=torch.bfloat16)
    for _ in range(2):
        p.grad = random(N, seed=1)
        optimizer.step()
        memory = (ctypes.c_float * 1).from_address(page)
        optimizer.state[p]["step"] = torch.frombuffer(memory, dtype=torch.float32)[0]
    p.grad = random(N, seed=2)
    optimizer.step()
    p.grad, optimizer.state[p]["step"] = None, torch.tensor(3.0)
    libc.munmap(page, mmap.PAGESIZE)
    optimizer.step()


# The norm of the grads


def clipped(*params: Any, max_norm: float = 0.3, steps: int = 3, scale: float = 1.0) -> Any:
    """Take steps that clip, compare each with clipping by torch; return the optimizer."""
    pair = Pair(list(params))
    ours, plain = Adadelta(pair.params, max_grad_norm=max_norm), Adadelta(pair.mirrors)
    for step in range(steps):
        for i, (p, q) in enumerate(zip(pair.params, pair.mirrors, strict=True)):
            grad = scale * random(*p.shape, dtype=p.dtype, seed=10 * step + i)
            p.grad, q.grad = grad, grad.clone()
        ours.step()
        assert_norm(ours.grad_norm, [p.grad for p in pair.params if p.grad is not None])
        clip_grads_with_norm_(pair.mirrors, max_norm, ours.grad_norm)
        plain.step()
        assert all(map(torch.equal, pair.params, pair.mirrors)), f"step {step}"
    ours.pair = pair, plain
    return ours


@scenario
def grads_are_clipped() -> None:
    clipped(random(40), random(3, 5, seed=1), random(0), steps=20)


@scenario
def a_large_grad_is_clipped() -> None:
    clipped(random(2 * CHUNK + 3), random(5, seed=1))


@scenario
def wide_grads_are_clipped() -> None:
    clipped(random(40, dtype=torch.float64), random(7, dtype=torch.float64, seed=1), steps=20)


@scenario
def wide_and_narrow_grads_are_clipped() -> None:
    ours = clipped(random(40), random(40, dtype=torch.float64))
    narrow, wide = ours.pair[0].params
    wide.grad = None
    ours.step()
    assert_norm(ours.grad_norm, [narrow.grad])


@scenario
def grads_are_smaller_than_the_limit() -> None:
    clipped(random(40), random(3, 5, seed=1), max_norm=100.0)


@scenario
def a_grad_has_a_nan_of_all_bits() -> None:
    params = [torch.nn.Parameter(t) for t in (random(3), random(5, dtype=torch.bfloat16))]
    for p in params:
        p.grad = torch.ones_like(p)
    params[0].grad[1] = from_bits(torch.tensor([0x7FFFFFFF]), torch.float32)[0]
    Adadelta(params, max_grad_norm=0.5).step()
    assert params[1].isnan().all(), params[1]


@scenario
def the_limit_is_taken_away() -> None:
    ours = clipped(random(40))
    pair, plain = ours.pair
    ours.defaults["max_grad_norm"] = None
    new_grads(pair)
    ours.step()
    plain.step()
    assert all(map(torch.equal, pair.params, pair.mirrors))


@scenario
def grads_on_cuda_are_looked_at() -> None:
    simulated()
    pair = trained()
    pair.ours.param_groups[0]["nonfinite"] = "raise"
    pair.params[0].grad[2] = float("nan")
    refused(pair, "an infinity or a NaN")


@scenario
def a_table_on_cuda_is_told_to_clip() -> None:
    """No step does so: kernels on a GPU read the factor from device memory."""
    simulated()
    pair = trained()
    table = table_of(pair.ours)
    table._words[abi.T_MAX_NORM] = np.float64(0.5).view(np.int64)
    assert answer_of(pair, what=abi.RUN) == abi.DONE
