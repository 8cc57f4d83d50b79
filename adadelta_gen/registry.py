"""From a ``KernelSpec`` to its loaded kernel: on first use, cached, with errors that say why."""

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

# The target that serves each device type.
SERVED_BY = {"cpu": "cpu", "cuda": "cuda"}


class TargetLaunch(Protocol):
    """A launch on some target, over rows of one device and one format.

    Attributes:
        capacity: maximum number of rows; None for any number.
        takes_device_values: whether ``set_device_values`` has an effect.
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
        """Create the launch.

        Args:
            device: device of all rows.
            rows: int64 ``(n, ROW_WORDS)``, read at each run.
            parts: index and number of reals of each row of this launch.
            scalars: ``(7,)`` hyperparameters in the compute dtype, read at each run.
            words: int64 ``(LAUNCH_WORDS,)``, the launch's fields for native code.
        """

    def set_kernel(self, kernel: Any) -> None:
        """Set the kernel to run, as returned by ``Target.kernel``."""

    def set_scalars(self) -> None:
        """Copy the current scalars into the launch."""

    def set_device_values(
        self,
        lr: Tensor | None,
        grad_scale: Tensor | None,
        found_inf: Tensor | None,
        clip: Tensor | None,
    ) -> None:
        """Set the tensors that kernels read on the device; None: kernels use the scalar."""

    def find_nonfinite(
        self, dtype: str, grads: Sequence[Tensor | None], found: NDArray[np.int64]
    ) -> None:
        """Set ``found``, int64 ``(n,)``, to 1 for rows whose grad has an infinity or a NaN, now or
        at the next native call."""


class Target(Protocol):
    """The interface of a target; its module ``target.py`` implements it."""

    @property
    def Launch(self) -> type[TargetLaunch]:
        """The class of its launches."""

    def kernel(self, spec: KernelSpec) -> Any:
        """Return a kernel for ``TargetLaunch.set_kernel``.

        Raises:
            GeneratedCodeError: its compiled text is missing or damaged.
            RuntimeError: it cannot be turned into machine code on this machine.
        """

    def unavailable(self, device: torch.device | None = None, dtype: str | None = None) -> str:
        """Return why kernels for this device and dtype cannot run, or an empty string."""


@cache
def target(name: str) -> Target:
    """Return a target by its name, one of ``spec.TARGETS``."""
    if name == "cpu":  # imported at the top: a fork during an import hangs the child
        return cpu
    from adadelta_gen.cuda import target as cuda

    return cuda


def target_of(device_type: str) -> Target:
    """Return the target that serves a device type."""
    return target(SERVED_BY[device_type])


def launch_error(status: int) -> RuntimeError:
    """Return the error to raise when the CUDA driver refused a launch with this status."""
    from adadelta_gen.cuda.driver import error

    return error(status)


@cache
def load(spec: KernelSpec) -> Any:
    """Return the kernel of a variant, ready to run.

    Raises:
        GeneratedCodeError: its compiled text is missing or damaged; in a checkout also if the text
            or its source is outdated.
        RuntimeError: it cannot be turned into machine code on this machine.
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
