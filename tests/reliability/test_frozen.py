"""Frozen programs: the hook names all that a step needs. PyInstaller itself is tried by hand."""

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


def test_what_is_imported_by_computed_names_exists():
    for name in hook().hiddenimports:
        assert importlib.util.find_spec(name) is not None
