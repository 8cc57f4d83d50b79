"""The command line: its options and its commands."""

from typing import Annotated

import typer

from adadelta_gen import __version__
from adadelta_gen.commands.bench import bench
from adadelta_gen.commands.doctor import doctor
from adadelta_gen.commands.explain import explain
from adadelta_gen.commands.generate import generate
from adadelta_gen.commands.kernels import kernels, show
from adadelta_gen.commands.paper import paper
from adadelta_gen.commands.precision import precision
from adadelta_gen.commands.train import train

FIRST = f"""\
adadelta_gen {__version__}: the fused Adadelta that PyTorch does not have

  adadelta-gen run train.py       run your program with it in place of torch.optim.Adadelta
  adadelta-gen doctor             check the installation, and show how to repair problems
  adadelta-gen explain FILE       show which kernels would update the parameters of a checkpoint
  adadelta-gen train              train two networks on digits with it and with torch's Adadelta
  adadelta-gen bench --case mlp   measure a step beside torch's optimizers

In your own program: from adadelta_gen import Adadelta
`adadelta-gen --help` lists all commands."""

app = typer.Typer(
    help="The fused Adadelta that PyTorch does not have: try, check and measure its kernels.",
    epilog="Exit status: 0, success; 1, failure, with a message that gives the reason; 2, the "
    "command or an option is wrong; 130, interrupted. `run` has the status of the program, see "
    "`run --help`.",
    pretty_exceptions_show_locals=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    show_version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(FIRST)


@app.command(
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def run(context: typer.Context) -> None:
    """Run a program with this Adadelta in place of torch.optim.Adadelta. See `run --help`."""
    from adadelta_gen.run.main import main

    main(context.args)


for command in (doctor, explain, train, precision, paper, bench, kernels, show, generate):
    app.command()(command)
