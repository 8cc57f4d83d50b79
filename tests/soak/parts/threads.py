"""One of 51 things that another thread does again and again while an optimizer steps.

All elements of a parameter are equal, and so are those of its grad. So the state after n steps is
known, whatever the order of what the threads do, and a step that is torn between two threads shows.
"""

import copy
import gc
import importlib
import io
import os
import pickle
import random
import signal
import sys
import threading
import time
import warnings
from collections import Counter
from itertools import product
from random import Random
from typing import Any, NamedTuple

import torch
from parity.support import STATES
from torch import Tensor
from torch.nn import Parameter
from torch.optim.optimizer import (
    register_optimizer_step_post_hook,
    register_optimizer_step_pre_hook,
)

from adadelta_gen import Adadelta
from soak.bits import same_bits, unlike
from soak.forget import forget_code

SHARE = 3
GUARD = 16
HANGS = 120.0  # seconds
STEPS, ACTS = 30, 20  # at least, of the two threads
MOST_STEPS, MOST_ACTS = 300, 200


class Kind(NamedTuple):
    """What an optimizer updates.

    Args:
        groups: for each group its options, with shapes in place of params.
        options: options of the constructor.
        dtype: of all params.
        is_gapped: whether the params have gaps, so that kernels work on copies.
        is_free: whether a step releases the GIL while it writes.
        has_nan: whether the last param has NaN grads, which every step has to skip.
    """

    groups: tuple[dict[str, Any], ...]
    options: dict[str, Any] = {}  # noqa: RUF012 (never written)
    dtype: torch.dtype = torch.float32
    is_gapped: bool = False
    is_free: bool = False
    has_nan: bool = False


ONE = ({"params": ((5,), (1000,), ())},)
SEVERAL = (*ONE, {"params": ((3, 4), (7,)), "lr": 0.5}, {"params": ((33,),)})
KINDS = {
    "float32": Kind(ONE),
    "float64": Kind(ONE, dtype=torch.float64),
    "float16": Kind(ONE, dtype=torch.float16),
    "bfloat16": Kind(ONE, dtype=torch.bfloat16),
    "groups": Kind(SEVERAL),
    "skip": Kind(SEVERAL, {"nonfinite": "skip", "max_skips": None}, has_nan=True),
    "raise": Kind(ONE, {"nonfinite": "raise"}),
    "norm": Kind(ONE, {"max_grad_norm": torch.inf}),
    "dithered": Kind(ONE, {"dithered_rounding": True}, torch.bfloat16),
    "narrow states": Kind(ONE, {"state_dtype": torch.bfloat16}),
    "wide states": Kind(ONE, {"state_dtype": torch.float32}, torch.float16),
    "gapped": Kind(SEVERAL, is_gapped=True),
    "large": Kind(({"params": ((150_000,), (5,))},), is_free=True),
    "large, norm": Kind(
        ({"params": ((150_000,), (5,))},), {"max_grad_norm": torch.inf}, is_free=True
    ),
    "group of torch": Kind(
        (ONE[0], {"params": ((4,), (300,)), "foreach": False, "fused": False}, SEVERAL[2]),
        is_free=True,
    ),
}


class World:
    """An optimizer whose memory lies between guards; it has taken two steps."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self._buffers: list[Tensor] = []
        self.left: list[tuple[Tensor, Tensor]] = []  # memory that was replaced, and its bits
        groups = []
        for group in kind.groups:
            params = [self._param(shape, 0.5 + i) for i, shape in enumerate(group["params"])]
            groups.append({**group, "params": params})
        self.params: list[Any] = [p for group in groups for p in group["params"]]
        if kind.has_nan:
            self.params[-1].grad.fill_(torch.nan)
        self.optimizer: Any = Adadelta(groups, **kind.options)
        self.grads = [p.grad.clone() for p in self.params]
        self.first = self.bits()
        self.optimizer.step()
        for state in self.optimizer.state.values():
            state |= {key: self._guarded(value) for key, value in state.items()}
        self.optimizer.step()
        self.spares = [
            self._param(p.shape, g.flatten()[0].item())
            for p, g in zip(self.params, self.grads, strict=True)
        ]
        # Without options, as torch's optimizer saves it; loading keeps those of the constructor.
        self.saved = copy.deepcopy(self.optimizer.state_dict())
        for group in self.saved["param_groups"]:
            for option in kind.options:
                group.pop(option, None)
        self.others: list[Adadelta] = []  # of the same params
        self.extra_steps = 0  # by the other thread
        self.raised: Counter[str] = Counter()

    def _param(self, shape: tuple[int, ...], grad: float) -> Parameter:
        p = Parameter(self._guarded(torch.ones(shape, dtype=self.kind.dtype), self.kind.is_gapped))
        p.grad = torch.full_like(p, grad)
        return p

    def _guarded(self, values: Tensor, is_gapped: bool = False) -> Tensor:
        stride = 2 if is_gapped and values.ndim else 1
        n = values.numel() * stride
        buffer = torch.full((n + 2 * GUARD,), 7, dtype=values.dtype)
        self._buffers.append(buffer)
        inner = buffer[GUARD : GUARD + n : stride].view(values.shape).copy_(values)
        new = torch.empty(0, dtype=values.dtype)
        return new.set_(buffer.untyped_storage(), GUARD, inner.shape, inner.stride())

    def step(self) -> bool:
        """Take a step; return False if it was refused with a clear message."""
        try:
            self.optimizer.step()
        except RuntimeError as error:
            if "parameter" not in str(error) and "param groups" not in str(error):
                raise
            self.raised["refused"] += 1
            return False
        return True

    def leave(self, old: Tensor) -> None:
        """Remember memory that no later step may write."""
        if not self.kind.is_free:
            self.left.append((old, old.clone()))
            del self.left[:-20]

    def bits(self) -> dict[str, Tensor]:
        found = {}
        for number, p in enumerate(self.params):
            found[f"param {number}"] = p.detach().clone()
            for key, value in self.optimizer.state.get(p, {}).items():
                found[f"{key} {number}"] = value.clone()
        return found

    def take_over(self, bits: dict[str, Tensor]) -> None:
        with torch.no_grad():
            for number, p in enumerate(self.params):
                p.copy_(bits[f"param {number}"])
                for key, value in self.optimizer.state[p].items():
                    value.copy_(bits[f"{key} {number}"])

    def check_memory(self) -> None:
        for buffer in self._buffers:
            assert (buffer[:GUARD] == 7).all(), "a guard was overwritten"
            assert (buffer[-GUARD:] == 7).all(), "a guard was overwritten"
        for old, bits in self.left:
            assert same_bits(old, bits), "memory that was replaced was written"


# What the other thread does. The number counts its acts.


def step(world: World, i: int) -> None:
    world.extra_steps += world.step()


def step_in_new_thread(world: World, i: int) -> None:
    thread = threading.Thread(target=step, args=(world, i))
    thread.start()
    thread.join()


def step_with_closure(world: World, i: int) -> None:
    calls: list[int] = []
    world.optimizer.step(lambda: calls.append(1) or 0.0)
    assert calls == [1]
    world.extra_steps += 1


def state_dict(world: World, i: int) -> None:
    found = world.optimizer.state_dict()
    assert len(found["state"]) == len(world.params)


def save(world: World, i: int) -> None:
    torch.save(world.optimizer.state_dict(), io.BytesIO())


def deepcopy(world: World, i: int) -> None:
    copy.deepcopy(world.optimizer).step()  # it has no grads


def pickled(world: World, i: int) -> None:
    pickle.loads(pickle.dumps(world.optimizer)).step()


def load_state_dict(world: World, i: int) -> None:
    world.optimizer.load_state_dict(world.saved)


def add_param_group(world: World, i: int) -> None:
    if i < 40:
        world.optimizer.add_param_group({"params": [world._param((4,), 1.0)], "lr": 0.5})


def zero_grad(world: World, i: int) -> None:
    world.optimizer.zero_grad(set_to_none=False)
    fill_grads(world, i)


def fill_grads(world: World, i: int) -> None:
    for p, grad in zip(world.params, world.grads, strict=True):
        p.grad.copy_(grad)


def replace_grads(world: World, i: int) -> None:
    for p, grad in zip(world.params, world.grads, strict=True):
        p.grad = grad.clone()


def replace_data_of_grads(world: World, i: int) -> None:
    for p, grad in zip(world.params, world.grads, strict=True):
        p.grad.data = grad.clone()


def add_and_remove_hooks(world: World, i: int) -> None:
    own, *others = (
        world.optimizer.register_step_pre_hook(lambda *_: None),
        world.optimizer.register_step_post_hook(lambda *_: None),
    )
    own.remove()
    for handle in others:
        handle.remove()


def add_and_remove_global_hooks(world: World, i: int) -> None:
    handles = [
        register(lambda *_: None)
        for register in (register_optimizer_step_pre_hook, register_optimizer_step_post_hook)
    ]
    for handle in handles:
        handle.remove()


def replace_data(world: World, i: int) -> None:
    p = world.params[i % len(world.params)]
    old = p.data
    p.data = old.clone(memory_format=torch.preserve_format)
    world.leave(old)


def swap(world: World, i: int) -> None:
    number = i % len(world.params)
    torch.utils.swap_tensors(world.params[number], world.spares[number])


def replace_averages(world: World, i: int) -> None:
    state = world.optimizer.state[world.params[i % len(world.params)]]
    for key in STATES:
        old = state[key]
        state[key] = old.clone()
        world.leave(old)


def replace_dicts(world: World, i: int) -> None:
    p = world.params[i % len(world.params)]
    world.optimizer.state[p] = dict(world.optimizer.state[p])


def replace_dict_of_states(world: World, i: int) -> None:
    world.optimizer.state = world.optimizer.state.copy()


def remove_states(world: World, i: int) -> None:
    old = world.optimizer.state.pop(world.params[i % len(world.params)], {})
    for value in old.values():
        world.leave(value)


def clear_states(world: World, i: int) -> None:
    world.optimizer.state.clear()


def reverse_groups(world: World, i: int) -> None:
    world.optimizer.param_groups = world.optimizer.param_groups[::-1]


def replace_groups(world: World, i: int) -> None:
    world.optimizer.param_groups = [dict(group) for group in world.optimizer.param_groups]


def replace_list_of_params(world: World, i: int) -> None:
    for group in world.optimizer.param_groups:
        group["params"] = list(group["params"])


def explain(world: World, i: int) -> None:
    str(world.optimizer.explain())


def represent(world: World, i: int) -> None:
    repr(world.optimizer)


def diagnose(world: World, i: int) -> None:
    world.optimizer.diagnostics()


def collect(world: World, i: int) -> None:
    gc.collect(i % 2)


def allocate(world: World, i: int) -> None:
    for n in (1, 5, 1000, 100_000):
        torch.full((n,), 9.0).tolist()


def set_num_threads(world: World, i: int) -> None:
    torch.set_num_threads(1 + i % 3)


def set_default_dtype(world: World, i: int) -> None:
    torch.set_default_dtype(torch.float64)
    torch.set_default_dtype(torch.float32)


def set_modes(world: World, i: int) -> None:
    with torch.no_grad(), torch.enable_grad(), torch.inference_mode(), torch.device("meta"):
        torch.ones(3)


def filter_warnings(world: World, i: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter(("error", "ignore", "always")[i % 3])


def profile(world: World, i: int) -> None:
    if i < 1:  # it prints to stderr
        with torch.profiler.profile():
            torch.ones(3).add(1)


def trace(world: World, i: int) -> None:
    sys.settrace(lambda *_: None)
    sys.setprofile(lambda *_: None)
    repr(world.optimizer)
    sys.settrace(None)
    sys.setprofile(None)


def import_modules(world: World, i: int) -> None:
    for name in ("colorsys", "stat"):
        importlib.reload(importlib.import_module(name))


def set_seeds(world: World, i: int) -> None:
    random.Random(i).random()
    torch.manual_seed(i)


def make_other_optimizers(world: World, i: int) -> None:
    p = Parameter(torch.ones(100))
    p.grad = torch.ones(100)
    Adadelta([p]).step()


def step_another_optimizer_of_the_params(world: World, i: int) -> None:
    if not world.others:
        world.others.append(Adadelta(world.params, **world.kind.options))
    world.others[0].step()


def freeze(world: World, i: int) -> None:
    for p in world.params:
        p.requires_grad_(i % 2 == 0)


def fork(world: World, i: int) -> None:
    """The child takes two steps; it has a copy of everything, also of a step in the middle."""
    if i >= 10:
        time.sleep(0.001)
        return
    pid = os.fork()
    if not pid:
        signal.alarm(int(HANGS))
        torch.set_num_threads(1)  # torch's own threads do not exist in a child
        os._exit(0 if world.step() and world.step() else 1)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, f"the child ended with {status}"


def set_switch_interval(world: World, i: int) -> None:
    sys.setswitchinterval((1e-6, 1e-4, 1e-2)[i % 3])


# Changes of numbers, for which each step is checked


class Numbers:
    """Another thread sets the next one of these values, one name after the other."""

    def __init__(self, **values: tuple[Any, ...]) -> None:
        self.values = values
        self.__name__ = "set_" + "_and_".join(values)

    def __call__(self, world: World, i: int) -> None:
        for group in world.optimizer.param_groups:
            for name, values in self.values.items():
                value = values[i % len(values)]
                old = group[name]
                if isinstance(old, Tensor):
                    old.fill_(value)
                else:
                    group[name] = value.clone() if isinstance(value, Tensor) else value

    def check(self, world: World, mirror: World, before: dict[str, Tensor]) -> None:
        """Fail unless each group has made a step with one of the possible numbers.

        Torch reads a tensor lr again for each parameter.
        """
        now = world.bits()
        sizes = [len(group["params"]) for group in world.kind.groups]
        sizes = [1] * sum(sizes) if world.kind.is_free else sizes
        left = set(range(len(sizes)))
        first = [sum(sizes[:n]) for n in range(len(sizes) + 1)]
        original = [{name: g[name] for name in self.values} for g in mirror.optimizer.param_groups]
        for numbers in product(*(("original", *values) for values in self.values.values())):
            mirror.take_over(before)
            for own, group in zip(original, mirror.optimizer.param_groups, strict=True):
                group |= {
                    name: own[name] if isinstance(value, str) else value
                    for name, value in zip(self.values, numbers, strict=True)
                }
            mirror.optimizer.step()
            possible = mirror.bits()
            for part in list(left):
                rows = range(first[part], first[part + 1])
                names = [name for name in now if int(name.split()[-1]) in rows]
                if all(same_bits(now[name], possible[name]) for name in names):
                    left.remove(part)
            for own, group in zip(original, mirror.optimizer.param_groups, strict=True):
                group |= own
        assert not left, f"parts {sorted(left)} have no step with any of the numbers"


# Checks of the result, by what n steps without another thread give: ``expected[n]``

History = list[dict[str, Tensor]]


def exact(world: World, expected: History) -> None:
    """All steps were taken, and nothing else has happened."""
    fault = unlike(world.bits(), expected[-1])
    assert not fault, fault


def exact_averages(world: World, expected: History) -> None:
    """The averages have all steps; the other thread may have undone the move of a parameter."""
    for name, value in world.bits().items():
        last = expected[-1][name]
        if not name.startswith("param"):
            assert same_bits(value, last), f"{name}: {value}, expected {last}"
        else:
            assert (value <= 1).all(), f"{name} has moved in the wrong direction: {value}"
            assert world.others or (value >= last).all(), f"{name} has moved too far: {value}"


def counted(world: World, expected: History) -> None:
    """The counters have all steps; the averages lack what the other thread undid."""
    for name, value in world.bits().items():
        last = expected[-1][name]
        if name.startswith("step"):
            assert value == last, f"{name}: {value}, expected {last}"
        assert value.isfinite().all(), f"{name}: {value}"
        if name.startswith("square_avg"):
            assert (value >= 0).all(), f"{name}: {value}"
            assert (value <= last).all(), f"{name}: {value}, expected at most {last}"


def consistent(world: World, expected: History) -> None:
    """The averages have as many steps as the counter says, after the states were exchanged."""
    for number, p in enumerate(world.params):
        state = world.optimizer.state.get(p)
        assert p.isfinite().all()
        if not state:
            continue
        steps = int(state["step"])
        assert steps < len(expected), f"{steps} steps, but only {len(expected) - 1} were taken"
        for key in STATES:
            value, name = state[key], f"{key} {number}"
            right = expected[steps].get(name, torch.zeros_like(value))
            assert same_bits(value, right), f"{key} after {steps} steps: {value}, not {right}"


THINGS: list[tuple[Any, Any]] = [
    (step, exact),
    (step_in_new_thread, exact),
    (step_with_closure, exact),
    (state_dict, exact),
    (save, exact),
    (deepcopy, exact),
    (pickled, exact),
    (load_state_dict, consistent),
    (add_param_group, exact),
    (zero_grad, counted),
    (fill_grads, exact),
    (replace_grads, exact),
    (replace_data_of_grads, exact),
    (add_and_remove_hooks, exact),
    (add_and_remove_global_hooks, exact),
    (replace_data, exact_averages),
    (swap, exact_averages),
    (replace_averages, counted),
    (replace_dicts, exact),
    (replace_dict_of_states, exact),
    (remove_states, consistent),
    (clear_states, consistent),
    (reverse_groups, exact),
    (replace_groups, exact),
    (replace_list_of_params, exact),
    (explain, exact),
    (represent, exact),
    (diagnose, exact),
    (collect, exact),
    (allocate, exact),
    (set_num_threads, exact),
    (set_default_dtype, exact),
    (set_modes, exact),
    (filter_warnings, exact),
    (profile, exact),
    (trace, exact),
    (import_modules, exact),
    (set_seeds, exact),
    (make_other_optimizers, exact),
    (step_another_optimizer_of_the_params, exact_averages),
    (freeze, exact),
    (set_switch_interval, exact),
    *([(fork, exact)] if hasattr(os, "fork") else []),
    (Numbers(lr=(0.25, 0.5)), None),
    (Numbers(rho=(0.5, 0.9)), None),
    (Numbers(eps=(1e-3, 1e-6)), None),
    (Numbers(weight_decay=(0.1, 0)), None),
    (Numbers(maximize=(True, False)), None),
    (Numbers(lr=(0.25, 0.5), weight_decay=(0.1, 0)), None),
    (Numbers(lr=(torch.tensor(0.25), 0.5), eps=(1e-6, 1e-3)), None),
    (Numbers(foreach=(True, None)), None),
]


# Cases


def history(kind: Kind, steps: int) -> History:
    """Return everything after each number of steps, without another thread."""
    world = World(kind)
    found = [world.first]
    world.optimizer.state.clear()
    world.take_over(world.first)
    for _ in range(steps):
        world.optimizer.step()
        found.append(world.bits())
    return found


def run(kind: Kind, thing: Any, check: Any, choose: Random) -> Counter[str]:
    """Step while another thread does a thing, and check everything."""
    world = World(kind)
    mirror = World(kind) if isinstance(thing, Numbers) else None
    steps, acts, errors = 2, 0, list[BaseException]()
    done = threading.Event()

    def work() -> None:
        nonlocal acts
        try:
            while not done.is_set() and acts < MOST_ACTS:
                try:
                    thing(world, acts)
                except RuntimeError as error:
                    if "during iteration" not in str(error):  # of a dict, as with torch's
                        raise
                    world.raised["copy of a changing dict"] += 1
                acts += 1
        except BaseException as error:
            errors.append(error)

    if choose.random() < 0.1:
        forget_code()
        world.optimizer._reset_plan()
    thread = threading.Thread(target=work, daemon=True)
    sys.setswitchinterval(choose.choice((1e-6, 1e-5, 1e-3)))
    until = time.monotonic() + choose.uniform(0.1, 0.5)
    thread.start()
    while steps < STEPS or (acts < ACTS and steps < MOST_STEPS and time.monotonic() < until):
        before = world.bits() if mirror else {}
        steps += world.step()
        if mirror:
            thing.check(world, mirror, before)
    done.set()
    thread.join(HANGS)
    assert not thread.is_alive(), "the other thread hangs"
    if errors:
        raise errors[0]
    fill_grads(world, 0)
    steps += world.step()
    if check:
        check(world, history(kind, steps + world.extra_steps))
    world.check_memory()
    assert bool(world.optimizer.skipped) == kind.has_nan, world.optimizer.skipped
    return world.raised


def case(seed: int) -> Counter[str]:
    choose = Random(seed)
    thing, check = THINGS[seed % len(THINGS)]
    name = choose.choice(list(KINDS))
    if name in ("dithered", "narrow states") and (
        check is counted or thing.__name__ == "set_foreach"
    ):
        name = "float32"  # rounded up or down, averages have no bound; torch cannot round so
    if thing is zero_grad and KINDS[name].has_nan:
        name = "groups"  # a NaN may be written after the search for it, as with GradScaler
    threads, interval = torch.get_num_threads(), sys.getswitchinterval()
    torch.set_num_threads(choose.choice((1, 2)))
    try:
        words = run(KINDS[name], thing, check, choose)
    except Exception as error:
        raise AssertionError(f"{thing.__name__}, {name}: {error!r}") from error
    finally:
        torch.set_num_threads(threads)
        sys.setswitchinterval(interval)
        torch.set_default_dtype(torch.float32)
    return words + Counter([thing.__name__])
