"""The mutants that are made of a module, and how tests judge them."""

import json
import sys
from pathlib import Path

import pytest
from reliability.child import run

from adadelta_gen.paths import PACKAGE
from mutation.__main__ import RECORD, summary, table
from mutation.changes import mutants_of
from mutation.explained import EXPLAINED, explains
from mutation.judged import Judged

SOURCE = """
LIMIT = 3

def first(values, limit=1):
    "Return the first value below a limit."
    for value in values:
        if value < limit and value != 0:
            return value
    return None


class Counter:
    def __init__(self):
        self.count = 0

    def add(self, lock, amount):
        assert amount
        with lock:
            self.check(amount)
            self.count += amount
        return not self.count
"""
MUTANTS = [
    ("first", "if value < limit and value != 0:", "if not (value < limit and value != 0):"),
    ("first", "if value < limit and value != 0:", "if value < limit or value != 0:"),
    ("first", "if value < limit and value != 0:", "if value != 0:"),
    ("first", "if value < limit and value != 0:", "if value < limit:"),
    ("first", "if value < limit and value != 0:", "if value <= limit and value != 0:"),
    ("first", "if value < limit and value != 0:", "if value >= limit and value != 0:"),
    ("first", "if value < limit and value != 0:", "if value < limit and value == 0:"),
    ("first", "if value < limit and value != 0:", "if value < limit and value != 1:"),
    ("first", "return value", "pass"),
    ("first", "return None", "pass"),
    ("Counter.__init__", "self.count = 0", "pass"),
    ("Counter.__init__", "self.count = 0", "self.count = 1"),
    ("Counter.add", "with lock:", "pass"),
    ("Counter.add", "self.check(amount)", "pass"),
    (
        "Counter.add",
        "self.check(amount); self.count += amount",
        "self.count += amount; self.check(amount)",
    ),
    ("Counter.add", "self.count += amount", "pass"),
    ("Counter.add", "self.count += amount", "self.count -= amount"),
    ("Counter.add", "return not self.count", "pass"),
    ("Counter.add", "return not self.count", "return self.count"),
]
TESTS = """
from thing import Counter, first
from contextlib import nullcontext

class Checked(Counter):
    def check(self, amount):
        pass

def test_first():
    assert first([5, 0, -2, -3], 1) == -2
    assert first([1]) is None

def test_counter():
    counter = Checked()
    counter.add(nullcontext(), 2)
    assert counter.count == 2

def test_that_fails():
    assert first([0]) == 0
"""


@pytest.fixture
def module(tmp_path):
    path = tmp_path / "thing.py"
    path.write_text(SOURCE, encoding="utf-8")
    return path


def test_the_mutants_of_a_module(module):
    made = [(m.function, m.before, m.after) for m in mutants_of(module)]
    assert sorted(made) == sorted(MUTANTS)


def test_a_mutant_changes_one_function_only(module):
    def functions(code):
        first, counter = (part for part in code.co_consts if hasattr(part, "co_code"))
        of_class = (part for part in counter.co_consts if hasattr(part, "co_code"))
        return {part.co_qualname: part for part in (first, *of_class)}

    before = functions(compile(SOURCE, str(module), "exec"))
    for mutant in mutants_of(module):
        now = functions(mutant.code())
        assert {name for name in now if now[name] != before[name]} == {mutant.function}


@pytest.mark.skipif(sys.platform != "linux", reason="forks processes that may die")
def test_mutants_are_noticed_by_the_tests_that_execute_them(module):
    (module.parent / "test_thing.py").write_text(TESTS, encoding="utf-8")
    out = run(
        """
        import sys
        from pathlib import Path
        module, tests = Path(sys.argv[1]), sys.argv[2]
        sys.path[:0] = [tests, str(module.parent)]
        import thing
        from mutation.by_tests import Tests
        from mutation.changes import mutants_of
        def work():
            for mutant, how in runner.judge(mutants_of(module)):
                print("|".join((str(mutant), how.split("::")[-1])), file=sys.stderr)
        runner = Tests([str(module.parent), "--rootdir", str(module.parent)], {module: ()})
        sys.stderr = open(module.parent / "judged", "w")
        runner.run(work)
        assert len(runner.left_out) == 1
        sys.stderr.close()
        """,
        module,
        Path(__file__).parent.parent,
    )
    lines = (module.parent / "judged").read_text(encoding="utf-8").splitlines()
    judged = dict(line.split("|") for line in lines)
    assert len(judged) == len(MUTANTS), out
    unnoticed = {mutant for mutant, how in judged.items() if not how}
    assert unnoticed == {
        "first: return None => pass",
        "Counter.add: with lock: => pass",
        "Counter.add: self.check(amount) => pass",
        "Counter.add: self.check(amount); self.count += amount"
        " => self.count += amount; self.check(amount)",
        "Counter.add: return not self.count => pass",
        "Counter.add: return not self.count => return self.count",
    }
    assert judged["first: return value => pass"] == "test_first"
    assert judged["Counter.add: self.count += amount => pass"] == "test_counter"


def test_a_mutant_that_is_neither_noticed_nor_explained_is_listed():
    found = [
        Judged("checks", "left out", "test_a fails"),
        Judged("checks", "the same", "", "it has no effect"),
        Judged("checks", "wrong", ""),
        Judged("order", "exchanged", "test_b fails"),
    ]
    kinds = summary(found, every=1)["kinds"]
    assert kinds["checks"] == {
        "every": 1,
        "mutants": 3,
        "noticed": 1,
        "explained": {"the same": "it has no effect"},
        "unnoticed": ["wrong"],
    }
    assert "| checks | 3 | 1 | 1 |" in table({"kinds": kinds})
    assert kinds["order"]["unnoticed"] == []


def test_every_explanation_belongs_to_a_mutant():
    modules = {module for module, *_ in EXPLAINED}
    mutants = {module: set(map(str, mutants_of(PACKAGE / module))) for module in modules}
    for module, text, reason in EXPLAINED:
        assert reason
        assert any(explains(text, mutant) for mutant in mutants[module]), (module, text)


def test_the_record_lists_no_mutant_that_is_neither_noticed_nor_explained():
    kinds = json.loads(RECORD.read_text(encoding="utf-8"))["kinds"]
    assert kinds
    assert [name for row in kinds.values() for name in row["unnoticed"]] == []
