"""How a parameter and its state are stored: one row a format, from which all variants follow."""

from typing import NamedTuple

ITEMSIZES = {"float16": 2, "bfloat16": 2, "float32": 4, "float64": 8}  # bytes
DTYPES = tuple(ITEMSIZES)


class Format(NamedTuple):
    """A storage format.

    Args:
        dtype: of param and grad.
        state_dtype: of square_avg and acc_delta.
        compute_dtype: of the arithmetic: loads widen to it, stores round once.
        stochastic: round param up or down by chance, so that it is right on average.
    """

    dtype: str
    state_dtype: str
    compute_dtype: str
    stochastic: bool = False


FORMATS = (
    Format("float16", "float16", "float32"),
    Format("float16", "float32", "float32"),
    Format("bfloat16", "bfloat16", "float32"),
    Format("bfloat16", "float32", "float32"),
    Format("bfloat16", "bfloat16", "float32", stochastic=True),
    Format("bfloat16", "float32", "float32", stochastic=True),
    Format("float32", "float32", "float32"),
    Format("float64", "float64", "float64"),
)
