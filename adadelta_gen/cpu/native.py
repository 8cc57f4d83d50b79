"""Name -> address of native code: from the kernel cache, or compiled by Numba once."""

import hashlib
import threading
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from adadelta_gen import stochastic
from adadelta_gen.cpu import cache as kernel_cache
from adadelta_gen.cpu import machine
from adadelta_gen.spec import KernelSpec

_lock = threading.Lock()
_addresses: dict[str, int] = {}


def kernel(spec: KernelSpec, source: str) -> int:
    """Return the address of a generated kernel's launch function, as ``launch.Kernel`` wants it.

    Args:
        source: the text of the generated module; part of what a cache entry is found by.
    """

    def build() -> bytes:
        from adadelta_gen.cpu import compile as compiler

        return compiler.object_code(compiler.kernel_function(spec), spec.name)

    return _address(spec.name, source, build)


def nonfinite(dtype: str) -> int:
    """Return the address of a dtype's ``void (int64 begin, int64 end, int64 job)``, see
    ``finite.py``."""
    name = f"adadelta_nonfinite_{dtype}"

    def build() -> bytes:
        from adadelta_gen.cpu import compile as compiler
        from adadelta_gen.cpu.finite import finder

        return compiler.object_code(finder(dtype), name)

    return _address(name, "", build)


def recheck() -> int:
    """Return the address of ``int64 recheck(int64 request)``, see ``recheck.py``."""

    def build() -> bytes:
        from adadelta_gen.cpu import compile as compiler
        from adadelta_gen.cpu.recheck import recheck

        return compiler.object_code(recheck, "adadelta_recheck", compiler.RECHECK)

    return _address("adadelta_recheck", "", build)


def settle() -> int:
    """Return the address of ``void settle(int64 request, float one)``, see ``settle.py``."""

    def build() -> bytes:
        from adadelta_gen.cpu import compile as compiler
        from adadelta_gen.cpu.settle import settle

        return compiler.object_code(settle, "adadelta_settle", compiler.SETTLE)

    return _address("adadelta_settle", "", build)


def _address(name: str, source: str, build: Callable[[], bytes]) -> int:
    with _lock:
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
    """What shapes native code beside its source: this folder, stochastic.py, compiler, CPU."""
    paths = [*sorted(Path(__file__).parent.glob("*.py")), Path(stochastic.__file__)]
    sources = [path.read_text(encoding="utf-8") for path in paths]
    return "\n".join([*sources, machine.fingerprint()])
