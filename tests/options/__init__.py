"""What torch's Adadelta does not have: other state dtypes, a dither, guards, scaling, clipping."""
