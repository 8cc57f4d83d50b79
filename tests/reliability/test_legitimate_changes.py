"""Valid edits of tensors between steps: the new memory is updated."""

import copy
import gc
from collections import defaultdict

import numpy as np
import pytest
import torch
from parity.support import Pair, random

SHAPES = [(), (1,), (1, 1), (6,), (2, 3), (0,)]
STATES = ("square_avg", "acc_delta", "step")


def first(optimizer):
    p = optimizer.param_groups[0]["params"][0]
    return p, optimizer.state[p]


def replace_state(key):
    def edit(optimizer):
        _, state = first(optimizer)
        state[key] = state[key].clone()

    return edit


def replace_data_of_state(key):
    def edit(optimizer):
        _, state = first(optimizer)
        state[key].data = state[key].data.clone()

    return edit


def change_in_place(key):
    def edit(optimizer):
        first(optimizer)[1][key].mul_(3)

    return edit


def replace_whole_state(optimizer):
    p, state = first(optimizer)
    optimizer.state[p] = {key: value.clone() for key, value in state.items()}


def copy_all_states(optimizer):
    copies = [(p, copy.deepcopy(state)) for p, state in optimizer.state.items()]
    optimizer.state = defaultdict(dict, copies)


def replace_dict_by_itself(optimizer):
    p, state = first(optimizer)
    optimizer.state[p] = dict(state)


def clear_one_state(optimizer):
    first(optimizer)[1].clear()


def clear_all_states(optimizer):
    optimizer.state.clear()


def forget_one_state(optimizer):
    del optimizer.state[first(optimizer)[0]]


def load_own_state_dict(optimizer):
    optimizer.load_state_dict(copy.deepcopy(optimizer.state_dict()))


def replace_data(optimizer):
    p, _ = first(optimizer)
    p.data = p.data.clone()


def set_storage(optimizer):
    p, _ = first(optimizer)
    with torch.no_grad():
        p.set_(p.detach().clone())


def grow_storage(optimizer):
    p, state = first(optimizer)
    for tensor in (p, *state.values()):
        tensor.untyped_storage().resize_(tensor.untyped_storage().nbytes() + 4000)


def share_memory(optimizer):
    p, state = first(optimizer)
    p.share_memory_()
    for value in state.values():
        value.share_memory_()


def swap_tensors(optimizer):
    p, _ = first(optimizer)
    p.grad = None
    torch.utils.swap_tensors(p, torch.nn.Parameter(p.detach() * 2))


def back_by_numpy(optimizer):
    p, state = first(optimizer)
    p.data = torch.from_numpy(np.array(p.detach().numpy()))
    state["acc_delta"] = torch.from_numpy(np.array(state["acc_delta"].numpy()))


def into_one_buffer(optimizer):
    params = optimizer.param_groups[0]["params"]
    sizes = [p.numel() for p in params]
    buffer = torch.cat([p.detach().flatten() for p in params])
    for p, part in zip(params, buffer.split(sizes), strict=True):
        p.data = part.view(p.shape)


def load_the_model(optimizer):
    for group in optimizer.param_groups:
        for p in group["params"]:
            with torch.no_grad():
                p.copy_(torch.ones_like(p))


EDITS = {
    **{f"replace {key}": replace_state(key) for key in STATES},
    **{f"replace data of {key}": replace_data_of_state(key) for key in STATES},
    **{f"change {key} in place": change_in_place(key) for key in STATES},
    **{
        edit.__name__.replace("_", " "): edit
        for edit in (
            replace_whole_state,
            replace_dict_by_itself,
            copy_all_states,
            clear_one_state,
            clear_all_states,
            forget_one_state,
            load_own_state_dict,
            replace_data,
            set_storage,
            grow_storage,
            share_memory,
            swap_tensors,
            back_by_numpy,
            into_one_buffer,
            load_the_model,
        )
    },
}


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_edits_between_steps_equal_torchs(edit, shape):
    pair = Pair([random(*shape), random(3), random(2, 2)])
    pair.step(2)
    pair.each(edit)
    pair.step(2)
    pair.each(edit)
    gc.collect()  # frees objects without references
    pair.step()


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_the_model_is_widened(shape):
    pair = Pair([random(*shape), random(3), random(2, 2)])
    pair.step(2)
    pair.theirs.load_state_dict(pair.ours.state_dict())
    for p, mirror in zip(pair.params, pair.mirrors, strict=True):
        p.grad = mirror.grad = None
        # From equal values: differences of float32 exceed the tolerance of float64.
        p.data, mirror.data = p.data.double(), p.data.double()
    pair.each(lambda optimizer: optimizer.load_state_dict(optimizer.state_dict()))
    pair.step(2)


@pytest.mark.parametrize("key", ["square_avg", "acc_delta", "step"])
@pytest.mark.parametrize("shape", [(), (1,), (6,)], ids=str)
def test_a_replaced_tensor_is_not_written(key, shape):
    pair = Pair([random(*shape), random(3)])
    pair.step(2)
    state = pair.ours.state[pair.params[0]]
    old = state[key]
    value = old.clone()
    for optimizer in pair.both:
        replace_state(key)(optimizer)
    pair.step(2)
    assert torch.equal(old, value)
    assert not torch.equal(state[key], value)


def test_the_former_memory_of_a_param_is_not_written():
    pair = Pair([random(6), random(3)])
    pair.step()
    old = pair.params[0].data
    value = old.clone()
    pair.each(replace_data)
    pair.step()
    assert torch.equal(old, value)


def test_two_states_are_exchanged():
    pair = Pair([random(6), random(6, seed=1)])
    pair.step(2)
    for optimizer in pair.both:
        p, q = optimizer.param_groups[0]["params"]
        optimizer.state[p], optimizer.state[q] = optimizer.state[q], optimizer.state[p]
    pair.step(2)


def test_two_states_are_exchanged_by_their_keys():
    """The same dicts in the same order, each under the other parameter."""
    pair = Pair([random(6), random(6, seed=1)])
    pair.step(2)
    for optimizer in pair.both:
        p, q = optimizer.param_groups[0]["params"]
        optimizer.state = defaultdict(dict, {q: optimizer.state[p], p: optimizer.state[q]})
    pair.step(2)


def test_two_params_are_exchanged():
    pair = Pair([random(6), random(6, seed=1)])
    pair.step(2)
    pair.each(lambda optimizer: optimizer.param_groups[0]["params"].reverse())
    pair.step(2)


@pytest.mark.parametrize("shared", [True, False])
def test_params_in_a_mapped_file_that_may_be_written(shared, tmp_path):
    pair = Pair([random(6), random(3)])
    pair.step()
    for index, (p, q) in enumerate(zip(pair.params, pair.mirrors, strict=True)):
        path = tmp_path / str(index)
        p.detach().numpy().tofile(path)
        values = torch.from_file(str(path), shared=shared, size=p.numel(), dtype=p.dtype)
        p.data = values.view(p.shape)
        q.data = values.clone()
    pair.step(2)


def test_params_of_a_mapped_checkpoint(tmp_path):
    pair = Pair([random(6), random(3)])
    torch.save([p.detach() for p in pair.params], tmp_path / "model.pt")
    loaded = torch.load(tmp_path / "model.pt", mmap=True, weights_only=True)
    for p, values in zip(pair.params, loaded, strict=True):
        p.data = values
    pair.step(2)


def test_a_lazy_copy_is_not_written_through():
    pair = Pair([random(6)])
    originals = [p.data for p in (*pair.params, *pair.mirrors)]
    for p, original in zip((*pair.params, *pair.mirrors), originals, strict=True):
        p.data = torch._lazy_clone(original)
    for _ in range(2):
        pair.step()
        late = torch._lazy_clone(pair.params[0].data)
        value = late.clone()
        pair.step()
        assert torch.equal(late, value)
    assert torch.equal(*originals)
    assert torch.equal(originals[0], random(6))
