"""Tests of the native kernels against an exact reference."""
