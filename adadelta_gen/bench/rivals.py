"""The measured optimizers: ours and the alternatives, on the same parameters."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import torch

from adadelta_gen import Adadelta
from adadelta_gen.bench import installed
from adadelta_gen.bench.cases import (
    ADADELTA,
    COMPILED,
    COPY,
    FOREACH,
    FUSED_ADAM,
    OPTAX,
    OURS,
    PYTORCH_OPTIMIZER,
    Case,
)

Step = Callable[[], object]

_OPTIMIZERS: dict[str, Callable[[list[torch.nn.Parameter]], torch.optim.Optimizer]] = {
    OURS: Adadelta,
    ADADELTA: torch.optim.Adadelta,
    FOREACH: lambda params: torch.optim.Adadelta(params, foreach=True),
    FUSED_ADAM: lambda params: torch.optim.Adam(params, fused=True),
}
NAMES = tuple(_OPTIMIZERS)
_OPTIMIZERS[PYTORCH_OPTIMIZER] = installed.pytorch_optimizer


@dataclass(frozen=True)
class Rival:
    """An optimizer step that is ready to be measured: states exist, code is compiled.

    Args:
        name: name in the report.
        step: takes one optimizer step.
        finish: waits until the steps are done.
        warm_up_seconds: time of the first step.
    """

    name: str
    step: Step
    finish: Step
    warm_up_seconds: float


def parameters(case: Case, dtype: str, device: str = "cpu") -> list[torch.nn.Parameter]:
    """Return parameters with constant grads; the rivals share both."""
    torch.manual_seed(0)
    params = []
    for shape in case.shapes:
        values = torch.randn(shape, dtype=getattr(torch, dtype), device=device)
        grad = torch.randn_like(values)
        if case.sharded:
            values, grad = _sharded(values), _sharded(grad)
        param = torch.nn.Parameter(values)
        param.grad = grad
        params.append(param)
    return params


def _sharded(tensor: torch.Tensor) -> torch.Tensor:
    import torch.distributed as dist
    from torch.distributed.device_mesh import init_device_mesh
    from torch.distributed.tensor import Shard, distribute_tensor

    if not dist.is_initialized():
        store = dist.HashStore()  # type: ignore[attr-defined]
        dist.init_process_group("gloo", store=store, rank=0, world_size=1)
    return distribute_tensor(tensor, init_device_mesh("cpu", (1,)), [Shard(0)])


def rival(name: str, params: list[torch.nn.Parameter]) -> Rival:
    """Return a rival after its first step."""
    finish: Step = torch.cuda.synchronize if params[0].is_cuda else _nothing
    if name == COMPILED:
        step: Step = torch.compile(torch.optim.Adadelta(params).step)
    elif name == COPY:
        step = _copy(params)
    elif name == OPTAX:
        jitted = installed.Optax(params)
        step, finish = jitted.step, jitted.finish
    else:
        step = optimizer(name, params).step
    start = time.perf_counter()
    step()
    finish()
    return Rival(name, step, finish, time.perf_counter() - start)


def optimizer(name: str, params: list[torch.nn.Parameter]) -> torch.optim.Optimizer:
    """Return the optimizer of a rival that is a torch optimizer."""
    return _OPTIMIZERS[name](params)


def _nothing() -> None:
    """Do nothing: steps on the CPU are synchronous."""


def _copy(params: list[torch.nn.Parameter]) -> Step:
    bytes_moved = 7 * sum(param.nbytes for param in params)
    source = torch.zeros(bytes_moved // 2, dtype=torch.uint8, device=params[0].device)
    target = torch.empty_like(source)
    return lambda: target.copy_(source)
