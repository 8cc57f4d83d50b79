"""Let the next step of a new plan compile its code, as the first one in a process does."""

from adadelta_gen import registry
from adadelta_gen.native import code
from adadelta_gen.step import native_call


def forget_code() -> None:
    code._addresses.clear()
    for function in (registry.load, code.unavailable, native_call._method):
        function.cache_clear()
