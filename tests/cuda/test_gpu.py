"""On a GPU: every variant against the exact reference, and the optimizer against torch's."""

import threading

import pytest
import torch
from kernels.jobs import DITHER
from kernels.memory import Guarded, assert_same
from kernels.reference import Hyper, State, exact
from kernels.values import HYPERS, random_state, special_state
from parity.support import DTYPES, Pair, kernels, random, snapshot
from prepared import Prepared
from reliability.outcomes import same_outcome

from adadelta_gen import Adadelta
from adadelta_gen.cuda.launch import CAPACITY
from adadelta_gen.native import abi
from adadelta_gen.spec import KernelSpec

pytestmark = [
    pytest.mark.cuda,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="torch finds no CUDA device"),
]

SIZES = (0, 1, 3, 7, 8, 9, 255, 2047, 2048, 2049, 100_003)


def on_gpu(tensor):
    return tensor.to("cuda")


class Row:
    """A state in the GPU's memory, each array between guards, ``shift`` elements off 256 bytes."""

    def __init__(self, state, shift=0):
        self.state = state
        self._host = [Guarded(array, shift) for array in state]
        self._bytes = [guarded._bytes.cuda() for guarded in self._host]
        self.arrays = State(
            *(
                memory[guarded._inside].view(array.dtype)
                for memory, guarded, array in zip(self._bytes, self._host, state, strict=True)
            )
        )

    def assert_holds(self, expected):
        for memory, guarded in zip(self._bytes, self._host, strict=True):
            guarded._bytes.copy_(memory)
            assert guarded.intact()
        for name, guarded, truth in zip(State._fields, self._host, expected, strict=True):
            assert_same(guarded.values, truth, name)


def assert_exact(spec, rows, hyper):
    prepared = Prepared(spec, [row.arrays for row in rows], hyper)
    states = [row.state for row in rows]
    for _ in range(2):
        prepared.run()
        torch.cuda.synchronize()
        states = [exact(spec, state, hyper, DITHER) for state in states]
        for row, state in zip(rows, states, strict=True):
            row.assert_holds(state)


@pytest.mark.parametrize("hyper", HYPERS.values(), ids=HYPERS)
def test_special_values_are_bit_exact(spec, hyper):
    assert_exact(spec, [Row(special_state(spec, 5000, 1))], hyper)


@pytest.mark.parametrize("shift", [0, 1, 3])
def test_ragged(spec, shift):
    rows = [Row(random_state(spec, n, seed), shift) for seed, n in enumerate(SIZES)]
    assert_exact(spec, rows, HYPERS["with decay"])


def test_more_tensors_than_a_launch_holds():
    spec = KernelSpec("cuda", "float32")
    rows = [Row(random_state(spec, 1 + i % 7, i)) for i in range(CAPACITY + 5)]
    assert_exact(spec, rows, Hyper())


@pytest.mark.parametrize("options", [{}, {"maximize": True, "weight_decay": 0.1}], ids=str)
@pytest.mark.parametrize("foreach", [False, True])
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_results_equal_torchs(dtype, foreach, options):
    pair = Pair([on_gpu(random(*shape, dtype=dtype)) for shape in ((300, 70), (7,), ())], **options)
    for group in pair.theirs.param_groups:
        group["foreach"] = foreach
    pair.step(5)
    assert None not in kernels(pair.ours)


def test_params_grads_and_states_of_any_strides():
    tensors = [random(8, 3, 5, 5).contiguous(memory_format=torch.channels_last), random(6, 7).t()]
    pair = Pair([on_gpu(t) for t in (*tensors, random(40)[::2], random(12, 12))])
    pair.step(2)
    for transposed in (True, False):
        pair.random_grads()
        if transposed:
            grad = pair.params[3].grad.t().contiguous().t()
            pair.params[3].grad = pair.mirrors[3].grad = grad
        pair.step_with_grads()


def test_cpu_and_gpu_in_one_group():
    pair = Pair([random(40), on_gpu(random(50)), random(3), on_gpu(random(4, dtype=torch.float64))])
    pair.step(3)
    assert [name.split("_")[1] for name in kernels(pair.ours)] == ["cpu", "cuda", "cpu", "cuda"]


def test_the_current_stream_is_used():
    pair = Pair([on_gpu(random(1 << 20))])
    side = torch.cuda.Stream()
    for _ in range(5):
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            torch.cuda._sleep(10_000_000)
            pair.random_grads()  # ready only after the sleep, on the side stream
            pair.each(lambda optimizer: optimizer.step())
        torch.cuda.current_stream().wait_stream(side)
        pair.check()


def test_a_step_in_a_new_thread():
    pair = Pair([on_gpu(random(1000))])
    pair.step()
    errors = []

    def work():
        try:
            pair.step(2)
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert errors == []


@pytest.mark.parametrize("capturable", [False, True])
def test_a_refused_launch_changes_nothing(capturable):
    """The launch has too many threads per block; the driver remains usable after that error."""
    on_cpu = [] if capturable else [random(40)]
    pair = Pair([on_gpu(random(1000)), on_gpu(random(3)), *on_cpu], capturable=capturable)
    pair.step(2)
    pair.random_grads()
    before, versions = snapshot(pair.ours), [p._version for p in pair.params]
    (table,) = pair.ours._plan._tables
    on_cuda = table._launch_words[:, abi.L_CUDA] != 0
    assert on_cuda.sum() == 1
    threads = table._launch_words[on_cuda, abi.L_THREADS]
    table._launch_words[on_cuda, abi.L_THREADS] = 2048
    with pytest.raises(RuntimeError, match="the CUDA driver returned CUDA_ERROR_INVALID_VALUE"):
        pair.ours.step()
    table._launch_words[on_cuda, abi.L_THREADS] = threads
    assert all(map(torch.equal, snapshot(pair.ours), before))
    assert [p._version for p in pair.params] == versions
    pair.step_with_grads()
    pair.step()


@pytest.mark.parametrize("foreach", [None, False])
@pytest.mark.parametrize(
    ("key", "dtype"),
    [("step", torch.int64), ("square_avg", torch.float64), ("acc_delta", torch.float16)],
    ids=str,
)
def test_states_of_other_dtypes_step_or_raise_as_torchs(key, dtype, foreach):
    """Torch's foreach implementation, the default on a GPU, refuses some, before any update."""
    pair = Pair([random(5, seed=i).cuda() for i in range(3)], foreach=foreach)
    pair.step(2)
    for optimizer in pair.both:
        state = optimizer.state[optimizer.param_groups[0]["params"][1]]
        state[key] = state[key].to(dtype)
    pair.random_grads()
    error = same_outcome(pair)
    assert foreach is None or error is None


@pytest.mark.skipif(torch.cuda.device_count() < 2, reason="needs two GPUs")
def test_two_devices_in_one_group():
    pair = Pair([random(100).to(f"cuda:{i % 2}") for i in range(5)])
    pair.step(3)


EMPTY_GRAPH = pytest.mark.filterwarnings("ignore:The CUDA Graph is empty")  # the step raised


def captured(optimizer, grads):
    """Take a step to warm up, then return a graph of one more."""
    for p, grad in zip(optimizer.param_groups[0]["params"], grads, strict=True):
        p.grad = grad
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        optimizer.step()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        optimizer.step()
    return graph


@pytest.mark.parametrize("lr_dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16], ids=str)
def test_graph_with_lr_changed_between_replays(dtype, lr_dtype):
    shapes = ((300, 70), (7,))
    params = [torch.nn.Parameter(on_gpu(random(*s, dtype=dtype))) for s in shapes]
    twins = [torch.nn.Parameter(p.detach().clone()) for p in params]
    grads = [on_gpu(random(*s, dtype=dtype, seed=1)) for s in shapes]
    lr = torch.tensor(1.0, device="cuda", dtype=lr_dtype)
    optimizer = Adadelta(params, lr=lr, capturable=True)
    eager = Adadelta(twins, lr=1.0)
    graph = captured(optimizer, grads)
    for p, grad in zip(twins, grads, strict=True):
        p.grad = grad
    eager.step()
    for value in (1.0, 0.5, 0.125):
        lr.fill_(value)
        graph.replay()
        eager.param_groups[0]["lr"] = value
        eager.step()
    for p, q in zip(params, twins, strict=True):
        assert torch.equal(p, q)
        for key in ("step", "square_avg", "acc_delta"):
            state = optimizer.state[p][key]
            assert torch.equal(state.cpu(), eager.state[q][key].cpu()), key


def test_graph_over_dense_copies():
    """The graph owns the copies: later allocations do not change a replay."""
    params = [torch.nn.Parameter(on_gpu(random(5000, 2, seed=2))[:, 0]) for _ in range(2)]
    p, q = params
    grad = on_gpu(random(5000, seed=1))
    optimizer, eager = (
        Adadelta([param], capturable=True, fused=True, weight_decay=0.1) for param in params
    )
    graph = captured(optimizer, [grad])
    q.grad = grad
    eager.step()
    for _ in range(3):
        noise = [torch.full((5000,), torch.nan, device="cuda") for _ in range(20)]
        graph.replay()
        eager.step()
        del noise
    assert torch.equal(p, q)
    for key in ("step", "square_avg", "acc_delta"):
        assert torch.equal(optimizer.state[p][key], eager.state[q][key]), key


@EMPTY_GRAPH
def test_a_capture_without_capturable_raises():
    p = torch.nn.Parameter(on_gpu(random(10)))
    with pytest.raises(RuntimeError, match="capturable"):
        captured(Adadelta([p]), [torch.ones_like(p)])


@EMPTY_GRAPH
def test_the_first_step_in_a_capture_raises():
    p = torch.nn.Parameter(on_gpu(random(10)))
    p.grad = torch.ones_like(p)
    optimizer = Adadelta([p], capturable=True)
    with (
        pytest.raises(RuntimeError, match="one step before the capture"),
        torch.cuda.graph(torch.cuda.CUDAGraph()),
    ):
        optimizer.step()


def test_lr_on_the_cpu_is_frozen_in_a_graph():
    p, q = (torch.nn.Parameter(on_gpu(random(10))) for _ in range(2))
    graph = captured(Adadelta([p], lr=torch.tensor(0.5), capturable=True), [torch.ones_like(p)])
    graph.replay()
    q.grad = torch.ones_like(q)
    eager = Adadelta([q], lr=0.5)
    eager.step()
    eager.step()
    assert torch.equal(p, q)


def test_gradient_scaler():
    pair = Pair([on_gpu(random(4)), on_gpu(random(3))])
    for optimizer in pair.both:
        scaler = torch.amp.GradScaler("cuda", init_scale=8.0)
        for scale in (1.0, torch.inf, 1.0):
            optimizer.zero_grad()
            loss = sum((p * p).sum() for p in optimizer.param_groups[0]["params"])
            scaler.scale(loss * scale).backward()
            scaler.unscale_(optimizer)
            scaler.step(optimizer)
            scaler.update()
    pair.check()


@pytest.mark.filterwarnings("ignore:Synchronization debug mode")
@pytest.mark.parametrize("capturable", [False, True])
@pytest.mark.parametrize("clip", [False, True])
def test_unscaling_in_the_kernel(capturable, clip):
    """Results equal unscaling before the step, without a sync."""
    runs = []
    for amp_scaling in (True, False):
        params = [torch.nn.Parameter(on_gpu(random(n, seed=n))) for n in (5000, 3, 70)]
        optimizer = Adadelta(params, amp_scaling=amp_scaling, capturable=capturable)
        scaler = torch.amp.GradScaler("cuda", init_scale=8.0, growth_interval=2)
        for step, bad in enumerate([False, True, False, False, True]):
            scale = scaler.scale(torch.ones((), device="cuda"))
            for i, p in enumerate(params):
                p.grad = on_gpu(random(*p.shape, seed=100 * step + i)) * scale
            if bad:
                params[1].grad[2] = torch.inf
            if clip:
                scaler.unscale_(optimizer)
                torch.nn.utils.clip_grad_norm_(params, 0.5)
            torch.cuda.synchronize()
            if amp_scaling and step:
                torch.cuda.set_sync_debug_mode("error")
            try:
                scaler.step(optimizer)
            finally:
                torch.cuda.set_sync_debug_mode("default")
            scaler.update()
        runs.append([*params, *(v for s in optimizer.state.values() for v in s.values())])
        assert scaler.get_scale() == 4.0
    for ours, theirs in zip(*runs, strict=True):
        assert torch.equal(ours.cpu(), theirs.cpu())


def test_found_inf_is_read_at_replay():
    p = torch.nn.Parameter(on_gpu(random(100)))
    p.grad = torch.ones_like(p)
    optimizer = Adadelta([p], capturable=True, amp_scaling=True)
    optimizer.step()
    found_inf = torch.zeros((), device="cuda")
    scale = torch.tensor(1.0, device="cuda")
    graph = torch.cuda.CUDAGraph()
    optimizer.found_inf, optimizer.grad_scale = found_inf, scale
    with torch.cuda.graph(graph):
        optimizer.step()
    before = p.detach().clone()
    found_inf.fill_(1)
    graph.replay()
    assert torch.equal(p, before)
    assert optimizer.state[p]["step"] == 1
    found_inf.zero_()
    graph.replay()
    assert not torch.equal(p, before)
    assert optimizer.state[p]["step"] == 2


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_a_parameter_with_a_nonfinite_grad_is_skipped(dtype):
    pair = Pair([on_gpu(random(*s, dtype=dtype)) for s in ((12, 11), (7,), (0,), (40_000,))])
    pair.ours.param_groups[0]["nonfinite"] = "skip"
    pair.step()
    for value in (torch.inf, torch.nan):
        pair.random_grads()
        grad = pair.params[3].grad.clone()
        grad[-1] = value
        pair.params[3].grad, pair.mirrors[3].grad = grad, None
        pair.step_with_grads()
    assert pair.ours.skipped == {"parameter 3 of group 0": 2}


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16], ids=str)
def test_float32_states(dtype):
    ours, on_cpu = (
        Adadelta(
            [torch.nn.Parameter(random(*s, dtype=dtype).to(device)) for s in ((300, 70), (7,))]
        )
        for device in ("cuda", "cpu")
    )
    for optimizer in (ours, on_cpu):
        optimizer.param_groups[0]["state_dtype"] = torch.float32
        for step in range(5):
            for p in optimizer.param_groups[0]["params"]:
                p.grad = random(*p.shape, dtype=dtype, seed=step).to(p.device)
            optimizer.step()
    assert all(name.endswith("float32state") for name in kernels(ours))
    for mine, its in zip(ours.state.values(), on_cpu.state.values(), strict=True):
        for key in ("square_avg", "acc_delta"):
            assert torch.equal(mine[key].cpu(), its[key])


def test_dithered_rounding_equals_that_of_the_cpu():
    results = []
    for device in ("cuda", "cpu"):
        start = [random(n, dtype=torch.bfloat16, seed=n) for n in (70_001, 8, 3)]
        params = [torch.nn.Parameter(p.to(device)) for p in start]
        optimizer = Adadelta(params, dithered_rounding=True)
        for step in range(3):
            for p in params:
                p.grad = random(*p.shape, dtype=p.dtype, seed=step).to(device)
            optimizer.step()
        results.append([p.detach().cpu() for p in params])
    assert all(map(torch.equal, *results))


@EMPTY_GRAPH
def test_dithered_rounding_raises_in_a_graph_capture():
    p = torch.nn.Parameter(on_gpu(random(10, dtype=torch.bfloat16)))
    with pytest.raises(RuntimeError, match="a captured CUDA graph would repeat"):
        captured(Adadelta([p], capturable=True, dithered_rounding=True), [torch.ones_like(p)])


def test_a_step_allocates_nothing():
    p = torch.nn.Parameter(on_gpu(random(1 << 20)))
    p.grad = torch.ones_like(p)
    optimizer = Adadelta([p], weight_decay=0.1, maximize=True)
    optimizer.step()
    torch.cuda.reset_peak_memory_stats()
    before = torch.cuda.memory_allocated()
    optimizer.step()
    assert torch.cuda.max_memory_allocated() == before


def test_more_than_two_to_the_31_elements():
    n = (1 << 31) + 1003
    if torch.cuda.mem_get_info()[0] < 10 * n:
        pytest.skip("needs 22 GB of GPU memory")
    p = torch.nn.Parameter(torch.ones(n, dtype=torch.bfloat16, device="cuda"))
    p.grad = torch.full_like(p, 0.5)
    p.grad[-1000:] = 2.0
    small = torch.nn.Parameter(torch.ones(2, dtype=torch.bfloat16, device="cuda"))
    small.grad = torch.tensor([0.5, 2.0], dtype=torch.bfloat16, device="cuda")
    Adadelta([p, small]).step()
    assert bool((p[:1000] == small[0]).all())
    assert bool((p[n // 2 : n // 2 + 1000] == small[0]).all())
    assert bool((p[-1000:] == small[1]).all())
