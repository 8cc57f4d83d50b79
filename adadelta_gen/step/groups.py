"""A param group as native code and kernels read it: its objects, hyperparameters and launches."""

from collections.abc import Iterator
from operator import is_
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from adadelta_gen import registry
from adadelta_gen.native import abi
from adadelta_gen.shards import Locals
from adadelta_gen.spec import KernelSpec
from adadelta_gen.step.causes import Outdated
from adadelta_gen.step.examine import Place
from adadelta_gen.step.kinds import Kind, spec_of
from adadelta_gen.step.numbers import (
    Scalars,
    check_range,
    lr_on_device,
    read,
    tensors_of,
    without_payload,
)

# Options whose change needs a new table; other changes only need other scalars or kernels.
TABLE_OPTIONS = (
    *("fused", "foreach", "differentiable", "capturable"),
    *("state_dtype", "dithered_rounding", "nonfinite"),
)
SPARE_ITEMS = 16  # keys that a group may gain before its table is rebuilt
Parts = list[tuple[int, int]]  # rows of a launch: index and number of reals


class Launch:
    """The rows of one group and one kind, which one kernel updates.

    Args:
        kind: kind of the rows.
        rows: int64 ``(n, ROW_WORDS)``, all rows of the table.
        parts: the rows of this launch.
        words: int64 ``(LAUNCH_WORDS,)``, the launch's fields for native code.
    """

    def __init__(
        self, kind: Kind, rows: NDArray[np.int64], parts: Parts, words: NDArray[np.int64]
    ) -> None:
        self.kind = kind
        self.spec: KernelSpec | None = None
        self._compute_dtype = kind.compute_dtype
        self._scalars = np.zeros(len(Scalars._fields), self._compute_dtype)
        make = registry.target_of(kind.device.type).Launch
        self.own: registry.TargetLaunch = make(kind.device, rows, parts, self._scalars, words)

    def check(self, scalars: Scalars, position: int) -> None:
        """Raise a RuntimeError if a number of the group overflows the compute dtype."""
        check_range(self._compute_dtype, scalars, position)

    def take(self, spec: KernelSpec, scalars: Scalars) -> None:
        """Set the kernel and the scalars of the next runs."""
        if spec is not self.spec:
            self.own.set_kernel(registry.load(spec))
            self.spec = spec
        self._scalars[:] = without_payload(scalars)
        self.own.set_scalars()


class Group:
    """A param group as its table last read it.

    Args:
        position: index in the optimizer's list.
        group: the dict.
        first: row of its first param.
        words: int64 ``(GROUP_WORDS,)``, the group's fields for native code.
    """

    def __init__(
        self, position: int, group: dict[str, Any], first: int, words: NDArray[np.int64]
    ) -> None:
        self.position = position
        self.dict = group
        self.first = first
        self.params = group["params"]
        self.members = tuple(self.params)  # one per row
        self.size = len(self.members)
        self.options = [group.get(option) for option in TABLE_OPTIONS]
        self.locals: Locals | None = None
        self.launches: list[Launch] = []
        self.scalars: Scalars | None = None  # those of the launches
        self.tensors: list[Tensor] = []  # the hyperparameters that are tensors
        self._places: list[int] = []
        self._words = words
        self._keys: list[Any] = []
        self._values: list[Any] = []
        self._ids = np.zeros(2 * (len(group) + SPARE_ITEMS), np.int64)
        self._remember(group.copy())

    def _remember(self, now: dict[str, Any]) -> None:
        """Store the ids of the keys and values, by which native code detects a change."""
        is_own = now["params"] is self.params
        if is_own and len(now) == len(self._keys) and all(map(is_, now, self._keys)):
            values = self._values
            for i, value in enumerate(now.values()):
                if value is not values[i]:
                    self._ids[2 * i + 1] = id(value)  # before the old value may be freed
                    values[i] = value
            return
        # If this is interrupted, native code and ``is_same`` report a change. The array of ids is
        # never replaced, because native code has its address.
        self._keys = []
        self._words[abi.G_DICT] = 0
        if not is_own or 2 * len(now) > len(self._ids):
            return  # ``fits`` will be False, unless the group has been restored
        self._ids[: 2 * len(now)] = [id(thing) for item in now.items() for thing in item]
        self._values = list(now.values())
        self._words[:] = (
            id(self.dict),
            self._ids.ctypes.data,
            len(now),
            id(self.params) if type(self.params) is list else 0,
            self.size,
        )
        self._keys = list(now)

    def is_same(self) -> bool:
        """Whether the group holds the same objects as when they were stored."""
        now = self.dict.copy()
        return (
            len(now) == len(self._keys)
            and all(map(is_, now, self._keys))
            and all(map(is_, now.values(), self._values))
        )

    def fits(self, group: dict[str, Any]) -> bool:
        """Whether a dict is this group, with the same list of params and the same options."""
        return (
            group is self.dict
            and group["params"] is self.params
            and len(self.params) == self.size
            and 2 * len(group) <= len(self._ids)
            and [group.get(option) for option in TABLE_OPTIONS] == self.options
        )

    def take_numbers(self, inv_scale: float, clip: float) -> bool:
        """Set the kernels and scalars of the launches to the group's current hyperparameters.

        Args:
            inv_scale, clip: factors of the grads, see ``Scalars``.

        Returns:
            whether tensor hyperparameters are in other memory than before.

        Raises:
            RuntimeError: a number overflows the compute dtype, or a kernel cannot be loaded.
            Outdated: the options changed.
        """
        now = self.dict.copy()  # the values read and the values remembered must be the same
        if [now.get(option) for option in TABLE_OPTIONS] != self.options:
            raise Outdated
        scalars = read(now, inv_scale, clip)
        specs = [spec_of(now, launch.kind) for launch in self.launches]
        if scalars != self.scalars or specs != [launch.spec for launch in self.launches]:
            for launch in self.launches:
                launch.check(scalars, self.position)
            self.scalars = None
            for launch, spec in zip(self.launches, specs, strict=True):
                launch.take(spec, scalars)
            self.scalars = scalars
        self._remember(now)
        self.tensors = tensors_of(now)
        before, self._places = self._places, [tensor.data_ptr() for tensor in self.tensors]
        return self._places != before

    def set_device_values(
        self, grad_scale: Tensor | None, found_inf: Tensor | None, clip: Tensor | None
    ) -> None:
        """Let launches that can do so read these, and a lr on their device, from device memory."""
        lr = lr_on_device(self.dict)
        for launch in self.launches:
            launch.own.set_device_values(lr, grad_scale, found_inf, clip)

    def place(self, row: int) -> Place:
        return Place(self.position, self.dict, row - self.first)


def pieces(parts: Parts, capacity: int | None) -> Iterator[Parts]:
    """Split the rows of a launch into pieces of at most ``capacity``, the largest rows first."""
    if capacity is None or len(parts) <= capacity:
        yield parts
        return
    parts = sorted(parts, key=lambda part: -part[1])
    for first in range(0, len(parts), capacity):
        yield parts[first : first + capacity]
