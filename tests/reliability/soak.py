"""How thorough the tests are: ``make soak`` has them take minutes, CI a sample."""

import os

import pytest

SOAK = os.environ.get("ADADELTA_GEN_SOAK") == "1"
thorough = pytest.mark.skipif(not SOAK, reason="takes long: make soak")
