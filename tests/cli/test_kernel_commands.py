"""`kernels` and `show`."""

import pytest

from adadelta_gen.layout import GENERATED
from adadelta_gen.spec import ALL_SPECS

SPEC = ALL_SPECS[0]


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
        target, dtype, direction, decay, state, rounding, source, _ = table[spec.name]
        assert (target, dtype, source) == (spec.target, spec.dtype, "ready")
        assert direction == ("maximize" if spec.maximize else "minimize")
        assert decay == ("L2" if spec.weight_decay else "none")
        assert state == ("float32" if spec.wide_state else spec.dtype)
        assert rounding == ("stochastic" if spec.stochastic else "nearest")


def test_kernels_says_what_is_missing_and_stale(invoke, generated):
    missing, stale = ALL_SPECS[:2]
    (generated / missing.target / f"{missing.name}.py").unlink()
    (generated / stale.target / f"{stale.name}.py").write_text("", encoding="utf-8")
    table = rows(invoke("kernels").output)
    assert [table[spec.name][6] for spec in ALL_SPECS[:3]] == ["missing", "stale", "ready"]


def test_kernels_counts_cache_entries(invoke, tmp_path, monkeypatch):
    monkeypatch.setenv("ADADELTA_GEN_CACHE_DIR", str(tmp_path))
    (tmp_path / f"{SPEC.name}-0123.o").touch()
    table = rows(invoke("kernels").output)
    assert table[SPEC.name][-1] == "1"
    assert table[ALL_SPECS[1].name][-1] == "0"


def test_show_prints_the_source_unchanged(invoke):
    result = invoke("show", SPEC.name)
    assert result.exit_code == 0
    path = GENERATED / SPEC.target / f"{SPEC.name}.py"
    assert result.stdout == path.read_text(encoding="utf-8")


def test_show_asm_prints_machine_code_of_the_kernel(invoke):
    result = invoke("show", "--asm", SPEC.name)
    assert result.exit_code == 0
    assert f"\n{SPEC.name}:\n" in result.stdout


@pytest.mark.parametrize("option", [[], ["--asm"]])
def test_show_unknown_name_lists_near_ones(invoke, option):
    result = invoke("show", *option, f"{SPEC.name}x")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert SPEC.name in result.stderr.partition("near:")[2]


def test_show_refuses_a_source_that_was_edited(invoke, generated):
    (generated / SPEC.target / f"{SPEC.name}.py").write_text("", encoding="utf-8")
    result = invoke("show", SPEC.name)
    assert result.exit_code == 1
    assert "make generate" in result.stderr
