"""Tests of the native kernels, and the exact reference that they are held against."""
