"""A case of the part ``checkpoint_files``, and faults that it has to notice."""

import os
import time

import pytest
import torch

if not torch.distributed.is_available():
    pytest.skip("torch is built without torch.distributed", allow_module_level=True)
if not hasattr(os, "fork"):
    pytest.skip("the part forks", allow_module_level=True)

from adadelta_gen import Adadelta
from adadelta_gen.commands import checkpoint
from soak.forked import forked
from soak.parts import checkpoint_files


def test_damaged_checkpoints_end_as_with_torch():
    words = checkpoint_files.case(1)
    assert words.total() >= 2 * checkpoint_files.FILES


def test_a_load_that_loses_a_count_is_noticed(monkeypatch):
    def load(optimizer, saved):
        original(optimizer, saved)
        for state in optimizer.state.values():
            state["step"] = state["step"] - 1

    original = Adadelta.load_state_dict
    monkeypatch.setattr(Adadelta, "load_state_dict", load)
    monkeypatch.setattr(checkpoint_files, "damage", lambda dice, path: "undamaged")
    with pytest.raises(AssertionError, match="step of parameter"):
        checkpoint_files.case(0)


def test_a_traceback_of_explain_is_noticed(monkeypatch):
    def loaded(path):
        raise KeyboardInterrupt  # no Exception, so that `read` does not catch it

    monkeypatch.setattr(checkpoint, "_loaded", loaded)
    with pytest.raises(AssertionError, match="explain"):
        checkpoint_files.case(0)


def test_the_end_of_a_child_is_noticed():
    assert forked(lambda: 3) == (3, "", "")
    assert "ZeroDivisionError" in forked(lambda: 1 / 0).error
    assert forked(os.abort).death == "SIGABRT"
    assert "no end" in forked(lambda: time.sleep(60), seconds=0.1).death
    assert "not enough memory" in forked(lambda: torch.ones(1 << 34)).error
