"""The kernel cache between processes: one compiles, all others run what it wrote."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import filelock
import pytest

from adadelta_gen.native import cache

# A step of two parameters on the kernels, with every call of the compiler written to a file.
STEP = """
import os, sys
if os.environ.get("TEST_WITHOUT_NUMBA"):
    sys.modules["numba"] = None  # importing it raises
from adadelta_gen.native import cache
fetch = cache.fetch

def noted(name, digest, build):
    def noted_build():
        with open(os.environ["TEST_BUILDS"], "a") as builds:
            builds.write(name + "\\n")
        return build()
    return fetch(name, digest, noted_build)

cache.fetch = noted
import torch
from adadelta_gen import Adadelta
params = [torch.nn.Parameter(torch.arange(9.0, dtype=dtype)) for dtype in (torch.float, torch.half)]
optimizer = Adadelta(params, fused=True)
for param in params:
    param.grad = torch.ones_like(param)
optimizer.step()
print([param.tolist() for param in params])
"""

# Ten of these start at the same time; the compiler is slow.
RACE = """
import sys, time
from adadelta_gen.native import cache

def build():
    with open(sys.argv[1], "a") as builds:
        builds.write("built\\n")
    time.sleep(0.5)
    return b"code" * 1000

assert cache.fetch("kernel", "0" * 64, build) == b"code" * 1000
"""

# The same, but who builds first is killed while the others wait.
KILLED_RACE = """
import os, signal, sys, time
from adadelta_gen.native import cache

def build():
    with open(sys.argv[1], "a") as builds:
        builds.write("built\\n")
    time.sleep(0.5)
    try:
        os.close(os.open(sys.argv[1] + ".killed", os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return b"code" * 1000
    os.kill(os.getpid(), signal.SIGKILL)

assert cache.fetch("kernel", "0" * 64, build) == b"code" * 1000
"""

LIMITED = """
import resource, sys
from adadelta_gen.native import cache
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))  # bytes a file: soon full, like a disk
assert cache.fetch("kernel", "0" * 64, lambda: b"code" * 100_000) == b"code" * 100_000
"""

KILLED = """
import os, signal
from adadelta_gen.native import cache
cache.fetch("kernel", "0" * 64, lambda: os.kill(os.getpid(), signal.SIGKILL))
"""


def start(script, folder, *arguments, **settings):
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        env={**os.environ, "ADADELTA_GEN_CACHE_DIR": str(folder), **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process):
    out, err = process.communicate()
    assert process.returncode == 0, err
    return out


def names(path: Path):
    return path.read_text(encoding="utf-8").split() if path.exists() else []


def test_many_processes_compile_once_and_the_next_not_at_all(tmp_path):
    builds, folder = tmp_path / "builds", tmp_path / "cache"
    at_once = [start(STEP, folder, TEST_BUILDS=str(builds)) for _ in range(3)]
    results = {finish(process) for process in at_once}
    compiled = names(builds)
    assert len(compiled) == len(set(compiled))
    assert {"adadelta_cpu_float32_min_nowd", "adadelta_cpu_float16_min_nowd"} <= set(compiled)
    assert len(list(folder.glob("*.o"))) == len(compiled)

    results.add(finish(start(STEP, folder, TEST_BUILDS=str(builds), TEST_WITHOUT_NUMBA="1")))
    assert names(builds) == compiled
    (result,) = results
    single, _ = json.loads(result)
    assert all(after < before for before, after in enumerate(single))


def test_the_process_without_numba_would_fail_with_an_empty_cache(tmp_path):
    settings = {"TEST_BUILDS": str(tmp_path / "builds"), "TEST_WITHOUT_NUMBA": "1"}
    process = start(STEP, tmp_path / "cache", **settings)
    _, err = process.communicate()
    assert process.returncode == 1
    assert "import of numba halted" in err


def test_ten_processes_at_once_build_once(tmp_path):
    builds = tmp_path / "builds"
    for process in [start(RACE, tmp_path / "cache", builds) for _ in range(10)]:
        finish(process)
    assert names(builds) == ["built"]


def test_one_builds_in_the_place_of_a_killed_builder(tmp_path):
    builds = tmp_path / "builds"
    processes = [start(KILLED_RACE, tmp_path / "cache", builds) for _ in range(5)]
    for process in processes:
        process.communicate()
    assert sorted(process.returncode for process in processes) == [-signal.SIGKILL, 0, 0, 0, 0]
    assert names(builds) == ["built"] * 2


def test_ten_processes_at_once_without_a_cache_all_build(tmp_path):
    """The count above can tell: where nothing can be written, everyone builds."""
    builds, nowhere = tmp_path / "builds", tmp_path / "file"
    nowhere.write_text("a file\n", encoding="utf-8")
    for process in [start(RACE, nowhere / "cache", builds) for _ in range(10)]:
        finish(process)
    assert names(builds) == ["built"] * 10


def test_a_disk_that_refuses_more(tmp_path):
    pytest.importorskip("resource", reason="limits need a POSIX system")
    finish(start(LIMITED, tmp_path / "cache"))
    assert {path.suffix for path in (tmp_path / "cache").iterdir()} <= {".lock"}


def test_a_killed_builder_leaves_no_lock(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    process = start(KILLED, folder)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    with filelock.FileLock(folder / "kernel.lock", timeout=0):  # raises where it is held
        pass
    monkeypatch.setenv("ADADELTA_GEN_CACHE_DIR", str(folder))
    assert cache.fetch("kernel", "0" * 64, lambda: b"code") == b"code"
