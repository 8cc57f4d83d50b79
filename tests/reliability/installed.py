"""Copies of the package as installed, in one folder, or as in a checkout."""

import shutil
from pathlib import Path

from adadelta_gen.paths import GENERATED, PACKAGE, TEMPLATES

# Takes steps with fused=True in every dtype, and compares float32 and float64 with torch's.
STEPS = """
import torch
import adadelta_gen
from adadelta_gen import Adadelta

torch.manual_seed(0)
dtypes = (torch.float32, torch.float64, torch.bfloat16, torch.float16)
ours = [torch.nn.Parameter(torch.randn(100, dtype=dtype)) for dtype in dtypes]
theirs = [torch.nn.Parameter(p.detach().clone()) for p in ours]
optimizers = Adadelta(ours, fused=True), torch.optim.Adadelta(theirs)
for _ in range(3):
    for p, q in zip(ours, theirs):
        p.grad = torch.randn_like(p)
        q.grad = p.grad.clone()
    for optimizer in optimizers:
        optimizer.step()
for p, q in zip(ours[:2], theirs):
    torch.testing.assert_close(p, q)
Adadelta(ours, fused=True, nonfinite="skip").step()
"""
WHERE = STEPS + "print(adadelta_gen.__file__)\n"


def install(folder: Path) -> Path:
    """Copy the package into a folder as an installation does; return the folder."""
    package = folder / "adadelta_gen"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, package, ignore=ignored)
    shutil.copytree(GENERATED, package / "generated", ignore=ignored)
    shutil.copytree(TEMPLATES, package / "templates", ignore=ignored)
    return folder


def check_out(folder: Path) -> Path:
    """Copy the package into a folder with the layout of a checkout; return the folder."""
    ignored = shutil.ignore_patterns("__pycache__")
    for source in (PACKAGE, GENERATED, TEMPLATES):
        shutil.copytree(source, folder / source.name, ignore=ignored)
    return folder


def environment(place: Path) -> dict[str, str]:
    """Return the environment of a process that imports the package from this path only."""
    return {"PYTHONPATH": str(place), "PYTHONSAFEPATH": "1"}
