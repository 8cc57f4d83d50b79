"""Mutants of the Python code of a step, judged by the tests that execute the changed line."""

from collections.abc import Iterator

from adadelta_gen.paths import PACKAGE
from mutation.by_tests import Tests
from mutation.changes import mutants_of
from mutation.explained import why
from mutation.judged import Judged

MODULES = (
    *("optimizer.py", "step/update.py", "step/plan.py", "step/table.py", "step/groups.py"),
    *("step/rows.py", "step/numbers.py", "step/examine.py", "step/kinds.py", "step/copies.py"),
    *("step/memory.py", "options/amp.py", "options/clipping.py", "options/nonfinite.py"),
    *("options/state_format.py", "cpu/launch.py", "cuda/launch.py"),
)
# Tests that run in the process that has the change, and take no longer than seconds.
TESTS = (
    *("parity", "options", "diagnostics", "kernels/test_threads.py", "kernels/test_counting.py"),
    *("cuda/test_optimizer_simulated.py", "cuda/test_copies_simulated.py", "cuda/test_scaling.py"),
    "cuda/test_device_counters.py",
    *(
        f"reliability/test_{name}.py"
        for name in (
            *("faults_aliases", "corrupted_params", "corrupted_states", "legitimate_changes"),
            *("faults_legitimate", "faults_modes", "faults_small", "faults_counters"),
            *("faults_memory", "faults_wrapping", "faults_threads", "mixed_groups", "histories"),
            *("keep_alive", "step_memory", "step_threads", "random_edits", "life_of_a_parameter"),
        )
    ),
)
LONG = (
    *("compile", "trajectory", "training", "distance", "resume", "torch_suite_training"),
    "distributed_state_dict",
)


def judged(every: int) -> Iterator[Judged]:
    paths = [PACKAGE / module for module in MODULES]
    tests = PACKAGE.parent / "tests"
    arguments = [str(tests / name) for name in TESTS]
    arguments += [f"--ignore={tests}/parity/test_{name}.py" for name in LONG]
    sweep = f"{tests}/cuda/test_copies_simulated.py::test_edits_between_lines"
    arguments += ["--deselect", sweep]
    found = []

    def work() -> None:
        made = (mutant for path in paths for mutant in mutants_of(path))
        chosen = (mutant for number, mutant in enumerate(made) if number % every == 0)
        for mutant, how in runner.judge(chosen):
            module = str(mutant.path.relative_to(PACKAGE))
            kind = f"Python: {module}"
            found.append(Judged(kind, str(mutant), how, why(module, str(mutant))))

    runner = Tests(arguments, paths)
    runner.run(work)
    yield from found
