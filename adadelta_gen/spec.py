"""Which kernel variants exist. The only place that says so."""

from dataclasses import dataclass
from itertools import product

TARGETS = ("cpu", "cuda")
# Of each dtype: which pairs of wide_state and stochastic there are.
FORMATS = {
    "float16": ((False, False), (True, False)),
    "bfloat16": ((False, False), (True, False), (False, True), (True, True)),
    "float32": ((False, False),),
    "float64": ((False, False),),
}
DTYPES = tuple(FORMATS)
ITEMSIZES = {"float16": 2, "bfloat16": 2, "float32": 4, "float64": 8}


@dataclass(frozen=True, order=True)
class KernelSpec:
    """One specialised update kernel.

    Args:
        target: where it runs, one of ``TARGETS``.
        dtype: storage dtype of param, grad, square_avg and acc_delta, one of ``DTYPES``.
        maximize: ascend instead of descend.
        weight_decay: add the L2 penalty ``weight_decay * param`` to the gradient.
        wide_state: keep square_avg and acc_delta in float32; of a 16-bit dtype only.
        stochastic: round param up or down by chance, so that it is right on average; bfloat16 only.

    Raises:
        ValueError: for an unknown target or dtype, or a flag that the dtype does not have.
    """

    target: str
    dtype: str
    maximize: bool = False
    weight_decay: bool = False
    wide_state: bool = False
    stochastic: bool = False

    def __post_init__(self) -> None:
        if self.target not in TARGETS:
            raise ValueError(
                f"unknown target {self.target!r}: expected one of {', '.join(TARGETS)}"
            )
        if self.dtype not in DTYPES:
            raise ValueError(f"unknown dtype {self.dtype!r}: expected one of {', '.join(DTYPES)}")
        if (self.wide_state, self.stochastic) not in FORMATS[self.dtype]:
            raise ValueError(
                f"{self.dtype} has no variant with wide_state={self.wide_state}, "
                f"stochastic={self.stochastic}"
            )

    @property
    def name(self) -> str:
        """The one name of this variant: file, function, registry key, entry point, pytest id."""
        direction = "max" if self.maximize else "min"
        decay = "wd" if self.weight_decay else "nowd"
        state = "_float32state" if self.wide_state else ""
        rounding = "_stochastic" if self.stochastic else ""
        return f"adadelta_{self.target}_{self.dtype}_{direction}_{decay}{state}{rounding}"

    @property
    def module(self) -> str:
        """Import path of the generated source."""
        return f"adadelta_gen.generated.{self.target}.{self.name}"

    @property
    def compute_dtype(self) -> str:
        """The dtype of the arithmetic: 16-bit storage computes in float32."""
        return "float64" if self.dtype == "float64" else "float32"

    @property
    def state_dtype(self) -> str:
        """The dtype of square_avg and acc_delta."""
        return "float32" if self.wide_state else self.dtype

    @property
    def itemsize(self) -> int:
        """Bytes of one element of param and grad."""
        return ITEMSIZES[self.dtype]

    @property
    def state_itemsize(self) -> int:
        """Bytes of one element of square_avg and acc_delta."""
        return ITEMSIZES[self.state_dtype]

    @property
    def vector(self) -> int:
        """Elements that are read at once: 16 bytes of the wider of param and state."""
        return 16 // self.state_itemsize

    @property
    def imports(self) -> list[tuple[str, str]]:
        """What the kernel calls, as the target's intrinsics name it, and as the template does."""
        dtypes = {"": self.dtype, "_state": self.state_dtype}
        calls = {
            f"{access}{which}": f"{access}_{dtype}"
            for which, dtype in dtypes.items()
            for access in ("load", "store")
        }
        if (self.target, self.dtype, self.wide_state) == ("cpu", "bfloat16", True):
            calls["store"] = "store_bfloat16_or_nan"
        if self.stochastic:
            calls["store_stochastic"] = f"store_stochastic_{self.dtype}"
        if self.target == "cuda":
            vectors = {f"{call}_vector": f"{name}_x{self.vector}" for call, name in calls.items()}
            scalars = {f"load_{x}": f"load_{x}_{self.compute_dtype}" for x in ("inv_scale", "lr")}
            calls |= vectors | scalars
        return sorted((name, call) for call, name in calls.items())

    def vector_of(self, name: str) -> str:
        """A tuple of one numbered variable for each element that is read at once."""
        return f"({', '.join(f'{name}{i}' for i in range(self.vector))})"

    @property
    def description(self) -> str:
        """The variant in words."""
        direction = "maximize" if self.maximize else "minimize"
        decay = "L2 weight decay" if self.weight_decay else "no weight decay"
        state = ", float32 state" if self.wide_state else ""
        rounding = ", stochastic" if self.stochastic else ""
        return f"{self.dtype}, {direction}, {decay}{state}{rounding}"


ALL_SPECS = tuple(
    KernelSpec(target, dtype, maximize, weight_decay, wide_state, stochastic)
    for target, dtype in product(TARGETS, DTYPES)
    for wide_state, stochastic in FORMATS[dtype]
    for maximize, weight_decay in product((False, True), repeat=2)
)


def specs_of(target: str) -> tuple[KernelSpec, ...]:
    """Return the variants of one target, in the order of ``ALL_SPECS``."""
    return tuple(spec for spec in ALL_SPECS if spec.target == target)
