"""The part ``generator``: a few cases, and faults in the writing of files that it has to notice."""

import pytest
from reliability import system_calls

from soak.parts import generator

pytestmark = pytest.mark.skipif(bool(system_calls.missing()), reason=system_calls.missing())


@pytest.mark.parametrize("seed", [0, 1])
def test_killed_and_attacked_runs_are_repaired(seed):
    assert generator.case(seed).endswith("repaired")


def test_ten_processes_at_once():
    assert generator.case(19) == "ten processes at once"


IN_PIECES = """
def in_pieces(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb", buffering=0) as file:
        for i in range(8):
            file.write(text.encode()[i * len(text) // 8 : (i + 1) * len(text) // 8])
files._replace = in_pieces
"""
LEFT = "files._abandoned = lambda folder, expected: []"
RAISES = "GeneratedCodeError = OSError = KeyError"
FOREIGN = "files._has_mark = lambda path: True"


@pytest.mark.parametrize(
    ("fault", "seed", "message"),
    [
        pytest.param(IN_PIECES, 0, "is neither the old nor the new file", id="not atomic"),
        pytest.param(LEFT, 1, "not repaired: .*adadelta_gen-", id="temporary files stay"),
        pytest.param(RAISES, 1, "Traceback", id="errors are not caught"),
        pytest.param(FOREIGN, 0, "not repaired: .*own.py", id="foreign files are removed"),
    ],
)
def test_a_fault_is_noticed(monkeypatch, fault, seed, message):
    child = generator.GENERATE.replace("folders =", f"{fault}\nfolders =", 1)
    monkeypatch.setattr(generator, "GENERATE", child)
    with pytest.raises(AssertionError, match=message):
        generator.case(seed)
