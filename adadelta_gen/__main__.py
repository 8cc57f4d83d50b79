"""``python -m adadelta_gen``: the command line."""

from adadelta_gen.commands.app import app

if __name__ == "__main__":  # not in the processes that compile PTX
    app(prog_name="adadelta-gen")
