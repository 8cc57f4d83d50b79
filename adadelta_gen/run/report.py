"""The report after a program, as text and as JSON."""

import dataclasses
from collections.abc import Sequence
from typing import Any, NamedTuple

from adadelta_gen import __version__
from adadelta_gen.run.watch import Record, Updated

Processes = Sequence[tuple[str, list[Record]]]
Row = tuple[str, ...]


class Alike(NamedTuple):
    """Optimizers that did the same, in one process or in several.

    Args:
        where: names of the processes, without duplicates.
        optimizers: how many there are.
        record: the record of the first, with the sums over all.
    """

    where: tuple[str, ...]
    optimizers: int
    record: Record


def alike(processes: Processes) -> list[Alike]:
    """Group the optimizers that took the same number of steps by the same kernels."""
    found: dict[Any, list[tuple[str, Record]]] = {}
    for process, records in processes:
        for record in records:
            ways = tuple((u.kernel, u.why, u.steps) for u in record.updated)
            kind = (record.kind, record.steps, ways, record.unchecked, record.checked)
            found.setdefault(kind, []).append((process, record))
    return [
        Alike(
            tuple(dict.fromkeys(process for process, _ in same)),
            len(same),
            _sum([record for _, record in same]),
        )
        for same in found.values()
    ]


def _sum(records: Sequence[Record]) -> Record:
    first = records[0]
    updated = [
        dataclasses.replace(
            ways[0],
            parameters=sum(way.parameters for way in ways),
            elements=sum(way.elements for way in ways),
        )
        for ways in zip(*(record.updated for record in records), strict=True)
    ]
    return dataclasses.replace(
        first,
        seconds=sum(record.seconds for record in records),
        first_seconds=sum(record.first_seconds for record in records),
        updated=updated,
        differences=[found for record in records for found in record.differences],
    )


def text(
    program: str,
    seconds: float,
    is_swapped: bool,
    processes: Processes,
    timings: dict[int, Any],
) -> str:
    """Return the report as lines.

    Args:
        program: name of the program.
        seconds: how long it ran.
        is_swapped: whether this process has imported torch.
        processes: the records of each process.
        timings: times of a step, by index in ``alike(processes)``.
    """
    lines = [f"adadelta_gen {__version__} ran {program} in {_seconds(seconds)}"]
    groups = alike(processes)
    if not groups:
        if is_swapped:
            why = "it took no step with torch.optim.Adadelta or adadelta_gen.Adadelta"
        else:
            why = "it did not import torch"
        return f"{lines[0]}: {why}\n"
    for index, same in enumerate(groups):
        lines += _of_optimizers(same, seconds, len(processes) > 1)
        if index in timings:
            lines.append(f"  {_of_timing(timings[index])}")
        lines += _of_check(same.record)
    return "\n".join(lines) + "\n"


def _of_optimizers(same: Alike, seconds: float, has_several: bool) -> list[str]:
    record = same.record
    what = "1 optimizer" if same.optimizers == 1 else f"{same.optimizers} optimizers"
    if has_several:
        what += f" in {', '.join(same.where)}"
    each = " each" if same.optimizers > 1 else ""
    steps = f"{record.steps} step{'s' * (record.steps != 1)}{each}"
    later = (record.seconds - record.first_seconds) / max(1, record.steps - 1) / same.optimizers
    first = record.first_seconds / same.optimizers
    times = f"the first took {_seconds(first)}"
    if record.steps > 1:
        share = record.seconds / max(seconds, 1e-9) / max(1, len(same.where))
        times += f", the others {_seconds(later)} on average; "
        times += f"all steps together {share:.1%} of the run"
    on_gpu = any(shape[3].startswith("cuda") for _, group in record.groups for shape in group)
    if on_gpu:
        times += " (time of the host, which does not wait for the GPU)"
    rows: list[Row] = [("updated by", "parameters", "elements", "because")]
    rows += [_row(updated, record.steps) for updated in record.updated]
    return [f"{what}, {steps}: {times}", *_table(rows)]


def _row(updated: Updated, steps: int) -> Row:
    why = updated.why
    if updated.kernel is None and updated.example:
        why += f" ({updated.example}{', for example' if updated.parameters > 1 else ''})"
    if updated.steps < steps:
        why = f"in {updated.steps} of {steps} steps" + (f": {why}" if why else "")
    name = updated.kernel or "torch"
    return name, f"{updated.parameters:,}", f"{updated.elements:,}", why


def _of_timing(timing: Any) -> str:
    what = "a step on tensors of these shapes, measured after the program"
    if timing.why_not:
        return f"{what}: not measured, {timing.why_not}"
    found = f"adadelta_gen {_seconds(timing.ours)}, torch {_seconds(timing.theirs)}"
    if timing.disturbance:
        found += f"; unreliable: other programs kept {timing.disturbance:.1f} CPUs busy"
    else:
        found += f" ({timing.ratio:.1f} times as long)"
    return f"{what}: {found}"


def _of_check(record: Record) -> list[str]:
    if record.unchecked and not record.checked:
        return [f"  not compared with torch's step: {record.unchecked}"]
    if not record.checked:
        return []
    lines = [
        f"  {record.checked} step{'s' * (record.checked != 1)} compared with torch's, each from "
        "the same parameters, grads and state; largest differences:"
    ]
    rows = [("tensor", "dtype", "ulp", "limit", "absolute", "parameter", "step")]
    largest: dict[tuple[str, str], Any] = {}
    for found in record.differences:
        key = found.tensor, found.dtype
        if key not in largest or found.ulp > largest[key].ulp:
            largest[key] = found
    for found in largest.values():
        limit = "" if found.limit is None else f"{found.limit:g}"
        where = (found.parameter, str(found.step)) if found.ulp else ("", "")
        absolute = max(
            d.absolute
            for d in record.differences
            if (d.tensor, d.dtype) == (found.tensor, found.dtype)
        )
        dtype = found.dtype.removeprefix("torch.")
        ulp, apart = f"{found.ulp:.3g}", f"{absolute:.2g}"
        rows.append((found.tensor, dtype, ulp, limit, apart, *where))
    lines += _table(rows)
    for found in record.differences:
        if found.is_beyond():
            lines.append(
                f"  BEYOND THE LIMIT: {found.tensor} of {found.parameter} ({found.dtype}), "
                f"by {found.ulp:.3g} ulp at step {found.step}"
            )
    return lines


def _table(rows: Sequence[Row]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "    "
        + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _seconds(seconds: float) -> str:
    if seconds < 1e-3:
        return f"{1e6 * seconds:.3g} us"
    return f"{1e3 * seconds:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def as_dict(
    program: str, status: object, seconds: float, processes: Processes, timings: dict[int, Any]
) -> dict[str, Any]:
    """Return the report as a dict for JSON."""
    return {
        "program": program,
        "exit_status": status,
        "seconds": seconds,
        "adadelta_gen": __version__,
        "optimizers": [
            {"process": process, **record.as_dict()}
            for process, records in processes
            for record in records
        ],
        "timings": [
            {
                "updated": [u.kernel for u in same.record.updated],
                **(timings[index]._asdict() if index in timings else {}),
            }
            for index, same in enumerate(alike(processes))
        ],
    }
