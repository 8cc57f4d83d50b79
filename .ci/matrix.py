"""The results of `make matrix`: docs/matrix.json, and the tables of docs/matrix.md made from it."""

import json
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "docs" / "matrix.json"
PAGE = ROOT / "docs" / "matrix.md"
PYTHONS = ("3.11", "3.12", "3.13", "3.14", "3.14t", "3.15")
TORCHES = ("2.11", "2.12", "2.13", "2.14", "2.15")
BOUNDS = ("lowest", "newest")  # of all dependencies
BEGIN, END = "<!-- @generated tables: run `make matrix` -->", "<!-- end of the tables -->"

Cell = dict[str, Any]


def cell_name(python: str, torch: str) -> str:
    return f"Python {python}, torch {torch}"


def tables(cells: dict[str, Cell]) -> str:
    """Return the tables of the page: one overview, and one line for each cell with its versions."""
    lines = [
        "| | " + " | ".join((*(f"torch {torch}" for torch in TORCHES), *BOUNDS)) + " |",
        "|---" * (len(TORCHES) + len(BOUNDS) + 1) + "|",
    ]
    for python in PYTHONS:
        found = [_words(cells.get(cell_name(python, torch))) for torch in (*TORCHES, *BOUNDS)]
        lines.append(f"| Python {python} | {' | '.join(found)} |")
    lines += [
        "",
        "| date | Python | torch | NumPy | llvmlite | platform | failed tests |",
        "|---|---|---|---|---|---|---|",
    ]
    for cell in cells.values():
        if cell["result"] == "run":
            names = ("date", "python", "torch", "numpy", "llvmlite", "platform")
            failed = "<br>".join(f"`{name}`" for name in cell["failed"]).replace("|", r"\|")
            lines.append(f"| {' | '.join(cell[name] for name in names)} | {failed or 'none'} |")
    return "\n".join(lines)


def _words(cell: Cell | None) -> str:
    if cell is None:
        return "not run here"
    if cell["result"] == "run":
        count = f"{cell['passed']} passed"
        return f"**{len(cell['failed'])} failed**, {count}" if cell["failed"] else count
    return str(cell["result"])


def read() -> dict[str, Cell]:
    return dict(json.loads(RESULTS.read_text(encoding="utf-8"))) if RESULTS.exists() else {}


def add(name: str, cell: Cell) -> None:
    """Write the result of one cell into both files; the other cells stay as they are."""
    cells = read() | {name: cell}
    cells = {known: cells[known] for known in sorted(cells)}
    RESULTS.write_text(json.dumps(cells, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8"), cells), encoding="utf-8")


def with_tables(page: str, cells: dict[str, Cell]) -> str:
    """Return the page with the tables of these cells in the place of the present ones."""
    block = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    return block.sub(lambda _: f"{BEGIN}\n\n{tables(cells)}\n\n{END}", page)
