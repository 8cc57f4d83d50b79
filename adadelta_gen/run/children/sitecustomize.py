"""Imported by the Python processes that a program of ``python -m adadelta_gen run`` starts."""

import os
import sys
from importlib import import_module
from pathlib import Path


def _install() -> None:
    import json

    told = json.loads(os.environ.get("ADADELTA_GEN_RUN", "{}"))
    if told.get("prefix") != sys.prefix:
        return  # another Python, which may have neither torch nor adadelta_gen
    from adadelta_gen.run.processes import install

    install(told)


def _import_the_next_one() -> None:
    """Import the sitecustomize that this one hides, if there is one."""
    here = Path(__file__).parent
    sys.path[:] = [path for path in sys.path if Path(path) != here]
    this_one = sys.modules.pop("sitecustomize")
    try:
        import_module("sitecustomize")
    except ModuleNotFoundError as error:
        if error.name != "sitecustomize":
            raise
        sys.modules["sitecustomize"] = this_one


_import_the_next_one()
_install()
