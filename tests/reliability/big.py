"""Tensors of more than 2**32 elements in little memory, for ``make endurance``.

    PYTHONPATH=tests python -m reliability.big [--only float32,norm]

An array is a range of addresses onto which the same few pages are mapped again and again, all zero.
With zero grads and states a step leaves zeros there, in whatever order the threads work. Around the
beginning, 2**31, 2**32 and the end, the array has pages of its own with random numbers. They are
compared with torch's optimizer on copies of these pieces alone: torch itself needs two more tensors
of this size for a step.
"""

import argparse
import ctypes
import json
import mmap
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch
from parity.support import STATES, TOLERANCES, random
from torch import Tensor
from torch.nn import Parameter

from adadelta_gen import Adadelta
from reliability.outcomes import attempt

GIB = 1 << 30
SHARED = 16 << 20  # bytes that are mapped again and again
PIECE = 1 << 16  # elements at each place of interest
ELEMENTS = (1 << 32) + (1 << 28) + 12345
NEEDED = GIB  # of memory: 0.2 for tables of pages, and the process
MAP_SHARED, MAP_PRIVATE, MAP_FIXED, MAP_ANONYMOUS = 0x01, 0x02, 0x10, 0x20
MAP_NORESERVE = 0x4000

_libc = ctypes.CDLL(None, use_errno=True)
_libc.mmap.restype = ctypes.c_void_p
_libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_int64]
_libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]


def why_not() -> str:
    """Return why it cannot run here, or an empty string."""
    if not sys.platform.startswith("linux") or not hasattr(os, "memfd_create"):
        return "needs Linux: memfd_create and MAP_FIXED"
    if sys.maxsize < 1 << 40:
        return "needs addresses of 64 bits"
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemAvailable:"):
            free = int(line.split()[1]) * 1024
    if free < NEEDED:
        return f"needs {NEEDED // GIB} GiB of free memory, and there are {free / GIB:.1f}"
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    if soft != resource.RLIM_INFINITY:
        return "needs an unlimited address space (ulimit -v)"
    limit = int(Path("/proc/sys/vm/max_map_count").read_text())
    if limit < 40_000:
        return f"needs 40,000 mappings, and vm.max_map_count is {limit}"
    return ""


def _mapped(at: int | None, size: int, protection: int, flags: int, file: int) -> int:
    address = _libc.mmap(at, size, protection, flags, file, 0)
    if address in (None, ctypes.c_void_p(-1).value):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return int(address)


class Array:
    """Zeros in repeated pages, with pages of its own at the places of interest.

    Args:
        file: the file whose pages are repeated.
        elements: number of elements.
        dtype: their dtype.
    """

    def __init__(self, file: int, elements: int, dtype: torch.dtype) -> None:
        self.size = -(-elements * dtype.itemsize // SHARED) * SHARED
        read_write = mmap.PROT_READ | mmap.PROT_WRITE
        nothing = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        self.address = _mapped(None, self.size, 0, nothing, -1)
        for at in range(self.address, self.address + self.size, SHARED):
            _mapped(at, SHARED, read_write, MAP_SHARED | MAP_FIXED, file)
        self.places = list(places(elements))
        for first, last in self.places:
            begin = self.address + first * dtype.itemsize & -mmap.PAGESIZE
            end = -(-(self.address + last * dtype.itemsize) // mmap.PAGESIZE) * mmap.PAGESIZE
            own = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED
            _mapped(begin, end - begin, read_write, own, -1)
        memory = (ctypes.c_char * self.size).from_address(self.address)
        self.tensor = torch.frombuffer(memory, dtype=dtype, count=elements)

    def pieces(self) -> Tensor:
        """Return copies of the pieces at the places of interest, in one tensor."""
        return torch.cat([self.tensor[first:last].clone() for first, last in self.places])

    def fill(self, values: Tensor) -> None:
        for i, (first, last) in enumerate(self.places):
            self.tensor[first:last] = values[i * PIECE : i * PIECE + last - first]

    def free(self) -> None:
        del self.tensor
        _libc.munmap(self.address, self.size)


def places(elements: int) -> Iterator[tuple[int, int]]:
    """Yield begin and end of the pieces: at both ends and around powers of two."""
    half = PIECE // 2
    yield 0, PIECE
    for middle in (1 << 31, 1 << 32):
        if middle + PIECE < elements - PIECE:
            yield middle - half, middle + half
    yield elements - PIECE, elements


class Arrays:
    """A parameter with its grad and states, all of them that large."""

    def __init__(self, elements: int, dtype: torch.dtype, states: torch.dtype | None = None):
        self._file = os.memfd_create("zeros")
        os.ftruncate(self._file, SHARED)
        self.param, self.grad = (Array(self._file, elements, dtype) for _ in range(2))
        self.states = {key: Array(self._file, elements, states or dtype) for key in STATES}
        # Updates of a hundredth: a difference in their last bits is none of the parameter's.
        for i, array in enumerate((self.param, self.grad, *self.states.values())):
            values = random(len(array.places) * PIECE, dtype=array.tensor.dtype, seed=i)
            array.fill((values, values, values.abs() + 0.5, values.abs() * 1e-4)[i])

    def optimizer(self, *views: slice, **options: Any) -> Adadelta:
        """Return an optimizer after two counted steps, over the whole array or over views of it."""
        params = []
        for view in views or (slice(None),):
            p = Parameter(self.param.tensor[view])
            p.grad = self.grad.tensor[view]
            params.append(p)
        made = Adadelta(params, weight_decay=0.1, **options)
        for p, view in zip(params, views or (slice(None),), strict=True):
            averages = {key: array.tensor[view] for key, array in self.states.items()}
            made.state[p] = {"step": torch.tensor(2.0), **averages}
        return made

    def expected(self, **options: Any) -> dict[str, Tensor]:
        """Return the pieces after a step of torch's optimizer on copies of them."""
        p = Parameter(self.param.pieces())
        p.grad = self.grad.pieces()
        theirs = torch.optim.Adadelta([p], weight_decay=0.1, **options)
        averages = {key: array.pieces().to(p.dtype) for key, array in self.states.items()}
        theirs.state[p] = {"step": torch.tensor(2.0), **averages}
        theirs.step()
        return {"param": p.detach(), **{key: theirs.state[p][key] for key in STATES}}

    def check(self, expected: dict[str, Tensor], tolerance: torch.dtype | None = None) -> None:
        """Fail unless the pieces are as expected, and everything else is still zero."""
        found = {"param": self.param, **self.states}
        for name, array in found.items():
            wanted = expected[name]
            allowed = TOLERANCES[tolerance or wanted.dtype]
            atol = allowed.param if name == "param" else allowed.state
            values = array.pieces().to(wanted.dtype)
            torch.testing.assert_close(values, wanted, rtol=allowed.rtol, atol=atol)
        zeros = os.pread(self._file, SHARED, 0)
        assert not any(zeros), "an element outside the pieces was written"

    def free(self) -> None:
        for array in (self.param, self.grad, *self.states.values()):
            array.free()
        os.close(self._file)


# Cases


def _one(dtype: torch.dtype, elements: int = ELEMENTS, **options: Any) -> str:
    arrays = Arrays(elements, dtype)
    optimizer = arrays.optimizer(fused=True, **options)
    expected = arrays.expected()
    times = _timed(optimizer.step)
    coarse = torch.bfloat16 if options else None
    arrays.check(expected, coarse)
    expected = arrays.expected()  # of the usual step
    times += f", {_timed(optimizer.step)}"
    arrays.check(expected, coarse)
    assert [float(state["step"]) for state in optimizer.state.values()] == [4]
    del optimizer
    arrays.free()
    return times


def _timed(work: Callable[[], object]) -> str:
    begin = time.monotonic()
    work()
    return f"{time.monotonic() - begin:.1f} s"


def float32() -> str:
    """One float32 tensor."""
    return _one(torch.float32)


def bfloat16() -> str:
    """One bfloat16 tensor."""
    return _one(torch.bfloat16)


def dithered() -> str:
    """One bfloat16 tensor, rounded by a dither that depends on the index of an element."""
    return _one(torch.bfloat16, dithered_rounding=True)


def complex64() -> str:
    """One complex64 tensor of more than 2**31 elements, which are more than 2**32 real numbers."""
    return _one(torch.complex64, (1 << 31) + (1 << 28) + 123)


def many() -> str:
    """1,000 tensors with more than 2**32 elements in all, some of them at odd places."""
    arrays = Arrays(ELEMENTS, torch.float32)
    step = ELEMENTS // 1000 + 1
    views = [slice(first, min(first + step, ELEMENTS)) for first in range(0, ELEMENTS, step)]
    optimizer = arrays.optimizer(*views, fused=True)
    expected = arrays.expected()
    times = _timed(optimizer.step)
    arrays.check(expected)
    assert len(views) == 1000
    del optimizer
    arrays.free()
    return times


def norm() -> str:
    """The grads are clipped by their norm; the largest one is beyond 2**32."""
    arrays = Arrays(ELEMENTS, torch.float32)
    arrays.grad.tensor[-5] = 1000
    pieces = arrays.grad.pieces()
    p = Parameter(torch.zeros_like(pieces))
    p.grad = pieces.clone()
    total = torch.nn.utils.clip_grad_norm_([p], 5.0)
    optimizer = arrays.optimizer(fused=True, max_grad_norm=5.0)
    arrays.grad.fill(p.grad)
    expected = arrays.expected()
    arrays.grad.fill(pieces)
    times = _timed(optimizer.step)
    torch.testing.assert_close(optimizer.grad_norm, total, rtol=1e-5, atol=0)
    arrays.check(expected)
    del optimizer
    arrays.free()
    return times


def nonfinite() -> str:
    """A grad whose only infinity is beyond 2**32 raises, and nothing is written."""
    arrays = Arrays(ELEMENTS, torch.bfloat16)
    arrays.grad.tensor[(1 << 32) + 5] = float("inf")
    before = {"param": arrays.param.pieces()}
    before |= {key: array.pieces() for key, array in arrays.states.items()}
    optimizer = arrays.optimizer(nonfinite="raise")
    begin = time.monotonic()
    error = attempt(optimizer)
    times = f"{time.monotonic() - begin:.1f} s"
    assert error is not None, "the infinity was not found"
    assert "parameter 0 of group 0" in str(error), error
    for name, array in {"param": arrays.param, **arrays.states}.items():
        assert torch.equal(array.pieces(), before[name]), f"{name} was written"
    del optimizer
    arrays.free()
    return times


def states() -> str:
    """bfloat16 states of a float32 tensor, rounded by a dither; then explain and diagnostics."""
    arrays = Arrays(ELEMENTS, torch.float32, torch.bfloat16)
    optimizer = arrays.optimizer(fused=True, state_dtype=torch.bfloat16)
    expected = arrays.expected()
    times = _timed(optimizer.step)
    arrays.check(expected, torch.bfloat16)
    (row,) = optimizer.explain()
    assert row.kernel == "adadelta_cpu_float32_min_wd_bfloat16state_dithered", row
    assert optimizer.diagnostics().by_param
    del optimizer
    arrays.free()
    return times


CASES = {
    case.__name__: case
    for case in (float32, bfloat16, dithered, complex64, many, norm, nonfinite, states)
}


def run(name: str) -> str:
    """Run a case in a process of its own; return its times, or raise an AssertionError."""
    process = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-m", "reliability.big", "--case", name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, f"{name}: {process.returncode}\n{process.stderr}"
    return process.stdout.strip()


def record(names: list[str]) -> dict[str, Any]:
    """Run cases; return for each what it is, its times and its fault, or why it cannot run."""
    found: dict[str, Any] = {}
    for name in names:
        what = (CASES[name].__doc__ or "").strip()
        found[name] = {"what": what, "skipped": why_not(), "times": "", "fault": ""}
        if not found[name]["skipped"]:
            try:
                found[name]["times"] = run(name)
            except AssertionError as error:
                found[name]["fault"] = str(error)
        print(f"{name}: {found[name]}", flush=True)
    return found


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", type=lambda text: text.split(","), default=list(CASES))
    parser.add_argument("--case", choices=CASES, help="run this one in this process")
    given = parser.parse_args(arguments)
    if given.case:
        print(CASES[given.case]())
        return 0
    found = record(given.only)
    print(json.dumps(found, indent=1))
    return any(case["fault"] for case in found.values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
