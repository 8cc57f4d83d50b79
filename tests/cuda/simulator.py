"""A simulated GPU in CPU memory: executes the PTX of kernels (``ptx/``) and checks each access.

It replaces ``adadelta_gen.cuda.driver``. A launch has to read and write every element of the arrays
in its parameters once, and nothing else.
"""

import ctypes
import gc
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from ptx.memory import READ, SHARED, WRITE, Region
from ptx.program import Program, program

from adadelta_gen import registry
from adadelta_gen.cuda import launch, target
from adadelta_gen.cuda.table import CAPACITY, EXTENT, NUMEL_BITS, THREADS
from adadelta_gen.native import abi
from adadelta_gen.spec import ALL_SPECS, KernelSpec

# Bytes per element of param and grad, of the averages, and of lr. Read here, because tests make
# edits between the lines of package code, which must not run inside a launch.
SIZES = {
    spec.name: (spec.itemsize, spec.state_itemsize, 8 if spec.compute_dtype == "float64" else 4)
    for spec in ALL_SPECS
}
INT, UINT, POINTER, INT64 = ctypes.c_int, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int64
STREAM = 77  # handle of the simulated device's stream
SUCCESS, REFUSED, FAILED = 0, 719, 999  # FAILED: an exception in the simulator itself
FIRST_HANDLE, FIRST_CONTEXT = 0x7F0000000010, 0x7E0000000010  # need more than 32 bits


class Simulator:
    """Replaces ``adadelta_gen.cuda.driver``.

    Exceptions cannot pass through native code, which calls its functions: the first one is stored,
    the call returns FAILED, and ``error`` returns the exception.

    Attributes:
        launches: stream and number of blocks of every launch.
        calls: "stream", "push", "launch" and "pop", in the order of the calls.
        contexts: the current context at every launch.
        refuses: the call that returns REFUSED, or "".
        device: index of the simulated device, see ``target_of``.
        change: function applied to a kernel's PTX before it is executed.
    """

    def __init__(self) -> None:
        self.launches: list[tuple[int, int]] = []
        self.calls: list[str] = []
        self.contexts: list[int] = []
        self.refuses = ""
        self.device = 0
        self.change: Callable[[str], str] = str
        self._kernels: dict[int, Program] = {}
        self._current: list[int] = []  # the stack of contexts
        self._exception: BaseException | None = None
        # As cuda.h has cuLaunchKernel, cuCtxPushCurrent and cuCtxPopCurrent.
        grid_and_block = [UINT] * 6
        of_launch = [POINTER, *grid_and_block, UINT, POINTER, POINTER, POINTER]
        self._stream = ctypes.CFUNCTYPE(INT, INT, POINTER)(self._tell_stream)
        self._functions = (
            ctypes.CFUNCTYPE(INT, *of_launch)(self._guarded("launch", self._launch)),
            ctypes.CFUNCTYPE(INT, POINTER)(self._guarded("push", self._push)),
            ctypes.CFUNCTYPE(INT, POINTER)(self._guarded("pop", self._pop)),
        )

    def load(self, ptx: str, name: str) -> int:
        """Return a handle of a kernel."""
        kernel = program(self.change(ptx))
        assert kernel.entry.name == name
        handle = FIRST_HANDLE + 16 * len(self._kernels)
        self._kernels[handle] = kernel
        return handle

    def forget(self) -> None:
        """Forget the loaded kernels."""
        registry.load.cache_clear()
        self._kernels.clear()

    @property
    def kernels(self) -> list[Program]:
        """The loaded kernels."""
        return list(self._kernels.values())

    def kernel(self, made: launch.Launch) -> Program:
        """Return the kernel of a launch."""
        return self._kernels[int(made._words[abi.L_KERNEL])]

    def multiprocessors(self, device: int) -> int:
        return 1

    def context(self, device: int) -> int:
        return FIRST_CONTEXT + device

    def functions(self) -> tuple[int, int, int]:
        launch, push, pop = (ctypes.cast(f, POINTER).value or 0 for f in self._functions)
        return launch, push, pop

    def stream_getter(self) -> int:
        return ctypes.cast(self._stream, POINTER).value or 0

    def error(self, status: int) -> BaseException:
        """Return the error for a status: the stored exception of the simulator, if there is one."""
        exception, self._exception = self._exception, None
        if exception is not None:
            return exception
        assert status == (abi.NO_STREAM if self.refuses == "stream" else REFUSED)
        return RuntimeError("the simulated driver refuses the launch")

    def check(self) -> None:
        """Fail if a context is still on the stack, or if an exception was not returned."""
        if self._exception is not None:
            raise self._exception
        assert self._current == []

    def _guarded(self, name: str, function: Callable[..., None]) -> Callable[..., int]:
        def call(*arguments: int | None) -> int:
            self.calls.append(name)
            if name == self.refuses:
                return REFUSED
            was_enabled = gc.isenabled()
            gc.disable()  # in a real driver no finalizer runs
            try:
                function(*(argument or 0 for argument in arguments))
            except BaseException as exception:
                self._exception = self._exception or exception
                return FAILED
            finally:
                if was_enabled:
                    gc.enable()
            return SUCCESS

        return call

    def _tell_stream(self, device: int, place: int) -> int:
        self.calls.append("stream")
        if self.refuses == "stream":
            return 1
        assert device == self.device
        INT64.from_address(place).value = STREAM
        return SUCCESS

    def _push(self, context: int) -> None:
        assert context == self.context(self.device)
        self._current.append(context)

    def _pop(self, popped: int) -> None:
        assert popped, "nowhere to write the context to"
        INT64.from_address(popped).value = self._current.pop()

    def _launch(self, handle: int, *arguments: int) -> None:
        blocks, *grid_yz = arguments[:3]
        threads, *block_yz = arguments[3:6]
        shared_memory, stream, parameters, extra = arguments[6:]
        self.launches.append((stream, blocks))
        self.contexts += self._current[-1:]
        assert self._current == [self.context(self.device)]
        assert (grid_yz, block_yz) == ([1, 1], [1, 1])
        assert threads == THREADS
        assert (shared_memory, stream, extra) == (0, STREAM, 0)
        kernel = self._kernels[handle]
        execute(kernel, kernel.pack(parameters), blocks, threads)


def execute(kernel: Program, packed: np.ndarray, blocks: int, threads: int) -> None:
    """Run a launch over the arrays in its parameters, and check that it accessed every element.

    Args:
        kernel: the kernel.
        packed: uint8, the parameters as described in ``launch.py``.
        blocks: number of blocks.
        threads: number of threads per block.

    Raises:
        AssertionError: an invalid access, a missed element, or a grid of the wrong size.
    """
    itemsize, state_itemsize, wide = SIZES[kernel.entry.name]
    params = list(kernel.entry.params.values())
    table, n_rows, chunk_size, found_inf, grad_scale, lr, clip = (
        packed[p.offset : p.offset + p.size].view(np.int32 if p.size == 4 else np.int64)
        for p in params[:7]
    )
    assert 0 < n_rows[0] <= CAPACITY
    rows = table.reshape(CAPACITY, abi.ROW_WORDS)[: n_rows[0]]
    given = {
        "found_inf": (found_inf, 4),
        "grad_scale": (grad_scale, 4),
        "lr": (lr, wide),
        "clip": (clip, wide),
    }
    regions = [
        Region(name, int(address[0]), size, READ | SHARED)
        for name, (address, size) in given.items()
        if address[0]
    ]
    scale = packed[params[-2].offset :].view(f"f{wide}")[0]
    if grad_scale[0]:
        scale /= ctypes.c_float.from_address(int(grad_scale[0])).value
    unscaled = READ if scale == 1 else READ | WRITE
    at = 0  # the chunks of a row follow those of the last
    for i, row in enumerate(rows.tolist()):
        first, numel = divmod(row[EXTENT], 1 << NUMEL_BITS)
        assert first == at
        at += -(-numel // int(chunk_size[0]))
        if row[abi.GRAD]:
            regions += [
                Region(f"param {i}", row[0], itemsize * numel, READ | WRITE),
                Region(
                    f"grad {i}",
                    row[abi.GRAD],
                    itemsize * numel,
                    unscaled,
                ),
                Region(f"square_avg {i}", row[2], state_itemsize * numel, READ | WRITE),
                Region(f"acc_delta {i}", row[3], state_itemsize * numel, READ | WRITE),
            ]
    assert blocks == at
    filled = 8 * abi.ROW_WORDS * len(rows)
    is_skipped = bool(found_inf[0]) and ctypes.c_float.from_address(int(found_inf[0])).value != 0
    kernel.run(packed, regions, range(blocks), threads, filled).assert_touched(
        is_all=not is_skipped
    )


def target_of(simulator: Simulator) -> SimpleNamespace:
    """Return the CUDA target with the simulated device, to replace the CPU's target."""

    class Launch(launch.Launch):
        def __init__(self, device: torch.device, *tables: Any) -> None:
            super().__init__(torch.device("cuda", simulator.device), *tables)
            self._device = device  # where the simulated memory is

    def kernel(spec: KernelSpec) -> Any:
        return target.kernel(replace(spec, target="cuda"))

    return SimpleNamespace(
        Launch=Launch,
        kernel=kernel,
        unavailable=lambda device=None, dtype=None: "",
    )


def install(patch: pytest.MonkeyPatch) -> Simulator:
    """Treat all parameters on the CPU as if they were on a GPU with one multiprocessor.

    The simulated GPU uses CPU memory and replaces the CPU target.
    """
    simulator = Simulator()
    stand_in = target_of(simulator)
    patch.setattr(launch, "driver", simulator)
    patch.setattr(registry, "target", lambda name: stand_in)
    patch.setattr(registry, "launch_error", simulator.error)
    registry.load.cache_clear()
    return simulator
