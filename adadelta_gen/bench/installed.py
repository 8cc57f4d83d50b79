"""Adadelta of other packages (the extra ``rivals``)."""

import os
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import torch

from adadelta_gen.bench.cases import OPTAX, PYTORCH_OPTIMIZER, Case
from adadelta_gen.bench.environment import version_of

_MODULES = {OPTAX: ("jax", "jaxlib", "optax"), PYTORCH_OPTIMIZER: ("pytorch_optimizer",)}
NAMES = tuple(_MODULES)


def missing(name: str) -> list[str]:
    """Return the modules that a rival needs and that are not installed."""
    return [module for module in _MODULES[name] if find_spec(module) is None]


def fitting(case: Case, dtype: str) -> Iterator[str]:
    """Yield the installed rivals that support a case."""
    for name in NAMES:
        if not missing(name) and (name != OPTAX or (dtype == "float32" and not case.sharded)):
            yield name


def versions() -> dict[str, str]:
    """Return the versions of the installed rivals."""
    found = (name for name in NAMES if not missing(name))
    return {module: version_of(module) for name in found for module in _MODULES[name]}


class Optax:
    """optax's Adadelta under ``jax.jit``, on the CPU.

    The arrays are donated, so that XLA updates them in place. XLA uses as many threads as torch,
    unless JAX was initialized in this process before.

    Args:
        params: float32, with grads; their values are copied.

    Attributes:
        params: JAX arrays.
    """

    def __init__(self, params: list[torch.nn.Parameter]) -> None:
        os.environ.setdefault("JAX_PLATFORMS", "cpu")
        os.environ.setdefault("PJRT_NPROC", str(torch.get_num_threads()))  # XLA's threads
        import jax
        import optax

        def update(params: Any, state: Any, grads: Any) -> tuple[Any, Any]:
            updates, state = optimizer.update(grads, state, params)
            return optax.apply_updates(params, updates), state

        optimizer = optax.adadelta(1.0)  # the rest of the defaults are torch's
        self.params = [jax.numpy.array(param.detach().numpy()) for param in params]
        self._grads = [
            jax.numpy.array(param.grad.numpy()) for param in params if param.grad is not None
        ]
        self._state = optimizer.init(self.params)
        self._update = jax.jit(update, donate_argnums=(0, 1))
        self._wait = jax.block_until_ready

    def step(self) -> None:
        """Start a step; JAX is asynchronous."""
        self.params, self._state = self._update(self.params, self._state, self._grads)

    def finish(self) -> None:
        """Wait for the started steps."""
        self._wait((self.params, self._state))


def pytorch_optimizer(params: list[torch.nn.Parameter]) -> torch.optim.Optimizer:
    """Return pytorch_optimizer's AdaDelta, with torch's foreach functions."""
    from pytorch_optimizer import AdaDelta

    optimizer: torch.optim.Optimizer = AdaDelta(params)
    return optimizer
