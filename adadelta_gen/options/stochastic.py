"""``stochastic_rounding`` of bfloat16 parameters: its seed, and the keys of the random bits."""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from adadelta_gen.shards import is_dtensor, origin
from adadelta_gen.stochastic import row_keys
from adadelta_gen.torch_private import is_capturing


def is_on(group: dict[str, Any]) -> bool:
    """Whether kernels draw random bits for a group."""
    return bool(group.get("stochastic_rounding"))


def keys(position: int, group: dict[str, Any]) -> NDArray[np.int64]:
    """Return the keys of the rows of a group for the next step; give it a seed if it has none.

    Raises:
        RuntimeError: a graph is captured, which would draw the same bits at every replay.
    """
    if group.get("seed") is None:
        # Replicas must draw alike, though each rank may have seeded torch differently.
        group["seed"] = 0 if _is_distributed() else torch.initial_seed()
    if is_capturing():
        raise RuntimeError("stochastic_rounding draws anew at every step: no graph can hold it")
    params = group["params"]
    origins = [origin(p) for p in params] if any(map(is_dtensor, params)) else None
    return row_keys(group["seed"], position, len(params), origins)


def count(group: dict[str, Any]) -> None:
    """Let the next step of a group draw other bits."""
    group["seed"] += 1


def _is_distributed() -> bool:
    distributed = torch.distributed
    return (
        distributed.is_available()
        and distributed.is_initialized()
        and distributed.get_world_size() > 1
    )
