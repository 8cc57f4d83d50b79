"""Under ``torch.compile`` torch's own step is traced: its graphs, recompilations and results."""

import copy
import shutil
import warnings

import pytest
import torch
from torch.optim import lr_scheduler

from adadelta_gen import Adadelta
from parity.support import kernels_that_run, random

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # torch.compile imports what torch itself has deprecated
    import torch.utils.mkldnn
    from torch._dynamo.backends.common import aot_autograd
    from torch._dynamo.testing import CompileCounterWithBackend
    from torch._dynamo.utils import counters

STEPS = 4


@pytest.fixture(autouse=True)
def fresh_compiler():
    yield
    torch._dynamo.reset()


class Training:
    """Four parameters, their optimizer, and a compiled way to take a step."""

    def __init__(self, make, backend="eager", fullgraph=False, **options):
        torch._dynamo.reset()
        counters.clear()
        self.graphs = CompileCounterWithBackend(backend) if isinstance(backend, str) else backend
        self.params = [torch.nn.Parameter(random(*shape)) for shape in ((4, 5), (5,), (5, 2), (2,))]
        self.optimizer = make(self.params, **{"lr": 0.5} | options)
        self.input = random(3, 4, seed=7)
        self.compile = lambda f: torch.compile(f, backend=self.graphs, fullgraph=fullgraph)

    def loss(self):
        w, b, v, c = self.params
        return ((self.input @ w + b).tanh() @ v + c).square().sum()

    def backward(self):
        self.optimizer.zero_grad()
        loss = self.loss()
        loss.backward()
        return loss

    def whole(self):
        self.backward()
        self.optimizer.step()

    def outcome(self):
        """Return everything that must equal torch's: values, then properties of the graphs."""
        states = [v for state in self.optimizer.state.values() for v in state.values()]
        compiled = self.graphs.frame_count, self.graphs.op_count
        breaks = sum(counters["graph_break"].values()) > 0
        return [t.detach().clone() for t in (*self.params, *states)], (*compiled, breaks)


def step_only(t):
    step = t.compile(lambda: t.optimizer.step())
    for _ in range(STEPS):
        t.backward()
        step()


def the_method(t):
    step = t.compile(t.optimizer.step)
    for _ in range(STEPS):
        t.backward()
        step()


def whole_step(t):
    train = t.compile(t.whole)
    for _ in range(STEPS):
        train()


def scheduled(t):
    scheduler = lr_scheduler.ExponentialLR(t.optimizer, 0.9)
    train = t.compile(t.whole)
    for _ in range(STEPS):
        train()
        scheduler.step()


def decay_switched(t):
    train = t.compile(lambda: t.optimizer.step())
    for decay in (0, 0.1, 0.1, 0):
        t.optimizer.param_groups[0]["weight_decay"] = decay
        t.backward()
        train()


def closure(t):
    step = t.compile(lambda: t.optimizer.step(t.backward))
    for _ in range(STEPS):
        step()


def hooks(t):
    calls = []
    t.optimizer.register_step_pre_hook(lambda *_: calls.append("pre"))
    t.optimizer.register_step_post_hook(lambda *_: calls.append("post"))
    step_only(t)
    assert calls == ["pre", "post"] * STEPS


def no_grads_at_first(t):
    step = t.compile(lambda: t.optimizer.step())
    for grads in (False, False, True, True):
        t.optimizer.zero_grad()
        if grads:
            t.backward()
        step()


SCENARIOS = {
    "step": (step_only, {}),
    "step of aot_eager": (step_only, {"backend": "aot_eager"}),
    "method": (the_method, {}),
    "whole": (whole_step, {}),
    "scheduled": (scheduled, {}),
    "scheduled Tensor lr": (scheduled, {"lr": torch.tensor(0.5)}),
    "decay switched": (decay_switched, {}),
    "closure": (closure, {}),
    "hooks": (hooks, {}),
    "no grads at first": (no_grads_at_first, {}),
    "foreach": (step_only, {"foreach": True}),
}


def same(outcomes):
    (ours, made), (theirs, expected) = outcomes
    assert made == expected
    assert len(ours) == len(theirs)
    assert all(map(torch.equal, ours, theirs))


# The compiler looks at the grad of the loss that a closure returns.
@pytest.mark.filterwarnings("ignore:The .grad attribute of a Tensor that is not a leaf")
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_compiled_step_equals_torchs(scenario, monkeypatch):
    """Equal bit by bit, with as many graphs and operations; no kernel runs."""
    run, options = SCENARIOS[scenario]
    ran = kernels_that_run(monkeypatch)
    outcomes = []
    for make in (Adadelta, torch.optim.Adadelta):
        training = Training(make, **copy.deepcopy(options))
        run(training)
        outcomes.append(training.outcome())
    same(outcomes)
    assert outcomes[0][1][0] >= 1
    assert not ran


@pytest.mark.parametrize("first", ["compiled", "eager"])
def test_compiled_and_eager_steps_share_their_states(first, monkeypatch):
    """Eager steps use the kernel, so results agree within the tolerance."""
    ran = kernels_that_run(monkeypatch)
    outcomes = []
    for make in (Adadelta, torch.optim.Adadelta):
        training = Training(make)
        step = training.compile(training.optimizer.step)
        for number in range(6):
            training.backward()
            ran.clear()
            if (number % 3 == 0) == (first == "compiled"):
                step()
                assert not ran
            else:
                training.optimizer.step()
                assert bool(ran) == (make is Adadelta)
        outcomes.append(training.outcome())
    (ours, made), (theirs, expected) = outcomes
    assert made == expected
    for i, (a, b) in enumerate(zip(ours, theirs, strict=True)):
        # The grads come from params an ulp apart. The greatest difference was 3.0e-8.
        torch.testing.assert_close(a, b, rtol=2e-6, atol=3e-7, msg=lambda m, i=i: f"{i}: {m}")


def test_kernels_run_after_the_recompilation_limit(monkeypatch):
    """After the limit, torch calls the step eagerly."""
    ran = kernels_that_run(monkeypatch)
    training = Training(Adadelta)
    step = training.compile(training.optimizer.step)
    with torch._dynamo.config.patch(recompile_limit=1):
        for decay in (0, 0.1):
            training.optimizer.param_groups[0]["weight_decay"] = decay
            training.backward()
            step()
    assert training.graphs.frame_count == 1
    assert all(state["step"] == 2 for state in training.optimizer.state.values())
    assert ran <= {"adadelta_cpu_float32_min_wd"}


def test_fullgraph_raises_as_in_torch():
    """Torch breaks the graph before each step; it can compile the loss with fullgraph."""
    for make in (Adadelta, torch.optim.Adadelta):
        training = Training(make, fullgraph=True)
        training.compile(training.loss)().backward()
        with pytest.raises(torch._dynamo.exc.Unsupported, match="graph_break"):
            training.compile(training.optimizer.step)()


def test_the_graph_of_the_update_equals_torchs():
    """One graph for inference, without copies at its end, and with the same operations."""
    graphs = {Adadelta: [], torch.optim.Adadelta: []}

    def compiler(kind, seen):
        def compile_graph(graph, _):
            seen.append((kind, [str(n.target) for n in graph.graph.nodes if n.op != "placeholder"]))
            return graph

        return compile_graph

    for make, seen in graphs.items():
        backend = aot_autograd(
            fw_compiler=compiler("forward", seen),
            bw_compiler=compiler("backward", seen),
            inference_compiler=compiler("inference", seen),
            keep_inference_input_mutations=True,
        )
        training = Training(make, backend=backend)
        training.backward()
        training.compile(training.optimizer.step)()
    ours, theirs = graphs.values()
    assert [kind for kind, _ in ours] == ["inference"]
    assert ours == theirs


@pytest.mark.filterwarnings("ignore::DeprecationWarning:torch")
@pytest.mark.skipif(not shutil.which("g++"), reason="inductor needs a C++ compiler")
def test_inductor():
    outcomes = []
    for make in (Adadelta, torch.optim.Adadelta):
        training = Training(make, backend="inductor")
        the_method(training)
        outcomes.append(training.outcome())
    same(outcomes)
