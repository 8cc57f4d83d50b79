"""Judge mutants of Python modules in forked processes, by the tests that execute their line.

pytest collects the tests once. A forked process runs all of them and notes which lines each
executes. Then each mutant gets a process: its function is changed there, and the tests that execute
the line run until one fails, quick ones first, and one variant of each test before the others.
"""

import gc
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import coverage
import pytest
import torch
from reliability import child

from adadelta_gen import Adadelta, registry
from adadelta_gen.spec import specs_of
from mutation.changes import Mutant
from mutation.forks import forked
from mutation.live import caches, change, functions_of

LONGEST_TEST = 20  # seconds; longer tests are left out
SECONDS = 60.0  # of tests for one mutant
HANGS = 600  # seconds


class Test(NamedTuple):
    """A test, and how long it took on the unchanged package."""

    name: str
    seconds: float


class Tests:
    """The tests that pytest collects, and the lines that each of them executes.

    Args:
        arguments: files, folders and options for pytest.
        paths: modules that will be changed; for each, files of tests that run before the others.

    Attributes:
        left_out: tests that fail in a forked process.
    """

    def __init__(self, arguments: list[str], paths: dict[Path, tuple[str, ...]]) -> None:
        self._arguments = arguments
        self._paths = paths
        self._items: dict[str, Any] = {}
        self._failed = ""
        self._by_line: dict[tuple[str, int], list[Test]] = {}
        self.left_out: list[str] = []

    def run(self, work: Callable[[], None]) -> None:
        """Collect the tests, and call a function that may use ``judge``."""
        self._work = work
        child.run = _skipped  # a new process would import the unchanged modules
        options = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
        options += ["--timeout", str(LONGEST_TEST), "-m", "not cuda"]
        pytest.main([*options, *self._arguments], plugins=[self])

    # Hooks of pytest

    def pytest_runtestloop(self, session: Any) -> bool:
        self._items = {item.nodeid: item for item in session.items}
        _prepare()
        self._functions, self._caches = functions_of(self._paths), caches()
        gc.freeze()  # a collection in a forked process would copy all memory
        ((_, outcome),) = forked([("", self._baseline)], 3600)
        assert outcome.status == 0, outcome
        lines, self.left_out = json.loads(outcome.said)
        for path, line, tests in lines:
            self._by_line[path, line] = [Test(*test) for test in tests]
        self._work()
        return True

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self._failed = report.nodeid

    def _baseline(self) -> str:
        """Run all tests; return the tests of each line, and the tests that cannot be used."""
        measure = coverage.Coverage(
            data_file=None, config_file=False, include=list(map(str, self._paths))
        )
        measure.start()
        seconds, left_out = {}, []
        for name in self._items:
            measure.switch_context(name)
            begin = time.perf_counter()
            if self._fails(name):
                left_out.append(name)
            seconds[name] = time.perf_counter() - begin
        measure.stop()
        variants: dict[str, Iterator[int]] = defaultdict(count)
        rank = {name: next(variants[name.split("[")[0]]) for name in sorted(seconds)}
        usable = sorted(seconds.keys() - set(left_out), key=lambda n: (rank[n], seconds[n]))
        lines = []
        for path in self._paths:
            for line, names in measure.get_data().contexts_by_lineno(str(path)).items():
                executing = set(names)
                tests = [(name, seconds[name]) for name in usable if name in executing]
                lines.append((str(path), line, tests))
        return json.dumps([lines, left_out])

    def _fails(self, name: str) -> bool:
        self._failed = ""
        item = self._items[name]
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        return bool(self._failed)

    def tests_of(self, mutant: Mutant) -> list[str]:
        """Return the tests for a mutant, in the order in which they run."""
        path = str(mutant.path)
        # Python counts not every line of a long statement, nor every ``continue``, as executed.
        lines = (path, mutant.line), *((path, mutant.statement - i) for i in range(5))
        executing: list[Test] = next(filter(None, map(self._by_line.get, lines)), [])
        first = self._paths[mutant.path]
        executing = sorted(executing, key=lambda test: not any(f in test.name for f in first))
        chosen, total = [], 0.0
        for test in executing:
            total += test.seconds
            if total > SECONDS and chosen:
                break
            chosen.append(test.name)
        return chosen

    def judge(self, mutants: Iterable[Mutant]) -> Iterator[tuple[Mutant, str]]:
        """Return each mutant with what notices it, or with an empty string."""

        def work(mutant: Mutant) -> Callable[[], str]:
            code = mutant.code()

            def run() -> str:
                change(self._functions, code)
                for cache in self._caches:
                    cache.cache_clear()
                return next((name for name in self.tests_of(mutant) if self._fails(name)), "")

            return run

        for mutant, outcome in forked(((m, work(m)) for m in mutants), HANGS):
            how = outcome.said
            if outcome.status:
                how = how or f"the process ends with status {outcome.status}"
            yield mutant, how


def _skipped(*arguments: object, **options: object) -> str:
    pytest.skip("needs a new process")


def _prepare() -> None:
    """Do once what every forked process needs. Must start no thread that would be missing there."""
    torch.set_num_threads(1)
    for spec in specs_of("cpu"):
        registry.load(spec)
    for kind in (Adadelta, torch.optim.Adadelta):
        p = torch.nn.Parameter(torch.ones(3))
        p.grad = torch.ones(3)
        kind([p]).step()
