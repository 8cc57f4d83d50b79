"""What the Adadelta optimizers of this process do: their steps, and what updates parameters."""

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

Shape = tuple[tuple[int, ...], tuple[int, ...], str, str]  # and strides, dtype, device


@dataclass
class Updated:
    """Parameters that the same kernel updates, or torch for the same reason.

    Args:
        kernel: None where torch updates them.
        why: why torch does, or why a kernel updates copies; else empty.
        parameters: how many.
        elements: of all of them together.
        example: the first one, by its name, or by its group and index.
        steps: in how many steps.
    """

    kernel: str | None
    why: str
    parameters: int
    elements: int
    example: str
    steps: int = 0


@dataclass
class Record:
    """One optimizer.

    Args:
        kind: its class.
        steps: how many it took.
        seconds: that they took, on the host, without their closures.
        first_seconds: of that, what the first step took, which makes the states and the code.
        updated: what updated the parameters.
        groups: options and tensors of each group, as they were last looked at.
        own_options: options that it has and torch's Adadelta lacks.
        differences: from torch's step, by dtype and tensor; the largest of each.
        checked: how many steps were compared with torch's.
        unchecked: why others were not.
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
        """Ready for JSON, without what ``measure`` only needs."""
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
        """Whether torch has been imported, and its class been swapped."""
        return self._ours is not None

    def forget(self) -> None:
        """Begin anew, in a process that was forked."""
        self.records = []
        self._watched = WeakKeyDictionary()

    def stop(self) -> None:
        """Watch no new optimizer any more."""
        if self._ours is not None:
            self._ours.step = self._step

    def swapped(self, ours: Any, theirs: type) -> None:
        """Watch the steps of our class from now on."""
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
        optimizer: whose record this keeps; a reference to it is not kept.
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
        self._ways: Any = None  # by which the last step updated parameters
        self._now: list[Updated] = []
        self._by_torch: set[tuple[int, int]] = set()

    def step(
        self,
        optimizer: Any,
        step: Callable[..., Any],
        closure: Callable[[], Any] | None,
        is_checking: bool,
    ) -> Any:
        """Take a step and note what it did."""
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
        """Note what updates the parameters now."""
        groups = optimizer.param_groups
        try:
            explained = optimizer.explain()
        except RuntimeError:  # the grads that the step has read may be gone
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
    """The options that torch's Adadelta has, too, as plain numbers."""
    numbers = {key: float(group[key]) for key in ("lr", "rho", "eps", "weight_decay")}
    return numbers | {key: group[key] for key in ("foreach", "maximize", "capturable")}


def _shapes(group: dict[str, Any]) -> list[Shape]:
    from adadelta_gen.shards import local

    tensors = [local(param) for param in group["params"] if param.grad is not None]
    return [
        (tuple(t.shape), tuple(t.stride()), str(t.dtype).removeprefix("torch."), str(t.device))
        for t in tensors
    ]
