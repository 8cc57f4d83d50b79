"""Which memory of this process may be written."""

from bisect import bisect_right
from pathlib import Path

_MAPS = Path("/proc/self/maps")


def read_only_ranges() -> list[tuple[int, int]]:
    """Begin and end of every mapping without write permission; empty where nothing tells."""
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
