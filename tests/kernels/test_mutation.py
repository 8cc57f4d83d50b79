"""The kernel tests detect every wrong line of the rule: each mutation of a template must fail.

A mutated template is rendered, imported, compiled, loaded and run like the original.
"""

import shutil
from pathlib import Path

import pytest

from adadelta_gen.cpu import intrinsics
from adadelta_gen.cpu.build import kernel_function
from adadelta_gen.generate import sources
from adadelta_gen.native import build, machine, rms_ratio
from adadelta_gen.paths import TEMPLATES
from adadelta_gen.spec import KernelSpec, specs_of
from kernels.comparison import assert_exact
from kernels.jobs import DITHER, Job, Row, cut
from kernels.reference import State, exact, fused
from kernels.values import HYPERS, random_state, state_of_all_exponents

RULE, LOOP = "rule.py.j2", "cpu.py.j2"
SPECS = [
    spec for spec in specs_of("cpu") if spec.maximize and spec.weight_decay
]  # every line of the rule is there

# (template, line or lines as they stand, what they become)
MUTATIONS = [
    # maximize
    (RULE, "grad = -grad", "grad = grad"),
    # the sign after the decay instead of before
    (
        RULE,
        "grad = -grad\n{% endif %}\n{% if spec.weight_decay %}\n"
        "grad = fma(weight_decay, param, grad)",
        "grad = grad\n{% endif %}\n{% if spec.weight_decay %}\n"
        "grad = -fma(weight_decay, param, grad)",
    ),
    # weight decay
    (RULE, "grad = fma(weight_decay, param, grad)", "grad = fma(-weight_decay, param, grad)"),
    (RULE, "grad = fma(weight_decay, param, grad)", "grad = fma(weight_decay, grad, grad)"),
    (RULE, "grad = fma(weight_decay, param, grad)", "grad = fma(lr, param, grad)"),
    (RULE, "grad = fma(weight_decay, param, grad)", "grad = weight_decay * param"),
    (RULE, "grad = fma(weight_decay, param, grad)", "grad = grad"),
    (RULE, "grad = fma(weight_decay, param, grad)", "param = fma(-weight_decay, param, param)"),
    # square_avg
    *(
        (RULE, "square_avg = fma(one_minus_rho * grad, grad, rho * square_avg)", mutant)
        for mutant in (
            "square_avg = fma(rho * grad, grad, one_minus_rho * square_avg)",
            "square_avg = fma(one_minus_rho * grad, grad, square_avg)",
            "square_avg = fma(one_minus_rho * grad, grad, rho * acc_delta)",
            "square_avg = fma(one_minus_rho, grad, rho * square_avg)",
            "square_avg = fma(one_minus_rho * grad, -grad, rho * square_avg)",
            "square_avg = fma(grad, grad, rho * square_avg)",
            "square_avg = one_minus_rho * grad * grad",
            "square_avg = rho * square_avg",
            "square_avg = fma(grad * grad, one_minus_rho, rho * square_avg)",
            "square_avg = fma(rho, square_avg, one_minus_rho * grad * grad)",
        )
    ),
    # delta
    *(
        (RULE, "delta = rms_ratio(acc_delta + eps, square_avg + eps) * grad", mutant)
        for mutant in (
            "delta = rms_ratio(square_avg + eps, acc_delta + eps) * grad",
            "delta = rms_ratio(acc_delta, square_avg + eps) * grad",
            "delta = rms_ratio(acc_delta + eps, square_avg) * grad",
            "delta = (rms_ratio(acc_delta, square_avg) + eps) * grad",
            "delta = (acc_delta + eps) / (square_avg + eps) * grad",
            "delta = -rms_ratio(acc_delta + eps, square_avg + eps) * grad",
            "delta = rms_ratio(acc_delta + eps, square_avg + eps)",
            "delta = rms_ratio(one_minus_rho, square_avg + eps) * grad",
            "delta = rms_ratio(acc_delta + eps, one_minus_rho) * grad",
            "delta = rms_ratio((acc_delta + eps) * grad * grad, square_avg + eps)",
        )
    ),
    # acc_delta
    *(
        (RULE, "acc_delta = fma(one_minus_rho * delta, delta, rho * acc_delta)", mutant)
        for mutant in (
            "acc_delta = fma(rho * delta, delta, one_minus_rho * acc_delta)",
            "acc_delta = fma(one_minus_rho * delta, delta, acc_delta)",
            "acc_delta = fma(one_minus_rho * delta, delta, rho * square_avg)",
            "acc_delta = fma(one_minus_rho, delta, rho * acc_delta)",
            "acc_delta = fma(one_minus_rho * grad, grad, rho * acc_delta)",
            "acc_delta = fma(one_minus_rho * lr * delta, lr * delta, rho * acc_delta)",
            "acc_delta = fma(delta, delta, rho * acc_delta)",
            "acc_delta = one_minus_rho * delta * delta",
            "acc_delta = rho * acc_delta",
            "acc_delta = fma(delta * delta, one_minus_rho, rho * acc_delta)",
        )
    ),
    # param
    (RULE, "param = fma(-lr, delta, param)", "param = fma(lr, delta, param)"),
    (RULE, "param = fma(-lr, delta, param)", "param = fma(-lr, grad, param)"),
    (RULE, "param = fma(-lr, delta, param)", "param = param - delta"),
    (RULE, "param = fma(-lr, delta, param)", "param = -lr * delta"),
    (RULE, "param = fma(-lr, delta, param)", "param = param"),
    # the variants
    (RULE, "{% if spec.maximize %}", "{% if not spec.maximize %}"),
    (RULE, "{% if spec.weight_decay %}", "{% if not spec.weight_decay %}"),
    # the order of the lines: the new square_avg makes delta, the old acc_delta does
    (
        RULE,
        "square_avg = fma(one_minus_rho * grad, grad, rho * square_avg)\n"
        "delta = rms_ratio(acc_delta + eps, square_avg + eps) * grad",
        "delta = rms_ratio(acc_delta + eps, square_avg + eps) * grad\n"
        "square_avg = fma(one_minus_rho * grad, grad, rho * square_avg)",
    ),
    (
        RULE,
        "acc_delta = fma(one_minus_rho * delta, delta, rho * acc_delta)\n"
        "param = fma(-lr, delta, param)",
        "acc_delta = fma(one_minus_rho * delta, delta, rho * acc_delta)\n"
        "delta = rms_ratio(acc_delta + eps, square_avg + eps) * grad\n"
        "param = fma(-lr, delta, param)",
    ),
    # the loops over elements: left out, read or written outside, or to the wrong array
    *(
        (LOOP, line, mutant)
        for line, mutant in (
            ("for i in range(n):", "for i in range(n - 1):"),
            ("for i in range(n):", "for i in range(1, n):"),
            ("for i in range(n):", "for i in range(n + 1):"),
            ("for i in range(n):", "for i in range(-1, n):"),
            ("param = load(params, i)", "param = load(params, 0)"),
            ("grad = load(grads, i) * inv_scale", "grad = load(grads, i + 1) * inv_scale"),
            ("grad = load(grads, i) * inv_scale", "grad = load(grads, i)"),
            ("grad = load(grads, i)\n", "grad = load(grads, i + 1)\n"),
            ("grad = load(grads, i)\n", "grad = load(grads, i) + eps\n"),
            ("if unscale:", "if not unscale:"),
            ("store_grad(grads, i, grad)", "store_grad(grads, i, load(grads, i))"),
            ("square_avg = load_state(square_avgs, i)", "square_avg = load_state(acc_deltas, i)"),
            ("acc_delta = load_state(acc_deltas, i)", "acc_delta = load_state(square_avgs, i)"),
            (
                "update(param, grad * clip, square_avg, acc_delta)\n",
                "update(param, grad * clip, acc_delta, grad)\n",
            ),
            ("grad * clip", "grad"),
            ("store(params, i, param{{", "store(params, i, grad{{"),
            ("store_state(square_avgs, i, square_avg{{", "store_state(acc_deltas, i, square_avg{{"),
            ("store_state(acc_deltas, i, acc_delta{{", "store_state(square_avgs, i, acc_delta{{"),
            (
                "store_state(acc_deltas, i, acc_delta{{",
                "store_state(acc_deltas, i + 1, acc_delta{{",
            ),
            (
                "store(params, i, param{{",
                "store_grad(grads, i, param)\n                    store(params, i, param{{",
            ),
            # the scalars
            ("abi.LR)", "abi.RHO)"),
            ("abi.RHO)", "abi.ONE_MINUS_RHO)"),
            ("abi.ONE_MINUS_RHO)", "abi.RHO)"),
            ("abi.EPS)", "abi.WEIGHT_DECAY)"),
            ("abi.WEIGHT_DECAY)", "abi.EPS)"),
            ("abi.INV_SCALE)", "abi.EPS)"),
            ("abi.CLIP)", "abi.EPS)"),
        )
    ),
]

# Chunks and segments that are left out, taken twice, or of another place.
TABLE_MUTATIONS = [
    ("fetch_add(job + 8 * abi.NEXT_CHUNK, 1)", "fetch_add(job + 8 * abi.NEXT_CHUNK, 2)"),
    ("chunk >= n_chunks", "chunk >= n_chunks - 1"),
    ("load_int64(chunks, chunk + 1)", "load_int64(chunks, chunk) + 1"),
    ("range(load_int64(chunks, chunk), next_chunk)", "range(0, next_chunk)"),
    ("8 * abi.SEGMENT_WORDS * number", "0"),
    ("load_int64(segment, abi.ROW)", "0"),
    ("load_int64(segment, abi.FIRST)", "0"),
    ("load_int64(segment, abi.N_ELEMENTS)", "1"),
    ("if grads == 0:", "if grads != 0:"),
    ("grads += {{ spec.itemsize }} * first", "grads += first"),
    ("load_int64(row, abi.PARAM) + {{ spec.itemsize }} * first", "load_int64(row, abi.PARAM)"),
    ("load_int64(row, abi.SQUARE_AVG) + {{ spec.state_itemsize }} * first", "params"),
    (
        "load_int64(row, abi.ACC_DELTA) + {{ spec.state_itemsize }} * first",
        "load_int64(row, abi.ACC_DELTA) + 2 * first",
    ),
]

# Lines of the variants with another state or rounding, and the variant that has them.
TABLES = KernelSpec("cpu", "float32")
WIDE = KernelSpec("cpu", "bfloat16", state_dtype="float32")
DITHERED = KernelSpec("cpu", "bfloat16", dithered=True)
NARROW = KernelSpec("cpu", "float32", state_dtype="bfloat16", dithered=True)
VARIANT_MUTATIONS = [
    (WIDE, "load_state(square_avgs, i)", "load(square_avgs, i)"),
    (WIDE, "store_state(acc_deltas, i, acc_delta{{", "store(acc_deltas, i, acc_delta{{"),
    (DITHERED, "store(params, i, param{{ spec.dither.param }})", "store_grad(params, i, param)"),
    (DITHERED, "param{{ spec.dither.param }})", "param, dither, abi.ACC_DELTA)"),
    (DITHERED, "store_grad(grads, i, grad)", "store(grads, i, grad, dither, abi.PARAM)"),
    (NARROW, "acc_delta{{ spec.dither.acc_delta }})", "acc_delta, dither, abi.SQUARE_AVG)"),
    (NARROW, "square_avg{{ spec.dither.square_avg }})", "square_avg, dither + (1 << 28), 2)"),
    (NARROW, "load_int64(row, abi.DITHER)", "0"),
    *(
        (DITHERED, line, mutant)
        for line, mutant in (
            ("range(paired // 2)", "range(paired // 2 - 1)"),
            ("range(paired // 2)", "range(paired // 2 + 1)"),
            ("range(paired // 2)", "range(1, paired // 2)"),
            ("range(paired, n)", "range(paired + 1, n)"),
            ("range(paired, n)", "range(paired, n - 1)"),
            ("range(paired, n)", "range(paired, n + 1)"),
            ("g = load_pair(grads, pair)", "g = load_pair(grads, pair + 1)"),
            ("v = load_pair(square_avgs, pair)", "v = load_pair(acc_deltas, pair)"),
            ("u = load_pair(acc_deltas, pair)", "u = load_pair(square_avgs, pair)"),
            ("g[0] * clip", "g[0]"),
            ("g[1] * clip", "g[1]"),
            ("update(p[0], g[0]", "update(p[0], g[1]"),
            ("update(p[1], g[1]", "update(p[1], g[0]"),
            ("(p0, p1)", "(p1, p0)"),
            ("(v0, v1)", "(v0, v0)"),
            ("(u0, u1)", "(u1, u1)"),
            ("(p0, p1){{ spec.dither.param }}", "(p0, p1), dither, abi.ACC_DELTA"),
            ("(v0, v1){{ spec.dither.square_avg }}", "(v0, v1), dither, abi.PARAM"),
            ("(u0, u1){{ spec.dither.acc_delta }}", "(u0, u1), dither + (1 << 30), abi.ACC_DELTA"),
        )
    ),
]

# Lines of native/rms_ratio.py. Some are wrong only where numbers are very large or small.
TWO_ROOTS = "return builder.fdiv(sqrt(builder, a), sqrt(builder, b))"
RATIO_MUTATIONS = [
    ("s = _near_inverse_root(builder, b)", "s = ir.Constant(b.type, 1.0)"),  # plain sqrt(a / b)
    ("s = _near_inverse_root(builder, b)", "s = _near_inverse_root(builder, a)"),
    ("builder.fmul(builder.fmul(b, s), s)", "builder.fmul(b, s)"),
    ("builder.fmul(builder.fmul(b, s), s)", "builder.fmul(b, builder.fmul(s, s))"),
    ("return builder.fmul(sqrt(builder, builder.fdiv(a, scaled)), s)", TWO_ROOTS),
    ("builder.fmul(sqrt(builder, builder.fdiv(a, scaled)), s)", "sqrt(builder, scaled)"),
    ("sqrt(builder, builder.fdiv(a, scaled))", "builder.fdiv(a, scaled)"),
    ("builder.fdiv(a, scaled)", "builder.fdiv(scaled, a)"),
    ("ir.Constant(word, 1))", "ir.Constant(word, 2))"),
    (
        "half = builder.and_(half, ir.Constant(word, bias << digits))",
        "half = builder.add(half, half)",
    ),
    ("    half = builder.and_(half, ir.Constant(word, bias << digits))", "    half"),  # no mask
    ("bias << digits))", "2 * bias + 1 << digits))"),  # the sign is kept
    ("bias << digits))", "bias - 1 << digits))"),
    ("bias // 2 + 1", "bias // 2"),
    ("bias // 2 + 1", "bias // 2 + 2"),
    ("builder.sub(top, half)", "builder.add(top, half)"),
]
RATIO_OF_ROOTS_MUTATIONS = [
    (TWO_ROOTS, "return sqrt(builder, builder.fdiv(a, b))"),
    (TWO_ROOTS, "return root_of_ratio(builder, sqrt, a, b)"),
    (TWO_ROOTS, "return builder.fdiv(sqrt(builder, b), sqrt(builder, a))"),
    (TWO_ROOTS, "return builder.fdiv(sqrt(builder, a), b)"),
    (TWO_ROOTS, "return builder.fdiv(a, sqrt(builder, b))"),
]

# These differ by a rounding only, and only where multiplication-addition is one rounding.
ROUNDINGS = [
    ("grad = fma(weight_decay, param, grad)", "grad = weight_decay * param + grad"),
    (
        "square_avg = fma(one_minus_rho * grad, grad, rho * square_avg)",
        "square_avg = one_minus_rho * grad * grad + rho * square_avg",
    ),
    (
        "acc_delta = fma(one_minus_rho * delta, delta, rho * acc_delta)",
        "acc_delta = one_minus_rho * delta * delta + rho * acc_delta",
    ),
    ("param = fma(-lr, delta, param)", "param = param - lr * delta"),
]


def mutated_ir(spec: KernelSpec, folder, template=None, line="", mutant="") -> str:
    """Return the IR of a kernel from a copy of the templates with a changed line."""
    templates = shutil.copytree(TEMPLATES, folder / "templates")
    if template:
        text = (templates / template).read_text(encoding="utf-8")
        assert text.count(line) == 1, "the templates changed: change the mutations with them"
        (templates / template).write_text(text.replace(line, mutant), encoding="utf-8")
    function = kernel_function(sources.render(spec, templates), spec.name)
    return build.portable(function, spec.name, build.LAUNCH)


def compiled(spec: KernelSpec, *change) -> int:
    """Return the address of a kernel with a changed line; arguments as of ``mutated_ir``."""
    code = machine.object_code(mutated_ir(spec, *change), machine.host())
    return machine.load(code, spec.name)


def assert_right(kernel: int, spec: KernelSpec) -> None:
    """Check three steps of a kernel, with enough elements for all parts of a vectorised loop."""
    start = random_state(spec, 131, seed=0)
    grads = [random_state(spec, 131, seed=seed).grad for seed in (1, 2)]
    assert_exact(kernel, spec, start, HYPERS["rho not short"], grads=grads)
    assert_exact(kernel, spec, start, HYPERS["scale not a power of 2"])
    assert_exact(kernel, spec, start, HYPERS["clipped grads"])
    assert_exact(kernel, spec, start, HYPERS["scaled and clipped"])
    # One element, for which a wrong index cannot go unnoticed.
    one = State(*(array[:1] for array in start))
    assert_exact(kernel, spec, one, HYPERS["rho not short"])


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_the_unchanged_rule_passes(spec, tmp_path):
    assert_right(compiled(spec, tmp_path), spec)


@pytest.mark.parametrize(
    ("template", "line", "mutant"),
    MUTATIONS,
    ids=[mutant.split("\n")[-1] for *_, mutant in MUTATIONS],
)
def test_a_wrong_line_is_detected(template, line, mutant, tmp_path):
    spec = KernelSpec("cpu", "float32", maximize=True, weight_decay=True)
    kernel = compiled(spec, tmp_path, template, line, mutant)
    with pytest.raises(AssertionError, match=r" is .*, not |was written"):
        assert_right(kernel, spec)


@pytest.mark.parametrize(("spec", "line", "mutant"), VARIANT_MUTATIONS, ids=str)
def test_a_wrong_line_of_a_variant_is_detected(spec, line, mutant, tmp_path):
    kernel = compiled(spec, tmp_path, LOOP, line, mutant)
    with pytest.raises(AssertionError, match=r" is .*, not |was written"):
        assert_right(kernel, spec)


def change_ratio(monkeypatch, line, mutant):
    """Change a line of native/rms_ratio.py for kernels that are compiled later."""
    text = Path(rms_ratio.__file__).read_text(encoding="utf-8")
    assert text.count(line) == 1, "the module changed: change the mutations with it"
    changed = {}
    exec(text.replace(line, mutant), changed)
    for name in ("root_of_ratio", "ratio_of_roots"):
        monkeypatch.setattr(intrinsics, name, intrinsics._rms_ratio(changed[name]))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(
    ("line", "mutant"), RATIO_MUTATIONS, ids=[mutant for _, mutant in RATIO_MUTATIONS]
)
def test_a_wrong_line_of_the_ratio_is_detected(dtype, line, mutant, tmp_path, monkeypatch):
    change_ratio(monkeypatch, line, mutant)
    spec = KernelSpec("cpu", dtype)
    kernel = compiled(spec, tmp_path)
    every = 1 if dtype == "float32" else 5
    state = State(*(array[::every] for array in state_of_all_exponents(spec, seed=0)))
    with pytest.raises(AssertionError, match=r" is .*, not "):
        assert_exact(kernel, spec, state, HYPERS["eps 0"])


@pytest.mark.parametrize(
    ("line", "mutant"),
    RATIO_OF_ROOTS_MUTATIONS,
    ids=[mutant for _, mutant in RATIO_OF_ROOTS_MUTATIONS],
)
def test_a_wrong_ratio_of_16_bit_formats_is_detected(line, mutant, tmp_path, monkeypatch):
    change_ratio(monkeypatch, line, mutant)
    kernel = compiled(WIDE, tmp_path)
    with pytest.raises(AssertionError, match=r" is .*, not "):
        assert_right(kernel, WIDE)


def test_the_unchanged_ratio_passes(tmp_path, monkeypatch):
    change_ratio(
        monkeypatch, 'a: Any, b: Any) -> Any:\n    """Emit ``sqrt(a)', 'a, b):\n    """``sqrt(a)'
    )
    for dtype in ("float32", "float64"):
        spec = KernelSpec("cpu", dtype)
        kernel = compiled(spec, tmp_path / dtype)
        assert_exact(kernel, spec, state_of_all_exponents(spec, seed=0), HYPERS["eps 0"])
    assert_right(compiled(WIDE, tmp_path / "wide"), WIDE)


def assert_tables_right(kernel: int, spec: KernelSpec) -> None:
    """Check a kernel on a job of several rows, divided into chunks and segments."""
    sizes = (40, 7, 65)
    before = [random_state(spec, n, seed) for seed, n in enumerate(sizes)]
    rows = [Row(state) for state in before]
    Job(spec, rows, HYPERS["with decay"], cut(sizes, 16)).run(kernel)
    for row, state in zip(rows, before, strict=True):
        row.assert_holds(exact(spec, state, HYPERS["with decay"], DITHER))


def test_the_unchanged_reads_of_the_tables_pass(tmp_path):
    assert_tables_right(compiled(TABLES, tmp_path), TABLES)


@pytest.mark.parametrize(
    ("line", "mutant"), TABLE_MUTATIONS, ids=[line for line, _ in TABLE_MUTATIONS]
)
def test_a_wrong_read_of_the_tables_is_detected(line, mutant, tmp_path):
    kernel = compiled(TABLES, tmp_path, LOOP, line, mutant)
    with pytest.raises(AssertionError, match=r" is .*, not |was written"):
        assert_tables_right(kernel, TABLES)


@pytest.mark.skipif(not fused(), reason="without FMA these are the same roundings")
@pytest.mark.parametrize(
    "spec", [s for s in SPECS if min(s.itemsize, s.state_itemsize) > 2], ids=lambda s: s.name
)
@pytest.mark.parametrize(("line", "mutant"), ROUNDINGS, ids=[mutant for _, mutant in ROUNDINGS])
def test_a_second_rounding_is_detected(spec, line, mutant, tmp_path):
    kernel = compiled(spec, tmp_path, RULE, line, mutant)
    with pytest.raises(AssertionError, match=r" is .*, not "):
        assert_right(kernel, spec)


def test_every_line_of_the_rule_is_mutated():
    text = (TEMPLATES / RULE).read_text(encoding="utf-8")
    lines = {line.strip() for line in text.splitlines() if not line.lstrip().startswith("{%")}
    mutated = {line for template, line, _ in MUTATIONS if template == RULE}
    assert lines - {""} <= mutated
