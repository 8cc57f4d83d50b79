"""A new format takes one row: here bfloat16 parameters with float16 states."""

from reliability.child import run
from reliability.installed import check_out, environment

ROW = '    Format("bfloat16", "float16", "float32"),\n'

# Compares the kernel with the exact model; the optimizer chooses it by state_dtype.
SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
import torch
from adadelta_gen import Adadelta, committed
from adadelta_gen.cpu.build import kernel_function
from adadelta_gen.cpu.kernels import kernel_text
from adadelta_gen.generate import sources
from adadelta_gen.native import machine
from adadelta_gen.native.build import LAUNCH, portable
from adadelta_gen.paths import TEMPLATES
from adadelta_gen.spec import ALL_SPECS, KernelSpec
from kernels.comparison import assert_exact
from kernels.values import HYPERS, random_state

added = "bfloat16", "float16"
specs = [s for s in ALL_SPECS if s.target == "cpu" and (s.dtype, s.state_dtype) == added]
assert [s.name for s in specs][0] == "adadelta_cpu_bfloat16_min_nowd_float16state"
assert len(specs) == 4
made = {}
for spec in specs:
    text = kernel_text(spec)
    source = sources.render(spec, TEMPLATES)
    ir = portable(kernel_function(source, spec.name), spec.name, LAUNCH)
    made[spec] = machine.load(machine.object_code(ir, machine.host()), spec.name)
    for hyper in ("rho not short", "scale not a power of 2"):
        assert_exact(made[spec], spec, random_state(spec, 131, seed=0), HYPERS[hyper])
    state = random_state(spec, 5, seed=0)
    state.square_avg.fill_(torch.nan)
    assert_exact(made[spec], spec, state, HYPERS["rho not short"])
    cuda = sources.render(KernelSpec("cuda", "bfloat16", state_dtype="float16"), TEMPLATES)
    assert "load_float16_x8 as load_state_vector" in cuda
    assert "load_bfloat16_x8 as load_vector" in cuda

from adadelta_gen import registry
registry.load = made.__getitem__
p = torch.nn.Parameter(torch.ones(100).bfloat16())
q = torch.nn.Parameter(torch.ones(100).bfloat16())
p.grad = torch.full((100,), 0.5).bfloat16()
q.grad = p.grad.clone()
ours, theirs = Adadelta([p], fused=True, state_dtype=torch.float16), torch.optim.Adadelta([q])
for optimizer in (ours, theirs):
    optimizer.step()
assert ours.explain()[0].kernel == specs[0].name
assert ours.state[p]["square_avg"].dtype is torch.float16
torch.testing.assert_close(p, q)
"""


def test_a_row_in_formats_adds_kernels_that_the_optimizer_uses(tmp_path, request):
    root = check_out(tmp_path)
    path = root / "adadelta_gen" / "formats.py"
    text = path.read_text(encoding="utf-8")
    last = '    Format("float64", "float64", "float64"),\n'
    assert text.count(last) == 1
    path.write_text(text.replace(last, ROW + last), encoding="utf-8")
    run(SCRIPT, request.config.rootpath / "tests", **environment(root))
