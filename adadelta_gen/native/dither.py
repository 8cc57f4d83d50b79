"""The dither of rounding to bfloat16: what decides between the two numbers around another.

A float32 that lies a share s of the way from one bfloat16 to the next is rounded to the farther one
of the two where the dither is at least 1 - s. The dither of element i of a tensor at step t is

    frac(i * (sqrt(2) - 1) + hash(t) / 2**32 + array / 4)

Over the elements of a step this is a low-discrepancy sequence (Weyl 1916): it is in any interval as
often as the interval is long, more evenly than random numbers are. Over the steps of an element it
is as good as random, so that no period of grads keeps step with it and no average comes out wrong:
an even sequence would do so, as the error of one step is part of the next one's numbers. It needs
no seed and no state: neither threads nor launches matter, replicas round alike, and a run that is
resumed goes on as it would have.
"""

# In steps of 2**-32.
PER_ELEMENT = round((2**0.5 - 1) * 2**32)
PER_ARRAY = 1 << 30
_MASK = (1 << 32) - 1


def of_step(step: int) -> int:
    """Return ``hash(step)``: the bijection lowbias32 of hash-prospector (Wellons 2018)."""
    x = step & _MASK
    x = (x ^ x >> 16) * 0x7FEB352D & _MASK
    x = (x ^ x >> 15) * 0x846CA68B & _MASK
    return x ^ x >> 16
