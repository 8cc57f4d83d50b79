"""Settings for Numba that somebody left in the environment: an error names them."""

import pytest

from reliability.child import run

STEP = """
import torch
from adadelta_gen import Adadelta

p = torch.nn.Parameter(torch.ones(3))
p.grad = torch.ones(3)
try:
    Adadelta([p]).step()
except RuntimeError as error:
    print(error)
assert p.eq(1).all() == bool({refused})
"""


@pytest.mark.parametrize("setting", ["NUMBA_DISABLE_JIT=1", "NUMBA_OPT=0", "NUMBA_DEBUGINFO=1"])
def test_what_keeps_numba_from_compiling(setting, tmp_path):
    name, value = setting.split("=")
    environment = {name: value, "ADADELTA_GEN_CACHE_DIR": str(tmp_path)}
    message = run(STEP.format(refused=True), **environment)
    assert "could not compile" in message
    assert setting in message
    assert "fused=False" in message


def test_what_does_not(tmp_path):
    environment = {"NUMBA_BOUNDSCHECK": "1", "ADADELTA_GEN_CACHE_DIR": str(tmp_path)}
    assert run(STEP.format(refused=False), **environment) == ""
