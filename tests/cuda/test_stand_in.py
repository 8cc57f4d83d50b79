"""The optimizer with the real ``cuda.bindings``, driver and launches, on a stand-in for libcuda.

It is loaded in child processes only: a torch that is built for CUDA must not find it here.
"""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest
from reliability.child import run
from stand_in import compiled, compiler, why_not
from stand_in.scenarios import GROUPS

HERE = Path(__file__).parent
PATH = os.pathsep.join((str(HERE), str(HERE.parent)))
SCRIPT = """
    import sys
    from stand_in import scenarios

    scenarios.run(*sys.argv[1:])
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    if why := why_not():
        pytest.skip(why)
    return compiled(tmp_path_factory.mktemp("driver"))


@pytest.mark.parametrize("group", GROUPS)
def test_scenarios(library, group):
    names = [scenario.__name__ for scenario in GROUPS[group]]
    assert run(SCRIPT, library, group, PYTHONPATH=PATH).split() == names


def test_a_missing_driver_is_a_reason():
    """The bindings are installed, but no driver."""
    if find_spec("cuda") is None or find_spec("cuda.bindings") is None:
        pytest.skip("cuda.bindings is not installed")
    if "real" in why_not():
        pytest.skip(why_not())
    script = "from adadelta_gen.cuda import driver; print(driver.unavailable())"
    said = run(script)  # the error of cuda.bindings: 12.8 words it differently from later versions
    assert "libcuda" in said or "driver library" in said


def test_a_compiler_error_is_shown(tmp_path, monkeypatch):
    """The error contains its messages; without a compiler, tests are skipped."""
    if compiler() is None:
        pytest.skip("no C compiler")
    monkeypatch.setattr("stand_in.FLAGS", ("-no-such-flag",))
    with pytest.raises(RuntimeError, match="no-such-flag"):
        compiled(tmp_path)
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CC", raising=False)
    assert compiler() is None
