"""Constants shared by a launch and its kernels, beside the rows of ``native/abi.py``."""

from adadelta_gen.native import abi

CAPACITY = 680  # rows; 32 640 of the 32 764 bytes of launch parameters
THREADS = 256  # per block
COMPUTE_CAPABILITY = (8, 0)  # of the oldest supported GPU; the PTX runs on all later ones
# This word of a row has the index of its first chunk and, in the low bits, its number of reals.
EXTENT = abi.STEP
NUMEL_BITS = 40
NUMEL_MASK = f"0x{(1 << NUMEL_BITS) - 1:X}"  # as written in kernels
