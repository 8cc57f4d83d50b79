"""A complex parameter is updated as its real and imaginary parts are."""

import pytest
import torch

from adadelta_gen import Adadelta
from parity.support import random
from parity.torch_suite import inputs

COMPLEX = (torch.complex64, torch.complex128)
SHAPES = [(10, 5), (10,)]


def leaves(tensors):
    return [torch.nn.Parameter(tensor.detach().clone()) for tensor in tensors]


@pytest.mark.parametrize("dtype", COMPLEX, ids=str)
@pytest.mark.parametrize(("device", "options"), inputs("kernel", "fused"))
def test_complex(device, options, dtype):
    """Beside a real parameter, and to the last bit: one kernel does both."""
    tensors = [random(*shape, dtype=dtype).to(device) for shape in SHAPES]
    real = random(10, 5).to(device)
    complex_params = leaves([*tensors, real])
    real_params = leaves([*map(torch.view_as_real, tensors), real])
    optimizers = [Adadelta(ps, **options) for ps in (complex_params, real_params)]
    for step in range(3):
        for seed, (p, q) in enumerate(zip(complex_params, real_params, strict=True)):
            p.grad = random(*p.shape, dtype=p.dtype, seed=10 * step + seed).to(device)
            q.grad = torch.view_as_real(p.grad) if p.is_complex() else p.grad.clone()
        for optimizer in optimizers:
            optimizer.step()
        for p, q in zip(complex_params, real_params, strict=True):
            as_real = torch.view_as_real(p) if p.is_complex() else p
            assert torch.equal(as_real, q)


def rosenbrock(x):
    return ((1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2).abs()


@pytest.mark.parametrize("dtype", COMPLEX, ids=str)
@pytest.mark.parametrize(("device", "options"), inputs("kernel", "fused"))
def test_complex_2d(device, options, dtype):
    start = random(2, dtype=dtype).to(device)
    (whole,) = leaves([start])
    parts = leaves([start.real, start.imag])
    optimizers = [Adadelta(ps, **options) for ps in ([whole], parts)]
    for _ in range(10):
        for optimizer in optimizers:
            optimizer.zero_grad()
        rosenbrock(whole).backward()
        rosenbrock(torch.complex(*parts)).backward()
        for optimizer in optimizers:
            optimizer.step()
        assert torch.equal(whole.grad, torch.complex(*(p.grad for p in parts)))
        assert torch.equal(whole, torch.complex(*parts))
