"""The processes that a program starts: they also swap the classes, and write their records.

Python imports ``sitecustomize`` when it starts, and finds ours through ``PYTHONPATH``. It calls
``install``. A forked child inherits the swapped classes from its parent.
"""

import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from adadelta_gen.run.swap import when_torch_is_imported
from adadelta_gen.run.watch import Record, Updated, Watch

VARIABLE = "ADADELTA_GEN_RUN"
CHILDREN = Path(__file__).parent / "children"  # where sitecustomize is


class Records:
    """The folder where the processes of a program write their records.

    Args:
        folder: its path; None if none could be made. The report then has this process only.
        is_checking: whether the processes compare each step with torch's.
    """

    def __init__(self, folder: str | None, is_checking: bool) -> None:
        self.folder = folder
        self._is_checking = is_checking

    def set_environment(self) -> None:
        """Set the environment in which child processes find ``sitecustomize``."""
        told = {"prefix": sys.prefix, "folder": self.folder, "check": self._is_checking}
        os.environ[VARIABLE] = json.dumps(told)
        paths = [str(CHILDREN), os.environ.get("PYTHONPATH", "")]
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, paths))

    def write(self, watch: Watch) -> None:
        """Write the records of this process, if there are any."""
        if not watch.records or self.folder is None:
            return
        told = {"process": process_name(), "optimizers": [asdict(r) for r in watch.records]}
        path = Path(self.folder) / f"{os.getpid()}.json"
        try:
            path.write_text(json.dumps(told), encoding="utf-8")
        except OSError:
            return  # the program has ended before this process

    def read(self) -> list[tuple[str, list[Record]]]:
        """Return the names and the records of the processes that have written records."""
        paths = sorted(Path(self.folder).glob("*.json")) if self.folder else []
        found = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
        return [(told["process"], list(map(_record, told["optimizers"]))) for told in found]


def folder_of_records() -> str | None:
    """Make a folder and return its path, or None if that fails."""
    try:
        return tempfile.mkdtemp(prefix="adadelta_gen_run_")
    except OSError:
        return None


def install(told: dict[str, Any]) -> None:
    """Swap the classes in a process that a program started; write its records when it ends."""
    records = Records(told["folder"], told["check"])
    watch_from_torch_on(Watch(told["check"]), records, is_child=True)


def watch_from_torch_on(watch: Watch, records: Records, is_child: bool = False) -> None:
    """Swap the classes when torch is imported, and watch the steps, here and in forked processes.

    Args:
        watch: records the steps of this process.
        records: where child processes write their records.
        is_child: whether this process is a child process.
    """

    def swapped(ours: type, theirs: type) -> None:
        from multiprocessing import util

        def leave_records(watch: Watch) -> None:  # its processes may end without ``atexit``
            util.Finalize(None, records.write, args=(watch,), exitpriority=0)

        def begin(watch: Watch) -> None:
            watch.forget()
            leave_records(watch)

        watch.swapped(ours, theirs)
        util.register_after_fork(watch, begin)
        if is_child:
            leave_records(watch)

    when_torch_is_imported(swapped)


def process_name() -> str:
    """Return the name of this process in a report."""
    if "RANK" in os.environ:
        return f"rank {os.environ['RANK']}"
    module = sys.modules.get("multiprocessing")
    return module.current_process().name if module else f"process {os.getpid()}"


def _record(told: dict[str, Any]) -> Record:
    from adadelta_gen.run.check import Difference

    told["updated"] = [Updated(**updated) for updated in told["updated"]]
    told["differences"] = [Difference(**difference) for difference in told["differences"]]
    told["groups"] = [
        (options, [(tuple(a), tuple(b), c, d) for a, b, c, d in shapes])
        for options, shapes in told["groups"]
    ]
    return Record(**told)
