"""The functions of torch that native code calls, under the names of each platform's compiler.

On the platform of this process the native step itself shows that they are there. The libraries of
the others are read: ADADELTA_GEN_TORCH_WHEELS is a folder with wheels of torch (`make test-names`).
"""

import os
import sys
import zipfile
from pathlib import Path

import pytest

from adadelta_gen.native import abi, shim

WHEELS = os.environ.get("ADADELTA_GEN_TORCH_WHEELS")
GRAD = "_ZNK3c1010TensorImpl4gradEv"
NAMES = (*abi.GETTERS, *abi.TORCH_FUNCTIONS.values(), GRAD, "torch_parallel_for")
# What a wheel's file name says of its platform, and the libraries that define the functions.
LIBRARIES = {
    "win_amd64": ("torch_cpu.dll", "c10.dll"),
    "macosx": ("libtorch_cpu.dylib", "libc10.dylib"),
    "x86_64": ("libtorch_cpu.so", "libc10.so"),
    "aarch64": ("libtorch_cpu.so", "libc10.so"),
}


class Library:
    """A library with functions of these names."""

    def __init__(self, names):
        self._names = names

    def __getattr__(self, name):
        if name not in self._names:
            raise AttributeError(name)
        return self._names.index(name) + 1


@pytest.fixture
def on_windows(monkeypatch):
    """Look functions up as on Windows; return a function that sets what the two DLLs export."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(shim, "address", lambda function: function or 0)

    def export(torch_cpu, c10):
        monkeypatch.setattr(shim, "libtorch", lambda device: Library(torch_cpu))
        monkeypatch.setattr(shim, "_core", lambda: Library(c10))

    return export


def test_windows_has_other_names_in_two_libraries(on_windows):
    on_windows(["torch_parallel_for", "?is_neg@native@at@@YA_NAEBVTensor@2@@Z"], ["none", "other"])
    assert shim.address_in_torch("cpu", "torch_parallel_for") == 1
    assert shim.address_in_torch("cpu", abi.TORCH_FUNCTIONS["T_IS_NEG"]) == 2
    assert shim.address_in_torch("cpu", GRAD) == 0
    on_windows(["torch_parallel_for"], ["none", "?grad@TensorImpl@c10@@QEBAAEBVTensor@at@@XZ"])
    assert shim.address_in_torch("cpu", GRAD) == 2


def test_every_mangled_name_has_one_for_windows():
    assert {name for name in NAMES if name.startswith("_Z")} == shim.MANGLED_ON_WINDOWS.keys()


@pytest.mark.skipif(sys.platform == "win32", reason="has the names of Windows")
def test_all_names_are_found_here():
    assert all(shim.address_in_torch("cpu", name) for name in NAMES)


@pytest.mark.skipif(WHEELS is None, reason="ADADELTA_GEN_TORCH_WHEELS names no folder of wheels")
@pytest.mark.parametrize("platform", LIBRARIES)
def test_wheels_export_all_names(platform, tmp_path):
    lief = pytest.importorskip("lief")
    wheels = [path for path in Path(str(WHEELS)).glob("torch-*.whl") if platform in path.stem]
    if not wheels:
        pytest.skip(f"{WHEELS} has no wheel of torch for {platform}")
    for wheel in wheels:
        exported = set()
        with zipfile.ZipFile(wheel) as files:
            for library in LIBRARIES[platform]:
                binary = lief.parse(files.extract(f"torch/lib/{library}", tmp_path))
                if isinstance(binary, lief.PE.Binary):
                    exported |= {entry.name for entry in binary.get_export().entries}
                else:
                    exported |= {symbol.name for symbol in binary.exported_symbols}
        if platform == "win_amd64":
            names = {shim.MANGLED_ON_WINDOWS.get(name, name) for name in NAMES}
        else:
            names = {f"_{name}" if platform == "macosx" else name for name in NAMES}
        assert names <= exported, wheel.name
        assert len(exported) > 1000
