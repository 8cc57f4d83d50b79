"""Records of the Adadelta optimizers of this process: their steps, and what updates parameters."""

import functools
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from math import prod
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from adadelta_gen.run.check import Difference

Shape = tuple[tuple[int, ...], tuple[int, ...], str, str]  # shape, strides, dtype, device


@dataclass
class Updated:
    """Parameters that the same kernel updates, or torch for the same reason.

    Args:
        kernel: name of the kernel; None if torch updates them.
        why: why torch updates them, or why a kernel updates copies; otherwise empty.
        parameters: number of parameters.
        elements: number of elements of all of them together.
        example: the first one, by its name, or by its group and index.
        steps: number of steps.
    """

    kernel: str | None
    why: str
    parameters: int
    elements: int
    example: str
    steps: int = 0


@dataclass
class Record:
    """What one optimizer did.

    Args:
        kind: name of its class.
        steps: number of steps.
        seconds: time of all steps on the host, without their closures.
        first_seconds: time of the first step, which also makes the states and the machine code.
        updated: what updated the parameters.
        groups: options and tensors of each group, as last examined.
        own_options: options in use that torch's Adadelta lacks.
        differences: the largest difference from torch's step, for each parameter and tensor.
        checked: number of steps that were compared with torch's.
        unchecked: why other steps were not compared.
    """

    kind: str
    steps: int = 0
    seconds: float = 0.0
    first_seconds: float = 0.0
    updated: list[Updated] = field(default_factory=list)
    groups: list[tuple[dict[str, Any], list[Shape]]] = field(default_factory=list)
    own_options: list[str] = field(default_factory=list)
    differences: "list[Difference]" = field(default_factory=list)
    checked: int = 0
    unchecked: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return a dict for JSON, without the groups, which only ``measure`` needs."""
        return {key: value for key, value in asdict(self).items() if key != "groups"}


class Watch:
    """The records of a process.

    Args:
        is_checking: whether each step is compared with torch's.
    """

    def __init__(self, is_checking: bool = False) -> None:
        self.is_checking = is_checking
        self.records: list[Record] = []
        self._watched: WeakKeyDictionary[Any, _Watched] = WeakKeyDictionary()
        self._ours: Any = None
        self._step: Callable[..., Any] | None = None

    @property
    def is_swapped(self) -> bool:
        """Whether torch has been imported and its class swapped."""
        return self._ours is not None

    def forget(self) -> None:
        """Remove all records, in a process that was forked."""
        self.records = []
        self._watched = WeakKeyDictionary()

    def stop(self) -> None:
        """Stop watching the steps."""
        if self._ours is not None:
            self._ours.step = self._step

    def swapped(self, ours: Any, theirs: type) -> None:
        """Start watching the steps of ``adadelta_gen.Adadelta``."""
        from adadelta_gen.torch_private import left_out_of_graphs

        step: Callable[..., Any] = ours.step
        self._ours, self._step = ours, step

        def take(optimizer: Any, closure: Callable[[], Any] | None) -> Any:
            watched = self._watched.get(optimizer)
            if watched is None:
                watched = self._watched[optimizer] = _Watched(optimizer, theirs)
                self.records.append(watched.record)
            return watched.step(optimizer, step, closure, self.is_checking)

        outside = left_out_of_graphs(take)

        @functools.wraps(step)
        def watched_step(optimizer: Any, closure: Callable[[], Any] | None = None) -> Any:
            if "torch._dynamo" in sys.modules:  # else the call would import it
                return outside(optimizer, closure)
            return take(optimizer, closure)

        ours.step = watched_step


class _Watched:
    """An optimizer that has taken a step, or is about to.

    Args:
        optimizer: the optimizer; no reference to it is kept.
        theirs: torch's class.
    """

    def __init__(self, optimizer: Any, theirs: type) -> None:
        from adadelta_gen.optimizer import OPTIONS

        kind = type(optimizer)
        self.record = Record(f"{kind.__module__}.{kind.__qualname__}")
        groups = (optimizer.defaults, *optimizer.param_groups)
        for option in OPTIONS.keys() - {"fused", "max_skips"}:
            if any(group.get(option, OPTIONS[option]) != OPTIONS[option] for group in groups):
                self.record.own_options.append(option)
        self._theirs = theirs
        self._ways: Any = None  # how the last step updated the parameters
        self._now: list[Updated] = []
        self._by_torch: set[tuple[int, int]] = set()

    def step(
        self,
        optimizer: Any,
        step: Callable[..., Any],
        closure: Callable[[], Any] | None,
        is_checking: bool,
    ) -> Any:
        """Take a step and record what it did."""
        import torch

        from adadelta_gen.torch_private import is_capturing

        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        beside = None
        if is_checking:
            from adadelta_gen.run.check import Beside

            beside = Beside(optimizer, self._theirs, self.record)
        begin = time.perf_counter()
        step(optimizer)
        seconds = time.perf_counter() - begin
        record = self.record
        record.seconds += seconds
        if not record.steps:
            record.first_seconds = seconds
        record.steps += 1
        ways = optimizer._plan.ways(optimizer)
        if ways != self._ways and not is_capturing():
            self._ways = ways
            self._look(optimizer)
        for updated in self._now:
            updated.steps += 1
        if beside is not None:
            beside.compare(optimizer, self._by_torch)
        return loss

    def _look(self, optimizer: Any) -> None:
        """Record what updates the parameters now."""
        groups = optimizer.param_groups
        try:
            explained = optimizer.explain()
        except RuntimeError:  # the grads that the step has read may no longer exist
            return
        rows = [
            row for row in explained if groups[row.group]["params"][row.index] in optimizer.state
        ]
        parameters: Counter[tuple[str | None, str]] = Counter()
        elements: Counter[tuple[str | None, str]] = Counter()
        examples: dict[tuple[str | None, str], str] = {}
        for row in rows:
            way = row.kernel, row.why
            parameters[way] += 1
            elements[way] += prod(row.shape)
            place = f"parameter {row.index} of group {row.group}"
            examples.setdefault(way, row.name or place)
        known = {(updated.kernel, updated.why): updated for updated in self.record.updated}
        self._now = []
        for way in parameters:
            updated = known.get(way)
            if updated is None:
                updated = Updated(*way, 0, 0, examples[way])
                self.record.updated.append(updated)
            updated.parameters = max(updated.parameters, parameters[way])
            updated.elements = max(updated.elements, elements[way])
            self._now.append(updated)
        self._by_torch = {(row.group, row.index) for row in rows if row.kernel is None}
        self.record.groups = [(_options(group), _shapes(group)) for group in groups]


def _options(group: dict[str, Any]) -> dict[str, Any]:
    """Return the options that torch's Adadelta also has, as plain numbers."""
    numbers = {key: float(group[key]) for key in ("lr", "rho", "eps", "weight_decay")}
    return numbers | {key: group[key] for key in ("foreach", "maximize", "capturable")}


def _shapes(group: dict[str, Any]) -> list[Shape]:
    from adadelta_gen.shards import local

    tensors = [local(param) for param in group["params"] if param.grad is not None]
    return [
        (tuple(t.shape), tuple(t.stride()), str(t.dtype).removeprefix("torch."), str(t.device))
        for t in tensors
    ]
