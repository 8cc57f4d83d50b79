"""`kernels` and `show`."""

import json
import os
import re
import subprocess
import sys

import pytest
from reliability.child import run
from reliability.installed import environment, install

from adadelta_gen.paths import GENERATED
from adadelta_gen.spec import ALL_SPECS

SPEC = ALL_SPECS[0]
KINDS = {"cpu": "ll", "cuda": "ptx"}  # of compiled texts


def rows(output):
    """Return the cells of a table's rows by their first cell."""
    cells = (
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in output.splitlines()
        if line.lstrip().startswith("|")
    )
    return {first: rest for first, *rest in cells}


def test_kernels_lists_every_spec(invoke):
    result = invoke("kernels")
    assert result.exit_code == 0
    table = rows(result.output)
    for spec in ALL_SPECS:
        target, dtype, direction, decay, state, rounding, source, text = table[spec.name]
        assert (target, dtype, source) == (spec.target, spec.dtype, "ready")
        assert text == {"cpu": "LLVM IR", "cuda": "PTX"}[spec.target]
        assert direction == ("maximize" if spec.maximize else "minimize")
        assert decay == ("L2" if spec.weight_decay else "none")
        assert state == spec.state_dtype
        assert rounding == ("dithered" if spec.dithered else "nearest")


def test_kernels_as_json(invoke):
    found = json.loads(invoke("kernels", "--json").stdout)
    assert [row["name"] for row in found] == [spec.name for spec in ALL_SPECS]
    table = rows(invoke("kernels").output)
    assert all([*row.values()][1:] == table[row["name"]] for row in found)


def test_kernels_says_what_is_missing_and_stale(invoke, generated):
    missing, stale = ALL_SPECS[:2]
    (generated / missing.target / f"{missing.name}.py").unlink()
    (generated / stale.target / f"{stale.name}.py").write_text("", encoding="utf-8")
    table = rows(invoke("kernels").output)
    assert [table[spec.name][6] for spec in ALL_SPECS[:3]] == ["missing", "stale", "ready"]


@pytest.mark.parametrize("spec", [ALL_SPECS[0], ALL_SPECS[-1]], ids=lambda spec: spec.name)
def test_kernels_says_which_compiled_texts_are_missing_and_stale(invoke, generated, spec):
    path = generated / spec.target / f"{spec.name}.{KINDS[spec.target]}"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert rows(invoke("kernels").output)[spec.name][-1] == "stale"
    path.unlink()
    assert rows(invoke("kernels").output)[spec.name][-1] == "missing"


def test_show_prints_the_source_unchanged(invoke):
    result = invoke("show", SPEC.name)
    assert result.exit_code == 0
    path = GENERATED / SPEC.target / f"{SPEC.name}.py"
    assert result.stdout == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("spec", [ALL_SPECS[0], ALL_SPECS[-1]], ids=lambda spec: spec.name)
def test_show_prints_what_was_compiled(invoke, spec):
    kind = KINDS[spec.target]
    result = invoke("show", {"ll": "--ir", "ptx": "--ptx"}[kind], spec.name)
    assert result.exit_code == 0
    path = GENERATED / spec.target / f"{spec.name}.{kind}"
    assert result.stdout == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "instruction"),
    [([], "sqrt"), (["--cpu", "haswell"], "%ymm"), (["--cpu", "neoverse-n1"], r"fsqrt\s+v")],
)
def test_show_asm_prints_machine_code_of_the_kernel(invoke, options, instruction):
    result = invoke("show", "--asm", *options, SPEC.name)
    assert result.exit_code == 0
    assert f"\n{SPEC.name}:" in result.stdout
    assert re.search(instruction, result.stdout)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--ir", "--asm", SPEC.name], "only one of"),
        (["--cpu", "haswell", SPEC.name], "--cpu requires --asm"),
        (["--ptx", SPEC.name], "use --ir"),
        (["--asm", ALL_SPECS[-1].name], "use --ptx"),
        (["--asm", "--cpu", "haswel", SPEC.name], "unknown CPU 'haswel'; did you mean: haswell"),
    ],
)
def test_show_refuses_what_does_not_go_together(invoke, options, said):
    result = invoke("show", *options)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr


@pytest.mark.parametrize("option", [[], ["--asm"]])
def test_show_unknown_name_lists_near_ones(invoke, option):
    result = invoke("show", *option, f"{SPEC.name}x")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert SPEC.name in result.stderr.partition("did you mean:")[2]


def test_show_lists_some_names_where_none_is_near(invoke):
    stderr = invoke("show", "nope").stderr
    assert f"choose from: {ALL_SPECS[0].name}, " in stderr
    assert f" and {len(ALL_SPECS) - 12} more" in stderr


def test_show_refuses_a_source_that_was_edited(invoke, generated):
    (generated / SPEC.target / f"{SPEC.name}.py").write_text("", encoding="utf-8")
    result = invoke("show", SPEC.name)
    assert result.exit_code == 1
    assert "make generate" in result.stderr


def test_an_installation_needs_no_sources(tmp_path):
    site = install(tmp_path)
    (site / "adadelta_gen" / "generated" / SPEC.target / f"{SPEC.name}.py").unlink()
    (site / "adadelta_gen" / "native" / "step.py").unlink()

    def said(*arguments):
        return run(
            "import sys\nfrom adadelta_gen.__main__ import main\nmain()",
            *arguments,
            **environment(site),
        )

    assert SPEC.name in said("show", SPEC.name, "--ir")
    assert SPEC.name in said("show", SPEC.name, "--asm", "--cpu", "haswell")
    assert rows(said("kernels"))[SPEC.name][-2:] == ["missing", "LLVM IR"]


@pytest.mark.parametrize("llvmlite", ["raise OSError('no library')", "__version__ = '0.1'"])
def test_show_without_an_llvmlite_that_can_be_used(tmp_path, llvmlite):
    (tmp_path / "llvmlite").mkdir()
    (tmp_path / "llvmlite" / "__init__.py").write_text(f"{llvmlite}\n", encoding="utf-8")
    process = subprocess.run(
        [sys.executable, "-m", "adadelta_gen", "show", SPEC.name, "--asm"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 1
    assert process.stderr.startswith("error: llvmlite cannot be imported")
    assert "Traceback" not in process.stderr
