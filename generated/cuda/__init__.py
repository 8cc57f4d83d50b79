# @generated from templates/package.py.j2 by `make generate`. DO NOT EDIT.
"""Generated Adadelta kernels of the cuda target."""
