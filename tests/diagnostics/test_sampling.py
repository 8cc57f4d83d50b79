"""The sampled elements: bounded in number, always the same, in every row and column."""

import math

import numpy as np
import pytest
import torch
from parity.support import random
from torch.nn import Parameter

from adadelta_gen import Adadelta
from adadelta_gen.diagnostics.sampling import LIMIT, sample, step_of, to_host
from adadelta_gen.diagnostics.segments import Segments, weighted_quantiles

SIZES = (LIMIT + 1, LIMIT + 2, 9240, 2 * LIMIT, 30030, 768 * 3072, 50257 * 768, 2**31 + 1)


def only(tensor):
    (found,) = sample([tensor])
    return found


@pytest.mark.parametrize("n", SIZES)
def test_no_element_is_sampled_twice(n):
    step = step_of(n)
    assert 0 < step < n
    assert math.gcd(step, n) == 1


@pytest.mark.parametrize("n", [n for n in SIZES if n < 10**8])
def test_samples_are_spread_evenly(n):
    chosen = only(torch.arange(n, dtype=torch.int32)).sort().values
    assert len(chosen) == LIMIT
    gaps = chosen.diff()
    assert gaps.min() > 0
    assert gaps.max() < 4 * n / LIMIT


@pytest.mark.parametrize("n", [0, 1, LIMIT - 1, LIMIT])
def test_few_elements_are_all_taken(n):
    assert torch.equal(only(random(n)), random(n))
    assert torch.equal(only(random(n, 1)), random(n))


def test_every_row_and_column_is_sampled():
    """Each ``768 * 3072 / LIMIT = 288``-th element would be in 32 columns of 3072."""
    columns = torch.arange(3072).expand(768, 3072).contiguous()
    assert len(only(columns).unique()) == 3072
    rows = torch.arange(768)[:, None].expand(768, 3072).contiguous()
    assert len(only(rows).unique()) == 768


@pytest.mark.parametrize("shape", [(7,), (3, 4), (LIMIT, 3), (17, 1009, 3)], ids=str)
def test_strides_do_not_matter(shape):
    tensor = random(*shape)
    back = tuple(reversed(range(len(shape))))
    gaps = torch.empty(*shape, 2)
    gaps[..., 0] = tensor
    turned = tensor.permute(back).contiguous().permute(back)
    dense, *others = sample([tensor, turned, gaps[..., 0]])
    assert all(torch.equal(other, dense) for other in others)


def test_copying_to_the_host_rounds_nothing():
    tensors = [random(3, dtype=torch.bfloat16), random(2, dtype=torch.float16), random(0)]
    tensors += [random(4, dtype=torch.float64), torch.tensor([3])]
    expected = np.concatenate([tensor.double().numpy() for tensor in tensors])
    assert to_host(tensors).tolist() == expected.tolist()
    assert to_host(tensors[:1]).tolist() == expected[:3].tolist()


@pytest.mark.cuda
@pytest.mark.skipif(not torch.cuda.is_available(), reason="torch finds no CUDA device")
def test_several_devices_keep_their_order():
    places = (3, "cuda"), (2, "cpu"), (0, "cpu"), (5, "cuda")
    tensors = [random(n, seed=n).to(device) for n, device in places]
    assert to_host(tensors).tolist() == torch.cat([t.cpu() for t in tensors]).tolist()


def test_a_large_tensor_is_estimated():
    p = Parameter(random(1000, 300))
    p.grad = random(1000, 300, seed=1)
    optimizer = Adadelta([p])
    optimizer.step()
    (row,) = optimizer.diagnostics().by_param
    (again,) = optimizer.diagnostics().by_param
    assert row == again
    assert (row.sampled, row.elements) == (LIMIT, 300_000)
    v, u = (optimizer.state[p][key].double() for key in ("square_avg", "acc_delta"))
    factors = ((u + 1e-6) / (v + 1e-6)).sqrt()
    for q, found in ((0.05, row.effective_lr.q05), (0.5, row.effective_lr.median)):
        assert abs((factors < found).double().mean().item() - q) < 4 * math.sqrt(
            q * (1 - q) / LIMIT
        )
    # Of normal numbers; the standard error of a root mean square is 1 / sqrt(2 n) of it.
    assert row.rms_param == pytest.approx(p.detach().square().mean().sqrt().item(), rel=0.03)


@pytest.mark.parametrize("q", [0, 0.05, 0.3, 0.5, 0.95, 1])
def test_quantiles_of_segments(q):
    sizes = np.array([1, 2, 3, 10, 101])
    values = random(int(sizes.sum()), dtype=torch.float64).numpy()
    runs = np.split(values.copy(), sizes.cumsum()[:-1])
    segments = Segments(sizes)
    segments.sort(values)
    expected = [np.quantile(run, q) for run in runs]
    assert segments.quantile(values, q).tolist() == pytest.approx(expected, rel=1e-14)


def test_quantiles_of_equal_weights_are_numpys():
    values = random(101, dtype=torch.float64).numpy()
    found = weighted_quantiles(values, np.full(101, 7.0), (0, 0.05, 0.5, 1))
    assert found == pytest.approx(np.quantile(values, (0, 0.05, 0.5, 1)).tolist(), rel=1e-13)
    assert weighted_quantiles(np.array([3.0]), np.array([2.0]), (0.05, 0.5)) == [3, 3]


def test_weighted_quantiles():
    """A thousand numbers in [0, 1] with weight 99, and a thousand in [1, 2] with weight 1."""
    values = np.concatenate([np.linspace(1, 2, 1000), np.linspace(0, 1, 1000)])
    weights = np.repeat([1.0, 99.0], 1000)
    found = weighted_quantiles(values, weights, (0.099, 0.495, 0.995))
    assert found == pytest.approx([0.1, 0.5, 1.5], abs=1e-3)
