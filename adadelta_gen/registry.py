"""KernelSpec -> ready kernel: lazy, cached, never silent."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from adadelta_gen import committed
from adadelta_gen.cpu import target as cpu
from adadelta_gen.paths import IS_CHECKOUT
from adadelta_gen.spec import ALL_SPECS, KernelSpec

# Which target serves the devices of a type.
SERVED_BY = {"cpu": "cpu", "cuda": "cuda"}


class TargetLaunch(Protocol):
    """A launch on some target: rows of one device and format.

    Attributes:
        capacity: rows at most; None: any number.
        takes_device_values: whether ``set_device_values`` does anything.
    """

    capacity: int | None
    takes_device_values: bool

    def __init__(
        self,
        device: torch.device,
        rows: NDArray[np.int64],
        parts: Sequence[tuple[int, int]],
        scalars: NDArray[np.floating],
        words: NDArray[np.int64],
    ) -> None:
        """Make the launch.

        Args:
            device: of all rows.
            rows: int64 ``(n, ROW_WORDS)``, read at each run.
            parts: index and number of reals of each row of this launch.
            scalars: ``(7,)`` hyperparameters in the compute dtype, read at each run.
            words: int64 ``(LAUNCH_WORDS,)``, what native code reads of the launch.
        """

    def set_kernel(self, kernel: Any) -> None:
        """Run what ``Target.kernel`` returned, from now on."""

    def set_scalars(self) -> None:
        """Take the scalars as they are now."""

    def set_device_values(
        self,
        lr: Tensor | None,
        grad_scale: Tensor | None,
        found_inf: Tensor | None,
        clip: Tensor | None,
    ) -> None:
        """Take what kernels read from the memory of the device; None: the scalars."""

    def find_nonfinite(
        self, dtype: str, grads: Sequence[Tensor | None], found: NDArray[np.int64]
    ) -> None:
        """Set ``found``, int64 ``(n,)``, to 1 for rows with such a grad, now or at the next
        native call."""


class Target(Protocol):
    """What a target is to the rest of the package: its module ``target.py`` has these."""

    @property
    def Launch(self) -> type[TargetLaunch]:
        """What makes a launch."""

    def kernel(self, spec: KernelSpec) -> Any:
        """Return a kernel ready for ``TargetLaunch.set_kernel``.

        Raises:
            GeneratedCodeError: its compiled text is missing or damaged.
            RuntimeError: no code can be made of it here.
        """

    def unavailable(self, device: torch.device | None = None, dtype: str | None = None) -> str:
        """Say why no kernel can run on a device, with a dtype; an empty string where they can."""


@cache
def target(name: str) -> Target:
    """Return a target, one of ``spec.TARGETS``."""
    if name == "cpu":  # imported already: a fork in the middle of an import hangs
        return cpu
    from adadelta_gen.cuda import target as cuda

    return cuda


def target_of(device_type: str) -> Target:
    """Return the target that serves the devices of a type."""
    return target(SERVED_BY[device_type])


def launch_error(status: int) -> RuntimeError:
    """What to raise where a driver refused a launch with this status."""
    from adadelta_gen.cuda.driver import error

    return error(status)


@cache
def load(spec: KernelSpec) -> Any:
    """Return the kernel of a variant, ready to run.

    Raises:
        GeneratedCodeError: its compiled text is missing or damaged; in a checkout also where it, or
            its generated source, does not belong to what lies beside it.
        RuntimeError: no code can be made of it here.
    """
    if IS_CHECKOUT:
        committed.source(spec)
    return target(spec.target).kernel(spec)


def available_kernels() -> tuple[KernelSpec, ...]:
    """Return the variants that can run on this machine, in the order of ``ALL_SPECS``.

    Raises:
        GeneratedCodeError: a compiled text is missing or damaged; the message says what to do.
    """
    return tuple(
        spec for spec in ALL_SPECS if not target(spec.target).unavailable(None, spec.dtype)
    )
