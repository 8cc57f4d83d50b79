"""``stochastic_rounding`` of bfloat16 parameters: its seed, and the keys of the random bits."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from adadelta_gen.shards import Origin, is_dtensor, origin
from adadelta_gen.torch_private import is_capturing

MASK = (1 << 64) - 1
LOW = (1 << 32) - 1
LOW_HALF = np.uint64(LOW)
GOLDEN = 0x9E3779B97F4A7C15  # of SplitMix64 (Steele, Lea, Flood 2014)


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


def row_keys(
    seed: int, group: int, size: int, origins: Sequence[Origin] | None = None
) -> NDArray[np.int64]:
    """Return the keys of the parameters of a group for the step that a seed belongs to.

    Args:
        seed: any integer.
        group: position of the group.
        size: number of its parameters.
        origins: where local tensors lie in their DTensors. Contiguous ones draw what the whole
            tensor would draw in their place.
    """
    start = _mix64(np.array(seed & MASK, np.uint64)[None])
    keys = _mix64(start ^ (np.uint64(group << 32) | np.arange(size, dtype=np.uint64)))
    if origins is not None:
        pieces = np.array([origin.piece for origin in origins], np.uint64)
        keys = np.where(pieces, _mix64(keys ^ pieces), keys)
        offsets = np.array([origin.offset & LOW for origin in origins], np.uint64)
        keys = keys & ~LOW_HALF | (keys + offsets) & LOW_HALF
    return keys.view(np.int64)


def _mix64(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finalizer of SplitMix64: a bijection of 64 bits that leaves no pattern."""
    x = x + np.uint64(GOLDEN)
    x = (x ^ x >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ x >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return x ^ x >> np.uint64(31)


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
