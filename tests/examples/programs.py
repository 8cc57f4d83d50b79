"""The programs of docs/examples, run for a few steps."""

import runpy
import sys
from pathlib import Path
from typing import Any
from unittest import mock

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


def run(name: str, *arguments: object) -> dict[str, Any]:
    """Run a program as ``python name arguments`` would, and return its global names."""
    path = EXAMPLES / name
    with mock.patch.object(sys, "argv", [str(path), *map(str, arguments)]):
        return runpy.run_path(str(path), run_name="__main__")
