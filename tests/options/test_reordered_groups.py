"""Groups that change places during a step keep what the options have decided for them."""

import pytest
import torch
from reliability.moments import MOMENTS
from torch.nn import Parameter

from adadelta_gen import Adadelta

GRADS = (3.0, 4.0), (float("nan"), 1.0), (12.0, 0.0)


def made(**options):
    params = [Parameter(torch.ones(2)) for _ in GRADS]
    for p, grad in zip(params, GRADS, strict=True):
        p.grad = torch.tensor(grad)
    groups = [{"params": [p]} for p in params]
    groups[2]["foreach"] = True  # torch updates this group
    return params, Adadelta(groups, nonfinite="skip", **options)


@pytest.mark.parametrize("change", [list.reverse, list.clear, lambda groups: groups.pop(0)])
@pytest.mark.parametrize("options", [{}, {"max_grad_norm": 1.0}], ids=["skip", "clip"])
def test_a_change_at_any_line_of_a_step(options, change):
    wanted, optimizer = made(**options)
    optimizer.step()
    n_lines = 0
    for line in range(0, 100_000, 13):
        params, optimizer = made(**options)
        found = {}
        with MOMENTS["lines"].at(line, lambda: change(optimizer.param_groups), found):  # noqa: B023
            optimizer.step()
        if not found.get("happened"):
            break
        n_lines += 1
        place = found["place"]
        assert torch.equal(params[1], torch.ones(2)), place
        for p, q in zip(params, wanted, strict=True):
            is_unchanged = torch.equal(p, torch.ones(2)) and change is not list.reverse
            assert is_unchanged or torch.allclose(p, q, rtol=1e-6, atol=0), place
    assert n_lines > 20
