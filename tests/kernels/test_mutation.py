"""The kernel tests notice every wrong line of the rule: each mutation of a template must fail them.

A mutated template takes the whole way of the product: rendered, imported, compiled, loaded, run.
"""

import shutil

import pytest

from adadelta_gen.cpu.build import kernel_function
from adadelta_gen.cpu.worker import worker
from adadelta_gen.generate import sources
from adadelta_gen.native import build, machine
from adadelta_gen.paths import TEMPLATES
from adadelta_gen.spec import KernelSpec, specs_of
from kernels.comparison import assert_exact
from kernels.reference import State, fused
from kernels.values import HYPERS, random_state

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
        (RULE, "delta = sqrt(acc_delta + eps) / sqrt(square_avg + eps) * grad", mutant)
        for mutant in (
            "delta = sqrt(square_avg + eps) / sqrt(acc_delta + eps) * grad",
            "delta = (acc_delta + eps) / sqrt(square_avg + eps) * grad",
            "delta = sqrt(acc_delta + eps) / (square_avg + eps) * grad",
            "delta = (sqrt(acc_delta) + eps) / sqrt(square_avg + eps) * grad",
            "delta = sqrt(acc_delta + eps) / (sqrt(square_avg) + eps) * grad",
            "delta = sqrt(acc_delta) / sqrt(square_avg + eps) * grad",
            "delta = sqrt(acc_delta + eps) / sqrt(square_avg) * grad",
            "delta = sqrt(acc_delta + eps) * sqrt(square_avg + eps) * grad",
            "delta = -sqrt(acc_delta + eps) / sqrt(square_avg + eps) * grad",
            "delta = sqrt(acc_delta + eps) / sqrt(square_avg + eps)",
            "delta = grad / sqrt(square_avg + eps)",
            "delta = sqrt(acc_delta + eps) * grad",
            "delta = sqrt(acc_delta + eps) * grad / sqrt(square_avg + eps)",
            "delta = sqrt((acc_delta + eps) / (square_avg + eps)) * grad",
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
        "delta = sqrt(acc_delta + eps) / sqrt(square_avg + eps) * grad",
        "delta = sqrt(acc_delta + eps) / sqrt(square_avg + eps) * grad\n"
        "square_avg = fma(one_minus_rho * grad, grad, rho * square_avg)",
    ),
    (
        RULE,
        "acc_delta = fma(one_minus_rho * delta, delta, rho * acc_delta)\n"
        "param = fma(-lr, delta, param)",
        "acc_delta = fma(one_minus_rho * delta, delta, rho * acc_delta)\n"
        "delta = sqrt(acc_delta + eps) / sqrt(square_avg + eps) * grad\n"
        "param = fma(-lr, delta, param)",
    ),
    # the loop: elements left out, read or written outside, written to the wrong array or not at all
    (LOOP, "for i in range(n):", "for i in range(n - 1):"),
    (LOOP, "for i in range(n):", "for i in range(1, n):"),
    (LOOP, "for i in range(n):", "for i in range(n + 1):"),
    (LOOP, "for i in range(n):", "for i in range(-1, n):"),
    (LOOP, "param = load(params, i)", "param = load(params, 0)"),
    (LOOP, "grad = load(grads, i) * inv_scale", "grad = load(grads, i + 1) * inv_scale"),
    (LOOP, "grad = load(grads, i) * inv_scale", "grad = load(grads, i)"),
    (LOOP, "if unscale:", "if not unscale:"),
    (LOOP, "store(grads, i, grad)", "store(grads, i, load(grads, i))"),
    (LOOP, "square_avg = load_state(square_avgs, i)", "square_avg = load_state(acc_deltas, i)"),
    (LOOP, "acc_delta = load_state(acc_deltas, i)", "acc_delta = load_state(square_avgs, i)"),
    (LOOP, "store(params, i, param)", "store(params, i, delta)"),
    (LOOP, "store_state(square_avgs, i, square_avg)", "store_state(acc_deltas, i, square_avg)"),
    (LOOP, "store_state(acc_deltas, i, acc_delta)", "store_state(square_avgs, i, acc_delta)"),
    (LOOP, "store_state(acc_deltas, i, acc_delta)", "store_state(acc_deltas, i + 1, acc_delta)"),
    (LOOP, "store(params, i, param)", "store(params, i, param)\n        store(grads, i, grad)"),
]

# Lines of the variants with another state or rounding, and the variant that has them.
WIDE = KernelSpec("cpu", "bfloat16", state_dtype="float32")
STOCHASTIC = KernelSpec("cpu", "bfloat16", stochastic=True)
VARIANT_MUTATIONS = [
    (WIDE, "load_state(square_avgs, i)", "load(square_avgs, i)"),
    (WIDE, "store_state(acc_deltas, i, acc_delta)", "store(acc_deltas, i, acc_delta)"),
    (STOCHASTIC, "store_stochastic(params, i, param, key, first)", "store(params, i, param)"),
    (STOCHASTIC, "i, param, key, first)", "i, param, key + 1, first)"),
    (STOCHASTIC, "i, param, key, first)", "i, param, key, first + 1)"),
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


def compiled(spec: KernelSpec, folder, template=None, line="", mutant="") -> int:
    """Return the address of the kernel of a copy of the templates in which a line is another."""
    templates = shutil.copytree(TEMPLATES, folder / "templates")
    if template:
        text = (templates / template).read_text(encoding="utf-8")
        assert text.count(line) == 1, "the templates changed: change the mutations with them"
        (templates / template).write_text(text.replace(line, mutant), encoding="utf-8")
    function = kernel_function(sources.render(spec, templates), spec.name)
    ir = build.portable(worker(function, spec), spec.name, build.LAUNCH)
    return machine.load(machine.object_code(ir, machine.host()), spec.name)


def assert_right(kernel: int, spec: KernelSpec) -> None:
    """Put a kernel to the test: three steps, enough elements for all parts of a vectorised loop."""
    start = random_state(spec, 131, seed=0)
    grads = [random_state(spec, 131, seed=seed).grad for seed in (1, 2)]
    assert_exact(kernel, spec, start, HYPERS["rho not short"], grads=grads)
    assert_exact(kernel, spec, start, HYPERS["scale not a power of 2"])
    # One element: there is no second for a wrong index to hide behind.
    one = State(*(array[:1] for array in start))
    assert_exact(kernel, spec, one, HYPERS["rho not short"])


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_the_rule_as_it_stands_passes(spec, tmp_path):
    assert_right(compiled(spec, tmp_path), spec)


@pytest.mark.parametrize(
    ("template", "line", "mutant"),
    MUTATIONS,
    ids=[mutant.split("\n")[-1] for *_, mutant in MUTATIONS],
)
def test_a_wrong_line_is_noticed(template, line, mutant, tmp_path):
    spec = KernelSpec("cpu", "float32", maximize=True, weight_decay=True)
    kernel = compiled(spec, tmp_path, template, line, mutant)
    with pytest.raises(AssertionError, match=r" is .*, not |was written"):
        assert_right(kernel, spec)


@pytest.mark.parametrize(("spec", "line", "mutant"), VARIANT_MUTATIONS, ids=str)
def test_a_wrong_line_of_a_variant_is_noticed(spec, line, mutant, tmp_path):
    kernel = compiled(spec, tmp_path, LOOP, line, mutant)
    with pytest.raises(AssertionError, match=r" is .*, not |was written"):
        assert_right(kernel, spec)


@pytest.mark.skipif(not fused(), reason="without FMA these are the same roundings")
@pytest.mark.parametrize("spec", [s for s in SPECS if s.itemsize > 2], ids=lambda s: s.name)
@pytest.mark.parametrize(("line", "mutant"), ROUNDINGS, ids=[mutant for _, mutant in ROUNDINGS])
def test_a_second_rounding_is_noticed(spec, line, mutant, tmp_path):
    kernel = compiled(spec, tmp_path, RULE, line, mutant)
    with pytest.raises(AssertionError, match=r" is .*, not "):
        assert_right(kernel, spec)


def test_every_line_of_the_rule_is_mutated():
    text = (TEMPLATES / RULE).read_text(encoding="utf-8")
    lines = {line.strip() for line in text.splitlines() if not line.lstrip().startswith("{%")}
    mutated = {line for template, line, _ in MUTATIONS if template == RULE}
    assert lines - {""} <= mutated
