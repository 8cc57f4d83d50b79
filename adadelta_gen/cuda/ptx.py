"""The compiled kernels under ``generated/cuda/``, and the proof that each belongs to its source.

PTX is made by ``build.py`` with a pinned toolchain and committed, so that who uses a kernel needs
no compiler. Beside it ``ptx.json`` keeps, for every kernel, a digest of the PTX and one of all that
it was made from: source, intrinsics and build. Nothing here needs the toolchain.
"""

import json
from pathlib import Path
from typing import Any

from adadelta_gen.layout import GENERATED, REPAIR, digest, replace_file
from adadelta_gen.registry import GeneratedCodeError
from adadelta_gen.spec import KernelSpec, specs_of

INDEX = "ptx.json"
_MADE_WITH = ("intrinsics.py", "build.py", "../stochastic.py")


class PtxError(GeneratedCodeError):
    """The PTX of a kernel is missing, edited, or not made from its source."""


def files(generated: Path = GENERATED) -> set[Path]:
    """Return the paths of all compiled kernels and of their index, whether they exist or not."""
    folder = generated / "cuda"
    return {folder / INDEX, *(_path(spec, generated) for spec in specs_of("cuda"))}


def text(spec: KernelSpec, generated: Path = GENERATED) -> str:
    """Return the PTX of a kernel after proving that it was made from the source beside it.

    Raises:
        PtxError: it is missing, edited or outdated; the message says which.
    """
    return read(spec, _source(spec, generated), generated)


def read(spec: KernelSpec, source: str, generated: Path = GENERATED) -> str:
    """Return the PTX of a kernel after proving that it was made from this source.

    Raises:
        PtxError: it is missing, edited or outdated; the message says which.
    """
    path = _path(spec, generated)
    try:
        compiled_text = path.read_text(encoding="utf-8")
        entry = _index(generated)[spec.name]
        recorded = entry["made_from"], entry["ptx"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PtxError(f"{path} or its entry in {INDEX} is missing: {REPAIR}") from error
    if recorded[0] != _made_from(source):
        raise PtxError(f"{path} was compiled from another source: {REPAIR}")
    if recorded[1] != digest(compiled_text):
        raise PtxError(f"{path} is not what was compiled: {REPAIR}")
    return compiled_text


def outdated(generated: Path = GENERATED) -> list[KernelSpec]:
    """Return the variants whose PTX does not belong to the source beside it."""
    found = []
    for spec in specs_of("cuda"):
        try:
            text(spec, generated)
        except (PtxError, OSError):
            found.append(spec)
    return found


def compiled(spec: KernelSpec, generated: Path = GENERATED) -> str:
    """Compile a kernel's source as it lies there; takes the pinned toolchain and half a second."""
    from adadelta_gen.cuda import build

    return build.ptx(spec, _source(spec, generated))


def write(texts: dict[str, str], generated: Path = GENERATED) -> None:
    """Put compiled kernels in their places, each file atomically and the index last."""
    specs = specs_of("cuda")
    index = {spec.name: _index(generated).get(spec.name) for spec in specs}
    for spec in specs:
        if spec.name in texts:
            replace_file(_path(spec, generated), texts[spec.name])
            made_from = _made_from(_source(spec, generated))
            index[spec.name] = {"made_from": made_from, "ptx": digest(texts[spec.name])}
    replace_file(generated / "cuda" / INDEX, json.dumps(index, indent=2, sort_keys=True) + "\n")


def _index(generated: Path) -> dict[str, Any]:
    try:
        index = json.loads((generated / "cuda" / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return index if isinstance(index, dict) else {}


def _path(spec: KernelSpec, generated: Path) -> Path:
    return generated / "cuda" / f"{spec.name}.ptx"


def _source(spec: KernelSpec, generated: Path) -> str:
    return (generated / "cuda" / f"{spec.name}.py").read_text(encoding="utf-8")


def _made_from(source: str) -> str:
    here = Path(__file__).parent
    return digest("\n".join([source, *((here / name).read_text("utf-8") for name in _MADE_WITH)]))
