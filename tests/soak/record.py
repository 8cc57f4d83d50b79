"""Print records of ``make soak`` as a table: ``python -m soak.record FILE...``."""

import json
import sys
from pathlib import Path
from typing import Any

SHOWN = 12  # outcomes of a part; of more, only the number is shown


def rows(record: dict[str, Any]) -> list[str]:
    """Return the lines of the table."""
    lines = ["| part | cases | outcomes | faults |", "|---|---|---|---|"]
    for name, part in record["parts"].items():
        if "skipped" in part:
            continue
        counts = part["outcomes"]
        words = "; ".join(f"{n:,} {word}" for word, n in counts.items())
        if len(counts) > SHOWN:
            words = f"{sum(counts.values()):,}, of {len(counts)} kinds"
        what = part["what"].rstrip(".")
        lines.append(f"| `{name}`: {what} | {part['cases']:,} | {words} | {len(part['faults'])} |")
    return lines


if __name__ == "__main__":
    for file in sys.argv[1:]:
        print("\n".join(rows(json.loads(Path(file).read_text(encoding="utf-8")))))
