"""Imports are lazy, and include no compiler; importing does not initialize a GPU."""

from reliability.child import run

LOADED = "import sys; loaded = lambda *names: [n for n in names if n in sys.modules]\n"


def test_importing_the_package_imports_no_torch():
    run(
        LOADED + "import adadelta_gen\n"
        "assert not loaded('torch', 'numba', 'llvmlite', 'numpy', 'jinja2', 'typer', 'rich')\n"
        "assert 'Adadelta' in dir(adadelta_gen)\n"
        "assert not loaded('torch', 'numba')"
    )


def test_the_specification():
    run(
        LOADED + "from adadelta_gen import KernelSpec\n"
        "assert not loaded('torch', 'numba', 'llvmlite', 'numpy', 'jinja2')"
    )


def test_the_list_of_kernels():
    run(
        LOADED + "from adadelta_gen import available_kernels\n"
        "assert available_kernels()\n"
        "assert not loaded('numba', 'jinja2')"
    )


def test_the_optimizer():
    run(
        LOADED + "from adadelta_gen import Adadelta\n"
        "assert not loaded('numba', 'jinja2', 'typer', 'rich', 'torch._dynamo')"
    )


STEP = """
import torch
from adadelta_gen import Adadelta

params = [torch.nn.Parameter(torch.ones(5, dtype=d)) for d in (torch.float32, torch.bfloat16)]
optimizer = Adadelta(params)
for p in params:
    p.grad = torch.ones_like(p)
for _ in range(2):
    optimizer.step()
optimizer.zero_grad()
optimizer.explain()
optimizer.diagnostics()
"""


# Numba and jinja2 are for the build, the others for the command line.
FORBIDDEN = ("numba", "numba_cuda", "jinja2", "typer", "rich", "platformdirs")


def test_a_step_needs_torch_numpy_and_llvmlite_only():
    run(
        "import sys\n"
        "sys.modules.update(dict.fromkeys(sys.argv[1:]))\n"  # to import one of them raises
        + STEP
        + LOADED
        + "assert not loaded('torch._dynamo')\n"
        "assert not torch.cuda.is_initialized()",
        *FORBIDDEN,
    )


def test_an_unknown_name_raises_attribute_error():
    run(
        """
        import adadelta_gen

        try:
            adadelta_gen.Adam
        except AttributeError as error:
            assert "no attribute 'Adam'" in str(error)
        else:
            raise AssertionError
        """
    )
