"""Kill `make generate`, or replace what it writes to, at any operation on a file, and run it again.

All files have to be whole all the time, and the next run repairs everything. The compilers are
replaced by the committed texts, as they take minutes; all operations on files are real.
"""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import sleep

from reliability import system_calls

from adadelta_gen.committed import prove
from adadelta_gen.generate import compiled
from adadelta_gen.generate.files import PREFIX, TEMPORARY
from adadelta_gen.paths import GENERATED, ROOT, GeneratedCodeError

SHARE = 2
NEEDS = system_calls.missing
TESTS = str(Path(__file__).parents[2])

# Prints the error and exits as the command does.
GENERATE = """
import sys
from pathlib import Path
root, tests, is_traced = sys.argv[1:]
sys.path.insert(0, tests)
from reliability.system_calls import be_traced
from adadelta_gen.generate import compiled, files, toolchain
from adadelta_gen.generate.generators import GENERATORS, Folders
from adadelta_gen.paths import GENERATED, TEMPLATES, GeneratedCodeError

def committed(wanted, generated, track):
    return {text: (GENERATED / text.file).read_text(encoding="utf-8") for text in wanted}

compiled.compiled = committed
toolchain.missing = lambda kind: ""
if is_traced == "yes":
    be_traced()
folders = Folders(Path(root), Path(root, "generated"), TEMPLATES)
try:
    for generator in GENERATORS:
        generator.write(folders, lambda what: lambda made, total: made)
except (GeneratedCodeError, OSError) as error:
    sys.exit(f"error: {error}")
"""
MARK = b"# @generated from nothing by `make generate`. DO NOT EDIT.\n"
STALE = ("generated/cpu/old.py", "generated/cuda/old.ptx", "generated/native/old.ll")
FOREIGN = "generated/cpu/own.py"


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, by its path; without Python's caches."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if "__pycache__" not in path.parts and not path.is_symlink() and path.is_file()
    }


def right() -> dict[str, bytes]:
    """Return the files that a run has to leave."""
    committed = {f"generated/{path}": text for path, text in contents(GENERATED).items()}
    return {"README.md": Path(str(ROOT), "README.md").read_bytes(), **committed}


def outdated(random: Random) -> dict[str, bytes]:
    """Return the files before a run: some are edited, cut, garbage, missing or stale."""
    found = {}
    share = random.choice((0.1, 0.5, 1))
    lost = random.choice(("nothing", "generated/", "generated/cpu/", "generated/native/"))
    for path, text in right().items():
        if path == "README.md":
            found[path] = text.replace(b"minimize, weight decay", b"edited")
        elif path.startswith(lost):
            continue
        elif random.random() > share:
            found[path] = text
        else:
            edits = (text + b"\n", MARK, text[: len(text) // 2], b"", b"\xff\xfe", None)
            if (edited := random.choice(edits)) is not None:
                found[path] = edited
    for path in STALE:
        if random.random() < share:
            found[path] = MARK
    found[FOREIGN] = b"mine\n"
    if random.random() < 0.5:
        found[f"generated/cpu/{PREFIX}left{TEMPORARY}"] = b""
    return found


def command(root: Path, is_traced: bool) -> list[str]:
    return ["-c", GENERATE, str(root), TESTS, "yes" if is_traced else "no"]


def is_temporary(path: str) -> bool:
    return Path(path).name.startswith(PREFIX) and path.endswith(TEMPORARY)


def assert_whole(
    root: Path, before: dict[str, bytes], after: dict[str, bytes], attack: str = "kill"
) -> None:
    """Fail unless each file is as it was or as it will be, and no other is there."""
    now = contents(root)
    for path in {*before, *after, *now}:
        if is_temporary(path) or (attack != "kill" and path not in now):
            continue
        if now.get(path) in (before.get(path), after.get(path)):
            continue
        is_index = attack == "link to a file" and path.endswith(".json")
        assert is_index, f"{attack}: {path} is neither the old nor the new file"
        json.loads(now[path])  # with the digest of the file that the link leads to
    assert attack != "kill" or FOREIGN in now, f"{FOREIGN} was removed, which is not generated"


def repaired(root: Path, after: dict[str, bytes]) -> None:
    """Run once more, and fail unless all is right and nothing else is there."""
    own = {FOREIGN: b"mine\n"} if (root / FOREIGN).exists() else {}
    done = subprocess.run(
        [sys.executable, *command(root, False)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"the next run failed: {done.stderr}"
    now, expected = contents(root), after | own
    differing = sorted(path for path in {*now, *expected} if now.get(path) != expected.get(path))
    assert not differing, f"not repaired: {differing}"


def _special(make: Callable[[Path, Path], object]) -> Callable[[Random, Path, Path], Path]:
    """Return an attack that puts something else in the place of a file."""

    def replace(random: Random, root: Path, outside: Path) -> Path:
        path = root / random.choice(sorted(right()))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        make(path, outside / "file")
        return path

    return replace


def _some_folder(random: Random, root: Path) -> Path:
    return root / random.choice(("generated", "generated/cpu", "generated/cuda"))


def _remove_folder(random: Random, root: Path, outside: Path) -> None:
    shutil.rmtree(_some_folder(random, root), ignore_errors=True)


def _move_folder(random: Random, root: Path, outside: Path) -> None:
    folder = _some_folder(random, root)
    if folder.exists():
        folder.rename(outside / "moved")


def _device(path: Path, other: Path) -> None:
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 5))  # /dev/zero
    else:
        path.symlink_to("/dev/zero")


# Each returns what has to be removed before the next run, as the error says.
ATTACKS: dict[str, Callable[[Random, Path, Path], Path | None]] = {
    "folder removed": _remove_folder,
    "folder moved": _move_folder,
    "link to nothing": _special(lambda path, other: path.symlink_to(other.with_name("nothing"))),
    "link to a file": _special(lambda path, other: path.symlink_to(other)),
    "pipe": _special(lambda path, other: os.mkfifo(path)),
    "device": _special(_device),
    "folder": _special(lambda path, other: path.mkdir()),
}


def case(seed: int) -> str:
    random = Random(seed)
    after, before = right(), outdated(random)
    with TemporaryDirectory() as place:
        root, outside = Path(place, "root"), Path(place, "outside")
        outside.mkdir()
        (outside / "file").write_bytes(b"outside\n")
        for path, text in before.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(text)
        if seed % 20 == 19:
            _at_once(random, root, before, after)
            return "ten processes at once"
        writes = sum(before.get(path) != text for path, text in after.items())
        at = random.randint(1, 5 * writes)  # a file needs more than 5 operations
        attack = random.choice((*ATTACKS, *["kill"] * 3 * len(ATTACKS)))
        left: list[Path | None] = []

        def act(process: int) -> None:
            if attack == "kill":
                os.kill(process, signal.SIGKILL)
            else:
                left.append(ATTACKS[attack](random, root, outside))

        status, said, calls = system_calls.traced(command(root, True), at, act)
        assert calls >= at, f"made {calls} operations on files only: {status} {said}"
        if attack == "kill":
            assert status == -signal.SIGKILL, f"ended with {status}: {said}"
        else:
            is_clean = status == 0 or (status == 1 and said.startswith("error: "))
            assert is_clean, f"{attack} at operation {at}: status {status}\n{said}"
            assert (outside / "file").read_bytes() == b"outside\n", "a link was followed"
            assert not (outside / "nothing").exists(), "a link was followed"
        for path in left:
            if path is not None and (path.is_symlink() or not path.is_file()):
                path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        assert_whole(root, before, after, attack)
        repaired(root, after)
    return f"{'killed' if attack == 'kill' else attack}, then repaired"


def _at_once(random: Random, root: Path, before: dict[str, bytes], after: dict[str, bytes]) -> None:
    """Run ten processes, kill some of them, and read the files meanwhile."""
    processes = [
        subprocess.Popen([sys.executable, *command(root, False)], stderr=subprocess.PIPE, text=True)
        for _ in range(10)
    ]
    doomed = random.sample(processes, 3)
    texts = [*compiled.texts("ll"), *compiled.texts("ptx")]
    try:
        while any(process.poll() is None for process in processes):
            if doomed and random.random() < 0.2:
                doomed.pop().kill()
            assert_whole(root, before, after)
            for text in random.sample(texts, 10):
                try:
                    read = prove(text, False, root / "generated")
                except GeneratedCodeError:
                    continue
                assert read.encode() in (
                    before.get(f"generated/{text.file}"),
                    after[f"generated/{text.file}"],
                )
            sleep(random.random() / 10)
    finally:
        for process in processes:
            process.kill()  # without effect on those that have ended
    for process in processes:
        said = process.communicate()[1]
        assert process.returncode in (0, -signal.SIGKILL), said
    repaired(root, after)
