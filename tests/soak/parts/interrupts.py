"""Interrupts at random moments of steps and other methods: nothing is done, or all of it.

A case makes an optimizer of a random kind, repeats an edit and a step, or another method, until an
interrupt arrives, and compares the result with an optimizer that nothing has interrupted. The edits
keep all values, so that an interrupted one can be repeated.
"""

import copy
import ctypes
import gc
import inspect
import os
import pickle
import signal
import sys
import threading
import time
from _thread import interrupt_main
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import CodeType, FrameType
from typing import Any

import llvmlite
import torch
from parity.support import STATES, assert_near
from reliability.edits import SCENARIOS, Side
from reliability.moments import PLACES
from torch import Tensor

from adadelta_gen import Adadelta
from adadelta_gen.native import uninterrupted
from soak.bits import same_bits, unlike
from soak.forget import forget_code

SHARE = 3
INTERRUPTS = 10  # in one case
HANGS = 60.0  # seconds after which an interrupt, or a step after it, counts as lost
SCALE = 4.0
STEP = inspect.unwrap(Adadelta.step).__code__
WATCHED = (*PLACES, str(Path(llvmlite.__file__).parent))
CALL = 5e-6  # seconds that a call takes, roughly
OPTIONS = ("max_grad_norm", "state_dtype", "dithered_rounding", "nonfinite", "amp_scaling")


class Subclass(Tensor):
    """No kernel updates it."""


class Stop(BaseException):
    """Raised by a signal handler; no ``except Exception`` catches it."""


# Kinds of optimizers


def _params(dtype: torch.dtype, **options: Any) -> Callable[[Side], Any]:
    def build(side: Side) -> Any:
        params = [side.param(shape, dtype) for shape in ((5,), (3, 4), (), (33,))]
        return [{"params": params}], options

    return build


def _groups(**options: Any) -> Callable[[Side], Any]:
    def build(side: Side) -> Any:
        groups: list[dict[str, Any]] = [
            {"params": [side.param((5,)), side.param((7,), torch.float64)]},
            {"params": [side.param((3, 4))], "weight_decay": 0.1, "lr": 0.5},
            {"params": [side.param((2, 3), torch.complex64)], "maximize": True},
        ]
        return groups, options

    return build


def _with_group_of_torch(**own: Any) -> Callable[[Side], Any]:
    def build(side: Side) -> Any:
        groups: list[dict[str, Any]] = [
            {"params": [side.param((5,)), side.param((4,))]},
            {"params": [side.param((3, 4)), side.param((6,))], **own},
            {"params": [side.param((7,))], "weight_decay": 0.1},
        ]
        return groups, {}

    return build


def _with_row_of_torch(side: Side) -> Any:
    subclassed = side.new((4,)).as_subclass(Subclass)
    params = [side.param((5,)), torch.nn.Parameter(subclassed), side.param((3, 4))]
    return [{"params": params}], {}


def _large(side: Side) -> Any:
    return [{"params": [side.param((1 << 18,)), side.param((3,))]}], {}


def _gapped(side: Side) -> Any:
    gapped = torch.nn.Parameter(side.new((4, 6))[:, ::2])
    return [{"params": [side.param((5,)), gapped, side.param((3,))]}], {}


KINDS: dict[str, Callable[[Side], Any]] = {
    "float32": _params(torch.float32),
    "float64": _params(torch.float64, weight_decay=0.1),
    "float16": _params(torch.float16),
    "bfloat16": _params(torch.bfloat16, maximize=True),
    "complex64": _params(torch.complex64),
    "groups": _groups(),
    "groups, skip": _groups(nonfinite="skip"),
    "raise": _params(torch.float32, nonfinite="raise"),
    "clipped": _params(torch.float32, max_grad_norm=0.5),
    "clipped, skip": _params(torch.float32, max_grad_norm=0.5, nonfinite="skip"),
    "amp": _params(torch.float32, amp_scaling=True),
    "dithered": _params(torch.bfloat16, dithered_rounding=True),
    "narrow states": _params(torch.float32, state_dtype=torch.bfloat16),
    "wide states": _params(torch.bfloat16, state_dtype=torch.float32, nonfinite="skip"),
    "tensor lr": _params(torch.float32, lr=torch.tensor(0.5)),
    "large": _large,
    "gapped": _gapped,
    "group of torch": _with_group_of_torch(fused=False),
    "group of torch, foreach": _with_group_of_torch(foreach=True),
    "row of torch": _with_row_of_torch,
}
# The parameters in the order in which they are updated: kernels, torch, kernels.
IN_PARTS: dict[str, tuple[tuple[int, ...], ...]] = {
    "group of torch": ((0, 1), (2, 3), (4,)),
    "group of torch, foreach": ((0, 1), (2, 3), (4,)),
    "row of torch": ((0, 2), (1,)),
}


class Trained(Side):
    """An optimizer of a kind, which can be made anew and can take over the values of another."""

    def __init__(self, kind: str, cls: type[torch.optim.Adadelta]) -> None:
        SCENARIOS["interrupts"] = self._build
        self._kind, self._cls = kind, cls
        self.compiles = False
        super().__init__("interrupts", cls)
        self.handles.pop()  # the spare one
        self.set_grads()
        self.grads = [p.grad.clone() for p in self.handles]
        self._scaled = [grad * SCALE for grad in self.grads]

    def _build(self, side: Side) -> Any:
        groups, options = KINDS[self._kind](side)
        self._is_scaled = "amp_scaling" in options
        if self._cls is torch.optim.Adadelta:
            options = {key: value for key, value in options.items() if key not in OPTIONS}
            groups = [{k: v for k, v in group.items() if k != "fused"} for group in groups]
        self._groups, self._options = groups, options
        return groups, options

    def renew(self, k: int) -> None:
        """Make a new optimizer without states, once for each k."""
        if getattr(self.optimizer, "made_at", -1) < k:
            new: Any = self._cls([dict(group) for group in self._groups], **self._options)
            new.made_at = k
            self.optimizer = new

    def set_scale(self) -> None:
        """Set grads and their scale as GradScaler does before a step; kernels unscale the grads."""
        if self._is_scaled and self._cls is torch.optim.Adadelta:
            self.set_old_grads()
        elif self._is_scaled:
            torch._foreach_copy_([p.grad for p in self.handles], self._scaled)
            optimizer: Any = self.optimizer
            optimizer.found_inf, optimizer.grad_scale = torch.zeros(1), torch.tensor(SCALE)

    def set_old_grads(self) -> None:
        for p, grad in zip(self.handles, self.grads, strict=True):
            p.grad = grad.clone()

    def bits(self) -> dict[str, Tensor]:
        """Copy everything that a step may write."""
        found = {}
        for number, p in enumerate(self.handles):
            found[f"param {number}"] = p.detach().clone()
            found[f"grad {number}"] = p.grad.clone()
            for key, value in self.optimizer.state.get(p, {}).items():
                found[f"{key} {number}"] = value.clone()
        return found

    def settings(self) -> list[dict[str, Any]]:
        groups = self.optimizer.param_groups
        return [{k: v for k, v in group.items() if k != "params"} for group in groups]

    def take_over(self, other: "Trained") -> None:
        """Set values and numbers to those of another one."""
        self.optimizer.state.clear()
        with torch.no_grad():
            for p, q in zip(self.handles, other.handles, strict=True):
                p.copy_(q)
                p.grad = torch.empty_like(p).copy_(q.grad)
                if state := other.optimizer.state.get(q):
                    self.optimizer.state[p] = {key: t.clone() for key, t in state.items()}
        groups = zip(self.optimizer.param_groups, other.optimizer.param_groups, strict=False)
        for own, group in groups:
            own |= {name: group[name] for name in ("lr", "rho", "eps")}


Act = Callable[[Trained, int], None]


# Edits before step k


def nothing(side: Trained, k: int) -> None:
    pass


def other_numbers(side: Trained, k: int) -> None:
    side.group["lr"] = torch.tensor(0.25) if k % 3 == 2 else 0.5 + k % 2
    side.group["eps"] = 1e-6 * (1 + k % 2)
    side.group["rho"] = 0.9 + k % 2 * 0.05


def another_kernel(side: Trained, k: int) -> None:
    side.group["weight_decay"] = k % 2 * 0.1
    side.group["maximize"] = k % 4 > 1


def new_memory(side: Trained, k: int) -> None:
    p = side.handles[k % len(side.handles)]
    p.data = p.data.clone(memory_format=torch.preserve_format)


def new_state(side: Trained, k: int) -> None:
    p = side.handles[k % len(side.handles)]
    if state := side.optimizer.state.get(p):
        side.optimizer.state[p] = {key: value.clone() for key, value in state.items()}


def new_grads(side: Trained, k: int) -> None:
    for p in side.handles:
        p.grad = p.grad.clone()


def new_lists(side: Trained, k: int) -> None:
    side.optimizer.param_groups = [dict(group) for group in side.optimizer.param_groups]


def loaded(side: Trained, k: int) -> None:
    side.optimizer.load_state_dict(side.optimizer.state_dict())


def first_step(side: Trained, k: int) -> None:
    side.renew(k)


def compiled_again(side: Trained, k: int) -> None:
    """Let the step compile its kernels, which takes a tenth of a second."""
    if side.compiles:
        forget_code()
    side.renew(k)


EDITS = (
    *(nothing, other_numbers, another_kernel, new_memory, new_state, new_grads, new_lists),
    *(loaded, first_step, compiled_again),
)


def set_scale(side: Trained, k: int) -> None:
    side.set_scale()


def take_step(side: Trained, k: int) -> None:
    side.optimizer.step()


# Other methods


def state_dict(side: Trained, k: int) -> None:
    side.optimizer.state_dict()


def load_other_state(side: Trained, k: int) -> None:
    """Load other values, from a state dict without our options, as torch's optimizer saves it."""
    saved = copy.deepcopy(side.optimizer.state_dict())
    for state in saved["state"].values():
        state["square_avg"].fill_(0.5)
        state["step"].fill_(40)
    for group in saved["param_groups"]:
        group["lr"] = 0.25
        for option in OPTIONS:
            group.pop(option, None)
    side.optimizer.load_state_dict(saved)


def add_param_group(side: Trained, k: int) -> None:
    p = torch.nn.Parameter(torch.ones(3))
    p.grad = torch.ones(3)
    side.optimizer.add_param_group({"params": [p], "lr": 0.5})


def zero_grad(side: Trained, k: int) -> None:
    side.optimizer.zero_grad(set_to_none=k % 2 == 0)
    side.set_old_grads()


def deepcopied(side: Trained, k: int) -> None:
    copy.deepcopy(side.optimizer)


def pickled(side: Trained, k: int) -> None:
    pickle.loads(pickle.dumps(side.optimizer))


def explained(side: Trained, k: int) -> None:
    optimizer: Any = side.optimizer
    repr(optimizer.explain())
    repr(optimizer)


def diagnosed(side: Trained, k: int) -> None:
    optimizer: Any = side.optimizer
    optimizer.diagnostics()


METHODS = (
    *(state_dict, load_other_state, add_param_group, zero_grad, deepcopied, pickled),
    *(explained, diagnosed),
)


# Ways to interrupt, after a number of seconds


def _repeat(act: Callable[[], None]) -> None:
    until = time.monotonic() + HANGS
    while time.monotonic() < until:
        act()
    raise AssertionError(f"an interrupt has not arrived within {HANGS} s")


def _wait(seconds: float) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        pass  # after a sleep, the interrupt would come where the step lets other threads run


def _stop(*_: Any) -> None:
    raise Stop


@contextmanager
def _handler(number: int, handler: Any) -> Iterator[None]:
    old = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(number, old)


def _start(seconds: float, interrupt: Callable[[], object]) -> None:
    """Interrupt from another thread."""

    def work() -> None:
        _wait(seconds)
        interrupt()

    threading.Thread(target=work, daemon=True).start()


def by_timer(act: Callable[[], None], seconds: float, handler: Any = _stop) -> None:
    with _handler(signal.SIGALRM, handler):
        signal.setitimer(signal.ITIMER_REAL, seconds + 1e-6)
        _repeat(act)


def by_timer_as_keyboard(act: Callable[[], None], seconds: float) -> None:
    by_timer(act, seconds, signal.default_int_handler)


def by_kill(act: Callable[[], None], seconds: float) -> None:
    with _handler(signal.SIGINT, signal.default_int_handler):
        _start(seconds, lambda: os.kill(os.getpid(), signal.SIGINT))
        _repeat(act)


def by_interrupt_main(act: Callable[[], None], seconds: float) -> None:
    with _handler(signal.SIGINT, signal.default_int_handler):
        _start(seconds, interrupt_main)
        _repeat(act)


def _raise_in(thread: int) -> None:
    arguments = ctypes.c_ulong(thread), ctypes.py_object(Stop)
    assert ctypes.pythonapi.PyThreadState_SetAsyncExc(*arguments) == 1


def by_async_exception(act: Callable[[], None], seconds: float) -> None:
    thread = threading.get_ident()
    _start(seconds, lambda: _raise_in(thread))
    _repeat(act)


def by_async_exception_in_a_thread(act: Callable[[], None], seconds: float) -> None:
    errors: list[BaseException] = []
    begun = threading.Event()

    def work() -> None:
        try:
            begun.set()
            _repeat(act)
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    begun.wait()
    _wait(seconds)
    _raise_in(thread.ident or 0)
    thread.join(2 * HANGS)
    assert not thread.is_alive(), "the interrupted thread hangs"
    raise errors[0]


def at_a_call(act: Callable[[], None], seconds: float) -> None:
    """Send a signal where Python handles signals: when a function starts or has returned."""
    left = 1 + min(int(seconds / CALL), 1000)

    def profile(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal left
        if frame.f_code.co_name == "<genexpr>":  # it may be closing, when nothing can be raised
            return
        if event in ("call", "c_return") and frame.f_code.co_filename.startswith(WATCHED):
            left -= 1
            if not left:
                signal.raise_signal(signal.SIGINT)

    with _handler(signal.SIGINT, signal.default_int_handler):
        sys.setprofile(profile)
        try:
            _repeat(act)
        finally:
            sys.setprofile(None)


WAYS = (
    *(by_timer, by_timer_as_keyboard, by_kill, by_interrupt_main, by_async_exception),
    *(by_async_exception_in_a_thread, at_a_call, at_a_call),
)


# Cases


class Trial:
    """An optimizer that is interrupted, a mirror that is not, and torch's.

    Args:
        kind: what they update, see ``KINDS``.
        what: one of ``EDITS``, for a step after this edit, or one of ``METHODS``.
        target: number of the parameter whose group is edited.
    """

    def __init__(self, kind: str, what: Act, target: int) -> None:
        self._kind, self._what = kind, what
        is_step = what in EDITS
        self._stages: tuple[Act, ...] = (what, set_scale, take_step) if is_step else (what,)
        self._ours, self._mirror = Trained(kind, Adadelta), Trained(kind, Adadelta)
        self._theirs = Trained(kind, torch.optim.Adadelta)
        self._ours.compiles = True
        self._done = 0  # by ours
        for side in (self._ours, self._mirror, self._theirs):
            side.target = target % len(side.handles)
            set_scale(side, 0)
            take_step(side, 0)

    def interrupt(self, way: Any, seconds: float, in_another_thread: bool) -> str:
        """Interrupt once, check everything, and return a word for the outcome."""
        begun, ignored = self._done, list[Any]()

        def act() -> None:
            if ignored:
                raise Stop
            for stage in self._stages:
                stage(self._ours, self._done)
            self._done += 1

        hook, sys.unraisablehook = sys.unraisablehook, ignored.append
        try:
            way(act, seconds)
        except (KeyboardInterrupt, Stop) as error:
            is_inside, is_in_step = _is_inside(error, *PLACES), _is_inside(error, STEP)
        finally:
            sys.unraisablehook = hook
        # Torch's no_grad, which its deepcopy uses, may be interrupted between its two lines.
        assert torch.is_grad_enabled() or not is_in_step, "grad mode stays off"
        torch.set_grad_enabled(True)
        with uninterrupted._lock.held:  # a thread that compiles continues, with the collector off
            assert gc.isenabled(), "the garbage collector stays off"
        word = self._judge(begun)
        self._take_next_step(in_another_thread)
        damage = self._ours.damage()
        assert not damage, damage
        if ignored:  # in a callback that cannot raise
            assert all(entry.exc_type in (Stop, KeyboardInterrupt) for entry in ignored), ignored
            return "ignored by Python"
        return word if is_inside else "between steps"

    def _judge(self, begun: int) -> str:
        """Let the mirror do what ours has done; return how much of the last act that is."""
        for k in range(begun, self._done):
            for stage in self._stages:
                stage(self._mirror, k)
        if self._what in METHODS:
            self._ours.set_old_grads()
        faults = [self._unlike_mirror()]
        before = self._mirror.bits()
        for stage in self._stages:
            if not faults[-1]:
                return "nothing done"
            before = self._mirror.bits()
            stage(self._mirror, self._done)
            faults.append(self._unlike_mirror())
        if not faults[-1]:
            self._done += 1
            return "all done"
        fault = self._unlike_part(before)
        assert not fault, f"{faults[-1]}; before the step: {faults[-2]}; {fault}"
        self._mirror.take_over(self._ours)
        self._done += 1
        return "torch's part done"

    def _unlike_mirror(self) -> str:
        if self._what in METHODS:
            ours, mirrors = self._ours.settings(), self._mirror.settings()
            if ours != mirrors:
                return f"groups: {ours}, expected {mirrors}"
        return unlike(self._ours.bits(), self._mirror.bits())

    def _unlike_part(self, before: dict[str, Tensor]) -> str:
        """Compare with a step that was interrupted where torch updates parameters.

        Returns:
            the first parameter that no such step has, or an empty string.
        """
        ours, after = self._ours.bits(), self._mirror.bits()
        if self._kind not in IN_PARTS:
            return "no part of it is torch's"
        is_after = True
        for number, part in enumerate(IN_PARTS[self._kind]):
            names = [name for name in after if int(name.split()[-1]) in part]
            now, old, new = (
                {n: values[n] for n in names if n in values} for values in (ours, before, after)
            )
            if is_after and not unlike(now, new):
                continue
            if is_after and number == 1:
                rho = self._ours.optimizer.param_groups[self._group_of(part[0])]["rho"]
                fault = _unlike_torchs(now, old, new, rho)
            else:
                fault = unlike(now, old)
            if fault:
                return fault
            is_after = False
        return ""

    def _group_of(self, number: int) -> int:
        p = self._ours.handles[number]
        groups = self._ours.optimizer.param_groups
        return next(i for i, group in enumerate(groups) if any(q is p for q in group["params"]))

    def _take_next_step(self, in_another_thread: bool) -> None:
        """Take another step, and compare it with the mirror's and with torch's."""
        stages = self._stages if self._what in EDITS else (set_scale, take_step)

        def step(side: Trained) -> None:
            for stage in stages:
                stage(side, self._done)

        self._theirs.take_over(self._ours)
        if in_another_thread:
            thread = threading.Thread(target=step, args=(self._ours,), daemon=True)
            thread.start()
            thread.join(HANGS)
            assert not thread.is_alive(), "the next step hangs"
        else:
            step(self._ours)
        step(self._mirror)
        step(self._theirs)
        self._done += self._what in EDITS
        fault = self._unlike_mirror()
        assert not fault, f"the next step: {fault}"
        self._compare_with_torch()

    def _compare_with_torch(self) -> None:
        if self._ours.optimizer.defaults.keys() & set(OPTIONS[:3]):
            return  # torch has no such option
        pairs = zip(self._ours.handles, self._theirs.handles, strict=True)
        for number, (p, q) in enumerate(pairs):
            assert_near(p, q, f"param {number}")
            state, expected = self._ours.optimizer.state[p], self._theirs.optimizer.state[q]
            assert state["step"] == expected["step"], f"step of {number}: {state['step']}"
            for key in STATES:
                assert_near(state[key], expected[key], f"{key} of {number}", "state")


def _unlike_torchs(
    now: dict[str, Tensor], old: dict[str, Tensor], new: dict[str, Tensor], rho: float
) -> str:
    """Compare with the values that torch's operations pass through."""
    for name, value in now.items():
        before = old.get(name, torch.zeros_like(value))
        possible = [before, new[name]]
        if name.startswith(STATES):
            possible.append(before * rho)
        if not any(same_bits(value, other) for other in possible):
            return f"{name} in the middle of torch's step: {value}, possible: {possible}"
    return ""


def _is_inside(error: BaseException, *places: str | CodeType) -> bool:
    """Whether an interrupt hit a function, or the files of a folder."""
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if any(code is place or code.co_filename.startswith(str(place)) for place in places):
            return True
        trace = trace.tb_next
    return False


def case(seed: int) -> Counter[str]:
    choose = Random(seed)
    kind = choose.choice(list(KINDS))
    what = choose.choice(EDITS if choose.random() < 0.75 else METHODS)
    if kind == "row of torch" and what in METHODS:
        # An interrupt in Tensor.__torch_function__ may leave it disabled, as deepcopy then notices.
        kind = "float32"
    trial = Trial(kind, what, choose.randrange(5))
    words: Counter[str] = Counter()
    threads, interval = torch.get_num_threads(), sys.getswitchinterval()
    torch.set_num_threads(choose.choice((1, 2)))
    sys.setswitchinterval(choose.choice((1e-5, 1e-4, 5e-3)))
    longest = 0.3 if what is compiled_again else 0.003
    try:
        for _ in range(3 if what is compiled_again else INTERRUPTS):
            way, seconds = choose.choice(WAYS), choose.random() * longest
            in_another_thread = choose.random() < 0.3
            try:
                words[trial.interrupt(way, seconds, in_another_thread)] += 1
            except Exception as error:
                where = f"{kind}, {what.__name__}, {way.__name__} after {seconds * 1e6:.0f} us"
                raise AssertionError(f"{where}: {error}") from error
    finally:
        torch.set_num_threads(threads)
        sys.setswitchinterval(interval)
    return words
