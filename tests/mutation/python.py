"""Mutants of the Python code of a step, judged by the tests that execute the changed line."""

from collections.abc import Iterable, Iterator

from adadelta_gen.paths import PACKAGE
from mutation.by_tests import Tests
from mutation.changes import mutants_of
from mutation.explained import why
from mutation.judged import Judged

# By module: files of tests that often notice its mutants, and therefore run first.
MODULES: dict[str, tuple[str, ...]] = {
    "optimizer.py": ("test_constructor", "test_checkpoints", "test_loading", "test_groups"),
    "step/update.py": ("test_mixed_groups", "options/", "test_step_threads", "test_faults_small"),
    "step/plan.py": ("test_explain", "test_demanded", "test_fallback", "test_mixed_groups"),
    "step/table.py": (
        *("test_tables", "test_mixed_groups", "test_layouts", "options/", "test_histories"),
        *("test_dtensors", "test_faults_legitimate"),
    ),
    "step/groups.py": ("test_group_edits", "test_schedulers", "test_faults_small"),
    "step/rows.py": ("test_one_rank", "test_dithered_rounding", "test_layouts", "test_histories"),
    "step/numbers.py": ("test_faults_small", "test_torch_suite_tensor_lr"),
    "step/examine.py": ("test_corrupted", "test_fallback", "test_faults_", "test_explain"),
    "step/kinds.py": ("test_state_dtype", "test_narrow_states", "test_dithered_rounding"),
    "step/copies.py": ("test_layouts", "test_grads"),
    "step/memory.py": ("test_memory_regions", "test_faults_aliases"),
    "options/amp.py": ("test_amp_scaling",),
    "options/clipping.py": ("test_clipping", "test_grad_norm"),
    "options/nonfinite.py": ("test_nonfinite",),
    "options/state_format.py": ("test_state_dtype", "test_narrow_states"),
    "cpu/launch.py": ("test_chunks", "test_step_threads", "options/"),
    "cuda/launch.py": ("cuda/",),
}
# Tests that run in the process that has the change, and take no longer than seconds.
TESTS = (
    *("parity", "options", "diagnostics", "kernels/test_chunks.py", "kernels/test_counting.py"),
    *("cuda/test_optimizer_simulated.py", "cuda/test_copies_simulated.py", "cuda/test_scaling.py"),
    *(
        "cuda/test_device_counters.py",
        "cuda/test_launch.py",
        "distributed/test_one_rank.py",
        "run/test_watch.py",
    ),
    *(
        f"reliability/test_{name}.py"
        for name in (
            *("faults_aliases", "corrupted_params", "corrupted_states", "legitimate_changes"),
            *("faults_legitimate", "faults_modes", "faults_small", "faults_counters"),
            *("faults_memory", "faults_wrapping", "faults_threads", "mixed_groups", "histories"),
            *("keep_alive", "step_memory", "step_threads", "life_of_a_parameter"),
            *("memory_regions", "tables", "without_shim"),
        )
    ),
)
LONG = (
    *("compile", "trajectory", "training", "distance", "resume", "torch_suite_training"),
    "distributed_state_dict",
)


def judged(every: int, modules: Iterable[str] = MODULES) -> Iterator[Judged]:
    paths = {PACKAGE / module: MODULES[module] for module in modules}
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
