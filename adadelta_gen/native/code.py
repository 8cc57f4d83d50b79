"""Name -> address of native code: from the kernel cache, or compiled by Numba once."""

import hashlib
import os
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from adadelta_gen import spec, stochastic
from adadelta_gen.native import cache as kernel_cache
from adadelta_gen.native import machine
from adadelta_gen.native.lock import Lock

PACKAGE = Path(__file__).parent.parent
_lock = Lock()
# Not to fork while a thread compiles: the child would wait for LLVM's own lock for ever.
_LONGEST_WAIT = 30.0
_addresses: dict[str, int] = {}


def step() -> int:
    """Return the address of the native end of a step, see ``native/step.py``."""

    def build() -> bytes:
        from adadelta_gen.native.compile import step_code

        return step_code()

    return address("adadelta_step", "", build)


def address(name: str, source: str, build: Callable[[], bytes]) -> int:
    """Return the address of a function, which stays good to the end of the process.

    Args:
        name: of the function in its object code.
        source: its generated text; part of what a cache entry is found by.
        build: compiles it.

    Raises:
        RuntimeError: Numba could not compile it.
    """
    with _lock.held:
        if name not in _addresses:
            digest = hashlib.sha256(f"{_surroundings()}\n{name}\n{source}".encode()).hexdigest()
            code = kernel_cache.fetch(name, digest, partial(_compile, name, build))
            _addresses[name] = machine.load(code, name)
        return _addresses[name]


def _compile(name: str, build: Callable[[], bytes]) -> bytes:
    try:
        return build()
    except Exception as error:
        # NUMBA_DISABLE_JIT, NUMBA_OPT and NUMBA_DEBUGINFO each make it fail.
        settings = ", ".join(machine.numba_settings()) or "none"
        raise RuntimeError(
            f"Numba could not compile {name}. Its settings in the environment: {settings}; unset "
            "them, or train with torch's implementation by fused=False."
        ) from error


@cache
def _surroundings() -> str:
    """What shapes native code beside its source: these modules, the compiler, the CPU."""
    paths = [*sorted((PACKAGE / "native").glob("*.py")), *sorted((PACKAGE / "cpu").glob("*.py"))]
    paths += [Path(module.__file__ or "") for module in (stochastic, spec)]
    sources = [path.read_text(encoding="utf-8") for path in paths]
    return "\n".join([*sources, machine.fingerprint()])


def _wait_for_compiling() -> None:
    _forking.append(_lock.held if _lock.held.acquire(timeout=_LONGEST_WAIT) else None)


def _go_on() -> None:
    if (held := _forking.pop()) is not None:
        held.release()


_forking: list[Any] = []
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_wait_for_compiling, after_in_parent=_go_on, after_in_child=_forking.clear
    )
