"""``python -m adadelta_gen run PROGRAM``: a program whose ``torch.optim.Adadelta`` is ours.

Needs nothing beyond what the optimizer needs, and imports torch only when the program does.
"""
