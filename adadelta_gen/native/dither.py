"""The dither of rounding to bfloat16: decides between the two bfloat16 neighbours of a float32.

A float32 at a fraction s of the distance from one bfloat16 to the next one away from zero is
rounded to the latter if the dither is at least 1 - s. The dither of element i of a tensor at step t
is

    frac(i * (sqrt(2) - 1) + hash(t) / 2**32 + array / 4)

Over the elements of a step this is a low-discrepancy sequence (Weyl 1916): it fills [0, 1) more
evenly than random numbers. Over the steps of an element it is pseudo-random, so that it does not
correlate with periodic grads. A low-discrepancy sequence over the steps would bias the averages,
because the rounding error of one step is part of the input of the next one. The dither needs no
seed and no state: it does not depend on threads or launches, replicas round alike, and a resumed
run rounds as an uninterrupted one.
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
