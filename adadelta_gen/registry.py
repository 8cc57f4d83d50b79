"""KernelSpec -> ready kernel: lazy, cached, never silent."""

import json
from functools import cache
from importlib import import_module
from typing import Any

from adadelta_gen.layout import (
    GENERATED,
    MANIFEST,
    REPAIR,
    TEMPLATES,
    digest,
    template_digests,
)
from adadelta_gen.spec import ALL_SPECS, KernelSpec


class GeneratedCodeError(RuntimeError):
    """``generated/`` is missing, edited, or not what the templates say."""


@cache
def target(name: str) -> Any:
    """Return the module that stands for a target; ``cpu/target.py`` says what is in it."""
    return import_module(f"adadelta_gen.{name}.target")


@cache
def load(spec: KernelSpec) -> Any:
    """Return the kernel of a variant, ready to run.

    CPU kernels are compiled on first use on a machine and cached on disk.

    Raises:
        GeneratedCodeError: its generated source is missing or stale.
    """
    return target(spec.target).kernel(spec, source(spec))


def source(spec: KernelSpec) -> str:
    """Return the generated source of a variant after proving that it is what was generated.

    Raises:
        GeneratedCodeError: it is missing or stale; the message says what to run.
    """
    path = GENERATED / spec.target / f"{spec.name}.py"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise GeneratedCodeError(f"generated kernel {path} is unreadable: {REPAIR}") from error
    if digest(text) != _manifest()["kernels"].get(spec.name):
        raise GeneratedCodeError(f"generated kernel {path} is not what was generated: {REPAIR}")
    return text


def available_kernels() -> tuple[KernelSpec, ...]:
    """Return the variants that can run on this machine, in the order of ``ALL_SPECS``.

    Raises:
        GeneratedCodeError: ``generated/`` is missing or stale; the message says what to run.
    """
    for spec in ALL_SPECS:
        source(spec)
    return tuple(spec for spec in ALL_SPECS if not target(spec.target).unavailable())


@cache
def _manifest() -> dict[str, dict[str, str]]:
    path = GENERATED / MANIFEST
    try:
        manifest: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
        digests = manifest["kernels"], manifest["templates"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GeneratedCodeError(f"{path} is missing or broken: {REPAIR}") from error
    if digests[1] != template_digests(TEMPLATES):
        raise GeneratedCodeError(f"the templates changed since {path} was written: {REPAIR}")
    return manifest
