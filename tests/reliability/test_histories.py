"""Random histories: with random edits between steps, ours gives torch's results."""

import copy
import random as dice

import pytest
import torch
from parity.support import Pair, random

HISTORIES, STEPS = 1000, 6
SHAPES = [(), (1,), (5,), (3, 4), (0,), (2, 3, 2)]
DTYPES = [torch.float32, torch.float64, torch.complex64]
STATES = ("square_avg", "acc_delta", "step")


class History:
    """A pair of optimizers, and the random generator that chooses the edits of both."""

    def __init__(self, seed: int) -> None:
        self.dice = dice.Random(seed)
        self.log: list[str] = []
        self.pair = Pair([{"params": self._tensors()} for _ in range(self.dice.randint(1, 2))])

    def _tensors(self):
        return [self._tensor() for _ in range(self.dice.randint(1, 3))]

    def _tensor(self):
        shape, dtype = self.dice.choice(SHAPES), self.dice.choice(DTYPES)
        tensor = random(*shape, dtype=dtype, seed=self.dice.randrange(99))
        return self._laid_out(tensor)

    def _laid_out(self, tensor):
        kind = self.dice.randrange(6)
        if kind == 0:
            return tensor.mT.contiguous().mT if tensor.dim() > 1 else tensor
        if kind == 1 and tensor.dim():
            return tensor.repeat_interleave(2, -1)[..., ::2]
        return tensor

    def run(self) -> None:
        for _ in range(STEPS):
            for _ in range(self.dice.randint(0, 2)):
                edit = self.dice.choice(EDITS)
                self.log.append(edit.__name__)
                edit(self)
            self.set_grads()
            self.pair.step_with_grads()

    def set_grads(self):
        grads = []
        for p in self.pair.params:
            grad = random(*p.shape, dtype=p.dtype, seed=self.dice.randrange(999))
            grads.append(None if self.dice.random() < 0.15 else self._laid_out(grad))
        for p in (*self.pair.params, *self.pair.mirrors):
            p.grad = None
        self.pair.set_grads(grads)

    def both_states(self):
        """Choose a param; return both optimizers with their param and its state."""
        index = self.dice.randrange(len(self.pair.params))
        return [
            (optimizer, params[index], optimizer.state.get(params[index], {}))
            for optimizer, params in zip(
                self.pair.both, (self.pair.params, self.pair.mirrors), strict=True
            )
        ]


def edit_option(history):
    option, values = history.dice.choice(
        [
            ("lr", (0.5, 1, torch.tensor(0.25))),
            ("rho", (0.5, 0.9)),
            ("eps", (1e-3, 1e-6)),
            ("weight_decay", (0, 0.1)),
            ("maximize", (True, False)),
            ("foreach", (True, False, None)),
        ]
    )
    group = history.dice.randrange(len(history.pair.ours.param_groups))
    history.pair.edit(group, **{option: history.dice.choice(values)})


def edit_fused(history):
    group = history.dice.choice(history.pair.ours.param_groups)
    group["fused"] = history.dice.choice([None, False])


def add_group(history):
    tensors = history._tensors()
    for optimizer in history.pair.both:
        params = [torch.nn.Parameter(tensor.clone()) for tensor in tensors]
        optimizer.add_param_group({"params": params})


def reverse_groups(history):
    history.pair.each(lambda optimizer: optimizer.param_groups.reverse())


def reverse_params(history):
    history.pair.each(lambda optimizer: optimizer.param_groups[0]["params"].reverse())


def replace_state(history):
    key = history.dice.choice(STATES)
    for _, _, state in history.both_states():
        if state:
            state[key] = state[key].clone()


def replace_data_of_state(history):
    key = history.dice.choice(STATES)
    for _, _, state in history.both_states():
        if state:
            state[key].data = state[key].data.clone()


def change_state(history):
    for _, _, state in history.both_states():
        if state:
            state["acc_delta"].mul_(2)
            state["step"].add_(3)


def relay_state(history):
    for _, _, state in history.both_states():
        if state and state["square_avg"].dim() > 1:
            state["square_avg"] = state["square_avg"].mT.contiguous().mT


def clear_state(history):
    for _, _, state in history.both_states():
        state.clear()


def forget_state(history):
    for optimizer, p, _ in history.both_states():
        optimizer.state.pop(p, None)


def replace_state_dict(history):
    for optimizer, p, state in history.both_states():
        if state:
            optimizer.state[p] = copy.deepcopy(state)


def load_own_state(history):
    for optimizer in history.pair.both:
        optimizer.load_state_dict(copy.deepcopy(optimizer.state_dict()))


def replace_data(history):
    for _, p, _ in history.both_states():
        p.data = p.data.clone()


def grow_storage(history):
    for _, p, state in history.both_states():
        for tensor in (p, *state.values()):
            tensor.untyped_storage().resize_(tensor.untyped_storage().nbytes() + 64)


def relay_param(history):
    for _, p, _ in history.both_states():
        if p.dim() > 1:
            p.data = p.data.mT.contiguous().mT


def change_param(history):
    for _, p, _ in history.both_states():
        with torch.no_grad():
            p.mul_(0.5)


def replace_param(history):
    """Replace it by one of another shape and dtype, without a state."""
    tensor = history._tensor()
    index = history.dice.randrange(len(history.pair.params))
    for optimizer, params in zip(
        history.pair.both, (history.pair.params, history.pair.mirrors), strict=True
    ):
        old = params[index]
        optimizer.state.pop(old, None)
        for group in optimizer.param_groups:
            group["params"] = [
                torch.nn.Parameter(tensor.clone()) if p is old else p for p in group["params"]
            ]


def freeze(history):
    for _, p, _ in history.both_states():
        p.requires_grad_(not p.requires_grad)


def explain(history):
    history.pair.ours.explain()


EDITS = [
    edit_option,
    edit_fused,
    add_group,
    reverse_groups,
    reverse_params,
    replace_state,
    replace_data_of_state,
    change_state,
    relay_state,
    clear_state,
    forget_state,
    replace_state_dict,
    load_own_state,
    replace_data,
    grow_storage,
    relay_param,
    change_param,
    replace_param,
    freeze,
    explain,
]


@pytest.mark.parametrize("block", range(10))
def test_random_histories_equal_torchs(block):
    for seed in range(block * HISTORIES // 10, (block + 1) * HISTORIES // 10):
        history = History(seed)
        try:
            history.run()
        except Exception as error:
            error.add_note(f"history {seed}: {history.log}")
            raise
