"""Damage the committed LLVM IR, PTX and digests of an installation: refused, or the same numbers.

``main`` damages the installation that its process imports, for which a case makes a copy. PTX is
executed on the CPU, by the simulator of tests/cuda.
"""

import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

from reliability.child import run
from reliability.installed import environment, install

SHARE = 2
DAMAGES = 150  # in a case
TESTS = Path(__file__).parents[2]


def case(seed: int) -> Counter[str]:
    with tempfile.TemporaryDirectory() as place:
        site = install(Path(place))
        path = {"PYTHONPATH": os.pathsep.join(map(str, (site, TESTS, TESTS / "cuda")))}
        said = run(
            f"from soak.parts import texts; texts.main({seed}, {DAMAGES})",
            **environment(site) | path,
        )
    return Counter(json.loads(said.splitlines()[-1]))


def cut(random: Random, text: bytes) -> bytes:
    return text[: random.randrange(len(text))]


def with_bit(random: Random, text: bytes) -> bytes:
    i = random.randrange(len(text))
    return text[:i] + bytes([text[i] ^ (1 << random.randrange(8))]) + text[i + 1 :]


def with_byte(random: Random, text: bytes) -> bytes:
    i = random.randrange(len(text))
    return text[:i] + random.randbytes(1) + text[i + 1 :]


def without_part(random: Random, text: bytes) -> bytes:
    i, j = sorted(random.choices(range(len(text)), k=2))
    return text[:i] + text[j:]


def with_part_twice(random: Random, text: bytes) -> bytes:
    i, j = sorted(random.choices(range(len(text)), k=2))
    return text[:j] + text[i:]


def with_inserted(random: Random, text: bytes) -> bytes:
    i = random.randrange(len(text))
    new = random.choice((b"\n", b" ", b"\0", b"0", b"}", b'"', random.randbytes(8)))
    return text[:i] + new + text[i:]


def with_lines_swapped(random: Random, text: bytes) -> bytes:
    lines = text.splitlines(keepends=True)
    i, j = random.sample(range(len(lines)), 2)
    lines[i], lines[j] = lines[j], lines[i]
    return b"".join(lines)


def without_line(random: Random, text: bytes) -> bytes:
    lines = text.splitlines(keepends=True)
    del lines[random.randrange(len(lines))]
    return b"".join(lines)


def with_line_twice(random: Random, text: bytes) -> bytes:
    lines = text.splitlines(keepends=True)
    lines.insert(*((i := random.randrange(len(lines))), lines[i]))
    return b"".join(lines)


def with_number_changed(random: Random, text: bytes) -> bytes:
    digits = [i for i, byte in enumerate(text) if byte in b"0123456789"]
    i = random.choice(digits)
    return text[:i] + random.choice(b"0123456789").to_bytes(1, "big") + text[i + 1 :]


def in_other_encoding(random: Random, text: bytes) -> bytes:
    encoding = random.choice(("utf-16", "utf-16-le", "utf-32", "utf-8-sig", "utf-7", "cp500"))
    return text.decode().encode(encoding)


def with_other_line_ends(random: Random, text: bytes) -> bytes:
    return text.replace(b"\n", random.choice((b"\r\n", b"\r", b" \n", b"\n\n", b"")))


def longer(random: Random, text: bytes) -> bytes:
    return text + random.choice((b"\n", b"\0", b" ", b"; comment\n", text, b"\xff"))


def replaced(random: Random, text: bytes) -> bytes:
    return random.choice((b"", b"{}", b"[]", b"null", b"[" * 5000, random.randbytes(len(text))))


EDITS: tuple[Callable[[Random, bytes], bytes], ...] = (
    cut,
    with_bit,
    with_byte,
    without_part,
    with_part_twice,
    with_inserted,
    with_lines_swapped,
    without_line,
    with_line_twice,
    with_number_changed,
    in_other_encoding,
    with_other_line_ends,
    longer,
    replaced,
)


def edited_index(random: Random, text: bytes) -> bytes:
    """Edit the content of an index as JSON."""
    index = json.loads(text)
    names = sorted(name for name in index if not name.startswith("@"))
    one, other = random.choice(names), random.choice(names)
    edit = random.randrange(9)
    if edit == 0:
        return json.dumps(index).encode()
    if edit == 1:
        return json.dumps(dict(random.sample(sorted(index.items()), len(index)))).encode()
    if edit == 2:
        index[one], index[other] = index[other], index[one]
    elif edit == 3:
        del index[one]
    elif edit == 4:
        index[one] = random.choice((None, 1, "x", [], {}, [index[one]], index[one]["text"]))
    elif edit == 5:
        index[one][random.choice(("text", "made_from"))] = random.choice((None, 0, [], "0" * 64))
    elif edit == 6:
        index[one]["text"] = index[one]["text"].upper()
    elif edit == 7:
        index["another"] = index[one]
    else:
        twice = f"{json.dumps(one)}: {json.dumps(index[other])}, "
        return text.replace(b"{", b"{" + twice.encode(), 1)
    return json.dumps(index, indent=2, sort_keys=True).encode() + b"\n"


def _exchange(path: Path, other: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(other.read_bytes())
    other.write_bytes(content)


def _link_to(path: Path, target: object) -> None:
    path.unlink()
    path.symlink_to(str(target))


def _move_and_link(path: Path, other: Path) -> None:
    moved = path.rename(path.with_name(f"{path.name}.moved"))
    path.symlink_to(moved)


def _folder(path: Path, other: Path) -> None:
    path.unlink()
    path.mkdir()


def _pipe(path: Path, other: Path) -> None:
    path.unlink()
    os.mkfifo(path)


# Each changes a file, and perhaps another one of the same kind.
REPLACEMENTS: tuple[Callable[[Path, Path], object], ...] = (
    _exchange,
    lambda path, other: shutil.copyfile(other, path),
    _link_to,
    _move_and_link,
    lambda path, other: _link_to(path, "/dev/zero"),
    lambda path, other: _link_to(path, path.name),
    lambda path, other: path.unlink(),
    _folder,
    _pipe,
)


def remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    else:
        path.unlink(missing_ok=True)


class Damages:
    """Makes damages in the installation that this process imports, and takes steps."""

    def __init__(self, seed: int) -> None:
        import simulator
        import torch

        from adadelta_gen import committed, paths
        from adadelta_gen.cpu import kernels as cpu
        from adadelta_gen.cuda import kernels as cuda
        from adadelta_gen.native.code import STEP

        assert not paths.IS_CHECKOUT, "not an installation"
        torch.set_num_threads(1)
        self._simulator = simulator
        self._committed = committed
        self._random = Random(seed)
        self._generated = Path(str(paths.GENERATED))
        self._texts = {text.file: text for text in (STEP, *cpu.texts(), *cuda.texts())}
        self._indices = {text.index for text in self._texts.values()}
        self._others = ["manifest.json", "__init__.py"]
        self._files = {
            path: (self._generated / path).read_bytes()
            for path in (*self._texts, *self._indices, *self._others)
        }
        self._undamaged = shutil.copytree(self._generated, self._generated.parent / "undamaged")
        self._expected: dict[str, str] = {}

    def run(self, n: int) -> Counter[str]:
        words: Counter[str] = Counter()
        while words.total() < n:
            path, other, what = self._damage()
            changed = [path for path in (path, other) if self._is_changed(path)]
            try:
                if changed:
                    words[self._outcome(changed, what)] += 1
            finally:
                for file in (path, other):
                    remove(self._generated / file)
                    (self._generated / file).write_bytes(self._files[file])
                (self._generated / f"{path}.moved").unlink(missing_ok=True)
        return words

    def _damage(self) -> tuple[str, str, str]:
        """Damage a file; return its path, that of another one that may have changed, and how."""
        random = self._random
        kinds = sorted(self._texts), sorted(self._indices), self._others
        (kind,) = random.choices(kinds, (8, 4, 1))
        path = random.choice(kind)
        like = [file for file in kind if Path(file).suffix == Path(path).suffix and file != path]
        other = random.choice(like or sorted(self._indices - {path}))
        edits: Sequence[Callable[[Random, bytes], bytes]] = EDITS
        if path in self._indices and random.random() < 0.5:
            edits = (edited_index,)
        if random.random() < 0.25:
            replacement = random.choice(REPLACEMENTS)
            replacement(self._generated / path, self._generated / other)
            return path, other, replacement.__name__
        edit = random.choice(edits)
        (self._generated / path).write_bytes(edit(random, self._files[path]))
        return path, other, edit.__name__

    def _is_changed(self, path: str) -> bool:
        file = self._generated / path
        is_plain = file.is_file() and not file.is_symlink()
        return not is_plain or file.read_bytes() != self._files[path]

    def _outcome(self, changed: list[str], what: str) -> str:
        """Load what may depend on the changed files, and take a step in a part of the cases."""
        committed, random = self._committed, self._random
        # As in a process that starts now.
        committed._IMPORTED = {
            str(self._generated / path): committed._readable(self._generated / path)
            for path in committed._INDICES
        }
        texts = [text for text in self._texts.values() if {text.file, text.index} & {*changed}]
        refused = 0
        tried = random.sample(texts, min(len(texts), 4)) or [random.choice([*self._texts.values()])]
        for text in tried:
            about = f"{what} in {changed}, {text.name}"
            try:
                loaded = committed.load(text)
            except committed.GeneratedCodeError as error:
                self._check_refusal(str(error), text, about)
                refused += 1
                if random.random() < 0.004:
                    said = self._forked(lambda text=text: self._step(text))
                    assert said.startswith("GeneratedCodeError: "), f"{about}: {said}"
                    self._check_refusal(said, text, about)
                continue
            assert loaded.encode() == self._files[text.file], f"{about}: another text was loaded"
            if random.random() < 0.02:
                said = self._forked(lambda text=text: self._step(text))
                if said.startswith("GeneratedCodeError: ") and text.index in changed:
                    # A step also loads the plain kernel of the dtype, whose entry may be damaged.
                    assert any(
                        f"{other.file} was edited" in said or f" lacks {other.name}: " in said
                        for other in texts
                        if other is not text
                    ), f"{about}: {said}"
                else:
                    assert said == self._right(text), f"{about}: other numbers: {said}"
        return "refused" if refused == len(tried) else "the same numbers" if not refused else "both"

    def _check_refusal(self, said: str, text: Any, about: str) -> None:
        named = [path for path in (text.file, text.index) if str(self._generated / path) in said]
        assert named, f"{about}: no file is named: {said}"
        assert "pip install --force-reinstall" in said, f"{about}: no remedy: {said}"

    def _right(self, text: Any) -> str:
        """Return the numbers of the step with undamaged files, taken once."""

        def step() -> str:
            self._committed.GENERATED = self._undamaged
            return self._step(text)

        if text.name not in self._expected:
            self._expected[text.name] = self._forked(step)
        return self._expected[text.name]

    def _forked(self, function: Callable[[], str]) -> str:
        """Return the result of a function, or its error, in a forked process."""
        read, write = os.pipe()
        process = os.fork()
        if not process:
            try:
                said = function()
            except BaseException as error:
                said = f"{type(error).__name__}: {error}"
            os.write(write, said.encode())
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as pipe:
            said = pipe.read()
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        assert not status, f"a step ended the process with status {status}"
        return said

    def _step(self, text: Any) -> str:
        """Take two steps that need a text, and return a digest of all that they wrote."""
        import pytest
        import torch

        from adadelta_gen import Adadelta
        from adadelta_gen.committed import digest
        from adadelta_gen.spec import ALL_SPECS, KernelSpec

        specs = {spec.name: spec for spec in ALL_SPECS}
        if text.kind == "ptx":
            self._simulator.install(pytest.MonkeyPatch())
        options = {}
        dtype = text.name.rpartition("_")[2]  # of the sum of squares
        spec = specs.get(text.name) or KernelSpec("cpu", "float32" if dtype == "step" else dtype)
        if "squares" in text.name:
            options["nonfinite"] = "skip"
        if spec.state_dtype != spec.dtype:
            options["state_dtype"] = getattr(torch, spec.state_dtype)
        if spec.dithered and spec.dtype == "bfloat16":
            options["dithered_rounding"] = True
        torch.manual_seed(0)
        p = torch.nn.Parameter(torch.randn(70).to(getattr(torch, spec.dtype)))
        decay = 0.1 if spec.weight_decay else 0
        optimizer = Adadelta([p], fused=True, maximize=spec.maximize, weight_decay=decay, **options)
        before = p.detach().clone()
        try:
            for _ in range(2):
                p.grad = torch.randn(70).to(p.dtype)
                optimizer.step()
        except RuntimeError:
            assert torch.equal(p, before), "an error after something was written"
            raise
        assert not torch.equal(p, before)
        state = optimizer.state[p]
        written = [p.detach(), state["square_avg"], state["acc_delta"]]
        return digest(" ".join(str(t.double().tolist()) for t in written))


def main(seed: int, n: int) -> None:
    words = Damages(seed).run(n)
    sys.stdout.write(json.dumps(words) + "\n")
