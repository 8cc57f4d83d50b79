"""Steps of an installed package, also with damaged files or unusual environments."""

import compileall
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

from adadelta_gen.cpu.kernels import finder_text, kernel_text
from adadelta_gen.native.code import STEP
from adadelta_gen.spec import KernelSpec
from reliability.child import run
from reliability.installed import STEPS, WHERE, check_out, environment, install

FLOAT32 = kernel_text(KernelSpec("cpu", "float32"))

# The error of a step with damaged files names them.
REFUSED = """
import torch
from adadelta_gen import Adadelta
from adadelta_gen.paths import GeneratedCodeError

p = torch.nn.Parameter(torch.ones(5))
p.grad = torch.ones(5)
before = p.detach().clone()
for fused in (None, True):
    try:
        Adadelta([p], fused=fused).step()
    except GeneratedCodeError as error:
        print(error)
    else:
        raise AssertionError("not refused")
    assert torch.equal(p, before)
"""


@pytest.fixture(scope="module")
def untouched(tmp_path_factory):
    return install(tmp_path_factory.mktemp("site"))


@pytest.fixture
def site(untouched, tmp_path):
    """An installation that tests may damage."""
    return shutil.copytree(untouched, tmp_path / "site")


def test_an_installed_package_takes_steps(untouched):
    place = run(WHERE, **environment(untouched))
    assert place.startswith(str(untouched))


def test_a_zipped_package_takes_steps(untouched, tmp_path):
    archive = tmp_path / "adadelta_gen.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in untouched.rglob("*"):
            file.write(path, path.relative_to(untouched))
    assert run(WHERE, **environment(archive)).startswith(str(archive))


def test_a_package_of_bytecode_files_takes_steps(site):
    assert compileall.compile_dir(site, quiet=1, legacy=True)
    for path in site.rglob("*.py"):
        path.unlink()
    assert run(WHERE, **environment(site)).strip().endswith("__init__.pyc")


def test_steps_need_no_home_folder_and_no_user_name(untouched):
    without = environment(untouched) | {"HOME": "", "XDG_CACHE_HOME": ""}
    run(
        """
        import os, pwd
        for name in ("HOME", "XDG_CACHE_HOME"):
            del os.environ[name]
        def nobody(uid):
            raise KeyError(uid)
        pwd.getpwuid = nobody
        """
        + STEPS.replace("\n", "\n        "),
        **without,
    )


@pytest.fixture
def readable():
    """A folder that other users can read; pytest's own folders are private."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="has no user numbers")
def test_an_unknown_user_without_home_in_a_folder_that_nobody_may_write(readable, untouched):
    """In a process that drops its privileges after importing Python and torch."""
    if os.geteuid():
        pytest.skip("only root can become another user")
    site = shutil.copytree(untouched, readable / "site")
    nowhere = readable / "nowhere"
    nowhere.mkdir()
    for path in (readable, *readable.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    run(
        f"""
        import os
        import torch, torch.optim, llvmlite.binding, numpy, importlib.resources
        import zipfile, inspect, json, hashlib, difflib, bisect, mmap, concurrent.futures
        os.environ.pop("HOME", None)
        os.chdir({str(nowhere)!r})
        preloaded = torch.nn.Parameter(torch.ones(1))
        preloaded.grad = torch.ones(1)
        torch.optim.Adadelta([preloaded]).step()
        import adadelta_gen.optimizer, adadelta_gen.cpu.target, adadelta_gen.native.machine
        os.setgid(54321)
        os.setuid(54321)
        """
        + STEPS.replace("\n", "\n        "),
        **environment(site),
    )


def test_caches_of_older_versions_are_not_read(site, tmp_path):
    """Entries of every name, and symbolic links, in all their folders."""
    folders = [
        site / "adadelta_gen" / "generated" / "cpu" / "__pycache__",
        tmp_path / "home" / ".cache" / "adadelta_gen",
        tmp_path / "chosen",
    ]
    for folder in folders:
        folder.mkdir(parents=True)
        for name in (FLOAT32.name, "adadelta_step"):
            code = b"\xcc" * 100
            (folder / f"{name}-{'0' * 24}.o").write_bytes(hashlib.sha256(code).digest() + code)
            os.mkfifo(folder / f"{name}.lock")
    before = {path: path.lstat().st_mtime_ns for f in folders for path in (f, *f.iterdir())}
    run(
        "import torch, sys\nseen = []\nsys.addaudithook(\n"
        "    lambda event, arguments: event == 'open'"
        " and str(arguments[0]).endswith(('.o', '.lock')) and seen.append(arguments))\n"
        + STEPS
        + "assert seen == [], seen\n",
        **environment(site),
        HOME=str(tmp_path / "home"),
        ADADELTA_GEN_CACHE_DIR=str(tmp_path / "chosen"),
        PYTHONDONTWRITEBYTECODE="1",
    )
    assert before == {path: path.lstat().st_mtime_ns for path in before}


@pytest.mark.parametrize(
    "settings",
    [
        {"NUMBA_DISABLE_JIT": "1"},
        {"NUMBA_OPT": "0", "NUMBA_LOOP_VECTORIZE": "0"},
        {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""},
        {"NUMBA_BOUNDSCHECK": "1"},
    ],
    ids=str,
)
def test_settings_of_numba_have_no_effect(untouched, tmp_path, settings):
    (tmp_path / ".numba_config.yaml").write_text("loop_vectorize: 0\n", encoding="utf-8")
    code = "import os; os.chdir(os.environ['THERE'])\n" + (
        "from adadelta_gen.native import machine\n"
        "from adadelta_gen import committed\n"
        "from adadelta_gen.cpu.kernels import kernel_text\n"
        "from adadelta_gen.spec import KernelSpec\n"
        "text = committed.load(kernel_text(KernelSpec('cpu', 'float32')))\n"
        "print(machine.assembly(text, machine.host()))\n"
    )
    own = environment(untouched) | {"THERE": str(tmp_path)}
    assert run(code, **own, **settings) == run(code, **own)


def damage(path, how):
    text = path.read_bytes()
    if how == "missing":
        path.unlink()
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "cut":
        path.write_bytes(text[: len(text) // 2])
    elif how == "a bit":
        middle = len(text) // 2
        path.write_bytes(text[:middle] + bytes([text[middle] ^ 1]) + text[middle + 1 :])
    elif how == "no text":
        path.write_bytes(b"\xff\xfe\x00" * 100)
    elif how == "folder":
        path.unlink()
        path.mkdir()
    else:
        path.unlink()
        os.mkfifo(path) if how == "pipe" else path.symlink_to("/dev/zero")


HOWS = ["missing", "empty", "cut", "a bit", "no text", "folder", "pipe", "endless"]


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("file", [STEP.file, STEP.index, FLOAT32.file, FLOAT32.index])
def test_a_damaged_file_is_named_and_not_run(site, file, how):
    if how == "a bit" and file.endswith(".json"):
        pytest.skip("most bits of an index are of other texts")
    path = site / "adadelta_gen" / "generated" / file
    damage(path, how)
    said = run(REFUSED, **environment(site))
    assert said.count(str(path)) == 2
    assert said.count("pip install --force-reinstall") == 2


@pytest.mark.parametrize(
    "content", ["[]", "null", "{}", '{"adadelta_step": 1}', '{"adadelta_step": {}}']
)
def test_an_index_of_another_type_is_named(site, content):
    path = site / "adadelta_gen" / "generated" / STEP.index
    path.write_text(content, encoding="utf-8")
    assert str(path) in run(REFUSED, **environment(site))


def test_an_index_that_cannot_be_parsed_is_named(site):
    path = site / "adadelta_gen" / "generated" / STEP.index
    path.write_text("[" * 200_000, encoding="utf-8")
    assert str(path) in run(REFUSED, **environment(site))


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_damaged_file_in_a_zip_is_named(untouched, tmp_path, compression):
    archive, name = tmp_path / "adadelta_gen.zip", f"adadelta_gen/generated/{STEP.file}"
    with zipfile.ZipFile(archive, "w", compression) as file:
        for path in untouched.rglob("*"):
            file.write(path, path.relative_to(untouched))
        entry = file.getinfo(name)
    content = bytearray(archive.read_bytes())
    begin = entry.header_offset + 30 + len(name)
    for i in range(begin, begin + entry.compress_size, 7):
        content[i] ^= 0x55
    archive.write_bytes(content)
    assert name in run(REFUSED, **environment(archive))


@pytest.mark.parametrize("missing", [("generated",), ("generated", "templates")], ids=str)
def test_an_installation_without_generated_files_is_not_a_checkout(site, missing):
    for folder in missing:
        shutil.rmtree(site / "adadelta_gen" / folder)
    said = run(REFUSED, **environment(site))
    assert str(site / "adadelta_gen" / "generated" / STEP.file) in said
    assert "pip install --force-reinstall" in said


def replaced(site, text, content):
    """Replace a text, with the matching digest in the index."""
    generated = site / "adadelta_gen" / "generated"
    (generated / text.file).write_text(content, encoding="utf-8")
    index = json.loads((generated / text.index).read_text(encoding="utf-8"))
    index[text.name]["text"] = hashlib.sha256(content.encode()).hexdigest()
    (generated / text.index).write_text(json.dumps(index), encoding="utf-8")


# Torch updates if llvmlite cannot parse a text, with one warning.
TORCHS = """
import warnings
import torch
from adadelta_gen import Adadelta

p, q = (torch.nn.Parameter(torch.ones(5)) for _ in range(2))
p.grad = torch.ones(5)
q.grad = torch.ones(5)
o = Adadelta([p])
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    o.step()
    torch.optim.Adadelta([q]).step()
    assert torch.equal(p, q)
    print(o.explain()[0].kernel, o.explain()[0].why)
try:
    Adadelta([p], fused=True).step()
except RuntimeError as error:
    print(error)
assert torch.equal(p, q)
"""


@pytest.mark.parametrize("text", [STEP, FLOAT32], ids=lambda text: text.name)
def test_torch_updates_if_llvmlite_cannot_parse_a_text(site, text):
    replaced(site, text, "define i64 @f() {\n  ret i64 shiny new instruction\n}\n")
    explained, error = run(TORCHS, **environment(site)).splitlines()
    for said in (explained, error):
        assert text.file in said
        assert re.search(r"llvmlite [\d.]+ cannot parse it", said)
        assert "It needs llvmlite>=0.45" in said
    assert explained.startswith("None ")
    assert error.startswith("fused=True, but ")


@pytest.mark.parametrize(
    ("text", "options"),
    [
        (kernel_text(KernelSpec("cpu", "float32", weight_decay=True)), "weight_decay=0.1"),
        (finder_text("float32"), "nonfinite='skip'"),
    ],
    ids=lambda text: getattr(text, "name", ""),
)
def test_the_error_names_a_variant_that_llvmlite_cannot_parse(site, text, options):
    replaced(site, text, "define i64 @f() {\n  ret i64 shiny new instruction\n}\n")
    script = REFUSED.replace("except GeneratedCodeError", "except RuntimeError")
    script = script.replace("Adadelta([p], ", f"Adadelta([p], {options}, ")
    said = run(script, **environment(site))
    assert said.count(f"{text.file}: llvmlite ") == 2
    assert said.count("It needs llvmlite>=0.45") == 2


def test_torch_updates_without_llvmlite(untouched):
    without = "import sys\nsys.modules['llvmlite'] = None\n"
    explained, error = run(without + TORCHS, **environment(untouched)).splitlines()
    for said in (explained, error):
        assert "pip install 'llvmlite>=0.45'" in said
    assert error.startswith("fused=True, but ")


@pytest.mark.parametrize("text", [STEP, FLOAT32], ids=lambda text: text.name)
def test_an_upgrade_between_import_and_first_step_raises(site, text):
    """Code of another version would misread the tables of this version."""
    script = "import adadelta_gen.optimizer\n{}" + REFUSED
    edit = "import pathlib; pathlib.Path({!r}).write_text({!r}, encoding='utf-8')\n"
    index = site / "adadelta_gen" / "generated" / text.index
    content = index.read_text(encoding="utf-8") + "\n"
    said = run(script.format(edit.format(str(index), content)), **environment(site))
    assert said.count(str(index)) == 2
    assert said.count("restart the process") == 2
    run(STEPS, **environment(site))


SOURCES = [FLOAT32.source, "manifest.json", "../templates/rule.py.j2"]
MODULES = ["native/step.py", "native/words.py", "cpu/intrinsics.py", "native/abi.py"]


@pytest.mark.parametrize(
    "place", [*(f"generated/{s}" for s in SOURCES), *(f"adadelta_gen/{m}" for m in MODULES)]
)
def test_a_checkout_with_outdated_texts_raises(tmp_path, place):
    root = check_out(tmp_path / "checkout")
    run(STEPS, **environment(root))
    with (root / place).open("a", encoding="utf-8") as file:
        file.write("# edited\n")
    said = run(REFUSED, **environment(root))
    assert said.count("run `make generate`") == 2


def test_an_installation_does_not_read_the_sources(site):
    """It needs only the compiled texts."""
    package = site / "adadelta_gen"
    for place in (
        *SOURCES,
        *(f"../{module}" for module in ("cpu/intrinsics.py", "native/step.py")),
    ):
        (package / "generated" / place).unlink()
    run(STEPS, **environment(site))
