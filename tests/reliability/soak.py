"""Thoroughness of the tests: all cases with ``make soak``, a sample in CI."""

import os

import pytest

SOAK = os.environ.get("ADADELTA_GEN_SOAK") == "1"
thorough = pytest.mark.skipif(not SOAK, reason="takes long: make soak")
