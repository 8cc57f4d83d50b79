"""`make memcheck` reports errors of native code, and no others."""

import pytest
from kernels.mutations import LOOP
from reliability.verification_mutations import UNCHANGED, mutated
from reliability.verification_scenarios import SCENARIOS

from adadelta_gen.cpu import kernels
from adadelta_gen.paths import TEMPLATES
from adadelta_gen.spec import KernelSpec
from memcheck import libraries, log
from memcheck.valgrind import missing, under_valgrind

LOG = """\
==7== Memcheck, a memory error detector
==7== Command: harness
==7==
**7** case: first
==7== Conditional jump or move depends on uninitialised value(s)
==7==    at 0x4A2C3D: PyObject_Malloc (in /usr/bin/python3)
==7==    by 0x4A2C99: main (in /usr/bin/python3)
==7==
**7** runs: 2
**7** runs: 3
**7** case: second
==7== Invalid write of size 4
==7==    at 0x48535C0: {where}
==7==    by 0x109D09: main (harness.c:140)
==7==  Address 0x4a43870 is 0 bytes after a block of size 0 alloc'd
==7==    at 0x48417B4: malloc (in /usr/libexec/vgpreload_memcheck.so)
==7==    by 0x109214: adadelta_step (in /tmp/adadelta_step.so)
==7==
**7** case: end of second
**7** exit status: 0
"""
NATIVE = "adadelta_cpu_float32_min_nowd (in /tmp/x/adadelta_cpu_float32_min_nowd.so)"


def cases_of(text):
    return {case.name: case for case in log.read(text)}


def test_an_error_with_a_frame_in_native_code_is_ours():
    cases = cases_of(LOG.format(where=NATIVE))
    assert cases["first"].errors == []
    assert (cases["first"].foreign, cases["first"].counts["runs"]) == (1, 5)
    (error,) = cases["second"].errors
    assert error.startswith("Invalid write of size 4\n")
    assert log.failures(list(cases.values())) == [f"second: {error}"]


def test_an_error_elsewhere_is_not():
    """Also if native code allocated the memory: an allocation is not an access."""
    cases = cases_of(LOG.format(where="memcpy (in /usr/lib/libc.so.6)"))
    assert (cases["second"].errors, cases["second"].foreign) == ([], 1)
    assert log.failures(list(cases.values())) == []


@pytest.mark.parametrize(
    ("old", "new", "failure"),
    [
        ("exit status: 0", "exit status: 11", "second: exit status 11"),
        ("case: end of second", "case: end of third", "third: it did not run"),
        ("case: first", "case: broken: first", "broken: first: memcheck reports nothing"),
    ],
)
def test_a_run_that_shows_nothing_is_a_failure(old, new, failure):
    text = LOG.format(where="memcpy (in /usr/lib/libc.so.6)").replace(old, new)
    assert log.failures(list(log.read(text))) == [failure]


def test_memcheck_reports_an_access_outside(tmp_path):
    """The harness with one kernel and one sum of squares; `make memcheck` has all of them."""
    if why := missing():
        pytest.skip(why)
    spec = KernelSpec("cpu", "bfloat16", weight_decay=True, dithered=True)
    texts = kernels.kernel_text(spec), kernels.finder_text("float16")
    libraries.build_programs(tmp_path)
    for text in texts:
        libraries.build_function(text, libraries.CPUS["AVX2"], tmp_path / "AVX2")
    lines = [
        line
        for line in libraries.kernel_cases(tmp_path)
        if any(f"/AVX2/{text.name}.so\t" in line for text in texts)
    ]
    result = under_valgrind([str(tmp_path / "harness")], "".join(lines), tmp_path / "logs")
    assert result.failure == ""
    assert log.failures(result.cases) == []
    assert sum(case.name.startswith("broken: ") for case in result.cases) == 4
    assert sum(case.counts["runs"] > 1000 for case in result.cases) >= 2


def test_the_broken_functions_still_change_their_sources():
    template = (TEMPLATES / LOOP).read_text(encoding="utf-8")
    for line, becomes in libraries.BROKEN_KERNELS.values():
        assert template.count(line) == 1
        assert template.replace(line, becomes) != template
    source = mutated(UNCHANGED)
    for mutant in libraries.BROKEN_STEPS.values():
        assert mutated(mutant) != source
        assert mutant.noticed_by in SCENARIOS


def test_without_valgrind_it_says_what_to_install(monkeypatch):
    if "apt-get" not in (why := missing()) and why:
        pytest.skip(why)
    monkeypatch.setenv("PATH", "")
    assert "apt-get install valgrind gcc" in missing()
