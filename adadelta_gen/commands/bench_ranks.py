"""``bench --ranks``: measure the step of many processes on one machine."""

from pathlib import Path

from rich.console import Console

from adadelta_gen.commands.console import announcing, fail, warn_if_disturbed


def bench_ranks(
    console: Console,
    ranks: int,
    names: list[str] | None,
    dtype: str | None,
    seconds: float,
    output: Path,
) -> None:
    """Measure one process alone and several together; print and write both."""
    from concurrent.futures.process import BrokenProcessPool

    from adadelta_gen.bench import cases
    from adadelta_gen.bench.ranks import CASE_NAMES, run
    from adadelta_gen.bench.report import ranks_table

    names = names or list(CASE_NAMES)
    dtype = dtype or "float32"
    command = ["adadelta-gen bench", f"--ranks {ranks}", f"--dtype {dtype}"]
    command += [f"--case {name}" for name in names]
    command += [f"--seconds {seconds:g}", f"--output {output}"]
    chosen = cases.chosen(names, dtype, cases.CASES)
    try:
        with announcing(console) as announce:
            report = run(chosen, ranks, seconds, " ".join(command), announce)
    except BrokenProcessPool:
        fail("a rank was killed, perhaps for lack of memory: use fewer ranks or a smaller --case")
    console.print(ranks_table(report))
    for result in report.results:
        warn_if_disturbed(result.disturbance, f"{result.title}, {result.dtype}", ranks)
    report.write(output)
    console.print(f"written: {output}", soft_wrap=True)
