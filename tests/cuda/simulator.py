"""Generated CUDA kernels run by Python on the CPU's memory, thread by thread.

The kernels need no synchronisation, so that one thread may run after the other. What they import
is replaced by the same functions in NumPy; a wide access that is not aligned, which a GPU would
refuse, fails.
"""

import ctypes
import sys
from collections.abc import Callable
from itertools import product
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest import mock

import numpy as np
import torch
from kernels.reference import multiply_add, stochastic_bfloat16

from adadelta_gen import registry
from adadelta_gen.cuda.build import CAPACITY, ROW_WORDS
from adadelta_gen.spec import ALL_SPECS, DTYPES, KernelSpec

SPECS = {spec.name: spec for spec in ALL_SPECS}
INT32, INT64, FLOAT = ctypes.c_int32, ctypes.c_int64, ctypes.c_float
STREAM = 77  # what the simulated device has for a stream
POINTERS = ("table", "n_rows", "chunk_size", "found_inf", "grad_scale", "lr", *range(6))


class Simulator:
    """Stands for ``adadelta_gen.cuda.driver``.

    Args:
        threads: of a block.

    Attributes:
        launches: stream and number of blocks of every launch.
        source: what gives the text of a kernel.
    """

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self.launches: list[tuple[int, int]] = []
        self.source = registry.source
        self._place = SimpleNamespace(
            blockIdx=SimpleNamespace(x=0),
            threadIdx=SimpleNamespace(x=0),
            blockDim=SimpleNamespace(x=threads),
            types=SimpleNamespace(int32=int, int64=int),
        )

    def load(self, ptx: str, name: str) -> tuple[KernelSpec, Callable[..., None]]:
        """Return the kernel's generated source as a function, not its PTX."""
        assert f".visible .entry {name}(" in ptx
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
        return spec, namespace[name]

    def multiprocessors(self, device: int) -> int:
        return 1

    def launch(self, function: Any, device: int, stream: int, blocks: int, parameters: int) -> None:
        self.launches.append((stream, blocks))
        spec, kernel = function
        pointers = np.ctypeslib.as_array((ctypes.c_uint64 * len(POINTERS)).from_address(parameters))
        table, n_rows, chunk_size, found_inf, grad_scale, lr, *scalars = map(int, pointers)
        real = np.float64 if spec.compute_dtype == "float64" else np.float32
        kind = ctypes.c_double if real is np.float64 else ctypes.c_float
        arguments = (
            (INT64 * (ROW_WORDS * CAPACITY)).from_address(table),
            INT32.from_address(n_rows).value,
            INT64.from_address(chunk_size).value,
            *(INT64.from_address(pointer).value for pointer in (found_inf, grad_scale, lr)),
            *(real(kind.from_address(scalar).value) for scalar in scalars),
        )
        with np.errstate(all="ignore"):
            for block, thread in product(range(blocks), range(self.threads)):
                self._place.blockIdx.x, self._place.threadIdx.x = block, thread
                kernel(*arguments)


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
