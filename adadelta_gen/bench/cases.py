"""The benchmark cases: parameter shapes of real architectures, and our targets for them."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

Shape = tuple[int, ...]

ADADELTA, FOREACH, FUSED_ADAM = "torch Adadelta", "torch Adadelta foreach", "torch Adam fused"
OURS, COMPILED = "adadelta_gen", "torch Adadelta compiled"
OPTAX, PYTORCH_OPTIMIZER = "optax adadelta, jitted", "pytorch_optimizer AdaDelta"
COPY = "copy of as many bytes"  # as the step's 4 reads and 3 writes per element


@dataclass(frozen=True)
class Case:
    """The parameters of one model.

    Args:
        name: name on the command line.
        title: name in the report.
        shapes: shapes of its parameters, in the order of the model.
        targets: target of the speedup over a rival in float32, by rival.
        half_targets: targets in float16 and bfloat16; a case without any is measured in them only
            on request.
        compilable: whether torch.compile takes a minute at most.
        sharded: whether the parameters are DTensors, on a mesh of this process alone.
    """

    name: str
    title: str
    shapes: tuple[Shape, ...]
    targets: dict[str, float] = field(default_factory=dict)
    half_targets: dict[str, float] = field(default_factory=dict)
    compilable: bool = False
    sharded: bool = False

    @property
    def elements(self) -> int:
        """Number of elements of all parameters."""
        return sum(math.prod(shape) for shape in self.shapes)

    def targets_in(self, dtype: str) -> dict[str, float]:
        """Return the targets for a dtype, by rival."""
        return {"float32": self.targets, "float64": {}}.get(dtype, self.half_targets)

    def target(self, dtype: str, rival: str) -> float | None:
        """Return the target for a dtype and a rival, or None."""
        return self.targets_in(dtype).get(rival)


def _gpt2(width: int, layers: int) -> Iterator[Shape]:
    yield from [(50257, width), (1024, width)]  # token and position embedding
    for _ in range(layers):
        yield from [(width,), (width,)]  # layer norm
        yield from [(width, 3 * width), (3 * width,), (width, width), (width,)]  # attention
        yield from [(width,), (width,)]
        yield from [(width, 4 * width), (4 * width,), (4 * width, width), (width,)]  # MLP
    yield from [(width,), (width,)]


def _resnet50() -> Iterator[Shape]:
    def convolution(channels: int, inputs: int, size: int) -> Iterator[Shape]:
        yield from [(channels, inputs, size, size), (channels,), (channels,)]  # with batch norm

    yield from convolution(64, 3, 7)
    inputs = 64
    for blocks, width in zip((3, 4, 6, 3), (64, 128, 256, 512), strict=True):
        for block in range(blocks):
            yield from convolution(width, inputs, 1)
            yield from convolution(width, width, 3)
            yield from convolution(4 * width, width, 1)
            if block == 0:
                yield from convolution(4 * width, inputs, 1)
            inputs = 4 * width
    yield from [(1000, inputs), (1000,)]


def _mlp(*widths: int) -> Iterator[Shape]:
    for inputs, outputs in pairwise(widths):
        yield from [(outputs, inputs), (outputs,)]


def _first_shard(shape: Shape, ranks: int) -> Shape:
    return (-(-shape[0] // ranks), *shape[1:])


CASES = (
    Case("gpt2", "GPT-2 small", tuple(_gpt2(768, 12)), {ADADELTA: 6, FUSED_ADAM: 1}),
    Case(
        "resnet50",
        "ResNet-50",
        tuple(_resnet50()),
        {ADADELTA: 5, FUSED_ADAM: 1},
        {ADADELTA: 4, FUSED_ADAM: 1.5},
        compilable=True,
    ),
    Case(
        "mlp",
        "MLP 784-500-300-10",
        tuple(_mlp(784, 500, 300, 10)),
        {ADADELTA: 5, FUSED_ADAM: 1.3},
        {FUSED_ADAM: 1.5},
        compilable=True,
    ),
    Case("cached", "1 tensor of 10,000", ((10_000,),), {FUSED_ADAM: 1.3}, {FUSED_ADAM: 1.5}),
    Case("small", "1000 tensors of 64", ((64,),) * 1000, {ADADELTA: 50, FUSED_ADAM: 12}),
    Case(
        "fsdp2",
        "ResNet-50, an eighth, DTensors",
        tuple(_first_shard(shape, 8) for shape in _resnet50()),
        {FUSED_ADAM: 1},
        sharded=True,
    ),
)
CUDA_CASES = (
    Case("large", "4 tensors of 33.6 M", ((1 << 25,),) * 4, {COPY: 0.9}, {COPY: 0.8}),
    Case(
        "gpt2-xl",
        "GPT-2 XL",
        tuple(_gpt2(1600, 48)),
        {FOREACH: 3.5, COMPILED: 1, FUSED_ADAM: 1},
        compilable=True,
    ),
    Case("resnet50", "ResNet-50", tuple(_resnet50()), {FOREACH: 5}, compilable=True),
    Case("small", "1000 tensors of 64", ((64,),) * 1000, {FOREACH: 5}),
)
OVERHEAD = Case("overhead", "1000 tensors of 8", ((8,),) * 1000)


def chosen(
    names: Iterable[str], dtype: str | None, known: Iterable[Case]
) -> list[tuple[Case, str]]:
    """Return the cases to measure, each with its dtype.

    Args:
        names: names of the cases; empty for all.
        dtype: dtype to measure in; without names, only the cases with ``half_targets``. None: all
            cases in float32, and those with ``half_targets`` also in the 16-bit dtypes.
        known: the cases to choose from.
    """
    wanted = set(names)
    cases = [case for case in known if not wanted or case.name in wanted]
    if dtype is not None:
        return [(case, dtype) for case in cases if wanted or case.half_targets]
    halves = [(case, half) for case in cases if case.half_targets for half in _HALVES]
    return [(case, "float32") for case in cases] + halves


_HALVES = ("bfloat16", "float16")
