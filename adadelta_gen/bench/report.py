"""Tables of the benchmarks for terminals, logs and Markdown pages."""

from collections.abc import Iterable, Iterator

from rich import box
from rich.table import Table

from adadelta_gen.bench import (
    bandwidth,
    changes,
    check,
    code,
    goals,
    iterations,
    launches,
    limit,
    ranks,
)
from adadelta_gen.bench.cases import OURS
from adadelta_gen.bench.disturbance import too_much
from adadelta_gen.bench.measure import Result, Timing
from adadelta_gen.bench.rivals import NAMES
from adadelta_gen.bench.suite import RESIDENT_CASE, Report


def tables(report: Report) -> Iterator[Table]:
    """Return the tables of a report, in the order of printing."""
    yield _steps(report.results)
    if report.overhead:
        yield _costs(report)
    if report.startup:
        yield _startup(report.startup)


def _steps(results: tuple[Result, ...]) -> Table:
    table = Table(box=box.MARKDOWN, title_justify="left", title="Step time")
    for column in ("case", "dtype", "optimizer"):
        table.add_column(column)
    for column in ("median", "quartiles", "/ ours", "target", "temporary", "first step"):
        table.add_column(column, justify="right")
    for result in results:
        for i, timing in enumerate(result.timings):
            first = (result.title, result.dtype) if i == 0 else ("", "")
            table.add_row(*first, *_cells(timing, too_much(result.disturbance)))
    return table


def _cells(timing: Timing, disturbed: bool) -> tuple[str, ...]:
    target = ""
    if timing.target is not None:
        target = f"{timing.target:g} {goals.verdict(timing.target, timing.ratio, disturbed)}"
    return (
        timing.rival,
        duration(timing.seconds),
        f"{duration(timing.lower)} - {duration(timing.upper)}",
        f"{timing.ratio:.2f}",
        target,
        "unknown" if timing.temporary_bytes is None else size(timing.temporary_bytes),
        duration(timing.warm_up_seconds),
    )


def _costs(report: Report) -> Table:
    table = Table(box=box.MARKDOWN, title_justify="left", title="Overhead of a step")
    table.add_column("optimizer")
    table.add_column("time per tensor (1000 of 8 elements)", justify="right")
    table.add_column(f"peak memory of the process ({RESIDENT_CASE})", justify="right")
    for name in NAMES:
        growth = report.peak_growth[name]
        table.add_row(
            name,
            duration(report.overhead[name]),
            "unknown" if growth is None else size(growth),
        )
    return table


def _startup(waits: dict[str, float]) -> Table:
    table = Table(box=box.MARKDOWN, title_justify="left", title="CPU time of a new process")
    table.add_column("what")
    table.add_column("median", justify="right")
    for what, seconds in waits.items():
        table.add_row(what, duration(seconds))
    return table


def ranks_table(report: ranks.Report) -> Table:
    """Return the table of a measurement of many ranks."""
    title = f"{report.ranks} ranks of one thread on {report.environment['cpus']} CPUs"
    table = Table(box=box.MARKDOWN, title_justify="left", title=title)
    for column in ("case", "dtype", "step"):
        table.add_column(column)
    for column in ("alone", "together", "ratio", "/ copy's", "target"):
        table.add_column(column, justify="right")
    for column in ("GB/s alone", "GB/s a rank, together"):
        table.add_column(column, justify="right")
    for result in report.results:
        disturbed = too_much(result.disturbance, report.ranks)
        for i, timing in enumerate(result.timings):
            first = (result.title, result.dtype) if i == 0 else ("", "")
            table.add_row(*first, *_rank_cells(timing, disturbed))
    return table


def _rank_cells(timing: ranks.Timing, disturbed: bool) -> tuple[str, ...]:
    target = ""
    if timing.name == OURS:
        verdict = "met" if timing.beside_copy <= ranks.TOLERATED else "missed"
        target = f"{ranks.TOLERATED:g} {'unknown' if disturbed else verdict}"
    return (
        timing.name,
        duration(timing.alone.seconds),
        duration(timing.together.seconds),
        f"{timing.ratio:.2f}",
        f"{timing.beside_copy:.2f}",
        target,
        *(
            "" if bandwidth is None else f"{bandwidth / 1e9:.1f}"
            for bandwidth in (timing.alone_bandwidth, timing.together_bandwidth)
        ),
    )


def changes_table(report: changes.Report) -> Table:
    """Return the table of step times after a change."""
    table = Table(box=box.MARKDOWN, title_justify="left", title="A step after a change")
    table.add_column("what changes before each step")
    for column in ("tensors", "ours", "torch's", "ours / torch's", "limit"):
        table.add_column(column, justify="right")
    disturbed = too_much(report.disturbance)
    for timing in report.timings:
        verdict = "met" if timing.part <= timing.limit else "missed"
        table.add_row(
            timing.title,
            str(timing.tensors),
            duration(timing.ours),
            duration(timing.theirs),
            f"{timing.part:.3f}",
            f"{timing.limit:g} {'unknown' if disturbed else verdict}",
        )
    return table


def iterations_table(report: iterations.Report) -> Table:
    """Return the table of whole iterations."""
    table = Table(box=box.MARKDOWN, title_justify="left", title="Iterations of training")
    for column in ("model", "optimizer"):
        table.add_column(column)
    for column in ("iteration", "quartiles", "/ ours", "step", "its share", "step / ours"):
        table.add_column(column, justify="right")
    last = ""
    for timing in report.timings:
        table.add_row(
            timing.model * (timing.model != last),
            timing.rival,
            duration(timing.seconds),
            f"{duration(timing.lower)} - {duration(timing.upper)}",
            f"{timing.ratio:.2f}",
            duration(timing.step_seconds),
            f"{100 * timing.share:.1f} %",
            f"{timing.step_ratio:.2f}",
        )
        last = timing.model
    return table


def code_table(report: code.Report) -> Table:
    """Return the table that compares code from the committed IR with code from Numba."""
    table = Table(box=box.MARKDOWN, title_justify="left", title="Code of the committed IR")
    table.add_column("kernel")
    for column in ("elements", "an element", "Numba's code", "ours / Numba's"):
        table.add_column(column, justify="right")
    for timing in report.timings:
        table.add_row(
            timing.kernel,
            f"{timing.elements:,}",
            duration(timing.of_ir),
            duration(timing.of_numba),
            f"{timing.ratio:.3f}",
        )
    return table


def bandwidth_table(report: bandwidth.Report) -> Table:
    """Return the table of kernel bandwidths as shares of the bandwidth of a copy."""
    table = Table(box=box.MARKDOWN, title_justify="left", title="Kernels beside a copy")
    table.add_column("kernel")
    for column in ("elements", "bytes an element", "median", "quartiles"):
        table.add_column(column, justify="right")
    for column in ("a copy of as many bytes", "GB/s", "share of the copy's"):
        table.add_column(column, justify="right")
    for timing in report.timings:
        table.add_row(
            timing.kernel,
            f"{timing.elements:,}",
            str(timing.bytes_an_element),
            duration(timing.seconds),
            f"{duration(timing.lower)} - {duration(timing.upper)}",
            duration(timing.copy_seconds),
            f"{timing.bandwidth / 1e9:.0f}",
            f"{timing.share:.3f}",
        )
    return table


def limit_table(report: limit.Report) -> Table:
    """Return the table of kernels relative to the bare loop."""
    table = Table(box=box.MARKDOWN, title_justify="left", title="Kernels beside a bare loop")
    table.add_column("kernel")
    for column in ("elements", "threads", "bytes", "an element", "GB/s"):
        table.add_column(column, justify="right")
    for column in ("bare loop", "its GB/s", "share", "quartiles", "goal"):
        table.add_column(column, justify="right")
    for timing in report.timings:
        table.add_row(
            *_limit_case(timing),
            str(timing.bytes_an_element),
            f"{1e9 * timing.seconds:.3f} ns",
            f"{timing.bandwidth / 1e9:.1f}",
            f"{1e9 * timing.bare_seconds:.3f} ns",
            f"{timing.bare_bandwidth / 1e9:.1f}",
            f"{timing.share:.3f}" + " disturbed" * timing.disturbed,
            f"{timing.lower:.3f} - {timing.upper:.3f}",
            _goal(timing),
        )
    return table


def _goal(timing: limit.Timing) -> str:
    least = goals.least_share(timing)
    if least is None:
        return ""
    return f"{least:g} {goals.verdict(least, timing.share, timing.disturbed)}"


def goals_table(found: Iterable[goals.Goal]) -> Table:
    """Return the table of all goals."""
    table = Table(box=box.MARKDOWN, title_justify="left", title="Goals")
    for column in ("what", "beside"):
        table.add_column(column)
    for column in ("times as fast at least", "measured", "goal"):
        table.add_column(column, justify="right")
    for goal in found:
        measured = "" if goal.measured is None else f"{goal.measured:.3f}"
        table.add_row(goal.what, goal.beside, f"{goal.least:g}", measured, goal.verdict)
    return table


def check_table(verdicts: list[check.Verdict]) -> Table:
    """Return the table that compares committed and new speeds, relative to the bare loop."""
    table = Table(box=box.MARKDOWN, title_justify="left", title="Share of the bare loop's speed")
    table.add_column("kernel")
    for column in ("elements", "threads", "committed", "now", "change", "verdict"):
        table.add_column(column, justify="right")
    for verdict in verdicts:
        table.add_row(
            *_limit_case(verdict.committed),
            f"{verdict.committed.share:.3f}",
            f"{verdict.now.share:.3f}",
            f"{100 * verdict.change:+.0f} %",
            verdict.verdict,
        )
    return table


def _limit_case(timing: limit.Timing) -> tuple[str, ...]:
    cut = f" in {timing.tensors:,}" * (timing.tensors > 1)
    return timing.kernel, f"{timing.elements:,}{cut}", str(timing.threads)


def launches_table(report: launches.Report) -> Table:
    """Return the table of host and GPU times for small tensors."""
    table = Table(box=box.MARKDOWN, title_justify="left", title="Small tensors")
    for column in ("tensors", "elements of each"):
        table.add_column(column, justify="right")
    table.add_column("step")
    for column in ("host", "/ ours", "GPU"):
        table.add_column(column, justify="right")
    for timing in report.timings:
        table.add_row(
            str(timing.tensors),
            str(timing.elements),
            timing.rival,
            duration(timing.host_seconds),
            f"{timing.ratio:.2f}",
            duration(timing.gpu_seconds),
        )
    return table


def duration(seconds: float) -> str:
    """Format seconds with three significant digits and a unit."""
    for factor, unit in ((1, "s"), (1e3, "ms"), (1e6, "us")):
        if seconds * factor >= 1:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def size(count: int) -> str:
    """Format bytes in decimal units."""
    for factor, unit in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if count >= factor:
            return f"{count / factor:.3g} {unit}"
    return f"{count} B"
