"""The dither of rounding to bfloat16: what decides between the two numbers around another.

A float32 that lies a share s of the way from one bfloat16 to the next is rounded to the farther one
of the two where the dither is at least 1 - s. The dither of element i of a tensor at step t is

    frac(i * (sqrt(2) - 1) + t * (sqrt(5) - 1) / 2 + array / 4)

a low-discrepancy sequence (Weyl 1916): over the steps of an element, and over the elements of a
step, it is in any interval as often as the interval is long, more evenly than random numbers are.
The error of a sum of rounded numbers is then 0 on average, and smaller. The golden ratio is the
number that fractions approximate worst, so that no period of grads keeps step with it. It needs no
seed and no state: neither threads nor launches matter, replicas round alike, and a run that is
resumed goes on as it would have.
"""

# In steps of 2**-32.
PER_ELEMENT = round((2**0.5 - 1) * 2**32)
PER_STEP = round((5**0.5 - 1) / 2 * 2**32)
PER_ARRAY = 1 << 30
