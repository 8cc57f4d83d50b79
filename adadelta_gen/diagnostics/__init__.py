"""What ``Adadelta.diagnostics()`` measures: how large the steps are, and where eps rules them."""
