"""Address tables: rows of numbers, and one launch for all rows of a device and dtype.

Numbers only; what the addresses point at is proved and kept alive by ``plan.py``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from adadelta_gen.cpu.tables import KEY, ROW_WORDS
from adadelta_gen.registry import target


class Scalars(NamedTuple):
    """The hyperparameters of a step, in the order in which kernels take them."""

    lr: float
    rho: float
    one_minus_rho: float
    eps: float
    weight_decay: float
    inv_scale: float = 1.0


class Storage(NamedTuple):
    """What a launch has in common: the dtype of param and grad, and whether the state is wider."""

    dtype: str
    wide_state: bool


@dataclass(frozen=True)
class RowAddresses:
    """Where the tensors of one parameter are; grad 0: none, step 0: not counted natively."""

    device: torch.device
    storage: Storage
    numel: int
    param: int
    grad: int
    square_avg: int
    acc_delta: int
    step: int


class Launch(Protocol):
    """What a target makes of the rows of a device and storage."""

    def run(self, kernel: Any) -> None:
        """Update the rows that have a grad."""

    def nonfinite(
        self, dtype: str, grads: Sequence[torch.Tensor | None], found: NDArray[np.int64]
    ) -> None:
        """Set ``found`` to 1 for the rows whose grad, of this dtype, is not finite."""


class Table:
    """The rows of n parameters and one launch for each of their devices and storages.

    Attributes:
        rows: int64 ``(n, ROW_WORDS)``; the columns of grads and keys may be rewritten between
            launches.
        launches: by device and storage.
    """

    def __init__(self, rows: Sequence[RowAddresses]) -> None:
        self.rows = np.zeros((len(rows), ROW_WORDS), np.int64)
        parts: dict[tuple[torch.device, Storage], list[tuple[int, int]]] = {}
        for index, row in enumerate(rows):
            addresses = (row.param, row.grad, row.square_avg, row.acc_delta, row.step)
            self.rows[index, :KEY] = addresses
            parts.setdefault((row.device, row.storage), []).append((index, row.numel))
        self._scalars = {
            (device, storage): np.zeros(len(Scalars._fields), _compute_dtype(storage.dtype))
            for device, storage in parts
        }
        self.launches: dict[tuple[torch.device, Storage], Launch] = {
            key: target(key[0].type).Launch(key[0], self.rows, own, self._scalars[key])
            for key, own in parts.items()
        }

    def set_scalars(self, scalars: Scalars) -> None:
        """Take the hyperparameters of the next launches, which ``round_scalars`` did not refuse."""
        for (_, storage), rounded in self._scalars.items():
            rounded[:] = round_scalars(storage.dtype, scalars)

    def set_lr(self, lr: torch.Tensor | None) -> None:
        """Let what runs on another device than the CPU read lr there; None: it is a scalar."""
        for launch in self._elsewhere():
            launch.set_lr(lr)

    def set_scaling(self, grad_scale: torch.Tensor | None, found_inf: torch.Tensor | None) -> None:
        """Let what runs on another device than the CPU read there what ``GradScaler`` gives."""
        for launch in self._elsewhere():
            launch.set_scaling(grad_scale, found_inf)

    def _elsewhere(self) -> list[Any]:
        return [launch for (device, _), launch in self.launches.items() if device.type != "cpu"]


def round_scalars(dtype: str, scalars: Scalars) -> NDArray[np.floating]:
    """Round hyperparameters to the compute dtype of a storage dtype, once each; NaN has no payload.

    Raises:
        RuntimeError: a finite value is too large for it (torch's words).
    """
    compute = _compute_dtype(dtype)
    limit = float(np.finfo(compute).max)
    if any(limit < abs(value) < float("inf") for value in scalars):
        raise RuntimeError("value cannot be converted to type float without overflow")
    return np.array([value if value == value else np.nan for value in scalars], compute)


def _compute_dtype(dtype: str) -> type[np.float32 | np.float64]:
    return np.float64 if dtype == "float64" else np.float32
