"""What a launch and the kernels agree on, beside the rows of ``native/abi.py``."""

from adadelta_gen.native import abi

CAPACITY = 680  # rows; 32 640 of the 32 764 bytes that a launch can carry
THREADS = 256  # of a block
COMPUTE_CAPABILITY = (8, 0)  # of the oldest GPU; the code runs on every later one
# In this word of a row, kernels find its first chunk, and in the low bits its number of reals.
EXTENT = abi.STEP
NUMEL_BITS = 40
NUMEL_MASK = f"0x{(1 << NUMEL_BITS) - 1:X}"  # as kernels spell it
