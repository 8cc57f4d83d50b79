"""Find out whether memory of this process is writable."""

import ctypes
import mmap
import sys
from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import Any

MADV_POPULATE_WRITE = 23  # since Linux 5.14: maps a page for writing, or fails if it is read-only
_MAPS = Path("/proc/self/maps")


def is_writable(address: int) -> bool:
    """Whether the page at an address is writable, True if unknown; writes nothing."""
    if not address:
        return True
    if madvise() is not None:
        page = address & -mmap.PAGESIZE
        return bool(_asked_madvise()(page, mmap.PAGESIZE, MADV_POPULATE_WRITE) == 0)
    return not covers(read_only_ranges(), address)


@cache
def madvise() -> Any:
    """Return the function ``madvise``, or None if it does not support MADV_POPULATE_WRITE."""
    if not sys.platform.startswith("linux"):
        return None
    with mmap.mmap(-1, mmap.PAGESIZE) as page:
        address = ctypes.addressof(ctypes.c_char.from_buffer(page))
        works = _asked_madvise()(address, mmap.PAGESIZE, MADV_POPULATE_WRITE) == 0
    return ctypes.CDLL(None).madvise if works else None


@cache
def needs_mappings() -> bool:
    """Whether only /proc/self/maps says which memory is writable, as on Linux before 5.14.

    Native code cannot read it.
    """
    return madvise() is None and _MAPS.exists()


@cache
def _asked_madvise() -> Any:
    function = ctypes.CDLL(None, use_errno=True).madvise
    function.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    return function


def read_only_ranges() -> list[tuple[int, int]]:
    """Return begin and end of each read-only mapping; empty without /proc/self/maps."""
    try:
        lines = _MAPS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    ranges = []
    for line in lines:
        addresses, permissions = line.split(maxsplit=2)[:2]
        if "w" not in permissions:
            begin, end = addresses.split("-")
            ranges.append((int(begin, 16), int(end, 16)))
    return ranges


def covers(ranges: list[tuple[int, int]], address: int) -> bool:
    """Whether an address lies in one of the sorted ranges."""
    position = bisect_right(ranges, (address, float("inf"))) - 1
    return position >= 0 and address < ranges[position][1]
