"""Times of a step of both optimizers, on tensors like those of a program that has ended."""

import os
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from adadelta_gen.run.watch import Record, Shape

# Parameters and grads, which both share, the states of each, and temporaries of foreach.
COPIES = 8
CHEAP_BYTES = 512 << 20
SECONDS = 0.5


class Timing(NamedTuple):
    """The measured times of a step.

    Args:
        ours, theirs: median seconds.
        disturbance: number of CPUs that other programs kept busy, if the times are unreliable
            because of them; otherwise 0.
        why_not: why nothing was measured; otherwise empty.
    """

    ours: float = 0.0
    theirs: float = 0.0
    disturbance: float = 0.0
    why_not: str = ""

    @property
    def ratio(self) -> float:
        """Torch's time divided by that of adadelta_gen."""
        return self.theirs / self.ours


def measure(record: Record, is_asked_for: bool) -> Timing:
    """Measure steps of both optimizers in turns, on random tensors of the same shapes and dtypes.

    Args:
        record: the record of the optimizer, whose options both get.
        is_asked_for: whether to measure even if it takes ``CHEAP_BYTES`` or more.
    """
    if record.own_options:
        options = ", ".join(record.own_options)
        return Timing(why_not=f"torch's Adadelta has no {options}")
    shapes = [shape for _, group in record.groups for shape in group]
    if not shapes:
        return Timing(why_not="the shapes of its tensors are unknown")
    needed = COPIES * _bytes(shapes)
    if needed > CHEAP_BYTES and not is_asked_for:
        return Timing(why_not=f"it would take {needed / 2**20:,.0f} MiB; measure it with --compare")
    if needed > (free := _free_bytes(shapes[0])):
        return Timing(
            why_not=f"it takes {needed / 2**20:,.0f} MiB, but only {free / 2**20:,.0f} MiB are free"
        )
    try:
        return _measured(record)
    except RuntimeError as error:  # out of memory, or the device has become unusable
        return Timing(why_not=str(error).partition("\n")[0])


def _bytes(shapes: Iterable[Shape]) -> int:
    import torch

    return sum(
        torch.Size(shape).numel() * getattr(torch, dtype).itemsize for shape, _, dtype, _ in shapes
    )


def _free_bytes(shape: Shape) -> float:
    import torch

    if shape[3].startswith("cuda"):
        return torch.cuda.mem_get_info(shape[3])[0]
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return float("inf")
    found = (line.split() for line in lines)
    return next((1024 * float(words[1]) for words in found if words[0] == "MemAvailable:"), 0.0)


def _measured(record: Record) -> Timing:
    import torch

    from adadelta_gen import Adadelta
    from adadelta_gen.bench.disturbance import Watch, too_much
    from adadelta_gen.bench.measure import timed_rounds
    from adadelta_gen.bench.rivals import Rival

    (theirs,) = Adadelta.__bases__  # torch.optim.Adadelta has been swapped
    is_on_cuda = any(shape[3].startswith("cuda") for _, group in record.groups for shape in group)
    finish = torch.cuda.synchronize if is_on_cuda else _nothing
    groups = [(options, [_param(shape) for shape in shapes]) for options, shapes in record.groups]
    rivals = []
    for kind in (Adadelta, theirs):
        made: Any = kind([{"params": params} for _, params in groups if params])
        with_params = [options for options, params in groups if params]
        for group, options in zip(made.param_groups, with_params, strict=True):
            group |= options
        made.step()
        finish()
        rivals.append(Rival(kind.__module__, made.step, finish, 0.0))
    watch = Watch()
    ours, torchs = map(median, timed_rounds(rivals, SECONDS))
    disturbance = watch.cpus()
    return Timing(ours, torchs, disturbance if too_much(disturbance) else 0.0)


def _param(shape: Shape) -> Any:
    import torch

    sizes, strides, dtype, device = shape
    generator = torch.Generator(device).manual_seed(0)  # not the program's
    like = {"dtype": getattr(torch, dtype), "device": device}
    param, grad = (torch.empty_strided(sizes, strides, **like) for _ in range(2))
    for tensor in (param, grad):
        tensor.normal_(generator=generator)
    made = torch.nn.Parameter(param)
    made.grad = grad
    return made


def _nothing() -> None:
    """Wait for nothing: on the CPU a step has ended when it returns."""


def is_first_rank() -> bool:
    """Return whether this process is rank 0, or not a rank. Only one rank measures."""
    return os.environ.get("RANK", "0") == "0"
