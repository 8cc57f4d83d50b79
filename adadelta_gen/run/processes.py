"""The processes that a program starts: they swap the classes too, and leave their records.

Python imports ``sitecustomize`` when it starts, and ``PYTHONPATH`` says where ours is. It does what
``install`` does here. A forked child has it all from its parent.
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
    """The folder where the processes of a program leave what their optimizers did.

    Args:
        folder: where; None if there can be none: then their optimizers are not in the report.
        is_checking: whether they are to compare each step with torch's.
    """

    def __init__(self, folder: str | None, is_checking: bool) -> None:
        self.folder = folder
        self._is_checking = is_checking

    def set_environment(self) -> None:
        """Let Python processes that this one starts find ``sitecustomize``."""
        told = {"prefix": sys.prefix, "folder": self.folder, "check": self._is_checking}
        os.environ[VARIABLE] = json.dumps(told)
        paths = [str(CHILDREN), os.environ.get("PYTHONPATH", "")]
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, paths))

    def write(self, watch: Watch) -> None:
        """Leave the records of this process, if there are any."""
        if not watch.records or self.folder is None:
            return
        told = {"process": process_name(), "optimizers": [asdict(r) for r in watch.records]}
        path = Path(self.folder) / f"{os.getpid()}.json"
        try:
            path.write_text(json.dumps(told), encoding="utf-8")
        except OSError:
            return  # the program has ended before this process

    def read(self) -> list[tuple[str, list[Record]]]:
        """Return the names of the processes that have left records, and these."""
        paths = sorted(Path(self.folder).glob("*.json")) if self.folder else []
        found = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
        return [(told["process"], list(map(_record, told["optimizers"]))) for told in found]


def folder_of_records() -> str | None:
    """Make a folder, and return it; None where none can be made."""
    try:
        return tempfile.mkdtemp(prefix="adadelta_gen_run_")
    except OSError:
        return None


def install(told: dict[str, Any]) -> None:
    """Swap the classes in a process that was started by a program, and leave records at its end."""
    records = Records(told["folder"], told["check"])
    watch_from_torch_on(Watch(told["check"]), records, is_child=True)


def watch_from_torch_on(watch: Watch, records: Records, is_child: bool = False) -> None:
    """Swap the classes when torch is imported; watch ours, here and in forked processes.

    Args:
        watch: of this process.
        records: where children leave theirs.
        is_child: whether this process is one.
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
    """What a report calls this process."""
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
