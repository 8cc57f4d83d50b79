"""Random histories of edits between and during steps, applied to torch's optimizer too."""

import copy
import itertools
import pickle
import random as dice
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

import torch

from adadelta_gen import Adadelta
from reliability.edits import (
    CUT_IN_TWO,
    EDITS,
    SCENARIOS,
    UNSOUND,
    Side,
    difference,
    distance,
    written,
)
from reliability.moments import MOMENTS

DTYPES = (torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.complex64)
SHAPES: tuple[tuple[int, ...], ...] = ((), (1,), (5,), (3, 4), (0,), (2, 3, 2))
STEPS = 5
# Torch's own outcome depends on its order (shared memory), or no later grad fits (another dtype).
LEFT_OUT = {"transposed_data", "tied", "grad_in_param", "copied", "pickled"}
LEFT_OUT |= {"wider_data", "smaller_data", "new_grad_data"}
LEFT_OUT |= {edit.__name__ for edit in UNSOUND}  # they end the process if torch updates the row
WHERE = ("between", "closure", "pre hook", "post hook", "lines", "allocations", "threads")


def _scenario(seed: int) -> Any:
    def build(side: Side) -> Any:
        choose = dice.Random(seed)
        groups = []
        for _ in range(choose.randint(1, 3)):
            params = []
            for _ in range(choose.randint(1, 4)):
                shape, dtype = choose.choice(SHAPES), choose.choice(DTYPES)
                if shape and choose.random() < 0.15:
                    wide = side.new((*shape[:-1], 2 * shape[-1]), dtype)
                    params.append(torch.nn.Parameter(wide[..., ::2]))
                elif len(shape) > 1 and choose.random() < 0.2:
                    params.append(
                        torch.nn.Parameter(
                            side.new(shape[::-1], dtype).permute(*reversed(range(len(shape))))
                        )
                    )
                else:
                    params.append(side.param(shape, dtype))
            group: dict[str, Any] = {"params": params}
            if choose.random() < 0.3:
                group["weight_decay"] = 0.1
            if choose.random() < 0.3:
                group["maximize"] = True
            if choose.random() < 0.15:
                group["foreach"] = choose.choice([True, False])
            if choose.random() < 0.2:
                group["lr"] = torch.tensor(0.5)
            if choose.random() < 0.15:
                group["nonfinite"] = choose.choice(["skip", "raise"])
            groups.append(group)
        return groups, {"eps": 1e-2}

    return build


class Case:
    """One history, in ours and in a torch optimizer for each possible order."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.log: list[str] = []

    def run(self) -> Counter[str]:
        SCENARIOS["random"] = _scenario(self.seed)
        choose = dice.Random(-1 - self.seed)
        words: Counter[str] = Counter()
        n = sum(len(group["params"]) for group in _scenario(self.seed)(Side("one", Adadelta))[0])
        target = choose.randrange(n)
        ours = Side("random", Adadelta, target)
        theirs = Side("random", torch.optim.Adadelta, target)
        for _ in range(STEPS):
            names = [name for name in EDITS if name not in LEFT_OUT]
            edit = choose.choice(names) if choose.random() < 0.8 else "set_grad_mode"
            where = choose.choice(WHERE)
            if where == "threads" and EDITS[edit] in CUT_IN_TWO:
                where = "allocations"
            if edit == "loaded" and not ours.optimizer.state:
                edit = "new_grad"  # during the first step, states are incomplete
            moment = choose.randrange(150) if where == "lines" else choose.randrange(40)
            self.log.append(f"{edit} {where} {moment}")
            skip = {choose.randrange(n) for _ in range(choose.randrange(3))}
            for side in (ours, theirs):
                side.set_grads()
                for i in skip:
                    side.handles[i].grad = None
            word = self._step(ours, theirs, edit, where, moment)
            words[word] += 1
            if word in ("raised alike", "clean error", "torn", "states made"):
                break  # torch has updated a part, ours less
            kind = choose.randrange(12)
            if kind < 2:
                self.log.append("copied" if kind else "pickled")
                for side in (ours, theirs):
                    _copy(side, bool(kind))
        return words

    def _step(self, ours: Side, theirs: Side, edit: str, where: str, moment: int) -> str:
        act = EDITS[edit]
        if where == "between":
            for side in (ours, theirs):
                side.edit(act)
                side.step()
            return self._same(ours, theirs)
        if where == "closure":
            for side in (ours, theirs):
                closure = _closure(side, act)
                side.error = None
                try:
                    side.optimizer.step(closure)
                except RuntimeError as error:
                    side.error = error
            return self._same(ours, theirs)
        if where.endswith("hook"):
            for side in (ours, theirs):
                optimizer = side.optimizer
                register = (
                    optimizer.register_step_pre_hook
                    if where == "pre hook"
                    else optimizer.register_step_post_hook
                )
                handle = register(_hook(side, act))
                side.step()
                handle.remove()
            return self._same(ours, theirs)
        return self._in_the_middle(ours, theirs, edit, where, moment)

    def _same(self, ours: Side, theirs: Side) -> str:
        if (ours.error is None) != (theirs.error is None):
            if ours.error is not None and "parameter" in str(ours.error):
                return "clean error"
            raise AssertionError(f"raised {ours.error!r}, torch {theirs.error!r}")
        if ours.error is not None:
            return "raised alike"
        if ours.edit_error != theirs.edit_error:
            raise AssertionError(f"edit: {ours.edit_error}, torch's {theirs.edit_error}")
        fault = ours.damage() or difference(ours.snapshot(), theirs.snapshot())
        assert not fault, fault
        return "as torch's"

    def _in_the_middle(self, ours: Side, theirs: Side, edit: str, where: str, moment: int) -> str:
        act = EDITS[edit]
        start = _twin(theirs)  # before edit and step
        found: dict[str, Any] = {}
        n_left = len(ours.left)
        has_rows_of_torch = _has_rows_of_torch(ours)
        # Torch releases the GIL while it writes, also for rows of ours that it updates.
        is_torn = where == "threads" and has_rows_of_torch
        with MOMENTS[where].at(moment, lambda: ours.edit(act), found):
            ours.step()
        if not found.get("happened") and where != "threads":
            ours.edit(act)
        fault = ours.damage()
        # Torch writes what it read before the edit, as its own optimizer does.
        if is_torn or (
            fault
            and has_rows_of_torch
            and any(other.damage() for other in _edited_at_each_line(start, act))
        ):
            ours.left[n_left:] = [(old, old.clone()) for old, _ in ours.left[n_left:]]
            fault = ours.damage()
        assert not fault, fault
        after = ours.snapshot()
        tried, fitting = [], []
        orders = ["after", "before", "states made before"]
        if "use_count" in ours.edit_error:  # torch exchanges no tensor that it is working on
            orders = ["without the edit"]
        for order in orders:
            other = _twin(start)
            if order == "without the edit":
                act = partial(_failed, message=ours.edit_error)
            if order == "states made before":
                other.make_states()
            if order != "after":
                other.edit(act)
            other.step()
            if order == "after":
                other.edit(act)
            word, fault = self._alike(ours, after, other)
            if fault:
                tried.append(f"{order}: {fault}")
                continue
            fitting.append((distance(after, other.snapshot()), len(fitting), word, order, other))
        if fitting:  # in 16 bits, several orders may match
            _, _, word, order, other = min(fitting)
            theirs.__dict__ = other.__dict__
            return f"{word}, {order}" if word == "as torch's" else word
        if is_torn:
            return "torn"
        for other in _edited_in_the_middle(start, act) if where != "threads" else ():
            word, fault = self._alike(ours, after, other)
            if not fault:
                theirs.__dict__ = other.__dict__
                return f"{word}, in the middle" if word == "as torch's" else word
        raise AssertionError(f"{edit} at {found.get('place')}: " + "; ".join(tried))

    def _alike(self, ours: Side, after: Any, theirs: Side) -> tuple[str, str]:
        """Return a word for an outcome, and its difference from torch's or an empty string."""
        if (theirs.error is None) != (ours.error is None):
            if ours.error is not None and "parameter" in str(ours.error):
                return "clean error", ""
            return "", f"raised {ours.error!r}, torch {theirs.error!r}"
        if ours.error is not None:
            return "raised alike", ""
        if ours.edit_error != theirs.edit_error:
            return "", f"edit: {ours.edit_error}, torch's {theirs.edit_error}"
        fault = difference(after, theirs.snapshot())
        if fault and not written(after, theirs.snapshot()):
            # Ours makes the states of several groups before it updates the first.
            return "states made", ""
        return "as torch's", fault


def _failed(side: Side, message: str) -> None:
    side.edit_error = message


def _edited_at_each_line(start: Side, act: Any, method: str = "step") -> Iterator[Side]:
    """Yield copies after a method with the edit at its first line, second line, ..."""
    for line in itertools.count():
        side, at = _twin(start), dict[str, Any]()
        with MOMENTS["lines"].at(line, partial(side.edit, act), at):
            getattr(side, method)()
        if not at.get("happened"):
            return
        yield side


def _edited_in_the_middle(start: Side, act: Any) -> Iterator[Side]:
    """Yield copies after steps of torch's with the edit in the middle, in the orders of ours."""
    yield from _edited_at_each_line(start, act)
    # Ours creates states before the step.
    for side in _edited_at_each_line(start, act, "make_states"):
        side.step()
        yield side
    # Ours reads the grads of all groups before the first update.
    for has_states in (False, True):
        side = _twin(start)
        if has_states:
            side.make_states()
        if _stepped_with_former_grads(side, act):
            yield side


def _stepped_with_former_grads(side: Side, act: Any) -> bool:
    """Edit, and take a step with the grads from before; return False if they do not fit."""
    params = [p for group in side.optimizer.param_groups for p in group["params"]]
    former = [p.grad for p in params]
    side.edit(act)
    latter = [p.grad for p in params]
    try:
        for p, grad in zip(params, former, strict=True):
            p.grad = grad
    except RuntimeError:
        return False
    side.step()
    for p, grad in zip(params, latter, strict=True):
        p.grad = grad
    return True


def _has_rows_of_torch(side: Side) -> bool:
    try:
        return any(row.kernel is None for row in side.optimizer.explain())  # type: ignore[attr-defined]
    except RuntimeError:
        return True


def _twin(side: Side) -> Side:
    """Copy a side with its grads, which deepcopy of a parameter omits."""
    twin = copy.deepcopy(side)
    for p, q in zip(side.handles, twin.handles, strict=True):
        if p.grad is not None:
            q.grad_dtype = p.grad_dtype
            q.grad = torch.empty_like(p.grad).copy_(p.grad)
    return twin


def _copy(side: Side, deep: bool) -> None:
    """Continue with a copy of the optimizer and its parameters."""
    both = side.optimizer, side.handles
    grads = [p.grad for p in side.handles]
    for p in side.handles:
        p.grad = None
    made = copy.deepcopy(both) if deep else pickle.loads(pickle.dumps(both))
    side.optimizer, side.handles = made
    side.spare = side.handles[len(side.dtypes) - 1]
    for p, grad in zip(side.handles, grads, strict=True):
        if grad is not None and grad.dtype is p.dtype:
            p.grad = grad


def _closure(side: Side, act: Any) -> Any:
    def closure() -> float:
        side.edit(act)
        return 1.0

    return closure


def _hook(side: Side, act: Any) -> Any:
    calls = []

    def hook(*arguments: Any) -> None:
        calls.append(1)
        if len(calls) == 1:  # a nested step calls it again
            side.edit(act)

    return hook
