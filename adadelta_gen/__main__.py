"""``python -m adadelta_gen``: the command line."""

from adadelta_gen.cli import app

app(prog_name="adadelta-gen")
