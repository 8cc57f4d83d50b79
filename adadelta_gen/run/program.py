"""Run a program as ``python PROGRAM ...`` and ``python -m MODULE ...`` do."""

import builtins
import difflib
import io
import runpy
import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType, TracebackType
from typing import Any
from zipfile import is_zipfile


class ProgramError(Exception):
    """There is no such program."""


class Program:
    """The program to run.

    Args:
        name: name of a file, of a folder or archive with ``__main__.py``, or of a module.
        is_module: whether ``name`` is a module.
        arguments: arguments of the program.
    """

    def __init__(self, name: str, is_module: bool, arguments: list[str]) -> None:
        self.name = name
        self._is_module = is_module
        self._arguments = arguments

    def ready(self) -> Callable[[], None]:
        """Set ``sys.argv``, ``sys.path`` and ``__main__`` as Python does; return what runs it.

        Raises:
            ProgramError: the program does not exist or is not Python.
        """
        sys.argv = [self.name, *self._arguments]
        code, spec, file = self._module() if self._is_module else self._file()
        main = ModuleType("__main__")
        main.__dict__.update(
            __builtins__=builtins,
            __spec__=spec,
            __file__=file,
            __cached__=None if spec is None else spec.cached,
            __loader__=SourceFileLoader("__main__", file) if spec is None else spec.loader,
            __package__=None if spec is None else spec.parent,
        )
        sys.modules["__main__"] = main
        return lambda: exec(code, main.__dict__)

    def _module(self) -> tuple[CodeType, ModuleSpec, str]:
        sys.argv[0] = "-m"  # as Python sets it while it imports the parent packages
        _put_first(str(Path.cwd()))
        found = self._details(runpy._get_module_details)  # type: ignore[attr-defined]
        sys.argv[0] = found[2]
        return found

    def _file(self) -> tuple[CodeType, ModuleSpec | None, str]:
        path = Path(self.name)
        if path.is_dir() or is_zipfile(path):
            _put_first(str(path.absolute()), is_needed=True)
            return self._details(
                lambda _, error: runpy._get_main_module_details(error)  # type: ignore[attr-defined]
            )
        _put_first(str(path.resolve().parent))
        file = str(path.absolute())
        try:
            with io.open_code(file) as opened:
                source = opened.read()
        except OSError as error:
            raise ProgramError(
                f"cannot open {self.name!r}: {error.strerror}{_near(path)}"
            ) from None
        return compile(source, file, "exec", dont_inherit=True), None, file

    def _details(self, find: Callable[..., Any]) -> tuple[CodeType, ModuleSpec, str]:
        try:
            _, spec, code = find(self.name, ProgramError)
        except ProgramError as error:
            raise ProgramError(f"cannot run {self.name!r}: {error}") from None
        return code, spec, str(spec.origin)


def _near(path: Path) -> str:
    """Return the names in the same folder that are similar, as the end of a message."""
    try:
        names = [other.name for other in path.parent.iterdir()]
    except OSError:
        return ""
    near = difflib.get_close_matches(path.name, names, n=3)
    return f"; did you mean: {', '.join(near)}?" if near else ""


def _put_first(folder: str, is_needed: bool = False) -> None:
    """Replace the first entry of ``sys.path`` by the folder of the program.

    With ``-P``, Python adds no folder, except one that it needs to find ``__main__``.
    """
    if not sys.flags.safe_path:
        sys.path[0] = folder
    elif is_needed:
        sys.path.insert(0, folder)


def of_program(traceback: TracebackType | None) -> TracebackType | None:
    """Return the part of a traceback that plain Python would show."""
    while traceback is not None and not _is_here(traceback):
        traceback = traceback.tb_next
    while traceback is not None and _is_here(traceback):
        traceback = traceback.tb_next
    return traceback


def _is_here(traceback: TracebackType) -> bool:
    return traceback.tb_frame.f_code.co_filename == __file__
