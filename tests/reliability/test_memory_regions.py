"""Which regions of memory overlap: ``step/memory.py`` compared with all pairs, one by one."""

import random

import numpy as np
import pytest
import torch

from adadelta_gen.step.memory import Regions, joined, regions_of, sharing


def regions(*rows):
    return Regions(*np.array(rows, np.int64).reshape(-1, 3).T)


def share(written, read):
    return sharing(joined([regions(*written)]), regions(*read))


def overlap(a, b):
    return max(a[0], b[0]) < min(a[1], b[1])


@pytest.mark.parametrize("seed", range(100))
def test_the_pairs_are_those_that_overlap(seed):
    dice = random.Random(seed)
    reach = dice.choice([8, 40, 200])

    def some(n, first):
        begins = [dice.randrange(reach) for _ in range(n)]
        return [(b, b + dice.choice([0, 1, 3, 9]), first + i) for i, b in enumerate(begins)]

    written, read = some(dice.randrange(6), 0), some(dice.randrange(6), 100)
    by_owner = {row[2]: row for row in (*written, *read)}
    writes = [{a[2], b[2]} for i, a in enumerate(written) for b in written[:i] if overlap(a, b)]
    reads = [{a[2], b[2]} for a in written for b in read if overlap(a, b)]
    pairs = share(written, read)
    assert all(overlap(by_owner[a], by_owner[b]) for a, b in pairs)
    if writes:  # each write that overlaps another one is named
        assert {owner for pair in pairs for owner in pair} == set().union(*writes)
    else:
        assert {b for _, b in pairs} == {b for pair in reads for b in pair if b >= 100}


def test_regions_that_touch_do_not_share():
    assert share([(0, 10, 1), (10, 20, 2)], [(20, 30, 3)]) == []
    assert share([(10, 20, 1)], [(0, 10, 2)]) == []


def test_the_owner_of_the_region_that_reaches_farthest_is_named():
    assert share([(0, 100, 1), (10, 20, 2), (30, 40, 3)], []) == [(1, 2), (1, 3)]


def test_an_owner_may_share_with_itself():
    assert share([(0, 10, 1), (5, 15, 1)], []) == [(1, 1)]


def test_tensors_are_regions_from_their_first_to_their_last_element():
    base = torch.zeros(10, dtype=torch.float64)
    begins, ends, owners = regions_of([(base[2:], 7), (base[::3], 8), (torch.zeros(0), 9)])
    assert (begins - base.data_ptr()).tolist() == [16, 0]
    assert (ends - base.data_ptr()).tolist() == [80, 80]
    assert owners.tolist() == [7, 8]
