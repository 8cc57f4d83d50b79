"""The bytes that a launch may access, and those that it has accessed.

Each element is read at most once and written at most once, by the same thread, and not read after
it was written; only shared regions may be read by all threads. Results therefore do not depend on
the order of threads.
"""

from dataclasses import dataclass

import numpy as np
from numba import cfunc, types

READ, WRITE, PARAM, SHARED = 1, 2, 4, 8  # allowed accesses; READ and WRITE also in marks
OWNER = 2  # shift of the thread's number, from 1, in the mark of a byte

# Words of the context, which the code of a kernel and Python share.
ERROR, LINE, ADDRESS, SIZE, THREAD, FUEL, REGIONS, FIRST_BLOCK = range(8)
SCRATCH = 8  # two words that an invalid access uses
REGION = 10  # from here on: start, end, allowed accesses and first mark of each region
REGION_WORDS = 4

OUTSIDE, UNALIGNED, FORBIDDEN, ANOTHERS, TWICE, LATE, ENDLESS = range(1, 8)
ERRORS = {
    OUTSIDE: "outside all arrays",
    UNALIGNED: "not aligned",
    FORBIDDEN: "of a kind that is not allowed there",
    ANOTHERS: "another thread was there",
    TWICE: "for a second time",
    LATE: "a read after it was written",
    ENDLESS: "the loop does not end",
}


@dataclass
class Region:
    """An array of a launch.

    Args:
        name: name for messages.
        address: address of its first byte.
        size: size in bytes.
        allowed: combination of READ, WRITE, PARAM, SHARED.
    """

    name: str
    address: int
    size: int
    allowed: int

    @property
    def end(self) -> int:
        return self.address + self.size


class Memory:
    """The arrays of a launch.

    Args:
        regions: the arrays; empty ones are ignored, and those that are only read may overlap.

    Raises:
        ValueError: two regions overlap and one of them is written.
    """

    def __init__(self, regions: list[Region]) -> None:
        self.regions: list[Region] = []
        for region in sorted(regions, key=lambda region: region.address):
            last = self.regions[-1] if self.regions else None
            if not region.size:
                continue
            if last is None or last.end <= region.address:
                self.regions.append(region)
            elif (last.allowed | region.allowed) & WRITE:
                raise ValueError(f"{last.name} and {region.name} overlap")
            else:
                name = f"{last.name} and {region.name}"
                size = max(last.end, region.end) - last.address
                allowed = last.allowed | region.allowed | SHARED
                self.regions[-1] = Region(name, last.address, size, allowed)
        sizes = [0 if r.allowed & SHARED else r.size for r in self.regions]
        self._firsts = [0, *np.cumsum(sizes).tolist()]
        self.marks = np.zeros(max(self._firsts[-1], 1), np.uint32)

    def context(self, first_block: int, fuel: int) -> np.ndarray:
        """Return the int64 words of context that a launch reads.

        Args:
            first_block: block whose first thread has number 1.
            fuel: maximum number of backward branches of all threads together.
        """
        words = np.zeros(REGION + REGION_WORDS * max(len(self.regions), 1), np.int64)
        words[FIRST_BLOCK], words[FUEL], words[REGIONS] = first_block, fuel, len(self.regions)
        for i, (region, first) in enumerate(zip(self.regions, self._firsts, strict=False)):
            at = REGION + REGION_WORDS * i
            words[at : at + REGION_WORDS] = region.address, region.end, region.allowed, first
        return words

    def where(self, address: int) -> str:
        """Return the name of the array that contains an address or is nearest to it."""
        near = [region for region in self.regions if region.address <= address]
        if not near:
            return "before all arrays"
        return f"byte {address - near[-1].address} of {near[-1].name} ({near[-1].size} bytes)"

    def assert_touched(self, *, is_all: bool) -> None:
        """Fail unless all bytes were accessed as allowed, or none.

        Args:
            is_all: True: all bytes; False: none.
        """
        for region, first in zip(self.regions, self._firsts, strict=False):
            if region.allowed & SHARED:
                continue
            done = self.marks[first : first + region.size] & (READ | WRITE)
            wrong = (done != (region.allowed if is_all else 0)).nonzero()[0]
            if len(wrong):
                what = {0: "not touched", READ: "only read", WRITE: "only written"}
                how = what.get(int(done[wrong[0]]), "touched")
                raise AssertionError(f"byte {wrong[0]} of {region.name} was {how}")


_POINTER = types.CPointer(types.int64)
_MARKS = types.CPointer(types.uint32)


@cfunc(types.int64(_POINTER, _MARKS, *[types.int64] * 5))
def access(context, marks, address, size, line, thread, way):
    """Check an access and mark its bytes; return its address, or that of scratch if invalid."""
    low, high = 0, context[REGIONS]
    while high - low > 1:
        middle = (low + high) // 2
        if context[REGION + REGION_WORDS * middle] <= address:
            low = middle
        else:
            high = middle
    at = REGION + REGION_WORDS * low
    start, allowed = context[at], context[at + 2]
    error = 0
    if high == 0 or address < start or address + size > context[at + 1]:
        error = OUTSIDE
    elif address % size != 0:
        error = UNALIGNED
    elif allowed & way == 0:
        error = FORBIDDEN
    elif allowed & SHARED == 0:
        first = context[at + 3] + address - start
        for i in range(first, first + size):
            mark = types.int64(marks[i])
            if mark >> OWNER != 0 and mark >> OWNER != thread:
                error = ANOTHERS
            elif mark & way != 0:
                error = TWICE
            elif way == READ and mark & WRITE != 0:
                error = LATE
            marks[i] = types.uint32(thread << OWNER | mark & 3 | way)
    if error == 0:
        return address
    if context[ERROR] == 0:
        context[ERROR], context[LINE], context[ADDRESS] = error, line, address
        context[SIZE], context[THREAD] = size, thread
    return 0
