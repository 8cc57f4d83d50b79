"""Edits of params, grads, states and groups, applied to our and to torch's optimizer alike.

A ``Side`` is one optimizer with its parameters, built from a seed. An edit changes a side in one
operation that Python cannot interrupt, with values that depend on the seed only. Memory that an
edit removes from a tensor is kept in ``Side.left``, with a copy of its bits.
"""

import copy
import pickle
import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import torch
from parity.support import STATES, TOLERANCES, random
from torch import Tensor
from torch.nn import Parameter

from adadelta_gen import Adadelta

KEYS = ("step", *STATES)
GUARD = 16
HALF = (torch.float16, torch.bfloat16)
DEVICE = "cpu"  # of parameters and grads; a test may change it


class Side:
    """An optimizer of a scenario, and all memory that it has used.

    Args:
        scenario: name in ``SCENARIOS``.
        kind: class of the optimizer.
        target: index of the parameter that edits change.
    """

    def __init__(self, scenario: str, kind: type[torch.optim.Adadelta], target: int = 0) -> None:
        self.target = target
        self.buffers: list[Tensor] = []
        self.left: list[tuple[Tensor, Tensor]] = []
        self.undo: list[Callable[[], object]] = []
        self.copies: list[torch.optim.Optimizer] = []
        self.edit_error: str = ""
        self.error: BaseException | None = None
        self._seed = self._round = 0
        groups, options = SCENARIOS[scenario](self)
        if kind is torch.optim.Adadelta:
            own = ("fused", "nonfinite", "amp_scaling", "max_skips")
            options = {key: value for key, value in options.items() if key not in own}
            groups = [{k: v for k, v in group.items() if k not in own} for group in groups]
        self.handles: list[Any] = [p for group in groups for p in group["params"]]
        self.spare = self.param(self.handles[target].shape, self.handles[target].dtype)
        self.handles.append(self.spare)
        self.dtypes = [p.dtype for p in self.handles]
        self.optimizer = kind(groups, **options)

    @property
    def p(self) -> Any:
        return self.handles[self.target]

    @property
    def group(self) -> dict[str, Any]:
        for group in self.optimizer.param_groups:
            if any(p is self.p for p in group["params"]):
                return group
        return self.optimizer.param_groups[0]

    @property
    def state(self) -> dict[str, Any]:
        return self.optimizer.state.get(self.p, {})

    def new(self, shape: Any, dtype: torch.dtype = torch.float32) -> Tensor:
        """Create a tensor between guards, with unique values."""
        self._seed += 1
        values = random(*shape, dtype=dtype, seed=self._seed)
        buffer = torch.full((values.numel() + 2 * GUARD,), 7, dtype=dtype, device=DEVICE)
        self.buffers.append(buffer)
        inner = buffer[GUARD : GUARD + values.numel()].view(values.shape)
        inner.copy_(values)
        # A new tensor on the storage; not a view for autograd.
        own = torch.empty(0, dtype=dtype, device=DEVICE)
        return own.set_(buffer.untyped_storage(), GUARD, inner.shape, inner.stride())

    def param(self, shape: Any, dtype: torch.dtype = torch.float32) -> Parameter:
        return Parameter(self.new(shape, dtype))

    def leave(self, tensor: Tensor) -> None:
        """Keep memory that a tensor has left or is about to leave."""
        old = _bytes(tensor.untyped_storage())
        self.left.append((old, old.clone()))

    def set_grads(self) -> None:
        """Set all grads, and restart the values of ``new`` for this round.

        They therefore do not depend on whether edits of earlier rounds had an effect.
        """
        self._round += 1
        self._seed = 1000 * self._round
        for p in self.handles:
            p.grad = None
            if (
                p.requires_grad
                and not p.is_sparse
                and p.numel() * p.element_size() <= max(p.untyped_storage().nbytes(), 0)
            ):
                p.grad = torch.empty_like(p).copy_(self.new(p.shape, p.dtype))

    def step(self) -> None:
        """Take a step and store its error."""
        self.error = None
        try:
            self.optimizer.step()
        except BaseException as error:
            self.error = error

    def make_states(self) -> None:
        """Create the states of a first step, which a step may do long before it writes them."""
        with torch.no_grad():
            for group in self.optimizer.param_groups:
                self.optimizer._init_group(group, [], [], [], [], [])  # type: ignore[attr-defined]

    def edit(self, edit: Callable[["Side"], object]) -> None:
        try:
            edit(self)
        except Exception as error:
            # A message may contain an id, which differs between the sides.
            self.edit_error = re.sub(r"\d{6,}", "id", f"{type(error).__name__}: {error}")

    def restore(self) -> None:
        while self.undo:
            self.undo.pop()()

    def damage(self) -> str:
        """Return which unused memory was written, or an empty string."""
        for buffer in self.buffers:
            if not buffer.untyped_storage().nbytes():
                continue  # freed by an edit, restored afterwards
            if not ((buffer[:GUARD] == 7).all() and (buffer[-GUARD:] == 7).all()):
                return "a guard was overwritten"
        for number, (old, bits) in enumerate(self.left):
            if old.untyped_storage().nbytes() and not torch.equal(old, bits):
                return f"memory that was left ({number}) was written"
        return ""

    def snapshot(self) -> list[tuple[str, Any, Any]]:
        """Copy everything that a step may write, by name."""
        found: list[tuple[str, Any, Any]] = []
        groups = self.optimizer.param_groups
        known = {id(p): i for i, p in enumerate(self.handles)}
        for number, group in enumerate(groups):
            own = [known.get(id(p), "unknown") for p in group["params"]]
            found.append((f"params of group {number}", own, None))
            for option in ("lr", "rho", "eps", "weight_decay", "maximize"):
                found.append((f"{option} of group {number}", float(group[option]), None))
        self.dtypes += [p.dtype for p in self.handles[len(self.dtypes) :]]
        for number, p in enumerate(self.handles):
            state = self.optimizer.state.get(p)
            # With averages of 16 bits, for once or for good, a parameter has their accuracy.
            averages = [value.dtype for value in (state or {}).values()]
            dtype = self.dtypes[number] = coarsest(self.dtypes[number], p.dtype, *averages)
            found.append((f"param {number}", p.detach().clone(), dtype))
            found.append((f"state {number}", None if state is None else list(state), None))
            for key, value in (state or {}).items():
                found.append((f"{key} of {number}", copy.deepcopy(value), dtype))
        found.append(("states", len(self.optimizer.state), None))
        found.append(("grad mode", torch.is_grad_enabled(), None))
        return found


def _bytes(storage: torch.UntypedStorage) -> Tensor:
    return torch.empty(0, dtype=torch.uint8, device=storage.device).set_(storage)


def coarsest(first: torch.dtype, *others: torch.dtype) -> torch.dtype:
    """Return the first dtype, or the coarsest one of 16 bits if there is one."""
    halves = [dtype for dtype in (first, *others) if dtype in HALF]
    return max(halves, key=HALF.index) if halves else first


def difference(ours: list[tuple[str, Any, Any]], theirs: list[tuple[str, Any, Any]]) -> str:
    """Return the first difference between two snapshots, or an empty string."""
    if [name for name, *_ in ours] != [name for name, *_ in theirs]:
        names = {name for name, *_ in ours} ^ {name for name, *_ in theirs}
        return f"only one of them has {sorted(names)}"
    for (name, a, dtype), (_, b, _) in zip(ours, theirs, strict=True):
        if not isinstance(a, Tensor) or not isinstance(b, Tensor):
            if a != b:
                return f"{name}: {a}, expected {b}"
        elif (a.dtype, a.shape, a.stride()) != (b.dtype, b.shape, b.stride()):
            what = (a.dtype, tuple(a.shape), a.stride()), (b.dtype, tuple(b.shape), b.stride())
            return f"{name}: {what}"
        else:
            # An edit may widen a dtype, which does not make values more accurate.
            dtype = next((d for d in (dtype, b.dtype) if d in HALF), torch.float32)
            tolerance = TOLERANCES[dtype]
            # float32: 2.4e-7 was the most in 2,400 histories, some with an eps of 1e-2.
            rtol, atol = tolerance.rtol, (4 if dtype in HALF else 8) * tolerance.param
            if name.startswith("step "):
                rtol = atol = 0
            if not torch.allclose(a, b, rtol, atol, equal_nan=True):
                return f"{name}: {a.flatten()[:3].tolist()}, expected {b.flatten()[:3].tolist()}"
    return ""


def distance(ours: list[tuple[str, Any, Any]], theirs: list[tuple[str, Any, Any]]) -> float:
    """Return the distance of two snapshots that agree within the tolerance."""
    total = 0.0
    for (_, a, _), (_, b, _) in zip(ours, theirs, strict=False):
        if isinstance(a, Tensor) and isinstance(b, Tensor) and a.shape == b.shape and a.numel():
            total += float((a - b).abs().nan_to_num(0, 0).double().sum())
    return total


def written(after: list[tuple[str, Any, Any]], before: list[tuple[str, Any, Any]]) -> str:
    """Return what was written, other than new states that are still zero, or an empty string."""
    known = {name for name, *_ in before}
    made = {
        name
        for name, value, _ in after
        if name not in known and isinstance(value, Tensor) and not value.any()
    }
    ignored = {"states"} | {f"state {name.rsplit(' ', 1)[1]}" for name in made} if made else set()
    return difference(
        [entry for entry in after if entry[0] not in made | ignored],
        [entry for entry in before if entry[0] not in ignored],
    )


# Scenarios


def plain(side: Side) -> Any:
    first = [side.param((5,)), side.param((3, 4)), side.param(())]
    second = [side.param((7,)), side.param((2, 3))]
    return [{"params": first}, {"params": second, "weight_decay": 0.1, "lr": 0.5}], {"eps": 1e-2}


def one(side: Side) -> Any:
    return [{"params": [side.param((5,))]}], {"eps": 1e-2}


def mixed(side: Side) -> Any:
    """Rows for kernels, for copies and for torch; torch updates the second group, not the third."""
    gapped = Parameter(side.new((4, 6))[:, ::2])
    first = [gapped, side.param((5,), torch.float64), side.param((5,), torch.complex64)]
    first += [side.param((6,), torch.float16), side.param((6,), torch.bfloat16)]
    return [
        {"params": first},
        {"params": [side.param((4,))], "foreach": True},
        {"params": [side.param((3, 4)), side.param((3,))], "maximize": True},
    ], {"eps": 1e-2}


def guarded(side: Side) -> Any:
    groups, options = plain(side)
    return groups, {**options, "nonfinite": "skip"}


def tensor_lr(side: Side) -> Any:
    groups, options = plain(side)
    return groups, {**options, "lr": torch.tensor(0.5)}


def counted_otherwise(side: Side) -> Any:
    groups, options = plain(side)
    return groups, options


SCENARIOS: dict[str, Callable[[Side], Any]] = {
    "plain": plain,
    "one": one,
    "mixed": mixed,
    "guarded": guarded,
    "tensor_lr": tensor_lr,
}


# Edits of one parameter


def new_data(side: Side) -> None:
    old, new = side.p.data, _like(side, side.p)
    side.p.data = new
    side.leave(old)


def _like(side: Side, tensor: Tensor, dtype: torch.dtype | None = None) -> Tensor:
    """Return new values with the strides of a tensor."""
    new = side.new(tensor.shape, dtype or tensor.dtype)
    if new.stride() == tensor.stride():
        return new
    strided = torch.empty_strided(tensor.shape, tensor.stride(), dtype=new.dtype, device=new.device)
    return strided.copy_(new)


def transposed_data(side: Side) -> None:
    old, new = side.p.data, _like(side, side.p)
    side.p.data = new.mT.contiguous().mT if new.ndim > 1 else new
    side.leave(old)


def wider_data(side: Side) -> None:
    old = side.p.data
    wide = torch.complex128 if old.is_complex() else torch.float64
    other = wide if old.dtype is not wide else torch.float32
    side.p.data = side.new(old.shape, other)
    side.leave(old)


def smaller_data(side: Side) -> None:
    """Set data of another shape: torch broadcasts or raises."""
    old = side.p.data
    side.p.data = side.new((1,), old.dtype)
    side.leave(old)


def in_place(side: Side) -> None:
    with torch.no_grad():
        side.p.mul_(3)


def freed_and_back(side: Side) -> None:
    """Free the memory and set other memory with the same values."""
    for tensor in (side.p, *side.state.values()):
        storage = tensor.untyped_storage()
        bits = _bytes(storage).clone()
        storage.resize_(0)
        keep = bits.new_full((bits.numel() + 512,), 9)  # may get the freed block
        side.left.append((keep, keep.clone()))
        storage.resize_(bits.numel())
        _bytes(storage).copy_(bits)


def freed(side: Side) -> None:
    _free(side, side.p)


def freed_state(side: Side) -> None:
    if side.state:
        _free(side, side.state["acc_delta"])


def freed_grad(side: Side) -> None:
    if side.p.grad is not None:
        _free(side, side.p.grad)


def _free(side: Side, tensor: Tensor) -> None:
    storage = tensor.untyped_storage()
    bits = _bytes(storage).clone()
    storage.resize_(0)

    def restore() -> None:
        storage.resize_(bits.numel())
        _bytes(storage).copy_(bits)

    side.undo.append(restore)


def grown(side: Side) -> None:
    for tensor in (side.p, *side.state.values()):
        storage = tensor.untyped_storage()
        storage.resize_(storage.nbytes() + 4096)


def new_grad(side: Side) -> None:
    side.p.grad = _like(side, side.p)


def new_grad_data(side: Side) -> None:
    if side.p.grad is not None:
        old = side.p.grad.data
        side.p.grad.data = _like(side, old)
        side.leave(old)


def gapped_grad(side: Side) -> None:
    if side.p.ndim:
        shape = (*side.p.shape[:-1], 2 * side.p.shape[-1])
        side.p.grad = side.new(shape, side.p.dtype)[..., ::2]
    else:
        side.p.grad = _like(side, side.p)


def grad_in_param(side: Side) -> None:
    """Make the grad a view of the parameter's memory."""
    side.p.grad = side.p.detach()


def no_grad(side: Side) -> None:
    side.p.grad = None


def thawed(side: Side) -> None:
    """Set a first grad for a parameter that had none at the last steps."""
    p = side.handles[side.target - 1]
    p.grad = _like(side, p) if p.grad is None else None


def swapped(side: Side) -> None:
    _swap(side, side.spare)


def swapped_within(side: Side) -> None:
    others = [p for p in side.handles[:-1] if p is not side.p]
    if others:
        _swap(side, others[0])


def _swap(side: Side, other: Any) -> None:
    torch.utils.swap_tensors(side.p, other)
    i, j = (next(n for n, p in enumerate(side.handles) if p is q) for q in (side.p, other))
    a, b = side.dtypes[i], side.dtypes[j]
    side.dtypes[i], side.dtypes[j] = coarsest(a, b), coarsest(b, a)  # the values move


def replaced_tensor(key: str) -> Callable[[Side], None]:
    def replaced(side: Side) -> None:
        if key in side.state:
            old = side.state[key]
            side.state[key] = torch.tensor(40.0) if key == "step" else _like(side, old).abs()
            side.leave(old)

    replaced.__name__ = f"replaced_{key}"
    return replaced


def replaced_data(key: str) -> Callable[[Side], None]:
    def replaced(side: Side) -> None:
        if key in side.state:
            old = side.state[key].data
            side.state[key].data = torch.tensor(40.0) if key == "step" else _like(side, old).abs()
            side.leave(old)

    replaced.__name__ = f"replaced_data_of_{key}"
    return replaced


def int_step(side: Side) -> None:
    if side.state:
        side.state["step"] = torch.tensor(7)


def double_step(side: Side) -> None:
    if side.state:
        side.state["step"] = torch.tensor(7.0, dtype=torch.float64)


def double_state(side: Side) -> None:
    if side.state and not side.p.is_complex():
        side.state["square_avg"] = _like(side, side.p, torch.float64).abs()


def replaced_dict(side: Side) -> None:
    if side.state:
        old = side.state
        new = copy.deepcopy(old)
        new["step"] += 30
        new["square_avg"] += 1
        side.optimizer.state[side.p] = new
        for tensor in old.values():
            side.leave(tensor)


def cleared_dict(side: Side) -> None:
    tensors = list(side.state.values())
    side.state.clear()
    for tensor in tensors:
        side.leave(tensor)


def popped_dict(side: Side) -> None:
    tensors = list(side.state.values())
    side.optimizer.state.pop(side.p, None)
    for tensor in tensors:
        side.leave(tensor)


def exchanged_dicts(side: Side) -> None:
    """Exchange the states of two parameters of equal shape."""
    state = side.optimizer.state
    same = [q for q in side.handles if q is not side.p and q.shape == side.p.shape and q in state]
    if same and side.p in state:
        state[side.p], state[same[0]] = state[same[0]], state[side.p]


def tied(side: Side) -> None:
    """Make a neighbour of the same group share its memory."""
    for group in side.optimizer.param_groups:
        own = [q for q in group["params"] if q is not side.p and q.dtype is side.p.dtype]
        if any(q is side.p for q in group["params"]) and own:
            old = own[0].data
            own[0].data = side.p.data
            own[0].grad = None if side.p.grad is None else side.p.grad.clone()
            side.leave(old)
            return


# Edits of groups and optimizers


def number(option: str, value: Any) -> Callable[[Side], None]:
    def changed(side: Side) -> None:
        side.group[option] = value

    changed.__name__ = f"{option}={value}"
    return changed


def lr_in_place(side: Side) -> None:
    lr = side.group["lr"]
    if isinstance(lr, Tensor):
        lr.mul_(0.5)
    else:
        side.group["lr"] = torch.tensor(0.125)


def nested_step(side: Side) -> None:
    side.optimizer.step()


def added_group(side: Side) -> None:
    p = side.param((3,))
    p.grad = side.new((3,))
    side.handles.append(p)
    side.optimizer.add_param_group({"params": [p], "lr": 0.25})


def appended_param(side: Side) -> None:
    side.spare.grad = _like(side, side.spare)
    side.group["params"].append(side.spare)


def replaced_param(side: Side) -> None:
    side.spare.grad = _like(side, side.spare)
    params = side.group["params"]
    params[[p is side.p for p in params].index(True)] = side.spare


def removed_group(side: Side) -> None:
    if len(side.optimizer.param_groups) > 1:
        side.optimizer.param_groups.pop()


def reversed_groups(side: Side) -> None:
    side.optimizer.param_groups.reverse()


def new_params_list(side: Side) -> None:
    side.group["params"] = list(side.group["params"])


def replaced_group(side: Side) -> None:
    groups = side.optimizer.param_groups
    own = side.group
    groups[[group is own for group in groups].index(True)] = {**own, "lr": 0.125}


def loaded(side: Side) -> None:
    saved = copy.deepcopy(side.optimizer.state_dict())
    for state in saved["state"].values():
        state["square_avg"] += 1
        state["step"] += 10
    for group in saved["param_groups"]:
        group["lr"] = 0.75
    side.optimizer.load_state_dict(saved)


def cleared_states(side: Side) -> None:
    side.optimizer.state.clear()


def replaced_states(side: Side) -> None:
    side.optimizer.state = defaultdict(dict)


def copied(side: Side) -> None:
    side.copies.append(copy.deepcopy(side.optimizer))


def pickled(side: Side) -> None:
    side.copies.append(pickle.loads(pickle.dumps(side.optimizer)))


def set_grad_mode(side: Side) -> None:
    """Switch grad mode off and on, as training loops do."""
    with torch.enable_grad():
        pass


def zeroed_grads(side: Side) -> None:
    side.optimizer.zero_grad()


def explained(side: Side) -> None:
    if isinstance(side.optimizer, Adadelta):
        try:
            side.optimizer.explain()
        except RuntimeError as error:
            # In the middle of a first step, a state has a part of its tensors.
            if not re.search(r"state\['\w+'] of parameter .* is None, not a tensor", str(error)):
                raise


# After these, torch would end the process or use freed memory.
UNSOUND = (freed, freed_state, freed_grad)

ROW_EDITS = [
    *(new_data, transposed_data, wider_data, smaller_data, in_place, freed_and_back, grown),
    *(new_grad, new_grad_data, gapped_grad, grad_in_param, no_grad, thawed),
    *(swapped, swapped_within, *map(replaced_tensor, KEYS), *map(replaced_data, KEYS)),
    *(int_step, double_step, double_state, replaced_dict, cleared_dict, popped_dict),
    *(exchanged_dicts, tied),
]
GROUP_EDITS = [
    number("lr", 0.125),
    number("rho", 0.5),
    number("maximize", True),
    number("weight_decay", 0.3),
    number("foreach", True),
    *(lr_in_place, nested_step, added_group, appended_param, replaced_param, removed_group),
    *(reversed_groups, new_params_list, replaced_group, loaded, cleared_states),
    *(replaced_states, copied, pickled, set_grad_mode, zeroed_grads, explained),
]
EDITS = {edit.__name__: edit for edit in (*ROW_EDITS, *GROUP_EDITS, *UNSOUND)}
# Other threads may run during these, which are not atomic: ``p.grad = None`` destroys the grad, for
# which torch releases the GIL, before p.grad is None.
CUT_IN_TWO = (
    *(no_grad, thawed),
    *(in_place, freed_and_back, grown, swapped, swapped_within, replaced_dict, exchanged_dicts),
    *(tied, lr_in_place, loaded, copied, pickled, zeroed_grads, grad_in_param, new_grad_data),
)
