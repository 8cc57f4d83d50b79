"""Address tables: rows of numbers, and one launch for all rows of a device and dtype.

Numbers only; what the addresses point at is proved and kept alive by ``plan.py``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from adadelta_gen.cpu.tables import ROW_WORDS
from adadelta_gen.registry import target


class Scalars(NamedTuple):
    """The hyperparameters of a step, in the order in which kernels take them."""

    lr: float
    rho: float
    one_minus_rho: float
    eps: float
    weight_decay: float


@dataclass(frozen=True)
class RowAddresses:
    """Where the tensors of one parameter are; grad 0: none, step 0: not counted natively."""

    device: torch.device
    dtype: str
    numel: int
    param: int
    grad: int
    square_avg: int
    acc_delta: int
    step: int


class Launch(Protocol):
    """What a target makes of the rows of a device and dtype; ``run`` updates those with a grad."""

    def run(self, kernel: Any) -> None: ...

    def set_lr(self, lr: torch.Tensor | None) -> None: ...


class Table:
    """The rows of n parameters and one launch for each of their devices and dtypes.

    Attributes:
        rows: int64 ``(n, ROW_WORDS)``; the grads' column may be rewritten between launches.
        launches: by device and dtype.
    """

    def __init__(self, rows: Sequence[RowAddresses]) -> None:
        self.rows = np.array(
            [(r.param, r.grad, r.square_avg, r.acc_delta, r.step) for r in rows], np.int64
        ).reshape(len(rows), ROW_WORDS)
        parts: dict[tuple[torch.device, str], list[tuple[int, int]]] = {}
        for index, row in enumerate(rows):
            parts.setdefault((row.device, row.dtype), []).append((index, row.numel))
        self._scalars = {
            (device, dtype): np.zeros(len(Scalars._fields), _compute_dtype(dtype))
            for device, dtype in parts
        }
        self.launches: dict[tuple[torch.device, str], Launch] = {
            key: target(key[0].type).Launch(key[0], self.rows, own, self._scalars[key])
            for key, own in parts.items()
        }

    def set_scalars(self, rounded: Mapping[str, NDArray[np.floating]]) -> None:
        """Take the hyperparameters that ``round_scalars`` rounded for each dtype."""
        for (_, dtype), scalars in self._scalars.items():
            scalars[:] = rounded[dtype]

    def set_lr(self, lr: torch.Tensor | None) -> None:
        """Let what runs on another device than the CPU read lr there; None: it is a scalar."""
        for (device, _), launch in self.launches.items():
            if device.type != "cpu":
                launch.set_lr(lr)


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
