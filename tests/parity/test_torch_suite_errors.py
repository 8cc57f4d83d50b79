"""Torch's list of invalid arguments: equal errors and warnings."""

import warnings

import pytest
import torch
from torch.testing._internal.common_optimizers import OptimizerErrorEnum

from adadelta_gen import Adadelta
from parity.support import DTYPES
from parity.torch_suite import ENTRY, inputs

DESCRIPTIONS = [
    error.optimizer_error_input.desc for error in ENTRY.optim_error_inputs_func("cpu", torch.float)
]


@pytest.mark.parametrize("fused", [{}, {"fused": True}], ids=["kernel", "fused"])
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("index", range(len(DESCRIPTIONS)), ids=DESCRIPTIONS.__getitem__)
def test_errors_equal_torchs(index, dtype, fused):
    error = ENTRY.optim_error_inputs_func("cpu", dtype)[index]
    assert error.error_on is OptimizerErrorEnum.CONSTRUCTION_ERROR
    params, options = error.optimizer_error_input.params, error.optimizer_error_input.kwargs
    expects = pytest.warns if issubclass(error.error_type, Warning) else pytest.raises
    messages = []
    for make, own in ((torch.optim.Adadelta, {}), (Adadelta, fused)):
        with expects(error.error_type, match=error.error_regex) as caught:
            make(params, **options, **own)
        messages.append(
            str(caught.value) if expects is pytest.raises else [str(w.message) for w in caught]
        )
    assert messages[0] == messages[1]


@pytest.mark.parametrize(("device", "options"), inputs())
def test_values_that_torch_accepts_do_not_warn(device, options):
    p = torch.nn.Parameter(torch.ones(2, 3, device=device))
    p.grad = torch.ones_like(p)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        optimizer = Adadelta([p], **options)
        optimizer.step()
    assert options.items() <= optimizer.param_groups[0].items()


@pytest.mark.parametrize("implementation", [{}, {"fused": True}, {"foreach": True}], ids=str)
def test_sparse_grads_in_the_middle_of_training(implementation):
    """As in torch's Rosenbrock test, a closure sets sparse grads."""
    assert not ENTRY.supports_sparse
    theirs = {key: value for key, value in implementation.items() if key != "fused"}
    outcomes = []
    for make, options in ((torch.optim.Adadelta, theirs), (Adadelta, implementation)):
        p = torch.nn.Parameter(torch.tensor([1.5, 1.5]))
        optimizer = make([p], **options)
        trajectory = []
        for step in range(6):
            optimizer.step(lambda: rosenbrock(optimizer, p, sparse=False))  # noqa: B023
            trajectory.append(p.detach().clone())
            if step != 2:
                continue
            with pytest.raises(RuntimeError, match="sparse") as raised:
                optimizer.step(lambda: rosenbrock(optimizer, p, sparse=True))  # noqa: B023
            trajectory += [p.detach().clone(), optimizer.state[p]["step"].clone()]
        outcomes.append((str(raised.value), torch.cat([t.flatten() for t in trajectory])))
    assert outcomes[0][0] == outcomes[1][0] == "Adadelta does not support sparse gradients"
    torch.testing.assert_close(outcomes[0][1], outcomes[1][1])


def rosenbrock(optimizer, p, sparse):
    optimizer.zero_grad()
    loss = (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2
    loss.backward()
    if sparse:
        p.grad = p.grad.to_sparse()
    return loss
