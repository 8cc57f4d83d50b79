"""The inputs of Adadelta in torch's own optimizer tests: its entry in ``optim_db``.

The tests named ``test_torch_suite_*`` make the assertions of ``TestOptimRenewed`` (pytorch's
test/test_optim.py) for our class, and compare with torch's class.
"""

import pytest
import torch
from torch.testing._internal.common_optimizers import OptimizerInfo, optim_db

from parity.support import CUDA, Pair, random

(ENTRY,) = (entry for entry in optim_db if entry.optim_cls is torch.optim.Adadelta)
assert isinstance(ENTRY, OptimizerInfo)

# Torch's inputs leave these flags to the tests, because they exclude each other.
IMPLEMENTATIONS = {
    "kernel": {},
    "fused": {"fused": True},
    "forloop": {"fused": False},
    "foreach": {"foreach": True},
}


def inputs(*implementations, devices=("cpu", "cuda")):
    """Return a pytest.param (device, options) for every input of torch and each of our options.

    On a GPU only with kernels; the CPU tests cover updates by torch.
    """
    return [
        pytest.param(
            device,
            optim_input.kwargs | IMPLEMENTATIONS[name],
            id=f"{device}-{name}-{optim_input.desc}",
            marks=CUDA if device == "cuda" else (),
        )
        for device in devices
        for name in implementations or IMPLEMENTATIONS
        if device == "cpu" or name in ("kernel", "fused")
        for optim_input in ENTRY.optim_inputs_func(device=device)
    ]


def layer(device, **options):
    """Return a pair that trains a weight and a bias, which torch's tests call by these names."""
    tensors = [random(10, 5).to(device), random(10, seed=1).to(device)]
    return Pair(tensors, **options)


def closure_of(optimizer, seed=2):
    """Return the closure of most of torch's tests, over the first two parameters."""
    weight, bias = [p for group in optimizer.param_groups for p in group["params"]][:2]
    x = random(weight.shape[1], dtype=weight.dtype, seed=seed).to(weight.device)

    def closure():
        optimizer.zero_grad()
        loss = (weight.mv(x) + bias).pow(2).sum()
        loss.backward()
        return loss

    return closure
