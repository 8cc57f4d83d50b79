"""``diagnostics()`` writes nothing and does not affect the next step."""

import threading

import pytest
import torch
from parity.support import DTYPES, Pair, random, snapshot, twin
from torch.nn import Parameter

from adadelta_gen import Adadelta
from adadelta_gen.native.abi import DONE

pytestmark = pytest.mark.usefixtures("one_thread")


def layouts():
    return [random(12, 11), random(6)[::2], random(5, 3).t(), random(0), random(10_000)]


def everything(optimizer):
    """Return all tensors with the bytes of their whole storages."""
    found = [
        tensor
        for group in optimizer.param_groups
        for p in group["params"]
        for tensor in (p, p.grad, *optimizer.state.get(p, {}).values())
        if tensor is not None
    ]
    return found, [twin(tensor.detach()) for tensor in found], [tensor._version for tensor in found]


@pytest.mark.parametrize("mode", [True, False])
@pytest.mark.parametrize("lr", [1.0, torch.tensor(0.5)], ids=str)
def test_nothing_is_written(lr, mode):
    pair = Pair(layouts() + [random(7, dtype=dtype) for dtype in DTYPES], lr=lr)
    for steps in (0, 2):
        pair.step(steps)
        pair.random_grads((1,))
        tensors, values, versions = everything(pair.ours)
        keys = [{**group} for group in pair.ours.param_groups]
        with torch.set_grad_enabled(mode):
            found = pair.ours.diagnostics()
            assert torch.is_grad_enabled() is mode
        again, unchanged, same = everything(pair.ours)
        assert all(a is b for a, b in zip(tensors, again, strict=True))
        assert all(
            torch.equal(a.view(torch.uint8), b.view(torch.uint8))
            for a, b in zip(map(storage, values), map(storage, unchanged), strict=True)
        )
        assert same == versions
        assert len(pair.ours.state) == len(pair.theirs.state)
        assert all(now == before for now, before in zip(pair.ours.param_groups, keys, strict=True))
        assert found.by_group[0].elements == (0 if steps == 0 else found.by_group[0].elements)
    pair.step_with_grads()


def storage(tensor):
    flat = torch.empty(0, dtype=torch.uint8)
    return flat.set_(tensor.untyped_storage())


def test_the_next_step_is_still_one_native_call():
    params = [Parameter(random(50)), Parameter(random(6)[::2])]
    optimizer = Adadelta(params[:1])
    params[0].grad = random(50)
    optimizer.step()
    table, plan = optimizer._repeatable, optimizer._plan
    assert table is not None
    optimizer.diagnostics()
    assert optimizer._repeatable is table
    assert optimizer._plan is plan
    assert table.repeat(optimizer) == DONE


def test_training_is_the_same_with_diagnostics():
    looking, other = (Adadelta([Parameter(random(30, 20)), Parameter(random(20))]) for _ in "12")
    for step in range(6):
        for optimizer in (looking, other):
            for i, p in enumerate(optimizer.param_groups[0]["params"]):
                p.grad = random(*p.shape, seed=10 * step + i)
            optimizer.step()
        looking.diagnostics()
    assert all(map(torch.equal, snapshot(looking), snapshot(other)))


def test_diagnostics_build_no_graph_and_work_in_inference_mode():
    p = Parameter(random(5))
    optimizer = Adadelta([p])
    (p * p).sum().backward()
    optimizer.step()
    loss = (p * p).sum()
    expected = optimizer.diagnostics()
    loss.backward()  # the graph has saved p
    with torch.inference_mode():
        assert optimizer.diagnostics() == expected


def test_diagnostics_during_training_in_another_thread():
    params = [Parameter(random(1000)) for _ in range(20)]
    optimizer = Adadelta(params)
    for p in params:
        p.grad = random(1000)
    optimizer.step()
    stop = threading.Event()

    def train():
        while not stop.is_set():
            optimizer.step()

    thread = threading.Thread(target=train)
    thread.start()
    try:
        found = [optimizer.diagnostics() for _ in range(20)]
    finally:
        stop.set()
        thread.join()
    assert found[-1].by_group[0].elements == 20_000


@pytest.mark.parametrize("options", [{"foreach": True}, {"fused": False}], ids=str)
def test_it_measures_what_torch_updates_too(options):
    pairs = Pair(layouts()), Pair(layouts(), **options)
    for pair in pairs:
        pair.step(3)
    for ours, torchs in zip(*(pair.ours.diagnostics().by_param for pair in pairs), strict=True):
        assert ours.sampled == torchs.sampled
        assert ours.as_dict() == pytest.approx(torchs.as_dict(), rel=1e-4, nan_ok=True)
