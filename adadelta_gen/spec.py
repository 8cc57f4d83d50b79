"""Which kernel variants exist. The only place that says so."""

from dataclasses import dataclass
from itertools import product

TARGETS = ("cpu", "cuda")
DTYPES = ("float16", "bfloat16", "float32", "float64")


@dataclass(frozen=True, order=True)
class KernelSpec:
    """One specialised update kernel.

    Args:
        target: where it runs, one of ``TARGETS``.
        dtype: storage dtype of param, grad, square_avg and acc_delta, one of ``DTYPES``.
        maximize: ascend instead of descend.
        weight_decay: add the L2 penalty ``weight_decay * param`` to the gradient.

    Raises:
        ValueError: for an unknown target or dtype.
    """

    target: str
    dtype: str
    maximize: bool = False
    weight_decay: bool = False

    def __post_init__(self) -> None:
        if self.target not in TARGETS:
            raise ValueError(
                f"unknown target {self.target!r}: expected one of {', '.join(TARGETS)}"
            )
        if self.dtype not in DTYPES:
            raise ValueError(f"unknown dtype {self.dtype!r}: expected one of {', '.join(DTYPES)}")

    @property
    def name(self) -> str:
        """The one name of this variant: file, function, registry key, entry point, pytest id."""
        direction = "max" if self.maximize else "min"
        decay = "wd" if self.weight_decay else "nowd"
        return f"adadelta_{self.target}_{self.dtype}_{direction}_{decay}"

    @property
    def module(self) -> str:
        """Import path of the generated source."""
        return f"adadelta_gen.generated.{self.target}.{self.name}"

    @property
    def compute_dtype(self) -> str:
        """The dtype of the arithmetic: 16-bit storage computes in float32."""
        return "float64" if self.dtype == "float64" else "float32"

    @property
    def itemsize(self) -> int:
        """Bytes of one stored element."""
        return {"float16": 2, "bfloat16": 2, "float32": 4, "float64": 8}[self.dtype]

    @property
    def vector(self) -> int:
        """Elements of one 16-byte access."""
        return 16 // self.itemsize

    def vector_of(self, name: str) -> str:
        """A tuple of one numbered variable an element of a 16-byte access."""
        return f"({', '.join(f'{name}{i}' for i in range(self.vector))})"

    @property
    def description(self) -> str:
        """The variant in words."""
        direction = "maximize" if self.maximize else "minimize"
        decay = "L2 weight decay" if self.weight_decay else "no weight decay"
        return f"{self.dtype}, {direction}, {decay}"


ALL_SPECS = tuple(
    KernelSpec(*axes) for axes in product(TARGETS, DTYPES, (False, True), (False, True))
)


def specs_of(target: str) -> tuple[KernelSpec, ...]:
    """Return the variants of one target, in the order of ``ALL_SPECS``."""
    return tuple(spec for spec in ALL_SPECS if spec.target == target)
