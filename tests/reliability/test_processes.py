"""Forked and spawned processes take steps and exit."""

import os
import textwrap
from pathlib import Path

import pytest

from reliability.child import run

PARENT = """
import os
import sys
import torch
from adadelta_gen import Adadelta

def make():
    torch.manual_seed(0)
    params = [torch.nn.Parameter(torch.randn(n)) for n in (1 << 17, 1000, 1 << 17)]
    for p in params:
        p.grad = torch.randn_like(p)
    return params, Adadelta(params)

torch.set_num_threads(2)
params, optimizer = make()
optimizer.step()  # on several threads, in the parent
expected_params, expected = make()
expected.step()
expected.step()
expected.step()
"""

FORK = """
def in_child(body):
    child = os.fork()
    if child == 0:
        try:
            body()
            sys.stdout.flush()
            os._exit(0)
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, status
"""

forking = pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform cannot fork")
# Python warns of forks while threads run, which these tests do on purpose.
WARN = "import warnings; warnings.filterwarnings('ignore', 'This process .* is multi-threaded')\n"


@forking
def test_a_forked_child_can_step_the_optimizer_of_its_parent():
    run(
        WARN
        + PARENT
        + FORK
        + """
def body():
    optimizer.step()
    optimizer.step()
    assert torch.get_num_threads() == 2
    for p, q in zip(params, expected_params):
        assert p.detach().numpy().tobytes() == q.detach().numpy().tobytes()

in_child(body)
in_child(body)
optimizer.step()
optimizer.step()  # the parent has its own memory and threads
for p, q in zip(params, expected_params):
    assert torch.equal(p, q)
""",
    )


@forking
def test_a_child_of_a_child_can_step():
    run(
        WARN
        + PARENT
        + FORK
        + """
def grandchild():
    optimizer.step()
    for p, q in zip(params, expected_params):
        assert p.detach().numpy().tobytes() == q.detach().numpy().tobytes()

def child():
    optimizer.step()
    in_child(grandchild)

in_child(child)
""",
    )


@forking
def test_a_child_loads_the_kernels_itself():
    """The parent has imported the package and taken no step."""
    run(
        WARN
        + FORK
        + """
import os
import sys
import torch
from adadelta_gen import Adadelta

def body():
    p = torch.nn.Parameter(torch.ones(1000))
    p.grad = torch.ones(1000)
    optimizer = Adadelta([p], lr=0.5)
    optimizer.step()
    assert optimizer.state[p]["step"] == 1
    assert p[0] < 1

in_child(body)
""",
    )


@pytest.mark.parametrize("method", ["spawn", pytest.param("fork", marks=forking)])
def test_a_worker_updates_params_in_shared_memory(method, tmp_path):
    """Params in shared memory, updated by a worker, seen by the parent."""
    script = tmp_path / "main.py"
    script.write_text(
        f"""
import sys
import torch
import torch.multiprocessing as multiprocessing
from adadelta_gen import Adadelta

def work(p):
    torch.set_num_threads(1)
    p.grad = torch.ones_like(p)
    Adadelta([p]).step()

if __name__ == "__main__":
    p = torch.nn.Parameter(torch.ones(1 << 16)).share_memory_()
    context = multiprocessing.get_context({method!r})
    process = context.Process(target=work, args=(p,))
    process.start()
    process.join(240)
    assert process.exitcode == 0, process.exitcode
    q = torch.nn.Parameter(torch.ones(1 << 16))
    work(q)
    assert torch.equal(p, q)
""",
        encoding="utf-8",
    )
    run("import runpy, sys; runpy.run_path(sys.argv[1], run_name='__main__')", script)


@forking
def test_a_child_computes_on_its_calling_thread():
    """Torch's threads do not exist in the child; waiting for them would hang."""
    run(
        WARN
        + """
import sys
sys.path.insert(0, sys.argv[1])
from adadelta_gen.native import shim
from reliability.parallel import watched

if not shim.threads().value:
    sys.exit()  # this torch has no torch_parallel_for
with watched() as asked:
"""
        + textwrap.indent(PARENT + FORK, "    ")
        + """
    assert asked == [2] * 4, asked
    def body():
        assert shim.threads().value == 0
        optimizer.step()
        assert asked == [2] * 4, asked

    in_child(body)
    optimizer.step()
    assert asked == [2] * 5, asked
""",
        Path(__file__).parent.parent,
    )


@forking
def test_a_child_forked_while_another_thread_holds_the_lock_of_the_optimizer():
    """No thread exists in the child that could release it."""
    run(
        WARN
        + FORK
        + """
import os
import sys
import threading
import torch
from adadelta_gen import Adadelta

def hold():
    with optimizer._lock.held:
        holds.set()
        done.wait()

p = torch.nn.Parameter(torch.ones(5))
p.grad = torch.ones(5)
optimizer = Adadelta([p])
holds, done = threading.Event(), threading.Event()
holder = threading.Thread(target=hold, daemon=True)
holder.start()
holds.wait()

def body():
    optimizer.step()
    assert optimizer.state[p]["step"] == 1

in_child(body)
done.set()
holder.join()
optimizer.step()
assert optimizer.state[p]["step"] == 1
""",
    )


def test_the_interpreter_exits_where_torch_lends_no_threads():
    output = run(
        """
        import torch
        from adadelta_gen import Adadelta
        from adadelta_gen.native import shim

        shim.threads().value = 0
        torch.set_num_threads(2)
        p = torch.nn.Parameter(torch.ones(1 << 17))
        p.grad = torch.ones_like(p)
        Adadelta([p], fused=True).step()
        print(bool(p[0] < 1))
        """,
    )
    assert output.strip() == "True"
