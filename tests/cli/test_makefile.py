"""`make` alone lists every target."""

import re
import shutil
import subprocess

import pytest

from adadelta_gen.paths import PACKAGE

MAKEFILE = PACKAGE.parent / "Makefile"


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
@pytest.mark.skipif(not MAKEFILE.exists(), reason="needs a checkout")
def test_make_lists_every_target():
    listed = subprocess.run(
        ["make", "--no-print-directory"],
        cwd=MAKEFILE.parent,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    (targets,) = re.findall(r"^\.PHONY: (.*)$", MAKEFILE.read_text(encoding="utf-8"), re.M)
    assert [line.split()[1] for line in listed.splitlines()] == targets.split()
