"""``python -m adadelta_gen run PROGRAM``: run a program with ``adadelta_gen.Adadelta``.

This package needs only what the optimizer needs, and imports torch only when the program does.
"""
