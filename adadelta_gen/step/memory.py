"""Find regions of memory that overlap."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from adadelta_gen.step.examine import span

Words = NDArray[np.int64]


class Regions(NamedTuple):
    """Regions of memory, int64 ``(n,)``: address of the first byte, end address, owner's number."""

    begins: Words
    ends: Words
    owners: Words


def regions_of(tensors: Sequence[tuple[Tensor, int]]) -> Regions:
    """Return the memory regions of tensors, each given with its owner's number."""
    rows = [
        (begin, begin + span(tensor) * tensor.element_size(), owner)
        for tensor, owner in tensors
        if (begin := tensor.data_ptr())
    ]
    return Regions(*np.array(rows, np.int64).reshape(-1, 3).T)


def joined(parts: Sequence[Regions]) -> Regions:
    """Return all regions that are not empty, sorted by their first byte."""
    begins, ends, owners = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = begins.argsort(kind="stable")
    order = order[ends[order] > begins[order]]
    return Regions(begins[order], ends[order], owners[order])


def sharing(written: Regions, read: Regions) -> list[tuple[int, int]]:
    """Return pairs of owners whose memory overlaps, if one of the two regions is written.

    An owner may be paired with itself.

    Args:
        written: regions that are written, as sorted by ``joined``.
        read: regions that are read, in any order.

    Returns:
        pairs of overlapping writes, in which each such owner appears; or, if there are none, pairs
        of a write and an overlapping read.
    """
    begins, ends, owners = written
    if not len(begins):
        return []
    reach = np.maximum.accumulate(ends)
    farthest = np.maximum.accumulate(np.where(ends == reach, np.arange(len(ends)), 0))
    behind = (begins[1:] < reach[:-1]).nonzero()[0]
    pairs = {(int(owners[farthest[i]]), int(owners[i + 1])) for i in behind}
    if not pairs:  # without overlaps, the ends are sorted too
        first = ends.searchsorted(read.begins, side="right")
        inside = (first < len(ends)) & (read.ends > read.begins)
        first = np.minimum(first, len(ends) - 1)
        found = (inside & (begins[first] < read.ends)).nonzero()[0]
        pairs = {(int(owners[first[i]]), int(read.owners[i])) for i in found}
    return sorted(pairs)
