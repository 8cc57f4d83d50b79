"""Wrong versions of the templates and of the ratio, each with the check that must notice it.

A mutated template is rendered, imported, compiled, loaded and run like the original.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

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

RULE, LOOP, RATIO = "rule.py.j2", "cpu.py.j2", "rms_ratio.py"
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


class Mutation(NamedTuple):
    """A change of one line or of several.

    Args:
        kind: what is changed.
        spec: the variant that is compiled with the change.
        file: a template, or ``rms_ratio.py``.
        line: text that occurs once in the file.
        becomes: its replacement.
    """

    kind: str
    spec: KernelSpec
    file: str
    line: str
    becomes: str

    def __str__(self) -> str:
        return f"{self.spec.name}: {self.line} -> {self.becomes}".replace("\n", "; ")


def all_mutations() -> list[Mutation]:
    """Return every mutation that changes results on this machine, kind by kind."""
    full = KernelSpec("cpu", "float32", maximize=True, weight_decay=True)
    kinds = {RULE: "update rule", LOOP: "loop over elements"}
    found = [Mutation(kinds[file], full, file, *change) for file, *change in MUTATIONS]
    if fused():  # without FMA these are the same roundings
        wide = [spec for spec in SPECS if min(spec.itemsize, spec.state_itemsize) > 2]
        found += [Mutation("rounding", spec, RULE, *pair) for pair in ROUNDINGS for spec in wide]
    for spec, *pair in VARIANT_MUTATIONS:
        found.append(Mutation("state format and dither", spec, LOOP, *pair))
    found += [Mutation("chunks and segments", TABLES, LOOP, *pair) for pair in TABLE_MUTATIONS]
    for spec in (TABLES, KernelSpec("cpu", "float64")):
        found += [Mutation("ratio", spec, RATIO, *pair) for pair in RATIO_MUTATIONS]
    found += [Mutation("ratio", WIDE, RATIO, *pair) for pair in RATIO_OF_ROOTS_MUTATIONS]
    return found


def text_of(file: str) -> str:
    path = Path(rms_ratio.__file__) if file == RATIO else TEMPLATES / file
    return path.read_text(encoding="utf-8")


def replaced(file: str, line: str, new: str) -> str:
    """Return the text of a file with a changed line."""
    text = text_of(file)
    assert text.count(line) == 1, "the file changed: change the mutations with it"
    return text.replace(line, new)


def mutated_ir(
    spec: KernelSpec, folder: Path, template: str = "", line: str = "", new: str = ""
) -> str:
    """Return the IR of a kernel from a copy of the templates with a changed line."""
    templates = shutil.copytree(TEMPLATES, folder / "templates")
    if template:
        (templates / template).write_text(replaced(template, line, new), encoding="utf-8")
    function = kernel_function(sources.render(spec, templates), spec.name)
    return build.portable(function, spec.name, build.LAUNCH)


def compiled(spec: KernelSpec, folder: Path, *change: str) -> int:
    """Return the address of a kernel with a changed line; arguments as of ``mutated_ir``."""
    code = machine.object_code(mutated_ir(spec, folder, *change), machine.host())
    return machine.load(code, spec.name)


@contextmanager
def changed_ratio(line: str, new: str) -> Iterator[None]:
    """Change a line of native/rms_ratio.py for the kernels that are compiled meanwhile."""
    changed: dict[str, object] = {}
    exec(replaced(RATIO, line, new), changed)
    names = "root_of_ratio", "ratio_of_roots"
    before = {name: getattr(intrinsics, name) for name in names}
    try:
        for name in names:
            setattr(intrinsics, name, intrinsics._rms_ratio(changed[name]))
        yield
    finally:
        for name, intrinsic in before.items():
            setattr(intrinsics, name, intrinsic)


def noticed(mutation: Mutation, folder: Path) -> str:
    """Compile a kernel with the change; return how the checks of kernels notice it, or ""."""
    spec = mutation.spec
    if mutation.file == RATIO:
        with changed_ratio(mutation.line, mutation.becomes):
            kernel = compiled(spec, folder)
    else:
        kernel = compiled(spec, folder, *mutation[2:])
    try:
        if mutation.kind == "chunks and segments":
            assert_tables_right(kernel, spec)
        elif mutation.kind == "ratio" and spec is not WIDE:
            assert_ratio_right(kernel, spec)
        else:
            assert_right(kernel, spec)
    except AssertionError as error:
        return str(error).split("\n")[0] or "AssertionError"
    return ""


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


def assert_ratio_right(kernel: int, spec: KernelSpec) -> None:
    """Check one step for numbers of all exponents: some mutations change very large ones only."""
    every = 1 if spec.dtype == "float32" else 5
    state = State(*(array[::every] for array in state_of_all_exponents(spec, seed=0)))
    assert_exact(kernel, spec, state, HYPERS["eps 0"])


def assert_tables_right(kernel: int, spec: KernelSpec) -> None:
    """Check a kernel on a job of several rows, divided into chunks and segments."""
    sizes = (40, 7, 65)
    before = [random_state(spec, n, seed) for seed, n in enumerate(sizes)]
    rows = [Row(state) for state in before]
    Job(spec, rows, HYPERS["with decay"], cut(sizes, 16)).run(kernel)
    for row, state in zip(rows, before, strict=True):
        row.assert_holds(exact(spec, state, HYPERS["with decay"], DITHER))
