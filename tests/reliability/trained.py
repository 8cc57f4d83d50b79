"""Two optimizers during training, and a check that corruption raises an error."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
import torch
from parity.support import Pair, random, snapshot

VICTIM = "parameter 1 ('d') of group 1 "


def trained(dtype: torch.dtype = torch.float32) -> Pair:
    """Return two groups of two named params each after two steps; the last one is the victim."""
    pair = Pair(
        [
            {"params": [("a", random(5, dtype=dtype)), ("b", random(3, 4, dtype=dtype))]},
            {"params": [("c", random(6, dtype=dtype)), ("d", random(2, 3, dtype=dtype))]},
        ],
        weight_decay=0.1,
    )
    pair.step(2)
    return pair


@contextmanager
def resized(storage: torch.UntypedStorage, size: int) -> Iterator[None]:
    """Free or shrink a storage, and restore it afterwards, because a failing test may print it."""
    old = storage.clone()
    storage.resize_(size)
    try:
        yield
    finally:
        storage.resize_(len(old))
        storage.copy_(old)


def assert_refused(
    pair: Pair, corruption: AbstractContextManager[None], words: str, remedy: str
) -> None:
    """Fail unless the step names the victim, writes nothing, and works after the repair.

    Args:
        pair: result of ``trained``.
        corruption: context manager that corrupts the victim of ours, and repairs it at exit.
        words: pattern of the error in the message.
        remedy: pattern of the remedy in the message.
    """
    before = snapshot(pair.ours)
    pair.random_grads()
    with corruption:
        with pytest.raises(RuntimeError, match=words) as raised:
            pair.ours.step()
        with pytest.raises(RuntimeError, match=words):
            pair.ours.step()  # steps work again, without a partly built table
    assert re.search(re.escape(VICTIM), str(raised.value))
    assert re.search(remedy, str(raised.value)), "the message does not say what to do"
    for tensor, old in zip(snapshot(pair.ours), before, strict=True):
        assert torch.equal(tensor, old), "something was written"
    pair.step_with_grads()
    pair.step()
