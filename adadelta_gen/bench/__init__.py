"""Benchmarks of the optimizer step: all optimizers in one run, medians and ratios."""
