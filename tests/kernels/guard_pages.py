"""Run every kernel on arrays beside pages without access: any access outside ends the process.

Also the functions that sum up squares of grads. What a kernel only reads is in pages that may only
be read: the grad, the hyperparameters and the tables. ``python -m kernels.guard_pages`` prints one
line per run: kernel, run, exit status. The runs of a kernel that stay inside share a process, whose
exit status has a line too.
"""

import ctypes
import mmap
import os
import resource
import signal
import sys
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
import torch

from adadelta_gen import registry
from adadelta_gen.cpu import kernels
from adadelta_gen.formats import DTYPES
from adadelta_gen.spec import KernelSpec, specs_of
from kernels.jobs import Job, Row
from kernels.reference import State
from kernels.values import HYPERS, random_state


class Run(NamedTuple):
    """Where arrays are, and what is accessed.

    Args:
        position: position of an array in its page.
        before, after: numbers of elements that the run accesses before and after the array.
        unmapped: whether the pages beside were given back, as freed memory is.
        read_only: the array whose page may only be read too, or an empty string.
        hyper: name of the hyperparameters.
    """

    position: str
    before: int = 0
    after: int = 0
    unmapped: bool = False
    read_only: str = ""
    hyper: str = "with decay"


# Runs that stay inside, and runs that end their process.
INSIDE = {
    "flush with the end": Run("end"),
    "flush with the beginning": Run("beginning"),
    "flush with the end, beside unmapped pages": Run("end", unmapped=True),
    "flush with the beginning, beside unmapped pages": Run("beginning", unmapped=True),
}
OUTSIDE = {
    "one past the end": Run("end", after=1),
    "one before the beginning": Run("beginning", before=1),
    "one past the end, in an unmapped page": Run("end", after=1, unmapped=True),
    "one before the beginning, in an unmapped page": Run("beginning", before=1, unmapped=True),
}
READ_ONLY = {
    "the param may only be read": Run("end", read_only="param"),
    "the grad is written": Run("end", hyper="scaled grads"),
}
SUMS_READ_ONLY = {"the sums may only be read": Run("end", read_only="sums")}
SIZES = (*range(1, 40), 63, 64, 65, 127, 128, 129, 191, 200)
ARRAYS = (*State._fields, "rows", "segments", "chunks", "scalars", "sums")
WRITTEN_BY_KERNELS, WRITTEN_BY_SUMS = ("param", "square_avg", "acc_delta"), ("sums",)
WORDS = {2: torch.int16, 4: torch.int32, 8: torch.int64}
PROT_NONE = 0


def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
    libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    return libc


LIBC = _libc()


class Pages:
    """Pages for arrays, each between two pages without access.

    Args:
        unmapped: give the pages between them back, instead of forbidding access. All are gaps of
            one page, which no later allocation fits into.
    """

    def __init__(self, unmapped: bool) -> None:
        size, n = mmap.PAGESIZE, 2 * len(ARRAYS) + 3
        private = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
        first = LIBC.mmap(None, n * size, PROT_NONE, private, -1, 0)
        if first == ctypes.c_void_p(-1).value:
            raise OSError(ctypes.get_errno(), "mmap")
        self._addresses = [first + size * (2 * i + 2) for i in range(len(ARRAYS))]
        if unmapped:
            for i in range(len(ARRAYS) + 1):
                _check(LIBC.munmap(first + size * (2 * i + 1), size))
        self.allow("write", *ARRAYS)

    def place(self, position: str, name: str, values: np.ndarray) -> np.ndarray:
        """Copy an array to the beginning or the end of its page, which may be written."""
        page = self._addresses[ARRAYS.index(name)]
        begin = page + (mmap.PAGESIZE - values.nbytes if position == "end" else 0)
        memory = (ctypes.c_char * values.nbytes).from_address(begin)
        array = np.frombuffer(memory, values.dtype).reshape(values.shape)
        array[...] = values
        return array

    def allow(self, what: str, *names: str) -> None:
        """Allow to read, or to read and write, the pages of some arrays."""
        flags = mmap.PROT_READ | (mmap.PROT_WRITE if what == "write" else 0)
        for name in names:
            _check(LIBC.mprotect(self._addresses[ARRAYS.index(name)], mmap.PAGESIZE, flags))


def _check(answer: int) -> None:
    if answer:
        raise OSError(ctypes.get_errno(), "mprotect or munmap")


def run(spec: KernelSpec, address: int, writes: tuple[str, ...], how: Run) -> None:
    """Run a function on every size.

    Args:
        spec: variant of the kernel.
        address: address of the kernel, or of the function that sums up squares.
        writes: names of the arrays that the function writes.
        how: the run.

    Raises:
        AssertionError: the function wrote nothing.
    """
    pages = Pages(how.unmapped)
    for n in SIZES:
        pages.allow("write", *ARRAYS)
        place = partial(pages.place, how.position)
        row = Row(random_state(spec, n, seed=n))
        placed = {
            name: place(name, array.view(WORDS[array.itemsize]).numpy())
            for name, array in zip(State._fields, row.arrays, strict=True)
        }
        row.addresses[:4] = (array.ctypes.data for array in placed.values())
        segment = (0, -how.before, how.before + n + how.after)
        job = Job(spec, [row], HYPERS[how.hyper], [[segment]], place)
        placed["sums"] = job.sums
        before = {name: placed[name].copy() for name in writes}
        pages.allow("read", *(a for a in ARRAYS if a not in writes or a == how.read_only))
        job.run(address)
        assert not all(np.array_equal(placed[name], old) for name, old in before.items())


def status(act: Callable[..., None], *arguments: object) -> int:
    """Return the exit status of a child process that runs this; negative: the signal."""
    process = os.fork()
    if process == 0:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for handled in (signal.SIGSEGV, signal.SIGBUS):
            signal.signal(handled, signal.SIG_DFL)
        try:
            act(*arguments)
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def run_inside(name: str, *arguments: object) -> None:
    """Run a function in all ways that stay inside, and print a line for each."""
    for which, how in INSIDE.items():
        run(*arguments, how)
        print(name, which, 0, sep="\t", flush=True)


def report(name: str, deadly: dict[str, Run], *arguments: object) -> None:
    """Print the exit statuses of all runs of a function; each that is to die has a process."""
    print(name, "inside", status(run_inside, name, *arguments), sep="\t", flush=True)
    for which, how in deadly.items():
        print(name, which, status(run, *arguments, how), sep="\t", flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    # A function is loaded once, not in each of its processes.
    for spec in specs_of("cpu"):
        address = registry.load(spec)
        report(spec.name, OUTSIDE | READ_ONLY, spec, address, WRITTEN_BY_KERNELS)
    for dtype in DTYPES:
        spec, address = KernelSpec("cpu", dtype), kernels.squares(dtype)
        runs = OUTSIDE | SUMS_READ_ONLY
        report(kernels.finder_text(dtype).name, runs, spec, address, WRITTEN_BY_SUMS)
