"""`generate` and `generate --check`, on a copy of generated/."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing import active_children
from pathlib import Path

import pytest
from reliability.installed import check_out, environment

from adadelta_gen.commands import generate
from adadelta_gen.committed import LAYOUT, prove
from adadelta_gen.cpu.kernels import kernel_text
from adadelta_gen.cuda import kernels as cuda
from adadelta_gen.generate import compiled, readme, toolchain
from adadelta_gen.generate.toolchain import TOOLCHAIN, missing
from adadelta_gen.paths import GENERATED, PACKAGE, ROOT, TEMPLATES, GeneratedCodeError, digest
from adadelta_gen.spec import ALL_SPECS, specs_of

from .snapshot import snapshot

KERNEL = f"cpu/{ALL_SPECS[0].name}.py"
FEW = {"ll": [kernel_text(specs_of("cpu")[0])], "ptx": [cuda.kernel_text(specs_of("cuda")[0])]}
needs_toolchain = pytest.mark.skipif(
    bool(missing("ll") or missing("ptx")), reason=f"needs {missing('ll')} {missing('ptx')}"
)


@pytest.fixture
def few_texts(monkeypatch, generated):
    """Use only two compiled texts; `make check-generated` compiles all of them."""
    monkeypatch.setattr(compiled, "texts", FEW.get)
    for (text,) in FEW.values():
        index = generated / text.index
        whole = json.loads(index.read_text(encoding="utf-8"))
        kept = {name: whole[name] for name in ("@generated", LAYOUT, text.name)}
        index.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        for path in generated.rglob(f"*.{text.kind}"):
            if path.stem != text.name:
                path.unlink()


@needs_toolchain
@pytest.mark.usefixtures("few_texts")
def test_check_passes_when_up_to_date(invoke, generated):
    result = invoke("generate", "--check")
    assert result.exit_code == 0, result.stderr
    for what in ("generated/*/*.py", "LLVM IR", "PTX"):
        assert f"{what}: up to date\n" in result.output


def test_check_prints_difference_and_repair_and_writes_nothing(invoke, generated):
    with (generated / KERNEL).open("a", encoding="utf-8") as file:
        file.write("by_hand = 1\n")
    before = snapshot(generated)
    result = invoke("generate", "--check")
    assert result.exit_code == 1
    assert f"changed: {KERNEL}" in result.stdout
    assert "-by_hand = 1" in result.stdout.splitlines()
    assert "make generate" in result.stderr
    assert snapshot(generated) == before


MARKED = "# @generated long ago by `make generate`\n"


def test_check_names_missing_and_stale_files(invoke, generated):
    (generated / KERNEL).unlink()
    (generated / "cpu" / "leftover.py").write_text(MARKED, encoding="utf-8")
    result = invoke("generate", "--check")
    assert result.exit_code == 1
    assert f"missing: {KERNEL}" in result.stdout
    assert "stale: cpu/leftover.py" in result.stdout
    assert "2 files are" in result.stderr


def test_generate_repairs_and_lists_the_files(invoke, generated):
    (generated / KERNEL).write_text("this is no python", encoding="utf-8")
    (generated / "__init__.py").unlink()
    (generated / "leftover.py").write_text(MARKED, encoding="utf-8")
    result = invoke("generate")
    assert result.exit_code == 0
    assert f"rewritten: {KERNEL}" in result.stdout
    assert "added: __init__.py" in result.stdout
    assert "removed: leftover.py" in result.stdout
    assert snapshot(generated) == snapshot(GENERATED)


@pytest.mark.parametrize("arguments", [("generate", "--check"), ("generate",)])
def test_template_that_does_not_render(invoke, generated, tmp_path, monkeypatch, arguments):
    templates = tmp_path / "templates"
    shutil.copytree(TEMPLATES, templates)
    with (templates / "rule.py.j2").open("a", encoding="utf-8") as file:
        file.write("{{ misspelt }}\n")
    monkeypatch.setattr(generate, "TEMPLATES", templates)
    before = snapshot(generated)
    result = invoke(*arguments)
    assert result.exit_code == 1
    assert "'misspelt' is undefined" in result.stderr
    assert snapshot(generated) == before


# An entry of None in sys.modules makes an import of that name raise an error.
RENDER_ALONE = """\
import sys
sys.modules.update(torch=None, numba=None, llvmlite=None)
from adadelta_gen.commands.app import app
app(["generate", *sys.argv[1:]])
"""


@pytest.mark.parametrize("damage", ["broken", "missing"])
def test_renders_without_generated_code_torch_or_numba(tmp_path, damage):
    """But for compiled texts, which compilers make."""
    ignored = shutil.ignore_patterns("__pycache__", *(TEMPLATES.name, GENERATED.name))
    shutil.copytree(PACKAGE, tmp_path / "adadelta_gen", ignore=ignored)
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    generated = tmp_path / "generated"
    lost = ("*.py", "manifest.json") if damage == "missing" else ()
    shutil.copytree(GENERATED, generated, ignore=shutil.ignore_patterns("__pycache__", *lost))
    if damage == "broken":
        for path in ("__init__.py", "cpu/__init__.py", KERNEL, "manifest.json"):
            (generated / path).write_text("raise SystemExit('imported')", encoding="utf-8")

    def run(*arguments):
        command = [sys.executable, "-c", RENDER_ALONE, *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert run("--check").returncode == 1
    repair = run()
    assert repair.returncode == 0, repair.stderr
    assert snapshot(generated) == snapshot(GENERATED)


@pytest.fixture
def no_toolchain(monkeypatch):
    monkeypatch.setattr(toolchain, "missing", lambda kind: f"{next(iter(TOOLCHAIN[kind]))}==9.9")


@pytest.mark.usefixtures("no_toolchain")
def test_check_without_the_toolchain_trusts_digests(invoke, generated):
    result = invoke("generate", "--check")
    assert result.exit_code == 0
    for what, tool in (("LLVM IR", "numba"), ("PTX", "numba-cuda")):
        assert f"{what}: up to date, not compiled again, which needs {tool}==9.9" in result.stdout


@pytest.mark.usefixtures("no_toolchain")
@pytest.mark.parametrize("kind", FEW)
@pytest.mark.parametrize("damage", ["edited", "missing", "no index", "broken index"])
def test_outdated_texts_without_the_toolchain(invoke, generated, kind, damage):
    (text,) = FEW[kind]
    path, index = generated / text.file, generated / text.index
    if damage == "edited":
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    elif damage == "missing":
        path.unlink()
    elif damage == "no index":
        index.unlink()
    else:
        index.write_text("[" * 9, encoding="utf-8")
    words = {"ll": "LLVM IR", "ptx": "PTX"}[kind]
    check = invoke("generate", "--check")
    assert check.exit_code == 1
    assert f"{words} of " in check.stderr
    assert text.name in check.stderr
    repair = invoke("generate")
    assert repair.exit_code == 1
    needed = {"ll": "numba==9.9", "ptx": "numba-cuda==9.9"}[kind]
    assert f"texts of {words} have to be compiled, which needs {needed}" in repair.stderr
    assert "pip install -e '.[generate]'" in repair.stderr


@needs_toolchain
@pytest.mark.usefixtures("few_texts")
@pytest.mark.parametrize("kind", FEW)
def test_a_text_that_was_replaced_together_with_its_digest(invoke, generated, kind):
    """Only compiling anew finds it, and generate, if it is gone, makes it again."""
    (text,) = FEW[kind]
    path, index = generated / text.file, generated / text.index
    right, before = path.read_text(encoding="utf-8"), index.read_text(encoding="utf-8")
    wrong = right + {"ll": "; ", "ptx": "// "}[kind] + "by hand\n"
    path.write_text(wrong, encoding="utf-8")
    index.write_text(before.replace(digest(right), digest(wrong)), encoding="utf-8")
    assert prove(text, True, generated) == wrong
    check = invoke("generate", "--check")
    assert check.exit_code == 1
    assert "2 files are not up to date" in check.stderr
    path.unlink()
    assert invoke("generate").exit_code == 0
    assert prove(text, True, generated) == right
    assert index.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("arguments", [("generate",), ("generate", "--check")])
def test_a_missing_source_is_named(invoke, generated, monkeypatch, arguments):
    monkeypatch.setattr(
        generate, "TEMPLATES", shutil.copytree(TEMPLATES, generated.parent / "templates")
    )
    (generate.TEMPLATES / "rule.py.j2").write_bytes(b"\xff\xfe")
    result = invoke(*arguments)
    assert result.exit_code == 1
    assert "rule.py.j2" in result.stderr


def test_the_table_in_readme_is_up_to_date():
    assert readme.differences(ROOT) == []


def test_the_table_in_readme_is_brought_up_to_date(tmp_path):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (tmp_path / "README.md").write_text(text.replace("_min_wd`", "_min`"), encoding="utf-8")
    assert [d.path for d in readme.write(tmp_path)] == ["README.md"]
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == text
    (tmp_path / "README.md").write_text("no table", encoding="utf-8")
    with pytest.raises(GeneratedCodeError, match="lacks"):
        readme.write(tmp_path)


@pytest.mark.parametrize("arguments", [("generate",), ("generate", "--check")])
def test_a_readme_that_is_no_text_is_named(invoke, generated, arguments):
    readme = generated.parent / "README.md"
    readme.write_bytes(b"\xff\xfe")
    result = invoke(*arguments)
    assert result.exit_code == 1
    assert f"{readme} is not text in UTF-8" in " ".join(result.stderr.split())


def test_a_killed_compiler_raises(monkeypatch):
    def kill(made, total):
        for process in active_children():
            process.kill()
        return made

    with pytest.raises(GeneratedCodeError, match="a process that compiles was ended"):
        compiled.compiled(FEW["ll"], GENERATED, kill)


KILLED = """
import os, signal, sys
from multiprocessing import active_children
from adadelta_gen.cpu.kernels import kernel_text
from adadelta_gen.generate import compiled
from adadelta_gen.paths import GENERATED
from adadelta_gen.spec import KernelSpec

def kill(made, total):
    print(*(process.pid for process in active_children()), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

compiled.compiled([kernel_text(KernelSpec("cpu", "float32"))], GENERATED, kill)
"""


def is_running(process):
    """Whether a process has not ended; it may be a zombie that nobody waits for."""
    try:
        return "State:\tZ" not in (process / "status").read_text()
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="reads /proc")
def test_compilers_end_when_the_command_is_killed(tmp_path):
    """They would wait for work forever."""
    output = tmp_path / "output"  # not a pipe, which they would keep open
    with output.open("w") as file:
        done = subprocess.run([sys.executable, "-c", KILLED], stdout=file, check=False)
    assert done.returncode == -signal.SIGKILL
    workers = [Path("/proc", number) for number in output.read_text().split()]
    assert workers
    until = time.monotonic() + 120
    try:
        while any(map(is_running, workers)):
            assert time.monotonic() < until, "a compiler is still running"
            time.sleep(0.1)
    finally:
        for worker in workers:
            with suppress(ProcessLookupError):
                os.kill(int(worker.name), signal.SIGKILL)


STALE_BYTECODE = """
import sys
from adadelta_gen.committed import CompiledText
from adadelta_gen.cpu.kernels import finder_text
from adadelta_gen.generate import compiled

if __name__ == "__main__":
    compiled.texts = lambda kind: [finder_text("float32")]
    from pathlib import Path
    compiled.write("ll", Path("generated"), lambda made, total: made)
"""


@pytest.mark.skipif(bool(missing("ll")), reason=f"needs {missing('ll')}")
def test_what_is_compiled_is_the_text_not_bytecode_of_another(tmp_path):
    """Python takes bytecode for a module's if the file has the same second and size."""
    root = check_out(tmp_path)
    script = root / "compile_one.py"
    script.write_text(STALE_BYTECODE, encoding="utf-8")
    module = root / "adadelta_gen" / "cpu" / "lanes.py"
    text = module.read_text(encoding="utf-8")
    right = "LANES = 16"
    assert text.count(right) == 1
    state = module.stat()

    def write(content):
        module.write_text(content, encoding="utf-8")
        os.utime(module, ns=(state.st_atime_ns, state.st_mtime_ns))

    def python(*arguments):
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=root,
            env={**os.environ, **environment(root), "PYTHONDONTWRITEBYTECODE": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    write(text.replace("LANES = 16", "LANES = 32"))
    python("-c", "import adadelta_gen.cpu.lanes")  # leaves bytecode of another number
    assert list(module.parent.glob("__pycache__/lanes.*.pyc"))
    write(text)
    made = root / "generated" / "cpu" / "adadelta_squares_float32.ll"
    before = made.read_text(encoding="utf-8")
    made.unlink()
    python(str(script))
    assert made.read_text(encoding="utf-8") == before
