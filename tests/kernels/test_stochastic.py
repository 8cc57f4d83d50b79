"""Stochastic rounding: unbiased, seeded, the same for any threads and chunks, never off by two."""

import numpy as np
import pytest
import torch

from adadelta_gen import registry
from adadelta_gen.native import abi
from adadelta_gen.options.stochastic import row_keys
from adadelta_gen.shards import Origin
from adadelta_gen.spec import specs_of
from kernels.jobs import Job, Row, cut
from kernels.reference import Hyper, State, random_words, stochastic_bfloat16

SPECS = [spec for spec in specs_of("cpu") if spec.stochastic]
SPEC = SPECS[0]
N = 1 << 16


def rounded(values, key):
    """Store float32 numbers through a kernel: params of 0 that get ``-delta``, of exact deltas."""
    one = torch.ones(len(values), dtype=getattr(torch, SPEC.state_dtype))
    high = values.bfloat16()
    # param = high - lr * grad with rho 1 and eps 0, where averages of 1 make delta the grad.
    low = (values - high.float()).bfloat16()
    assert torch.equal(high.float() + low.float(), values)
    row = Row(State(high, -low, one, one), key=key)
    Job(SPEC, [row], Hyper(1.0, 1.0, 0.0), cut([len(values)], 1 << 14)).run(registry.load(SPEC))
    return row.arrays.param.clone()


def between(share, n=N):
    """Return ``n`` float32 numbers that lie a share of the way from 1 to the next bfloat16."""
    return torch.full((n,), 1 + share * 2.0**-7)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("share", [1 / 128, 1 / 8, 1 / 2, 7 / 8])
def test_the_mean_is_right(share, sign):
    """Of 2**16 draws, the share that goes up is a binomial mean: five standard deviations."""
    for key in (1, -5, 1 << 62):
        up = (rounded(sign * between(share), key).float().abs() > 1).float().mean().item()
        assert abs(up - share) < 5 * (share * (1 - share) / N) ** 0.5


def test_what_a_bfloat16_holds_is_kept():
    values = torch.arange(-200.0, 201.0)
    for key in range(5):
        assert torch.equal(rounded(values, key).float(), values)


def test_only_neighbours_are_taken():
    values = between(0.25) * torch.linspace(-2, 2, N).sign()
    ways = set(rounded(values, 3).float().abs().tolist())
    assert ways == {1.0, 1 + 2.0**-7}


def test_a_small_update_is_not_lost():
    """10,000 times a hundredth of an ulp: to nearest nothing would happen at all."""
    n, steps = 256, 10_000
    share = 2.0**-7 * 2.0**-7
    one = torch.ones(n, dtype=torch.bfloat16)
    row = Row(State(one, torch.full_like(one, -share), one, one))
    job = Job(SPEC, [row], Hyper(1.0, 1.0, 0.0))
    kernel = registry.load(SPEC)
    for step in range(steps):
        job.rows[0, abi.KEY] = row_keys(step, 0, 1)[0]
        job.run(kernel)
    moved = (row.arrays.param.float() - 1).mean().item()
    # Each is a random walk of 10,000 steps below 2, with a variance of share * ulp, above of twice.
    deviation = (steps * share * 2.0**-6 / n) ** 0.5
    assert abs(moved - steps * share) < 5 * deviation


def test_bits_do_not_depend_on_chunks_and_threads(threads):
    values = between(0.375, 50_000)
    one = torch.ones(len(values), dtype=torch.bfloat16)
    low = (values - 1).bfloat16()
    kernel = registry.load(SPEC)
    results = []
    for length, n_threads in ((1 << 14, 1), (1 << 14, 2), (777, 2), (50_000, 1)):
        threads(n_threads)
        row = Row(State(one, -low, one, one), key=77)
        job = Job(SPEC, [row], Hyper(1.0, 1.0, 0.0), cut([len(values)], length))
        job.run(kernel, n_threads)
        results.append(row.arrays.param.clone())
    assert all(torch.equal(result, results[0]) for result in results)
    assert torch.equal(results[0], stochastic_bfloat16(one.float() + low.float(), 77))


def test_keys_give_independent_bits():
    """The words of neighbouring parameters, steps and groups: no bit agrees more than by chance."""
    keys = np.concatenate([row_keys(seed, group, 4) for seed in (0, 1) for group in (0, 1)])
    assert len(set(keys.tolist())) == 16
    words = np.stack([random_words(np.arange(1 << 12), int(key)) for key in keys])
    bits = (words[..., None] >> np.arange(16, 32) & 1).reshape(16, -1) * 2.0 - 1
    correlation = bits @ bits.T / bits.shape[1]
    off_diagonal = correlation[~np.eye(16, dtype=bool)]
    assert np.abs(off_diagonal).max() < 5 / bits.shape[1] ** 0.5
    within = [np.mean(bits[0, :-lag] * bits[0, lag:]) for lag in (1, 16, 32, 256)]
    assert np.abs(within).max() < 5 / bits.shape[1] ** 0.5


def test_keys_are_of_the_seed():
    assert row_keys(-1, 0, 3).tolist() == row_keys((1 << 64) - 1, 0, 3).tolist()
    assert row_keys(5, 0, 3)[:1].tolist() == row_keys(5, 0, 1).tolist()


def test_a_contiguous_shard_draws_what_the_whole_tensor_draws():
    for offset in (1, 5, (1 << 32) - 3, (1 << 40) + 7):
        whole, shard = (row_keys(5, 0, 2, [Origin(), Origin(o)])[1] for o in (0, offset))
        indices = range(4)
        shifted = [(offset + i) % (1 << 32) for i in indices]
        assert random_words(indices, int(shard)).tolist() == (
            random_words(shifted, int(whole)).tolist()
        )


def test_other_shards_draw_differently():
    pieces = [row_keys(5, 0, 2, [Origin(), Origin(piece=p)])[1] for p in range(5)]
    assert len({key >> 32 for key in pieces}) == 5


@pytest.mark.parametrize("bits", [0x7FFFFFFF, 0xFFFFFFFF, 0x7F800001, 0x7FC00000])
@pytest.mark.parametrize(
    "spec",
    [spec for spec in specs_of("cpu") if spec.state_dtype != spec.dtype],
    ids=lambda spec: spec.name,
)
def test_no_nan_of_a_float32_state_becomes_a_number(spec, bits):
    """CUDA's NaN is 0x7FFFFFFF: one carry more, and it would be -0."""
    n = 40
    one = torch.ones(n, dtype=getattr(torch, spec.dtype))
    nan = torch.from_numpy(np.full(n, bits, np.uint32).view(np.float32))
    row = Row(State(one, one, nan.clone(), nan.clone()))
    Job(spec, [row], Hyper()).run(registry.load(spec))
    assert row.arrays.param.isnan().all()
