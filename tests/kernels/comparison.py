"""The comparison of a kernel with the exact model, for the kernel tests and the mutation check."""

from collections.abc import Sequence

import torch

from adadelta_gen.spec import KernelSpec
from kernels.jobs import DITHER, Job, Row
from kernels.reference import Hyper, State, exact


def assert_exact(
    kernel: int,
    spec: KernelSpec,
    state: State,
    hyper: Hyper,
    *,
    grads: Sequence[torch.Tensor] = (),
    shifts: Sequence[int] = (0, 0, 0, 0),
    adjacent: bool = False,
) -> None:
    """Take a step, and one more for each of ``grads``; compare each with the exact model.

    Raises:
        AssertionError: a bit differs, or a grad, a guard or the step was written.
    """
    row = Row(state, shifts, adjacent=adjacent)
    job = Job(spec, [row], hyper)
    for grad in [state.grad, *grads]:
        row.arrays.grad.copy_(grad)
        job.run(kernel)
        state = exact(spec, state._replace(grad=grad), hyper, DITHER)
        row.assert_holds(state)


def torch_step(spec: KernelSpec, start: State, hyper: Hyper) -> State:
    """Take the step with torch's for-loop implementation."""
    param = start.param.clone().requires_grad_()
    param.grad = start.grad.clone()
    optimizer = torch.optim.Adadelta(
        [param],
        lr=hyper.lr,
        rho=hyper.rho,
        eps=hyper.eps,
        weight_decay=hyper.weight_decay if spec.weight_decay else 0,
        maximize=spec.maximize,
        foreach=False,
    )
    state = {"square_avg": start.square_avg.clone(), "acc_delta": start.acc_delta.clone()}
    optimizer.state[param] = {"step": torch.tensor(1.0), **state}
    optimizer.step()
    return State(param.detach(), start.grad, state["square_avg"], state["acc_delta"])
