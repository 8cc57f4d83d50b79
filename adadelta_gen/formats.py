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
        dithered: what is stored in bfloat16 is rounded by a dither, not to nearest.
    """

    dtype: str
    state_dtype: str
    compute_dtype: str
    dithered: bool = False


FORMATS = (
    Format("float16", "float16", "float32"),
    Format("float16", "float32", "float32"),
    Format("bfloat16", "bfloat16", "float32"),
    Format("bfloat16", "float32", "float32"),
    Format("bfloat16", "bfloat16", "float32", dithered=True),
    Format("bfloat16", "float32", "float32", dithered=True),
    Format("float16", "bfloat16", "float32", dithered=True),
    Format("float32", "float32", "float32"),
    Format("float32", "bfloat16", "float32", dithered=True),
    Format("float64", "float64", "float64"),
)
# By the dtypes of param and state.
COMPUTE_DTYPES = {(f.dtype, f.state_dtype): f.compute_dtype for f in FORMATS}
