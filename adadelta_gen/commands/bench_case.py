"""Shared code of the cases of ``bench`` that have a report of their own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from adadelta_gen.commands.console import announcing, warn_if_disturbed


def bench_case(
    case: str,
    run: Callable[[Callable[[str], None]], Any],
    table: Callable[[Any], Table],
    console: Console,
    output: Path,
    plot: Callable[[Any, Path], None] | None = None,
) -> None:
    """Measure a case, print its table, and write its figures and, if it has one, its plot."""
    with announcing(console) as announce:
        report = run(announce)
    console.print(table(report))
    warn_if_disturbed(report.disturbance, f"the case {case}")
    report.write(output)
    written = [output]
    if plot is not None:
        written.append(output.with_suffix(".png"))
        plot(report, written[1])
    console.print(f"written: {', '.join(map(str, written))}", soft_wrap=True)
