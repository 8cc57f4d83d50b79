"""Tensors between guard bytes, at any distance from an aligned address."""

import torch

ALIGNMENT = 64  # bytes; no vector of any CPU is wider
GUARD = 128  # bytes on each side: two of the widest vectors
PATTERN = 0xA5  # as a number of any dtype: finite, and changed by an update


class Guarded:
    """A copy of a tensor between two guards.

    Args:
        values: values to copy, ``(n,)``.
        shift: elements between a 64-byte boundary and the first element.
    """

    def __init__(self, values: torch.Tensor, shift: int = 0) -> None:
        size = values.nbytes
        start = GUARD + shift * values.itemsize
        raw = torch.full((size + start + GUARD + ALIGNMENT,), PATTERN, dtype=torch.uint8)
        self._bytes = raw[-raw.data_ptr() % ALIGNMENT :]
        self._inside = slice(start, start + size)
        self.values = self._bytes[self._inside].view(values.dtype)
        self.values.copy_(values)

    def intact(self) -> bool:
        """Whether both guards are unchanged."""
        outside = self._bytes[: self._inside.start], self._bytes[self._inside.stop :]
        return all(bool((part == PATTERN).all()) for part in outside)


def bits(tensor: torch.Tensor) -> torch.Tensor:
    """Return the same memory as integers."""
    return tensor.view({2: torch.int16, 4: torch.int32, 8: torch.int64}[tensor.itemsize])


def from_bits(patterns: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    """Return the tensor whose elements have these bit patterns."""
    integers = {2: torch.int16, 4: torch.int32, 8: torch.int64}[dtype.itemsize]
    return patterns.to(integers).view(dtype)


def same(actual: torch.Tensor, expected: torch.Tensor) -> torch.Tensor:
    """Return for every element whether the bits are equal; all NaNs are equal."""
    return (bits(actual) == bits(expected)) | (actual.isnan() & expected.isnan())


def assert_same(actual: torch.Tensor, expected: torch.Tensor, name: str) -> None:
    """Fail with the first element whose bits are wrong."""
    wrong = (~same(actual, expected)).nonzero().flatten().tolist()
    if wrong:
        first = wrong[0]
        raise AssertionError(
            f"{name}[{first}] is {actual[first].item()!r}, not {expected[first].item()!r}; "
            f"{len(wrong)} of {actual.numel()} elements are wrong"
        )
