"""Compile generated sources to LLVM IR and PTX, with indices of their digests."""

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from adadelta_gen.committed import LAYOUT, CompiledText, layout, prove
from adadelta_gen.generate import files
from adadelta_gen.generate.files import MARK, Difference
from adadelta_gen.paths import GeneratedCodeError, digest
from adadelta_gen.workers import end_with_parent

# Shows the progress of an iteration; called with the iterable and its length.
Track = Callable[[Iterable[str], int], Iterable[str]]


def texts(kind: str) -> list[CompiledText]:
    """Return all texts of a kind, "ll" or "ptx"."""
    if kind == "ptx":
        from adadelta_gen.cuda import kernels as cuda

        return cuda.texts()
    from adadelta_gen.cpu import kernels as cpu
    from adadelta_gen.native.code import STEP

    return [*cpu.texts(), STEP]


def outdated(kind: str, generated: Path) -> list[CompiledText]:
    """Return the texts of a kind that are damaged or were compiled from other sources."""
    return [text for text in texts(kind) if _why_outdated(text, generated)]


def _why_outdated(text: CompiledText, generated: Path) -> str:
    try:
        prove(text, True, generated)
    except GeneratedCodeError as error:
        return str(error)
    return ""


def differences(kind: str, generated: Path, track: Track) -> list[Difference]:
    """Compile all texts of a kind again, and compare them with the committed ones."""
    made = compiled(texts(kind), generated, track)
    return files.differences(generated, _with_indices(kind, made, generated), (f".{kind}",))


def write(kind: str, generated: Path, track: Track) -> list[Difference]:
    """Compile the outdated texts of a kind; return the changed files."""
    old = outdated(kind, generated)
    made = compiled(old, generated, track) if old else {}
    for text in texts(kind):
        if text not in made:
            made[text] = prove(text, True, generated)
    return files.write(generated, _with_indices(kind, made, generated), (f".{kind}",))


def compiled(
    wanted: Sequence[CompiledText], generated: Path, track: Track
) -> dict[CompiledText, str]:
    """Compile texts, on all CPUs.

    Raises:
        GeneratedCodeError: a source cannot be read, or a worker process was killed.
    """
    for text in wanted:
        text.made_from(generated)  # raise here, not in a worker process
    workers = ProcessPoolExecutor(mp_context=get_context("spawn"), initializer=end_with_parent)
    try:
        with _fresh_bytecode(), workers as pool:
            made = pool.map(partial(compile_text, generated=generated), wanted)
            return dict(zip(wanted, track(made, len(wanted)), strict=True))
    except BrokenProcessPool as error:
        raise GeneratedCodeError(
            "a process that compiles was ended, perhaps because memory was full: generate again"
        ) from error


def compile_text(text: CompiledText, generated: Path) -> str:
    """Compile one text; needs the toolchain and up to four seconds."""
    if text.kind == "ptx":
        from adadelta_gen.cuda import build as cuda

        return cuda.ptx(text, generated)
    from adadelta_gen.cpu import build as cpu

    return cpu.ir(text, generated)


@contextmanager
def _fresh_bytecode() -> Iterator[None]:
    """Make worker processes ignore cached bytecode.

    It may be outdated if a source was edited within a second without changing its size.
    """
    before = os.environ.get("PYTHONPYCACHEPREFIX")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        try:
            yield
        finally:
            if before is None:
                del os.environ["PYTHONPYCACHEPREFIX"]
            else:
                os.environ["PYTHONPYCACHEPREFIX"] = before


def _with_indices(kind: str, made: dict[CompiledText, str], generated: Path) -> dict[str, str]:
    """Return the texts and their indices, by path; the indices come last."""
    expected: dict[str, str] = {}
    indices: dict[str, dict[str, object]] = {}
    for text in texts(kind):
        expected[text.file] = made[text]
        entry = {"made_from": text.made_from(generated), "text": digest(made[text])}
        by = "by `make generate`. DO NOT EDIT."
        first: dict[str, object] = {MARK: by, LAYOUT: layout(kind)}
        indices.setdefault(text.index, first)[text.name] = entry
    for path, entries in indices.items():
        expected[path] = json.dumps(entries, indent=2, sort_keys=True) + "\n"
    return expected
