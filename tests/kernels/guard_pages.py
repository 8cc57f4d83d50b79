"""Run every kernel on arrays next to an inaccessible page: any access outside ends the process.

Also the functions that sum up squares of grads. ``python -m kernels.guard_pages`` prints one line
per run: kernel, position, exit status of its process.
"""

import ctypes
import mmap
import os
import resource
import signal
import sys
from collections.abc import Callable

import torch

from adadelta_gen import registry
from adadelta_gen.cpu import kernels
from adadelta_gen.formats import DTYPES
from adadelta_gen.spec import KernelSpec, specs_of
from kernels.jobs import Job, Row
from kernels.reference import State
from kernels.values import HYPERS, random_state

# Position of an array in its page; numbers of elements that a run accesses before and after it.
RUNS = {
    "flush with the end": ("end", 0, 0),
    "flush with the beginning": ("beginning", 0, 0),
    "one past the end": ("end", 0, 1),
    "one before the beginning": ("beginning", 1, 0),
}
SIZES = (*range(1, 40), 63, 64, 65, 127, 128, 129, 191, 200)
PROT_NONE = 0


class Fenced:
    """A writable page between two inaccessible ones."""

    def __init__(self) -> None:
        size = mmap.PAGESIZE
        self._pages = mmap.mmap(-1, 3 * size)
        first = ctypes.addressof(ctypes.c_char.from_buffer(self._pages))
        libc = ctypes.CDLL(None, use_errno=True)
        for address in (first, first + 2 * size):
            if libc.mprotect(ctypes.c_void_p(address), ctypes.c_size_t(size), PROT_NONE):
                raise OSError(ctypes.get_errno(), "mprotect")
        self._page = torch.frombuffer(self._pages, dtype=torch.uint8)[size : 2 * size]

    def place(self, values: torch.Tensor, where: str) -> torch.Tensor:
        """Copy a tensor to the beginning or the end of the page."""
        start = mmap.PAGESIZE - values.nbytes if where == "end" else 0
        array = self._page[start : start + values.nbytes].view(values.dtype)
        return array.copy_(values)


def run(spec: KernelSpec, where: str, before: int, after: int) -> None:
    """Run a kernel on every size, optionally on elements outside the array.

    Raises:
        AssertionError: the kernel wrote nothing.
    """
    kernel = registry.load(spec)
    pages = [Fenced() for _ in range(4)]
    for n in SIZES:
        state = random_state(spec, n, seed=n)
        row = Row(state)
        row.arrays = State(*(page.place(t, where) for page, t in zip(pages, state, strict=True)))
        row.addresses[:4] = (array.data_ptr() for array in row.arrays)
        job = Job(spec, [row], HYPERS["with decay"], [[(0, -before, before + n + after)]])
        job.run(kernel)
        assert not torch.equal(row.arrays.square_avg, state.square_avg)


def run_finder(dtype: str, where: str, before: int, after: int) -> None:
    """Run the function that sums up squares of grads in the same way."""
    spec, page = KernelSpec("cpu", dtype), Fenced()
    for n in SIZES:
        row = Row(random_state(spec, n, seed=n))
        row.addresses[1] = page.place(row.arrays.grad, where).data_ptr()
        job = Job(spec, [row], HYPERS["with decay"], [[(0, -before, before + n + after)]])
        job.run(kernels.squares(dtype))
        assert job.sums[0] > 0


def status(run: Callable[..., None], *arguments: object) -> int:
    """Return the exit status of a child process that runs this; negative: the signal."""
    process = os.fork()
    if process == 0:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for handled in (signal.SIGSEGV, signal.SIGBUS):
            signal.signal(handled, signal.SIG_DFL)
        try:
            run(*arguments)
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


if __name__ == "__main__":
    torch.set_num_threads(1)
    for spec in specs_of("cpu"):
        registry.load(spec)  # once, not in each of its processes
        for name, arguments in RUNS.items():
            print(spec.name, name, status(run, spec, *arguments), sep="\t", flush=True)
    for dtype in DTYPES:
        finder = kernels.finder_text(dtype).name
        kernels.squares(dtype)
        for name, arguments in RUNS.items():
            print(finder, name, status(run_finder, dtype, *arguments), sep="\t", flush=True)
