"""The examples of docs/trainers.md, so that they run."""

import re
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[2] / "docs" / "trainers.md"


def run_snippet(title: str) -> dict[str, Any]:
    """Execute the Python of the section with this title, and return its names."""
    sections = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    (section,) = (text for text in sections if text.startswith(f"{title}\n"))
    (code,) = re.findall(r"^```python\n(.*?)^```$", section, flags=re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(code, f"{PAGE.name}, {title}", "exec"), names)
    return names
