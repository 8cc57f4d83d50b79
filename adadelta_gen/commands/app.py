"""The command line as a whole: its options, and which commands there are."""

from typing import Annotated

import typer

from adadelta_gen import __version__
from adadelta_gen.commands.bench import bench
from adadelta_gen.commands.doctor import doctor
from adadelta_gen.commands.generate import generate
from adadelta_gen.commands.kernels import kernels, show
from adadelta_gen.commands.paper import paper
from adadelta_gen.commands.precision import precision
from adadelta_gen.commands.train import train

app = typer.Typer(
    help="The fused Adadelta that PyTorch does not have: its kernels, and proof that they work.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    show_version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    pass


for command in (generate, kernels, show, doctor, train, precision, paper, bench):
    app.command()(command)
