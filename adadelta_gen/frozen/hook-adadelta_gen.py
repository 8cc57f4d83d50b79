"""PyInstaller hook: adds the compiled texts, and the modules that are imported by name."""

from pathlib import Path

from adadelta_gen.paths import GENERATED

folder = Path(str(GENERATED))
datas = [
    (str(path), f"adadelta_gen/generated/{path.parent.relative_to(folder)}")
    for path in folder.rglob("*")
    if path.suffix in (".ll", ".ptx", ".json")
]
hiddenimports = [
    "adadelta_gen.optimizer",
    "adadelta_gen.registry",
    "adadelta_gen.spec",
    "adadelta_gen.cuda.target",
]
# Needed only to compile the texts in a checkout.
excludedimports = ["numba", "jinja2", "adadelta_gen.generate", "adadelta_gen.commands"]
