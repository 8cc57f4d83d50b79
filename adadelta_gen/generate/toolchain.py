"""The pinned versions of the compilers; other versions print other texts."""

from importlib.metadata import PackageNotFoundError, version

# By kind of text; the extra ``generate`` installs the same versions. An empty string means any
# version: no text depends on NVRTC, which Numba-CUDA imports, and which each torch for CUDA pins.
_NUMBA = {"numba": "0.68.1", "llvmlite": "0.50.0"}
_NUMBA_CUDA = {"numba-cuda": "0.30.4", "nvidia-cuda-nvrtc": "", "nvidia-nvvm": "13.0.88"}
TOOLCHAIN = {"ll": _NUMBA, "ptx": _NUMBA_CUDA | _NUMBA}


def missing(kind: str) -> str:
    """Return the missing packages of the toolchain for a kind of text, or an empty string."""
    return ", ".join(
        f"{name}=={wanted}" if wanted else name
        for name, wanted in TOOLCHAIN[kind].items()
        if not (found := _installed(name)) or (wanted and found != wanted)
    )


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
