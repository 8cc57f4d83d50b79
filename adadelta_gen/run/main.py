"""The command ``run``: its options, the program, and the report after it."""

import difflib
import json
import optparse
import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from adadelta_gen.run.measure import Timing, is_first_rank, measure
from adadelta_gen.run.processes import (
    Records,
    folder_of_records,
    process_name,
    watch_from_torch_on,
)
from adadelta_gen.run.program import Program, ProgramError, of_program
from adadelta_gen.run.report import Alike, alike, as_dict, text
from adadelta_gen.run.watch import Watch

MEASURED = 3  # optimizers, or groups of optimizers that did the same
BEYOND = 3  # exit status if the program succeeded and --check found a difference beyond the limit
USAGE = "python -m adadelta_gen run [OPTIONS] (PROGRAM | -m MODULE) [ARGUMENTS ...]"
DESCRIPTION = (
    "Run a program as `python PROGRAM ARGUMENTS` does, but with adadelta_gen.Adadelta in place of "
    "torch.optim.Adadelta. When the program ends, a report on stderr shows which kernels updated "
    "the parameters, what torch updated and why, and how long the steps took."
)
EPILOG = (
    "The exit status is that of the program. It is 3 if the program ended without an error and "
    "--check found a difference beyond the limits in docs/run.md. It is 2 if an option is wrong or "
    "the program does not exist."
)


class _Parser(optparse.OptionParser):
    """Parses the options before the program, and passes the rest to the program."""

    def error(self, msg: str) -> NoReturn:
        if msg.startswith("no such option: "):
            name = msg.removeprefix("no such option: ")
            known = [option for given in self.option_list for option in given._long_opts]
            if near := difflib.get_close_matches(name, known, n=1, cutoff=0.5):
                msg += f", did you mean {near[0]}?"
        self.exit(2, f"error: {msg}; `python -m adadelta_gen run --help` lists the options\n")


def _parser() -> _Parser:
    parser = _Parser(USAGE, description=DESCRIPTION, epilog=EPILOG)
    parser.disable_interspersed_args()
    parser.add_option(
        "-m",
        dest="is_module",
        action="store_true",
        default=False,
        help="run a module, as `python -m` does",
    )
    parser.add_option(
        "--check",
        action="store_true",
        default=False,
        help="compare each step with torch's from the same parameters, grads and state; a step "
        "then takes several times as long, and memory for copies of them",
    )
    parser.add_option(
        "--compare",
        action="store_true",
        default=None,
        help="after the program, measure a step of both optimizers on tensors of the same shapes; "
        "by default only if that takes less than 512 MiB",
    )
    parser.add_option(
        "--no-compare",
        dest="compare",
        action="store_false",
        help="do not measure steps after the program",
    )
    parser.add_option(
        "--json",
        metavar="FILE",
        help="also write the report to FILE, with the differences of each parameter",
    )
    return parser


def main(arguments: Sequence[str]) -> None:
    """Run the program that the arguments name; raise what it raises, including SystemExit."""
    parser = _parser()
    options, words = parser.parse_args(list(arguments))
    if not words:
        parser.error("a program or -m MODULE is missing")
    name, *rest = words
    path = None
    if options.json is not None:
        path = _path_of_rank(Path(options.json).absolute())
        if path == Path(name).absolute():
            parser.error(f"--json: {name} is the program; the report would replace it")
        if not options.is_module and not Path(name).exists():
            parser.error(f"there is no program {name}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        except OSError as error:
            parser.error(f"--json: {path} cannot be written: {error.strerror}")
    folder = folder_of_records()
    try:
        _run(Program(name, options.is_module, rest), Records(folder, options.check), options, path)
    finally:
        if folder is not None and not _is_forked():
            shutil.rmtree(folder, ignore_errors=True)


def _path_of_rank(path: Path) -> Path:
    rank = os.environ.get("RANK", "0")
    return path if rank == "0" else path.with_suffix(f".rank{rank}{path.suffix}")


_PROCESS = os.getpid()


def _is_forked() -> bool:
    return os.getpid() != _PROCESS


def _run(program: Program, records: Records, options: Any, path: Path | None) -> None:
    watch = Watch(options.check)
    watch_from_torch_on(watch, records)
    records.set_environment()
    raised: BaseException | None = None
    begin = time.perf_counter()
    try:
        execute = program.ready()
    except ProgramError as error:
        print(f"error: {error}", file=sys.stderr)
        raise SystemExit(2) from None
    except BaseException:
        _show_only_frames_of_program()
        raise
    try:
        execute()
    except BaseException as error:
        raised = error
    seconds = time.perf_counter() - begin
    if _is_forked():
        records.write(watch)
    elif _report(program.name, _status(raised), seconds, watch, records, options.compare, path):
        raised = SystemExit(BEYOND) if _status(raised) == 0 else raised
    if raised is not None:
        _show_only_frames_of_program()
        raise raised


def _status(raised: BaseException | None) -> int:
    if raised is None:
        return 0
    if not isinstance(raised, SystemExit):
        return 1
    code = raised.code
    return code if isinstance(code, int) else int(code is not None)


def _show_only_frames_of_program() -> None:
    """Let tracebacks begin at the same frame as under plain Python."""
    hook = sys.excepthook

    def without_ours(kind: Any, value: Any, traceback: Any) -> None:
        shown = of_program(traceback)
        hook(kind, value.with_traceback(shown), shown)

    sys.excepthook = without_ours


def _report(
    name: str,
    status: int,
    seconds: float,
    watch: Watch,
    records: Records,
    compare: bool | None,
    path: Path | None,
) -> bool:
    """Print and write the report; return whether a difference is beyond its limit."""
    watch.stop()
    own = [(process_name(), watch.records)] if watch.records else []
    processes = [*own, *records.read()]
    timings = {}
    if compare is not False and status == 0 and is_first_rank():
        timings = _measured(alike(processes), bool(compare))
    rank = os.environ.get("RANK")
    what = name if rank is None else f"{name} (rank {rank})"
    sys.stdout.flush()
    print(text(what, seconds, watch.is_swapped, processes, timings), end="", file=sys.stderr)
    if path is not None:
        told = as_dict(name, status, seconds, processes, timings)
        path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return any(
        difference.is_beyond()
        for _, found in processes
        for record in found
        for difference in record.differences
    )


def _measured(groups: Sequence[Alike], is_asked_for: bool) -> dict[int, Timing]:
    """Measure the first ``MEASURED`` optimizers that took more than one step."""
    is_watched = sys.stderr.isatty()
    timings = {}
    for index, same in enumerate(groups[:MEASURED]):
        if same.record.steps < 2 and not is_asked_for:
            continue
        if is_watched:
            print("measuring a step beside torch's ...", end="\r", file=sys.stderr, flush=True)
        timings[index] = measure(same.record, is_asked_for)
        if is_watched:
            print("\033[K", end="", file=sys.stderr)
    return timings
