"""Side-by-side measurements of the optimizer step: every rival in one run, medians and ratios."""
