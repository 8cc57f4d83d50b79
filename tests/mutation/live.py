"""Find the functions and caches of imported modules, and change functions in place."""

import functools
import gc
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

Functions = dict[tuple[str, str, int], list[FunctionType]]


def functions_of(paths: Iterable[Path]) -> Functions:
    """Return all functions of modules by file, qualified name and first line."""
    files = set(map(str, paths))
    found = defaultdict(list)
    for thing in gc.get_objects():
        if type(thing) is FunctionType and thing.__code__.co_filename in files:
            code = thing.__code__
            found[code.co_filename, code.co_qualname, code.co_firstlineno].append(thing)
    return found


def change(functions: Functions, code: CodeType) -> None:
    """Give functions the code that they have in a changed module."""
    for part in code.co_consts:
        if isinstance(part, CodeType):
            key = part.co_filename, part.co_qualname, part.co_firstlineno
            for function in functions.get(key, ()):
                if function.__code__ != part:
                    function.__code__ = part
            change(functions, part)


def caches() -> list[Any]:
    """Return the caches of the package: they hold what functions returned before their change."""
    return [
        thing
        for thing in gc.get_objects()
        if type(thing) is functools._lru_cache_wrapper
        and thing.__module__.startswith("adadelta_gen")
    ]
