"""``Adadelta.diagnostics()``: the size of the updates and the influence of eps."""
