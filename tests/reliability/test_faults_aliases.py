"""S10: memory shared by two tensors of a step is updated in torch's order."""

import pytest
import torch
from parity.support import Pair, random

from adadelta_gen import Adadelta
from reliability.outcomes import same_outcome

N = 6


def params_of(optimizer):
    return [p for group in optimizer.param_groups for p in group["params"]]


def grad_is_average(optimizer):
    p, *_ = params_of(optimizer)
    p.grad = optimizer.state[p]["square_avg"]


def grad_is_average_of_another(optimizer):
    p, q, *_ = params_of(optimizer)
    q.grad = optimizer.state[p]["acc_delta"]


def grad_in_gapped_param(optimizer):
    p, q, *_ = params_of(optimizer)
    buffer = torch.arange(2.0 * N)
    p.data = buffer[::2]
    q.grad = buffer[:N]


def grad_is_gapped_param_itself(optimizer):
    p, *_ = params_of(optimizer)
    buffer = torch.arange(2.0 * N)
    p.data = buffer[::2]
    p.grad = buffer[1 : N + 1]


def grad_in_param_of_another_dtype(optimizer):
    p, _q, _r, wide = params_of(optimizer)
    p.grad = wide.data.view(torch.float32)[:N]
    wide.data.copy_(random(N, dtype=torch.float64))


def grad_of_the_row_behind_in_param_of_another_dtype(optimizer):
    *_, r, wide = params_of(optimizer)
    wide.grad = torch.cat([r.data] * 2).view(torch.float64)
    r.data = wide.grad.view(torch.float32)[:N]


def grad_is_param(optimizer):
    p, *_ = params_of(optimizer)
    p.grad = p.data


def grad_is_param_before(optimizer):
    p, q, *_ = params_of(optimizer)
    q.grad = p.data


def grad_is_param_behind(optimizer):
    p, q, *_ = params_of(optimizer)
    p.grad = q.data


def grads_are_one(optimizer):
    p, q, *_ = params_of(optimizer)
    p.grad = q.grad


def grads_overlap(optimizer):
    p, q, *_ = params_of(optimizer)
    buffer = random(2 * N)
    p.grad, q.grad = buffer[:N], buffer[3 : 3 + N]


def params_are_one(optimizer):
    p, q, *_ = params_of(optimizer)
    q.data = p.data


def params_overlap(optimizer):
    p, q, *_ = params_of(optimizer)
    buffer = random(2 * N)
    p.data, q.data = buffer[:N], buffer[3 : 3 + N]


def last_params_overlap(optimizer):
    _, q, r, _ = params_of(optimizer)
    buffer = random(2 * N)
    q.data, r.data = buffer[:N], buffer[N - 1 : 2 * N - 1]


def param_is_average(optimizer):
    p, *_ = params_of(optimizer)
    optimizer.state[p]["square_avg"] = p.data


def param_is_average_of_another(optimizer):
    p, q, *_ = params_of(optimizer)
    optimizer.state[p]["acc_delta"] = q.data.abs_()


def averages_are_one(optimizer):
    p, *_ = params_of(optimizer)
    optimizer.state[p]["square_avg"] = optimizer.state[p]["acc_delta"]


def averages_of_two_overlap(optimizer):
    p, q, *_ = params_of(optimizer)
    buffer = random(2 * N).abs()
    optimizer.state[p]["square_avg"] = buffer[:N]
    optimizer.state[q]["acc_delta"] = buffer[3 : 3 + N]


def counters_are_one(optimizer):
    p, q, *_ = params_of(optimizer)
    optimizer.state[p]["step"] = optimizer.state[q]["step"]


def counters_are_one_memory(optimizer):
    p, q, *_ = params_of(optimizer)
    optimizer.state[p]["step"] = optimizer.state[q]["step"].view(())


def all_counters_are_one(optimizer):
    shared = torch.tensor(3.0)
    for state in optimizer.state.values():
        state["step"] = shared


def counter_in_average(optimizer):
    p, *_ = params_of(optimizer)
    optimizer.state[p]["step"] = optimizer.state[p]["square_avg"][0]


def counter_in_param(optimizer):
    p, *_ = params_of(optimizer)
    optimizer.state[p]["step"] = p.data[2]


def counter_in_param_of_another(optimizer):
    p, q, *_ = params_of(optimizer)
    optimizer.state[q]["step"] = p.data[2]


def counter_in_param_of_another_dtype(optimizer):
    p, *_, wide = params_of(optimizer)
    optimizer.state[p]["step"] = wide.data.view(torch.float32)[5]


def counter_in_own_grad(optimizer):
    p, *_ = params_of(optimizer)
    p.grad = p.grad.clone()
    optimizer.state[p]["step"] = p.grad[1]


def counter_in_grad_of_another(optimizer):
    p, q, *_ = params_of(optimizer)
    q.grad = q.grad.clone()
    optimizer.state[p]["step"] = q.grad[1]


def counter_of_64_bits_over_two_counters(optimizer):
    p, q, _r, _ = params_of(optimizer)
    buffer = torch.zeros(2)
    optimizer.state[p]["step"] = buffer.view(torch.float64)[0]
    optimizer.state[q]["step"] = buffer[1]


def torchs_row_shares_param(optimizer):
    p, q, *_ = params_of(optimizer)
    optimizer.state[q]["acc_delta"] = optimizer.state[q]["acc_delta"].double()
    buffer = random(2 * N)
    p.data, q.data = buffer[:N], buffer[3 : 3 + N]


def torchs_row_shares_average(optimizer):
    p, q, *_ = params_of(optimizer)
    optimizer.state[q]["acc_delta"] = optimizer.state[q]["acc_delta"].double()
    optimizer.state[q]["square_avg"] = optimizer.state[p]["square_avg"]


def torchs_row_has_grad_in_kernels_param(optimizer):
    p, q, *_ = params_of(optimizer)
    optimizer.state[q]["acc_delta"] = optimizer.state[q]["acc_delta"].double()
    q.grad = p.data


def torchs_row_writes_kernels_grad(optimizer):
    p, q, *_ = params_of(optimizer)
    optimizer.state[p]["acc_delta"] = optimizer.state[p]["acc_delta"].double()
    q.grad = p.data


def torchs_row_shares_counter(optimizer):
    p, q, *_ = params_of(optimizer)
    optimizer.state[q]["acc_delta"] = optimizer.state[q]["acc_delta"].double()
    optimizer.state[q]["step"] = optimizer.state[p]["step"]


def copied_row_has_grad_in_gaps(optimizer):
    p, q, *_ = params_of(optimizer)
    buffer = random(4 * N)
    p.data = buffer[: 2 * N : 2]
    q.grad = buffer[N : 3 * N : 2]


def undecidable_param(optimizer):
    p, *_ = params_of(optimizer)
    p.data = random(9).as_strided((3, 2), (2, 1))
    p.grad = random(3, 2)
    for key in ("square_avg", "acc_delta"):
        optimizer.state[p][key] = optimizer.state[p][key].reshape(3, 2)


def overlapping_windows(optimizer):
    p, *_ = params_of(optimizer)
    p.data = random(9).as_strided((3, 3), (2, 1))
    p.grad = random(3, 3)
    for key in ("square_avg", "acc_delta"):
        optimizer.state[p][key] = torch.zeros(3, 3)


def overlapping_windows_of_average(optimizer):
    p, *_ = params_of(optimizer)
    p.data, p.grad = random(3, 3), random(3, 3)
    optimizer.state[p]["square_avg"] = torch.zeros(9).as_strided((3, 3), (2, 1))
    optimizer.state[p]["acc_delta"] = torch.zeros(3, 3)


def overlapping_windows_of_grad(optimizer):
    p, *_ = params_of(optimizer)
    p.data, p.grad = random(3, 3), random(9).as_strided((3, 3), (2, 1))
    for key in ("square_avg", "acc_delta"):
        optimizer.state[p][key] = torch.zeros(3, 3)


def interleaved_params(optimizer):
    p, q, *_ = params_of(optimizer)
    buffer = random(2 * N)
    p.data, q.data = buffer[::2], buffer[1::2]


def number_in_counter(optimizer):
    """A schedule of its own: an lr that is the counter of another group."""
    p, *_ = params_of(optimizer)
    optimizer.param_groups[-1]["lr"] = optimizer.state[p]["step"]


def number_in_param(optimizer):
    p, *_ = params_of(optimizer)
    optimizer.param_groups[-1]["lr"] = p.data[1]


def decay_in_average(optimizer):
    p, *_ = params_of(optimizer)
    optimizer.param_groups[-1]["weight_decay"] = optimizer.state[p]["square_avg"][1]


def rho_in_counter(optimizer):
    p, *_ = params_of(optimizer)
    step = optimizer.state[p]["step"].fill_(-0.5)
    optimizer.param_groups[-1]["rho"] = step


def eps_in_own_average(optimizer):
    *_, wide = params_of(optimizer)
    value = optimizer.state[wide]["square_avg"].abs_()
    optimizer.param_groups[-1]["eps"] = value[1]


SHARED = [
    *(grad_is_average, grad_is_average_of_another, grad_in_gapped_param),
    *(grad_is_gapped_param_itself, grad_in_param_of_another_dtype),
    *(grad_of_the_row_behind_in_param_of_another_dtype, grad_is_param, grad_is_param_before),
    *(grad_is_param_behind, grads_are_one, grads_overlap, params_are_one, params_overlap),
    *(last_params_overlap, param_is_average, param_is_average_of_another, averages_are_one),
    *(averages_of_two_overlap, counters_are_one, counters_are_one_memory, all_counters_are_one),
    *(counter_in_average, counter_in_param, counter_in_param_of_another),
    *(counter_in_param_of_another_dtype, counter_in_own_grad, counter_in_grad_of_another),
    *(counter_of_64_bits_over_two_counters, torchs_row_shares_param, torchs_row_shares_average),
    *(torchs_row_has_grad_in_kernels_param, torchs_row_writes_kernels_grad),
    *(torchs_row_shares_counter, copied_row_has_grad_in_gaps, undecidable_param),
    *(overlapping_windows, overlapping_windows_of_average, overlapping_windows_of_grad),
    *(interleaved_params, number_in_counter, number_in_param, decay_in_average, rho_in_counter),
    eps_in_own_average,
]


@pytest.mark.parametrize("groups", [1, 2, 4])
@pytest.mark.parametrize("edit", SHARED)
def test_shared_memory_is_updated_in_torchs_order(edit, groups):
    params = [random(N, seed=i) for i in range(3)] + [random(N, dtype=torch.float64, seed=3)]
    size = 4 // groups
    pair = Pair([{"params": params[i : i + size]} for i in range(0, 4, size)])
    pair.step(3)
    for i, (p, q) in enumerate(zip(pair.params, pair.mirrors, strict=True)):
        p.grad, q.grad = (random(*p.shape, dtype=p.dtype, seed=90 + i) for _ in "ab")
    # Compare each step from equal values: feedback would amplify small differences.
    for p, q in zip(pair.params, pair.mirrors, strict=True):
        q.data.copy_(p.data)
        for key, value in pair.ours.state[p].items():
            pair.theirs.state[q][key].copy_(value)
    pair.each(edit)
    same_outcome(pair)
    same_outcome(pair)


@pytest.mark.parametrize("groups", [1, 2])
@pytest.mark.parametrize("alias", ["overlap", "one", "in an average", "in a param", "apart"])
def test_grads_that_share_memory_are_unscaled_twice_as_by_torch(alias, groups):
    """As in GradScaler.unscale_, memory of two grads is unscaled twice."""
    ends = []
    for kind, options in ((Adadelta, {"amp_scaling": True}), (torch.optim.Adadelta, {})):
        params = [torch.nn.Parameter(random(N, seed=i)) for i in range(2)]
        entries = [{"params": [p]} for p in params] if groups == 2 else params
        optimizer = kind(entries, **options)
        scaler = torch.amp.GradScaler("cpu", init_scale=4.0)
        scaler.scale(torch.ones(()))
        for step in range(3):
            buffer = random(2 * N, seed=step)
            p, q = params
            p.grad, q.grad = buffer[:N].clone(), buffer[N:].clone()
            if alias == "overlap":
                p.grad, q.grad = buffer[:N], buffer[3 : 3 + N]
            elif alias == "one":
                p.grad = q.grad
            elif alias == "in an average" and step:
                q.grad = optimizer.state[p]["square_avg"]
            elif alias == "in a param":
                q.grad = p.data
            scaler.step(optimizer)
            scaler.update()
        ends.append(params)
        grads = [p.grad for p in params]
        ends[-1] = [p.detach() for p in params] + grads
    for a, b in zip(*ends, strict=True):
        torch.testing.assert_close(a, b, rtol=1e-5, atol=1e-7)
