"""The environment of a measurement: CPU, threads, versions."""

import os
import platform
from importlib import import_module
from importlib.metadata import version
from pathlib import Path


def describe() -> dict[str, str | int]:
    """Return machine and versions, for JSON."""
    import torch

    return {
        "cpu": cpu_model(),
        "cpus": os.cpu_count() or 0,
        "threads": torch.get_num_threads(),
        "platform": platform.platform(),
        "python": platform.python_version(),
        **({"gpu": torch.cuda.get_device_name()} if torch.cuda.is_available() else {}),
        "adadelta-gen": version_of("adadelta_gen"),
        **{name: version_of(name) for name in ("torch", "llvmlite", "numpy")},
    }


def version_of(module: str) -> str:
    """Import a module and return its ``__version__``, or else the version in its metadata.

    Only torch's ``__version__`` always includes the build.
    """
    return str(vars(import_module(module)).get("__version__") or version(module))


def cpu_model() -> str:
    """Return the manufacturer's name of the CPU, or the best name that the platform gives."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    for line in lines:
        key, _, value = line.partition(":")
        if key.strip() == "model name":
            return value.strip()
    return _known_to_llvm() or platform.processor() or platform.machine()


def _known_to_llvm() -> str:
    """Return LLVM's name of the CPU: on Arm, /proc/cpuinfo has only numbers of its parts."""
    try:
        from adadelta_gen.native.machine import host
    except ImportError:
        return ""
    return f"{host().name} ({platform.machine()})"
