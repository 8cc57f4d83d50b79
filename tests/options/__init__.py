"""Options beyond torch's Adadelta: state dtypes, dithering, nonfinite grads, scaling, clipping."""
