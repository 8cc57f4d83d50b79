"""Generated CUDA kernels run by Python on the CPU's memory, thread by thread.

The kernels need no synchronisation, so that one thread may run after the other. What they import
is replaced by the same functions in NumPy; a wide access that is not aligned, which a GPU would
refuse, fails.
"""

import ctypes
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest import mock

import numpy as np
import pytest
import torch
from kernels.reference import fused, multiply_add, stochastic_bfloat16

from adadelta_gen import committed, registry
from adadelta_gen.cuda import launch, target
from adadelta_gen.cuda.table import CAPACITY, THREADS
from adadelta_gen.native.abi import ROW_WORDS
from adadelta_gen.spec import ALL_SPECS, DTYPES, KernelSpec
from adadelta_gen.step.table import Table

SPECS = {spec.name: spec for spec in ALL_SPECS}
INT32, INT64, FLOAT = ctypes.c_int32, ctypes.c_int64, ctypes.c_float
INT, UINT, POINTER = ctypes.c_int, ctypes.c_uint, ctypes.c_void_p
STREAM = 77  # what the simulated device has for a stream
POINTERS = ("table", "n_rows", "chunk_size", "found_inf", "grad_scale", "lr", *range(6))
SUCCESS, REFUSED, FAILED = 0, 719, 999  # FAILED: an exception in the simulator itself
FIRST_HANDLE, FIRST_CONTEXT = 0x7F0000000010, 0x7E0000000010  # need more than 32 bits


class Simulator:
    """Stands for ``adadelta_gen.cuda.driver``.

    Native code calls its functions, out of which no exception can come: the first one is kept, the
    call returns FAILED, and ``error`` gives the exception to who asks what that means.

    Args:
        threads: of a block.

    Attributes:
        launches: stream and number of blocks of every launch.
        calls: "push", "launch" and "pop", in the order of the calls.
        contexts: the context that was current at every launch.
        refuses: the one of these calls that returns REFUSED, or "".
        device: index of the device that stands for the CPU, see ``target_of``.
        source: what gives the text of a kernel.
    """

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self.launches: list[tuple[int, int]] = []
        self.calls: list[str] = []
        self.contexts: list[int] = []
        self.refuses = ""
        self.device = 0
        self.source = committed.source
        self._kernels: dict[int, tuple[str, Callable[..., None]]] = {}
        self._current: list[int] = []  # the stack of contexts
        self._exception: BaseException | None = None
        self._place = SimpleNamespace(
            blockIdx=SimpleNamespace(x=0),
            threadIdx=SimpleNamespace(x=0),
            blockDim=SimpleNamespace(x=threads),
            types=SimpleNamespace(int32=int, int64=int),
        )
        # As cuda.h has cuLaunchKernel, cuCtxPushCurrent and cuCtxPopCurrent.
        grid_and_block = [UINT] * 6
        of_launch = [POINTER, *grid_and_block, UINT, POINTER, POINTER, POINTER]
        self._functions = (
            ctypes.CFUNCTYPE(INT, *of_launch)(self._guarded("launch", self._launch)),
            ctypes.CFUNCTYPE(INT, POINTER)(self._guarded("push", self._push)),
            ctypes.CFUNCTYPE(INT, POINTER)(self._guarded("pop", self._pop)),
        )

    def load(self, ptx: str, name: str) -> int:
        """Return a handle of the kernel's generated source as a function, not of its PTX."""
        assert f".visible .entry {name}(" in ptx
        fused()  # asked now: no code of the package may run inside a launch
        spec = SPECS[name]
        namespace: dict[str, Any] = {}
        numba = ModuleType("numba")
        numba.cuda = self._place
        replaced = {
            "numba": numba,
            "numba.cuda": self._place,
            "adadelta_gen.cuda.intrinsics": _intrinsics(),
        }
        with mock.patch.dict(sys.modules, replaced):
            exec(self.source(spec), namespace)
        handle = FIRST_HANDLE + 16 * len(self._kernels)
        self._kernels[handle] = spec.compute_dtype, namespace[name]
        return handle

    def multiprocessors(self, device: int) -> int:
        return 1

    def context(self, device: int) -> int:
        return FIRST_CONTEXT + device

    def functions(self) -> tuple[int, int, int]:
        launch, push, pop = (ctypes.cast(f, POINTER).value or 0 for f in self._functions)
        return launch, push, pop

    def error(self, status: int) -> BaseException:
        """What to raise for a status: if there was an exception in the simulator, that one."""
        exception, self._exception = self._exception, None
        if exception is not None:
            return exception
        assert status == REFUSED
        return RuntimeError("the simulated driver refuses the launch")

    def check(self) -> None:
        """Fail if a context was left on the stack, or if nobody asked for an exception."""
        if self._exception is not None:
            raise self._exception
        assert self._current == []

    def _guarded(self, name: str, function: Callable[..., None]) -> Callable[..., int]:
        def call(*arguments: int | None) -> int:
            self.calls.append(name)
            if name == self.refuses:
                return REFUSED
            try:
                function(*(argument or 0 for argument in arguments))
            except BaseException as exception:
                self._exception = self._exception or exception
                return FAILED
            return SUCCESS

        return call

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
        compute_dtype, kernel = self._kernels[handle]
        pointers = np.ctypeslib.as_array((ctypes.c_uint64 * len(POINTERS)).from_address(parameters))
        table, n_rows, chunk_size, found_inf, grad_scale, lr, *scalars = map(int, pointers)
        real = np.float64 if compute_dtype == "float64" else np.float32
        kind = ctypes.c_double if real is np.float64 else ctypes.c_float
        arguments = (
            (INT64 * (ROW_WORDS * CAPACITY)).from_address(table),
            INT32.from_address(n_rows).value,
            INT64.from_address(chunk_size).value,
            *(INT64.from_address(pointer).value for pointer in (found_inf, grad_scale, lr)),
            *(real(kind.from_address(scalar).value) for scalar in scalars),
        )
        assert blocks == _blocks(*arguments[:3])
        with np.errstate(all="ignore"):
            for block, thread in product(range(blocks), range(self.threads)):
                self._place.blockIdx.x, self._place.threadIdx.x = block, thread
                kernel(*arguments)


def _blocks(table: Any, n_rows: int, chunk_size: int) -> int:
    """How many blocks update the rows of a table; the chunks of a row follow those of the last."""
    blocks = 0
    for extent in table[4 : ROW_WORDS * n_rows : ROW_WORDS]:
        assert extent >> 40 == blocks
        blocks += -(-(extent & (1 << 40) - 1) // chunk_size)
    return blocks


def target_of(simulator: Simulator) -> SimpleNamespace:
    """Return what stands for the CPU's target: that of CUDA, with the simulated device."""

    class Launch(launch.Launch):
        def __init__(self, device: torch.device, *tables: Any) -> None:
            super().__init__(torch.device("cuda", simulator.device), *tables)
            self._device = device  # where the simulated memory is
            self.set_device_values(None, None, None)  # whose stream nobody sets on the CPU

    def kernel(spec: KernelSpec) -> Any:
        return target.kernel(replace(spec, target="cuda"))

    return SimpleNamespace(
        Launch=Launch,
        kernel=kernel,
        unavailable=lambda device=None, dtype=None: "",
    )


def install(patch: pytest.MonkeyPatch) -> Simulator:
    """Let all parameters on the CPU be on a GPU of one multiprocessor, eight threads a block.

    Its memory is the CPU's, its chunks are 64 at least, and its target stands for the CPU's too.
    """
    simulator = Simulator(threads=8)
    stand_in = target_of(simulator)
    patch.setattr(launch, "driver", simulator)
    patch.setattr(launch, "SMALLEST_CHUNK", 64)
    patch.setattr(torch.cuda, "current_stream", lambda device: SimpleNamespace(cuda_stream=STREAM))
    patch.setattr(registry, "target", lambda name: stand_in)
    patch.setattr(registry, "launch_error", simulator.error)
    # A call of a table with launches on CUDA is never repeated as it was.
    patch.setattr(Table, "_is_static", lambda table, values: False)
    registry.load.cache_clear()
    return simulator


def _intrinsics() -> ModuleType:
    module = ModuleType("intrinsics")
    module.sqrt = np.sqrt
    module.fma = lambda *values: multiply_add(*(np.array([value]) for value in values))[0]
    module.table_word = lambda table, index: table[index]
    module.is_set = lambda address: bool(FLOAT.from_address(address).value)
    for dtype in DTYPES:
        storage = getattr(torch, dtype)
        for n in {1, 2, 4, 8}:
            name = dtype if n == 1 else f"{dtype}_x{n}"
            setattr(module, f"load_{name}", _load(storage, n))
            setattr(module, f"store_{name}", _store(storage, n))
    module.store_stochastic_bfloat16 = _store_stochastic(1)
    module.store_stochastic_bfloat16_x4 = _store_stochastic(4)
    module.store_stochastic_bfloat16_x8 = _store_stochastic(8)
    for dtype in ("float32", "float64"):
        load = _load(getattr(torch, dtype), 1)
        setattr(module, f"load_lr_{dtype}", lambda address, load=load: load(address, 0))
        real = getattr(np, dtype)
        setattr(
            module,
            f"load_inv_scale_{dtype}",
            lambda address, real=real: real(1) / real(FLOAT.from_address(address).value),
        )
    return module


def _elements(storage: torch.dtype, count: int, address: int, index: int) -> torch.Tensor:
    first = address + index * storage.itemsize
    size = count * storage.itemsize
    assert first % size == 0, "a wide access that is not aligned"
    return torch.frombuffer((ctypes.c_char * size).from_address(first), dtype=storage)


def _load(storage: torch.dtype, count: int) -> Callable[[int, int], Any]:
    compute = torch.float64 if storage is torch.float64 else torch.float32

    def load(address: int, index: int) -> Any:
        values = _elements(storage, count, address, index).to(compute).numpy().copy()
        return tuple(values) if count > 1 else values[0]

    return load


def _store(storage: torch.dtype, count: int) -> Callable[[int, int, Any], None]:
    def store(address: int, index: int, values: Any) -> None:
        assert len(np.atleast_1d(values)) == count
        wide = torch.from_numpy(np.atleast_1d(np.array(values)))
        _elements(storage, count, address, index).copy_(wide)

    return store


def _store_stochastic(count: int) -> Callable[[int, int, Any, int, int], None]:
    def store(address: int, index: int, values: Any, key: int, first: int) -> None:
        wide = torch.from_numpy(np.atleast_1d(np.array(values)))
        rounded = stochastic_bfloat16(wide, key, first + index)
        _elements(torch.bfloat16, count, address, index).copy_(rounded)

    return store
