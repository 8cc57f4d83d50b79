"""Frozen programs: the hook lists everything that a step needs. Does not run PyInstaller."""

import importlib.util
from importlib.metadata import entry_points
from pathlib import Path

from adadelta_gen import frozen
from adadelta_gen.cpu import kernels as cpu
from adadelta_gen.cuda import kernels as cuda
from adadelta_gen.native.code import STEP


def hook():
    (folder,) = frozen.hook_dirs()
    path = Path(folder) / "hook-adadelta_gen.py"
    spec = importlib.util.spec_from_file_location("hook", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pyinstaller_finds_the_hook():
    (found,) = entry_points(group="pyinstaller40", name="hook-dirs").select(
        module="adadelta_gen.frozen"
    )
    assert found.load() is frozen.hook_dirs


def test_all_compiled_texts_are_data():
    files = {f"{place}/{Path(source).name}" for source, place in hook().datas}
    for text in (STEP, *cpu.texts(), *cuda.texts()):
        for file in (text.file, text.index):
            assert f"adadelta_gen/generated/{file}" in files


def test_hidden_imports_exist():
    for name in hook().hiddenimports:
        assert importlib.util.find_spec(name) is not None
