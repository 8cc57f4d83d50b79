"""Arrays and the launch that updates them, for a kernel or another launch function."""

import ctypes
from typing import Any

import numpy as np
import torch

from adadelta_gen.cpu.launch import Launch
from adadelta_gen.native import abi, shim
from adadelta_gen.spec import KernelSpec

LAUNCH = ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * 3)
_PARALLEL_FOR = ctypes.CFUNCTYPE(
    ctypes.c_int, *[ctypes.c_int64] * 3, ctypes.c_void_p, ctypes.c_int64
)
_ALIGNED = 64  # tensors start at multiples of so many elements: at a cache line


class Job:
    """Parameters of one format, with the tables of a launch.

    Args:
        spec: the kernel that updates them.
        n: elements per parameter.
        tensors: number of parameters.

    Attributes:
        tensors: param, grad, square_avg and acc_delta, each ``(tensors, n)``, random in [0, 1).
    """

    def __init__(self, spec: KernelSpec, n: int, tensors: int = 1) -> None:
        generator = torch.Generator().manual_seed(0)
        stride = -(-n // _ALIGNED) * _ALIGNED
        dtypes = spec.dtype, spec.dtype, spec.state_dtype, spec.state_dtype
        self.tensors = [
            torch.empty(tensors, stride, dtype=getattr(torch, dtype)).uniform_(generator=generator)
            for dtype in dtypes
        ]
        self.tensors = [tensor[:, :n] for tensor in self.tensors]
        self._rows = np.array(
            [[*(t[row].data_ptr() for t in self.tensors), 0, 1] for row in range(tensors)], np.int64
        )
        self._scalars = np.array([1.0, 0.9, 0.1, 1e-6, 0.01, 1.0, 1.0], spec.compute_dtype)
        self._words = np.zeros(abi.LAUNCH_WORDS, np.int64)
        self.set_passes(1)

    def set_passes(self, passes: int) -> None:
        """Set how many times a run updates everything; more than once only on one thread."""
        parts = [(row, self.tensors[0].shape[1]) for row in range(len(self._rows))] * passes
        cpu = torch.device("cpu")
        self._launch = Launch(cpu, self._rows, parts, self._scalars, self._words)
        self._job = int(self._words[abi.L_JOB])
        self._next_chunk = ctypes.c_int64.from_address(self._job + 8 * abi.NEXT_CHUNK)

    def run(self, function: Any, threads: int = 1) -> None:
        """Run a ``LAUNCH`` function on this many of torch's threads, as a step does.

        Raises:
            RuntimeError: torch_parallel_for was not found.
        """
        self._next_chunk.value = 0
        n = min(threads, int(self._words[abi.L_N_CHUNKS]))
        if n > 1:
            if not shim.threads().value:
                raise RuntimeError(
                    "torch_parallel_for was not found in torch's CPU library: measure on one thread"
                )
            work = ctypes.cast(function, ctypes.c_void_p)
            _PARALLEL_FOR(shim.threads().value)(0, n, 1, work, self._job)
        function(0, 1, self._job)
