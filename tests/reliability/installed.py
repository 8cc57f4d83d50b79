"""The package as it is once installed: in one folder, without a checkout around it."""

import shutil
from pathlib import Path

from adadelta_gen.paths import GENERATED, PACKAGE, TEMPLATES

# Takes steps that demand kernels of every dtype, and compares the wide ones with torch's.
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
    """Copy the package into a folder as an installation has it; return the folder."""
    package = folder / "adadelta_gen"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, package, ignore=ignored)
    shutil.copytree(GENERATED, package / "generated", ignore=ignored)
    shutil.copytree(TEMPLATES, package / "templates", ignore=ignored)
    return folder


def check_out(folder: Path) -> Path:
    """Copy the package into a folder as a checkout has it; return the folder."""
    ignored = shutil.ignore_patterns("__pycache__")
    for source in (PACKAGE, GENERATED, TEMPLATES):
        shutil.copytree(source, folder / source.name, ignore=ignored)
    return folder


def environment(place: Path) -> dict[str, str]:
    """What a process needs to take the package from a place, and from nowhere else."""
    return {"PYTHONPATH": str(place), "PYTHONSAFEPATH": "1"}
