"""Change functions of imported modules in place, and undo what they have left in caches."""

import functools
import gc
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from types import CodeType, FunctionType

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


def forget() -> None:
    """Empty all caches of the package, except machine code: they hold what functions returned."""
    for thing in gc.get_objects():
        if type(thing) is functools._lru_cache_wrapper and _is_own(thing):
            thing.cache_clear()


def _is_own(thing: object) -> bool:
    return thing.__module__.startswith("adadelta_gen")
