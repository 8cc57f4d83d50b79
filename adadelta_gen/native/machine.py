"""The CPU that kernels are compiled for, and native code brought into the process."""

import ctypes
import os
from functools import cache
from importlib.metadata import version
from typing import Any

import llvmlite
from llvmlite import binding

from adadelta_gen.native.lock import Lock

_lock = Lock()


@cache
def _initialize() -> None:
    binding.initialize_native_target()
    binding.initialize_native_asmprinter()


def cpu_name() -> str:
    """LLVM's name of the CPU; NUMBA_CPU_NAME overrides it, for us as for Numba."""
    return os.environ.get("NUMBA_CPU_NAME") or str(binding.get_host_cpu_name())


@cache
def cpu_features() -> str:
    """The CPU's features as LLVM spells them (``+avx2,-avx512f,...``), by Numba's own rules."""
    given = os.environ.get("NUMBA_CPU_FEATURES")
    if given is not None:
        return given
    if cpu_name().lower() == "generic":
        return ""
    return str(binding.get_host_cpu_features().flatten())


def has_half_conversions() -> bool:
    """Whether the CPU converts between float16 and float32 (F16C on x86; always on 64-bit Arm)."""
    if not binding.get_process_triple().startswith(("x86_64", "i686")):
        return True
    return "+f16c" in cpu_features().split(",")


def target_machine() -> Any:
    """Return LLVM's code generator for this CPU."""
    _initialize()
    target = binding.Target.from_triple(binding.get_process_triple())
    return target.create_target_machine(
        cpu=cpu_name(),
        features=cpu_features(),
        opt=3,
        reloc="pic",
        codemodel="jitdefault",
        jit=True,
    )


def numba_settings() -> list[str]:
    """The environment's settings for Numba that may shape the code it makes."""
    return sorted(
        f"{key}={value}"
        for key, value in os.environ.items()
        if key.startswith("NUMBA_") and "CACHE" not in key
    )


def fingerprint() -> str:
    """Everything about this machine and its compiler that shapes native code, as one string."""
    parts = [
        f"numba {version('numba')}",
        f"llvmlite {llvmlite.__version__}",
        binding.get_process_triple(),
        cpu_name(),
        cpu_features(),
        *numba_settings(),
    ]
    return "\n".join(parts)


def load(object_code: bytes, function: str) -> int:
    """Bring object code into the process, for good, and return the address of one of its functions.

    Args:
        object_code: what ``compile.py`` made; LLVM ends the process on bytes that are something
            else, so that whoever reads them from a file has to check them first.

    Raises:
        RuntimeError: it defines no such function.
    """
    with _lock.held:
        _initialize()
        module = binding.parse_assembly("")
        module.triple = binding.get_process_triple()
        engine = binding.create_mcjit_compiler(module, target_machine())
        engine.add_object_file(binding.ObjectFileRef.from_data(object_code))
        engine.finalize_object()
        address = int(engine.get_function_address(function))
        if not address:
            raise RuntimeError(f"the object code defines no function {function!r}")
        keep(engine)
        return address


def keep(thing: object) -> None:
    """Let an object live to the end of the process, whatever module is reloaded or torn down.

    Native code outlives all that knows its address: a thread may still run it while Python ends.
    """
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(thing))
