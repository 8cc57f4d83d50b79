"""The list of kernel variants, ``ALL_SPECS``, and the properties that templates use."""

from dataclasses import dataclass
from itertools import product

from adadelta_gen.formats import COMPUTE_DTYPES, DTYPES, FORMATS, ITEMSIZES
from adadelta_gen.native import abi

TARGETS = ("cpu", "cuda")
_KNOWN = {(f.dtype, f.state_dtype, f.dithered) for f in FORMATS}


@dataclass(frozen=True, order=True)
class KernelSpec:
    """One specialised update kernel.

    Args:
        target: one of ``TARGETS``.
        dtype: storage dtype of param and grad, one of ``DTYPES``.
        maximize: ascend instead of descend.
        weight_decay: add the L2 penalty ``weight_decay * param`` to the gradient.
        state_dtype: storage dtype of square_avg and acc_delta (default: ``dtype``).
        dithered: values stored in bfloat16 are rounded by a dither instead of to nearest.

    Raises:
        ValueError: unknown target or dtype, or a format that is not in ``FORMATS``.
    """

    target: str
    dtype: str
    maximize: bool = False
    weight_decay: bool = False
    state_dtype: str = ""
    dithered: bool = False

    def __post_init__(self) -> None:
        if self.target not in TARGETS:
            raise ValueError(
                f"unknown target {self.target!r}: expected one of {', '.join(TARGETS)}"
            )
        if self.dtype not in DTYPES:
            raise ValueError(f"unknown dtype {self.dtype!r}: expected one of {', '.join(DTYPES)}")
        object.__setattr__(self, "state_dtype", self.state_dtype or self.dtype)
        if (self.dtype, self.state_dtype, self.dithered) not in _KNOWN:
            raise ValueError(
                f"{self.dtype} has no variant with state_dtype={self.state_dtype}, "
                f"dithered={self.dithered}"
            )

    @property
    def name(self) -> str:
        """Name of the variant, as file, function, registry key, entry point and pytest id."""
        direction = "max" if self.maximize else "min"
        decay = "wd" if self.weight_decay else "nowd"
        state = f"_{self.state_dtype}state" if self.state_dtype != self.dtype else ""
        rounding = "_dithered" if self.dithered else ""
        return f"adadelta_{self.target}_{self.dtype}_{direction}_{decay}{state}{rounding}"

    @property
    def compute_dtype(self) -> str:
        """The dtype of the arithmetic."""
        return COMPUTE_DTYPES[self.dtype, self.state_dtype]

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
        """Elements per vector load: 16 bytes of the wider of param and state."""
        return 16 // max(self.itemsize, self.state_itemsize)

    @property
    def strided(self) -> int:
        """Elements that a thread loads one by one, before any store, if an array is unaligned."""
        return min(self.vector, 4)  # 8 need so many registers that one block less fits on an SM

    @property
    def in_pairs(self) -> bool:
        """Whether two adjacent elements are loaded as one word; two shifts widen two bfloat16."""
        return self.dtype == self.state_dtype == "bfloat16"

    @property
    def imports(self) -> list[tuple[str, str]]:
        """Pairs of the name of an intrinsic of the target and the name that the template uses."""
        dtypes = {"": self.dtype, "_state": self.state_dtype}
        calls = {
            f"{access}{which}": f"{access}_{dtype}"
            for which, dtype in dtypes.items()
            for access in ("load", "store")
        }
        calls["store_grad"] = calls["store"]  # never dithered
        is_mixed = self.dtype != self.state_dtype
        for call in [call for call, name in calls.items() if name == "store_bfloat16"]:
            if self.dithered and call != "store_grad":
                calls[call] = "store_dithered_bfloat16"
            elif is_mixed and self.target == "cpu":
                # A NaN of the float32 tensors may have any payload; plain rounding could give -0.
                calls[call] = "store_bfloat16_or_nan"
        if self.target == "cpu":
            calls["load_scalar"] = f"load_{self.compute_dtype}"
            if self.in_pairs:
                calls |= {f"{call}_pair": f"{calls[call]}_pair" for call in ("load", "store")}
        if self.target == "cuda":
            vectors = {f"{call}_vector": f"{name}_x{self.vector}" for call, name in calls.items()}
            scalars = {
                "inverse": f"inverse_{self.compute_dtype}",
                "load_real": f"load_{self.compute_dtype}_or",
            }
            strided = {f"{call}_strided": f"{name}_s{self.strided}" for call, name in calls.items()}
            calls |= vectors | strided | scalars
        calls["rms_ratio"] = "ratio_of_roots" if self.itemsize == 2 else "root_of_ratio"
        return sorted((name, call) for call, name in calls.items())

    @property
    def dither(self) -> dict[str, str]:
        """For each array, the extra arguments of its store if the store rounds by a dither."""
        columns = {
            "param": (abi.PARAM, self.dtype),
            "square_avg": (abi.SQUARE_AVG, self.state_dtype),
            "acc_delta": (abi.ACC_DELTA, self.state_dtype),
        }
        return {
            array: f", dither, {column}" if self.dithered and dtype == "bfloat16" else ""
            for array, (column, dtype) in columns.items()
        }

    def vector_of(self, name: str, n: int) -> str:
        """Return the source text of a tuple of ``n`` numbered variables."""
        return f"({', '.join(f'{name}{i}' for i in range(n))})"

    @property
    def description(self) -> str:
        """The variant in words."""
        direction = "maximize" if self.maximize else "minimize"
        decay = "L2 weight decay" if self.weight_decay else "no weight decay"
        state = f", {self.state_dtype} state" if self.state_dtype != self.dtype else ""
        rounding = ", dithered" if self.dithered else ""
        return f"{self.dtype}, {direction}, {decay}{state}{rounding}"


ALL_SPECS = tuple(
    KernelSpec(target, f.dtype, maximize, weight_decay, f.state_dtype, f.dithered)
    for target, f in product(TARGETS, FORMATS)
    for maximize, weight_decay in product((False, True), repeat=2)
)


def specs_of(target: str) -> tuple[KernelSpec, ...]:
    """Return the variants of one target, in the order of ``ALL_SPECS``."""
    return tuple(spec for spec in ALL_SPECS if spec.target == target)
