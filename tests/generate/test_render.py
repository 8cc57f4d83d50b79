"""Rendered templates are deterministic, clean, and differ only in the lines of their flags."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import jinja2
import pytest

from adadelta_gen import paths
from adadelta_gen.generate import sources
from adadelta_gen.native import abi
from adadelta_gen.spec import ALL_SPECS, DTYPES, specs_of

every_spec = pytest.mark.parametrize("spec", ALL_SPECS, ids=lambda spec: spec.name)


def rendered(spec):
    return sources.render(spec, paths.TEMPLATES)


DIGESTS = """
import hashlib
from adadelta_gen.generate.sources import render_all
from adadelta_gen.paths import TEMPLATES
for path, text in render_all(TEMPLATES).items():
    print(path, hashlib.sha256(text.encode()).hexdigest())
"""


def digests(tmp_path, **settings):
    """Render in another process, in another folder, with other settings."""
    return subprocess.run(
        [sys.executable, "-c", DIGESTS],
        cwd=tmp_path,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_rendering_is_deterministic():
    assert sources.render_all(paths.TEMPLATES) == sources.render_all(paths.TEMPLATES)


def test_every_process_renders_the_same(tmp_path):
    here = "".join(
        f"{path} {paths.digest(t)}\n" for path, t in sources.render_all(paths.TEMPLATES).items()
    )
    assert digests(tmp_path, PYTHONHASHSEED="1", TZ="Asia/Tokyo") == here
    assert digests(tmp_path, PYTHONHASHSEED="2", LC_ALL="C", PYTHONUTF8="0") == here


@pytest.mark.parametrize("name", ["rule.py.j2", "cpu.py.j2", "cuda.py.j2", "package.py.j2"])
@pytest.mark.parametrize(
    "misspelt", ["{{ sepc.name }}", "{{ spec.naem }}", "{% if spec.maximise %}{% endif %}"]
)
def test_an_undefined_name_raises(tmp_path, name, misspelt):
    templates = shutil.copytree(paths.TEMPLATES, tmp_path / "templates")
    with (templates / name).open("a", encoding="utf-8") as template:
        template.write(misspelt + "\n")
    with pytest.raises(jinja2.UndefinedError):
        sources.render_all(templates)


def test_there_is_one_file_per_variant():
    packages = {"__init__.py", "cpu/__init__.py", "cuda/__init__.py", paths.MANIFEST}
    kernels = {f"{spec.target}/{spec.name}.py" for spec in ALL_SPECS}
    assert sources.render_all(paths.TEMPLATES).keys() == packages | kernels


@every_spec
def test_maximize_adds_only_its_line(spec):
    assert flipped(spec, "maximize", "        grad = -grad\n")


@every_spec
def test_weight_decay_adds_only_its_lines(spec):
    lines = ["        grad = fma(weight_decay, param, grad)\n"]
    if spec.target == "cpu":
        lines.append("    weight_decay = load_scalar(scalars, abi.WEIGHT_DECAY)\n")
    assert flipped(spec, "weight_decay", *lines)


def flipped(spec, flag, *lines):
    """Whether a flag adds only these lines, apart from name and docstring."""
    without, with_flag = replace(spec, **{flag: False}), replace(spec, **{flag: True})
    text = rendered(with_flag)
    assert all(text.count(line) == 1 for line in lines)
    for field in ("name", "description"):
        text = text.replace(getattr(with_flag, field), getattr(without, field))
    for line in lines:
        text = text.replace(line, "")
    return text == rendered(without)


def without_pairs(text):
    """Return the source without the loop over pairs."""
    text = re.sub(r"^from .*_pair as .*\n", "", text, flags=re.MULTILINE)
    loop = re.compile(r"^ *paired = .*\n(.*\n)*? *for i in range\(paired, n\):$", re.MULTILINE)
    return loop.sub(" " * 16 + "for i in range(n):", text)


@pytest.mark.parametrize("spec", specs_of("cpu"), ids=lambda spec: spec.name)
def test_only_bfloat16_is_loaded_in_pairs(spec):
    has_pairs = spec.dtype == spec.state_dtype == "bfloat16"
    assert (without_pairs(rendered(spec)) != rendered(spec)) == has_pairs
    assert rendered(spec).count("_pair(") == 7 * has_pairs
    assert "pair" not in without_pairs(rendered(spec))


PLAIN = [spec for spec in specs_of("cpu") if not (spec.state_dtype != spec.dtype or spec.dithered)]


@pytest.mark.parametrize("spec", PLAIN, ids=lambda spec: spec.name)
@pytest.mark.parametrize("dtype", DTYPES)
def test_dtypes_differ_only_in_name_and_size(spec, dtype):
    other = replace(spec, dtype=dtype, state_dtype=dtype)
    word = rf"(?<![a-z]){spec.dtype}(?!\d)"
    renamed = re.sub(word, dtype, without_sizes(spec))
    assert renamed == without_sizes(other)


def without_sizes(spec):
    """Return the source without element sizes, compute dtype, ratio and pairs."""
    text = without_pairs(rendered(spec))
    text = re.sub(rf"\b({spec.itemsize}|{spec.state_itemsize}) \* first", "SIZE * first", text)
    sizes = f"next_chunk, {spec.itemsize}, {spec.state_itemsize})"
    assert sizes in text
    scalar = f"from adadelta_gen.cpu.intrinsics import load_{spec.compute_dtype} as load_scalar\n"
    ratio = "ratio_of_roots" if spec.compute_dtype != spec.dtype else "root_of_ratio"
    ratio = f"from adadelta_gen.cpu.intrinsics import {ratio} as rms_ratio\n"
    for line in (scalar, ratio):
        assert line in text
        text = text.replace(line, "")
    return text.replace(sizes, "next_chunk, SIZES)")


@pytest.mark.parametrize(
    "spec",
    [spec for spec in specs_of("cpu") if spec.state_dtype != spec.dtype and not spec.dithered],
    ids=lambda spec: spec.name,
)
def test_a_float32_state_differs_only_in_imports_and_size(spec):
    narrow = replace(spec, state_dtype="")
    text, plain = without_sizes(spec), without_sizes(narrow)
    for field in ("name", "description"):
        text = text.replace(getattr(spec, field), getattr(narrow, field))
    imports = re.compile(r"^from adadelta_gen.*\n", re.MULTILINE)
    assert imports.sub("", text) == imports.sub("", plain)
    imported = {line.split()[-1]: line.split()[3] for line in imports.findall(text)}
    assert imported["load_state"] == "load_float32"
    assert imported["store_state"] == "store_float32"
    assert imported["load"] == f"load_{spec.dtype}"


@pytest.mark.parametrize(
    "spec", [spec for spec in ALL_SPECS if spec.dithered], ids=lambda spec: spec.name
)
def test_a_dithered_variant_differs_only_in_stores_of_bfloat16(spec):
    plain = replace(spec, dithered=False, state_dtype=spec.state_dtype * (spec.dtype == "bfloat16"))
    assert body(spec) == body(plain)
    stores = {"cpu": 2 + spec.in_pairs, "cuda": 3}[spec.target]
    arrays = [spec.dtype == "bfloat16", *2 * [spec.state_dtype == "bfloat16"]]
    for column, is_narrow in zip((abi.PARAM, abi.SQUARE_AVG, abi.ACC_DELTA), arrays, strict=True):
        assert rendered(spec).count(f", dither, {column})") == stores * is_narrow
    assert "dither" not in rendered(plain)


def body(spec):
    """Return the function without its name, element sizes and dither."""
    text = without_pairs(rendered(spec)).replace(spec.name, "")
    text = re.sub(r", dither, [0-3]\)", ")", text)
    text = re.sub(r"\b[248] \* first", "SIZE * first", text)
    text = re.sub(r"next_chunk, [248], [248]\)", "next_chunk, SIZES)", text)
    lines = text[text.index("def ") :].splitlines()
    return [line for line in lines if not line.lstrip().startswith("dither = ")]


@every_spec
def test_the_header_names_the_template_and_the_variant(spec):
    header, docstring, *rest = rendered(spec).splitlines()
    template = f"templates/{spec.target}.py.j2"
    assert header == f"# @generated from {template} by `make generate`. DO NOT EDIT."
    place = {"cpu": "the CPU", "cuda": "CUDA"}[spec.target]
    assert docstring == f'"""Adadelta step on {place}: {spec.description}."""'
    assert any(line.startswith(f"def {spec.name}(") for line in rest)


def test_the_output_contains_no_machine_user_or_date():
    tools = ("jinja2", "numba", "llvmlite", "torch", "adadelta-gen")
    folders = [paths.TEMPLATES.parent, sys.prefix, tempfile.gettempdir()]
    words = [*map(version, tools), sys.version.split()[0], *map(str, folders)]
    for path, text in sources.render_all(paths.TEMPLATES).items():
        assert not [word for word in words if word in text], path
        assert not re.search(r"\b(19|20)\d\d\b", text), path


@pytest.mark.parametrize("arguments", [["check"], ["format", "--check"]], ids=" ".join)
def test_the_raw_render_passes_ruff(tmp_path, arguments):
    pytest.importorskip("ruff")
    sources.write(tmp_path, paths.TEMPLATES)
    config = Path(__file__).parents[2] / "pyproject.toml"
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *arguments, "--no-cache", "--config", config, tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No Python files" not in done.stdout + done.stderr
