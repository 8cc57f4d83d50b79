"""The division of rows into segments and chunks, which threads take one after the other."""

import random
from itertools import pairwise

import numpy as np
import pytest
import torch

from adadelta_gen.cpu.launch import CHUNK, Launch, _cut
from adadelta_gen.native import abi


@pytest.mark.parametrize("seed", range(20))
def test_chunks_hold_every_element_once_and_are_as_large_as_possible(seed):
    dice = random.Random(seed)
    sizes = [
        0,
        1,
        CHUNK - 1,
        CHUNK,
        CHUNK + 1,
        3 * CHUNK,
        *(dice.randrange(CHUNK) for _ in "12345"),
    ]
    dice.shuffle(sizes)
    words, chunks = _cut(list(enumerate(sizes, 7)))
    assert abi.SEGMENT_WORDS == 3
    segments = [tuple(words[i : i + 3]) for i in range(0, len(words), 3)]
    expected = [
        (row, first, min(CHUNK, size - first))
        for row, size in enumerate(sizes, 7)
        for first in range(0, max(size, 1), CHUNK)
    ]
    assert segments == expected
    assert (chunks[0], chunks[-1]) == (0, len(segments))
    taken = [sum(n for *_, n in segments[a:b]) for a, b in pairwise(chunks)]
    assert max(taken) <= CHUNK
    following = [segments[begin][2] for begin in chunks[1:-1]]
    assert all(n + after > CHUNK for n, after in zip(taken, following, strict=False))


def launch(sizes, scalars):
    words = np.zeros(abi.LAUNCH_WORDS, np.int64)
    rows = np.zeros((len(sizes), abi.ROW_WORDS), np.int64)
    return Launch(torch.device("cpu"), rows, list(enumerate(sizes)), scalars, words), words


@pytest.mark.parametrize("n", [1, 2, 5])
def test_native_code_is_told_the_number_of_chunks(n):
    """It asks for as many threads at most."""
    made, words = launch([CHUNK] * n, np.ones(7, np.float32))
    assert words[abi.L_N_CHUNKS] == made._job[abi.N_CHUNKS] == n


@pytest.mark.parametrize(("inv_scale", "is_written"), [(1, 0), (2, 1), (0.5, 1), (np.nan, 1)])
def test_grads_are_written_back_only_if_they_are_scaled(inv_scale, is_written):
    scalars = np.ones(7, np.float32)
    made, _ = launch([3], scalars)
    scalars[abi.INV_SCALE] = inv_scale
    made.set_scalars()
    assert made._job[abi.UNSCALE] == is_written
