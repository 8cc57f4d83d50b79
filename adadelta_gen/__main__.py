"""``python -m adadelta_gen`` and the script ``adadelta-gen``: the command line."""


def main() -> None:
    """Run the command line; exit with an error if a package that it needs is not installed."""
    import sys
    from importlib.util import find_spec

    if sys.argv[1:2] == ["run"]:  # which takes the arguments of a program, and needs no extra
        from adadelta_gen.run.main import main as run

        run(sys.argv[2:])
        return
    missing = [name for name in ("typer", "rich") if find_spec(name) is None]
    if missing:
        needed = ", ".join(missing)
        sys.exit(f"error: the command line needs {needed}: pip install 'adadelta-gen[cli]'")
    from adadelta_gen.commands.app import app

    app(prog_name="adadelta-gen")


if __name__ == "__main__":  # not in the processes that compile PTX
    main()
