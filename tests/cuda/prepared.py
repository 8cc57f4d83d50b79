"""A table over given arrays, with kernel, dithers and device values set by the test."""

from collections.abc import Sequence

import numpy as np
import torch
from kernels.jobs import DITHER
from kernels.reference import Hyper, State
from torch import Tensor
from torch.nn import Parameter

from adadelta_gen import Adadelta, registry
from adadelta_gen.native import abi
from adadelta_gen.spec import KernelSpec
from adadelta_gen.step.table import StepValues, Table


class Prepared:
    """Parameters over the arrays, and a table of them that the native step runs.

    Args:
        spec: the variant, independent of the hyperparameters.
        arrays: arrays of each parameter; a grad may be None.
        hyper: the hyperparameters; grad_scale is in device memory.

    Attributes:
        params: the parameters.
        group: their param group.
        table: the table.
        lr, grad_scale, found_inf, clip: tensors on the device, or None; read by ``prepare``.
        dithers: dithers of the rows; read by ``prepare``.
    """

    def __init__(self, spec: KernelSpec, arrays: Sequence[State], hyper: Hyper) -> None:
        lr, rho, eps, weight_decay, inv_scale, self._clip = hyper
        self.params = [Parameter(array.param) for array in arrays]
        self._optimizer = Adadelta(
            *(self.params, lr, rho, eps, weight_decay),
            maximize=spec.maximize,
            state_dtype=torch.bfloat16 if spec.state_dtype == "bfloat16" else None,
        )
        (self.group,) = self._optimizer.param_groups
        for param, array in zip(self.params, arrays, strict=True):
            param.grad = array.grad
            averages = {"square_avg": array.square_avg, "acc_delta": array.acc_delta}
            self._optimizer.state[param] = {"step": torch.zeros(()), **averages}
        self.table = Table(self._optimizer, self._optimizer.param_groups, range(1))
        self._kernel = registry.load(spec)
        device = self.params[0].device
        self.lr: Tensor | None = None
        self.grad_scale = None if inv_scale == 1 else torch.tensor(1 / inv_scale, device=device)
        self.found_inf: Tensor | None = None
        self.clip: Tensor | None = None
        self.dithers = np.full(len(arrays), DITHER, np.int64)
        self.prepare()

    @property
    def launches(self) -> list:
        """The launches of the table."""
        (group,) = self.table.groups
        return [launch.own for launch in group.launches]

    def prepare(self) -> None:
        """Read the current hyperparameters of the group and the attributes."""
        device = self.grad_scale, self.found_inf
        self._values = StepValues(1.0, *device, self._clip, self.clip)
        self._ticket = self.table.prepare(self._values)
        self.table._words[abi.T_DITHERED] = (
            0  # else native code would compute the dithers from the step
        )
        self.table.rows.rows[:, abi.DITHER] = self.dithers
        for launch in self.launches:
            launch.set_kernel(self._kernel)
            launch.set_device_values(self.lr, *device, self.clip)

    def run(self) -> None:
        """Launch once with the current grads."""
        tensors = self.table.collect({})
        while (answer := self.table.run(tensors, self._values, self._ticket)) != abi.DONE:
            self.table.resolve(answer, tensors)
