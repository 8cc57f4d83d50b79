"""docs/life_of_a_parameter.md names the functions that a step calls, in their order."""

import re
import sys

import torch
from snippets import DOCS

from adadelta_gen import Adadelta


def functions_on_the_page(title):
    text = (DOCS / "life_of_a_parameter.md").read_text(encoding="utf-8")
    section = text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| `(\S+\.py)` \| `([^`]+)` \|", section, flags=re.MULTILINE)


def functions_of(step):
    called = []

    def note(frame, event, argument):
        _, package, file = frame.f_code.co_filename.rpartition("adadelta_gen/")
        if event == "call" and package:
            called.append((file, frame.f_code.co_qualname))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        step()
    finally:
        sys.setprofile(before)
    return called


def steps():
    weight = torch.nn.Parameter(torch.tensor([1.0, 2.0, 3.0]))
    optimizer = Adadelta([("weight", weight)])
    for _ in range(2):
        weight.grad = torch.tensor([0.5, -0.5, 0.0])
        yield functions_of(optimizer.step)


def test_the_page_names_what_a_step_calls():
    first, second = steps()
    rest = iter(first)
    for function in functions_on_the_page("The first step"):
        assert function in rest, f"{function} is not called, or not in this place"
    assert functions_on_the_page("An ordinary step") == second


def test_the_page_names_functions_of_the_native_step():
    text = (DOCS / "life_of_a_parameter.md").read_text(encoding="utf-8")
    section = text.partition("\n## In the native call\n")[2].partition("\n## ")[0]
    source = (DOCS.parent / "adadelta_gen" / "native" / "step.py").read_text(encoding="utf-8")
    names = re.findall(r"^\| `(_\w+)` \|", section, flags=re.MULTILINE)
    assert len(names) > 5
    assert [name for name in names if f"def {name}(" not in source] == []
