"""Storage formats of a parameter and its state; each gives the kernels of one format."""

from typing import NamedTuple

ITEMSIZES = {"float16": 2, "bfloat16": 2, "float32": 4, "float64": 8}  # bytes
DTYPES = tuple(ITEMSIZES)


class Format(NamedTuple):
    """A storage format.

    Args:
        dtype: dtype of param and grad.
        state_dtype: dtype of square_avg and acc_delta.
        compute_dtype: dtype of the arithmetic; loads widen to it, stores round once.
        dithered: values stored in bfloat16 are rounded by a dither instead of to nearest.
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
# Keys: dtype of param and dtype of state.
COMPUTE_DTYPES = {(f.dtype, f.state_dtype): f.compute_dtype for f in FORMATS}
