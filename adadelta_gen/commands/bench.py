"""``bench``: measure the step beside torch's optimizers."""

import os
import shutil
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from adadelta_gen.commands.bench_case import bench_case
from adadelta_gen.commands.bench_limit import bench_check, bench_goals, bench_kernels, bench_limit
from adadelta_gen.commands.bench_ranks import bench_ranks
from adadelta_gen.commands.console import (
    announcing,
    fail,
    need,
    need_writable,
    new_console,
    refuse,
    unknown,
    warn_if_disturbed,
)
from adadelta_gen.formats import DTYPES
from adadelta_gen.spec import TARGETS

ALONE = {"changes", "code", "iterations", "limit"}  # cases that suite.run does not measure


def bench(
    case: Annotated[
        list[str] | None,
        typer.Option(
            help="Measure this case only; may be given repeatedly. Special cases: changes, a step "
            "after a change; code, the code from the committed LLVM IR beside the code from Numba; "
            "limit, kernels beside a bare loop that reads and writes as much; iterations, whole "
            "training iterations and the share of the step. With --device cuda: bandwidth, every "
            "kernel beside a copy of as many bytes; launches, the time of host and GPU for small "
            "tensors."
        ),
    ] = None,
    dtype: Annotated[
        str | None,
        typer.Option(
            help="Measure in this dtype. In 16 bits, without --case, only cases with a target."
        ),
    ] = None,
    seconds: Annotated[
        float,
        typer.Option(min=0, help="Approximate time per case; at least 5 rounds are measured."),
    ] = 10,
    compiled: Annotated[
        bool, typer.Option("--compiled", help="Also measure torch.compile; needs a C++ compiler.")
    ] = False,
    rivals: Annotated[
        bool,
        typer.Option(
            "--rivals",
            help="Also measure Adadelta of other packages that are installed: optax under jax.jit, "
            "in float32, and pytorch_optimizer (the extra rivals).",
        ),
    ] = False,
    steps_only: Annotated[
        bool,
        typer.Option("--steps-only", help="Measure no overhead, no peak memory and no start-up."),
    ] = False,
    device: Annotated[str, typer.Option(help="cpu or cuda; on cuda, only steps.")] = "cpu",
    ranks: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Instead, measure processes of one thread: one alone, and this many together, "
            "beside a copy of as many bytes. By default ResNet-50 and the MLP.",
        ),
    ] = None,
    elements: Annotated[
        int | None,
        typer.Option(min=1, help="Elements of --case bandwidth. By default 67108864."),
    ] = None,
    kernels: Annotated[
        bool,
        typer.Option(
            "--kernels", help="Measure every CPU kernel beside the bare loop of the case limit."
        ),
    ] = False,
    check: Annotated[
        list[Path] | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="Repeat the measurements of this file of --case limit or --kernels, and fail if a "
            "kernel is more than 15 % slower, relative to the bare loop; may be given repeatedly.",
        ),
    ] = None,
    goals: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            file_okay=False,
            help="Measure nothing; print whether limit.json and cpu.json of this folder meet the "
            "goals.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            help="File for the figures; except with --ranks, a plot is written beside it. "
            "By default runs/bench.json or runs/ranks.json."
        ),
    ] = None,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="Print the figures as JSON, and the tables on stderr."),
    ] = False,
) -> None:
    """Measure the step beside torch's optimizers."""
    need("bench", "matplotlib", extra="demo")
    console = new_console(stderr=as_json)
    if as_json:
        if goals is not None or check:
            fail("--json is not possible with --goals or --check, which write no figures", code=2)
        output = output or Path("runs/bench.json")
    need_writable(output)
    _bench(
        *(console, case, dtype, seconds, compiled, rivals, steps_only),
        *(device, ranks, elements, kernels, check, goals, output),
    )
    if as_json and output is not None:
        typer.echo(output.read_text(encoding="utf-8"), nl=False)


def _bench(
    console: Console,
    case: list[str] | None,
    dtype: str | None,
    seconds: float,
    compiled: bool,
    rivals: bool,
    steps_only: bool,
    device: str,
    ranks: int | None,
    elements: int | None,
    kernels: bool,
    check: list[Path] | None,
    goals: Path | None,
    output: Path | None,
) -> None:
    from adadelta_gen.bench import cases, installed, suite
    from adadelta_gen.bench.plot import plot
    from adadelta_gen.bench.report import tables
    from adadelta_gen.registry import target

    if ranks is not None and (compiled or device != "cpu"):
        fail("--ranks is not possible with --device cuda or --compiled", code=2)
    alone = kernels or check or ranks is not None or set(case or []) & ALONE
    if rivals and (alone or device != "cpu"):
        fail("--rivals measures only steps on the CPU", code=2)
    if compiled and not any(map(shutil.which, (os.environ.get("CXX", "c++"), "g++", "clang++"))):
        fail("--compiled needs a C++ compiler")
    if goals is not None:
        if alone or case or rivals:
            fail("--goals measures nothing; give no case with it", code=2)
        bench_goals(console, goals)
        return
    if device not in TARGETS:
        unknown("device", device, TARGETS)
    if device == "cuda" and (why := target("cuda").unavailable()):
        fail(f"--device cuda: {why}")
    if kernels or check:
        if case or kernels == bool(check) or device != "cpu" or ranks is not None:
            fail("--kernels and --check measure only CPU kernels; give just one of them", code=2)
        need("bench with a bare loop", "numba", extra="generate")
        if check:
            bench_check(console, check)
        else:
            bench_kernels(console, output or Path("runs/kernels.json"))
        return
    if case != ["bandwidth"]:
        refuse({"--elements": elements}, "requires --case bandwidth")
    if case in (["bandwidth"], ["launches"]) and ranks is None:
        if device != "cuda":
            fail(f"the case {case[0]} requires --device cuda", code=2)
        if case == ["bandwidth"]:
            _bench_bandwidth(console, elements, output or Path("runs/bandwidth.json"))
        else:
            _bench_launches(console, output or Path("runs/launches.json"))
        return
    if case == ["changes"] and device == "cpu" and ranks is None:
        _bench_changes(console, output or Path("runs/changes.json"))
        return
    if case == ["code"] and device == "cpu" and ranks is None:
        need("bench --case code", "numba", extra="generate")
        _bench_code(console, output or Path("runs/code.json"))
        return
    if case == ["limit"] and device == "cpu" and ranks is None:
        need("bench --case limit", "numba", extra="generate")
        bench_limit(console, output or Path("runs/limit.json"))
        return
    if case == ["iterations"] and device == "cpu" and ranks is None:
        _bench_iterations(console, seconds, output or Path("runs/iterations.json"))
        return
    known = {known.name: known for known in (cases.CASES, cases.CUDA_CASES)[device == "cuda"]}
    for name in case or []:
        if name not in known:
            unknown("case", name, known)
    if dtype is not None and dtype not in DTYPES:
        unknown("dtype", dtype, DTYPES)
    if ranks is not None:
        bench_ranks(console, ranks, case, dtype, seconds, output or Path("runs/ranks.json"))
        return
    chosen = cases.chosen(case or [], dtype, known.values())
    output = output or Path("runs/bench.json")
    if rivals:
        for name in installed.NAMES:
            if lacking := installed.missing(name):
                what = f"{', '.join(lacking)} not installed: pip install 'adadelta-gen[rivals]'"
                console.print(f"left out: {name}, {what}", soft_wrap=True)
    with announcing(console) as announce:
        report = suite.run(
            chosen, seconds, compiled, steps_only or device != "cpu", device, announce, rivals
        )
    for table in tables(report):
        console.print(table)
    for result in report.results:
        warn_if_disturbed(result.disturbance, f"{result.title}, {result.dtype}")
    report.write(output)
    plot(report, output.with_suffix(".png"))
    console.print(f"written: {output}, {output.with_suffix('.png')}", soft_wrap=True)


def _bench_changes(console: Console, output: Path) -> None:
    from adadelta_gen.bench import changes
    from adadelta_gen.bench.report import changes_table

    bench_case("changes", changes.run, changes_table, console, output)


def _bench_iterations(console: Console, seconds: float, output: Path) -> None:
    from adadelta_gen.bench import iterations
    from adadelta_gen.bench.plot import plot_iterations
    from adadelta_gen.bench.report import iterations_table

    run = partial(iterations.run, seconds=seconds)
    bench_case("iterations", run, iterations_table, console, output, plot_iterations)


def _bench_code(console: Console, output: Path) -> None:
    from adadelta_gen.bench import code
    from adadelta_gen.bench.report import code_table

    bench_case("code", code.run, code_table, console, output)


def _bench_bandwidth(console: Console, elements: int | None, output: Path) -> None:
    from adadelta_gen.bench import bandwidth
    from adadelta_gen.bench.plot import plot_bandwidth
    from adadelta_gen.bench.report import bandwidth_table

    run = partial(bandwidth.run, elements=elements or bandwidth.ELEMENTS)
    bench_case("bandwidth", run, bandwidth_table, console, output, plot_bandwidth)


def _bench_launches(console: Console, output: Path) -> None:
    from adadelta_gen.bench import launches
    from adadelta_gen.bench.plot import plot_launches
    from adadelta_gen.bench.report import launches_table

    bench_case("launches", launches.run, launches_table, console, output, plot_launches)
