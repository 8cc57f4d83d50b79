"""The changes of docs/extending.md apply to this checkout, and make the kernels that it says."""

import re
import shutil
import subprocess

import pytest
from reliability.child import run
from reliability.installed import check_out, environment
from snippets import DOCS

NAMES = """
from adadelta_gen.generate import sources
from adadelta_gen.paths import TEMPLATES
from adadelta_gen.spec import ALL_SPECS
texts = sources.render_all(TEMPLATES)
assert len(ALL_SPECS) == {number}
compile(texts["{path}"], "{path}", "exec")
assert "{line}" in texts["{path}"]
"""


def change(root, title):
    text = (DOCS / "extending.md").read_text(encoding="utf-8")
    section = text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    diffs = re.findall(r"^```diff\n(.*?)^```$", section, flags=re.MULTILINE | re.DOTALL)
    git = shutil.which("git") or pytest.skip("git is not installed")
    command = [git, "apply", "-C1", "-"]
    for diff in diffs:
        made = subprocess.run(command, input=diff, text=True, cwd=root, capture_output=True)
        assert not made.returncode, f"adapt docs/extending.md: {made.stderr}"
    return section


@pytest.mark.parametrize(
    ("title", "number", "path", "line"),
    [
        ("A format", 88, "cpu/adadelta_cpu_float32_min_nowd_float16state.py", "load_float16 as"),
        ("A flag", 120, "cuda/adadelta_cuda_float64_max_wd_decoupled.py", "-lr * weight_decay"),
        ("A target", 120, "host/adadelta_host_float32_min_nowd.py", "def adadelta_host_"),
    ],
)
def test_a_change_applies(tmp_path, title, number, path, line):
    root = check_out(tmp_path)
    section = change(root, title)
    if title == "A target":
        (template,) = re.findall(r"`(\{% include .*? %\})`", section)
        (root / "templates" / "host.py.j2").write_text(f"{template}\n", encoding="utf-8")
    run(NAMES.format(number=number, path=path, line=line), **environment(root))
