"""Invalid memory of a param or a grad raises an error that names the param; nothing is written."""

from contextlib import contextmanager

import numpy as np
import pytest
import torch
from parity.support import Pair, random, snapshot

from reliability.child import run
from reliability.trained import assert_refused, resized, trained


@pytest.mark.parametrize("size", [0, 8, 23])
def test_a_freed_or_shrunk_param_raises(size):
    pair = trained()
    words = rf"memory of param .* freed or resized.* {size} bytes, but 24"
    corruption = resized(pair.params[3].untyped_storage(), size)
    assert_refused(pair, corruption, words, "Restore the storage before step")


@pytest.mark.parametrize("size", [0, 8, 23])
def test_a_freed_or_shrunk_grad_raises(size):
    pair = trained()

    @contextmanager
    def corruption():
        grad = pair.params[3].grad
        pair.mirrors[3].grad = grad.clone()
        with resized(grad.untyped_storage(), size):
            yield

    words = rf"memory of grad .* freed or resized.* {size} bytes, but 24"
    assert_refused(pair, corruption(), words, "Restore the storage before step")


@pytest.mark.parametrize("layout", ["gapped", "transposed grad"])
def test_freed_memory_of_copied_tensors_raises(layout):
    """Also if a kernel runs over copies."""
    pair = Pair([random(3), random(4, 6)[:, ::2] if layout == "gapped" else random(4, 3)])

    def grads():
        other = random(3, 4, seed=1).t() if layout != "gapped" else random(4, 3, seed=1)
        return [random(3, seed=1), other]

    pair.set_grads(grads())
    pair.step_with_grads()
    before = snapshot(pair.ours)
    victims = [pair.params[1], *list(pair.ours.state[pair.params[1]].values())[1:]]
    for victim in victims:
        refused = pytest.raises(RuntimeError, match=r"parameter 1 of group 0 .* freed or resized")
        with resized(victim.untyped_storage(), 16), refused:
            pair.ours.step()
        assert all(map(torch.equal, snapshot(pair.ours), before))
    pair.set_grads(grads())
    pair.step_with_grads()


CHANGES = {
    "shape": lambda old: torch.zeros(3, 2),
    "more elements": lambda old: torch.zeros(200, 300),
    "fewer elements": lambda old: torch.zeros(2),
    "0-d": lambda old: torch.zeros(()),
    "dtype": lambda old: old.double(),
    "16 bits": lambda old: old.bfloat16(),
    "view": lambda old: old.view(6),
}
# A param cast to another dtype keeps its state, as in torch.
UNFIT = {name: make for name, make in CHANGES.items() if name not in ("dtype", "16 bits")}
UNFIT["complex"] = lambda old: old.to(torch.complex64)


@pytest.mark.parametrize("make", UNFIT.values(), ids=UNFIT)
def test_states_that_do_not_match_param_and_grad_raise(make):
    pair = trained()
    p = pair.params[3]

    @contextmanager
    def corruption():
        data, grad = p.data, p.grad
        p.grad = None
        p.data = make(data)
        p.grad = torch.ones_like(p)
        try:
            yield
        finally:
            p.grad = None
            p.data = data
            p.grad = grad

    words = r"state\['square_avg'\] is of shape \(2, 3\), torch.float32, .* does not match"
    assert_refused(pair, corruption(), words, "Load a state_dict .* casts and moves the state")


@pytest.mark.parametrize("make", CHANGES.values(), ids=CHANGES)
def test_mismatched_grads_give_torchs_result_or_error(make):
    """Torch broadcasts and promotes if possible, and raises otherwise."""
    pair = trained()
    pair.random_grads()
    outcomes = []
    for optimizer, params in ((pair.ours, pair.params), (pair.theirs, pair.mirrors)):
        params[3].grad = torch.ones(2, 3)
        params[3].grad.data = make(params[3].grad.data)
        try:
            optimizer.step()
            outcomes.append("")
        except RuntimeError as error:
            outcomes.append(str(error))
    assert outcomes[0] == outcomes[1]
    pair.check()
    pair.step()


def test_a_param_that_does_not_match_its_grad():
    """The param has another shape at the same address."""
    pair = trained()
    pair.random_grads()
    messages = []
    for optimizer, params in ((pair.ours, pair.params), (pair.theirs, pair.mirrors)):
        params[3].data = params[3].data.view(6)
        with pytest.raises(RuntimeError, match="size of tensor") as raised:
            optimizer.step()
        messages.append(str(raised.value))
        params[3].data = params[3].data.view(2, 3)
    assert messages[0] == messages[1]
    pair.step()


def test_a_sparse_grad_in_the_last_group_raises_before_any_write():
    """Torch updates the first group before it raises; ours updates nothing."""
    pair = trained()
    before = snapshot(pair.ours)
    pair.random_grads()
    pair.params[3].grad = torch.ones(2, 3).to_sparse()
    with pytest.raises(RuntimeError, match=r"^Adadelta does not support sparse gradients$"):
        pair.ours.step()
    assert all(map(torch.equal, snapshot(pair.ours), before))
    pair.params[3].grad = pair.mirrors[3].grad
    pair.step_with_grads()


@pytest.mark.filterwarnings("ignore:The given NumPy array is not writable")
@pytest.mark.parametrize("what", ["param", "square_avg", "acc_delta"])
def test_read_only_memory_raises(what, tmp_path):
    pair = trained()
    p = pair.params[3]
    victim = p if what == "param" else pair.ours.state[p][what]
    victim.detach().numpy().tofile(tmp_path / "values")

    @contextmanager
    def corruption():
        old = victim.data
        mapped = np.memmap(tmp_path / "values", np.float32, "r", shape=(2, 3))
        victim.data = torch.from_numpy(mapped)
        try:
            yield
        finally:
            victim.data = old

    assert_refused(pair, corruption(), "read-only", "Copy it to writable memory")


def test_a_freed_step_counter_raises():
    """Torch itself would write to address 0 and end the process."""
    run(
        """
        import torch
        from adadelta_gen import Adadelta

        params = [torch.nn.Parameter(torch.ones(3)) for _ in range(2)]
        optimizer = Adadelta(params)
        for p in params:
            p.grad = torch.ones(3)
        optimizer.step()
        before = [p.detach().clone() for p in params]
        storage = optimizer.state[params[1]]["step"].untyped_storage()
        storage.resize_(0)
        try:
            optimizer.step()
        except RuntimeError as error:
            assert "parameter 1 of group 0" in str(error), error
        else:
            raise AssertionError("no error")
        assert all(map(torch.equal, params, before))
        """
    )


@contextmanager
def frozen_in(trouble, p, path):
    """Freed or memory-mapped weights, as in offloaded or very large models."""
    if trouble != "read-only":
        with resized(p.untyped_storage(), 0 if trouble == "freed" else 8):
            yield
        return
    p.detach().numpy().tofile(path)
    old = p.data
    p.data = torch.from_numpy(np.memmap(path, np.float32, "r"))
    yield
    p.data = old


@pytest.mark.filterwarnings("ignore:The given NumPy array is not writable")
@pytest.mark.parametrize("trouble", ["freed", "shrunk", "read-only"])
def test_params_without_a_grad_are_not_checked(trouble, tmp_path):
    """Torch does not check them either."""
    pair = Pair([random(3), random(6)])
    first = frozen_in(trouble, pair.params[1], tmp_path / "values")
    second = frozen_in(trouble, pair.mirrors[1], tmp_path / "values")
    with first, second:
        for _ in range(2):
            for p in (pair.params[0], pair.mirrors[0]):
                p.grad = torch.ones(3)
            pair.each(lambda optimizer: optimizer.step())
        pair.ours.explain()
    pair.check()


@contextmanager
def spoiled(trouble, state):
    old = state["square_avg"]
    if trouble == "other shape":
        state["square_avg"] = torch.zeros(2)
    elif trouble == "gone":
        del state["square_avg"]
    with resized(old.untyped_storage(), 0):
        yield
    state["square_avg"] = old


@pytest.mark.parametrize("trouble", ["freed", "other shape", "gone"])
def test_states_of_params_without_a_grad_are_not_checked(trouble):
    pair = trained()
    pair.random_grads(skip=(2,))
    for optimizer, params in ((pair.ours, pair.params), (pair.theirs, pair.mirrors)):
        optimizer.param_groups[1]["params"].append(torch.nn.Parameter(random(1)))
        optimizer.param_groups[1]["param_names"].append(
            "e"
        )  # changes the group, so that a new table is made
        with spoiled(trouble, optimizer.state[params[2]]):
            optimizer.step()
    pair.params[4].grad = pair.mirrors[4].grad = None
    pair.step()


@pytest.mark.parametrize("case", ["copies only", "copies of another dtype", "the last group"])
def test_an_lr_that_overflows_is_found_before_anything_is_written(case):
    """Torch writes the first params before it raises."""
    double, gapped = random(3, dtype=torch.float64), random(6)[::2]
    groups = {
        "copies only": [{"params": [random(6, dtype=torch.float64)[::2], gapped]}],
        "copies of another dtype": [{"params": [double, gapped]}],
        "the last group": [{"params": [double]}, {"params": [gapped]}],
    }[case]
    pair = Pair(groups)
    pair.step()
    before = snapshot(pair.ours)
    for group in pair.ours.param_groups:
        group["lr"] = 1e39
    pair.random_grads()
    with pytest.raises(RuntimeError, match="without overflow"):
        pair.ours.step()
    assert all(map(torch.equal, snapshot(pair.ours), before))
    for group in pair.ours.param_groups:
        group["lr"] = 1.0
    pair.step_with_grads()


@pytest.mark.parametrize("option", ["lr", "eps", "weight_decay"])
def test_an_invalid_hyperparameter_changes_nothing(option):
    """It overflows in the float32 launch, but not in the float64 one."""
    pair = Pair([random(3, dtype=torch.float64), random(3)], weight_decay=0.1)
    pair.step()
    good = pair.ours.param_groups[0][option]
    pair.ours.param_groups[0][option] = 1e39
    pair.random_grads()
    with pytest.raises(RuntimeError, match="without overflow"):
        pair.ours.step()
    pair.ours.param_groups[0][option] = good
    pair.step_with_grads()
    pair.step()


def test_copies_are_on_the_device_of_the_param():
    """Copies are on the device of the param, not on the default device."""
    run(
        """
        import torch
        from adadelta_gen import Adadelta

        results = []
        for make in (Adadelta, torch.optim.Adadelta):
            tensors = torch.ones(4, 6)[:, ::2], torch.ones(3), torch.ones(4, 3)
            params = [torch.nn.Parameter(tensor) for tensor in tensors]
            optimizer = make(params)
            for default in (None, "meta", "meta", None):
                grads = [torch.ones(4, 3), torch.ones(3), torch.ones(3, 4).t()]
                for p, p.grad in zip(params, grads):
                    pass
                torch.set_default_device(default)
                optimizer.step()
                torch.set_default_device(None)
            results.append(params)
        for ours, theirs in zip(*results):
            torch.testing.assert_close(ours, theirs)
        """
    )
